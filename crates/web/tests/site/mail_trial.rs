//! Trying the mail from the settings: asked for by a button, shown as far as it has come, with the time.

use casework::mail::trial;
use rules::mail::Check;
use testkit::people::{amara, tom};

use crate::support::OpenSite;

const STANDING: &str = "/staff/settings/mail";

#[tokio::test]
async fn a_trial_is_asked_for_by_a_button_and_shown_as_far_as_it_has_come() {
    let site = OpenSite::open().await;
    let office = &site.office.office;
    let tom_sees = site.browser(&tom()).await;
    tom_sees.get(STANDING).await.says(200, &["Try it now"]);
    tom_sees.post(STANDING, &[]).await.leads_to(&format!("{STANDING}#try"));
    let page = tom_sees.get(STANDING).await;
    page.says(
        200,
        &[
            "It is being tried now. It began today, ",
            "Look again how far it has come",
        ],
    );
    assert!(!page.html.contains("Try it again"), "one at a time");
    let mut under_way = trial::take_up(office).await.expect("a store").expect("it waits");
    under_way.checks.push(Check::fault(
        "Mailbox helpline",
        "Nobody <b>answers</b>.",
        "Compare host and port.",
    ));
    trial::note(office, &under_way).await.expect("a store");
    tom_sees.get(STANDING).await.says(
        200,
        &[
            "Mailbox helpline",
            "Does not work",
            "Nobody &lt;b&gt;answers&lt;/b&gt;.",
            "Compare host and port.",
        ],
    );
    under_way.ended_at = Some(office.now());
    trial::note(office, &under_way).await.expect("a store");
    tom_sees
        .get(STANDING)
        .await
        .says(200, &["1 thing does not work.", &tom().name, "Try it again"]);
    under_way.checks = vec![Check::hint("DMARC", "Nothing is said.", "Say it.")];
    trial::note(office, &under_way).await.expect("a store");
    tom_sees
        .get(STANDING)
        .await
        .says(200, &["Nothing is broken, and there is 1 thing to know. Tried today, "]);
    under_way.ended_at = None;
    trial::note(office, &under_way).await.expect("a store");
    site.office.stop_at(office.now() + jiff::SignedDuration::from_mins(11));
    tom_sees
        .get(STANDING)
        .await
        .says(200, &["The last trial began ", "Try it again"]);
}

#[tokio::test]
async fn who_may_not_see_the_settings_has_nothing_tried() {
    let site = OpenSite::open().await;
    let amara = site.browser(&amara()).await;
    amara.post(STANDING, &[]).await.says(403, &[]);
    let kept = trial::latest(&site.office.office).await.expect("a store");
    assert!(kept.is_none());
}
