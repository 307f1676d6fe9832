//! Reading a form: only the words are needed, what no person typed is taken out, and every error says what to do.

use rules::case::Refused;
use rules::case::vocabulary::{ComplainantKind, FeedbackKind, ReplyBy};
use rules::intake::contact::looks_like_email;
use rules::intake::feedback::{LINE_LIMIT, WORDS_LIMIT, clean_text, title_of};
use rules::intake::{NewFeedback, RawFeedback, read};
use testkit::words::{anonymous_form, form};

fn words(words: &str) -> RawFeedback {
    RawFeedback {
        words: words.to_owned(),
        ..RawFeedback::default()
    }
}

/// Field and message of each error.
fn errors(raw: &RawFeedback) -> Vec<(&'static str, String)> {
    match read(raw) {
        Err(Refused::Fields { fields }) => fields.into_iter().map(|field| (field.field, field.message)).collect(),
        other => panic!("not refused by field: {other:?}"),
    }
}

fn the_error(raw: &RawFeedback) -> (&'static str, String) {
    let mut all = errors(raw);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn words_alone_are_enough() {
    let read = read(&words("It is broken")).unwrap();
    assert_eq!(read.kind, FeedbackKind::Complaint);
    assert_eq!(
        (read.words.as_str(), read.title.as_str()),
        ("It is broken", "It is broken")
    );
    assert_eq!(read.complainant.reply_by, ReplyBy::TrackingPage);
    assert_eq!(read.complainant.kind, ComplainantKind::NotSaid);
    assert!(read.complainant.is_anonymous());
    assert!(!read.about_staff);
}

#[test]
fn an_empty_form_is_told_what_to_write_by_kind() {
    for (kind, message) in [
        ("", "Tell us what went wrong"),
        ("complaint", "Tell us what went wrong"),
        ("compliment", "Tell us what went well"),
        ("suggestion", "Tell us your idea"),
        ("comment", "Tell us what you want us to know"),
    ] {
        let raw = RawFeedback {
            kind: kind.to_owned(),
            ..words(" \n\t ")
        };
        assert_eq!(the_error(&raw), ("what", message.to_owned()), "{kind}");
    }
}

#[test]
fn words_made_of_nothing_visible_are_empty() {
    for nothing in [
        "\0\0\0",
        "\u{202E}\u{2066}",
        "\u{FEFF}",
        "\u{200B}\u{200B}",
        "\u{7}\u{1b}",
        "\u{a0}\u{2003}",
    ] {
        assert_eq!(the_error(&words(nothing)).0, "what", "{nothing:?}");
    }
}

#[test]
fn an_unknown_kind_is_a_complaint() {
    let raw = RawFeedback {
        kind: "lawsuit".to_owned(),
        ..words("x")
    };
    assert_eq!(read(&raw).unwrap().kind, FeedbackKind::Complaint);
}

#[test]
fn an_address_with_a_slip_is_told_what_one_looks_like() {
    for typed in [
        "priya",
        "priya@",
        "@example.com",
        "priya@example",
        "a b@example.com",
        "a@b@example.com",
        "a@.com",
        "a@example..com",
    ] {
        let raw = RawFeedback {
            email: typed.to_owned(),
            ..words("x")
        };
        assert_eq!(
            the_error(&raw),
            ("email", "Enter an email address, like name@example.com".to_owned()),
            "{typed}"
        );
    }
}

#[test]
fn addresses_that_people_have_are_taken() {
    for typed in [
        "a@b.co",
        "first.last+tag@sub.example.ac.uk",
        "o'neil@example.com",
        "ümit@exämple.de",
        " priya@example.ac.uk ",
    ] {
        let raw = RawFeedback {
            email: typed.to_owned(),
            ..words("x")
        };
        assert_eq!(
            read(&raw).unwrap().complainant.email.as_deref(),
            Some(typed.trim()),
            "{typed}"
        );
    }
}

#[test]
fn an_address_cannot_smuggle_a_second_header_or_a_second_reader() {
    for typed in [
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com\nb",
        "a@example.com,b@example.com",
        "a@example.com;b@example.com",
        "<a@example.com>",
    ] {
        assert!(!looks_like_email(typed), "{typed:?}");
        let raw = RawFeedback {
            email: typed.to_owned(),
            ..words("x")
        };
        assert_eq!(the_error(&raw).0, "email", "{typed:?}");
    }
}

#[test]
fn a_phone_number_needs_three_digits() {
    let message = "Enter a phone number, like 01632 960 417, or an extension of at least 3 digits";
    for typed in ["call me", "12", "+"] {
        let raw = RawFeedback {
            phone: typed.to_owned(),
            ..words("x")
        };
        assert_eq!(the_error(&raw), ("phone", message.to_owned()), "{typed}");
    }
    for typed in ["417", "01632 960 417", "+44 (0)1632 960417", "ext 417"] {
        let raw = RawFeedback {
            phone: typed.to_owned(),
            ..words("x")
        };
        assert!(read(&raw).is_ok(), "{typed}");
    }
}

#[test]
fn a_way_to_reply_needs_its_address() {
    let by_email = RawFeedback {
        reply_by: "email".to_owned(),
        ..words("x")
    };
    assert_eq!(
        the_error(&by_email),
        (
            "email",
            "Enter an email address, or choose another way for us to reply".to_owned()
        )
    );
    let by_phone = RawFeedback {
        reply_by: "phone".to_owned(),
        ..words("x")
    };
    assert_eq!(
        the_error(&by_phone),
        (
            "phone",
            "Enter a phone number, or choose another way for us to reply".to_owned()
        )
    );
}

#[test]
fn a_way_to_reply_follows_from_what_was_given() {
    let with = |email: &str, phone: &str| RawFeedback {
        email: email.to_owned(),
        phone: phone.to_owned(),
        ..words("x")
    };
    let reply_by = |raw| read(&raw).unwrap().complainant.reply_by;
    assert_eq!(reply_by(with("a@b.co", "01632 960 417")), ReplyBy::Email);
    assert_eq!(reply_by(with("", "01632 960 417")), ReplyBy::Phone);
    assert_eq!(reply_by(with("", "")), ReplyBy::TrackingPage);
    let rather_not = RawFeedback {
        reply_by: "tracking_page".to_owned(),
        ..with("a@b.co", "")
    };
    assert_eq!(reply_by(rather_not), ReplyBy::TrackingPage);
}

#[test]
fn several_slips_are_told_at_once_in_the_order_of_the_form() {
    let raw = RawFeedback {
        email: "priya".to_owned(),
        phone: "no".to_owned(),
        ..RawFeedback::default()
    };
    let fields: Vec<&str> = errors(&raw).iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["what", "email", "phone"]);
}

