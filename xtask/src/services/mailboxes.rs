//! Whose letters a mail server takes, refuses or puts off: a line for each address, and the tables that Postfix reads.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::shell::{Failure, Outcome};

/// The addresses that there are, and what is said to whoever writes to each.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Addresses(Vec<(String, Answer)>);

/// What is said to whoever writes to an address.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    /// The letter is taken.
    Taken,
    /// Not now: it is taken when it comes again.
    PutOff,
    /// These words, which begin with their code.
    Refused(String),
}

impl Addresses {
    /// Those where none are named.
    pub(super) fn usual() -> Outcome<Addresses> {
        Self::read(include_str!("../../services/mail/mailboxes"))
    }

    /// One address a line, then nothing, "put off", or the code and the words with which it is refused.
    ///
    /// # Errors
    /// Names the first line that is none of these.
    pub(super) fn read(text: &str) -> Outcome<Addresses> {
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.map(Self::line).collect::<Outcome<_>>().map(Addresses)
    }

    fn line(line: &str) -> Outcome<(String, Answer)> {
        let (address, answer) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let answer = match answer.trim() {
            "" => Answer::Taken,
            "put off" => Answer::PutOff,
            words if words.starts_with('5') => Answer::Refused(words.to_owned()),
            other => {
                return Err(Failure::new(format!(
                    "{address}: \"{other}\" is neither \"put off\" nor a refusal that begins with its code"
                )));
            }
        };
        match address.split_once('@') {
            Some((_, domain)) if !domain.is_empty() => Ok((address.to_owned(), answer)),
            _ => Err(Failure::new(format!("{address} is not an address"))),
        }
    }

    /// The domains that the server takes letters for.
    pub(super) fn domains(&self) -> String {
        let all = self.0.iter().filter_map(|(address, _)| address.split_once('@'));
        let once: BTreeSet<&str> = all.map(|(_, domain)| domain).collect();
        once.into_iter().collect::<Vec<_>>().join(" ")
    }

    /// For Postfix: which folder is whose. The last slash makes it a Maildir.
    pub(super) fn mailboxes(&self) -> String {
        self.0.iter().fold(String::new(), |mut all, (address, _)| {
            let _ = writeln!(all, "{address} {address}/");
            all
        })
    }

    /// For Postfix: who is not simply taken.
    pub(super) fn answers(&self) -> String {
        self.0.iter().fold(String::new(), |mut all, (address, answer)| {
            let _ = match answer {
                Answer::Taken => Ok(()),
                Answer::PutOff => writeln!(all, "{address} put_off"),
                Answer::Refused(words) => writeln!(all, "{address} {words}"),
            };
            all
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_says_what_becomes_of_its_letters() {
        let addresses = Addresses::usual().expect("the usual ones can be read");
        assert_eq!(addresses.domains(), "office.example");
        assert!(
            addresses
                .mailboxes()
                .contains("grace.obi@office.example grace.obi@office.example/\n")
        );
        assert_eq!(
            addresses.answers(),
            "later@office.example put_off\nfull@office.example 552 5.2.2 the mailbox is full\n\
             gone@office.example 550 5.1.1 no such mailbox\n"
        );
    }

    #[test]
    fn a_line_that_says_something_else_is_refused_by_name() {
        for (line, why) in [
            ("a@office.example 250 fine", "250 fine"),
            ("nobody 550 no", "not an address"),
            ("nobody@ put off", "not an address"),
        ] {
            let refused = Addresses::read(line).expect_err("no such line");
            assert!(refused.to_string().contains(why), "{refused}");
        }
    }
}
