//! The frame around every public page: head, header, navigation, footer.

use hypertext::prelude::*;

use rules::office::ways::Open;

use super::{form::Errors, icon::crest};
use crate::{assets, public::paths};

const STYLE: &str = assets::url("public.css");
const SCRIPT: &str = assets::url("public.js");
const FONT: &str = assets::url("atkinson-latin.woff2");
const ICON: &str = assets::url("icon.svg");
const BROWSER_COLOUR: &str = "#0b3842";

/// Who runs the service and how to reach them. Every field comes from the configuration (R84).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Institution {
    /// "Calderbrook University".
    pub organisation: String,
    /// The department: "IT Services".
    pub unit: String,
    /// What this service is called: "Feedback and complaints".
    pub service: String,
    /// The front line, as people call it: "IT Helpline".
    pub front_line: String,
    /// As people read it: "01632 960 417".
    pub phone: String,
    /// When somebody answers: "24 hours, every day".
    pub phone_hours: String,
    /// Where a complaint can be sent by email.
    pub email: String,
    /// Whether that is offered.
    pub email_open: Open,
    /// When somebody answers in the chat; the hours of the telephone where nothing is said.
    pub chat_hours: Option<String>,
    /// Where letters go, a line each; empty where none are taken.
    pub post: Vec<String>,
    /// The colours of the office, as the address of a style sheet; none for those that come with the product.
    pub sheet: Option<String>,
    /// The picture in the header, as its address; none for the mark that comes with the product.
    pub logo: Option<String>,
    /// Where a chat starts, if there is one. It keeps the hours of the telephone.
    pub chat_url: Option<String>,
    /// Where people can come, if they can.
    pub desk: Option<Desk>,
    /// An account that reads what is posted to it, if there is one.
    pub social: Option<Social>,
    /// What to do when it cannot wait, such as danger to somebody. Said on the form.
    pub emergency: Option<String>,
}

/// A place to come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// "IT desk, Main Library".
    pub place: String,
    /// "Monday to Friday, 8am to 8pm".
    pub hours: String,
}

/// An account on a public network. We never answer there with more than a reference (A30).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Social {
    /// "X".
    pub network: String,
    /// "@CalderbrookIT".
    pub handle: String,
    /// Where the account is.
    pub url: String,
}

impl Institution {
    /// An invented university; its telephone numbers are of the range kept for drama.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            organisation: "Calderbrook University".into(),
            unit: "IT Services".into(),
            service: "Feedback and complaints".into(),
            front_line: "IT Helpline".into(),
            phone: "01632 960 417".into(),
            phone_hours: "24 hours, every day".into(),
            email: "it-feedback@calderbrook.example".into(),
            email_open: Open::On,
            chat_hours: None,
            post: Vec::new(),
            sheet: None,
            logo: None,
            chat_url: Some("https://calderbrook.example/itchat".into()),
            desk: Some(Desk {
                place: "IT desk, Main Library".into(),
                hours: "Monday to Friday, 8am to 8pm".into(),
            }),
            social: None,
            emergency: Some("If somebody is in danger, call 999 first.".into()),
        }
    }

    /// " or write to" and the email address, where that is offered.
    pub fn or_write(&self) -> impl Renderable {
        maud! { @if self.email_open == Open::On { " or write to " (self.email_link()) } }
    }

    /// The telephone number as a link, its digits kept together.
    pub fn phone_link(&self) -> impl Renderable {
        let digits: String = self
            .phone
            .chars()
            .filter(|character| character.is_ascii_digit() || *character == '+')
            .collect();
        maud! { a class="govuk-link fc-nowrap" href={ "tel:" (digits) } { (&self.phone) } }
    }

    /// The email address as a link that may break before its `@`, and nowhere else unless it is very long.
    pub fn email_link(&self) -> impl Renderable {
        let (name, host) = self.email.split_once('@').unwrap_or((&self.email, ""));
        let whole = |part: &str| (part.chars().count() <= LONGEST_ON_A_PHONE).then_some("fc-nowrap");
        maud! {
            a class="govuk-link" href={ "mailto:" (&self.email) } {
                span class=[whole(name)] { (name) }
                @if !host.is_empty() { wbr; span class=[whole(host)] { "@" (host) } }
            }
        }
    }
}

/// How many letters of an email address fit on one line of the narrowest screen.
const LONGEST_ON_A_PHONE: usize = 24;

/// Which entry of the navigation the page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Section {
    /// None of them.
    #[default]
    Elsewhere,
    /// Make a complaint.
    Complain,
    /// Thanks or a suggestion.
    Thanks,
    /// Track a complaint.
    Track,
    /// Our procedure.
    Procedure,
}

const NAVIGATION: [(Section, &str, &str); 4] = [
    (Section::Complain, paths::COMPLAIN, "Make a complaint"),
    (Section::Thanks, paths::THANKS, "Thanks or a suggestion"),
    (Section::Track, paths::TRACK, "Track a complaint"),
    (Section::Procedure, paths::PROCEDURE, "Our procedure"),
];

/// How the body stands in the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Frame {
    /// In the width that all pages have.
    #[default]
    Column,
    /// Across the window: the body brings bands with widths of their own.
    Bands,
}

/// What the frame needs to know about the page inside it.
#[derive(Debug, Clone, Copy)]
pub struct PublicShell<'a> {
    institution: &'a Institution,
    title: &'a str,
    active: Section,
    has_errors: bool,
    frame: Frame,
}

