//! Made-up investigations.

use super::page::{Investigation, Returned, Task};
use crate::staff::decide::PointField;
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::checks::Check;
use crate::staff::parts::form::FormState;
use crate::staff::parts::letter::Letter;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::serve::decision::Lists;

impl Investigation {
    /// Half done.
    pub fn sample() -> Self {
        let point = |number, words: &str| PointField {
            number,
            words: words.to_owned(),
        };
        Self {
            case: CaseBrief::sample_stage_2(),
            notice: Some("Draft saved at 9:39am.".to_owned()),
            tasks: sample_tasks(),
            returned: None,
            points: vec![
                point(1, "The mailbox was missing for 9 working days"),
                point(2, "We did not tell you about the move"),
                point(3, "The Helpline closed your job twice"),
            ],
            action_lines: 2,
            lists: Lists::sample(),
            preview: Letter::sample_stage_2(),
            sign_off: "A senior manager signs this off, because the risk is high.".to_owned(),
            button: "Send for sign-off".to_owned(),
            may_ask: false,
            checks: vec![
                Check::passed("Gives the decision first"),
                Check::missing("Point 3 has no finding"),
                Check::passed("Says sorry, and what for"),
                Check::missing("Change 2 has no date"),
                Check::look("“Tom” may be the name of a colleague"),
            ],
            form: FormState::fresh("i-1").answered(&sample_answers()),
        }
    }

    /// No rule asks for a sign-off.
    pub fn sample_unsigned() -> Self {
        Self {
            sign_off: "No rule asks for a sign-off: it goes straight out.".to_owned(),
            button: "Send decision".to_owned(),
            may_ask: true,
            ..Self::sample()
        }
    }

    /// Sent back from sign-off, and sent again with much missing.
    pub fn sample_returned() -> Self {
        let form = FormState::fresh("i-2")
            .answered(&sample_answers())
            .wrong("finding-3", "Say what we found on point 3")
            .wrong("point-3", "Choose whether point 3 was upheld")
            .wrong("action-2-by", "Choose the day by which change 2 is done")
            .wrong("root_cause", "Choose a root cause");
        Self {
            notice: None,
            returned: Some(Returned {
                by: "Helen Marsh sent it back yesterday at 5:10pm".to_owned(),
                words: "Say in point 2 that we should have written to the people who run shared mailboxes.".to_owned(),
            }),
            form,
            ..Self::sample()
        }
    }
}

fn sample_answers() -> [(&'static str, &'static str); 10] {
    [
        ("finding-1", "The mailbox was not on the list of mailboxes to move."),
        ("point-1", "upheld"),
        ("finding-2", "We emailed every member of staff on 10 August."),
        ("point-2", "partly_upheld"),
        ("found", "You told us that the shared mailbox disappeared. I am sorry."),
        ("remedy", "apology"),
        ("action-1-what", "List shared mailboxes separately before each move"),
        ("action-1-owner", "Messaging team"),
        ("action-1-by", "2026-10-30"),
        ("action-2-what", "Do not close a job until the person says it is fixed"),
    ]
}

fn sample_tasks() -> Vec<Task> {
    let task = |name: &str, href: &str, status: Tag| Task {
        name: name.to_owned(),
        href: href.to_owned(),
        status,
    };
    vec![
        task(
            "Agree the points",
            "/staff/c/FC-10391/details",
            Tag::new("Done", Tone::Good),
        ),
        task(
            "Check for conflicts",
            "/staff/c/FC-10391/assign",
            Tag::new("Done", Tone::Good),
        ),
        task("Findings", "#findings", Tag::new("Started", Tone::Brand)),
        task("Letter", "#the-letter", Tag::new("Started", Tone::Brand)),
        task("Putting it right", "#changes", Tag::new("Not started", Tone::Grey)),
        task("Learning", "#learn", Tag::new("Not started", Tone::Grey)),
    ]
}
