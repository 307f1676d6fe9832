//! How the person is reached: corrected, sent again, told another way; and what of it is asked back (R18, R19, A7, A8).

use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::{correct, send_again, tell};
use jiff::Timestamp;
use rules::case::change::permit;
use rules::case::vocabulary::Means;
use rules::case::{ContactData, Refused};
use rules::clock::{received_locally, typed_time};
use rules::handling::correct::Correction;
use rules::handling::send_again::worth_sending;
use rules::handling::tell as rule;
use rules::handling::tell::Told;
use rules::intake::{RawContact, read_contact};
use rules::letters::LetterKind;
use rules::people::Act;

use super::brief::brief;
use super::notice::Notice;
use super::sent::{Again, Sent, date};
use super::undelivered::failed_letters;
use super::{OnCase, fresh};
use crate::http::Posted;
use crate::staff::contact::{ContactPage, REPLIES, ToldForm, WAYS};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};
use rules::sentence::capital;

/// The page.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    match permit(seat.door.person(), Act::Write) {
        Ok(()) => seat.page(&page(&seat, &file, known(&file), untold(&seat, &file))).await,
        Err(refused) => Fault::from(refused).into_response(&seat, &Posted::default()).await,
    }
}

/// Saves, sends again, or keeps what was told.
pub async fn post(sent: Sent) -> Response {
    if sent.form.get("step") == "told" {
        let acted = told(&sent).await;
        return sent
            .answer(
                acted,
                Again {
                    first_field: "told_by",
                    page: |seat, file, form| page(seat, file, known(file), form),
                },
            )
            .await;
    }
    let acted = save(&sent).await;
    sent.answer(
        acted,
        Again {
            first_field: "email",
            page: |seat, file, form| page(seat, file, form, untold(seat, file)),
        },
    )
    .await
}

async fn save(sent: &Sent) -> Result<Notice, Fault> {
    let contact = read_contact(&RawContact {
        name: sent.form.get("name").to_owned(),
        email: sent.form.get("email").to_owned(),
        phone: sent.form.get("phone").to_owned(),
        reply_by: sent.form.get("reply_by").to_owned(),
    })?;
    let again: Vec<LetterKind> = sent
        .form
        .posted
        .all("again")
        .into_iter()
        .filter_map(LetterKind::from_code)
        .collect();
    let once = sent.form.once();
    if contact == sent.file.case.complainant.contact_data() && !again.is_empty() {
        send_again::send_again(sent.hand(&once), &again).await?;
        return Ok(Notice::SentAgain);
    }
    let correction = Correction {
        contact,
        learnt: sent.form.posted.some("learnt").map(str::to_owned),
        again,
    };
    correct::correct(sent.hand(&once), &correction).await?;
    Ok(if correction.again.is_empty() {
        Notice::ContactCorrected
    } else {
        Notice::SentAgain
    })
}

async fn told(sent: &Sent) -> Result<Notice, Fault> {
    let (letter, at) = (letter(sent), told_at(sent));
    let told = Told {
        letter: *letter.as_ref().unwrap_or(&LetterKind::Acknowledgement),
        // No choice is a means that the rule refuses, with the words for it.
        by: Means::from_code(sent.form.get("told_by")).unwrap_or(Means::Email),
        at: *at.as_ref().unwrap_or(&sent.file.now),
        words: sent.form.get("told_words").to_owned(),
    };
    let wrong: Vec<Refused> = [letter.err(), at.err()].into_iter().flatten().collect();
    if !wrong.is_empty() {
        return Err(with_the_rest(sent, wrong, &told).into());
    }
    let once = sent.form.once();
    tell::tell(sent.hand(&once), &told).await?;
    Ok(Notice::ToldAnotherWay)
}

/// What the rule finds wrong besides, so that everything is told at once, in the order of the form.
fn with_the_rest(sent: &Sent, wrong: Vec<Refused>, told: &Told) -> Refused {
    let rest = rule::tell(&sent.file.case, told, sent.seat().door.person(), &sent.setting());
    let mut fields = Vec::new();
    for refused in wrong.into_iter().chain(rest.err()) {
        match refused {
            Refused::Fields { fields: more } => fields.extend(more),
            other => return other,
        }
    }
    let order = ["told_letter", "told_by", "told_on", "told_at", "told_words"];
    fields.sort_by_key(|error| order.iter().position(|field| *field == error.field));
    Refused::Fields { fields }
}

