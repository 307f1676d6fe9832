//! Complaints about a member of staff as browsers meet them: from the ticked box to who deals with it, and nothing of it for anybody else.

use casework::PublicDoor;
use rules::case::Reference;
use rules::confidential::StaffNamed;
use rules::intake::RawFeedback;
use rules::people::Person;
use testkit::people::{amara, dana, helen, iris, jo, marcus, ruth, samir, tom};
use testkit::words::{form, judged_for};

use crate::cases::door::{FORMS, PAGES};
use crate::support::{Browser, OpenSite};

const WORDS: &str = "The man at the counter shouted at me. Everybody in the queue turned round.";

async fn ticked(site: &OpenSite, key: &str) -> Reference {
    let raw = RawFeedback {
        about_staff: "yes".to_owned(),
        words: WORDS.to_owned(),
        ..form()
    };
    let receipt = PublicDoor::of(site.office.office.clone())
        .complain(&raw, key)
        .await
        .unwrap();
    site.office.letters_arrive().await;
    receipt.reference
}

/// Judged by Ruth as about Jo and given to somebody.
async fn about_jo(site: &OpenSite, key: &str, to: &Person) -> Reference {
    let reference = ticked(site, key).await;
    let named = StaffNamed {
        people: vec![jo().id],
        others: None,
    };
    let door = site.office.door(&ruth());
    let hand = door.hand(&reference, casework::handling::Seen::Whatever, "");
    casework::handling::confidential::named_and_triaged(hand, &named, &judged_for(to))
        .await
        .unwrap();
    site.office.letters_arrive().await;
    reference
}

/// Every page that lists or finds something.
fn lists(reference: &Reference) -> Vec<String> {
    let mut lists: Vec<String> = [
        "/staff",
        "/staff/triage",
        "/staff/cases",
        "/staff/cases?state=closed",
        "/staff/cases?state=escalation",
        "/staff/sign-off",
        "/staff/jobs",
        "/staff/jobs?show=all",
        "/staff/search?q=shouted",
        "/staff/search?q=counter",
        "/staff/search?q=F1000001",
        "/staff/search?q=priya%40example.ac.uk",
    ]
    .map(str::to_owned)
    .to_vec();
    lists.push(format!("/staff/search?q={reference}"));
    lists
}

async fn is_nowhere(browser: &Browser<'_>, reference: &Reference) {
    for list in lists(reference) {
        let page = browser.get(&list).await;
        assert_eq!(page.status.as_u16(), 200, "{list} leads to {}", page.to);
        for told in [
            &format!("/c/{reference}"),
            "/F1000001",
            "The man at the counter",
            "Priya Natarajan",
            "handled separately",
        ] {
            assert!(!page.html.contains(told), "{list} tells {told}\n{}", page.html);
        }
    }
}

#[tokio::test]
async fn every_page_and_form_of_it_answers_as_if_there_were_no_such_case() {
    let site = OpenSite::open().await;
    let reference = about_jo(&site, "k", &marcus()).await;
    for who in [amara(), jo(), dana(), samir()] {
        let browser = site.browser(&who).await;
        for page in PAGES {
            let there = browser.get(&format!("/staff/c/{reference}{page}")).await;
            let not_there = browser.get(&format!("/staff/c/FC-99999{page}")).await;
            assert_eq!(
                (there.status, &there.html),
                (not_there.status, &not_there.html),
                "{} {page}",
                who.name
            );
            there.says(404, &["We could not find that"]);
        }
        for form in FORMS {
            let there = browser
                .post(&format!("/staff/c/{reference}{form}"), &[("note", "x")])
                .await;
            let not_there = browser
                .post(&format!("/staff/c/FC-99999{form}"), &[("note", "x")])
                .await;
            assert_eq!(
                (there.status, &there.html),
                (not_there.status, &not_there.html),
                "{} {form}",
                who.name
            );
        }
        for path in ["/staff/triage/", "/staff/sign-off/"] {
            let there = browser.get(&format!("{path}{reference}")).await;
            let not_there = browser.get(&format!("{path}FC-99999")).await;
            assert_eq!(
                (there.status, &there.html),
                (not_there.status, &not_there.html),
                "{} {path}",
                who.name
            );
        }
        let job = browser.get("/staff/jobs/F1000001").await;
        let no_job = browser.get("/staff/jobs/F9999999").await;
        assert_eq!((job.status, &job.html), (no_job.status, &no_job.html), "{}", who.name);
        is_nowhere(&browser, &reference).await;
    }
}

