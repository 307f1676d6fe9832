//! What becomes of an e-mail: judged by what it says and by what is known of where it belongs.

use rules::case::{Event, Reference};
use rules::files::{Brought, FileName, Kind, SeenBy};
use rules::mail::{
    ADDED_AN_HOUR, Address, Authentic, Automatic, Belongs, CASES_AN_HOUR, Fate, Judged, Known, Message, Reason,
    Recipient, Report, ReportKind, Taken, Words, judge,
};

fn reference() -> Reference {
    "FC-10482".parse().unwrap()
}

fn message() -> Message {
    Message {
        from: Some(Address {
            name: Some("Ada Obi".to_owned()),
            address: "ada@students.example".to_owned(),
        }),
        subject: "Wifi in the library".to_owned(),
        words: Words {
            new: "It drops every ten minutes.".to_owned(),
            whole: "It drops every ten minutes.".to_owned(),
            html: None,
        },
        ..Message::default()
    }
}

fn proven() -> Authentic {
    Authentic::Yes { by: "dmarc".to_owned() }
}

fn disproven() -> Authentic {
    Authentic::No {
        why: "dmarc failed".to_owned(),
    }
}

fn belongs() -> Belongs {
    Belongs {
        case: reference(),
        is_party: true,
        is_confidential: false,
        is_sealed: false,
        added_lately: 0,
    }
}

fn by_token(belongs: Belongs) -> Known {
    Known {
        by_token: Some(belongs),
        ..Known::default()
    }
}

fn by_tag(belongs: Belongs) -> Known {
    Known {
        by_tag: Some(belongs),
        ..Known::default()
    }
}

fn fate(message: &Message, known: &Known) -> Fate {
    judge(message, known).fate
}

#[test]
fn what_somebody_wrote_is_a_case_whoever_they_say_they_are() {
    for authentic in [proven(), disproven(), Authentic::Unknown] {
        let said = Message {
            authentic: authentic.clone(),
            ..message()
        };
        let judged = judge(&said, &Known::default());
        assert_eq!((judged.fate, judged.case), (Fate::NewCase, None), "{authentic:?}");
    }
    let nobody = Message {
        from: None,
        ..message()
    };
    assert_eq!(fate(&nobody, &Known::default()), Fate::NewCase);
}

#[test]
fn what_a_machine_sent_begins_no_case_and_is_added_to_none() {
    for why in Automatic::ALL {
        let said = Message {
            automatic: Some(*why),
            ..message()
        };
        let wanted = match why {
            Automatic::Own => Fate::Loop,
            _ => Fate::AutoReply,
        };
        for known in [Known::default(), by_token(belongs()), by_tag(belongs())] {
            assert_eq!(fate(&said, &known), wanted, "{why:?} {known:?}");
        }
    }
}

#[test]
fn the_name_of_a_trial_counts_only_where_a_machine_wrote() {
    let named = |known: Known| Known {
        is_trial: true,
        ..known
    };
    for known in [Known::default(), by_token(belongs()), by_tag(belongs())] {
        for why in Automatic::ALL {
            let said = Message {
                automatic: Some(*why),
                ..message()
            };
            assert_eq!(fate(&said, &named(known.clone())), Fate::Trial, "{why:?}");
        }
        let written = message();
        assert_eq!(
            fate(&written, &named(known.clone())),
            fate(&written, &known),
            "it hides nothing"
        );
    }
}

#[test]
fn a_report_is_about_a_letter_whatever_else_it_seems_to_be() {
    for kind in ReportKind::ALL {
        let said = Message {
            report: Some(Report {
                kind: *kind,
                recipients: vec![Recipient {
                    address: Some("ada@students.example".to_owned()),
                    status: Some("5.1.1".to_owned()),
                    reason: Reason::UserUnknown,
                    diagnostic: None,
                }],
                letter: None,
                envelope: None,
            }),
            automatic: Some(Automatic::NoReturn),
            spam: Some("score 9".to_owned()),
            ..message()
        };
        for known in [Known::default(), by_token(belongs()), by_tag(belongs())] {
            assert_eq!(fate(&said, &known), Fate::Bounce, "{kind:?} {known:?}");
        }
    }
}

#[test]
fn spam_is_set_aside_unless_it_answers_a_letter_of_ours() {
    let said = Message {
        spam: Some("X-Spam-Flag: YES".to_owned()),
        ..message()
    };
    let judged = judge(&said, &Known::default());
    assert_eq!(judged.fate, Fate::Spam);
    assert!(judged.why.contains("X-Spam-Flag: YES"));
    assert_eq!(
        fate(&said, &by_tag(belongs())),
        Fate::Spam,
        "anybody can write a reference"
    );
    assert_eq!(fate(&said, &by_token(belongs())), Fate::Added);
}

