//! The frame around every staff page: header with search, navigation with counts, footer with the time it was drawn.

use hypertext::{Buffer, Raw, prelude::*};

use super::form::hidden;
use super::icon::{Icon, crest};
use super::keys::key_list;
use super::navigation::navigation;
pub use super::navigation::{Nav, NavCounts, Places};
use crate::assets;
use crate::staff::parts::form::FormState;
use crate::staff::paths;

const STYLE: &str = assets::url("staff.css");
const SCRIPT: &str = assets::url("staff.js");
const FONT: &str = assets::url("atkinson-latin.woff2");
const ICON: &str = assets::url("icon.svg");

/// What the frame of a staff page says. The handler fills it from the session once; every page is drawn in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffShell {
    /// Name of the service, such as "Feedback and complaints".
    pub service: String,
    /// Who is signed in.
    pub who_name: String,
    /// Their job here, such as "Helpline".
    pub who_role: String,
    /// Token against forged requests: sent back as `csrf` by every form that changes something.
    pub csrf: String,
    /// Where they may go.
    pub places: Places,
    /// The numbers in the navigation.
    pub counts: NavCounts,
    /// The time at which the page was drawn: "9:40am".
    pub now_short: String,
    /// When the page was drawn and how days are counted: "Wednesday 14 October 2026, 9:40am. Working days skip ...".
    pub now_line: String,
    /// Light, dark, or as the machine is set.
    pub theme: Theme,
    /// The colours of the office, as the address of a style sheet; none for those that come with the product.
    pub sheet: Option<String>,
    /// Whether single keys do something.
    pub shortcuts: Shortcuts,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark writing on light paper.
    #[default]
    Light,
    /// Light writing on dark paper.
    Dark,
    /// As the person's machine is set.
    Auto,
}

/// Whether single keys do something. Somebody who dictates, or leans on keys, turns them off (WCAG 2.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shortcuts {
    /// They do.
    #[default]
    On,
    /// They do nothing.
    Off,
}

/// A page inside the frame. Holds words, numbers and links only; what they mean was decided before.
pub trait StaffPage {
    /// Title of the browser's tab, without the name of the service.
    fn title(&self) -> String;

    /// Which entry of the navigation is marked.
    fn nav(&self) -> Nav;

    /// Writes the main column. It holds exactly one level 1 heading.
    fn body(&self, shell: &StaffShell, out: &mut Buffer);
}

impl StaffShell {
    /// Draws `page` in the frame.
    pub fn draw(&self, page: &dyn StaffPage) -> Rendered<String> {
        let mut main = Buffer::new();
        page.body(self, &mut main);
        // XSS SAFETY: the page wrote it through the same escaping macros.
        let main = Raw::dangerously_create(main.rendered().into_inner());
        let inside = maud! {
            (self.header())
            div.fc-shell {
                div.fc-nav { (self.navigation(page.nav())) }
                main #main-content .fc-main {
                    (&main)
                    (self.footer())
                }
            }
            @if self.shortcuts == Shortcuts::On { (key_list()) }
        };
        document(
            &page.title(),
            &self.service,
            (self.theme, self.shortcuts, self.sheet.as_deref()),
            inside,
        )
        .render()
    }

    /// The hidden fields of a form that changes something: forgery token, the key against double presses, and what of the case was read.
    pub fn fields(&self, form: &FormState) -> impl Renderable {
        let seen = form.answers.get("seen");
        maud! {
            (self.csrf_field()) (form.once_field())
            @if !seen.is_empty() { (hidden("seen", seen)) }
        }
    }

    /// The hidden field with the forgery token, for forms that hold nothing else.
    pub fn csrf_field(&self) -> impl Renderable {
        hidden("csrf", &self.csrf)
    }

    fn header(&self) -> impl Renderable {
        maud! {
            header.fc-top {
                div.fc-top__in {
                    a.fc-top__brand href=(paths::MY_WORK) { (crest()) span { (self.service) } }
                    @if self.places.lead_to(Nav::Search) {
                        form.fc-top__search role="search" action=(paths::SEARCH) method="get" {
                            label.govuk-visually-hidden for="q" { "Search by reference, name or words" }
                            input #q .govuk-input name="q" type="search" placeholder="Reference, name or words" data-key="/";
                            (Icon::Search) kbd aria-hidden="true" { "/" }
                        }
                    }
                    @if self.places.lead_to(Nav::Log) {
                        a.govuk-button href=(paths::LOG) data-key="n" {
                            "Log a complaint " kbd aria-hidden="true" { "N" }
                        }
                    }
                    a.fc-top__me href=(paths::ME) { (self.who_name) span { " · " (self.who_role) } }
                }
            }
        }
    }

    fn navigation(&self, active: Nav) -> impl Renderable {
        let last = maud! {
            li.moj-side-navigation__item { a href="/" { "Public site" } }
            li.moj-side-navigation__item {
                form method="post" action=(paths::SIGN_OUT) {
                    (self.csrf_field())
                    button.fc-nav__button type="submit" { "Sign out" }
                }
            }
        };
        navigation(&self.places, self.counts, active, last)
    }

    fn footer(&self) -> impl Renderable {
        maud! {
            p.fc-foot.fc-noprint {
                span data-now=(self.now_short) { (self.now_line) } " "
                a.govuk-link href={ (paths::ME) "#shortcuts" } { "Keyboard shortcuts" }
            }
        }
    }
}

