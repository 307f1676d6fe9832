//! The administrator of an installation at work, in a browser of her own.

use std::net::SocketAddr;

use crate::http::{self, Answer};

const BRAND: &str = "/staff/settings/brand";

/// Somebody who is signed in.
pub(crate) struct AtWork {
    cookie: String,
    /// What every form sends back.
    csrf: String,
}

/// Signs somebody in who has the password of the administrator, and answers the cookie of the session.
pub(crate) fn session(node: SocketAddr, username: &str) -> String {
    let form = format!("who={username}&password=calder+brook+stone");
    let answer = http::post(node, "/staff/sign-in", &form).unwrap();
    assert_eq!(answer.status, 303, "{answer:?}");
    let cookie = answer.header("set-cookie").expect("a session");
    cookie.split(';').next().expect("a name and a value").to_owned()
}

impl AtWork {
    /// The administrator that `redress init` made.
    pub(crate) fn sign_in(node: SocketAddr) -> AtWork {
        let cookie = session(node, "rosa");
        let page = http::get_with(node, BRAND, &cookie).unwrap();
        let (_, rest) = page.body.split_once("name=\"csrf\" value=\"").expect("a form");
        let csrf = rest.split('"').next().expect("its token").to_owned();
        AtWork { cookie, csrf }
    }

    /// Gives the institution another name, through any node.
    pub(crate) fn rename(&self, node: SocketAddr, name: &str) -> Answer {
        let form = format!(
            "csrf={}&once=name-{name}&made_from=0&organisation={name}&unit=IT+Services&accent=%237a1f3d&link=%230d5c70",
            self.csrf
        );
        http::post_with(node, BRAND, &form, &self.cookie).unwrap()
    }

    /// A page, as it is shown to her.
    pub(crate) fn sees(&self, node: SocketAddr, path: &str) -> Answer {
        http::get_with(node, path, &self.cookie).unwrap()
    }
}