#[test]
fn an_answer_with_our_token_belongs_to_its_case() {
    for is_party in [true, false] {
        let known = by_token(Belongs { is_party, ..belongs() });
        for authentic in [proven(), disproven(), Authentic::Unknown] {
            let said = Message { authentic, ..message() };
            let judged = judge(&said, &known);
            assert_eq!((judged.fate, judged.case), (Fate::Added, Some(reference())));
            assert_eq!(judged.why.contains("another address"), !is_party);
        }
    }
}

#[test]
fn a_reference_in_the_subject_is_believed_of_the_complainant_alone() {
    let said = |authentic| Message { authentic, ..message() };
    let stranger = by_tag(Belongs {
        is_party: false,
        ..belongs()
    });
    for authentic in [proven(), disproven(), Authentic::Unknown] {
        let judged = judge(&said(authentic), &stranger);
        assert_eq!((judged.fate, judged.case), (Fate::Waits, Some(reference())));
    }
    let party = by_tag(belongs());
    assert_eq!(fate(&said(proven()), &party), Fate::Added);
    assert_eq!(fate(&said(Authentic::Unknown), &party), Fate::Added);
    assert_eq!(fate(&said(disproven()), &party), Fate::Waits, "a forged sender");
}

#[test]
fn nothing_is_added_to_a_confidential_case_of_which_nothing_proves_who_wrote_it() {
    for is_sealed in [true, false] {
        for is_party in [true, false] {
            let confidential = Belongs {
                is_confidential: true,
                is_sealed,
                is_party,
                ..belongs()
            };
            for authentic in [proven(), disproven(), Authentic::Unknown] {
                let is_proven = authentic == proven();
                let said = Message { authentic, ..message() };
                // Nobody here knows the address of whoever complained in a sealed case: their letter speaks for them.
                let wanted = match is_proven && (is_party || is_sealed) {
                    true => Fate::Added,
                    false => Fate::Waits,
                };
                assert_eq!(fate(&said, &by_token(confidential.clone())), wanted);
                let wanted = match is_proven && is_party {
                    true => Fate::Added,
                    false => Fate::Waits,
                };
                assert_eq!(fate(&said, &by_tag(confidential.clone())), wanted);
            }
        }
    }
}

#[test]
fn what_goes_round_without_saying_so_comes_to_an_end() {
    let many = Known {
        cases_lately: CASES_AN_HOUR,
        ..Known::default()
    };
    let fewer = Known {
        cases_lately: CASES_AN_HOUR - 1,
        ..Known::default()
    };
    assert_eq!(fate(&message(), &many), Fate::Loop);
    assert_eq!(fate(&message(), &fewer), Fate::NewCase);
    for known in [by_token, by_tag] {
        let full = |added_lately| {
            known(Belongs {
                added_lately,
                ..belongs()
            })
        };
        assert_eq!(fate(&message(), &full(ADDED_AN_HOUR)), Fate::Loop);
        assert_eq!(fate(&message(), &full(ADDED_AN_HOUR - 1)), Fate::Added);
    }
}

#[test]
fn what_cannot_be_read_is_a_case_all_the_same() {
    let said = Message {
        unreadable: Some("it ends in the middle of its head".to_owned()),
        words: Words::default(),
        ..message()
    };
    let judged = judge(&said, &Known::default());
    assert_eq!(judged.fate, Fate::Unreadable);
    assert!(judged.fate.is_case());
    let words = taken(said).feedback().words;
    assert!(
        words.contains("it ends in the middle of its head") && words.contains("original"),
        "{words}"
    );
}

#[test]
fn each_fate_is_a_case_or_added_or_parked_and_never_two_of_these() {
    for fate in Fate::ALL {
        let counted = [fate.is_case(), *fate == Fate::Added, fate.is_parked()];
        assert_eq!(counted.iter().filter(|is| **is).count(), 1, "{fate:?}");
    }
}

fn brought(name: &str) -> Brought {
    Brought {
        id: "00112233445566778899aabbccddeeff".to_owned(),
        name: FileName::of(name),
        size: 10,
        kind: Kind::Text,
        sha256: String::new(),
        stored_sha256: String::new(),
        scanned: rules::files::Scanned::default(),
    }
}

fn taken(message: Message) -> Taken {
    Taken {
        ledger: 17,
        message,
        original: brought("Original message.eml"),
        files: Vec::new(),
        dropped: Vec::new(),
    }
}

