//! A word of what was just done: the code that a redirect carries, and the fixed sentence that the next page shows.

use crate::staff::paths;

/// What was just done to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notice {
    Written,
    Told,
    NoteSaved,
    CategoryChanged,
    UrgencyChanged,
    PointAdded,
    VipMarked,
    PassedOn,
    MovedToStage2,
    MoreTime,
    MoreTimeAsked,
    MoreTimeRefused,
    Stage2Asked,
    Stage2Accepted,
    Stage2Refused,
    Closed,
    Withdrawn,
    Reopened,
    Decided,
    SentForSignOff,
    Taken,
    TakenAtStage2,
    Restricted,
    Named,
    Opened,
    ContactCorrected,
    SentAgain,
    ToldAnotherWay,
    Linked,
    Unlinked,
    ConsentAsked,
    ConsentGiven,
    ConsentWithdrawn,
    Asked,
    Answered,
    SetApart,
    RegimeTagged,
    RegimeDone,
    RegimeElsewhere,
    RegimeTakenAway,
    Held,
    HoldLifted,
    ErasureRefused,
    TakenOut,
}

/// Every notice with its code and its words; `{who}` is the person who complained.
const ALL: &[(Notice, &str, &str)] = &[
    (Notice::Written, "written", "Your message to {who} is on its way."),
    (Notice::Told, "told", "Kept as what you told {who}."),
    (Notice::Held, "held", "Held. It is not erased until the hold is lifted."),
    (
        Notice::HoldLifted,
        "hold-lifted",
        "The hold is lifted. Its period holds again.",
    ),
    (
        Notice::ErasureRefused,
        "erasure-refused",
        "Kept: the request to erase is refused. Tell {who} why.",
    ),
    (
        Notice::TakenOut,
        "taken-out",
        "Taken out for good. In its place stands who did it, when and why.",
    ),
    (Notice::NoteSaved, "note", "Note saved. Only staff can see it."),
    (Notice::CategoryChanged, "category", "Category saved."),
    (Notice::UrgencyChanged, "urgency", "Urgency saved."),
    (Notice::PointAdded, "point", "Point of complaint added."),
    (Notice::VipMarked, "vip", "Marked as VIP. Only staff can see that."),
    (Notice::PassedOn, "passed", "Passed on. The date stays as it was."),
    (
        Notice::MovedToStage2,
        "moved",
        "Moved to stage 2. We tell {who} who investigates and by when.",
    ),
    (
        Notice::MoreTime,
        "extended",
        "The decision date is moved. We tell {who} why, and the new date.",
    ),
    (
        Notice::MoreTimeAsked,
        "time-asked",
        "You asked for more time. The date stays until it is approved.",
    ),
    (
        Notice::MoreTimeRefused,
        "time-refused",
        "More time is refused. The date stays as it was.",
    ),
    (Notice::Stage2Asked, "stage-2-asked", "The request for stage 2 is kept."),
    (
        Notice::Stage2Accepted,
        "stage-2-accepted",
        "Stage 2 begins. We tell {who} who investigates and by when.",
    ),
    (
        Notice::Stage2Refused,
        "stage-2-refused",
        "The request for stage 2 is refused. We tell {who} why.",
    ),
    (
        Notice::Closed,
        "closed",
        "The case is closed. Whoever can be told is told why.",
    ),
    (
        Notice::Withdrawn,
        "withdrawn",
        "The complaint is stopped. We confirm it to {who}.",
    ),
    (Notice::Reopened, "reopened", "The case is open again."),
    (Notice::Decided, "decided", "The decision is recorded."),
    (Notice::SentForSignOff, "submitted", "The decision is sent on."),
    (
        Notice::ContactCorrected,
        "contact",
        "Saved. Letters that were on their way to the old address go to the new one.",
    ),
    (
        Notice::SentAgain,
        "sent-again",
        "Sent again. The case says when it arrives or fails.",
    ),
    (
        Notice::ToldAnotherWay,
        "told-instead",
        "Kept as what you told {who}. The case no longer waits for the letter.",
    ),
    (
        Notice::Linked,
        "linked",
        "The two are linked. Each is still answered by itself.",
    ),
    (Notice::Unlinked, "unlinked", "The link is taken back, on both cases."),
    (
        Notice::ConsentAsked,
        "consent-asked",
        "Asked for. It is kept with the case.",
    ),
    (
        Notice::ConsentGiven,
        "consent",
        "The consent is on record. News and decisions can go to {who} now.",
    ),
    (
        Notice::ConsentWithdrawn,
        "no-consent",
        "It is on record. Nothing more goes to {who}.",
    ),
    (Notice::Asked, "asked", "Asked. The date does not wait for the answer."),
    (
        Notice::Answered,
        "answered",
        "It is on record. The case no longer waits for an answer.",
    ),
    (
        Notice::SetApart,
        "set-apart",
        "It is a complaint of its own now, with its own reference and date. The message stays where {who} wrote it.",
    ),
    (
        Notice::RegimeTagged,
        "regime",
        "The case is tagged. The dates of that regime stand beside ours.",
    ),
    (Notice::RegimeDone, "regime-done", "It is on record as done."),
    (
        Notice::RegimeElsewhere,
        "regime-elsewhere",
        "It is on record where that is handled now.",
    ),
    (
        Notice::RegimeTakenAway,
        "regime-taken",
        "Taken away. Why stays on the timeline.",
    ),
    (Notice::Taken, "taken", "You have it now."),
    (
        Notice::Restricted,
        "restricted",
        "It is restricted now: few can read it, and nobody whom it is about.",
    ),
    (
        Notice::Named,
        "named",
        "Saved. Those whom it is about cannot see it or find it.",
    ),
    (
        Notice::Opened,
        "open-lane",
        "It is open to everybody who deals with cases.",
    ),
    (
        Notice::TakenAtStage2,
        "taken-stage-2",
        "You have it, and it started at stage 2, because of what you found: the procedure decides that.",
    ),
];