#[tokio::test]
async fn nothing_of_a_ticked_complaint_is_seen_before_triage_but_by_triage() {
    let site = OpenSite::open().await;
    let reference = ticked(&site, "k").await;
    for who in [amara(), marcus(), dana()] {
        is_nowhere(&site.browser(&who).await, &reference).await;
    }
    let ruth = site.browser(&ruth()).await;
    ruth.get("/staff/triage").await.says(
        200,
        &["The man at the counter shouted", "Restricted", "1 case is waiting."],
    );
}

#[tokio::test]
async fn the_box_is_kept_as_it_was_promised() {
    let site = OpenSite::open().await;
    let page = site.stranger().get("/complain").await;
    page.says(
        200,
        &["Only the complaints coordinator, a senior manager and the manager who deals with it can read it."],
    );
    let key = page.hidden("key").to_owned();
    let sent = [("key", key.as_str()), ("what", WORDS), ("named", "yes")];
    let answer = site.stranger().post("/complain", &sent).await;
    answer.leads_to("/complain/sent");
    let reference: Reference = "FC-10001".parse().unwrap();
    let theirs = site.complainant(&reference).await;
    theirs.get("/complain/sent").await.says(
        200,
        &["The person it is about has no part in it and cannot read it, and the Helpline cannot either."],
    );
    is_nowhere(&site.browser(&amara()).await, &reference).await;
    for page in ["/", "/procedure"] {
        site.stranger().get(page).await.says(
            200,
            &["The person it is about has no part in it, and can neither read it nor find it."],
        );
    }
    let privacy = site.stranger().get("/privacy").await;
    privacy.says(
        200,
        &["and no word of it. For everybody else, the person it is about and the Helpline among"],
    );
    for untrue in [
        "Software helps us",
        "seal it",
        " line manager",
        "who opened your complaint and",
    ] {
        assert!(!privacy.html.contains(untrue), "{untrue}");
    }
}

#[tokio::test]
async fn triage_names_whom_it_is_about_and_offers_only_those_who_may_have_it() {
    let site = OpenSite::open().await;
    let reference = ticked(&site, "k").await;
    let path = format!("/staff/triage/{reference}");
    let ruth = site.browser(&ruth()).await;
    let page = ruth.get(&path).await;
    page.says(
        200,
        &[
            "Whom of us is it about?",
            "Jo Whitfield, IT Helpline Analyst",
            "Anybody who is not in the list",
        ],
    );
    let (_, give) = page.html.split_once(r#"id="give_to""#).unwrap();
    let (give, _) = give.split_once("</select>").unwrap();
    assert!(give.contains("Marcus Bell") && give.contains("Ruth Abara"), "{give}");
    assert!(!give.contains("Amara Osei") && !give.contains("Jo Whitfield"), "{give}");

    let judged = [
        ("service", "A13"),
        ("problem", "B7"),
        ("urgency", "normal"),
        ("action", "give"),
        ("give_to", "3"),
    ];
    let unnamed = ruth.post(&path, &judged).await;
    unnamed.says(
        422,
        &[
            "Say whom of staff it is about: choose them, or describe them",
            r##"href="#about"##,
        ],
    );
    let to_himself: Vec<(&str, &str)> = judged.into_iter().chain([("about", "3")]).collect();
    ruth.post(&path, &to_himself).await.says(
        422,
        &["This complaint is about Marcus Bell, so Marcus has no part in it."],
    );
    let named: Vec<(&str, &str)> = judged
        .into_iter()
        .chain([("about", "2"), ("about_others", "Somebody at the print desk")])
        .collect();
    ruth.post(&path, &named).await.leads_to("/staff/triage?done=given");

    let marcus = site.browser(&marcus()).await;
    let case = marcus.get(&format!("/staff/c/{reference}")).await;
    case.says(
        200,
        &[
            "This case is restricted",
            "Jo Whitfield; Somebody at the print desk",
            WORDS,
        ],
    );
    marcus
        .get(&format!("/staff/c/{reference}/details"))
        .await
        .says(200, &["Whom it is about"]);
    let assign = marcus.get(&format!("/staff/c/{reference}/assign")).await;
    assert!(!assign.html.contains("Jo Whitfield, IT Helpline Analyst") && !assign.html.contains("Amara Osei"));
}

#[tokio::test]
async fn somebody_at_the_helpline_restricts_a_case_and_cannot_see_it_any_more() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let (case, path) = (
        format!("/staff/c/{reference}"),
        format!("/staff/c/{reference}/confidential"),
    );
    let amara = site.browser(&amara()).await;
    amara.get(&case).await.says(200, &["It is about a member of staff"]);
    let page = amara.get(&path).await;
    page.says(
        200,
        &[
            "Who deals with it from now on?",
            "You can read it afterwards only if you are the one",
        ],
    );
    let nothing = amara.post(&path, &[("step", "restrict")]).await;
    nothing.says(422, &["Say why it is about a member of staff"]);
    let unnamed = [("step", "restrict"), ("reason", "She says that Jo laughed at her")];
    amara.post(&path, &unnamed).await.says(
        422,
        &["Say whom of staff it is about", "She says that Jo laughed at her"],
    );
    let alone = [("step", "restrict"), ("reason", "Jo laughed at her"), ("about", "2")];
    amara
        .post(&path, &alone)
        .await
        .says(422, &["Amara Osei cannot work on a complaint about a member of staff"]);
    let whole = [
        ("step", "restrict"),
        ("reason", "Jo laughed at her"),
        ("about", "2"),
        ("to", "3"),
    ];
    amara.post(&path, &whole).await.leads_to("/staff?done=out-of-sight");
    amara
        .get("/staff?done=out-of-sight")
        .await
        .says(200, &["You cannot see that case any more."]);
    amara.get(&case).await.says(404, &[]);
    let jo = site.browser(&jo()).await;
    jo.get(&case).await.says(404, &[]);
    jo.get("/staff/search?q=Library").await.says(200, &["No cases match."]);

    let marcus = site.browser(&marcus()).await;
    marcus
        .get(&case)
        .await
        .says(200, &["Restricted", "Jo laughed at her", "Owner: Marcus Bell"]);
    let sees = marcus.get(&path).await;
    sees.says(
        200,
        &["Marcus Bell, Helpline Manager, who deals with it", "Jo Whitfield"],
    );
    assert!(
        !sees.html.contains("Save whom it is about"),
        "that is for the coordinator"
    );
}

