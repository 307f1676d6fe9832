//! Which parts of a message are its words, where it says the same several times.

use crate::stream::Kind;

/// A part of the tree of a message that says something.
#[derive(Debug)]
pub(crate) enum Node {
    /// Parts that belong together.
    Parts(Kind, Vec<Node>),
    /// A text.
    Text(Text),
}

/// A text of the message.
#[derive(Debug)]
pub(crate) struct Text {
    /// Whether it is HTML.
    pub form: Form,
    /// The text, decoded.
    pub text: String,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As it is read.
    Plain,
    /// In HTML.
    Html,
}

impl Node {
    /// The texts that are its words, in order: of forms of the same, the plain one, and HTML where there is no other; what stands in Microsoft's own
    /// form only where there is nothing else.
    pub(crate) fn words(&self) -> Vec<&Text> {
        match self {
            Node::Text(text) if text.text.trim().is_empty() => Vec::new(),
            Node::Text(text) => vec![text],
            Node::Parts(Kind::Alternative | Kind::Tnef, nodes) => {
                let forms: Vec<Vec<&Text>> = nodes
                    .iter()
                    .map(Node::words)
                    .filter(|words| !words.is_empty())
                    .collect();
                let plain = forms
                    .iter()
                    .find(|words| words.iter().any(|text| text.form == Form::Plain));
                plain.or(forms.last()).cloned().unwrap_or_default()
            }
            Node::Parts(Kind::Mixed | Kind::Related | Kind::Digest, nodes) => {
                let (theirs, others): (Vec<&Node>, Vec<&Node>) = nodes
                    .iter()
                    .partition(|node| matches!(node, Node::Parts(Kind::Tnef, _)));
                let words: Vec<&Text> = others.into_iter().flat_map(Node::words).collect();
                if words.is_empty() {
                    theirs.into_iter().flat_map(Node::words).collect()
                } else {
                    words
                }
            }
        }
    }
}
