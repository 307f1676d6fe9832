//! Made-up triage pages, and the lists of services, problems and urgencies that other samples share.

use super::one::{OnePress, RelatedCase, TriageCase, TriageKind};
use crate::page::clock::{Clock, ClockState};
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::parts::marked_words::MarkedPlace;
use crate::staff::parts::notice::Alert;
use crate::staff::parts::people_select::Candidate;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

impl TriageCase {
    /// A new complaint that may be about a member of staff.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief {
                reference: "FC-10488".to_owned(),
                title: "Told to read the manual at the help desk".to_owned(),
                href: paths::case("FC-10488"),
                person: "Lena".to_owned(),
                tags: vec![Tag::new("New", Tone::Brand), Tag::new("Student", Tone::Grey)],
                clock: Clock::new(ClockState::Ok, "Decision due Friday", 1, 3)
                    .with_sub("Friday 16 October 2026, if stage 1, day 1 of 3"),
            },
            notice: None,
            kind: TriageKind::Complaint,
            received: "received yesterday at 4:52pm, online form".to_owned(),
            words: "The man at the desk on Monday night told me I should read the manual when I asked about eduroam.\n\n\
                I had read it. He did not look at my laptop and I could not hand in my essay from home."
                .to_owned(),
            places: Vec::new(),
            opening: None,
            to_put_right: Some("An apology, and someone who looks at the laptop.".to_owned()),
            people: vec![
                Fact::new("From", "Lena Fuchs, student"),
                Fact::new("Reply by", "Email"),
                Fact::new("Lena has", "No other case"),
            ],
            change_contact: Some(Link::new("Change how we reach Lena", "/staff/c/FC-10488/contact")),
            alerts: Vec::new(),
            names_staff: Some(
                "This case is restricted, because somebody said that it is about a member of staff. Say below whom it is about, and give \
                 it to a manager. Nobody whom it is about can have it, see it or find it."
                    .to_owned(),
            ),
            whom: Some(crate::staff::confidential::sample_people()),
            lane: Some(Link::new(
                "It is about nobody of staff",
                &paths::case_act("FC-10488", "confidential"),
            )),
            vip_known: None,
            related: vec![RelatedCase::sample(
                "FC-10459",
                &paths::case("FC-10459"),
                "eduroam on a new laptop",
                "Complaint, open. From the same person",
            )],
            stage_1_due: "Friday 16 October 2026".to_owned(),
            stage_2_due: "Tuesday 10 November 2026".to_owned(),
            services: sample_services(),
            problems: sample_problems(),
            urgencies: sample_urgencies(),
            staff: sample_staff(),
            investigators: sample_investigators(),
            form: FormState::fresh("t-1").answered(&[("service", "A3"), ("urgency", "normal"), ("seen", "3")]),
            other_kinds: Pick::list(&[("compliment", "Compliment"), ("suggestion", "Suggestion"), ("comment", "Comment")]),
            reclassify: FormState::fresh("t-3").answered(&[("seen", "3")]),
        }
    }

    /// A complaint that was held when it arrived, because its words seem to be about somebody.
    pub fn sample_held() -> Self {
        Self {
            names_staff: Some(
                "This case was held when it arrived. Nobody said that it is about a member of staff, and its words seem to complain about \
                 somebody: the places are marked. You decide."
                    .to_owned(),
            ),
            places: vec![MarkedPlace {
                from: 0,
                to: 38,
                says: "seems to be complained about. A description.".to_owned(),
            }],
            opening: Some(FormState::fresh("t-4").answered(&[
                ("seen", "3"),
                ("reason", "The finder of names was wrong: nobody of staff is complained about."),
            ])),
            lane: None,
            ..Self::sample()
        }
    }

    /// Thanks, which are read and passed on.
    pub fn sample_thanks() -> Self {
        Self {
            kind: TriageKind::PassedOn("compliment".to_owned()),
            names_staff: None,
            whom: None,
            lane: None,
            related: Vec::new(),
            notice: Some("It is a compliment now.".to_owned()),
            other_kinds: Pick::list(&[
                ("complaint", "Complaint"),
                ("suggestion", "Suggestion"),
                ("comment", "Comment"),
            ]),
            ..Self::sample()
        }
    }

    /// Said to be something else without saying why.
    pub fn sample_kind_errors() -> Self {
        let reclassify = FormState::fresh("t-4")
            .answered(&[("to", "suggestion")])
            .wrong("reason", "Say why. The person's own words decide what it is");
        Self {
            reclassify,
            ..Self::sample()
        }
    }

    /// A VIP complaint, sent with answers missing.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("t-2")
            .answered(&[("service", "A3"), ("action", "stage-2"), ("needs", "complex")])
            .wrong("problem", "Choose what went wrong")
            .wrong("urgency", "Choose how urgent it is")
            .wrong("needs_reason", "Say why it is complex")
            .wrong("investigator", "Choose who investigates");
        Self {
            form,
            names_staff: None,
            whom: None,
            lane: None,
            alerts: vec![Alert::with_link(
                "The acknowledgement did not arrive. The mail server refused lena@calderbrok.example: there is no such mail domain. \
                 Nobody tries again. Tell Lena another way, or correct the address and send it again.",
                Link::new("Correct or send again", &paths::case_act("FC-10488", "contact")),
            )],
            vip_known: Some("Known from a manager: Prof. Adair is a member of the Executive.".to_owned()),
            kind: TriageKind::InvestigatedComplaint("It is from a VIP, so it starts at stage 2.".to_owned()),
            ..Self::sample()
        }
    }
}

