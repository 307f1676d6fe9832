//! Made-up pages about how a person is reached: a refused decision, forms that came back, and one with nothing wrong.

use super::{ContactPage, FailedLetter, REPLIES, ToldForm, WAYS};
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};

impl ContactPage {
    /// A decision that was refused for good, with its address still to be corrected.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample_late(),
            failed: vec![FailedLetter {
                what: "The decision did not arrive.".to_owned(),
                why: "The mail server refused jonah@calderbrok.example: there is no such mail domain.".to_owned(),
                next: "Nobody tries again. Ring Jonah on 01632 960 123, or correct the address and send it again."
                    .to_owned(),
            }],
            replies: Pick::list(&REPLIES),
            again: vec![Pick::new("stage_1_decision", "The decision")],
            at_first: Vec::new(),
            form: FormState::fresh("c-1").answered(&[
                ("name", "Jonah Adeyemi"),
                ("email", "jonah@calderbrok.example"),
                ("phone", "01632 960 123"),
                ("reply_by", "email"),
                ("again", "stage_1_decision"),
            ]),
            told: Some(ToldForm {
                letters: vec![Pick::new("stage_1_decision", "The decision")],
                ways: Pick::list(&WAYS),
                form: FormState::fresh("c-2").answered(&[("told_on", "2026-10-14")]),
            }),
        }
    }

    /// Sent with half an address.
    pub fn sample_errors() -> Self {
        let sample = Self::sample();
        Self {
            form: sample
                .form
                .wrong("email", "Enter an email address, like name@example.com")
                .wrong(
                    "again",
                    "There is nothing to send again: the decision reached them, or was never sent",
                ),
            ..Self::sample()
        }
    }

    /// Told another way, without means, time and words; two letters wait.
    pub fn sample_told_errors() -> Self {
        let sample = Self::sample();
        let letters = Pick::list(&[
            ("stage_1_decision", "The decision"),
            ("acknowledgement", "The acknowledgement"),
        ]);
        let form = FormState::fresh("c-3")
            .answered(&[("told_on", "2026-10-15")])
            .wrong(
                "told_by",
                "Choose how you told them: phone, in person, chat, social media or on paper",
            )
            .wrong("told_at", "Enter the time like 4:30pm or 16:30")
            .wrong("told_words", "Say in a few words what you told them");
        Self {
            told: Some(ToldForm {
                letters,
                ways: Pick::list(&WAYS),
                form,
            }),
            ..sample
        }
    }

    /// Nothing failed; somebody who was anonymous at first gave an address later.
    pub fn sample_in_order() -> Self {
        let sample = Self::sample();
        Self {
            case: CaseBrief::sample(),
            failed: Vec::new(),
            again: Vec::new(),
            at_first: vec![Fact::new("Name", "Not given"), Fact::new("Email", "Not given")],
            form: FormState::fresh("c-4").answered(&[
                ("name", "Priya Nair"),
                ("email", "priya.nair@calderbrook.example"),
                ("reply_by", "email"),
            ]),
            told: None,
            ..sample
        }
    }
}
