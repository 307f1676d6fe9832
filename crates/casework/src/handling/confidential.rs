//! Complaints about a member of staff: restricting, naming, triage with a name, opening again (R28, R33, R34, A13, A16).

use rules::case::Case;
use rules::confidential::StaffNamed;
use rules::confidential::lane::{self, Naming, Restriction};
use rules::handling::triage::Triage;
use rules::people::Person;

use super::Hand;
use crate::ActError;

/// Restricts a case: its words leave the job register, and few can see it from now on.
///
/// Whoever has the case keeps it where nobody else is named to deal with it and the rules allow that.
///
/// # Errors
/// See [`rules::confidential::lane::restrict`].
pub async fn restrict(hand: Hand<'_>, restriction: &Restriction) -> Result<Case, ActError> {
    hand.act(|case, setting| {
        let asked = Restriction {
            to: restriction.to.clone().or_else(|| owner(hand, case)),
            ..restriction.clone()
        };
        lane::restrict(case, &asked, hand.by, setting)
    })
    .await
}

/// Says whom of staff a restricted case is about. Whoever has it keeps it, as for [`restrict`].
///
/// # Errors
/// See [`rules::confidential::lane::name`].
pub async fn name(hand: Hand<'_>, naming: &Naming) -> Result<Case, ActError> {
    hand.act(|case, setting| {
        let asked = Naming {
            to: naming.to.clone().or_else(|| owner(hand, case)),
            ..naming.clone()
        };
        lane::name(case, &asked, hand.by, setting)
    })
    .await
}

/// Judges a restricted case and says whom it is about in the same act.
///
/// # Errors
/// See [`rules::confidential::lane::named_and_triaged`].
pub async fn named_and_triaged(hand: Hand<'_>, named: &StaffNamed, judgement: &Triage) -> Result<Case, ActError> {
    hand.act(|case, setting| lane::named_and_triaged(case, (named, judgement), hand.by, setting))
        .await
}

/// Opens a restricted case to everybody who deals with cases.
///
/// # Errors
/// See [`rules::confidential::lane::open`].
pub async fn open(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, _| lane::open(case, reason, hand.by)).await
}

fn owner(hand: Hand<'_>, case: &Case) -> Option<Person> {
    case.owner.and_then(|id| hand.office.person(id))
}
