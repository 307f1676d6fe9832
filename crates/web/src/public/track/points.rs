//! The points of a complaint as we understood them, on the page of the person who made it: they say whether that is right (R72, A25).

use axum::extract::State;
use axum::response::Response;
use casework::ActError;
use casework::desk::CaseFile;
use hypertext::prelude::*;
use rules::case::Refused;
use rules::case::investigation::{Agreed, Answer};
use rules::investigation::points::Saying;

use super::handler::fresh_reply;
use super::shown::shown;
use super::{TrackPage, track};
use crate::http::{Posted, Site, once};
use crate::page::form::{Button, Choice, Errors, Layout, Radios, Textarea, hidden};
use crate::page::words::date_long;
use crate::public::answer::{errors, failed, page, see, sent_wrong};
use crate::public::complain::LONGEST_WORDS_CHARACTERS;
use crate::public::kept::kept_act;
use crate::public::message::{MessagePage, Onward, message};
use crate::public::own_form::OwnForm;
use crate::public::paths;

/// What we look into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointsShown {
    /// The points as they were written to them.
    pub points: Vec<String>,
    /// What they can do, or what came of it.
    pub standing: PointsStanding,
}

/// Whether they are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointsStanding {
    /// We wait for their answer.
    Asked(PointsForm),
    /// What came of it, in a sentence.
    Said(String),
}

/// The form. Fields: `key`, `round`, `answer` (agree, correct), `points_words`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PointsForm {
    /// Makes a second press harmless.
    pub key: String,
    /// Which letter they read.
    pub round: u32,
    /// Until when we wait: "Tuesday 20 October 2026".
    pub answer_by: String,
    /// Which answer they chose.
    pub answer: String,
    /// What is wrong or missing, as typed.
    pub words: String,
    /// What is wrong with the form.
    pub errors: Errors,
}

/// What is shown of the points of a case; nothing before they were sent, and nothing while nothing may be told (A29).
pub(super) fn points(file: &CaseFile) -> Option<PointsShown> {
    let case = &file.case;
    let agreement = &case.investigation.agreement;
    let sent = agreement.sent.as_ref().filter(|_| case.consent_lacks().is_none())?;
    let open = matches!(case.state, rules::case::State::Open(_));
    let standing = match (
        agreement.standing(),
        agreement.answer.as_ref().map(|answer| &answer.what),
    ) {
        (Agreed::Waiting(sent), _) if open => PointsStanding::Asked(PointsForm {
            key: once::key(),
            round: sent.round,
            answer_by: date_long(sent.answer_by),
            ..PointsForm::default()
        }),
        (Agreed::Changed, _) if open => {
            PointsStanding::Said("We are changing this list. We will ask you again when it is done.".to_owned())
        }
        (_, Some(Answer::Agreed(_))) => PointsStanding::Said("You told us that this is right.".to_owned()),
        (_, Some(Answer::Corrected(_))) => {
            PointsStanding::Said("You told us what is wrong or missing. We will change the list.".to_owned())
        }
        _ => PointsStanding::Said(
            "We are looking into what is written here. If it is not right, send us a message.".to_owned(),
        ),
    };
    Some(PointsShown {
        points: sent.what.points.iter().map(|point| point.text.clone()).collect(),
        standing,
    })
}

/// Draws them, with the form while we wait for an answer.
pub(super) fn section<'a>(reference: &'a str, shown: &'a PointsShown) -> impl Renderable + 'a {
    maud! {
        section aria-labelledby="points-heading" {
            h2 class="govuk-heading-m" id="points-heading" { "What we are looking into" }
            p class="govuk-body" { "This is how we understand your complaint:" }
            ol class="govuk-list govuk-list--number" { @for point in &shown.points { li { (point) } } }
            @match &shown.standing {
                PointsStanding::Said(words) => { p class="govuk-body" { (words) } }
                PointsStanding::Asked(form) => { (ask(reference, form)) }
            }
        }
    }
}

