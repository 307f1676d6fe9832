//! What starts and stops clocks: two closed lists (P2, P3, P12).

use serde::{Deserialize, Serialize};

use crate::coded::coded;

/// The name of a clock within its procedure, such as `s1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClockName(String);

impl ClockName {
    /// A name as written in the procedure file.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ClockName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What starts a clock (P2). Written in files as its code; `clock:NAME` starts when that clock stops (P3).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartEvent {
    /// The complaint reached us on any channel (A2).
    Received,
    /// Another body passed it to us.
    RoutedToUs,
    /// The acknowledgement was sent.
    Acknowledged,
    /// The stage was entered.
    StageEntered,
    /// The complainant asked for the next stage.
    EscalationRequested,
    /// The request for the next stage was refused.
    EscalationRefused,
    /// The decision was sent, or spoken and logged (A7).
    DecisionCommunicated,
    /// The last stage was answered or ended otherwise.
    ProcedureCompleted,
    /// What we asked for has arrived: identity, clarification.
    InformationComplete,
    /// The case was reopened (A40).
    Reopened,
    /// The case was closed.
    Closed,
    /// The event complained about happened.
    EventHappened,
    /// Another clock stopped (P3).
    ClockStopped(ClockName),
}

impl StartEvent {
    /// Every start event apart from chained clocks, with its code and its words after "from".
    pub const LIST: &'static [(&'static str, Self, &'static str)] = &[
        ("received", Self::Received, "the complaint is received"),
        ("routed_to_us", Self::RoutedToUs, "the complaint is passed to us"),
        ("acknowledged", Self::Acknowledged, "the complaint is acknowledged"),
        ("stage_entered", Self::StageEntered, "the stage is entered"),
        (
            "escalation_requested",
            Self::EscalationRequested,
            "the next stage is asked for",
        ),
        (
            "escalation_refused",
            Self::EscalationRefused,
            "the next stage is refused",
        ),
        (
            "decision_communicated",
            Self::DecisionCommunicated,
            "the decision is given",
        ),
        (
            "procedure_completed",
            Self::ProcedureCompleted,
            "the procedure is completed",
        ),
        (
            "information_complete",
            Self::InformationComplete,
            "everything asked for has arrived",
        ),
        ("reopened", Self::Reopened, "the case is reopened"),
        ("closed", Self::Closed, "the case is closed"),
        (
            "event_happened",
            Self::EventHappened,
            "the matter complained about happened",
        ),
    ];

    /// The event with this code; `clock:NAME` for a chained clock.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some(name) = code.strip_prefix("clock:") {
            return (!name.is_empty()).then(|| Self::ClockStopped(ClockName::new(name)));
        }
        Self::LIST
            .iter()
            .find(|(known, _, _)| *known == code)
            .map(|(_, event, _)| event.clone())
    }

    /// The code used in files.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::ClockStopped(name) => format!("clock:{name}"),
            plain => Self::LIST
                .iter()
                .find(|(_, event, _)| event == plain)
                .map_or_else(String::new, |(code, _, _)| (*code).to_owned()),
        }
    }

    /// What happened, in the words of an account of a date: "received", "next stage asked for".
    #[must_use]
    pub const fn happened(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::RoutedToUs => "passed to us",
            Self::Acknowledged => "acknowledged",
            Self::StageEntered => "stage entered",
            Self::EscalationRequested => "next stage asked for",
            Self::EscalationRefused => "next stage refused",
            Self::DecisionCommunicated => "decision given",
            Self::ProcedureCompleted => "procedure completed",
            Self::InformationComplete => "everything arrived",
            Self::Reopened => "reopened",
            Self::Closed => "closed",
            Self::EventHappened => "happened",
            Self::ClockStopped(_) => "started",
        }
    }

    /// Words that follow "from the moment": "the complaint is received".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::ClockStopped(name) => format!("the clock \"{name}\" stops"),
            plain => Self::LIST
                .iter()
                .find(|(_, event, _)| event == plain)
                .map_or_else(String::new, |(_, _, words)| (*words).to_owned()),
        }
    }
}

coded! {
    /// What stops a clock (P12), or resets a recurring one (P17).
    pub enum StopEvent {
        /// The acknowledgement was sent.
        Acknowledged = "acknowledged", "the acknowledgement is sent";
        /// The decision was sent, or spoken and logged (A7).
        DecisionCommunicated = "decision_communicated", "the decision is given";
        /// The complainant accepted a resolution (FCA summary resolution, P13).
        ResolutionAccepted = "resolution_accepted", "the complainant accepts a resolution";
        /// News was sent to the complainant, also "nothing new today".
        UpdateSent = "update_sent", "an update is sent";
        /// Any contact that told the complainant something of substance.
        SubstantiveUpdate = "substantive_update", "the complainant hears something of substance";
        /// The complainant asked for the next stage.
        EscalationRequested = "escalation_requested", "the next stage is asked for";
        /// The request for the next stage was granted or refused.
        EscalationDecided = "escalation_decided", "the request for the next stage is decided";
        /// It was decided whether the complaint can be looked at (P28).
        AdmissibilityDecided = "admissibility_decided", "it is decided whether the complaint can be looked at";
        /// The response was signed off or returned.
        SignOffDecided = "sign_off_decided", "the response is signed off or returned";
        /// The letter that ends the procedure was sent.
        CompletionLetterSent = "completion_letter_sent", "the letter that ends the procedure is sent";
        /// The complainant took the matter to the outside body.
        ExternalBodyAsked = "external_body_asked", "the outside body is asked";
        /// The complainant sent the information asked for.
        InformationReceived = "information_received", "the information asked for arrives";
        /// What a request of another regime asked for was supplied.
        RequestAnswered = "request_answered", "the request is answered";
        /// The case was closed.
        Closed = "closed", "the case is closed";
        /// The complainant withdrew.
        Withdrawn = "withdrawn", "the complaint is withdrawn";
        /// The matter was passed to another procedure.
        Referred = "referred", "the matter is passed to another procedure";
        /// Both sides can get no further (Ofcom, P20).
        Deadlock = "deadlock", "both sides can get no further";
    }
}
