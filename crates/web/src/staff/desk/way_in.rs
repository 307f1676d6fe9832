//! The way in: which pages the sign-in page may lead to, and what a form takes along through it.

use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::answer::typed;
use crate::http::carried::is_secret;
use crate::http::{Carried, Posted, Sender};
use crate::staff::paths;

/// To the sign-in page, which leads back to where they were going.
pub(crate) fn to_sign_in(next: &str) -> Response {
    // A slash may stand in a question as it is, and an address is read by people too.
    let next = form_urlencoded::byte_serialize(next.as_bytes())
        .collect::<String>()
        .replace("%2F", "/");
    let target = format!("{}?next={next}", paths::SIGN_IN);
    let location = HeaderValue::from_str(&target).unwrap_or(HeaderValue::from_static(paths::SIGN_IN));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// Where somebody was going who asked for a page: with its question, if the sign-in page may lead there.
pub(crate) fn wanted<'a>(method: &Method, uri: &'a Uri) -> &'a str {
    if *method == Method::GET {
        landing(address(uri))
    } else {
        paths::MY_WORK
    }
}

/// The address of a request on this site: path and question.
pub(crate) fn address(uri: &Uri) -> &str {
    uri.path_and_query().map_or("", |address| address.as_str())
}

/// Only staff pages may follow, so that no link can lead from our sign-in page to another site.
pub(crate) fn landing(next: &str) -> &str {
    if is_staff_page(next) { next } else { paths::MY_WORK }
}

/// A form that may go with somebody through the door: not one that another site may have sent, nor one that goes elsewhere than to
/// a staff page.
pub(crate) fn carried(sender: Sender, carried: Carried) -> Option<Carried> {
    (sender == Sender::OurPage && is_staff_page(&carried.to)).then_some(carried)
}

/// The same of a form that was just sent. Where all that was typed are passwords there is nothing to carry.
pub(crate) fn carried_from(sender: Sender, to: &str, posted: &Posted) -> Option<Carried> {
    let has_password = posted
        .fields()
        .iter()
        .any(|(name, value)| is_secret(name) && !value.is_empty());
    let worth_it = !has_password || typed(posted.fields()).next().is_some();
    carried(sender, Carried::of(to, posted)).filter(|_| worth_it)
}

fn is_staff_page(next: &str) -> bool {
    let door = next.starts_with(paths::SIGN_IN) || next.starts_with(paths::SIGN_OUT);
    let ours = next == paths::MY_WORK || next.starts_with("/staff/") || next.starts_with("/staff?");
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    ours && plain && !door && !climbs(next)
}

/// Whether a browser would read a part of the path as "one step up".
fn climbs(next: &str) -> bool {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    path.split('/')
        .any(|part| matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_staff_page_may_follow() {
        for fine in [
            "/staff",
            "/staff/c/FC-10482",
            "/staff?show=late",
            "/staff/jobs/F1000001",
            "/staff/search?q=a..b%2F..",
        ] {
            assert_eq!(landing(fine), fine);
        }
        for wrong in [
            "",
            "/",
            "//evil.example",
            "https://evil.example",
            "/staffing",
            "/staff.evil.example",
            "/staff/\r\nx",
            "/staff/sign-in",
            "/staff/sign-out",
            "/staff\\x",
            "/staff/../complain",
            "/staff/%2E%2e/complain",
            "/staff/.%2e#x",
            "/staff/..?x",
        ] {
            assert_eq!(landing(wrong), paths::MY_WORK, "{wrong:?}");
        }
    }

    #[test]
    fn somebody_who_asked_for_a_page_comes_back_to_it_with_its_question() {
        let uri: Uri = "/staff/search?q=tea+%26%20cake&from=10".parse().unwrap();
        let wanted = wanted(&Method::GET, &uri);
        assert_eq!(wanted, "/staff/search?q=tea+%26%20cake&from=10");
        assert_eq!(super::wanted(&Method::POST, &uri), paths::MY_WORK);
        let answer = to_sign_in(wanted);
        let location = answer.headers()[header::LOCATION].to_str().unwrap();
        let (_, question) = location.split_once('?').unwrap();
        assert_eq!(Posted::parse(question.as_bytes()).get("next"), wanted);
        assert!(
            location.starts_with("/staff/sign-in?next=/staff/search%3Fq%3Dtea"),
            "{location}"
        );
    }

    #[test]
    fn a_form_goes_through_the_door_only_from_a_page_of_ours_to_a_page_of_staff() {
        let note = Posted::parse(b"csrf=x&note=Hello");
        let path = "/staff/c/FC-1/note";
        assert!(carried_from(Sender::OurPage, path, &note).is_some());
        assert!(carried_from(Sender::Unknown, path, &note).is_none());
        for elsewhere in ["/complain", "//evil.example", "/staff/sign-out", "/staff/../complain"] {
            assert!(carried_from(Sender::OurPage, elsewhere, &note).is_none(), "{elsewhere}");
        }
    }

    #[test]
    fn a_form_of_passwords_alone_leaves_nothing_to_carry() {
        let carried = |body: &[u8]| carried_from(Sender::OurPage, paths::ME, &Posted::parse(body));
        assert!(carried(b"csrf=x&once=k&present_password=a&new_password=b").is_none());
        let new_person = carried(b"csrf=x&once=k&name=Kit&password=b").unwrap();
        assert_eq!(new_person.fields.len(), 2, "the key and the name");
        assert!(carried(b"csrf=x&once=k").is_some(), "a button is worth pressing again");
    }
}