impl<'a> PublicShell<'a> {
    /// A page with this title, outside the navigation, without errors.
    #[must_use]
    pub const fn new(institution: &'a Institution, title: &'a str) -> Self {
        Self {
            institution,
            title,
            active: Section::Elsewhere,
            has_errors: false,
            frame: Frame::Column,
        }
    }

    /// The entry of the navigation that the page belongs to.
    #[must_use]
    pub const fn active(mut self, section: Section) -> Self {
        self.active = section;
        self
    }

    /// Begins the title with "Error: " if there are any, which is what a screen reader says first.
    #[must_use]
    pub const fn errors(mut self, errors: &Errors) -> Self {
        self.has_errors = !errors.is_empty();
        self
    }

    /// For a body that brings bands across the whole window.
    #[must_use]
    pub const fn bands(mut self) -> Self {
        self.frame = Frame::Bands;
        self
    }
}

/// The whole document around `body`.
pub fn public_page(shell: &PublicShell<'_>, body: impl Renderable) -> Rendered<String> {
    let institution = shell.institution;
    maud! {
        !DOCTYPE
        html lang="en-GB" class="govuk-template" {
            (head(shell))
            body class="govuk-template__body" {
                a href="#main-content" class="govuk-skip-link" data-module="govuk-skip-link" { "Skip to main content" }
                header { (banner(institution)) (navigation(shell)) }
                @if shell.frame == Frame::Bands {
                    main id="main-content" { (body) }
                } @else {
                    div class="govuk-width-container" {
                        main class="govuk-main-wrapper" id="main-content" { (body) }
                    }
                }
                (footer(institution))
            }
        }
    }
    .render()
}

fn head(shell: &PublicShell<'_>) -> impl Renderable {
    let institution = shell.institution;
    maud! {
        head {
            meta charset="utf-8";
            title {
                @if shell.has_errors { "Error: " }
                (shell.title) " – " (&institution.service) " – " (&institution.organisation) " " (&institution.unit)
            }
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            meta name="theme-color" content=(BROWSER_COLOUR);
            link rel="preload" href=(FONT) as="font" type="font/woff2" crossorigin;
            link rel="stylesheet" href=(STYLE);
            @if let Some(sheet) = &institution.sheet { link rel="stylesheet" href=(sheet); }
            link rel="icon" href=(ICON) type="image/svg+xml";
            script type="module" src=(SCRIPT) {}
        }
    }
}

fn banner(institution: &Institution) -> impl Renderable {
    maud! {
        div class="govuk-generic-header" {
            div class="govuk-width-container" {
                div class="govuk-generic-header__logo" {
                    a href=(paths::HOME) class="govuk-generic-header__homepage-link" {
                        @match &institution.logo {
                            // What it shows is said beside it.
                            Some(logo) => img class="fc-logo" src=(logo) alt="" height="40";,
                            None => (crest()),
                        }
                        span class="fc-org" { (&institution.organisation) " " small { (&institution.unit) } }
                    }
                }
            }
        }
    }
}

fn navigation(shell: &PublicShell<'_>) -> impl Renderable {
    maud! {
        div class="govuk-service-navigation" data-module="govuk-service-navigation" {
            div class="govuk-width-container" {
                div class="govuk-service-navigation__container" {
                    span class="govuk-service-navigation__service-name" {
                        a href=(paths::HOME) class="govuk-service-navigation__link" { (&shell.institution.service) }
                    }
                    nav aria-label="Menu" class="govuk-service-navigation__wrapper" {
                        button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
                            aria-controls="navigation" hidden aria-hidden="true" { "Menu" }
                        ul class="govuk-service-navigation__list" id="navigation" {
                            @for (section, path, words) in NAVIGATION { (entry(section == shell.active, path, words)) }
                        }
                    }
                }
            }
        }
    }
}

fn entry(is_active: bool, path: &'static str, words: &'static str) -> impl Renderable {
    let class = if is_active {
        "govuk-service-navigation__item govuk-service-navigation__item--active"
    } else {
        "govuk-service-navigation__item"
    };
    maud! {
        li class=(class) {
            a class="govuk-service-navigation__link" href=(path) aria-current=[is_active.then_some("page")] {
                @if is_active {
                    // Where no style arrives, the current page is still told apart.
                    strong class="govuk-service-navigation__active-fallback" { (words) }
                } @else {
                    (words)
                }
            }
        }
    }
}

fn footer(institution: &Institution) -> impl Renderable {
    maud! {
        footer class="fc-footer" {
            div class="govuk-width-container" {
                ul class="fc-footer__links" {
                    li { a class="govuk-link" href=(paths::CHANGES) { "You said, we did" } }
                    li { a class="govuk-link" href=(paths::ACCESSIBILITY) { "Accessibility" } }
                    li { a class="govuk-link" href=(paths::PRIVACY) { "Privacy: who sees your complaint" } }
                    li { a class="govuk-link" href=(paths::COOKIES) { "Cookies" } }
                    li { a class="govuk-link" href=(paths::CHECKPOINTS) { "Check our record" } }
                    li { a class="govuk-link" href=(paths::STAFF) { "Staff sign in" } }
                }
                p class="govuk-body-s govuk-!-margin-0 fc-muted" {
                    (&institution.unit) ", " (&institution.organisation) ". "
                    (&institution.front_line) " (" (&institution.phone_hours) "): " (institution.phone_link())
                }
            }
        }
    }
}
