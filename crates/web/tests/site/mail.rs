//! E-mail that is set aside, and whether what came adds up (lessons 6 and 8).

use casework::mail::{self, Arrival, Place, ledger};
use rules::case::Reference;
use rules::mail::{Address, Authentic, Fate, Message, Taken, Words};
use testkit::people::{amara, marcus, ruth, tom};

use crate::support::OpenSite;

const LIST: &str = "/staff/mail";
const STANDING: &str = "/staff/settings/mail";

/// A message arrives and is taken to its end.
pub(crate) async fn arrives(site: &OpenSite, number: u32, message: Message) -> i64 {
    let office = &site.office.office;
    let arrival = Arrival {
        mailbox: "helpline".to_owned(),
        place: Place::Handed,
        sender: None,
        recipients: Vec::new(),
    };
    let mut incoming = mail::begin(office, arrival).await.expect("room");
    let raw = format!("Message-ID: <{number}@b.example>\n\nIt drops.\n");
    incoming.write(raw.as_bytes()).await.expect("room");
    incoming.keep().await.expect("kept");
    take_up(site, message).await
}

/// The mail room takes up what waits, and reads this.
async fn take_up(site: &OpenSite, message: Message) -> i64 {
    let office = &site.office.office;
    let waiting = ledger::claim(office, 1)
        .await
        .expect("a ledger")
        .pop()
        .expect("a message");
    let (original, _) = ledger::original(office, &waiting).await.expect("its bytes");
    let taken = Taken {
        ledger: waiting.id,
        message,
        original,
        files: Vec::new(),
        dropped: Vec::new(),
    };
    mail::take(office, &waiting, &taken)
        .await
        .expect("taken")
        .expect("an end");
    waiting.id
}

fn from_eve(subject: &str) -> Message {
    let words = "It <b>dropped</b> again.".to_owned();
    Message {
        from: Some(Address {
            name: Some("Eve".to_owned()),
            address: "eve@elsewhere.example".to_owned(),
        }),
        subject: subject.to_owned(),
        words: Words {
            new: words.clone(),
            whole: format!("{words}\n\n> We have your complaint."),
            html: None,
        },
        authentic: Authentic::Unknown,
        ..Message::default()
    }
}

async fn tagged(site: &OpenSite) -> (Reference, i64) {
    let reference = site.office.receive("k").await;
    let id = arrives(site, 1, from_eve(&format!("Re: [{reference}]"))).await;
    (reference, id)
}

#[tokio::test]
async fn what_waits_is_put_with_its_case_by_one_button() {
    let site = OpenSite::open().await;
    let (reference, id) = tagged(&site).await;
    let ruth = site.browser(&ruth()).await;
    ruth.get(LIST).await.says(
        200,
        &[
            "eve@elsewhere.example",
            "It &lt;b&gt;dropped&lt;/b&gt; again.",
            "Sender not checked",
            &format!("Put it with {reference}"),
        ],
    );
    let id = id.to_string();
    let form = [("id", &*id), ("case", &*reference.to_string()), ("do", "put")];
    ruth.post(LIST, &form)
        .await
        .leads_to(&format!("{LIST}?list=waits&done=put"));
    ruth.get(&format!("{LIST}?list=waits&done=put"))
        .await
        .says(200, &["It is added to the case now.", "Nothing is set aside here."]);
    take_up(&site, from_eve("Re")).await;
    ruth.get(&format!("/staff/c/{reference}")).await.says(
        200,
        &[
            "put it with this case",
            "eve@elsewhere.example",
            "Show the whole message",
            "&gt; We have your complaint.",
        ],
    );
    // A second press finds that it is done.
    ruth.post(LIST, &form).await.says(404, &[]);
}

#[tokio::test]
async fn what_is_no_answer_becomes_a_complaint_or_spam() {
    let site = OpenSite::open().await;
    let (_, id) = tagged(&site).await;
    let ruth = site.browser(&ruth()).await;
    let id = id.to_string();
    ruth.post(LIST, &[("id", &*id), ("list", "waits"), ("do", "spam")])
        .await
        .leads_to(&format!("{LIST}?list=waits&done=spam"));
    take_up(&site, from_eve("Re")).await;
    ruth.get(&format!("{LIST}?list=spam"))
        .await
        .says(200, &["called it spam", "It is a complaint"]);
    ruth.post(LIST, &[("id", &*id), ("list", "spam"), ("do", "case")])
        .await
        .leads_to(&format!("{LIST}?list=spam&done=case"));
    take_up(&site, from_eve("Re")).await;
    let ended = ledger::ended(&site.office.office, id.parse().expect("a number"))
        .await
        .expect("a ledger");
    assert_eq!(ended.expect("an end").0, Fate::NewCase);
    ruth.post(LIST, &[("id", "7777"), ("do", "case")]).await.says(404, &[]);
}

