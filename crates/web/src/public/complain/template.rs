//! Draws the complaint form.

use hypertext::prelude::*;

use super::{AboutStaff, ComplainPage, LONGEST_WORDS_CHARACTERS, REPLY, WHO};
use crate::{
    page::{
        form::{
            Button, ButtonStyle, Checkboxes, Choice, FileInput, InputKind, LabelSize, Layout, Open, Radios, Select,
            TextInput, Textarea, Width, details, error_summary, fieldset, hidden,
        },
        icon::Icon,
        public_shell::{Institution, PublicShell, Section, public_page},
    },
    public::paths,
};

/// The complaint form.
pub fn complain(institution: &Institution, page: &ComplainPage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "Make a complaint")
        .active(Section::Complain)
        .errors(&page.errors);
    let body = maud! {
        a href=(paths::HOME) class="govuk-back-link govuk-!-margin-top-0" { "Back" }
        div class="fc-two" {
            div class="fc-form" {
                (error_summary(&page.errors))
                h1 class="govuk-heading-xl" { "Make a complaint" }
                form action=(paths::COMPLAIN) method="post" enctype="multipart/form-data" novalidate {
                    (hidden("key", &page.key))
                    (the_complaint(page))
                    (reach(page))
                    (more(page))
                    div class="fc-reassure" {
                        (Icon::Shield)
                        p class="govuk-body-s" {
                            "Only staff who deal with complaints can open it. We do not share your name outside "
                            (&institution.unit) " unless you agree. Complaining never affects your studies or your job. "
                            a class="govuk-link" href=(paths::PRIVACY) { "Who can see your complaint" }
                        }
                    }
                    (Button::new("Send complaint").style(ButtonStyle::Large))
                }
            }
            div { (beside(institution)) }
        }
    };
    public_page(&shell, body)
}

fn the_complaint(page: &ComplainPage) -> impl Renderable {
    maud! {
        (Textarea::new("what", "What went wrong?")
            .size(LabelSize::Medium)
            .hint("Use your own words. It helps to say when and where it happened, and how it affected you.")
            .rows(7)
            .limit(LONGEST_WORDS_CHARACTERS)
            .value(&page.what)
            .error(page.errors.on("what")))
        (Textarea::new("want", "What would put it right? (optional)")
            .size(LabelSize::Medium)
            .hint("For example an apology, an explanation, a fix, or a change so it does not happen to someone else.")
            .rows(3)
            .value(&page.want)
            .error(page.errors.on("want")))
        (Checkboxes::new(
                "named",
                "Is this about a particular member of staff?",
                vec![Choice::new("yes", "Yes, keep it from that person and from the Helpline").hint(
                    "Only the complaints coordinator, a senior manager and the manager who deals with it can read it. Say who it is about, \
                     or describe them. You still get a reference and a decision.",
                )],
            )
            .size(LabelSize::Medium)
            .chosen((page.about_staff == AboutStaff::Yes).then_some("yes"))
            .error(page.errors.on("named")))
    }
}

fn reach(page: &ComplainPage) -> impl Renderable {
    let who = [("", "I would rather not say")].into_iter().chain(WHO);
    fieldset(
        "reach",
        "About you (optional)",
        LabelSize::Medium,
        Some("Leave all of this blank to stay anonymous. You can still read our reply on this website with a code."),
        maud! {
            (TextInput::new("name", "Name")
                .kind(InputKind::Name)
                .autocomplete("name")
                .width(Width::TwoThirds)
                .value(&page.name)
                .error(page.errors.on("name")))
            (TextInput::new("email", "Email address")
                .kind(InputKind::Email)
                .autocomplete("email")
                .width(Width::TwoThirds)
                .value(&page.email)
                .error(page.errors.on("email")))
            (TextInput::new("phone", "Phone number")
                .kind(InputKind::Phone)
                .autocomplete("tel")
                .width(Width::Half)
                .value(&page.phone)
                .error(page.errors.on("phone")))
            (Select::new("who", "Which of these are you?", who.clone())
                .width(Width::Half)
                .chosen(&page.who)
                .error(page.errors.on("who")))
            (Radios::new("reply", "How shall we reply?", choices(&REPLY))
                .layout(Layout::Small)
                .chosen(&page.reply)
                .error(page.errors.on("reply")))
            (TextInput::new("acting_for", "If you are writing for someone else, who is it?")
                .hint("We ask them before we tell you anything private about them.")
                .kind(InputKind::Name)
                .width(Width::TwoThirds)
                .value(&page.acting_for)
                .error(page.errors.on("acting_for")))
        },
    )
}

fn more(page: &ComplainPage) -> impl Renderable {
    let open = if page.more_is_used() {
        Open::FromTheStart
    } else {
        Open::WhenAsked
    };
    details(
        "Add files, a job number or contact needs (optional)",
        open,
        maud! {
            (FileInput::new("Files", page.file_limits.as_str())
                .size(LabelSize::Small)
                .received(&page.received)
                .errors(&page.errors))
            (TextInput::new("job", "Helpline job number")
                .hint("If you have already reported this. For example, F0123456.")
                .kind(InputKind::Reference)
                .width(Width::Characters(20))
                .value(&page.job)
                .error(page.errors.on("job")))
            (Textarea::new("needs", "Is there anything we should do differently when we contact you?")
                .hint("For example large print, or only by text message.")
                .rows(2)
                .value(&page.needs)
                .error(page.errors.on("needs")))
        },
    )
}

fn choices<'a>(pairs: &[(&'a str, &'a str)]) -> Vec<Choice<'a>> {
    pairs.iter().map(|(value, words)| Choice::new(*value, *words)).collect()
}

fn beside(institution: &Institution) -> impl Renderable {
    maud! {
        aside class="fc-aside" aria-labelledby="talk-heading" {
            h2 class="govuk-heading-s" id="talk-heading" { "Rather talk to someone?" }
            p class="govuk-body-s" {
                "Call " (institution.phone_link()) ", " (&institution.phone_hours) ". We fill this in for you and read it back."
            }
            h2 class="govuk-heading-s" { "In a hurry?" }
            p class="govuk-body-s" {
                "Answer only the first question and send it. You can add the rest later with your receipt code."
            }
            @if let Some(emergency) = &institution.emergency {
                h2 class="govuk-heading-s" { "Cannot wait?" }
                p class="govuk-body-s" { (emergency) }
            }
        }
    }
}
