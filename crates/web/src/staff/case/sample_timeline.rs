//! A made-up timeline: what was said, what was done, and what did not arrive.

use super::composer::Composer;
use super::timeline_tab::{TimelineTab, Told};
use crate::page::timeline::{Offer, TimelineFile, TimelineItem, TimelineKind, Words};
use crate::staff::parts::filters::Filter;

impl TimelineTab {
    /// Six entries in three lanes and one that could not be delivered.
    pub fn sample() -> Self {
        Self {
            told: Told::sample(),
            drafts: Vec::new(),
            composer: Some(Composer::sample()),
            show: vec![
                Filter::new("everything", "/staff/c/FC-10482").in_force(),
                Filter::new("what Priya can see", "/staff/c/FC-10482?show=seen"),
                Filter::new("staff only", "/staff/c/FC-10482?show=staff"),
            ],
            items: sample_items(),
            older: None,
        }
    }
}

/// A letter that came back, and an e-mail of two files before it.
pub(super) fn by_mail() -> Vec<TimelineItem> {
    use TimelineKind::{Received, StaffOnly, System, Trouble};
    let mut message = worded(
        item(Received, "Message from Priya", "Yesterday, 7:12pm", "2026-10-13T19:12"),
        "It dropped again at seven, in the middle of a lecture. The picture shows when.",
    );
    message.files = vec![TimelineFile::sample()];
    message.offer = Some(Offer {
        words: "Is this a new issue?".to_owned(),
        href: "/staff/c/FC-10482/issue?message=14".to_owned(),
    });
    let mut whole = item(
        StaffOnly,
        "E-mail from Priya Nair (p.nair@student.calderbrook.example)",
        "Yesterday, 7:12pm",
        "2026-10-13T19:12",
    );
    whole.words = Some(Words::Folded {
        about: "\u{201c}Re: Your complaint (FC-10482)\u{201d}. It is proven who sent it (dmarc). It answers a letter of ours.".to_owned(),
        whole: "It dropped again at seven, in the middle of a lecture. The picture shows when.\n\n> Hello Priya. We have your complaint."
            .to_owned(),
    });
    whole.offer = Some(Offer {
        words: "Show as it looked".to_owned(),
        href: crate::staff::paths::mail_looked("FC-10482", 16),
    });
    vec![
        worded(
            item(
                Trouble,
                "Letter not delivered: the update",
                "Today, 9:12am",
                "2026-10-14T09:12",
            ),
            "The mail server had taken it, and it came back. p.nair@student.calderbrook.example: the mailbox is full (5.2.2).\n\n\
             Nobody tries again. Ring Priya on 01632 960 417, or correct the address and send it again.",
        ),
        worded(
            item(
                System,
                "The update to Priya: accepted by the mail server",
                "Today, 9:02am",
                "2026-10-14T09:02",
            ),
            "250 2.0.0 Ok: queued as 4XcD1z",
        ),
        whole,
        message,
    ]
}

impl Told {
    fn sample() -> Self {
        Self {
            words: "The Wi-Fi on the second floor of the Main Library kept dropping during my timed online test on Friday. \
                    It disconnected four times between 2pm and 3pm and I lost about 15 minutes.\n\n\
                    I reported it to the Helpline at the time but nobody came back to me."
                .to_owned(),
            to_put_right: Some(
                "a letter I can give my department that confirms there was a fault, and for it to be fixed before my next \
                 test on 21 October."
                    .to_owned(),
            ),
            files: vec![TimelineFile::sample()],
        }
    }
}

impl TimelineFile {
    fn sample() -> Self {
        Self::new(
            "test-disconnect.png",
            "/staff/c/FC-10482/files/1",
            "PNG picture, 214 KB, Priya can see this",
        )
    }
}

fn sample_items() -> Vec<TimelineItem> {
    use TimelineKind::{Received, SentLast, StaffOnly, System, Trouble};
    let mut file = item(
        Received,
        "Priya added a file",
        "Monday 12 October, 2:31pm",
        "2026-10-12T14:31",
    );
    file.files = vec![
        TimelineFile::sample(),
        TimelineFile::sample_unscanned("/staff/c/FC-10482/files/2"),
        TimelineFile::sample_infected(),
    ];
    vec![
        by(
            worded(
                item(
                    SentLast,
                    "Update sent to Priya",
                    "Yesterday, 4:20pm",
                    "2026-10-13T16:20",
                ),
                "Hello Priya. I am sorry the Wi-Fi let you down in the middle of a test. I have checked the records and two of \
                 the access points on that floor restarted four times on Friday afternoon. The network team is replacing them \
                 tomorrow morning.\n\nI am writing the letter for your department now. I will update you again by the end of \
                 Wednesday.",
            ),
            "by Amara Osei",
        ),
        by(
            worded(
                item(StaffOnly, "Note", "Yesterday, 11:02am", "2026-10-13T11:02"),
                "Network team confirm AP-ML2-07 and AP-ML2-09 rebooted at 14:08, 14:21, 14:37 and 14:52 on Friday. Known \
                 firmware fault. Priya’s call on Friday was logged as F0981207 and closed in error.",
            ),
            "by Amara Osei",
        ),
        by(
            item(System, "Taken by Amara Osei", "yesterday, 9:05am", "2026-10-13T09:05"),
            "from triage",
        ),
        worded(
            item(
                Trouble,
                "Our text message could not be delivered",
                "Monday 12 October, 2:40pm",
                "2026-10-12T14:40",
            ),
            "The number does not exist. Email was delivered.",
        ),
        file,
        item(
            System,
            "Acknowledged by email, reference given",
            "Monday 12 October, 2:05pm",
            "2026-10-12T14:05",
        ),
    ]
}

fn item(kind: TimelineKind, title: &str, when: &str, machine: &str) -> TimelineItem {
    let lane = match kind {
        TimelineKind::Sent | TimelineKind::SentLast => Some("Priya can see this"),
        TimelineKind::Received => Some("From Priya"),
        TimelineKind::StaffOnly | TimelineKind::Trouble => Some("Staff only"),
        TimelineKind::System => None,
    };
    TimelineItem {
        kind,
        title: title.to_owned(),
        by: None,
        lane: lane.map(str::to_owned),
        when: when.to_owned(),
        when_machine: machine.to_owned(),
        words: None,
        files: Vec::new(),
        offer: None,
    }
}

fn worded(mut item: TimelineItem, words: &str) -> TimelineItem {
    item.words = Some(Words::Typed(words.to_owned()));
    item
}

fn by(mut item: TimelineItem, who: &str) -> TimelineItem {
    item.by = Some(who.to_owned());
    item
}
