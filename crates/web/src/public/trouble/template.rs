//! Draws the pages for when something went wrong.

use hypertext::prelude::*;

use super::{KeptForm, Trouble, TroublePage};
use crate::{
    page::{
        form::{Button, LabelSize, MULTIPART, Textarea, hidden},
        icon::Icon,
        public_shell::{Institution, PublicShell, public_page},
    },
    public::paths,
};

/// Draws the page. Its status is [`Trouble::status`].
pub fn trouble(institution: &Institution, page: &TroublePage) -> Rendered<String> {
    let heading = heading(page);
    let shell = PublicShell::new(institution, heading);
    let body = maud! {
        div class="fc-form" {
            h1 class="govuk-heading-xl" { (heading) }
            (words(institution, page))
            @match &page.kept {
                Some(form) => { (kept(form)) }
                None => { p class="govuk-body" { a class="govuk-link" href=(paths::HOME) { "Go to the start" } } }
            }
        }
    };
    public_page(&shell, body)
}

const fn heading(page: &TroublePage) -> &'static str {
    match (&page.what, &page.kept) {
        (Trouble::NotFound, _) => "We cannot find that page",
        (Trouble::HandoverOver, _) => "This link does not open a complaint any more",
        (Trouble::Forbidden, _) => "We could not accept that",
        (Trouble::TooMany { .. }, _) => "Wait a little",
        (Trouble::Broken { .. }, Some(_)) => "We could not save that",
        (Trouble::Broken { .. }, None) => "Something went wrong",
        (Trouble::Busy, Some(_)) => "We could not save that yet",
        (Trouble::Busy, None) => "We are very busy just now",
        (Trouble::NotNow, Some(_)) => "We cannot save that just now",
        (Trouble::NotNow, None) => "We cannot do that just now",
        (Trouble::TooSlow | Trouble::TooSlowToSave, _) => "That took too long",
        (Trouble::Closed { .. }, _) => "We are working on this service",
        (Trouble::TooLarge, _) => "That is more than we can take at once",
        (Trouble::TimedOut, _) => "You were away for a while",
    }
}

fn words(institution: &Institution, page: &TroublePage) -> impl Renderable {
    let is_kept = page.kept.is_some();
    maud! {
        @match &page.what {
            Trouble::NotFound => {
                p class="govuk-body" { "If you typed the address, check it. If you pasted it, check that you copied all of it." }
                p class="govuk-body" {
                    "If you followed a link in an email from us, it may be an old one: "
                    a class="govuk-link" href=(paths::TRACK) { "use your reference and code" } ", or call " (institution.phone_link()) "."
                }
            }
            Trouble::HandoverOver => { (handover_over(institution)) }
            Trouble::Forbidden => {
                p class="govuk-body" { "The form did not come from our own page. Go back, load the page again and send it once more." }
                p class="govuk-body" { "If this goes on, call " (institution.phone_link()) " (" (&institution.phone_hours) ")." }
            }
            Trouble::TooMany { wait } => {
                p class="govuk-body" {
                    "We had a lot from your part of the network in a short time. Wait " (wait) " and try again, or call "
                    (institution.phone_link()) " (" (&institution.phone_hours) ")."
                }
            }
            Trouble::Broken { number } => { (broken(institution, number.as_deref(), is_kept)) }
            Trouble::Busy => {
                p class="govuk-body" {
                    "A great many people are writing to us at this moment. "
                    @if is_kept { "Your words are still here: wait a few seconds and send them again." }
                    @else { "Wait a few seconds and try again." }
                    " Or call " (institution.phone_link()) " (" (&institution.phone_hours) ")."
                }
            }
            Trouble::NotNow => {
                p class="govuk-body" {
                    "Something that this service needs is not working at the moment. It is our side, not yours. "
                    @if is_kept { "Your words are kept on this page: leave it open, and send them again in a few minutes. However often you send them, we keep them once." }
                    @else { "Try again in a few minutes." }
                }
                (call(institution))
            }
            Trouble::TooSlow => { (too_slow(institution)) }
            Trouble::TooSlowToSave => { (too_slow_to_save(institution)) }
            Trouble::Closed { until } => {
                p class="govuk-body" {
                    @match until {
                        Some(until) => { "It is back by " (until) "." }
                        None => { "It is back soon." }
                    }
                    " You can still complain: call " (institution.phone_link()) " (" (&institution.phone_hours) ")"
                    (institution.or_write()) "."
                }
            }
            Trouble::TooLarge => {
                p class="govuk-body" {
                    "Nothing was sent yet. An answer can have up to 200,000 characters, which is about eighty pages. "
                    @if is_kept { "Your words are still here: shorten them and send again, and bring the rest as a file." }
                    @else { "Go back, shorten your words and send again." }
                }
                p class="govuk-body" { "Or call " (institution.phone_link()) " (" (&institution.phone_hours) ")." }
            }
            Trouble::TimedOut => {
                p class="govuk-body" { "Your words are still here. Send when you are ready." }
            }
        }
    }
}

