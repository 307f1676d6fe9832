//! Endings without a decision, and taking a case up again (P32, A24, A40).

use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::{decide, regime};
use rules::case::vocabulary::Ending;
use rules::case::{Case, Refused};
use rules::handling::close as rule;
use rules::handling::regime::closing;

use super::brief::{brief, person};
use super::notice::Notice;
use super::regime::still_open;
use super::sent::{Again, Sent, in_the_way, not_now};
use super::{OnCase, fresh, letter};
use crate::staff::closing::{Close, Preview, Reopen, Withdraw};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::letter::Letter;
use rules::sentence::capital;

/// Words that a rule is asked with before anybody has written any.
const ANY: &str = "-";

/// The form, or why the case cannot be closed now.
pub async fn show_close(OnCase { seat, file }: OnCase) -> Response {
    let setting = file.in_force.setting(file.now);
    match in_the_way(rule::close(
        &file.case,
        Ending::Referred,
        ANY,
        seat.door.person(),
        &setting,
    )) {
        Some(refused) => not_now(&seat, &file, "Close without a decision", refused).await,
        None => seat.page(&close_page(&seat, &file, fresh(&file))).await,
    }
}

/// Closes it.
async fn close(sent: Sent) -> Response {
    let once = sent.form.once();
    // No choice is an ending that the rule refuses, with the words for it.
    let ending = Ending::from_code(sent.form.get("ending")).unwrap_or(Ending::Decided);
    let (reason, handled_now) = (sent.form.get("reason"), sent.form.get("handled_now"));
    let acted = regime::close(sent.hand(&once), ending, reason, handled_now).await;
    sent.answer(
        acted.map(|_| Notice::Closed).map_err(Fault::from),
        Again {
            first_field: "ending",
            page: close_page,
        },
    )
    .await
}

/// Looks at the letter first, where the form asks for that.
pub async fn send_close(sent: Sent) -> Response {
    if sent.form.get("step") == "preview" {
        let page = close_page(sent.seat(), &sent.file, sent.form.state());
        return sent.seat().page(&page).await;
    }
    close(sent).await
}

/// The letter that the form would send, once it says why; nothing where it says too little.
fn preview(seat: &Seat, file: &CaseFile, form: &FormState) -> Option<Letter> {
    let ending = Ending::from_code(form.answers.get("ending"))?;
    let (reason, setting) = (form.answers.get("reason"), file.in_force.setting(file.now));
    let by = seat.door.person();
    let ending = |case: &Case| rule::close(case, ending, reason, by, &setting);
    let change = closing(&file.case, ANY, by, &setting, ending).ok()?;
    letter::of_change(seat, file, &change).map(|shown| shown.letter)
}

/// The endings of the procedure that its rule takes from somebody who closes by hand.
fn close_page(seat: &Seat, file: &CaseFile, form: FormState) -> Close {
    let setting = file.in_force.setting(file.now);
    let by = seat.door.person();
    // Where another regime goes on is asked of every ending alike.
    let close = |ending: Ending| {
        let ending = |case: &Case| rule::close(case, ending, ANY, by, &setting);
        closing(&file.case, ANY, by, &setting, ending)
    };
    let taken = |ending: Ending| close(ending).is_ok();
    let reasons = &file.in_force.procedure.closing_reasons;
    let endings = reasons
        .iter()
        .filter(|reason| Ending::from_code(&reason.code).is_some_and(taken));
    let mut then = vec!["It stays on record with the reason.".to_owned()];
    then.extend(
        file.case
            .job
            .as_ref()
            .map(|job| format!("Job {} is closed too.", job.number)),
    );
    if let (true, Err(why)) = (file.case.waits_for_answer(), close(Ending::NoResponse)) {
        then.push(format!("It cannot be closed yet because no answer came. {why}."));
    }
    let who = person(file);
    let told = rule::tells(&file.case, Ending::Referred);
    then.push(if told {
        format!("We write to {who} that there will be no decision, why, and where else they can turn. Only of a mistake of ours we tell nobody.")
    } else {
        format!("Nobody is written to: there is no way to reach {who}, or they have our decision.")
    });
    let letter = told.then(|| Preview {
        goes: letter::goes(file),
        letter: preview(seat, file, &form),
    });
    Close {
        case: brief(seat, file),
        letter,
        regimes: still_open(file),
        endings: endings.map(|reason| Pick::new(&reason.code, &reason.name)).collect(),
        then,
        form,
    }
}

