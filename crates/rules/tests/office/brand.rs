//! The brand: contrast as WCAG 2 computes it, colours that are refused with the figure, pictures that are known by their bytes.

use proptest::prelude::*;
use rules::case::Refused;
use rules::colour::{Colour, LEAST, ratio_words};
use rules::files::Kind;
use rules::office::OfficeEvent;
use rules::office::brand::{ACCENT, Brand, DARK, LIGHT, LINK, Typed, logo, read, readable, set, worst};
use rules::people::Role;
use testkit::people::{amara, person};

fn colour(text: &str) -> Colour {
    text.parse().unwrap()
}

#[test]
fn contrast_is_that_of_wcag() {
    // Known answers of the W3C's definition: black on white, and the grey at which tools of others report 4.54 and 4.48.
    assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
    assert!((colour("#767676").contrast(Colour::WHITE) - 4.542).abs() < 0.001);
    assert!((colour("#777777").contrast(Colour::WHITE) - 4.478).abs() < 0.001);
    assert!(
        (colour("#12505e").contrast(Colour::WHITE) - 8.99).abs() < 0.01,
        "the figure of the design"
    );
    assert_eq!(ratio_words(4.499), "4.4:1", "nothing seems to pass that does not");
    for wrong in ["", "red", "#12505", "#12505g", "12505e0"] {
        assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
    }
    assert_eq!(colour(" 12505E ").to_string(), "#12505e");
}

#[test]
fn the_colours_of_the_product_pass_and_a_pale_one_is_refused_with_the_figure_and_the_nearest() {
    assert_eq!(readable(ACCENT, |accent| accent), Ok(()));
    assert_eq!(readable(LINK, |_| ACCENT), Ok(()));
    let why = readable(colour("#3aa0b5"), |accent| accent).unwrap_err();
    assert!(
        why.contains(":1 on ") && why.contains("it needs 4.5:1. The nearest that passes is #"),
        "{why}"
    );
    let nearest = colour(&why[why.len() - 7..]);
    assert_eq!(readable(nearest, |accent| accent), Ok(()));
    // A step lighter it would not pass.
    assert!(worst(nearest.with(Colour::WHITE, 4), nearest.with(Colour::WHITE, 4)).1 < LEAST + 0.1);
}

fn typed(accent: &str, link: &str) -> Typed {
    Typed {
        organisation: " Calderbrook University ".to_owned(),
        unit: "IT Services".to_owned(),
        accent: accent.to_owned(),
        link: link.to_owned(),
    }
}

#[test]
fn a_brand_is_read_as_a_whole_and_everything_is_said_at_once() {
    let brand = read(&typed("#7a1f3d", "0d5c70"), None).unwrap();
    assert_eq!(
        (brand.organisation.as_str(), brand.accent),
        ("Calderbrook University", colour("#7a1f3d"))
    );
    let blank = Typed {
        unit: String::new(),
        ..typed("#ffff00", "blue")
    };
    let Err(Refused::Fields { fields }) = read(&blank, None) else {
        panic!("it was taken");
    };
    let named: Vec<&str> = fields.iter().map(|field| field.field).collect();
    assert_eq!(named, ["unit", "accent", "link"]);
}

proptest! {
    #[test]
    fn whatever_passes_on_light_pages_is_derived_for_dark_ones_so_that_it_is_read_there(number in 0_u32..0x0100_0000) {
        let accent = Colour::of(number);
        prop_assume!(readable(accent, |accent| accent).is_ok());
        let brand = Brand { organisation: String::new(), unit: String::new(), accent, link: accent, logo: None };
        let (light, dark) = (brand.light(), brand.dark());
        let of = |tokens: &[(&str, Colour)], name: &str| tokens.iter().find(|(known, _)| *known == name).unwrap().1;
        for (ground, white) in LIGHT {
            prop_assert!(of(&light, "brand").contrast(white) >= LEAST, "{ground}");
        }
        prop_assert!(Colour::WHITE.contrast(of(&light, "brand-deep")) >= LEAST);
        prop_assert!(of(&light, "brand").contrast(of(&light, "brand-tint")) >= LEAST);
        for ground in DARK {
            prop_assert!(of(&dark, "brand").contrast(ground) >= LEAST);
            prop_assert!(of(&dark, "link").contrast(ground) >= LEAST);
        }
        prop_assert!(of(&dark, "brand").contrast(of(&dark, "brand-tint")) >= LEAST);
        prop_assert!(of(&dark, "on-brand").contrast(of(&dark, "brand")) >= LEAST);
    }

    #[test]
    fn the_nearest_colour_always_passes(number in 0_u32..0x0100_0000) {
        if let Err(why) = readable(Colour::of(number), |accent| accent) {
            let nearest = colour(&why[why.len() - 7..]);
            prop_assert_eq!(readable(nearest, |accent| accent), Ok(()));
        }
    }
}

#[test]
fn a_picture_is_known_by_its_bytes_and_a_drawing_that_may_run_is_refused() {
    let png = logo(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0").unwrap();
    assert_eq!((png.kind, png.sha256.len()), (Kind::Png, 64));
    let refused = |bytes: &[u8]| logo(bytes).unwrap_err().to_string();
    assert!(
        refused(b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>")
            .contains("SVG drawing")
    );
    assert!(refused(b"<svg onload=x>").contains("SVG drawing"));
    assert!(refused(b"GIF89a\x01\0\x01\0\0\0\0").contains("GIF picture"));
    assert!(refused(b"MZ\x90\0\x03\0\0\0").contains("This is no picture"));
    assert!(refused(b"just words").contains("Choose a PNG or JPEG picture"));
    assert!(refused(&vec![0x89; 256 * 1024 + 1]).contains("larger than 256 KB"));
}

#[test]
fn a_brand_is_set_once_by_those_who_may_and_over_nobody_unseen() {
    let nell = person(70, "Nell Adeyemi", "Procedure owner", &[Role::ProcedureOwner]);
    let (before, after) = (
        read(&typed("#12505e", "#0d5c70"), None).unwrap(),
        read(&typed("#7a1f3d", "#7a1f3d"), None).unwrap(),
    );
    let events = set((&before, 0), after.clone(), 0, &nell).unwrap().events;
    assert_eq!(events, [OfficeEvent::BrandSet(after.clone())]);
    assert_eq!(set((&after, 1), after.clone(), 1, &nell).unwrap().events, []);
    assert!(matches!(
        set((&after, 1), before.clone(), 0, &nell),
        Err(Refused::NotNow(_))
    ));
    assert!(matches!(
        set((&before, 0), after, 0, &amara()),
        Err(Refused::NotAllowed { .. })
    ));
}
