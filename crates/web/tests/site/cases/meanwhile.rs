//! Somebody else's act while a form is open: every form about a case shows it above what was typed, and is sent only afterwards.

use testkit::people::{amara, jo, marcus, ruth};

use crate::support::OpenSite;

#[tokio::test]
async fn every_form_about_a_case_shows_what_happened_above_every_word() {
    let site = OpenSite::open().await;
    let (marcus, jo) = (site.browser(&marcus()).await, site.browser(&jo()).await);
    for (n, (page, act, field)) in [
        ("assign", "assign", "note"),
        ("extend", "extend", "reason"),
        ("close", "close", "reason"),
        ("withdraw", "withdraw", "reason"),
        ("stage-2", "stage-2", "note"),
        ("ask-stage-2", "ask-stage-2", "words"),
        ("decide", "decide", "found"),
    ]
    .iter()
    .enumerate()
    {
        let key = format!("k{n}");
        let reference = match *act {
            "ask-stage-2" => site.office.answered(&key).await,
            _ => site.office.at_stage_1(&key).await,
        };
        let case = format!("/staff/c/{reference}");
        let form = marcus.get(&format!("{case}/{page}")).await;
        let seen = form.hidden("seen").to_owned();
        jo.post(&format!("{case}/note"), &[("note", "Rang Priya: she is content")])
            .await;
        let mut fields = vec![("seen", seen.as_str()), (*field, "My own words")];
        fields.extend(complete(act));
        let back = marcus.post(&format!("{case}/{act}"), &fields).await;
        back.says(
            409,
            &[
                "While you were writing: ",
                "Jo Whitfield",
                "Rang Priya: she is content",
                "nothing was sent",
            ],
        );
        assert!(back.html.contains("My own words"), "{act} lost words:\n{}", back.html);
        let now = site.office.case(&reference).await.sequence.to_string();
        assert_eq!(
            back.hidden("seen"),
            now,
            "{act}: the next press is of somebody who has read it"
        );
    }
}

/// What each form needs besides, so that only the case that moved on stands in the way.
fn complete(act: &str) -> Vec<(&'static str, &'static str)> {
    match act {
        "assign" => vec![("to", "2")],
        "extend" => vec![("new_date", "2026-06-16"), ("grounds", "complex"), ("step", "send")],
        "close" => vec![("ending", "referred"), ("step", "send")],
        "stage-2" => vec![("investigator", "5"), ("reason", "complex")],
        "withdraw" => vec![("told_how", "phone")],
        "ask-stage-2" => vec![("channel", "phone")],
        "decide" => vec![
            ("outcome", "upheld"),
            ("did", "We replaced it"),
            ("resolution", "apology"),
            ("satisfied", "yes"),
            ("service", "A3"),
            ("problem", "B11"),
            ("root_cause", "unknown"),
            ("learning", "no"),
            ("reply", "letter"),
            ("step", "send"),
        ],
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn who_triages_a_case_that_was_just_taken_is_told_by_whom_and_offered_the_next() {
    let site = OpenSite::open().await;
    let (first, second) = (site.office.receive("k").await, site.office.receive("l").await);
    let (ruth, marcus) = (site.browser(&ruth()).await, site.browser(&marcus()).await);
    let path = format!("/staff/triage/{first}");
    let (hers, his) = (ruth.get(&path).await, marcus.get(&path).await);
    let judged = |seen: &str| {
        let fields = [
            ("seen", seen),
            ("service", "A3"),
            ("problem", "B11"),
            ("urgency", "normal"),
            ("complex", "no"),
            ("high_risk", "no"),
            ("action", "take"),
        ];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send = |form: [(String, String); 7]| form.map(|(name, value)| (name, value));
    let fields = send(judged(hers.hidden("seen")));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let taken = ruth.post(&path, &fields).await;
    assert_eq!(taken.status.as_u16(), 303, "{}", taken.html);
    let fields = send(judged(his.hidden("seen")));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    marcus.post(&path, &fields).await.says(
        409,
        &[
            "Ruth Abara",
            &format!("Go on with {second}, the next in triage"),
            &format!("/staff/triage/{second}"),
            // What he chose is shown with his words, in words.
            "Service",
            "Network and Wi-Fi",
            "Urgency",
            "Normal",
            "What happens next",
            "I take it",
        ],
    );
    marcus.get(&path).await.says(
        409,
        &[
            "This is not waiting for triage",
            &format!("{first} is with Ruth Abara."),
            &format!("Go on with {second}"),
        ],
    );
}

#[tokio::test]
async fn a_case_that_moved_on_but_still_waits_comes_back_to_be_triaged() {
    let site = OpenSite::open().await;
    let first = site.office.receive("k").await;
    let (ruth, amara) = (site.browser(&ruth()).await, site.browser(&amara()).await);
    let path = format!("/staff/triage/{first}");
    let seen = ruth.get(&path).await.hidden("seen").to_owned();
    amara
        .post(&format!("/staff/c/{first}/note"), &[("note", "They rang again")])
        .await;
    let fields = [
        ("seen", seen.as_str()),
        ("service", "A3"),
        ("problem", "B11"),
        ("urgency", "normal"),
        ("complex", "no"),
        ("high_risk", "no"),
        ("action", "take"),
    ];
    let back = ruth.post(&path, &fields).await;
    back.says(409, &["While you were writing: ", "They rang again", "Triage: "]);
}
