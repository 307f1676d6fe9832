//! Lines that flow (RFC 3676): what the sender's program broke is joined again.

use crate::stream::LineForm;

/// The text with its paragraphs whole. Lines of a quotation stay marked as such.
pub(crate) fn joined(text: &str, form: LineForm) -> String {
    if form == LineForm::Fixed {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    // The depth of the line that goes on, if one does.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let is_signature = content == "-- ";
        let goes_on = content.ends_with(' ') && !is_signature;
        if open == Some(depth) && !is_signature {
            // Goes on behind what stands there.
        } else {
            if open.is_some() {
                out.push('\n');
            }
            out.extend(std::iter::repeat_n('>', depth));
            if depth > 0 {
                out.push(' ');
            }
        }
        let joins_without_space = goes_on && form == LineForm::FlowedDelSp;
        out.push_str(if joins_without_space {
            &content[..content.len() - 1]
        } else {
            content
        });
        open = goes_on.then_some(depth);
        if !goes_on {
            out.push('\n');
        }
    }
    out
}
