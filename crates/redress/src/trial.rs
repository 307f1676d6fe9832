//! What a trial of mail looks at, as the configuration describes it.

use std::collections::BTreeMap;
use std::time::Duration;

use channels::email::Transport;
use channels::email::inbound::lmtp::Addresses;
use channels::trial::{Expected, Own, Parts, Sender, Sending, Server};

use crate::chain;
use crate::config::{Email, EmailMode, Mail};
use crate::outgoing;

/// How long a message may take to come back, where nobody says otherwise.
pub(crate) const WAIT: Duration = Duration::from_secs(60);

/// Everything that is tried; what cannot be used stands there with the reason.
pub(crate) fn parts(email: &Email, mail: Option<&Mail>, wait: Duration) -> Parts {
    let mailboxes = mail.into_iter().flat_map(|mail| {
        mail.mailbox.iter().map(|mailbox| {
            let settings = mailbox.settings(mail.size_limit()).map_err(|error| chain(&*error));
            (mailbox.name.clone(), settings)
        })
    });
    Parts {
        mailboxes: mailboxes.collect(),
        door: mail.and_then(|mail| mail.listen.clone()),
        sending: sending(email),
        addresses: addresses(email, mail),
        sender: Sender {
            address: email.from.clone(),
            name: email.from_name.clone(),
            reports_to: email.return_path.clone().unwrap_or_default(),
        },
        signed_as: email
            .dkim
            .as_ref()
            .map(|dkim| (dkim.selector.clone(), dkim.domain.clone())),
        wait,
    }
}

fn sending(email: &Email) -> Sending {
    if let (EmailMode::LetterBox, Some(folder)) = (email.mode, &email.folder) {
        return Sending::Folder(folder.clone());
    }
    let server = outgoing::smtp(email).and_then(|settings| {
        let transport = Transport::smtp(&settings)?;
        Ok(Server { settings, transport })
    });
    match server {
        Ok(server) => Sending::Server(Box::new(server)),
        Err(error) => Sending::Nowhere(chain(&*error)),
    }
}

/// Each address of ours once, in the order of the alphabet, with all that it is for.
fn addresses(email: &Email, mail: Option<&Mail>) -> Vec<Own> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |address: &str, what: &str| {
        all.entry(address.to_lowercase()).or_default().push(what.to_owned());
    };
    let Some(mail) = mail else {
        return Vec::new();
    };
    for address in &mail.addresses {
        add(address, "People write to it");
    }
    let answers = email.reply_to.as_ref().unwrap_or(&email.from);
    let reports = email.return_path.as_ref().unwrap_or(&email.from);
    add(&with_plus(email, answers), "Answers to letters go to it");
    add(&with_plus(email, reports), "Reports about letters go to it");
    let ours = Addresses::new(&mail.addresses);
    let expected = |address: &str| match ours.hold(address) {
        true => Expected::Here,
        false => Expected::Elsewhere,
    };
    all.into_iter()
        .map(|(address, what)| Own {
            for_what: what.join("; "),
            expected: expected(&address),
            address,
        })
        .collect()
}

/// Where letters name themselves behind a plus, it is such an address that must arrive.
fn with_plus(email: &Email, address: &str) -> String {
    match address.rsplit_once('@').filter(|_| email.plus) {
        Some((local, domain)) => format!("{local}+test@{domain}"),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tests::with_two;

    #[test]
    fn each_address_is_tried_once_and_as_letters_use_it() {
        let from = "from = \"feedback@example.ac.uk\"";
        let email = format!("{from}\nreply_to = \"Complaints@example.ac.uk\"\nplus = true");
        let mail = "[mail]\naddresses = [\"feedback@example.ac.uk\"]\n# [mail]\n";
        let config = with_two((from, &email), ("# [mail]\n", mail)).expect("a good file");
        let found: Vec<(String, Expected)> = addresses(&config.email, config.mail.as_ref())
            .into_iter()
            .map(|own| (own.address, own.expected))
            .collect();
        assert_eq!(
            found,
            [
                ("complaints+test@example.ac.uk".to_owned(), Expected::Elsewhere),
                ("feedback+test@example.ac.uk".to_owned(), Expected::Here),
                ("feedback@example.ac.uk".to_owned(), Expected::Here),
            ]
        );
    }
}
