//! The icon set: sixteen-unit line drawings that take the colour of the words beside them.

use hypertext::{Buffer, Raw, prelude::*};

/// One icon. It is always decoration: the words beside it say the same thing, so assistive technology skips it.
///
/// Rendered as an `svg` with the class `fc-icon`, 16 by 16 CSS pixels unless a rule says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// A clock face: on track.
    Clock,
    /// A triangle with a mark: late, or a warning.
    Alert,
    /// A tick in a circle: done.
    Tick,
    /// A tick without a circle, for marks that have one.
    Check,
    /// An arrow in a circle: the date was extended.
    Extend,
    /// A half-filled circle: due today or tomorrow.
    Half,
    /// A padlock: only some people can see this.
    Lock,
    /// A paper plane: sent.
    Send,
    /// A tray: came in.
    Inbox,
    /// A magnifying glass.
    Search,
    /// A telephone.
    Phone,
    /// A speech balloon.
    Chat,
    /// An envelope.
    Mail,
    /// Head and shoulders.
    Person,
    /// A shield with a tick: who may see what.
    Shield,
    /// A flag.
    Flag,
    /// A sheet of paper with lines.
    Document,
    /// A pencil.
    Pencil,
}

impl Icon {
    const fn shapes(self) -> &'static str {
        match self {
            Self::Clock => r#"<circle cx="8" cy="8" r="6.2"/><path d="M8 4.4V8l2.4 1.7"/>"#,
            Self::Alert => r#"<path d="M8 1.8 15 14H1L8 1.8Z"/><path d="M8 6.2v3.6M8 11.6v.7"/>"#,
            Self::Tick => r#"<circle cx="8" cy="8" r="6.2"/><path d="m5 8.2 2.1 2.1L11 6.2"/>"#,
            Self::Check => r#"<path d="m3.4 8.4 3 3L12.6 5"/>"#,
            Self::Extend => r#"<circle cx="8" cy="8" r="6.2"/><path d="M5 8h6M8.8 5.8 11 8l-2.2 2.2"/>"#,
            Self::Half => {
                r#"<circle cx="8" cy="8" r="6.2"/><path d="M8 1.8a6.2 6.2 0 0 1 0 12.4Z" fill="currentColor" stroke="none"/>"#
            }
            Self::Lock => {
                r#"<rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2"/>"#
            }
            Self::Send => r#"<path d="M14 2 7 9M14 2 9.6 14 7 9 2 6.4 14 2Z"/>"#,
            Self::Inbox => r#"<path d="M2 9.5 4 3h8l2 6.5V13H2V9.5Z"/><path d="M2 9.5h3.4L6.5 11h3l1.1-1.5H14"/>"#,
            Self::Search => r#"<circle cx="7" cy="7" r="4.6"/><path d="m10.5 10.5 3.6 3.6"/>"#,
            Self::Phone => {
                r#"<path d="M5.2 2.2 6.6 5 5.2 6.6a8 8 0 0 0 4.2 4.2L11 9.4l2.8 1.4v2.6a.8.8 0 0 1-.9.8A11.2 11.2 0 0 1 1.8 3.1a.8.8 0 0 1 .8-.9h2.6Z"/>"#
            }
            Self::Chat => r#"<path d="M2 3.2h12v7.6H8l-3.4 2.6v-2.6H2V3.2Z"/>"#,
            Self::Mail => {
                r#"<rect x="1.8" y="3.2" width="12.4" height="9.6" rx="1.4"/><path d="m2.4 4.4 5.6 4.4 5.6-4.4"/>"#
            }
            Self::Person => r#"<circle cx="8" cy="5" r="2.8"/><path d="M2.6 14a5.4 5.4 0 0 1 10.8 0"/>"#,
            Self::Shield => {
                r#"<path d="M8 1.6 13.4 4v4c0 3.2-2.2 5.4-5.4 6.6C4.8 13.4 2.6 11.2 2.6 8V4L8 1.6Z"/><path d="m5.6 8 1.7 1.7 3.2-3.4"/>"#
            }
            Self::Flag => r#"<path d="M3.4 14.4V2.2H12l-1.8 3.2L12 8.6H3.4"/>"#,
            Self::Document => r#"<path d="M3.4 1.8h6.2l3 3v9.4H3.4V1.8Z"/><path d="M5.8 7.4h4.4M5.8 10.4h4.4"/>"#,
            Self::Pencil => r#"<path d="m2.4 13.6.7-3.2 7.6-7.6 2.5 2.5-7.6 7.6-3.2.7Z"/>"#,
        }
    }
}

impl Renderable for Icon {
    fn render_to(&self, buffer: &mut Buffer) {
        // XSS SAFETY: every part is a literal of this file.
        let svg = buffer.dangerously_get_string();
        svg.push_str(r#"<svg class="fc-icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">"#);
        svg.push_str(self.shapes());
        svg.push_str("</svg>");
    }
}

/// The icon, for templates that read better with a call: `(icon(Icon::Lock))`.
pub fn icon(which: Icon) -> impl Renderable {
    which
}

/// The service's mark, for dark headers: 34 units square, class `fc-crest`.
pub fn crest() -> impl Renderable {
    // XSS SAFETY: a literal.
    Raw::dangerously_create(
        r##"<svg class="fc-crest" viewBox="0 0 34 34" aria-hidden="true" focusable="false"><rect width="34" height="34" rx="8" fill="#fff" fill-opacity=".14"/><path d="M8 9h18v12.5h-8.5L12 26v-4.5H8V9Z" fill="none" stroke="#fff" stroke-width="2.2" stroke-linejoin="round"/><path d="m13 15.3 3 2.9 5.4-5.6" fill="none" stroke="#ffbf3d" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>"##,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_is_hidden_from_assistive_technology() {
        let html = Icon::Lock.render().into_inner();
        assert!(html.starts_with("<svg class=\"fc-icon\""));
        assert!(html.contains("aria-hidden=\"true\"") && html.contains("<rect x=\"3\""));
    }
}
