//! Made-up investigations.

use super::{LetterPage, Record, Returned};
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::checks::Check;
use crate::staff::parts::form::FormState;
use crate::staff::parts::group_panel::GroupPanel;
use crate::staff::parts::letter::Letter;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::serve::decision::Lists;

impl LetterPage {
    /// Half done.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample_stage_2(),
            notice: Some("Draft saved at 9:39am.".to_owned()),
            returned: None,
            findings: sample_findings(),
            before_sending: String::new(),
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
            group: None,
            taken_over: None,
            form: FormState::fresh("i-1").answered(&sample_answers()),
        }
    }

    /// In a group whose leading case is decided.
    pub fn sample_in_group() -> Self {
        Self {
            group: Some(GroupPanel::sample_deciding()),
            taken_over: Some(crate::staff::serve::group::taken_from("FC-10479")),
            ..Self::sample()
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
            .wrong("found", "Before this can be sent: agree the points with the person")
            .wrong("action-2-by", "Choose the day by which change 2 is done")
            .wrong("root_cause", "Choose a root cause");
        Self {
            notice: None,
            before_sending: "Before this can be sent: agree the points with the person.".to_owned(),
            returned: Some(Returned {
                by: "Helen Marsh sent it back yesterday at 5:10pm".to_owned(),
                words: "Say in point 2 that we should have written to the people who run shared mailboxes.".to_owned(),
            }),
            form,
            ..Self::sample()
        }
    }
}

fn sample_answers() -> [(&'static str, &'static str); 6] {
    [
        ("found", "You told us that the shared mailbox disappeared. I am sorry."),
        ("remedy", "apology"),
        ("action-1-what", "List shared mailboxes separately before each move"),
        ("action-1-owner", "Messaging team"),
        ("action-1-by", "2026-10-30"),
        ("action-2-what", "Do not close a job until the person says it is fixed"),
    ]
}

fn sample_findings() -> Vec<Record> {
    let found = |title: &str, outcome: &str, tone, words: &str| Record {
        title: title.to_owned(),
        tag: Some(Tag::new(outcome, tone)),
        words: words.to_owned(),
        ..Record::default()
    };
    vec![
        found(
            "1. The mailbox was missing for 9 working days",
            "Upheld",
            Tone::Brand,
            "The mailbox was not on the list of mailboxes to move.",
        ),
        found(
            "2. We did not tell you about the move",
            "Partly upheld",
            Tone::Brand,
            "We emailed every member of staff on 10 August.",
        ),
    ]
}
