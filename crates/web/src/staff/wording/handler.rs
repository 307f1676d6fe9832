//! Serving the wording of letters: each change is tried with example facts, and refused with what to put right, before it is used.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use casework::{ActError, wording};
use documents::letter::trial::FACTS;
use documents::letter::{Origin, Tried, Unfit, built_in_wording, try_out};
use rules::case::Refused;
use rules::letters::LetterKind;
use rules::office::wording::{Wanted, Wordings, Written};
use rules::people::{Act, Actor};
use rules::procedure::MustSay;
use rules::sentence::capital;

use super::{LetterLine, PreviewShown, VersionLine, WordingList, WordingPage, WordingVersion};
use crate::http::{Asked, Posted};
use crate::page::form::Errors;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, Unsaved, form};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::FormState;
use crate::staff::parts::line_diff::LineDiff;
use crate::staff::parts::link::Link;
use crate::staff::paths;

/// The letters.
pub async fn list(seat: Seat) -> Response {
    if let Err(fault) = seat.require(Act::SeeProcedure) {
        return fault.into_response(&seat, &Posted::default()).await;
    }
    let wordings = seat.door.office().wordings();
    let line = |kind: LetterKind| LetterLine {
        page: Link::new(&name(kind), &paths::wording(kind.code())),
        origin: origin(&seat, &wordings, kind),
        written: wordings
            .of(kind)
            .last()
            .map_or_else(String::new, |last| written(&seat, last)),
    };
    let letters = LetterKind::ALL.into_iter().map(line).collect();
    seat.page(&WordingList { letters }).await
}