#[test]
fn what_no_person_typed_is_taken_out() {
    let raw = RawFeedback {
        name: "Pri\0ya\u{202E} Nata\u{7}rajan\n".to_owned(),
        ..words("a\0b\u{202E}c\u{2066}d\u{FEFF}e\u{1b}[31mf\u{200B}g\u{61C}h")
    };
    let read = read(&raw).unwrap();
    assert_eq!(read.words, "abcde[31mfgh");
    assert_eq!(read.complainant.name.as_deref(), Some("Priya Natarajan"));
}

#[test]
fn paragraphs_and_any_script_stay_as_they_were_typed() {
    let typed = "Line one\n\n\tLine two — “quoted” 🙂 👩‍💻 日本語 العربية हिन्दी";
    assert_eq!(clean_text(typed), typed);
}

#[test]
fn line_ends_of_every_machine_end_a_line() {
    assert_eq!(clean_text("one\r\ntwo\rthree\nfour"), "one\ntwo\nthree\nfour");
}

#[test]
fn a_long_complaint_is_taken_and_an_endless_one_is_not() {
    assert!(read(&words(&"ä".repeat(WORDS_LIMIT))).is_ok());
    let message = "Shorten this to 200,000 characters, or send the rest as a reply afterwards";
    assert_eq!(
        the_error(&words(&"ä".repeat(WORDS_LIMIT + 1))),
        ("what", message.to_owned())
    );
}

