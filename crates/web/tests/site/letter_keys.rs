//! Settings: keys of line managers, for the administrator; and what the page of a handover says of the letter before it goes (R34).

use rules::confidential::sealing::letter_key::grouped;
use testkit::gpg::{GRACE, GRACE_FINGERPRINT};
use testkit::people::{amara, ruth, tom};

use crate::sealed::about_jo;
use crate::support::OpenSite;

const PAGE: &str = "/staff/settings/directory/keys";
const MAILBOX: &str = "grace.obi@example.ac.uk";

fn look<'a>(email: &'a str, key: &'a str) -> [(&'a str, &'a str); 3] {
    [("step", "look"), ("email", email), ("certificate", key)]
}

#[tokio::test]
async fn a_key_is_looked_at_compared_used_and_taken_away_and_the_office_log_tells_who_did_it() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    tom.get("/staff/settings/directory")
        .await
        .says(200, &["Look at the keys, or add one", PAGE]);
    tom.get(PAGE).await.says(200, &["No key is known", "Look at the key"]);
    let fingerprint = grouped(GRACE_FINGERPRINT);
    let compare = tom.post(PAGE, &look(MAILBOX, GRACE)).await;
    compare.says(
        200,
        &[
            "Compare it with its owner",
            "Nothing is kept yet",
            &fingerprint,
            "Grace Obi &lt;grace.obi@example.ac.uk&gt;",
            "It does not end",
        ],
    );
    tom.get(PAGE).await.says(200, &["No key is known"]);
    let (email, certificate) = (
        compare.hidden("email").to_owned(),
        compare.hidden("certificate").to_owned(),
    );
    assert_eq!(email, MAILBOX);
    let certificate = certificate.replace("&#10;", "\n");
    tom.post(
        PAGE,
        &[("step", "use"), ("email", &email), ("certificate", &certificate)],
    )
    .await
    .leads_to(&format!("{PAGE}?done=used"));
    tom.get(&format!("{PAGE}?done=used"))
        .await
        .says(200, &["The key is used from now on.", MAILBOX, &fingerprint]);
    tom.post(PAGE, &[("step", "remove"), ("email", MAILBOX)])
        .await
        .leads_to(&format!("{PAGE}?done=removed"));
    tom.get(PAGE).await.says(200, &["No key is known"]);
    tom.get("/staff/settings/log").await.says(
        200,
        &[
            "Gave a key for letters to grace.obi@example.ac.uk",
            "Took away the key of grace.obi@example.ac.uk",
            &fingerprint,
            "Tom",
        ],
    );
}

#[tokio::test]
async fn what_is_no_key_for_this_address_comes_back_with_the_reason_and_without_the_key() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    let secret = GRACE.replace("PUBLIC KEY", "PRIVATE KEY");
    for (email, key, says) in [
        (MAILBOX, "", "Choose the file with their key"),
        (MAILBOX, "Dear all, my key is below.", "This is no OpenPGP public key"),
        (MAILBOX, secret.as_str(), "This is a secret key"),
        (
            "moira@calderbrook.example",
            GRACE,
            "and not for moira@calderbrook.example",
        ),
        ("nobody", GRACE, "Enter the email address whose key it is"),
    ] {
        for step in ["look", "use"] {
            let wrong = tom
                .post(PAGE, &[("step", step), ("email", email), ("certificate", key)])
                .await;
            wrong.says(422, &[says, email]);
            assert!(
                !wrong.html.contains("xsBN") && !wrong.html.contains("mDMEaVt9kB"),
                "the key is not shown again"
            );
        }
    }
    tom.post(PAGE, &[("step", "remove"), ("email", MAILBOX)])
        .await
        .says(422, &["No key is known for grace.obi"]);
    tom.get(PAGE).await.says(200, &["No key is known"]);
}

#[tokio::test]
async fn others_see_no_keys_and_give_none() {
    let site = OpenSite::open().await;
    for who in [amara(), ruth()] {
        let browser = site.browser(&who).await;
        browser
            .get(PAGE)
            .await
            .says(403, &["You cannot look after the directory"]);
        for step in ["look", "use", "remove"] {
            browser
                .post(PAGE, &[("step", step), ("email", MAILBOX), ("certificate", GRACE)])
                .await
                .says(403, &["You cannot look after the directory"]);
        }
    }
    site.browser(&tom())
        .await
        .get(PAGE)
        .await
        .says(200, &["No key is known"]);
}

#[tokio::test]
async fn the_page_of_a_handover_says_before_it_goes_whether_it_is_encrypted_and_why_not() {
    let site = OpenSite::open().await;
    let (tom, ruth) = (site.browser(&tom()).await, site.browser(&ruth()).await);
    let reference = about_jo(&site, "k").await;
    let path = format!("/staff/c/{reference}/handover");
    let fields = [
        ("step", "preview"),
        ("holder_name", "Grace Obi"),
        ("holder_email", "Grace.Obi@example.ac.uk"),
    ];
    ruth.post(&path, &fields).await.says(
        200,
        &[
            "A letter with a link",
            "no key is known for this address",
            "Read the complaint",
        ],
    );
    tom.post(PAGE, &[("step", "use"), ("email", MAILBOX), ("certificate", GRACE)])
        .await
        .leads_to(&format!("{PAGE}?done=used"));
    let page = ruth.post(&path, &fields).await;
    page.says(
        200,
        &[
            "An encrypted letter with the complaint in it",
            &grouped(GRACE_FINGERPRINT),
            "The complaint is in this letter",
        ],
    );
    assert!(!page.html.contains("Read the complaint"));
}
