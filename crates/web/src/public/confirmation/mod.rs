//! What a person sees after sending a complaint: reference, code, what happens next, their own words (R18, R25, R85).

mod handler;

pub(super) use handler::{receipt, show};

mod template;

pub use template::confirmation;

/// The confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmationPage {
    /// "FC-10482".
    pub reference: String,
    /// The receipt code, 16 digits without spaces. Shown here and never again.
    pub code: String,
    /// Whether it went out by email too.
    pub email: EmailState,
    /// What to know beyond the usual, such as that the complaint is confidential; a paragraph.
    pub notice: Option<String>,
    /// What happens next, in order, with dates.
    pub steps: Vec<Step>,
    /// Their own words and choices: the question and the answer.
    pub told: Vec<(String, String)>,
    /// Where the receipt can be saved as a file.
    pub receipt_path: String,
    /// Where the complaint can be followed.
    pub track_path: String,
}

/// What became of the email.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmailState {
    /// On its way to this address.
    Sent {
        /// Where it goes.
        to: String,
    },
    /// There is no address: the code is the only way back.
    NotGiven,
    /// It could not be sent to this address.
    Failed {
        /// Where it should have gone.
        to: String,
    },
}

/// One step of what happens next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Whether it happened.
    pub state: StepState,
    /// "By Thursday 15 October 2026".
    pub when: String,
    /// "We give you our decision."
    pub what: String,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// It happened.
    Done,
    /// It is what happens next.
    Next,
    /// It comes later.
    Later,
}

/// The code in groups of four, as it is printed and read aloud.
#[must_use]
pub fn groups_of_four(code: &str) -> Vec<String> {
    let characters: Vec<char> = code.chars().filter(|one| !one.is_whitespace()).collect();
    characters.chunks(4).map(|group| group.iter().collect()).collect()
}

impl ConfirmationPage {
    /// With an email on its way.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            reference: "FC-10482".into(),
            code: "4821730599261840".into(),
            email: EmailState::Sent {
                to: "priya.nair@calderbrook.example".into(),
            },
            notice: None,
            steps: vec![
                step(
                    StepState::Done,
                    "Monday 12 October 2026",
                    "We received your complaint at 2:05pm.",
                ),
                step(
                    StepState::Next,
                    "By Tuesday 13 October 2026",
                    "A member of the Helpline reads it and contacts you.",
                ),
                step(
                    StepState::Later,
                    "By Thursday 15 October 2026",
                    "We give you our decision. If it needs an investigation, we tell you why and give you a new date.",
                ),
            ],
            told: vec![
                told(
                    "What went wrong",
                    "The Wi-Fi on the second floor of the Main Library kept dropping during my timed online test on Friday. It disconnected four times between 2pm and 3pm and I lost about 15 minutes.\n\nI reported it to the Helpline at the time but nobody came back to me.",
                ),
                told(
                    "What would put it right",
                    "A letter I can give my department that confirms there was a fault, and for it to be fixed before my next test on 21 October.",
                ),
                told("About a member of staff", "No"),
                told("How we will reply", "Email, priya.nair@calderbrook.example"),
            ],
            receipt_path: "/complain/sent/receipt".into(),
            track_path: "/track/FC-10482".into(),
        }
    }

    /// Nobody to write to: the code is the only way back.
    #[must_use]
    pub fn sample_anonymous() -> Self {
        Self {
            email: EmailState::NotGiven,
            told: vec![
                told("What went wrong", "<script>alert(1)</script> & the printer"),
                told("How we will reply", "Only on this website"),
            ],
            ..Self::sample()
        }
    }

    /// The email could not be sent.
    #[must_use]
    pub fn sample_email_failed() -> Self {
        Self {
            email: EmailState::Failed {
                to: "priya.nair@calderbrook.exmple".into(),
            },
            ..Self::sample()
        }
    }

    /// About a member of staff.
    #[must_use]
    pub fn sample_confidential() -> Self {
        Self {
            notice: Some(
                "You told us that this is about a member of staff. The complaints coordinator or a senior manager reads it first and gives it \
                 to a manager, who deals with it. The person it is about has no part in it and cannot read it, and the Helpline cannot either."
                    .into(),
            ),
            ..Self::sample()
        }
    }
}

fn step(state: StepState, when: &str, what: &str) -> Step {
    Step {
        state,
        when: when.into(),
        what: what.into(),
    }
}

fn told(question: &str, answer: &str) -> (String, String) {
    (question.into(), answer.into())
}
