//! Small round labels: one idea each, said in words.

use hypertext::prelude::*;

/// A label with a tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// What it says.
    pub label: String,
    /// Its colour. The words must be enough without it.
    pub tone: Tone,
}

/// The tones of a label, a filter or a group of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The stage of a case.
    Brand,
    /// Plain facts.
    Grey,
    /// Soon, or a risk.
    Warn,
    /// Late, or wrong.
    Bad,
    /// Done.
    Good,
    /// Staff only, such as VIP.
    Staff,
}

impl Tag {
    /// A label that says `label`.
    pub fn new(label: &str, tone: Tone) -> Self {
        Self {
            label: label.to_owned(),
            tone,
        }
    }
}

impl Renderable for Tag {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! { strong.govuk-tag.[self.tone.tag_class()] { (self.label) } }.render_to(out);
    }
}

impl Tone {
    fn tag_class(self) -> Option<&'static str> {
        match self {
            Self::Brand => None,
            Self::Grey => Some("govuk-tag--grey"),
            Self::Warn => Some("govuk-tag--yellow"),
            Self::Bad => Some("govuk-tag--red"),
            Self::Good => Some("govuk-tag--green"),
            Self::Staff => Some("govuk-tag--purple"),
        }
    }

    /// The class that colours a filter or a group heading; only pressing tones have one.
    pub(crate) fn pressing_class(self) -> Option<&'static str> {
        match self {
            Self::Warn => Some("is-warn"),
            Self::Bad => Some("is-bad"),
            Self::Brand | Self::Grey | Self::Good | Self::Staff => None,
        }
    }
}

/// A row of labels.
pub fn tags(tags: &[Tag]) -> impl Renderable {
    maud! {
        @if !tags.is_empty() {
            p.fc-tags { @for tag in tags { (tag) " " } }
        }
    }
}
