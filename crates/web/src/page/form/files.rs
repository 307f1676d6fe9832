//! Files in a form: a plain file field with its limits in words, and what we have already from an earlier try.

use std::borrow::Cow;

use hypertext::{Buffer, prelude::*};
use rules::files::Limits;

use super::errors::Errors;
use super::field::LabelSize;

/// The field, as forms send it.
const NAME: &str = "files";
/// The field that names files to leave out again.
const LEAVE_OUT: &str = "leave_out";
/// What every form says of what is not taken.
const NOT_TAKEN: &str = "Not programs, web pages or documents with macros.";

/// How a form with files is sent.
pub(crate) const MULTIPART: &str = "multipart/form-data";

/// Files that came with a form which had to wait: no page can hold them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChooseAgain {
    /// Their names.
    pub names: Vec<String>,
    /// What we have already, from an earlier try.
    pub received: Vec<FileReceived>,
    /// What may be sent, in a sentence.
    pub limits: String,
}

impl ChooseAgain {
    /// These files, and what we have already; nothing if there are none.
    pub(crate) fn of(names: &[String], received: Vec<FileReceived>, limits: &Limits) -> Option<ChooseAgain> {
        (!names.is_empty() || !received.is_empty()).then(|| ChooseAgain {
            names: names.to_vec(),
            received,
            limits: limits.words(),
        })
    }

    /// That they could not be kept, in words; nothing where we have them all.
    pub(crate) fn words(&self) -> Option<String> {
        (!self.names.is_empty()).then(|| not_kept(&self.names, "before you send"))
    }

    /// The field to choose them in.
    pub(crate) fn field(&self) -> FileInput<'_> {
        let label = if self.names.is_empty() {
            "More files"
        } else {
            "Choose your files again"
        };
        FileInput::new(label, self.limits.as_str())
            .size(LabelSize::Small)
            .received(&self.received)
    }

    /// Two files.
    pub fn sample() -> Self {
        Self {
            names: vec!["router.jpg".to_owned(), "log.txt".to_owned()],
            received: Vec::new(),
            limits: Limits::default().words(),
        }
    }
}

/// That files could not be kept, and when to choose them again.
pub(crate) fn not_kept(names: &[String], when: &str) -> String {
    let (files, it) = if names.len() == 1 {
        ("file", "it")
    } else {
        ("files", "them")
    };
    format!(
        "Your {files} could not be kept: {}. Choose {it} again {when}.",
        names.join(", ")
    )
}

/// A file that we have already, because the form came once before and was shown again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReceived {
    /// Its opaque name.
    pub id: String,
    /// "screenshot.png".
    pub name: String,
    /// "PNG picture, 214 KB".
    pub about: String,
}

/// A file field. There is one in a form, and the form needs `enctype="multipart/form-data"`.
#[derive(Debug, Clone)]
pub struct FileInput<'a> {
    label: Cow<'a, str>,
    size: LabelSize,
    limits: Cow<'a, str>,
    received: &'a [FileReceived],
    errors: Vec<&'a str>,
}

impl<'a> FileInput<'a> {
    /// A field with its limits in a sentence: "Up to 10 files, each smaller than 25 MB, together no more than 100 MB."
    pub fn new(label: impl Into<Cow<'a, str>>, limits: impl Into<Cow<'a, str>>) -> Self {
        Self {
            label: label.into(),
            size: LabelSize::Plain,
            limits: limits.into(),
            received: &[],
            errors: Vec::new(),
        }
    }

    /// How large the label is.
    #[must_use]
    pub const fn size(mut self, size: LabelSize) -> Self {
        self.size = size;
        self
    }

    /// What we have already.
    #[must_use]
    pub const fn received(mut self, received: &'a [FileReceived]) -> Self {
        self.received = received;
        self
    }

    /// Everything that is wrong with files, one sentence each.
    #[must_use]
    pub fn errors(mut self, errors: &'a Errors) -> Self {
        self.errors = errors
            .iter()
            .filter(|error| error.field == NAME)
            .map(|error| error.message.as_str())
            .collect();
        self
    }

    fn kept(&self) -> impl Renderable {
        maud! {
            @if !self.received.is_empty() {
                fieldset class="govuk-fieldset govuk-!-margin-bottom-4" aria-describedby="received-hint" {
                    legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "We have these already" }
                    div id="received-hint" class="govuk-hint" { "You need not choose them again. Tick a file to leave it out." }
                    div class="govuk-checkboxes govuk-checkboxes--small" {
                        @for (at, file) in self.received.iter().enumerate() {
                            div class="govuk-checkboxes__item" {
                                input class="govuk-checkboxes__input" id={ "received-" (at) } name=(LEAVE_OUT) type="checkbox" value=(&file.id);
                                label class="govuk-label govuk-checkboxes__label" for={ "received-" (at) } {
                                    "Leave out " span class="fc-file" { (&file.name) } " " span class="fc-muted" { (&file.about) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl Renderable for FileInput<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        let wrong = !self.errors.is_empty();
        let group = match wrong {
            true => "govuk-form-group govuk-form-group--error",
            false => "govuk-form-group",
        };
        let described = if wrong { "files-hint files-error" } else { "files-hint" };
        maud! {
            (self.kept())
            div class=(group) {
                label class=(self.size.label_class()) for=(NAME) { (&*self.label) }
                div id="files-hint" class="govuk-hint" { (&*self.limits) " " (NOT_TAKEN) }
                @if wrong {
                    div id="files-error" {
                        @for words in &self.errors {
                            p class="govuk-error-message" { span class="govuk-visually-hidden" { "Error: " } (words) }
                        }
                    }
                }
                input class="govuk-file-upload" id=(NAME) name=(NAME) type="file" multiple aria-describedby=(described);
            }
        }
        .render_to(buffer);
    }
}