impl RelatedCase {
    /// A related case or job.
    pub fn sample(reference: &str, href: &str, title: &str, about: &str) -> Self {
        Self {
            link: Link::new(reference, href),
            title: title.to_owned(),
            about: about.to_owned(),
            linking: Some(OnePress {
                label: "Link it: sent twice".to_owned(),
                form: FormState::fresh("t-5").answered(&[
                    ("seen", "3"),
                    ("other", reference),
                    ("same", "duplicate"),
                    ("reason", "From the same person"),
                    ("back", "triage"),
                ]),
            }),
        }
    }
}

/// The services (axis A).
pub(crate) fn sample_services() -> Vec<Pick> {
    Pick::list(&[
        ("A1", "A1 Accounts and access"),
        ("A2", "A2 Email, calendar and collaboration"),
        ("A3", "A3 Network and Wi-Fi"),
        ("A4", "A4 Teaching and learning spaces"),
        ("A5", "A5 Learning systems"),
        ("A6", "A6 Devices and desktop"),
        ("A7", "A7 Software"),
        ("A8", "A8 Print and copy"),
        ("A9", "A9 Telephony"),
        ("A10", "A10 Business systems"),
        ("A11", "A11 Research computing and storage"),
        ("A12", "A12 Security and data"),
        ("A13", "A13 Service desk"),
        ("A14", "A14 Projects, change and outages"),
        ("A15", "A15 Procurement and charges"),
        ("A16", "A16 Accessibility and assistive technology"),
    ])
}

/// What can go wrong (axis B).
pub(crate) fn sample_problems() -> Vec<Pick> {
    Pick::list(&[
        ("B1", "B1 Delay"),
        ("B2", "B2 Failed, or failed again, to provide"),
        ("B3", "B3 Quality of the service"),
        ("B4", "B4 Wrong, unclear or missing information"),
        ("B5", "B5 No updates, or closed without a fix"),
        ("B6", "B6 Did not do what was promised"),
        ("B7", "B7 Attitude or behaviour of staff"),
        ("B8", "B8 Knowledge of staff"),
        ("B9", "B9 Process not followed"),
        ("B10", "B10 Disagrees with a policy or decision"),
        ("B11", "B11 Outage or availability"),
        ("B12", "B12 Access, usability or disability"),
        ("B13", "B13 Security, privacy or data loss"),
        ("B14", "B14 Cost or charge"),
        ("B15", "B15 Equipment"),
        ("B16", "B16 Discrimination or equality"),
        ("B17", "B17 How an earlier complaint was handled"),
        ("B18", "B18 A supplier"),
    ])
}

/// Urgencies with their criteria (A39).
pub(crate) fn sample_urgencies() -> Vec<Pick> {
    vec![
        Pick::with_hint("low", "Low", "It is over, and nothing depends on the answer."),
        Pick::with_hint(
            "normal",
            "Normal",
            "Somebody is held up, and can manage for a day or two.",
        ),
        Pick::with_hint(
            "high",
            "High",
            "An exam or a deadline this week, many people, or somebody cannot work.",
        ),
        Pick::with_hint(
            "immediate",
            "Immediate",
            "Safety, security, or an exam or deadline today.",
        ),
    ]
}

/// Colleagues who could take a case at stage 1.
pub(crate) fn sample_staff() -> Vec<Candidate> {
    vec![
        Candidate::free("a.osei", "Amara Osei, Helpline"),
        Candidate::free("t.birch", "Tom Birch, Helpline team lead"),
        Candidate::barred("k.vale", "Kit Vale, Helpline", "Kit was at the desk on Monday night"),
    ]
}

/// Managers who could investigate at stage 2.
pub(crate) fn sample_investigators() -> Vec<Candidate> {
    vec![
        Candidate::free("d.kowalczyk", "Dana Kowalczyk, Service Delivery Manager"),
        Candidate::free("j.okafor", "Joy Okafor, Infrastructure Manager"),
        Candidate::barred(
            "t.birch",
            "Tom Birch, Helpline team lead",
            "Tom made the stage 1 decision",
        ),
    ]
}
