//! The wording of letters as the office writes it. Whether a wording can be used is judged by whoever puts letters into words; the act asks
//! for that judgement and writes nothing without it (R16, P35).

use rules::case::Refused;
use rules::letters::LetterKind;
use rules::office::wording::{self as rule, Wanted, Wordings};

use crate::desk::office_log::LogLine;
use crate::office_record::Beside;
use crate::people::OfficeHand;
use crate::{ActError, Office};

/// Gives a letter other words from now on; `seen` is the number of the version that the person looked at, 0 for none. The same words are no
/// event. Answers whether anything changed.
///
/// # Errors
/// When the person may not, somebody changed it meanwhile, or `judge` refuses the words.
pub async fn change<J>(
    hand: OfficeHand<'_>,
    letter: LetterKind,
    (wanted, seen): (Wanted, u32),
    judge: J,
) -> Result<bool, ActError>
where
    J: FnOnce(&str) -> Result<(), Refused>,
{
    rules::case::change::permit(hand.by, rules::people::Act::EditWording)?;
    if let Some(text) = words_of(hand.office, letter, &wanted) {
        judge(&text)?;
    }
    let by = hand.by.clone();
    let events = hand
        .act(None, Beside::Nothing)
        .told()
        .record(move |book, _| {
            let before = folded(&book.told);
            Ok(rule::change(&before, letter, (wanted, seen), book.actor(&by)?)?)
        })
        .await?;
    hand.office.read_wordings().await?;
    Ok(!events.is_empty())
}

/// The words that are to be judged; none where what was installed comes back, which was judged when the office opened.
fn words_of(office: &Office, letter: LetterKind, wanted: &Wanted) -> Option<String> {
    match wanted {
        Wanted::Text(text) => Some(rule::tidy(text)),
        Wanted::Again(number) => office.wordings().version(letter, *number)?.text.clone(),
        Wanted::Installed => None,
    }
}

/// The wordings that the log tells.
pub(crate) fn folded(log: &[LogLine]) -> Wordings {
    let mut wordings = Wordings::default();
    for line in log {
        wordings.take(&line.event, line.at, line.actor);
    }
    wordings
}
