//! How a letter is addressed: from whom, where answers and reports come back, and which names it carries (RFC 5322, RFC 3461, RFC 3834).

use casework::ActError;
use casework::jobs::post::ToSend;
use casework::jobs::post_thread;
use rules::letters::Composed;

use super::PostRoom;
use crate::email::OutgoingMail;

/// Who letters come from, and where what comes back goes.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The address.
    pub address: String,
    /// The name beside it.
    pub name: String,
    /// Where answers go.
    pub answers_to: String,
    /// Where reports about letters go.
    pub reports_to: String,
    /// Whether these two carry the name of the letter.
    pub tagged: Tagged,
}

/// Whether what stands behind a plus in an address is delivered like the address without it (RFC 5233 calls it a subaddress).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tagged {
    /// The mail server does that: `complaints+fc-10482.77.TOKEN@example.ac.uk` is delivered to `complaints`.
    Yes,
    /// It does not, or nobody said so: such an address would not exist.
    No,
}

impl Sender {
    /// One to whom everything comes back at the same plain address.
    #[must_use]
    pub fn plain(address: &str, name: &str) -> Self {
        Sender {
            address: address.to_owned(),
            name: name.to_owned(),
            answers_to: address.to_owned(),
            reports_to: address.to_owned(),
            tagged: Tagged::No,
        }
    }

    fn with(&self, address: &str, tag: Option<&str>) -> String {
        let halves = address.rsplit_once('@').filter(|_| self.tagged == Tagged::Yes);
        match (halves, tag) {
            (Some((local, domain)), Some(tag)) => format!("{local}+{tag}@{domain}"),
            _ => address.to_owned(),
        }
    }

    fn domain(&self) -> &str {
        let halves = self.address.rsplit_once('@');
        halves.map_or("localhost", |(_, domain)| domain)
    }
}

impl PostRoom {
    /// The letter as it goes out; none where there is no address. On every try it is the same to the byte, so that a second one can be told for what it
    /// is: its names come from its number, and its date is that of the act that owes it.
    pub(super) async fn mail(&self, letter: &ToSend, words: &Composed) -> Result<Option<OutgoingMail>, ActError> {
        let waiting = &letter.letter;
        let Some(to) = waiting.to.clone() else {
            return Ok(None);
        };
        let names = post_thread::names(&self.office, letter).await?;
        let (sender, domain) = (&self.sender, self.sender.domain());
        let id = |name: &String| format!("<{name}@{domain}>");
        // Every letter of a case hangs on this one, also where the first of them was never sent by e-mail.
        let thread = names
            .answer
            .as_ref()
            .map(|_| format!("<{}@{domain}>", letter.reference.to_string().to_lowercase()));
        Ok(Some(OutgoingMail {
            to,
            to_name: waiting.to_name.clone(),
            from: sender.address.clone(),
            from_name: sender.name.clone(),
            reply_to: sender.with(&sender.answers_to, names.answer.as_deref()),
            subject: words.subject.clone(),
            text: words.text.clone(),
            html: words.html.clone(),
            message_id: id(&names.own),
            in_reply_to: waiting.answers.as_ref().map(|theirs| format!("<{theirs}>")),
            references: thread.into_iter().chain(names.earlier.iter().map(id)).collect(),
            return_path: sender.with(&sender.reports_to, Some(&names.envelope)),
            envelope_id: names.envelope,
            mark: names.mark,
            auto_submitted: waiting.kind.is_automatic(),
            sent_at: letter.owed_at,
        }))
    }
}
