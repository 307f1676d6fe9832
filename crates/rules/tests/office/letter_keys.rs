//! Keys of line managers: what is taken, what is good at which moment, and what a letter that uses one carries (R34).

use jiff::{SignedDuration, Timestamp};
use rules::case::Refused;
use rules::confidential::sealing::carried::{Carried, MOST_BYTES_OF_FILES, NoKey, fitting};
use rules::confidential::sealing::letter_key::{Certificate, KeyFile, LetterKey, NotGood, Opens, grouped, take};
use rules::office::OfficeEvent;
use rules::office::letter_keys::{MOST, give, take_away};
use testkit::at;

const GRACE: &str = "grace.obi@example.ac.uk";

fn now() -> Timestamp {
    at("2026-06-09 09:15")
}

fn days(count: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * count)
}

fn opens(made: i64, ends: Option<i64>) -> Opens {
    Opens {
        fingerprint: format!("SUB{made}"),
        made_at: days(made),
        expires_at: ends.map(days),
        is_revoked: false,
    }
}

fn certificate() -> Certificate {
    Certificate {
        fingerprint: "9A2E11C05B7D0F426E1D3C88A1B2C3D4E5F60718".to_owned(),
        users: vec!["Grace Obi <grace.obi@example.ac.uk>".to_owned()],
        made_at: days(-100),
        expires_at: None,
        is_revoked: false,
        opens: vec![opens(-100, None)],
        armored: "the certificate".to_owned(),
    }
}

fn file(certificate: Certificate) -> KeyFile {
    KeyFile::Certificates(vec![certificate])
}

