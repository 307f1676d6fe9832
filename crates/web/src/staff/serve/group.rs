//! Serving the group of a case: who else complains of the same matter, how links are made and taken back (A27).

use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::{CaseFile, DeskLine, Group};
use casework::handling::group as acts;
use rules::case::event::Sameness;
use rules::case::{Decision, Reference, Refused};
use rules::handling::group::{Linking, can_link};
use rules::people::Act;
use rules::sentence::capital;

use super::brief::brief;
use super::notice::Notice;
use super::sent::{Sent, not_now};
use super::{OnCase, came_back, fresh};
use crate::page::words::count;
use crate::staff::case::{CaseAction, Weight};
use crate::staff::desk::{Done, Fault, Seat, rows};
use crate::staff::group::{CaseGroup, Unlinking};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::group_panel::{GroupLine, GroupPanel};
use crate::staff::parts::link::Link;
use crate::staff::paths;

/// The group and the two forms, or why somebody may not link cases.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    match can_link(seat.door.person()) {
        Err(refused) => not_now(&seat, &file, "Cases about the same matter", refused).await,
        Ok(()) => {
            let page = page(&seat, &file, fresh(&file), fresh(&file)).await;
            seat.page(&page).await
        }
    }
}

/// Links, or takes a link back, as the form says.
pub async fn post(sent: Sent) -> Response {
    let takes_back = sent.form.get("step") == "unlink";
    let acted = match takes_back {
        true => unlink(&sent).await.map(|()| Notice::Unlinked),
        false => link(&sent).await.map(|()| Notice::Linked),
    };
    let fault = match acted {
        Ok(_) if sent.form.get("back") == "triage" => {
            let triage = paths::triage(&sent.file.case.reference.to_string());
            return Done::see(&format!("{triage}?done=linked"));
        }
        Ok(notice) => return sent.done(notice).await,
        Err(fault) => fault,
    };
    let first_field = if takes_back { "linked" } else { "other" };
    let Some(form) = came_back(&sent.form, &fault, first_field) else {
        return sent.fault(fault).await;
    };
    let untouched = fresh(&sent.file);
    let (linking, unlinking) = match takes_back {
        true => (untouched, form),
        false => (form, untouched),
    };
    let page = page(sent.seat(), &sent.file, linking, unlinking).await;
    sent.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

async fn link(sent: &Sent) -> Result<(), Fault> {
    let other = reference(sent.form.get("other"), "other")?;
    let same = Sameness::from_code(sent.form.get("same"));
    let same = same.ok_or_else(|| Refused::field("same", "Choose how they belong together"))?;
    let linking = Linking {
        same,
        reason: sent.form.get("reason").to_owned(),
    };
    let once = sent.form.once();
    acts::link(sent.hand(&once), &other, &linking).await?;
    Ok(())
}

async fn unlink(sent: &Sent) -> Result<(), Fault> {
    let other = reference(sent.form.get("linked"), "linked")?;
    let once = sent.form.once();
    acts::unlink(sent.hand(&once), &other, sent.form.get("why"))
        .await
        .map_err(|fault| match fault {
            // On this page the reason of taking back has a name of its own.
            casework::ActError::Refused(Refused::Fields { fields }) => {
                let fields = fields.into_iter().map(|error| rules::case::change::FieldError {
                    field: if error.field == "reason" { "why" } else { error.field },
                    ..error
                });
                Fault::from(Refused::Fields {
                    fields: fields.collect(),
                })
            }
            fault => Fault::from(fault),
        })?;
    Ok(())
}

fn reference(text: &str, field: &'static str) -> Result<Reference, Refused> {
    let message = match field {
        "linked" => "Choose which link to take back",
        _ => "Enter the reference of a case that you can see, like FC-10482",
    };
    text.trim().parse().map_err(|_| Refused::field(field, message))
}

async fn page(seat: &Seat, file: &CaseFile, linking: FormState, unlinking: FormState) -> CaseGroup {
    let group = of(seat, file).await;
    let linked = group.others.iter().filter(|line| {
        file.case
            .links
            .iter()
            .any(|link| link.with.to_string() == line.reference)
    });
    let linked: Vec<Pick> = linked
        .map(|line| Pick::new(&line.reference, &format!("{}, {}", line.reference, line.card.title)))
        .collect();
    CaseGroup {
        case: brief(seat, file),
        summary: summary(&group),
        others: lines(seat, &group),
        ways: Sameness::ALL
            .iter()
            .map(|same| Pick::new(same.code(), &capital(same.words())))
            .collect(),
        linking,
        unlinking: (!linked.is_empty()).then_some(Unlinking {
            linked,
            form: unlinking,
        }),
    }
}

/// The group as the person sees it. A help on every page but its own, so a fault leaves it out.
async fn of(seat: &Seat, file: &CaseFile) -> Group {
    if !file.case.is_in_group() {
        return Group::default();
    }
    seat.door.group(&file.case).await.unwrap_or_default()
}

/// The panel beside a case.
pub(crate) async fn panel(seat: &Seat, file: &CaseFile) -> Option<GroupPanel> {
    let group = of(seat, file).await;
    let page = paths::case_act(&file.case.reference.to_string(), "group");
    let link = Link::new("Link another case, or take a link back", &page);
    (!group.others.is_empty()).then(|| GroupPanel {
        summary: summary(&group),
        others: lines(seat, &group),
        links: seat.may(Act::LinkCases).then_some(link).into_iter().collect(),
    })
}

/// The panel beside the form that decides a case: who else waits, and the findings of the leading case to take over.
pub(crate) async fn panel_deciding(seat: &Seat, file: &CaseFile, act: &str) -> Option<GroupPanel> {
    let group = of(seat, file).await;
    let own = file.case.reference.to_string();
    let found = match &group.leading {
        Some(leading) if *leading != own && file.case.draft().is_none() => decision_of(seat, leading).await,
        _ => None,
    };
    let link = found.zip(group.leading.as_ref()).map(|(_, leading)| {
        Link::new(
            &format!("Take over what {leading} found, as a draft"),
            &format!("{}?from={leading}", paths::case_act(&own, act)),
        )
    });
    (!group.others.is_empty()).then(|| GroupPanel {
        summary: summary(&group),
        others: lines(seat, &group),
        links: link.into_iter().collect(),
    })
}

/// What was found in the leading case of the group, for a form that asks for it; nothing for any other case.
pub(crate) async fn findings(seat: &Seat, file: &CaseFile, asked: &str) -> Option<(String, Decision)> {
    let leading = of(seat, file).await.leading.filter(|leading| leading == asked)?;
    // Whoever reads the words of a restricted case is on record for it.
    let file = seat.door.case(&leading.parse().ok()?).await.ok()?;
    let decision = decision_in(&file)?;
    Some((leading, decision))
}

async fn decision_of(seat: &Seat, reference: &str) -> Option<Decision> {
    let reference: Reference = reference.parse().ok()?;
    let file = seat.door.case_for_a_line(&reference).await.ok()?;
    decision_in(&file)
}

fn decision_in(file: &CaseFile) -> Option<Decision> {
    file.case.stages.iter().rev().find_map(|stage| stage.decision.clone())
}

/// A form with the words of another decision: what was found, done and learnt. Whether this complaint is upheld is decided by itself.
pub(crate) fn taken_over(form: FormState, decision: &Decision) -> FormState {
    let answers = form
        .answers
        .clone()
        .and("found", &decision.reasons)
        .and("did", &decision.what_we_did)
        .and("root_cause", decision.root_cause.as_deref().unwrap_or(""));
    FormState { answers, ..form }
}

/// What stands above a form whose words were taken over.
pub(crate) fn taken_from(leading: &str) -> String {
    format!(
        "These words are from {leading}, where they were written to somebody else. Read each sentence and take out whatever is not about this \
         person. Nothing is sent until you send it."
    )
}

/// The way to the page, for those who may link cases.
pub(crate) fn action(seat: &Seat, file: &CaseFile) -> Option<CaseAction> {
    let page = paths::case_act(&file.case.reference.to_string(), "group");
    let offered = seat.may(Act::LinkCases) && !file.case.is_in_group();
    offered.then(|| CaseAction::open("Link with a case about the same matter", &page, Weight::Link))
}

fn lines(seat: &Seat, group: &Group) -> Vec<GroupLine> {
    let line = |line: &DeskLine| GroupLine {
        link: Link::new(&line.reference, &paths::case(&line.reference)),
        title: line.card.title.clone(),
        standing: match group.leading.as_deref() == Some(&line.reference) {
            true => format!("Leads the group. {}", standing(seat, line)),
            false => standing(seat, line),
        },
    };
    group.others.iter().map(line).collect()
}

fn standing(seat: &Seat, line: &DeskLine) -> String {
    match line.state.as_str() {
        "closed" => "Closed".to_owned(),
        "decided" | "answered" => "Decided".to_owned(),
        _ => {
            let with = line.owner.map_or_else(
                || "Nobody has it yet".to_owned(),
                |owner| format!("With {}", seat.door.office().name_in_list(owner)),
            );
            let due = line.due.map(|due| format!(", {}", rows::words(seat, due)));
            format!("{with}{}", due.unwrap_or_default())
        }
    }
}

/// "2 of 3 in a group. 1 other case still waits for a decision."
fn summary(group: &Group) -> String {
    let Some(place) = group.place else {
        return String::new();
    };
    let waiting = group.others.iter().filter(|line| still_waits(&line.state)).count() as u64;
    let verb = if waiting == 1 { "waits" } else { "wait" };
    let others = match waiting {
        0 => "Every other case has its decision.".to_owned(),
        n => format!("{} still {verb} for a decision.", count(n, "other case", "other cases")),
    };
    format!("{} {others}", place_words(place.position, place.of))
}

/// "2 of 3 in a group."
fn place_words(position: i64, of: i64) -> String {
    format!("{position} of {of} in a group.")
}

fn still_waits(state: &str) -> bool {
    !matches!(state, "closed" | "decided" | "answered")
}