#[test]
fn no_other_field_is_endless_either() {
    let line = "a".repeat(LINE_LIMIT + 1);
    let fits = "a".repeat(LINE_LIMIT);
    type Set = fn(&mut RawFeedback, String);
    let lines: [(&str, Set); 4] = [
        ("name", |raw, text| raw.name = text),
        ("username", |raw, text| raw.username = text),
        ("acting_for", |raw, text| raw.acting_for = text),
        ("job", |raw, text| raw.existing_job = text),
    ];
    for (field, set) in lines {
        let mut raw = words("x");
        set(&mut raw, fits.clone());
        assert!(read(&raw).is_ok(), "{field}");
        set(&mut raw, line.clone());
        assert_eq!(the_error(&raw), (field, "Shorten this to 300 characters".to_owned()));
    }
    let texts: [(&str, Set); 2] = [
        ("wanted", |raw, text| raw.wanted = text),
        ("needs", |raw, text| raw.needs = text),
    ];
    for (field, set) in texts {
        let mut raw = words("x");
        set(&mut raw, "a".repeat(WORDS_LIMIT + 1));
        assert_eq!(the_error(&raw).0, field);
    }
}

#[test]
fn everything_that_was_given_is_kept() {
    let raw = RawFeedback {
        about_staff: "yes".to_owned(),
        phone: "01632 960 417".to_owned(),
        username: "pnat7".to_owned(),
        acting_for: "My  flatmate".to_owned(),
        needs: "Large print,\nplease".to_owned(),
        existing_job: " F1000100 ".to_owned(),
        ..form()
    };
    let NewFeedback {
        complainant,
        wanted,
        about_staff,
        existing_job,
        ..
    } = read(&raw).unwrap();
    assert!(about_staff);
    assert_eq!(existing_job.as_deref(), Some("F1000100"));
    assert_eq!(wanted.as_deref(), Some("A letter to my department, and an answer."));
    assert_eq!(complainant.kind, ComplainantKind::Student);
    assert_eq!(complainant.acting_for.as_deref(), Some("My flatmate"));
    assert_eq!(complainant.needs.as_deref(), Some("Large print,\nplease"));
    assert_eq!(complainant.username.as_deref(), Some("pnat7"));
    assert_eq!(complainant.greeting(), "Priya");
}

#[test]
fn a_case_is_known_by_its_first_sentence() {
    for (words, title) in [
        ("The Wi-Fi failed. Again.", "The Wi-Fi failed"),
        ("\n\n  The Wi-Fi failed\nand more", "The Wi-Fi failed"),
        (
            "Dr. Smith was rude to me on the phone. I cried.",
            "Dr. Smith was rude to me on the phone",
        ),
        ("Help! The Wi-Fi is down.", "Help! The Wi-Fi is down"),
        (
            "Version 3.5 of the app loses my work",
            "Version 3.5 of the app loses my work",
        ),
        ("See www.example.com for the fault", "See www.example.com for the fault"),
        ("Why was my call closed? Nobody asked me.", "Why was my call closed"),
        ("???", "???"),
        ("...", "..."),
    ] {
        assert_eq!(title_of(words), title, "{words}");
    }
}

#[test]
fn a_long_first_sentence_is_cut_at_a_word() {
    let words = "I have been waiting for three weeks for somebody to call me back about the laptop that was stolen";
    let title = title_of(words);
    assert_eq!(
        title,
        "I have been waiting for three weeks for somebody to call me back…"
    );
    let endless = title_of(&"ä".repeat(500));
    assert_eq!(endless.chars().count(), 71);
}

#[test]
fn no_words_make_an_empty_title() {
    for words in ["!", ". . .", "—", "\u{301}", "🙂", "a"] {
        let read = read(&self::words(words)).unwrap();
        assert!(!read.title.is_empty(), "{words:?}");
        assert!(read.title.chars().count() <= 71, "{words:?}");
    }
}

#[test]
fn people_without_a_name_are_greeted_without_one() {
    assert_eq!(read(&anonymous_form()).unwrap().complainant.greeting(), "");
    let greeting = |name: &str| {
        let raw = RawFeedback {
            name: name.to_owned(),
            ..words("x")
        };
        read(&raw).unwrap().complainant.greeting().to_owned()
    };
    assert_eq!(greeting("Priya Natarajan"), "Priya");
    assert_eq!(greeting("Dr Bevan"), "Dr Bevan");
    assert_eq!(greeting("Prof. Ada Lovelace"), "Prof. Ada Lovelace");
}