fn handover_over(institution: &Institution) -> impl Renderable {
    maud! {
        p class="govuk-body" { "If somebody else deals with the complaint now, there is nothing more for you to do. Our letter then counts no longer." }
        p class="govuk-body" {
            "If it is still yours, check that you copied all of the link, or call " (institution.phone_link()) " (" (&institution.phone_hours)
            ") and give the reference."
        }
    }
}

fn too_slow(institution: &Institution) -> impl Renderable {
    maud! {
        p class="govuk-body" { "We could not show you that page in time. It is our side, not yours. Load it again in a minute." }
        (call(institution))
    }
}

fn too_slow_to_save(institution: &Institution) -> impl Renderable {
    maud! {
        p class="govuk-body" { "We are not sure that what you sent was saved. It is our side, not yours." }
        p class="govuk-body" {
            "Load this page again in a minute. Your browser asks whether to send the form once more: say yes. However often you send it, \
             we keep it once."
        }
        (call(institution))
    }
}

fn call(institution: &Institution) -> impl Renderable {
    maud! {
        p class="govuk-body" {
            "If you do not want to wait, call " (institution.phone_link()) " (" (&institution.phone_hours) ")"
            (institution.or_write()) "."
        }
    }
}

fn broken<'a>(institution: &'a Institution, number: Option<&'a str>, is_kept: bool) -> impl Renderable {
    maud! {
        p class="govuk-body" {
            @if is_kept { "Sorry, we could not save that. Your words are still here. " }
            @else { "Sorry, this is our mistake, not yours. " }
            "Try again, or call " (institution.phone_link()) " (" (&institution.phone_hours) ")."
        }
        @if let Some(number) = number {
            p class="govuk-body" { "If you call, give this number: " strong class="fc-ref" { (number) } }
        }
    }
}

fn kept(form: &KeptForm) -> impl Renderable {
    maud! {
        form action=(&form.action) method="post" enctype=[form.choose_again.as_ref().map(|_| MULTIPART)] novalidate {
            (hidden("key", &form.key))
            @for field in &form.fields {
                @match &field.label {
                    Some(label) => { (Textarea::new(&field.name, label).size(LabelSize::Medium).rows(6).value(&field.value)) }
                    None => { (hidden(&field.name, &field.value)) }
                }
            }
            @if !form.files.is_empty() {
                p class="govuk-body" {
                    "We have your files too: " span class="fc-file" { (form.files.join(", ")) } "."
                }
            }
            @if let Some(again) = &form.choose_again {
                @if let Some(words) = again.words() {
                    div class="fc-notice" {
                        (Icon::Alert)
                        p class="govuk-body fc-file" { (words) }
                    }
                }
                (again.field())
            }
            (Button::new(&form.button))
        }
    }
}