#[tokio::test]
async fn a_coordinator_corrects_whom_it_is_about_and_opens_what_is_about_nobody() {
    let site = OpenSite::open().await;
    let reference = about_jo(&site, "k", &marcus()).await;
    let (case, path) = (
        format!("/staff/c/{reference}"),
        format!("/staff/c/{reference}/confidential"),
    );
    let ruth = site.browser(&ruth()).await;
    let page = ruth.get(&path).await;
    page.says(
        200,
        &[r#"value="2" checked"#, "Somebody of staff is named in this case."],
    );
    let open = [("step", "open"), ("reason", "It is about the queue")];
    ruth.post(&path, &open)
        .await
        .says(422, &["Somebody of staff is named in this case."]);
    ruth.post(&path, &[("step", "name"), ("about", "3")])
        .await
        .says(422, &["This complaint is about Marcus Bell"]);
    ruth.post(&path, &[("step", "name"), ("about", "3"), ("to", "4")])
        .await
        .leads_to(&format!("{case}?done=named"));
    site.browser(&marcus()).await.get(&case).await.says(404, &[]);
    ruth.post(&path, &[("step", "name"), ("to", "4")])
        .await
        .leads_to(&format!("{case}?done=named"));
    ruth.post(&path, &[("step", "open"), ("reason", "")])
        .await
        .says(422, &["Say why nobody of staff is complained about"]);
    ruth.post(&path, &open)
        .await
        .leads_to(&format!("{case}?done=open-lane"));
    site.browser(&jo())
        .await
        .get(&case)
        .await
        .says(200, &["It is about the queue"]);
}

#[tokio::test]
async fn passing_it_on_takes_it_from_whoever_had_it() {
    let site = OpenSite::open().await;
    let reference = about_jo(&site, "k", &marcus()).await;
    let marcus = site.browser(&marcus()).await;
    marcus
        .post(&format!("/staff/c/{reference}/assign"), &[("to", "4")])
        .await
        .leads_to("/staff?done=out-of-sight");
    marcus.get(&format!("/staff/c/{reference}")).await.says(404, &[]);
}

#[tokio::test]
async fn an_auditor_gets_the_outline_and_everybody_who_looked_stands_on_the_audit_tab() {
    let site = OpenSite::open().await;
    let reference = about_jo(&site, "k", &marcus()).await;
    let case = format!("/staff/c/{reference}");
    site.browser(&marcus()).await.get(&case).await.says(200, &[]);
    let iris = site.browser(&iris()).await;
    for page in ["", "/audit", "/details"] {
        let outline = iris.get(&format!("{case}{page}")).await;
        outline.says(
            200,
            &[
                "Feedback, handled separately",
                "Open at stage 1",
                "staff.named",
                "Staff number 4",
            ],
        );
        for secret in ["shouted", "Priya", "Jo Whitfield", "Marcus", "Ruth"] {
            assert!(!outline.html.contains(secret), "{secret} on {page}");
        }
    }
    for list in ["/staff/cases", "/staff/jobs"] {
        let listed = iris.get(list).await;
        listed.says(200, &["handled separately"]);
        // The choices above a list name everybody who works here.
        let (_, lines) = listed.html.split_once("fc-queue").unwrap();
        for secret in ["shouted", "Priya", "Jo Whitfield", "Marcus"] {
            assert!(!lines.contains(secret), "{secret} in {list}");
        }
    }
    iris.get("/staff/sign-off").await.says(200, &["No letters are waiting"]);
    iris.post(&format!("{case}/note"), &[("note", "x")])
        .await
        .says(404, &[]);

    let helen = site.browser(&helen()).await;
    let audit = helen.get(&format!("{case}/audit")).await;
    audit.says(
        200,
        &[
            "Looked at the whole case",
            "Looked at the outline",
            ">Iris Novak<",
            ">Marcus Bell<",
        ],
    );
    let timeline = helen.get(&case).await;
    assert!(
        !timeline.html.contains("Looked at"),
        "not between what was said and done"
    );
}

#[tokio::test]
async fn what_is_logged_about_one_of_us_is_read_out_and_gone() {
    let site = OpenSite::open().await;
    let amara = site.browser(&amara()).await;
    let form = amara.get("/staff/log").await;
    form.says(200, &["It is about a member of staff"]);
    let once = form.hidden("once").to_owned();
    let call = [
        ("once", once.as_str()),
        ("via", "phone"),
        ("feedback", "complaint"),
        ("words", WORDS),
        ("about_staff", "yes"),
        ("outcome", "mine"),
        ("service", "A13"),
        ("problem", "B7"),
    ];
    amara
        .post("/staff/log", &call)
        .await
        .says(422, &["Amara Osei cannot work on a complaint about a member of staff"]);
    let waits: Vec<(&str, &str)> = call
        .into_iter()
        .map(|(name, value)| {
            if name == "outcome" {
                (name, "triage")
            } else {
                (name, value)
            }
        })
        .collect();
    let saved = amara.post("/staff/log", &waits).await;
    assert!(saved.to.starts_with("/staff/log/done?ref=FC-"), "{}", saved.to);
    let done = amara.get(&saved.to).await;
    done.says(200, &["Receipt code", "the Helpline cannot open it"]);
    assert!(!done.html.contains("Open the case"));
    let reference: Reference = "FC-10001".parse().unwrap();
    is_nowhere(&amara, &reference).await;
    site.office.on("2026-06-09 10:30");
    amara.get(&saved.to).await.says(404, &[]);
}

#[tokio::test]
async fn those_who_read_it_are_told_that_its_owner_can_no_longer_do_so() {
    let site = OpenSite::open().await;
    let reference = about_jo(&site, "k", &marcus()).await;
    let alert = "Marcus Bell has this case and can no longer read it: nobody works on it.";
    let case = format!("/staff/c/{reference}");
    let ruth = site.browser(&ruth()).await;
    assert!(!ruth.get(&case).await.html.contains(alert));
    let tom = tom();
    let administrator = casework::people::OfficeHand {
        office: &site.office.office,
        by: &tom,
        once: "",
    };
    let less = casework::people::Details {
        name: marcus().name,
        email: "marcus@calderbrook.example".to_owned(),
        job_title: marcus().job_title,
        roles: vec![rules::people::Role::FrontlineHandler],
    };
    casework::people::change(administrator, marcus().id, &less)
        .await
        .unwrap();
    ruth.get(&case).await.says(200, &[alert, "Pass it to someone"]);
}
