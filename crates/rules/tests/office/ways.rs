//! The ways to complain: hours as people type them, addresses that lead somewhere, what may not be switched off.

use rules::case::Refused;
use rules::office::OfficeEvent;
use rules::office::hours::Hours;
use rules::office::ways::{Open, Way, Ways, set};
use rules::people::Role;
use testkit::people::{amara, person};

#[test]
fn hours_are_read_as_people_type_them() {
    for (typed, said) in [
        ("24 hours, every day", "24 hours, every day"),
        ("24/7", "24 hours, every day"),
        ("Monday to Friday, 8am to 8pm", "Monday to Friday, 8am to 8pm"),
        ("mon-fri 9am–5pm", "Monday to Friday, 9am to 5pm"),
        ("9:30am to 5.30 pm weekdays", "Monday to Friday, 9:30am to 5:30pm"),
        ("Every day 07:00-24:00", "Every day, 7am to midnight"),
        (
            "Mon & Wed 9am-noon; Sat 10am - 1pm",
            "Monday and Wednesday, 9am to midday; Saturday, 10am to 1pm",
        ),
        (
            "Tuesdays, Thursdays and Fridays from 10am until 4pm",
            "Tuesday, Thursday and Friday, 10am to 4pm",
        ),
        ("daily 8am to midnight", "Every day, 8am to midnight"),
    ] {
        let read = Hours::read(typed).unwrap_or_else(|why| panic!("{typed}: {why}"));
        assert_eq!(read.to_string(), said, "{typed}");
        assert_eq!(
            Hours::read(said).unwrap(),
            read,
            "what is said can be read again: {said}"
        );
    }
}

#[test]
fn hours_that_are_not_clear_are_asked_for() {
    for (typed, why) in [
        ("", "Write when somebody is there"),
        ("9am to 5pm", "Say on which days"),
        ("Monday to Friday", "Say from when until when"),
        ("Mon to Fri 9-5", "“9” is not clear"),
        ("Mon to Fri 5pm to 9am", "9am comes before 5pm"),
        ("Fri to Mon 9am to 5pm", "the days run backwards"),
        ("Mon 9am to 5pm; Mon-Tue 9am to 1pm", "Monday is there twice"),
        ("Mon 25:00 to 26:00", "is not clear"),
        ("Mon 9am", "Say from when until when"),
        ("when it rains", "is not clear"),
    ] {
        let refused = Hours::read(typed).unwrap_err();
        assert!(refused.contains(why), "{typed}: {refused}");
    }
}

fn off() -> Way {
    Way {
        open: Open::Off,
        address: String::new(),
        hours: String::new(),
        called: String::new(),
    }
}

fn on(address: &str, hours: &str) -> Way {
    Way {
        open: Open::On,
        address: address.to_owned(),
        hours: hours.to_owned(),
        called: String::new(),
    }
}

fn ways() -> Ways {
    Ways {
        phone: " 01632 960 417 ".to_owned(),
        phone_hours: "24/7".to_owned(),
        email: on("it-feedback@calderbrook.example", ""),
        chat: off(),
        in_person: on("IT desk, Main Library", "mon-fri 8am-8pm"),
        social_media: off(),
        social_link: String::new(),
        post: on("IT Services\r\n\r\n  Calderbrook CB1 1AA ", ""),
    }
}

fn asked(ways: Ways) -> Vec<&'static str> {
    let Err(Refused::Fields { fields }) = ways.checked() else {
        panic!("it was taken");
    };
    fields.iter().map(|field| field.field).collect()
}

#[test]
fn ways_are_tidied_and_each_that_leads_nowhere_is_asked_for() {
    let good = ways().checked().unwrap();
    assert_eq!(
        (good.phone.as_str(), good.phone_hours.as_str()),
        ("01632 960 417", "24 hours, every day")
    );
    assert_eq!(good.in_person.hours, "Monday to Friday, 8am to 8pm");
    assert_eq!(good.post.address, "IT Services\nCalderbrook CB1 1AA");
    assert_eq!(good.clone().checked().unwrap(), good, "tidy is tidy");
    let bad = Ways {
        phone: "call us".to_owned(),
        phone_hours: "often".to_owned(),
        email: on("nobody", ""),
        chat: on("javascript:alert(1)", "24/7"),
        in_person: on("", "24/7"),
        social_media: on("@x", ""),
        social_link: "http://plain.example".to_owned(),
        post: on("", ""),
    };
    assert_eq!(
        asked(bad),
        [
            "phone",
            "phone_hours",
            "desk",
            "email",
            "chat",
            "social_called",
            "social_link",
            "post"
        ]
    );
    let switched_off = Ways {
        email: Way {
            open: Open::Off,
            ..on("nobody", "")
        },
        in_person: off(),
        post: off(),
        ..ways()
    };
    assert!(switched_off.checked().is_ok(), "what is switched off is not asked for");
}

#[test]
fn ways_are_set_by_those_who_may_and_over_nobody_unseen() {
    let nell = person(70, "Nell Adeyemi", "Procedure owner", &[Role::ProcedureOwner]);
    let (before, after) = (
        ways().checked().unwrap(),
        Ways { email: off(), ..ways() }.checked().unwrap(),
    );
    let events = set((&before, 0), after.clone(), 0, &nell).unwrap().events;
    assert!(matches!(&events[..], [OfficeEvent::WaysSet(set)] if *set.ways == after));
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
