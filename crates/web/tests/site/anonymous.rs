//! A complaint without a name or an address, from the form to the decision: tracked by its code, and told on its page (A28).

use casework::handling::{Seen, decide, judge};
use rules::deadlines::{Duty, deadlines};
use rules::handling::decide::Telling;
use testkit::people::{amara, ruth};
use testkit::words::{decision_on, judged_for};

use crate::support::OpenSite;

#[tokio::test]
async fn nobody_is_written_to_and_the_decision_is_shown_to_whoever_has_the_code() {
    let site = OpenSite::open().await;
    let stranger = site.stranger();
    let form = [
        ("key", "k"),
        ("what", "The doors of the server room stand open at night."),
    ];
    let sent = stranger.post("/complain", &form).await;
    assert_eq!(sent.status.as_u16(), 303, "{}", sent.html);
    let lines = site
        .office
        .door(&ruth())
        .list(&casework::desk::Shown::Triage, None)
        .await
        .unwrap()
        .lines;
    let reference = lines[0].reference.parse().unwrap();
    assert_eq!(lines[0].card.from, "Anonymous");

    // The page itself told them that we have it, so nothing of that is left to do; the clock of the decision runs.
    let door = site.office.door(&amara());
    let file = door.case(&reference).await.unwrap();
    let open = file.deadlines.iter().filter(|deadline| deadline.met_at.is_none());
    let open: Vec<Duty> = open.map(|deadline| deadline.duty).collect();
    assert!(
        !open.contains(&Duty::Acknowledge) && open.contains(&Duty::Decision),
        "{open:?}"
    );

    let code = site.office.case(&reference).await.received.receipt_code;
    let way_in = [("ref", reference.to_string()), ("code", code)];
    let way_in: Vec<(&str, &str)> = way_in.iter().map(|(name, value)| (*name, value.as_str())).collect();
    stranger
        .post("/track", &way_in)
        .await
        .leads_to(&format!("/track/{reference}"));

    let to = judged_for(&amara());
    let ruth = site.office.door(&ruth());
    judge::triage(ruth.hand(&reference, Seen::Whatever, ""), &to)
        .await
        .unwrap();
    let decision = decision_on(&site.office.case(&reference).await);
    decide::decide(
        door.hand(&reference, Seen::Whatever, ""),
        &decision,
        &Telling::InWriting,
    )
    .await
    .unwrap();
    site.office.letters_arrive().await;

    let case = site.office.case(&reference).await;
    assert!(!case.is_open());
    let in_force = site.office.office.active();
    let dates = deadlines(&case, &in_force.setting(site.office.office.now())).unwrap();
    let decided = dates.iter().find(|deadline| deadline.duty == Duty::Decision).unwrap();
    assert!(decided.met_at.is_some(), "what is shown on the page stops the clock");
    let track = site.complainant(&reference).await;
    track
        .get(&format!("/track/{reference}"))
        .await
        .says(200, &["Stage 1 decision", "Ask for stage 2"]);
}
