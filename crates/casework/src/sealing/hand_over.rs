//! Somebody hands a case over, or takes that back (R34, A15, A17).

use rules::case::event::Holder;
use rules::case::{Case, Refused};
use rules::confidential::Sight;
use rules::confidential::sealing::hand_over::{self, HandOver};
use rules::confidential::sealing::report;
use rules::directory::find::meant;
use rules::letters::LetterKind;
use rules::people::Actor;
use storage::outbox::{self, OutboxState};
use storage::{Keys, StorageError, key_fit};

use crate::directory::copy;
use crate::handling::Hand;
use crate::{ActError, Office};

/// To whom, and why to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToHolder {
    /// Who is to deal with it.
    pub to: Holder,
    /// Why to them, in words.
    pub why: String,
}

/// Asks that a case go to a line manager: the letter is owed, and nothing is taken away before it is accepted ([`super::accept`]).
///
/// # Errors
/// See [`hand_over::ask`]; when this installation has no key for sealed cases.
pub async fn ask(hand: Hand<'_>, asked: &ToHolder) -> Result<Case, ActError> {
    has_its_key(hand.office).await?;
    let case = crate::record::load(hand.office, hand.reference).await?.case;
    let about = those_named(hand.office, &case).await?;
    let asked = HandOver {
        to: asked.to.clone(),
        why: asked.why.clone(),
        link: format!("{:032x}", u128::from_le_bytes(Keys::random()?)),
    };
    hand.act_on_stub(|case, setting| hand_over::ask(case, &asked, &about, hand.by, setting))
        .await
}

/// The key of sealed cases is there, and is the one under which the others were sealed: with a second one, either would leave some of them shut.
async fn has_its_key(office: &Office) -> Result<(), ActError> {
    let fits: Result<(), StorageError> = office.store.read(|tx| Box::pin(key_fit::may_seal(tx))).await;
    let words = match fits {
        Err(StorageError::NoSealedKey) => {
            "Nothing can be sealed yet: this installation has no key for it. \
             Ask whoever runs it to put sealed.key back, or to make one with \u{201c}redress keys sealed\u{201d}."
        }
        Err(StorageError::OtherSealedKey { .. }) => {
            "Nothing can be sealed now: the key for it (sealed.key) is not the one that was used before. \
             Ask whoever runs it to put the right one back; \u{201c}redress doctor\u{201d} says how."
        }
        other => return Ok(other?),
    };
    Err(Refused::NotNow(words.to_owned()).into())
}

/// Whether it could go to them: what is wrong with name or address is said before anybody reads the letter.
///
/// # Errors
/// As for [`ask`].
pub async fn check(hand: Hand<'_>, asked: &ToHolder) -> Result<(), ActError> {
    let loaded = crate::record::load(hand.office, hand.reference).await?;
    crate::clearance::sees(hand.office, &loaded.case, Actor::Staff(hand.by.id), Sight::Outline)?;
    let in_force = hand.office.procedure_of(&loaded.case)?;
    let about = those_named(hand.office, &loaded.case).await?;
    let asked = HandOver {
        to: asked.to.clone(),
        why: asked.why.clone(),
        link: String::new(),
    };
    let setting = in_force.setting(hand.office.now());
    hand_over::ask(&loaded.case, &asked, &about, hand.by, &setting)?;
    Ok(())
}

/// Takes it back before the letter is accepted; a letter that has not left stays here.
///
/// # Errors
/// See [`hand_over::take_back`].
pub async fn take_back(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    let case = hand
        .act_on_stub(|case, _| hand_over::take_back(case, reason, hand.by))
        .await?;
    let reference = case.reference.to_string();
    let kept = hand.office.store.write(move |tx| {
        Box::pin(async move {
            for letter in outbox::for_case(tx, &reference).await? {
                let is_one = letter.kind == LetterKind::Handover.code();
                if is_one && letter.state != OutboxState::Sent {
                    outbox::replace(tx, letter.id).await?;
                }
            }
            Ok::<_, StorageError>(())
        })
    });
    kept.await?;
    Ok(case)
}

/// Reminds whoever has it, now.
///
/// # Errors
/// See [`rules::confidential::sealing::report::chase`].
pub async fn chase(hand: Hand<'_>) -> Result<Case, ActError> {
    hand.act_on_stub(|case, setting| report::chase(case, hand.by, setting))
        .await
}

/// Those whom the case is about, by their names and mailboxes: of those with an account, and of those whom the directory knows by what was written.
async fn those_named(office: &Office, case: &Case) -> Result<Vec<Holder>, ActError> {
    let mut about = known(office, |id| case.named.people.contains(&id)).await?;
    let Some(others) = &case.named.others else {
        return Ok(about);
    };
    let directory = &copy(office).await?.directory;
    let keys = meant(directory, others).into_iter().flatten();
    let people: Vec<_> = keys.filter_map(|key| directory.person(&key)).collect();
    about.extend(people.into_iter().flat_map(|person| {
        person.emails.iter().map(|email| Holder {
            name: person.name.clone(),
            email: email.clone(),
        })
    }));
    Ok(about)
}

/// People of the office as they could be written to.
pub(crate) async fn known(
    office: &Office,
    which: impl Fn(rules::people::StaffId) -> bool,
) -> Result<Vec<Holder>, ActError> {
    let accounts = office
        .store
        .read(|tx| Box::pin(async move { crate::roster::accounts(tx).await }))
        .await?;
    let of = |account: rules::office::Account| Holder {
        name: account.person.name,
        email: account.email,
    };
    Ok(accounts
        .into_iter()
        .filter(|account| which(account.id()))
        .map(of)
        .collect())
}