#[tokio::test]
async fn a_complaint_by_mail_says_how_it_came_and_nothing_of_what_nobody_said() {
    let site = OpenSite::open().await;
    let id = arrives(&site, 1, from_eve("Wi-Fi")).await;
    let ended = ledger::ended(&site.office.office, id).await.expect("a ledger");
    let reference = ended.expect("an end").1.expect("a case");
    let ruth = site.browser(&ruth()).await;
    let page = ruth.get(&format!("/staff/c/{reference}")).await;
    page.says(200, &["It was not checked who sent it. "]);
    ruth.get(&format!("/staff/c/{reference}/details"))
        .await
        .says(200, &["from the e-mail"]);
    let list = ruth.get("/staff/triage").await;
    list.says(200, &["Email"]);
    for said in [page.html, list.html] {
        assert!(!said.to_lowercase().contains("not said"), "{said}");
    }
}

#[tokio::test]
async fn who_may_not_sort_mail_is_told_so_and_has_no_link() {
    let site = OpenSite::open().await;
    let (_, id) = tagged(&site).await;
    let amara = site.browser(&amara()).await;
    amara.get(LIST).await.says(403, &[]);
    amara.get(STANDING).await.says(403, &[]);
    amara
        .post(LIST, &[("id", &*id.to_string()), ("do", "case")])
        .await
        .says(403, &[]);
    assert!(!amara.get("/staff").await.html.contains(LIST));
    site.browser(&marcus())
        .await
        .get(LIST)
        .await
        .says(200, &["eve@elsewhere.example"]);
}

#[tokio::test]
async fn the_administrator_sees_that_it_adds_up_and_no_word_of_it() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    tom.get(STANDING).await.says(200, &["No e-mail came yet."]);
    tagged(&site).await;
    let page = tom.get(STANDING).await;
    page.says(200, &["Everything adds up.", "helpline"]);
    assert!(!page.html.contains("eve@") && !page.html.contains("dropped"));
    tom.get(LIST).await.says(403, &[]);
    site.office.tamper("DELETE FROM mail").await;
    tom.get(STANDING)
        .await
        .says(200, &["1 message came by helpline and 0 are accounted for", "No"]);
}

/// How many beside a name of the navigation; nothing where the place is not theirs, and a number that is hidden is none.
fn beside<'a>(html: &'a str, key: &str) -> Option<&'a str> {
    let (_, badge) = html.split_once(&format!(r#"data-count="{key}" data-silent"#))?;
    let (attributes, inside) = badge.split_once('>')?;
    match attributes.contains("hidden") {
        true => Some(""),
        false => Some(inside.split_once("</span>")?.1.split_once('<')?.0),
    }
}

#[tokio::test]
async fn what_waits_is_a_number_beside_its_list_for_whoever_may_see_it() {
    let site = OpenSite::open().await;
    let browsers = (site.browser(&ruth()).await, site.browser(&amara()).await);
    assert_eq!(beside(&browsers.0.get("/staff").await.html, "mail"), Some(""));
    tagged(&site).await;
    let about_jo = crate::sealed::about_jo(&site, "j").await;
    arrives(&site, 2, from_eve(&format!("Re: [{about_jo}]"))).await;
    assert_eq!(beside(&browsers.0.get("/staff").await.html, "mail"), Some("2"));
    assert_eq!(
        beside(&browsers.1.get("/staff").await.html, "mail"),
        None,
        "she may not sort mail"
    );
    let marcus = site.browser(&marcus()).await;
    assert_eq!(
        beside(&marcus.get("/staff").await.html, "mail"),
        Some("1"),
        "he does not see the other case"
    );
}

#[tokio::test]
async fn letters_that_did_not_arrive_are_a_number_beside_their_list() {
    let site = OpenSite::open().await;
    let amara = site.browser(&amara()).await;
    assert_eq!(beside(&amara.get("/staff").await.html, "undelivered"), Some(""));
    crate::delivery::undelivered_decision(&site).await;
    assert_eq!(beside(&amara.get("/staff").await.html, "undelivered"), Some("1"));
    let tom = site.browser(&tom()).await;
    assert_eq!(beside(&tom.get("/staff").await.html, "undelivered"), None);
}
