//! The page about a form that waits, made from what the form holds.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use casework::ActError;
use jiff::civil::Date;

use super::doing::doing;
use super::{GoOn, More, Why};
use crate::http::sent_form::received_files;
use crate::http::{Carried, once};
use crate::page::form::{ChooseAgain, FileReceived};
use crate::page::words::date_long;
use crate::staff::desk::Seat;
use crate::staff::desk::answer::typed;
use crate::staff::desk::choices::choice;
use crate::staff::desk::labels::called;
use crate::staff::parts::answers::Answers;
use crate::staff::parts::form::FormState;

/// The page, as the answer to the form or to the sign-in that carried it.
///
/// # Errors
/// When the store cannot be read: the form must then be carried on.
pub(in crate::staff) async fn go_on(seat: &Seat, carried: &Carried, why: Why) -> Result<Response, ActError> {
    let person = seat.door.person();
    let who = format!("{}, {}", person.name, person.job_title);
    let status = match why {
        Why::SignedInAgain => StatusCode::OK,
        Why::OtherSession => StatusCode::FORBIDDEN,
    };
    let received = received(seat, carried).await?;
    let choose_again = ChooseAgain::of(&carried.files, received, &seat.door.office().file_limits());
    let page = GoOn {
        choose_again,
        ..shown(carried, who, why, |name, code| choice(seat, name, code))
    };
    let html = seat.shell().await?.draw(&page).into_inner();
    Ok((status, Html(html)).into_response())
}

/// What an earlier try of the form left here: it goes along with it.
async fn received(seat: &Seat, carried: &Carried) -> Result<Vec<FileReceived>, ActError> {
    let answers = Answers::from(carried.fields.as_slice());
    match seat.door.tray(answers.get("once")) {
        Some(tray) => Ok(received_files(&tray.waiting().await?)),
        None => Ok(Vec::new()),
    }
}

/// The page; `chosen` says a choice in words.
fn shown(carried: &Carried, who: String, why: Why, chosen: impl Fn(&str, &str) -> Option<(String, String)>) -> GoOn {
    let answers = Answers::from(carried.fields.as_slice());
    let words: Vec<(String, String)> = typed(&carried.fields)
        .filter_map(|field| chosen(&field.0, &field.1).or_else(|| read(field)))
        .collect();
    let choices = typed(&carried.fields).filter(|(name, _)| name != "step").count() > words.len();
    GoOn {
        why,
        doing: doing(&carried.to),
        who,
        words,
        more: if choices { More::Choices } else { More::Nothing },
        choose_again: None,
        to: carried.to.clone(),
        form: FormState {
            // The key of the form itself: pressed twice, or sent before after all, it is still one act.
            once: once::key_or_new(answers.get("once")),
            answers,
            ..FormState::default()
        },
    }
}

/// A field as somebody reads it; none where its value is a code.
fn read((name, value): &(String, String)) -> Option<(String, String)> {
    let label = called(name, value)?;
    let words = value.parse::<Date>().map_or_else(|_| value.clone(), date_long);
    Some((label, words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Posted;

    fn page(body: &[u8]) -> GoOn {
        let carried = Carried::of("/staff/c/FC-1/message", &Posted::parse(body));
        let chosen = |name: &str, code: &str| (name == "how").then(|| ("How".to_owned(), code.to_uppercase()));
        shown(&carried, "Amara Osei".to_owned(), Why::SignedInAgain, chosen)
    }

    fn pairs(page: &GoOn) -> Vec<(&str, &str)> {
        page.words
            .iter()
            .map(|(label, words)| (label.as_str(), words.as_str()))
            .collect()
    }

    #[test]
    fn words_and_choices_are_shown_with_their_label_and_other_codes_travel_unseen() {
        let page =
            page(b"once=k1&seen=9&message=Hello&how=letter&next_on=2026-06-11&reason=new_evidence&unheard=Two+words");
        let shown = [
            ("Message", "Hello"),
            ("How", "LETTER"),
            ("Next update by", "Thursday 11 June 2026"),
            ("Also in the form", "Two words"),
        ];
        assert_eq!(pairs(&page), shown);
        assert_eq!(page.more, More::Choices);
        assert_eq!(page.form.answers.get("how"), "letter");
        assert_eq!(page.form.answers.get("reason"), "new_evidence");
        assert_eq!(page.form.once, "k1");
    }

    #[test]
    fn a_form_of_words_alone_has_nothing_beside_them() {
        assert_eq!(page(b"once=k1&message=Hello&step=send").more, More::Nothing);
    }

    #[test]
    fn a_form_that_lost_its_key_gets_one() {
        assert_eq!(page(b"message=Hello").form.once.len(), 32);
    }
}