fn refused(file: KeyFile, email: &str) -> (String, String) {
    match take(file, email, now()) {
        Err(Refused::Fields { fields }) => (fields[0].field.to_owned(), fields[0].message.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn whether_a_key_is_good_depends_on_the_moment_alone() {
    let whole = certificate();
    for (what, certificate, expected) in [
        ("as it is", whole.clone(), Ok("SUB-100")),
        (
            "revoked",
            Certificate {
                is_revoked: true,
                ..whole.clone()
            },
            Err(NotGood::Revoked),
        ),
        (
            "over",
            Certificate {
                expires_at: Some(days(-1)),
                ..whole.clone()
            },
            Err(NotGood::Expired(days(-1))),
        ),
        (
            "over at this instant",
            Certificate {
                expires_at: Some(now()),
                ..whole.clone()
            },
            Err(NotGood::Expired(now())),
        ),
        (
            "over in an instant",
            Certificate {
                expires_at: Some(days(1)),
                ..whole.clone()
            },
            Ok("SUB-100"),
        ),
        (
            "to come",
            Certificate {
                made_at: days(1),
                ..whole.clone()
            },
            Err(NotGood::NotYet(days(1))),
        ),
        (
            "signs only",
            Certificate {
                opens: Vec::new(),
                ..whole.clone()
            },
            Err(NotGood::OnlySigns),
        ),
        (
            "the latest of two",
            Certificate {
                opens: vec![opens(-10, None), opens(-100, None)],
                ..whole.clone()
            },
            Ok("SUB-10"),
        ),
        (
            "the latest is over",
            Certificate {
                opens: vec![opens(-10, Some(-1)), opens(-100, None)],
                ..whole.clone()
            },
            Ok("SUB-100"),
        ),
        (
            "the latest is to come",
            Certificate {
                opens: vec![opens(10, None), opens(-100, None)],
                ..whole.clone()
            },
            Ok("SUB-100"),
        ),
        (
            "both are over",
            Certificate {
                opens: vec![opens(-10, Some(-2)), opens(-100, Some(-3))],
                ..whole.clone()
            },
            Err(NotGood::Expired(days(-2))),
        ),
        (
            "its only one was taken back",
            Certificate {
                opens: vec![Opens {
                    is_revoked: true,
                    ..opens(-10, None)
                }],
                ..whole.clone()
            },
            Err(NotGood::Revoked),
        ),
        (
            "its only one is to come",
            Certificate {
                opens: vec![opens(4, None)],
                ..whole
            },
            Err(NotGood::NotYet(days(4))),
        ),
    ] {
        let good = certificate.opens_now(now()).map(|opens| opens.fingerprint.as_str());
        assert_eq!(good, expected, "{what}");
        // Whatever is refused when it is taken is refused when a letter goes, and the other way round.
        assert_eq!(
            take(file(certificate.clone()), GRACE, now()).is_ok(),
            good.is_ok(),
            "{what}"
        );
    }
}

#[test]
fn it_is_good_until_the_first_of_its_ends() {
    let ends = |certificate: Option<i64>, key: Option<i64>| {
        let certificate = Certificate {
            expires_at: certificate.map(days),
            opens: vec![opens(-5, key)],
            ..super::letter_keys::certificate()
        };
        certificate.good_until(now())
    };
    assert_eq!(ends(None, None), None);
    assert_eq!(ends(Some(9), None), Some(days(9)));
    assert_eq!(ends(Some(9), Some(3)), Some(days(3)));
    assert_eq!(ends(None, Some(3)), Some(days(3)));
    assert_eq!(ends(Some(-1), Some(3)), None, "it is not good at all");
}

#[test]
fn a_key_is_taken_for_an_address_that_it_carries() {
    for (user, is_for) in [
        ("Grace Obi <grace.obi@example.ac.uk>", true),
        ("Grace Obi (work) <GRACE.OBI@Example.ac.uk>", true),
        ("grace.obi@example.ac.uk", true),
        ("<grace.obi@example.ac.uk>", true),
        ("Grace Obi", false),
        ("grace.obi@example.ac.uk <moira@example.ac.uk>", false),
        ("<grace.obi@example.ac.uk> Moira", false),
        ("Grace Obi <xgrace.obi@example.ac.uk>", false),
        ("Grace Obi <grace.obi@example.ac.uk.evil.example>", false),
        ("", false),
    ] {
        let one = Certificate {
            users: vec![user.to_owned()],
            ..certificate()
        };
        assert_eq!(one.is_for(GRACE), is_for, "{user:?}");
        assert_eq!(take(file(one), GRACE, now()).is_ok(), is_for, "{user:?}");
    }
    let (field, words) = refused(
        file(Certificate {
            users: vec!["Grace Obi".to_owned()],
            ..certificate()
        }),
        GRACE,
    );
    assert_eq!(field, "email");
    assert!(words.contains("names no email address"), "{words}");
    let (field, _) = refused(file(certificate()), "nobody");
    assert_eq!(field, "email");
}

#[test]
fn what_is_no_single_public_key_is_refused_in_words() {
    let several = KeyFile::Certificates(vec![certificate(), certificate(), certificate()]);
    for (file, says) in [
        (KeyFile::Secret, "secret key"),
        (KeyFile::Unreadable, "no OpenPGP public key"),
        (KeyFile::Certificates(Vec::new()), "This holds"),
        (several, "This holds 3 keys"),
    ] {
        let (field, words) = refused(file, GRACE);
        assert_eq!(field, "certificate");
        assert!(words.contains(says), "{words}");
    }
}

#[test]
fn a_key_takes_the_place_of_the_one_before_and_the_same_again_is_nothing() {
    let given = take(file(certificate()), GRACE, now()).unwrap();
    let first = give(&[], &given).unwrap();
    let OfficeEvent::LetterKeyGiven(event) = &first.events[0] else {
        panic!("{first:?}")
    };
    assert_eq!((event.email.as_str(), &event.in_place_of), (GRACE, &None));
    let later = LetterKey {
        given_at: days(1),
        ..given.clone()
    };
    assert!(
        give(std::slice::from_ref(&given), &later).unwrap().events.is_empty(),
        "the same certificate"
    );
    let other = LetterKey {
        certificate: Certificate {
            fingerprint: "OTHER".to_owned(),
            ..certificate()
        },
        ..given.clone()
    };
    let OfficeEvent::LetterKeyGiven(event) = &give(std::slice::from_ref(&given), &other).unwrap().events[0] else {
        panic!("it is given")
    };
    assert_eq!(
        event.in_place_of.as_deref(),
        Some(given.certificate.fingerprint.as_str())
    );
    let gone = take_away(std::slice::from_ref(&given), " Grace.Obi@example.ac.uk ").unwrap();
    assert!(matches!(&gone.events[0], OfficeEvent::LetterKeyTakenAway(gone) if gone.email == GRACE));
    assert!(
        take_away(&[given], "moira@example.ac.uk")
            .unwrap_err()
            .to_string()
            .contains("No key is known")
    );
}

#[test]
fn there_is_an_end_to_how_many_are_kept_and_replacing_one_stays_possible() {
    let given = take(file(certificate()), GRACE, now()).unwrap();
    let many: Vec<LetterKey> = (0..MOST)
        .map(|number| LetterKey {
            email: format!("m{number}@example.ac.uk"),
            ..given.clone()
        })
        .collect();
    assert!(give(&many, &given).is_err());
    let replacing = LetterKey {
        email: "m7@example.ac.uk".to_owned(),
        certificate: Certificate {
            fingerprint: "OTHER".to_owned(),
            ..certificate()
        },
        ..given
    };
    assert_eq!(give(&many, &replacing).unwrap().events.len(), 1);
}

#[test]
fn each_file_that_still_fits_goes_into_the_letter() {
    let most = MOST_BYTES_OF_FILES;
    for (sizes, fits) in [
        (vec![], vec![]),
        (vec![most], vec![true]),
        (vec![most + 1], vec![false]),
        (vec![most, 1], vec![true, false]),
        (vec![most - 1, 2, 1], vec![true, false, true]),
        (vec![u64::MAX, 0], vec![false, true]),
    ] {
        assert_eq!(fitting(sizes.clone()), fits, "{sizes:?}");
    }
}

#[test]
fn how_it_went_is_said_in_words() {
    let key = |left_out| Carried::Key {
        fingerprint: "9A2E11C0".to_owned(),
        left_out,
    };
    assert!(
        !key(0).words().contains("9A2E"),
        "nobody tells from it who has a sealed case"
    );
    assert_eq!(
        key(0).words_with_key(),
        "an encrypted letter with the complaint in it, to the key 9A2E 11C0"
    );
    assert!(
        key(1)
            .words()
            .ends_with("; 1 file is too large for it and opens with a code")
    );
    assert!(
        key(3)
            .words()
            .ends_with("; 3 files are too large for it and open with a code")
    );
    for why in [NoKey::Unknown, NoKey::Revoked, NoKey::Expired, NoKey::Unusable] {
        assert!(Carried::Link { why }.words().ends_with(why.words()));
    }
    assert_eq!(NoKey::from(NotGood::NotYet(now())), NoKey::Expired);
    assert_eq!(grouped("ABCDE"), "ABCD E");
}
