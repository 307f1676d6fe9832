//! Settings: a day off is looked at before it is added, and taken back the same way (A1, A42).

use rules::deadlines::Duty;
use testkit::day;
use testkit::people::{amara, jo, tom};

use crate::support::OpenSite;

const PAGE: &str = "/staff/settings/calendars";
const CHANGE: &str = "/staff/settings/calendars/change";

#[tokio::test]
async fn an_administrator_adds_a_day_off_and_dates_move_only_then() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let tom = site.browser(&tom()).await;
    tom.get(PAGE).await.says(
        200,
        &[
            "Bank holidays in England and Wales",
            "University closed for Christmas",
            "Add a day off",
            "Take back",
        ],
    );
    let asked = format!("{CHANGE}?on=2026-06-11&name=Founder%27s+day&kind=closures");
    let page = tom.get(&asked).await;
    page.says(
        200,
        &[
            "Add Thursday 11 June 2026, Founder's day",
            "1 open decision date moves to a later day. The person who complained is told.",
            "1 is of a case that you may not see.",
            "Add the day off",
        ],
    );
    assert!(
        !page.html.contains(&reference.to_string()),
        "an administrator sees no case"
    );
    assert_eq!(
        site.office.date(&reference, Duty::Decision).await.due_on,
        day("2026-07-07")
    );

    let fields = ["calendar", "version", "on", "name", "kind", "once"].map(|name| (name, page.hidden(name).to_owned()));
    let form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    tom.post(CHANGE, &form).await.leads_to(&format!("{PAGE}?done=changed"));
    assert_eq!(
        site.office.date(&reference, Duty::Decision).await.due_on,
        day("2026-07-08")
    );
    tom.get(&format!("{PAGE}?done=changed")).await.says(
        200,
        &[
            "The calendar is changed.",
            "Founder's day",
            "Version of Tuesday 9 June 2026 (1).",
        ],
    );

    let back = format!("{CHANGE}?calendar=closures-example&take_back=2026-06-11");
    tom.get(&back).await.says(
        200,
        &[
            "Take back Thursday 11 June 2026",
            "No open decision date moves.",
            "Take the day back",
        ],
    );
}

#[tokio::test]
async fn bad_days_come_back_beside_their_field_with_what_was_typed() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    for (query, words) in [
        ("on=&name=Day&kind=closures", "Choose the day"),
        ("on=2026-02-30&name=Day&kind=closures", "Choose the day"),
        ("on=2026-06-11&name=&kind=closures", "Say what the day is"),
        ("on=2026-06-11&name=Day&kind=", "Choose what kind of day it is"),
        ("on=2026-06-13&name=Day&kind=closures", "is not a working day already"),
        (
            "on=2020-06-15&name=Day&kind=extra_holidays",
            "Choose a day that has not passed",
        ),
    ] {
        tom.get(&format!("{CHANGE}?{query}"))
            .await
            .says(422, &[words, "Add a day off"]);
    }
    let typed = tom
        .get(&format!(
            "{CHANGE}?on=2026-06-13&name=%3Cb%3EDay%3C%2Fb%3E&kind=closures"
        ))
        .await;
    typed.says(422, &[r#"value="&lt;b&gt;Day&lt;/b&gt;""#]);
    tom.get(&format!("{CHANGE}?calendar=none&take_back=2026-12-24"))
        .await
        .says(404, &[]);
    let stale = [
        ("calendar", "closures-example"),
        ("version", "closures-example 1999-01-01"),
        ("on", "2026-06-11"),
        ("name", "Day"),
        ("kind", "closures"),
    ];
    tom.post(CHANGE, &stale)
        .await
        .says(422, &["Somebody changed this calendar while you looked at it."]);
}

#[tokio::test]
async fn whoever_may_not_publish_looks_only() {
    let site = OpenSite::open().await;
    let page = site.browser(&amara()).await.get(PAGE).await;
    page.says(200, &["Bank holidays in England and Wales"]);
    assert!(!page.html.contains("Add a day off") && !page.html.contains("Take back"));
    site.browser(&jo())
        .await
        .get(&format!("{CHANGE}?on=2026-06-11&name=Day&kind=closures"))
        .await
        .says(403, &["You cannot publish the procedure"]);
}
