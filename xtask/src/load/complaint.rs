//! Complaints as the form of the public site sends them: invented, each with a number of its own.

use std::path::Path;

use crate::http::{Answer, Connection, Request};
use crate::shell::{Failure, Outcome};

/// Texts that the benches share, from the root of the project: one a line.
const TEXTS: &str = "crates/casework/examples/complaints.txt";

/// Forms to send.
pub(crate) struct Complaints {
    /// Encoded as a form's field is.
    texts: Vec<String>,
    /// Part of every key, so that no two loads send the same form.
    name: String,
}

impl Complaints {
    /// The texts of the project at `root`, under a name that no other load of the same server has.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(crate) fn read(root: &Path, name: &str) -> Outcome<Complaints> {
        let texts = std::fs::read_to_string(root.join(TEXTS)).map_err(Failure::during(TEXTS))?;
        Ok(Complaints {
            texts: texts.lines().map(encoded).collect(),
            name: name.to_owned(),
        })
    }

    /// The form with a number, to be answered at `sender-NUMBER@students.example`.
    pub(crate) fn form(&self, number: usize) -> String {
        let text = &self.texts[number % self.texts.len()];
        let name = &self.name;
        format!(
            "key={name}n{number}&what={text}+This+is+my+message+number+{number}.&want=A+second+try\
             &who=student&name=Sender+{number}&email=sender-{number}%40students.example&reply=email"
        )
    }

    /// Sends it.
    ///
    /// # Errors
    /// When the connection breaks.
    pub(crate) fn send(&self, connection: &mut Connection, number: usize) -> Outcome<Answer> {
        Ok(connection.send(&Request {
            path: "/complain",
            form: Some(&self.form(number)),
            ..Request::default()
        })?)
    }
}

/// Text as a field of a form: letters and digits as they are, space as a plus sign, every other byte as its number.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_encoded_so_that_it_ends_no_field() {
        assert_eq!(encoded("a & b=c é"), "a+%26+b%3Dc+%C3%A9");
    }
}
