//! Addresses of a header field (RFC 5322, 3.4), one by one.

use mail_parser::{HeaderName, MessageParser};
use rules::mail::Address;

use crate::stream::one_line;

/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 200;
/// The longest address, in bytes (RFC 5321, 4.5.3.1).
const LONGEST_ADDRESS: usize = 320;

/// The mailboxes that a text names, as a field of a header would: `"Pat Doe" <pat@uni.example>, ...`. What is none is left out.
#[must_use]
pub fn addresses(text: &str) -> Vec<Address> {
    let field = format!("To: {}\r\n\r\n", text.replace(['\r', '\n'], " "));
    let parsed = MessageParser::default().parse_headers(field.as_bytes());
    let field = parsed.as_ref().and_then(|message| message.header(HeaderName::To));
    of(field.and_then(|value| value.as_address()))
}

/// The mailboxes of a field that has been parsed; those of groups stand in their place.
pub(crate) fn of(field: Option<&mail_parser::Address<'_>>) -> Vec<Address> {
    field
        .into_iter()
        .flat_map(|field| field.iter())
        .filter_map(one)
        .collect()
}

fn one(addr: &mail_parser::Addr<'_>) -> Option<Address> {
    let said = addr.address.as_deref()?.trim().trim_matches(['<', '>']);
    let (local, domain) = said.rsplit_once('@')?;
    let is_word = |text: &str| !text.is_empty() && !text.contains(|one: char| one.is_control() || one.is_whitespace());
    let domain = domain.trim_end_matches('.').to_lowercase();
    let is_quoted = local.starts_with('"') && local.ends_with('"');
    let address = format!("{local}@{domain}");
    let is_one = (is_word(local) || is_quoted && !local.contains(char::is_control))
        && is_word(&domain)
        && !domain.contains(['<', '>', ',', '"', '@'])
        && address.len() <= LONGEST_ADDRESS
        && !address.contains(rules::unseen::is_unseen);
    let name = addr
        .name
        .as_deref()
        .map(|name| one_line(name, LONGEST_NAME))
        .filter(|name| !name.is_empty());
    is_one.then_some(Address { name, address })
}