/// The form, or why the complaint cannot be stopped now.
pub async fn show_withdraw(OnCase { seat, file }: OnCase) -> Response {
    match in_the_way(rule::withdraw(&file.case, ANY, Some(seat.door.person()))) {
        Some(refused) => {
            not_now(
                &seat,
                &file,
                &format!("{} wants to stop it", capital(&person(&file))),
                refused,
            )
            .await
        }
        None => seat.page(&withdraw_page(&seat, &file, fresh(&file))).await,
    }
}

/// Stops it for the person who asked for that.
pub async fn withdraw(sent: Sent) -> Response {
    let acted = stop(&sent).await;
    sent.answer(
        acted,
        Again {
            first_field: "told_how",
            page: withdraw_page,
        },
    )
    .await
}

async fn stop(sent: &Sent) -> Result<Notice, Fault> {
    if let Some(refused) = in_the_way(rule::withdraw(&sent.file.case, ANY, Some(sent.seat().door.person()))) {
        return Err(refused.into());
    }
    let way = WAYS.iter().find(|(code, _)| *code == sent.form.get("told_how"));
    let (_, way) = way.ok_or_else(|| Refused::field("told_how", "Choose how they told us"))?;
    let reason = format!("{way}. {}", sent.form.get("reason").trim());
    let once = sent.form.once();
    regime::withdraw(sent.hand(&once), reason.trim(), sent.form.get("handled_now")).await?;
    Ok(Notice::Withdrawn)
}

/// How a person tells us that they stop; on the tracking page they do it themselves.
const WAYS: [(&str, &str); 4] = [
    ("phone", "By phone"),
    ("email", "By email"),
    ("in_person", "In person"),
    ("chat", "In the chat"),
];

fn withdraw_page(seat: &Seat, file: &CaseFile, form: FormState) -> Withdraw {
    Withdraw {
        case: brief(seat, file),
        ways: Pick::list(&WAYS),
        regimes: still_open(file),
        form,
    }
}

/// The form, or why the case cannot be taken up again.
pub async fn show_reopen(OnCase { seat, file }: OnCase) -> Response {
    let setting = file.in_force.setting(file.now);
    match in_the_way(rule::reopen(&file.case, ANY, seat.door.person(), &setting)) {
        Some(refused) => not_now(&seat, &file, "Reopen the case", refused).await,
        None => seat.page(&reopen_page(&seat, &file, fresh(&file))).await,
    }
}

/// Takes it up again.
pub async fn reopen(sent: Sent) -> Response {
    let once = sent.form.once();
    let acted = decide::reopen(sent.hand(&once), sent.form.get("reason")).await;
    sent.answer(
        acted.map(|_| Notice::Reopened).map_err(Fault::from),
        Again {
            first_field: "reason",
            page: reopen_page,
        },
    )
    .await
}

fn reopen_page(seat: &Seat, file: &CaseFile, form: FormState) -> Reopen {
    let setting = file.in_force.setting(file.now);
    let change = rule::reopen(&file.case, ANY, seat.door.person(), &setting).ok();
    let new_clock = match change
        .as_ref()
        .and_then(|change| super::stage_2::date_after(seat, file, change))
    {
        Some(on) => format!("It opens again with a decision date: {on}."),
        None => "It goes back to triage, which says at which stage it goes on and who takes it.".to_owned(),
    };
    Reopen {
        case: brief(seat, file),
        new_clock,
        form,
    }
}
