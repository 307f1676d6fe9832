//! A field for one file that belongs to a setting: a plain file field with a hint and its error.

use hypertext::prelude::*;

/// A field for one file. Its form needs `enctype="multipart/form-data"`.
#[derive(Debug, Clone, Copy)]
pub struct OneFile<'a> {
    /// The name by which the form sends it.
    pub name: &'a str,
    /// Its label.
    pub label: &'a str,
    /// What may be chosen.
    pub hint: &'a str,
    /// What browsers offer first: ".toml".
    pub accept: &'a str,
    /// What to do about it.
    pub error: Option<&'a str>,
}

impl Renderable for OneFile<'_> {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        let (hint, error) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let described = match self.error {
            Some(_) => format!("{hint} {error}"),
            None => hint.clone(),
        };
        maud! {
            div.govuk-form-group.govuk-form-group--error[self.error.is_some()] {
                label.govuk-label.govuk-label--s for=(self.name) { (self.label) }
                div.govuk-hint id=(hint) { (self.hint) }
                @if let Some(words) = self.error {
                    p.govuk-error-message id=(error) { span.govuk-visually-hidden { "Error: " } (words) }
                }
                input.govuk-file-upload id=(self.name) type="file" name=(self.name) accept=(self.accept)
                    aria-describedby=(described);
            }
        }
        .render_to(out);
    }
}