fn ask<'a>(reference: &'a str, form: &'a PointsForm) -> impl Renderable + 'a {
    let choices = || {
        vec![
            Choice::new("agree", "Yes, this is right"),
            Choice::new("correct", "No, something is wrong or missing"),
        ]
    };
    maud! {
        p class="govuk-body" { "Please tell us by the end of " strong { (&form.answer_by) } " whether this is right. If you do not answer, we look into it as it is written here." }
        form class="fc-noprint" action=(paths::points(reference)) method="post" novalidate {
            (hidden("key", &form.key))
            (hidden("round", &form.round.to_string()))
            (Radios::new("answer", "Is this right?", choices())
                .layout(Layout::Small).chosen(&form.answer).error(form.errors.on("answer")))
            (Textarea::new("points_words", "What is wrong or missing?")
                .hint("You can leave this empty if it is right. Only you and the people who deal with your complaint can see it.")
                .limit(LONGEST_WORDS_CHARACTERS).rows(3).value(&form.words).error(form.errors.on("points_words")))
            (Button::new("Send my answer"))
        }
    }
}

/// Their answer.
pub(crate) async fn answer(State(site): State<Site>, form: OwnForm) -> Response {
    let OwnForm { who, file, posted, to } = form;
    let round = posted.get("round").parse().unwrap_or(0);
    let answered = match read(&posted) {
        Ok(saying) => {
            site.public()
                .answer_points(&who, (&saying, round), posted.get("key"))
                .await
        }
        Err(refused) => Err(refused.into()),
    };
    match answered {
        Ok(()) => page(message(&site.institution(), &done(&file.case.reference.to_string()))),
        Err(ActError::Refused(refused)) => again(&site, &file, &posted, &refused),
        Err(fault) => failed(&site, &fault, kept_act(&to, &posted)),
    }
}

fn read(posted: &Posted) -> Result<Saying, Refused> {
    match posted.get("answer") {
        "agree" => Ok(Saying::Agree),
        "correct" => Ok(Saying::Correct(posted.get("points_words").to_owned())),
        _ => Err(Refused::field("answer", "Choose whether this is right")),
    }
}

/// The page with the form as it came; where nothing is asked any more, their words are in the box for a message.
fn again(site: &Site, file: &CaseFile, posted: &Posted, refused: &Refused) -> Response {
    let mut shown = shown(site, file, fresh_reply(site, file));
    let form = shown.points.as_mut().and_then(|points| match &mut points.standing {
        PointsStanding::Asked(form) => Some(form),
        PointsStanding::Said(_) => None,
    });
    match form {
        Some(form) => {
            form.key = once::key_or_new(posted.get("key"));
            form.answer = posted.get("answer").to_owned();
            form.words = posted.get("points_words").to_owned();
            form.errors = errors(refused, "answer");
            sent_wrong(track(&site.institution(), &shown))
        }
        None if !posted.has("points_words") => see(&paths::complaint(&file.case.reference.to_string())),
        None => {
            let mut words = Posted::default();
            words.set("words", posted.get("points_words"));
            super::message_instead(site, file, &words, refused)
        }
    }
}

fn done(reference: &str) -> MessagePage {
    MessagePage {
        heading: "Thank you. We have your answer".to_owned(),
        reference: Some(reference.to_owned()),
        words: vec!["We have kept it with your complaint. You can send us a message at any time.".to_owned()],
        onward: Onward::Complaint,
    }
}

impl TrackPage {
    /// We ask whether we have understood them.
    #[must_use]
    pub fn sample_points() -> Self {
        Self {
            points: Some(PointsShown {
                points: vec![
                    "The Wi-Fi in the Main Library stopped four times during your test".to_owned(),
                    "The Helpline closed your job while the fault was still there".to_owned(),
                ],
                standing: PointsStanding::Asked(PointsForm {
                    key: "p-1".to_owned(),
                    round: 1,
                    answer_by: "Thursday 22 October 2026".to_owned(),
                    ..PointsForm::default()
                }),
            }),
            ..Self::sample()
        }
    }

    /// Sent without an answer.
    #[must_use]
    pub fn sample_points_errors() -> Self {
        let mut page = Self::sample_points();
        if let Some(PointsShown {
            standing: PointsStanding::Asked(form),
            ..
        }) = &mut page.points
        {
            form.errors.add("answer", "Choose whether this is right");
        }
        page
    }

    /// They agreed.
    #[must_use]
    pub fn sample_points_agreed() -> Self {
        let mut page = Self::sample_points();
        if let Some(points) = &mut page.points {
            points.standing = PointsStanding::Said("You told us that this is right.".to_owned());
        }
        page
    }
}