/// One letter.
pub async fn show(seat: Seat, Path(code): Path<String>, asked: Asked) -> Response {
    match kind_for(&seat, &code) {
        Ok(kind) => {
            let notice = match asked.get("done") {
                "saved" => Some("Saved. The next letter uses these words; those that went out keep theirs.".to_owned()),
                _ => None,
            };
            let text = seat.site.wording().source(kind);
            let state = form::fresh().answered(&[("wording_text", &text)]);
            let page = page(&seat, kind, state);
            seat.page(&WordingPage { notice, ..page }).await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// Other words, or how they would read.
pub async fn save(Path(code): Path<String>, form: StaffForm) -> Response {
    let seat = &form.seat;
    let kind = match kind_for(seat, &code) {
        Ok(kind) => kind,
        Err(fault) => return fault.into_response(seat, &form.posted).await,
    };
    if form.get("do") == "preview" {
        return preview(&form, kind).await;
    }
    let wanted = Wanted::Text(form.get("wording_text").to_owned());
    changed(&form, kind, wanted).await
}

/// Back to an earlier version, or to what was installed.
pub async fn again(Path(code): Path<String>, form: StaffForm) -> Response {
    let seat = &form.seat;
    match kind_for(seat, &code) {
        Ok(kind) => {
            let wanted = form.get("number").parse().map_or(Wanted::Installed, Wanted::Again);
            changed(&form, kind, wanted).await
        }
        Err(fault) => fault.into_response(seat, &form.posted).await,
    }
}

/// Where a form leads that is asked for by its address.
pub async fn to_letter(Path(code): Path<String>) -> Response {
    Done::see(&paths::wording(
        LetterKind::from_code(&code).map_or("", LetterKind::code),
    ))
}

/// A version of one letter.
pub async fn version(seat: Seat, Path((code, number)): Path<(String, u32)>) -> Response {
    let found =
        kind_for(&seat, &code).and_then(|kind| version_page(&seat, kind, number).ok_or(ActError::NotFound.into()));
    match found {
        Ok(page) => seat.page(&page).await,
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// The letter in use as the e-mail that it becomes.
pub async fn mail(seat: Seat, Path(code): Path<String>) -> Response {
    match kind_for(&seat, &code) {
        Ok(kind) => {
            let text = seat.site.wording().source(kind);
            as_mail(&seat, kind, &text, &Posted::default()).await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// What is typed as the e-mail that it would become.
pub async fn mail_of_form(Path(code): Path<String>, form: StaffForm) -> Response {
    match kind_for(&form.seat, &code) {
        Ok(kind) => as_mail(&form.seat, kind, form.get("wording_text"), &form.posted).await,
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// What e-mails need of a browser, and nothing else: styles on their elements. They run nothing and load nothing.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

async fn as_mail(seat: &Seat, kind: LetterKind, text: &str, posted: &Posted) -> Response {
    match try_out(kind, text, &must_say(seat, kind)) {
        Ok(Tried { full, .. }) => {
            let policy = (CONTENT_SECURITY_POLICY, HeaderValue::from_static(MAIL_POLICY));
            ([policy], Html(full.html)).into_response()
        }
        Err(unfit) => {
            let state = form::fresh().answered(&[("wording_text", text)]);
            unusable(seat, kind, (state, posted.get("made_from")), &unfit).await
        }
    }
}

async fn preview(form: &StaffForm, kind: LetterKind) -> Response {
    let seat = &form.seat;
    match try_out(kind, form.get("wording_text"), &must_say(seat, kind)) {
        Ok(Tried { full, sparse }) => {
            let page = WordingPage {
                preview: Some(PreviewShown {
                    subject: full.subject,
                    text: full.text,
                    sparse: sparse.text,
                }),
                seen: form.get("made_from").to_owned(),
                ..page(seat, kind, form.state())
            };
            seat.page(&page).await
        }
        Err(unfit) => unusable(seat, kind, (form.state(), form.get("made_from")), &unfit).await,
    }
}

async fn changed(form: &StaffForm, kind: LetterKind, wanted: Wanted) -> Response {
    let seat = &form.seat;
    let must_say = must_say(seat, kind);
    let seen = form.get("made_from").parse().unwrap_or_default();
    let mut unfit = None;
    let judge = |text: &str| match try_out(kind, text, &must_say) {
        Ok(_) => Ok(()),
        Err(found) => {
            unfit = Some((text.to_owned(), found));
            Err(Refused::field(
                "wording_text",
                "Put right what is listed, then save again",
            ))
        }
    };
    let done = wording::change(form.seat.hand(&form.once()), kind, (wanted, seen), judge).await;
    // Whether it was this press or an earlier one: what the office wrote is what letters say.
    let adopted = seat
        .site
        .wording()
        .write(kind, seat.door.office().wordings().in_use(kind));
    let fault = match (done, adopted) {
        (Ok(_), Ok(())) => return Done::see(&format!("{}?done=saved", paths::wording(kind.code()))),
        (Ok(_), Err(fault)) => ActError::from(Refused::field("wording_text", fault.to_string())),
        (Err(fault), _) => fault,
    };
    if let Some((text, found)) = unfit {
        let state = form.state().answered(&[("wording_text", &text)]);
        return unusable(seat, kind, (state, form.get("made_from")), &found).await;
    }
    let unsaved = Unsaved::because(&fault);
    let fault = Fault::from(fault);
    let Some(errors) = fault.beside_fields("wording_text") else {
        return fault.into_response(seat, &form.posted).await;
    };
    let now = seat.site.wording().source(kind);
    let mut state = FormState { errors, ..form.state() };
    if state.answers.get("wording_text").is_empty() {
        state = state.answered(&[("wording_text", &now)]);
    }
    let typed = rules::office::wording::tidy(state.answers.get("wording_text"));
    let page = WordingPage {
        meanwhile: unsaved.compared(|| LineDiff::between(&now, &typed)),
        ..page(seat, kind, state)
    };
    seat.page_with(unsaved.status(), &page).await
}

async fn unusable(seat: &Seat, kind: LetterKind, (state, seen): (FormState, &str), Unfit(found): &Unfit) -> Response {
    let findings: Vec<String> = found
        .iter()
        .map(|fault| match fault.line {
            Some(line) => format!("Line {line}: {}", fault.reason),
            None => capital(&fault.reason),
        })
        .collect();
    let words = match findings.len() {
        1 => "Put right the one thing that is listed, then save again".to_owned(),
        many => format!("Put right the {many} things that are listed, then save again"),
    };
    let errors = Errors::none().with("wording_text", words);
    let now = page(seat, kind, FormState { errors, ..state });
    let seen = if seen.is_empty() {
        now.seen.clone()
    } else {
        seen.to_owned()
    };
    let page = WordingPage { findings, seen, ..now };
    seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

fn kind_for(seat: &Seat, code: &str) -> Result<LetterKind, Fault> {
    seat.require(Act::SeeProcedure)?;
    Ok(LetterKind::from_code(code).ok_or(ActError::NotFound)?)
}

fn page(seat: &Seat, kind: LetterKind, state: FormState) -> WordingPage {
    let wordings = seat.door.office().wordings();
    let must: Vec<&str> = must_say(seat, kind).iter().map(|item| item.words()).collect();
    let last = wordings.last(kind);
    let line = |version: &Written| VersionLine {
        page: Link::new(
            &format!("Version {}", version.number),
            &paths::wording_version(kind.code(), version.number),
        ),
        written: written(seat, version),
        about: about(version, last),
    };
    WordingPage {
        notice: None,
        name: name(kind),
        code: kind.code().to_owned(),
        origin: format!("{}.", origin(seat, &wordings, kind)),
        seen: last.to_string(),
        must_say: match must.is_empty() {
            true => "The procedure asks for nothing in particular".to_owned(),
            false => capital(&must.join(", ")),
        },
        findings: Vec::new(),
        meanwhile: None,
        preview: None,
        form: seat.may(Act::EditWording).then_some(state),
        text: seat.site.wording().source(kind),
        versions: wordings.of(kind).iter().rev().map(line).collect(),
        facts: FACTS
            .iter()
            .map(|(name, words)| Fact::new(&format!("{{{{ {name} }}}}"), words))
            .collect(),
    }
}

fn version_page(seat: &Seat, kind: LetterKind, number: u32) -> Option<WordingVersion> {
    let wordings = seat.door.office().wordings();
    let installed = seat.site.wording().installed(kind).to_owned();
    let text_of = |version: Option<&Written>| match version.and_then(|version| version.text.as_ref()) {
        Some(text) => text.clone(),
        None => installed.clone(),
    };
    let version = wordings.version(kind, number)?;
    let before = text_of(number.checked_sub(1).and_then(|before| wordings.version(kind, before)));
    let text = text_of(Some(version));
    let last = wordings.last(kind);
    let again = number != last && seat.may(Act::EditWording);
    Some(WordingVersion {
        heading: format!("Version {number} of {} ({})", kind.words(), kind.code()),
        written: written(seat, version),
        changed: LineDiff::between(&before, &text),
        text,
        code: kind.code().to_owned(),
        again: again.then(|| (number.to_string(), form::fresh())),
        seen: last.to_string(),
    })
}

/// Two letters may be called the same; their codes differ.
fn name(kind: LetterKind) -> String {
    let same = LetterKind::ALL
        .into_iter()
        .filter(|other| other.words() == kind.words())
        .count()
        > 1;
    match same {
        true => format!("{} ({})", capital(kind.words()), kind.code().replace('_', " ")),
        false => capital(kind.words()),
    }
}

fn origin(seat: &Seat, wordings: &Wordings, kind: LetterKind) -> String {
    let wording = seat.site.wording();
    match wording.origin(kind) {
        Origin::Office => format!("Version {}, written in the office", wordings.last(kind)),
        // What the office wrote may be of no use to a later release; the log of the server says why.
        _ if wordings.in_use(kind).is_some() => {
            format!(
                "Version {} cannot be used any more; what was installed is in use",
                wordings.last(kind)
            )
        }
        Origin::Folder => "From a file of this installation".to_owned(),
        Origin::BuiltIn if wording.installed(kind) == built_in_wording(kind) => "Built in".to_owned(),
        Origin::BuiltIn => "Installed".to_owned(),
    }
}

fn written(seat: &Seat, version: &Written) -> String {
    let who = match version.by {
        Actor::Staff(id) => seat.door.office().name_of(id),
        _ => "the system".to_owned(),
    };
    format!("{}, {who}", seat.wall().full(version.at))
}

fn about(version: &Written, last: u32) -> String {
    let mut about = Vec::new();
    if version.number == last {
        about.push("In use".to_owned());
    }
    match (version.repeats, &version.text) {
        (Some(number), _) => about.push(format!("version {number} again")),
        (None, None) => about.push("what was installed again".to_owned()),
        (None, Some(_)) => {}
    }
    capital(&about.join("; "))
}

/// What the procedure in force asks of this letter.
fn must_say(seat: &Seat, kind: LetterKind) -> Vec<MustSay> {
    let in_force = seat.door.office().active();
    in_force
        .procedure
        .letter(kind)
        .map_or_else(Vec::new, |rule| rule.must_say.clone())
}
