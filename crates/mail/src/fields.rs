//! Fields as heads and delivery reports have them: a name, a colon, a value that may go on over the next lines (RFC 5322, 2.2).

use mail_parser::Message;

/// Fields in their order; names in lower case, values on one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields of a message's own head, not decoded.
    pub(crate) fn of_head(message: &Message<'_>) -> Self {
        Self(
            message
                .headers_raw()
                .map(|(name, value)| (name.to_lowercase(), one_line(value)))
                .collect(),
        )
    }

    /// The fields of a text; lines that are none are passed over.
    pub(crate) fn of_text(text: &str) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in text.lines() {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = field(line) {
                fields.push((name.to_lowercase(), value.trim().to_owned()));
            }
        }
        Self(fields)
    }

    /// The first value of a field that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).find(|value| !value.is_empty())
    }

    /// Every value of a field.
    pub(crate) fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// True when there is such a field, even an empty one.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }
}

/// The name and the value of a line, if it is the first line of a field.
pub(crate) fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end();
    let fits = (1..=60).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    fits.then_some((name, value))
}

/// What stands between the first angle brackets, or the whole: the number of a message, an address.
pub(crate) fn in_brackets(value: &str) -> &str {
    let inside = value.split_once('<').map_or(value, |(_, rest)| rest);
    inside.split('>').next().unwrap_or(inside).trim()
}

fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}