impl Theme {
    /// As it stands in the attribute of a page.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }
}

/// A whole document for a staff page: used by the frame, and by the sign-in page, which has none.
pub fn document<'a>(
    title: &'a str,
    service: &'a str,
    (theme, shortcuts, sheet): (Theme, Shortcuts, Option<&'a str>),
    inside: impl Renderable + 'a,
) -> impl Renderable + 'a {
    let keys = (shortcuts == Shortcuts::Off).then_some("off");
    maud! {
        !DOCTYPE
        html lang="en-GB" class="govuk-template" data-theme=(theme.word()) {
            head {
                meta charset="utf-8";
                title { (title) " – " (service) " (staff)" }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="theme-color" content="#0b3842";
                link rel="preload" href=(FONT)
                    as="font" type="font/woff2" crossorigin;
                link rel="stylesheet" href=(STYLE);
                @if let Some(sheet) = sheet { link rel="stylesheet" href=(sheet); }
                link rel="icon" href=(ICON) type="image/svg+xml";
                script type="module" src=(SCRIPT) {}
            }
            body.govuk-template__body data-shortcuts=[keys] {
                a.govuk-skip-link href="#main-content" data-module="govuk-skip-link" { "Skip to main content" }
                (inside)
            }
        }
    }
}

impl StaffShell {
    /// Amara Osei at the Helpline on Wednesday 14 October 2026.
    pub fn sample() -> Self {
        Self {
            service: "Feedback and complaints".to_owned(),
            who_name: "Amara Osei".to_owned(),
            who_role: "Helpline".to_owned(),
            csrf: "sample-token".to_owned(),
            places: Places::everywhere(),
            counts: NavCounts {
                my_work: 9,
                late: 1,
                triage: 3,
                all_open: 41,
                sign_off: 2,
                jobs: 44,
                actions: 4,
                actions_late: 1,
                undelivered: 2,
                mail: 1,
            },
            now_short: "9:40am".to_owned(),
            now_line: "Wednesday 14 October 2026, 9:40am. \
                Working days skip weekends, bank holidays and university closure days."
                .to_owned(),
            theme: Theme::Light,
            sheet: None,
            shortcuts: Shortcuts::On,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Blank;

    impl StaffPage for Blank {
        fn title(&self) -> String {
            "A & B".to_owned()
        }
        fn nav(&self) -> Nav {
            Nav::Triage
        }
        fn body(&self, _: &StaffShell, out: &mut Buffer) {
            maud! { h1 { "Blank" } }.render_to(out);
        }
    }

    #[test]
    fn the_entry_of_the_page_is_marked_and_no_other() {
        let html = StaffShell::sample().draw(&Blank).into_inner();
        assert!(
            html.contains(r#"<a href="/staff/triage" aria-current="page">Triage"#),
            "{html}"
        );
        assert_eq!(html.matches("aria-current").count(), 1);
    }

    #[test]
    fn a_late_case_shows_a_dot_and_says_so_in_words() {
        let mut shell = StaffShell::sample();
        let html = shell.draw(&Blank).into_inner();
        assert!(html.contains(" cases, 1 late)") && html.contains(" actions, 1 late)"));
        (shell.counts.late, shell.counts.actions_late) = (0, 0);
        let html = shell.draw(&Blank).into_inner();
        assert!(!html.contains("fc-count--alert") && !html.contains("late)"));
    }

    #[test]
    fn signing_out_is_a_post_with_the_token() {
        let html = StaffShell::sample().draw(&Blank).into_inner();
        let form =
            r#"<form method="post" action="/staff/sign-out"><input type="hidden" name="csrf" value="sample-token">"#;
        assert!(html.contains(form), "{html}");
    }

    #[test]
    fn shortcuts_can_be_turned_off() {
        let mut shell = StaffShell::sample();
        assert!(!shell.draw(&Blank).into_inner().contains("data-shortcuts"));
        shell.shortcuts = Shortcuts::Off;
        assert!(shell.draw(&Blank).into_inner().contains(r#"data-shortcuts="off""#));
    }

    #[test]
    fn the_title_is_escaped() {
        let html = StaffShell::sample().draw(&Blank).into_inner();
        assert!(html.contains("<title>A &amp; B – Feedback and complaints (staff)</title>"));
    }
}