impl Notice {
    /// The words for a code from an address; nothing for any other text, which is never shown.
    pub(crate) fn words(code: &str, who: &str) -> Option<String> {
        let words = ALL
            .iter()
            .find(|(_, known, _)| *known == code)
            .map(|(_, _, words)| words)?;
        Some(words.replace("{who}", who))
    }

    /// The words for whoever cannot see the case any more after it, by the code that their own page is given.
    pub(crate) fn without_case(code: &str) -> Option<String> {
        let words = match code {
            "out-of-sight" => "Done. You cannot see that case any more.",
            _ => return None,
        };
        Some(words.to_owned())
    }

    /// The page to go to after it.
    pub(crate) fn path(self, reference: &str) -> String {
        let page = match self {
            Notice::CategoryChanged | Notice::UrgencyChanged | Notice::PointAdded => {
                paths::case_act(reference, "details")
            }
            _ => paths::case(reference),
        };
        let code = ALL
            .iter()
            .find(|(known, ..)| *known == self)
            .map_or("", |(_, code, _)| code);
        format!("{page}?done={code}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_has_a_code_of_its_own_and_words_without_gaps() {
        for (notice, code, _) in ALL {
            assert!(
                notice.path("FC-10001").ends_with(&format!("?done={code}")),
                "{notice:?} shares its code or has none"
            );
            let words = Notice::words(code, "Priya").unwrap();
            assert!(words.ends_with('.') && !words.contains('{'), "{words}");
        }
        assert_eq!(
            Notice::words("told", "the person").unwrap(),
            "Kept as what you told the person."
        );
    }

    #[test]
    fn what_stands_in_an_address_is_never_shown() {
        assert_eq!(Notice::words("<b>Pay here</b>", "Priya"), None);
        assert_eq!(Notice::words("", "Priya"), None);
    }
}