/// What was told: as chosen, or the only thing that waits to be told.
fn letter(sent: &Sent) -> Result<LetterKind, Refused> {
    let chosen = LetterKind::from_code(sent.form.get("told_letter"));
    match (chosen, letters_to_tell(sent.seat(), &sent.file).as_slice()) {
        (Some(chosen), _) => Ok(chosen),
        (None, [only]) => Ok(*only),
        // With nothing left to tell, the rule says so of any letter.
        (None, []) => Ok(LetterKind::Acknowledgement),
        (None, _) => Err(Refused::field("told_letter", "Choose what you told them")),
    }
}

/// What waits to be told and this person could tell.
fn letters_to_tell(seat: &Seat, file: &CaseFile) -> Vec<LetterKind> {
    let setting = file.in_force.setting(file.now);
    let waiting = rule::outstanding_letters(&file.case, &setting);
    let may = |letter: &LetterKind| rule::may_tell(&file.case, *letter, seat.door.person(), &setting);
    waiting.into_iter().filter(may).collect()
}

/// When they were told: the day and the time as typed; today without a time is now.
fn told_at(sent: &Sent) -> Result<Timestamp, Refused> {
    let setting = sent.setting();
    let day = date(&sent.form, "told_on")?.unwrap_or(setting.today());
    let time = match sent.form.posted.some("told_at") {
        None if day == setting.today() => return Ok(setting.now),
        time => time
            .and_then(typed_time)
            .ok_or_else(|| Refused::field("told_at", "Enter the time like 4:30pm or 16:30"))?,
    };
    let moment = received_locally(day, time, setting.calendar.time_zone());
    moment
        .map(|moment| moment.received_at)
        .map_err(|error| Refused::field("told_at", error.to_string().trim_end_matches('.')))
}

/// The form of contact data with what we have, and what is worth sending again chosen.
fn known(file: &CaseFile) -> FormState {
    let ContactData {
        name,
        email,
        phone,
        reply_by,
    } = file.case.complainant.contact_data();
    let form = fresh(file);
    let mut answers = form.answers.clone().and("reply_by", reply_by.code());
    for (field, value) in [("name", name), ("email", email), ("phone", phone)] {
        answers = answers.and(field, &value.unwrap_or_default());
    }
    for letter in worth_sending(&file.case) {
        answers = answers.and("again", letter.code());
    }
    FormState { answers, ..form }
}

/// The form of what was told, with today's date.
fn untold(seat: &Seat, file: &CaseFile) -> FormState {
    let form = fresh(file);
    let answers = form.answers.clone().and("told_on", &seat.wall().today().to_string());
    FormState { answers, ..form }
}

fn page(seat: &Seat, file: &CaseFile, form: FormState, told: FormState) -> ContactPage {
    let again = file.case.given_up().map(pick).collect();
    let letters = letters_to_tell(seat, file);
    // An investigation is answered in writing (R77).
    let written = letters == [LetterKind::Stage2Decision];
    let ways = WAYS.iter().filter(|(code, _)| !written || *code == Means::Post.code());
    let told = (!letters.is_empty() || !told.errors.is_empty()).then(|| ToldForm {
        ways: ways.map(|(code, words)| Pick::new(code, words)).collect(),
        letters: letters.into_iter().map(pick).collect(),
        form: told,
    });
    ContactPage {
        case: brief(seat, file),
        failed: failed_letters(seat, file),
        replies: Pick::list(&REPLIES),
        again,
        at_first: at_first(file),
        form,
        told,
    }
}

fn pick(letter: LetterKind) -> Pick {
    Pick::new(letter.code(), &capital(letter.words()))
}

/// What was received, where it differs from what we have now.
fn at_first(file: &CaseFile) -> Vec<Fact> {
    let (first, now) = (
        file.case.received.complainant.contact_data(),
        file.case.complainant.contact_data(),
    );
    let pairs = [
        ("Name", first.name, now.name),
        ("Email", first.email, now.email),
        ("Phone", first.phone, now.phone),
    ];
    pairs
        .into_iter()
        .filter(|(_, first, now)| first != now)
        .map(|(key, first, _)| Fact::new(key, first.as_deref().unwrap_or("Not given")))
        .collect()
}
