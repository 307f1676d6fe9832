//! Serving the pages about the service, from the procedure and from what the site really does.

use axum::extract::State;
use axum::response::Response;
use rules::procedure::RetentionRule;

use super::{AccessibilityPage, Cookie, CookiesPage, KeepingPeriod, PrivacyPage};
use crate::http::Site;
use crate::public::answer::page;

/// When the words of these pages were last gone through.
const REVIEWED_ON: &str = "Tuesday 24 November 2026";

/// How accessible the service is.
pub(crate) async fn accessibility(State(site): State<Site>) -> Response {
    page(super::accessibility::accessibility(
        &site.institution(),
        &AccessibilityPage::as_delivered(REVIEWED_ON),
    ))
}

/// Who sees what, and for how long it is kept.
pub(crate) async fn privacy(State(site): State<Site>) -> Response {
    let in_force = site.public().procedure();
    let shown = PrivacyPage {
        keeping: in_force.procedure.retention.iter().map(keeping).collect(),
        data_protection_email: None,
        notice_url: None,
    };
    page(super::privacy::privacy(&site.institution(), &shown))
}

fn keeping(rule: &RetentionRule) -> KeepingPeriod {
    let years = if rule.keep_years == 1 {
        "1 year".to_owned()
    } else {
        format!("{} years", rule.keep_years)
    };
    KeepingPeriod {
        what: rule.class.name.clone(),
        how_long: format!("{years} {}", rule.from.words()),
        then: rule.then.words().to_owned(),
    }
}

/// Which cookies there are.
pub(crate) async fn cookies(State(site): State<Site>) -> Response {
    let cookie = |name: &str, purpose: &str, lasts: &str| Cookie {
        name: name.to_owned(),
        purpose: purpose.to_owned(),
        lasts: lasts.to_owned(),
    };
    let shown = CookiesPage {
        cookies: vec![
            cookie(
                "case",
                "Lets this browser show the complaint that you sent or looked up, without asking for the code again",
                "24 hours",
            ),
            cookie(
                "staff",
                "Keeps staff signed in; set only when a member of staff signs in",
                "12 hours",
            ),
            cookie(
                "prefs",
                "Remembers which colours and keys a member of staff likes; set only when they choose",
                "1 year",
            ),
        ],
    };
    page(super::cookies::cookies(&site.institution(), &shown))
}