fn with_words(subject: &str, new: &str, whole: &str) -> Message {
    Message {
        subject: subject.to_owned(),
        words: Words {
            new: new.to_owned(),
            whole: whole.to_owned(),
            html: None,
        },
        ..message()
    }
}

#[test]
fn a_case_is_called_by_the_subject_and_answered_by_e_mail() {
    let told = taken(with_words("Re: Fwd: AW: Wifi in the library", "It drops.", "It drops.")).feedback();
    assert_eq!(
        (told.title.as_str(), told.words.as_str()),
        ("Wifi in the library", "It drops.")
    );
    assert_eq!(told.complainant.email.as_deref(), Some("ada@students.example"));
    assert_eq!(told.complainant.name.as_deref(), Some("Ada Obi"));
    assert_eq!(told.complainant.reply_by, rules::case::vocabulary::ReplyBy::Email);
    let without = taken(with_words("Re:", "It drops. Again.", "It drops. Again.")).feedback();
    assert_eq!(without.title, "It drops. Again");
}

#[test]
fn a_sender_without_an_address_comes_back_by_the_page() {
    let told = taken(Message {
        from: None,
        ..message()
    })
    .feedback();
    assert_eq!(told.complainant.email, None);
    assert_eq!(
        told.complainant.reply_by,
        rules::case::vocabulary::ReplyBy::TrackingPage
    );
}

#[test]
fn the_new_words_are_told_and_all_of_it_stands_beside_them() {
    let whole = "It dropped again.\n\n> We replaced the access point.\n\n-- \nAda";
    let answer = taken(with_words("Re: Wifi", "It dropped again.", whole));
    assert_eq!(answer.added_words(), "It dropped again.");
    let judged = judge(&answer.message, &by_token(belongs()));
    let [Event::FileAttached(original), Event::MailKept(kept)] = &answer.beside(&judged, 9)[..] else {
        panic!("two events")
    };
    assert_eq!((original.seen_by, original.came_with), (SeenBy::Staff, 9));
    assert_eq!((kept.came_with, kept.ledger), (9, 17));
    assert_eq!(kept.text.as_deref(), Some(whole));
    assert_eq!(kept.why, judged.why);
}

#[test]
fn words_that_say_it_all_are_not_kept_twice() {
    let plain = taken(message());
    let judged = judge(&plain.message, &Known::default());
    let kept = plain.beside(&judged, 1).pop();
    assert!(matches!(kept, Some(Event::MailKept(kept)) if kept.text.is_none() && kept.html.is_none()));
}

#[test]
fn a_page_stands_beside_its_text_and_never_alone() {
    let mut page = message();
    page.words.html = Some("<p>It drops <b>every</b> ten minutes.</p>".to_owned());
    let judged = judge(&page, &Known::default());
    let kept = taken(page).beside(&judged, 1).pop();
    assert!(matches!(kept, Some(Event::MailKept(kept)) if kept.text.is_some() && kept.html.is_some()));
}

#[test]
fn who_passes_a_message_on_says_all_of_it() {
    let whole = "See below.\n\n---- Forwarded message ----\nThe printer ate my thesis.";
    for subject in ["Fwd: Printer", "FW: Printer", "WG: Printer"] {
        assert_eq!(
            taken(with_words(subject, "See below.", whole)).feedback().words,
            whole,
            "{subject}"
        );
    }
    assert_eq!(
        taken(with_words("Re: Printer", "See below.", whole)).feedback().words,
        "See below."
    );
}

#[test]
fn a_message_without_words_says_what_came_with_it() {
    let mut picture = taken(with_words("", "", ""));
    picture.files = vec![brought("screen.png")];
    let words = picture.feedback().words;
    assert_eq!(words, "This e-mail has no words. It came with a file: screen.png.");
    picture.files.push(brought("b.png"));
    assert!(picture.feedback().words.contains("2 files"));
    assert_eq!(taken(with_words("", "", "")).added_words(), "This e-mail has no words.");
}

#[test]
fn words_without_end_are_cut_where_every_complaint_is_and_say_so() {
    let long = "word ".repeat(60_000);
    let told = taken(with_words("Long", &long, &long)).feedback();
    assert!(told.words.chars().count() <= rules::intake::feedback::WORDS_LIMIT);
    assert!(told.words.ends_with("[The rest is in the original message.]"));
}

#[test]
fn the_words_of_an_older_judgement_are_those_of_its_reason() {
    let judged = Judged {
        fate: Fate::Added,
        case: Some(reference()),
        why: "Ruth put it there".to_owned(),
    };
    let kept = taken(message()).beside(&judged, 4).pop();
    assert!(matches!(kept, Some(Event::MailKept(kept)) if kept.why == "Ruth put it there"));
}
