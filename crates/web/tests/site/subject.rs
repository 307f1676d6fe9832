//! A copy of what is kept about somebody, as the data protection officer makes it in a browser: found, chosen, looked at, saved, on record (R31, R32).

use casework::handling::write;
use rules::case::Reference;
use rules::subject::sha256;
use testkit::people::{amara, iris, jo, leila, ruth, tom};

use crate::sealed::{about, handed_over};
use crate::support::{Answer, Browser, OpenSite};

const PAGE: &str = "/staff/settings/subject-access";

/// The values of the boxes of a name.
fn boxes(answer: &Answer, name: &str) -> Vec<String> {
    let named = format!(r#"name="{name}""#);
    let found = answer.html.split(&named).skip(1);
    let values = found.filter_map(|rest| rest.split(r#"value=""#).nth(1)?.split('"').next());
    values
        .map(|value| value.replace("&amp;", "&").replace("&#39;", "'"))
        .collect()
}

const ASKED: [(&str, &str); 2] = [("asked_on", "2026-06-08"), ("email", "priya@example.ac.uk")];

async fn post(browser: &Browser<'_>, step: &str, fields: &[(&str, &str)]) -> Answer {
    browser
        .post(PAGE, &[&[("step", step)], &ASKED[..], fields].concat())
        .await
}

/// The files of an archive that lie in it as they are.
fn unpacked(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let number = |at: usize, bytes: usize| {
        (0..bytes)
            .rev()
            .fold(0, |sum, byte| sum * 256 + usize::from(archive[at + byte]))
    };
    let (mut at, mut files) = (0, Vec::new());
    while archive[at..].starts_with(b"PK\x03\x04") {
        let (size, name) = (number(at + 18, 4), number(at + 26, 2));
        let (begins, ends) = (at + 30 + name, at + 30 + name + size);
        let called = String::from_utf8(archive[at + 30..begins].to_vec()).unwrap();
        files.push((called, archive[begins..ends].to_vec()));
        at = ends;
    }
    files
}

async fn noted(site: &OpenSite) -> Reference {
    let case = site.office.at_stage_1("k").await;
    let note = "Spoke to Jo Whitfield, and to her neighbour Mrs Oluwaseun Adeyemi on 07700 900 982. <b>Ask again</b>.";
    write::note(site.office.hand(&amara(), &case), note).await.unwrap();
    case
}

#[tokio::test]
async fn a_copy_is_found_chosen_looked_at_saved_and_on_record() {
    let site = OpenSite::open_with_leila().await;
    let case = noted(&site).await;
    let leila = site.browser(&leila()).await;
    leila.get(PAGE).await.says(200, &["Who asks?", "None yet."]);
    leila
        .post(PAGE, &[("step", "find"), ("email", "priya@example.ac.uk")])
        .await
        .says(
            422,
            &["Enter the day on which they asked", r#"value="priya@example.ac.uk""#],
        );
    leila
        .post(PAGE, &[("step", "find"), ("asked_on", "2026-06-10"), ("name", "P")])
        .await
        .says(422, &["Enter the day on which they asked"]);
    leila
        .post(
            PAGE,
            &[("step", "find"), ("asked_on", "2026-06-08"), ("references", "10001")],
        )
        .await
        .says(422, &["Write each reference as FC-10482"]);
    leila
        .post(PAGE, &[("step", "find"), ("asked_on", "2026-06-08")])
        .await
        .says(422, &["Enter something that they gave you"]);
    let found = post(&leila, "find", &[]).await;
    found.says(
        200,
        &["Which cases are theirs?", "the same email address", &case.to_string()],
    );
    assert_eq!(boxes(&found, "case"), [case.to_string()]);
    post(&leila, "preview", &[])
        .await
        .says(422, &["Choose the cases that are theirs", &case.to_string()]);

    let reference = case.to_string();
    let chosen = [("case", reference.as_str())];
    let shown = post(&leila, "preview", &chosen).await;
    shown.says(
        200,
        &[
            "Jo Whitfield",
            "Adeyemi",
            "07700 900 982",
            "Somebody who works here",
            "The copy as it would be",
        ],
    );
    let leave = boxes(&shown, "leave");
    assert!(leave.len() >= 3, "{leave:?}");
    let ticked: Vec<(&str, &str)> = leave.iter().map(|id| ("leave", id.as_str())).collect();

    // Other than suggested: why is asked for, and what was typed comes back.
    let fewer = [&chosen[..], &ticked[1..], &[("also", "dropped")]].concat();
    post(&leila, "make", &fewer)
        .await
        .says(422, &["Say why more or less is left out", ">dropped</textarea>"]);
    let again = post(&leila, "again", &fewer).await;
    again.says(200, &["[left out] four times", ">dropped</textarea>"]);
    assert!(leila.get(PAGE).await.html.contains("None yet."), "nothing was made");

    let all = [&[("step", "make"), ("once", "m1")], &ASKED[..], &chosen, &ticked].concat();
    let (kind, name, archive) = leila.save(PAGE, &all).await;
    assert_eq!(
        (kind.as_str(), name.as_str()),
        ("application/zip", r#"attachment; filename="copy-2026-06-09.zip""#)
    );
    let files = unpacked(&archive);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["copy.html", "copy.json"]);
    for (name, bytes) in &files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(
            text.contains("dropped four times") && text.contains("[left out]"),
            "{name}: {text}"
        );
        for other in ["Whitfield", "Adeyemi", "982", "<b>", "script", "http"] {
            let json = name.ends_with("json") && other == "<b>";
            assert!(json || !text.contains(other), "{name} holds {other}: {text}");
        }
    }
    let data = String::from_utf8(files[1].1.clone()).unwrap();
    for line in [
        r#""schema": "redress/subject-access""#,
        r#""version": 1"#,
        &format!(r#""reference": "{reference}""#),
    ] {
        assert!(data.contains(line), "{line}: {data}");
    }

    // It is on record by its hashes, once however often the button is pressed.
    leila.save(PAGE, &all).await;
    let listed = leila.get(PAGE).await;
    let hashes = [&sha256(&files[0].1)[..16], &sha256(&files[1].1)[..16]].map(str::to_owned);
    listed.says(
        200,
        &[
            "Priya Natarajan",
            "Leila Brandt",
            "Wednesday 8 July 2026",
            &hashes[0],
            &hashes[1],
            &reference,
        ],
    );
    assert_eq!(
        site.office
            .kinds(&case)
            .await
            .iter()
            .filter(|kind| **kind == "copy.given")
            .count(),
        1
    );
}

#[tokio::test]
async fn nobody_else_may_and_nobody_else_is_shown_the_way() {
    let site = OpenSite::open_with_leila().await;
    let case = noted(&site).await.to_string();
    for who in [amara(), ruth(), iris(), tom(), jo()] {
        let browser = site.browser(&who).await;
        browser
            .get(PAGE)
            .await
            .says(403, &["You cannot make a copy of what is kept about a person"]);
        for step in ["find", "preview", "again", "make"] {
            let answer = post(&browser, step, &[("case", &case)]).await;
            answer.says(403, &["You cannot make a copy of what is kept about a person"]);
        }
        let start = browser.get("/staff").await;
        assert!(!start.html.contains(PAGE), "{}", who.name);
    }
}

#[tokio::test]
async fn of_a_sealed_case_the_page_and_the_copy_tell_what_the_stub_tells() {
    let site = OpenSite::open_with_leila().await;
    let sealed = about(&site, &jo(), "k").await;
    handed_over(&site, &sealed).await;
    site.office.letters_arrive().await;
    let leila = site.browser(&leila()).await;
    let none = post(&leila, "find", &[]).await;
    none.says(200, &["No case was found"]);
    let reference = sealed.to_string();
    let found = post(&leila, "find", &[("references", &reference)]).await;
    found.says(200, &["with a line manager", "Nobody here can read", &reference]);
    let chosen = [("case", reference.as_str())];
    let shown = post(&leila, "preview", &chosen).await;
    shown.says(200, &["A manager alone deals with this complaint", "Decision due by"]);
    let all = [&[("step", "make"), ("once", "m1")], &ASKED[..], &chosen].concat();
    let (_, _, archive) = leila.save(PAGE, &all).await;
    let files = unpacked(&archive);
    let copy: String = files
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    for page in [&found.html, &shown.html, &copy, &leila.get(PAGE).await.html] {
        for word in ["shouted", "counter", "Grace Obi", "Jo Whitfield", "Natarajan"] {
            assert!(!page.contains(word), "{word}: {page}");
        }
    }
    assert!(copy.contains("A manager alone deals with this complaint"), "{copy}");
}

/// What the data protection officer whom a sealed case is about can find out on this page: nothing, as if it had never been.
#[tokio::test]
async fn whom_a_sealed_case_is_about_cannot_tell_it_here_from_one_that_never_was() {
    let world = async |with: bool| {
        let site = OpenSite::open_with_leila().await;
        let first = site.office.at_stage_1("first").await;
        if with {
            let sealed = about(&site, &leila(), "second").await;
            handed_over(&site, &sealed).await;
            site.office.letters_arrive().await;
        }
        let leila = site.browser(&leila()).await;
        let (first, second) = (first.to_string(), "FC-10002".to_owned());
        let mut seen = vec![leila.get(PAGE).await];
        for references in [String::new(), second.clone(), format!("{first} {second}")] {
            seen.push(post(&leila, "find", &[("references", &references)]).await);
            seen.push(
                post(
                    &leila,
                    "find",
                    &[("references", &references), ("name", "Priya Natarajan")],
                )
                .await,
            );
        }
        for step in ["preview", "again", "make"] {
            let chosen = [("case", first.as_str()), ("case", second.as_str())];
            seen.push(post(&leila, step, &chosen).await);
            seen.push(post(&leila, step, &chosen[1..]).await);
        }
        let told: Vec<(u16, String)> = seen
            .iter()
            .map(|one| (one.status.as_u16(), crate::sealed::settled(&one.html)))
            .collect();
        told
    };
    let (here, elsewhere) = (world(true).await, world(false).await);
    for (number, (one, other)) in here.iter().zip(&elsewhere).enumerate() {
        assert_eq!(one, other, "look {number}");
    }
    assert_eq!(here.len(), 13);
    assert!(here[7..].iter().all(|(status, _)| *status == 404), "{here:?}");
}
