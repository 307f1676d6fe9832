//! All cases: narrowed by what the address asks, and saved as a table without a word of a complainant.

use testkit::people::{amara, dana, iris, jo, marcus, ruth, tom};

use crate::support::OpenSite;

const LIST: &str = "/staff/cases";

#[tokio::test]
async fn the_list_is_narrowed_by_each_question_and_by_all_together() {
    let site = OpenSite::open().await;
    let (first, second) = (site.office.at_stage_1("k").await, site.office.at_stage_2("l").await);
    let (waiting, over) = (site.office.receive("m").await, site.office.answered("n").await);
    let ruth = site.browser(&ruth()).await;
    let all = [&first, &second, &waiting, &over];
    let (amara, dana) = (amara().id.0, dana().id.0);
    for (query, expected) in [
        (String::new(), vec![&first, &second, &waiting]),
        ("stage=2".to_owned(), vec![&second]),
        (format!("owner={amara}"), vec![&first]),
        (format!("owner={dana}&stage=2"), vec![&second]),
        (format!("owner={dana}&stage=1"), vec![]),
        ("owner=nobody".to_owned(), vec![&waiting]),
        ("state=closed".to_owned(), vec![&over]),
        ("state=any".to_owned(), vec![&first, &second, &waiting, &over]),
        ("service=A3".to_owned(), vec![&first, &second]),
        ("kind=compliment".to_owned(), vec![]),
        (
            "from=2026-06-09&until=2026-06-09".to_owned(),
            vec![&first, &second, &waiting],
        ),
        ("from=2026-06-10".to_owned(), vec![]),
        ("late=yes".to_owned(), vec![]),
        ("answer=waiting".to_owned(), vec![]),
        ("answer=no".to_owned(), vec![&first, &second, &waiting]),
        (
            "stage=x&owner=x&from=x&state=x&kind=x".to_owned(),
            vec![&first, &second, &waiting],
        ),
    ] {
        let page = ruth.get(&format!("{LIST}?{query}")).await;
        page.says(200, &["Narrow the list"]);
        for reference in all {
            let is_there = page.html.contains(&format!("/{reference}\""));
            assert_eq!(is_there, expected.contains(&reference), "{reference} of {query}");
        }
    }
    site.office.on("2026-06-13 09:00");
    let late = ruth.get(&format!("{LIST}?late=yes")).await;
    late.says(200, &[&first.to_string(), &waiting.to_string(), "2 cases on this page"]);
    assert!(!late.html.contains(&second.to_string()));
}

#[tokio::test]
async fn the_choices_stay_chosen_and_lead_to_the_same_list_as_a_file() {
    let site = OpenSite::open().await;
    site.office.at_stage_2("l").await;
    let page = site
        .browser(&ruth())
        .await
        .get(&format!("{LIST}?stage=2&owner=5"))
        .await;
    page.says(
        200,
        &[
            r#"<option value="2" selected>Stage 2</option>"#,
            r#"<option value="5" selected>Dana Kowalczyk</option>"#,
            r#"href="/staff/cases.csv?stage=2&amp;owner=5""#,
            "Clear",
        ],
    );
}

#[tokio::test]
async fn a_list_is_saved_without_a_word_of_a_complainant() {
    let site = OpenSite::open().await;
    let (first, over) = (site.office.at_stage_1("k").await, site.office.answered("n").await);
    let file = site.browser(&ruth()).await.get("/staff/cases.csv?state=any").await;
    file.says(200, &[]);
    let lines: Vec<&str> = file.html.lines().collect();
    assert_eq!(
        lines[0],
        "reference,kind,state,stage,urgency,vip,channel,service,owner,received,decision_due,working_days_left,last_contact"
    );
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[2],
        format!(
            "{first},complaint,open,1,normal,no,web,Network and Wi-Fi,Amara Osei,2026-06-09,2026-06-12,3,2026-06-09"
        )
    );
    assert!(
        lines[1].starts_with(&format!("{over},complaint,closed,1,")),
        "{}",
        lines[1]
    );
    for private in ["Priya", "Wi-Fi kept", "example.ac.uk"] {
        assert!(!file.html.contains(private), "{private}");
    }
    site.browser(&tom())
        .await
        .get("/staff/cases.csv")
        .await
        .says(403, &["You cannot see cases"]);
}

