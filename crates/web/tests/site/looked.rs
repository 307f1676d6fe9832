//! An e-mail as it looked: in a frame that can do nothing, for whoever sees the case; and what an e-mail says to somebody who is writing meanwhile.

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use rules::case::event::Event;
use rules::case::{Recorded, Reference};
use rules::mail::{Address, Authentic, Message, Words};
use testkit::office::Session;
use testkit::people::{amara, jo, marcus, ruth, tom};

use crate::mail::arrives;
use crate::support::OpenSite;

/// As an older cleaner might have kept it.
const PAGE: &str = r#"<p onclick="alert(1)" style="position:fixed">It <a href="https://bänk.example/login" ping="https://evil.example">dropped</a>.</p><img src="https://evil.example/a.png">"#;

fn answer(site: &OpenSite, reference: &Reference) -> Message {
    let token = casework::mail::token::of_letter(&site.office.office, reference, 1);
    Message {
        from: Some(Address {
            name: Some("Priya".to_owned()),
            address: "priya@students.example".to_owned(),
        }),
        to: vec![Address {
            name: None,
            address: format!("it+{token}@calderbrook.example"),
        }],
        subject: "Re: <b>Wi-Fi</b>".to_owned(),
        words: Words {
            new: "It dropped once more.".to_owned(),
            whole: "It dropped once more.\n\n> We have your complaint.".to_owned(),
            html: Some(PAGE.to_owned()),
        },
        authentic: Authentic::Yes { by: "dmarc".to_owned() },
        ..Message::default()
    }
}

/// A case to which an e-mail with a page was added, and where that is shown.
async fn answered(site: &OpenSite) -> (Reference, String) {
    let reference = site.office.at_stage_1("k").await;
    arrives(site, 1, answer(site, &reference)).await;
    let history = site.office.history(&reference).await;
    let kept = |recorded: &&Recorded| matches!(recorded.event, Event::MailKept(_));
    let number = history.iter().find(kept).expect("an e-mail").sequence;
    let looked = format!("/staff/c/{reference}/mail/{number}");
    (reference, looked)
}

async fn with_headers(site: &OpenSite, session: &Session, path: &str) -> (u16, header::HeaderMap, String) {
    let request = Request::get(path)
        .header(header::COOKIE, format!("staff={}", session.token))
        .body(Body::empty());
    let (parts, body) = site.answer(request.unwrap()).await.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (
        parts.status.as_u16(),
        parts.headers,
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

#[tokio::test]
async fn it_is_shown_in_a_frame_that_can_do_nothing_with_where_its_links_lead_beside_it() {
    let site = OpenSite::open().await;
    let (reference, looked) = answered(&site).await;
    let session = site.office.sign_in(&amara()).await;
    let (_, _, case) = with_headers(&site, &session, &format!("/staff/c/{reference}")).await;
    assert!(
        case.contains(&format!(r#"href="{looked}">Show as it looked"#)),
        "{case}"
    );
    let (status, headers, page) = with_headers(&site, &session, &looked).await;
    assert_eq!(status, 200);
    for part in [
        &*format!(r#"<iframe class="fc-looked__frame" src="{looked}/page" title="The e-mail as it looked" sandbox="""#),
        "xn--bnk-qla.example",
        r#"rel="noopener noreferrer""#,
        "Re: &lt;b&gt;Wi-Fi&lt;/b&gt;",
        "Original message.eml",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.ends_with("frame-ancestors 'none'; frame-src 'self'"), "{policy}");
    let (status, headers, inside) = with_headers(&site, &session, &format!("{looked}/page")).await;
    assert_eq!(status, 200);
    assert!(inside.contains("<p>It <a>dropped</a><sup>[1]</sup>.</p>"), "{inside}");
    for part in ["evil", "onclick", "position", "<script", "<link"] {
        assert!(!inside.contains(part), "{part} in {inside}");
    }
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    let (_, nonce) = inside.split_once(r#"<style nonce=""#).unwrap();
    let (nonce, _) = nonce.split_once('"').unwrap();
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src 'nonce-{nonce}'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
        )
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(headers[name], value, "{name}");
    }
}

#[tokio::test]
async fn it_is_there_for_whoever_sees_the_case_and_nobody_else() {
    let site = OpenSite::open().await;
    let reference = crate::sealed::about_jo(&site, "j").await;
    arrives(&site, 2, answer(&site, &reference)).await;
    let history = site.office.history(&reference).await;
    // From another address than the complainant's it waits: the case is confidential.
    assert!(
        !history
            .iter()
            .any(|recorded| matches!(recorded.event, Event::MailKept(_)))
    );
    let (_, looked) = answered(&site).await;
    let restricted = looked.replace(looked.split('/').nth(3).unwrap(), &reference.to_string());
    for (who, page) in [(marcus(), &restricted), (jo(), &restricted), (tom(), &looked)] {
        let browser = site.browser(&who).await;
        for path in [page.clone(), format!("{page}/page")] {
            let answer = browser.get(&path).await;
            assert!(
                matches!(answer.status.as_u16(), 403 | 404),
                "{} at {path}: {}",
                who.name,
                answer.status
            );
            assert!(!answer.html.contains("dropped"));
        }
    }
    site.stranger().get(&format!("{looked}/page")).await.says(303, &[]);
    let ruth = site.browser(&ruth()).await;
    for none in ["1", "99", "x", "-1"] {
        let (case, _) = looked.rsplit_once('/').unwrap();
        ruth.get(&format!("{case}/{none}")).await.says(404, &[]);
        ruth.get(&format!("{case}/{none}/page")).await.says(404, &[]);
    }
}

#[tokio::test]
async fn one_without_a_page_offers_none() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let mut said = answer(&site, &reference);
    said.words.html = None;
    arrives(&site, 1, said).await;
    let page = site.browser(&amara()).await.get(&format!("/staff/c/{reference}")).await;
    page.says(200, &["Show the whole message"]);
    assert!(!page.html.contains("Show as it looked"), "{}", page.html);
}

#[tokio::test]
async fn an_e_mail_that_comes_while_a_letter_is_written_is_read_before_it_goes() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let case = format!("/staff/c/{reference}");
    let amara = site.browser(&amara()).await;
    let page = amara.get(&case).await;
    let (seen, once) = (page.hidden("seen").to_owned(), page.hidden("once").to_owned());
    let fields = [
        ("seen", &*seen),
        ("once", &*once),
        ("message", "Hello Priya, it is mended."),
    ];
    amara
        .post(&format!("{case}/drafts/message"), &fields)
        .await
        .leads_to(&format!("{case}?draft=message#write"));
    arrives(&site, 1, answer(&site, &reference)).await;
    let back = amara.post(&format!("{case}/message"), &fields).await;
    back.says(
        409,
        &[
            "While you were writing: Message from Priya",
            "<p>It dropped once more.</p>",
            "Hello Priya, it is mended.</textarea>",
        ],
    );
    assert!(!site.office.kinds(&reference).await.contains(&"update.sent"));
    // Read and sent: it goes, once.
    let (seen, once) = (back.hidden("seen").to_owned(), back.hidden("once").to_owned());
    let fields = [
        ("seen", &*seen),
        ("once", &*once),
        ("message", "Hello Priya, it is mended."),
    ];
    amara.post(&format!("{case}/message"), &fields).await.says(303, &[]);
    assert!(site.office.kinds(&reference).await.contains(&"update.sent"));
}