#[tokio::test]
async fn several_cases_go_to_one_person_and_those_that_cannot_are_named() {
    let site = OpenSite::open().await;
    let (first, second) = (site.office.at_stage_1("k").await, site.office.at_stage_1("l").await);
    let third = site.office.at_stage_2("m").await;
    let marcus = site.browser(&marcus()).await;
    let path = "/staff/cases/pass-on?stage=1";
    let page = marcus.get(path).await;
    page.says(200, &[&first.to_string(), &second.to_string(), "Who takes them?"]);
    assert!(!page.html.contains(&third.to_string()), "the list stays narrowed");
    marcus
        .post(path, &[("note", "On leave")])
        .await
        .says(422, &["Choose at least one case", "On leave"]);
    let chosen = first.to_string();
    marcus
        .post(path, &[("case", &chosen), ("note", "On leave")])
        .await
        .says(
            422,
            &[
                "Choose who takes them",
                "On leave",
                &format!(r#"value="{first}" checked"#),
            ],
        );
    let to = jo().id.0.to_string();
    let all = [first.to_string(), second.to_string(), third.to_string()];
    let form = [
        ("case", &*all[0]),
        ("case", &*all[1]),
        ("case", &*all[2]),
        ("case", "FC-99999"),
        ("case", "nonsense"),
        ("to", &*to),
        ("note", "On leave"),
        ("once", "several"),
    ];
    for _ in 0..2 {
        marcus.post(path, &form).await.says(
            200,
            &[
                "2 cases are with Jo Whitfield now.",
                &format!("{third} stays where it is: Jo Whitfield cannot work on"),
                "FC-99999 is no case that you can pass on.",
            ],
        );
    }
    for reference in [&first, &second] {
        assert_eq!(site.office.case(reference).await.owner, Some(jo().id));
        let passed = site.office.kinds(reference).await;
        let passed = passed.iter().filter(|kind| **kind == "case.assigned").count();
        assert_eq!(passed, 2, "once at triage and once now");
    }
    assert_eq!(site.office.case(&third).await.owner, Some(dana().id));
    let iris = site.browser(&iris()).await;
    iris.get(path)
        .await
        .says(403, &["You cannot take a case or pass it on"]);
    let list = iris.get("/staff/cases").await;
    assert!(
        !list.html.contains("Pass several on"),
        "nobody is led where they are refused"
    );
}

#[tokio::test]
async fn a_case_that_somebody_else_passed_on_meanwhile_stays_with_whom_they_chose() {
    let site = OpenSite::open().await;
    let (first, second) = (site.office.at_stage_1("k").await, site.office.at_stage_1("l").await);
    let (marcus, ruth) = (site.browser(&marcus()).await, site.browser(&ruth()).await);
    let path = "/staff/cases/pass-on?stage=1";
    let page = marcus.get(path).await;
    let with = [format!("{first}:1"), format!("{second}:1")];
    page.says(200, &[&format!(r#"name="with" value="{}""#, with[0])]);
    let (jo, amara) = (jo().id.0.to_string(), amara().id.0.to_string());
    let (one, two) = (first.to_string(), second.to_string());
    let hers = [("case", &*one), ("with", &*with[0]), ("to", &*jo), ("once", "hers")];
    ruth.post(path, &hers)
        .await
        .says(200, &["1 case is with Jo Whitfield now."]);
    let to = testkit::people::marcus().id.0.to_string();
    let his = [
        ("case", &*one),
        ("case", &*two),
        ("with", &*with[0]),
        ("with", &*with[1]),
        ("to", &*to),
        ("once", "his"),
    ];
    marcus.post(path, &his).await.says(
        200,
        &[
            "1 case is with Marcus Bell now.",
            &format!("{first} stays where it is: it was given to Jo Whitfield while you were choosing."),
        ],
    );
    assert_eq!(
        site.office.case(&first).await.owner.map(|id| id.0.to_string()),
        Some(jo)
    );
    assert_ne!(amara, to);
}

#[tokio::test]
async fn cases_in_which_we_wait_for_an_answer_are_found_and_saved_as_a_view() {
    let site = OpenSite::open().await;
    let (asked, other) = (
        site.office.at_stage_1("asked").await,
        site.office.at_stage_1("other").await,
    );
    let question = rules::case::event::InfoRequested {
        question: "Which library was it?".to_owned(),
        by: rules::case::vocabulary::Means::Email,
        hoped_by: testkit::day("2026-06-12"),
    };
    casework::handling::ask::ask(site.office.hand(&amara(), &asked), &question)
        .await
        .unwrap();
    let list = format!("{LIST}?answer=waiting");
    let browser = site.browser(&amara()).await;
    let page = browser.get(&list).await;
    page.says(
        200,
        &[
            r#"<option value="waiting" selected>Awaited</option>"#,
            "1 case",
            &format!("/{asked}\""),
        ],
    );
    assert!(!page.html.contains(&format!("/{other}\"")));
    browser
        .post(
            "/staff/cases/views",
            &[("name", "They owe us an answer"), ("query", "answer=waiting")],
        )
        .await
        .leads_to(&format!("{list}&done=view"));
    browser.get(&list).await.says(
        200,
        &["They owe us an answer <b>1</b>", "/staff/cases.csv?answer=waiting"],
    );
    let link = site.office.case(&asked).await.received.link_token;
    let who = casework::intake::track::enter_with_link(&site.office.office, &asked.to_string(), &link)
        .await
        .unwrap();
    casework::intake::track::reply(&site.office.office, &who, "The Main Library", "r")
        .await
        .unwrap();
    browser
        .get(&list)
        .await
        .says(200, &["No cases match.", "They owe us an answer <b>0</b>"]);
}
