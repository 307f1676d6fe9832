//! What the DNS says of the domain that sends (SPF, DKIM, DMARC) and of the mail server: hints, since others judge our letters by it.

use std::net::IpAddr;
use std::time::Duration;

use mail_auth::MessageAuthenticator;
use rules::mail::Check;
use tokio::net::lookup_host;
use tokio::time::timeout;

use super::{Parts, Server};

/// How long one question may take. Nothing here is worth waiting for.
const PATIENCE: Duration = Duration::from_secs(4);

/// What a record says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Record {
    /// These words.
    Says(String),
    /// There is none.
    None,
    /// Nobody answers.
    Unknown,
}

/// What is found; a single line where the resolver of this machine does not answer.
pub(super) async fn look(parts: &Parts, server: &Server) -> Vec<Check> {
    let Ok(resolver) = MessageAuthenticator::new_system_conf() else {
        return vec![unanswered("This machine has no resolver that can be asked")];
    };
    let domain = parts.sender.address.rsplit_once('@').map_or("", |(_, domain)| domain);
    let spf = record(&resolver, domain).await;
    if spf == Record::Unknown {
        return vec![unanswered("The resolver of this machine does not answer")];
    }
    let mut found = vec![
        of_spf(domain, &spf),
        of_dmarc(domain, &record(&resolver, &format!("_dmarc.{domain}")).await),
    ];
    if let Some((selector, of)) = &parts.signed_as {
        let name = format!("{selector}._domainkey.{of}");
        found.push(of_dkim(&name, &record(&resolver, &name).await));
    }
    found.extend(of_server(&resolver, &server.settings.host).await);
    found
}

fn unanswered(why: &str) -> Check {
    Check::hint(
        "DNS",
        format!("{why}, so that it is not known what it says of our domain (SPF, DKIM, DMARC)."),
        "Nothing, if this machine is not meant to ask the DNS. Else see /etc/resolv.conf.",
    )
}

async fn record(resolver: &MessageAuthenticator, name: &str) -> Record {
    if name.is_empty() {
        return Record::None;
    }
    match timeout(PATIENCE, resolver.txt_raw_lookup(format!("{name}."))).await {
        Ok(Ok(text)) => Record::Says(String::from_utf8_lossy(&text).into_owned()),
        Ok(Err(mail_auth::Error::Dns(mail_auth::DnsError::RecordNotFound(_)))) => Record::None,
        Ok(Err(_)) | Err(_) => Record::Unknown,
    }
}

fn of_spf(domain: &str, record: &Record) -> Check {
    const ABOUT: &str = "SPF";
    match record {
        // A domain may have other texts; they come together.
        Record::Says(text) if text.contains("v=spf1") => {
            Check::well(ABOUT, format!("{domain} says which servers send its mail (RFC 7208)."))
        }
        Record::Unknown => unanswered("The resolver did not answer"),
        _ => Check::hint(
            ABOUT,
            format!(
                "{domain} does not say which servers send its mail (RFC 7208). Others may take our letters for forged."
            ),
            "Have a TXT record published that begins with v=spf1 and names your mail server.",
        ),
    }
}

fn of_dmarc(domain: &str, record: &Record) -> Check {
    const ABOUT: &str = "DMARC";
    match record {
        Record::Says(text) if text.contains("v=DMARC1") => Check::well(
            ABOUT,
            format!("{domain} says what to do with mail that is not its own (RFC 7489)."),
        ),
        Record::Unknown => unanswered("The resolver did not answer"),
        _ => Check::hint(
            ABOUT,
            format!("_dmarc.{domain} says nothing (RFC 7489). Large providers ask for it of whoever sends much."),
            "Have a TXT record published that begins with v=DMARC1; p=none is a beginning.",
        ),
    }
}

fn of_dkim(name: &str, record: &Record) -> Check {
    const ABOUT: &str = "DKIM";
    match record {
        Record::Says(text) if text.contains("p=") => {
            Check::well(ABOUT, format!("{name} holds a key for our signatures (RFC 6376)."))
        }
        Record::Unknown => unanswered("The resolver did not answer"),
        _ => Check::hint(
            ABOUT,
            format!("{name} holds no key, so that nobody can check the signatures of our letters (RFC 6376)."),
            "Publish the public half of the key in [email.dkim] there.",
        ),
    }
}

/// Whether the address of the mail server has a name, which receivers look for; of a server inside the house nobody outside knows.
async fn of_server(resolver: &MessageAuthenticator, host: &str) -> Option<Check> {
    const ABOUT: &str = "Name of the mail server";
    let mut addresses = timeout(PATIENCE, lookup_host((host, 25))).await.ok()?.ok()?;
    let address = addresses.next()?.ip();
    if is_inside(address) {
        return None;
    }
    let named = timeout(PATIENCE, resolver.resolver().reverse_lookup(address))
        .await
        .ok()?;
    Some(match named {
        Ok(found) if !found.answers().is_empty() => Check::well(
            ABOUT,
            format!("The address {address} of {host} has a name in the DNS (PTR)."),
        ),
        _ => Check::hint(
            ABOUT,
            format!("The address {address} of {host} has no name in the DNS (PTR)."),
            "If this server delivers to others itself, have its address named: many take no mail from one without.",
        ),
    })
}

fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || (address.segments()[0] & 0xfe00) == 0xfc00,
    }
}

#[cfg(test)]
mod tests {
    use rules::mail::Found;

    use super::*;

    #[test]
    fn records_are_told_in_words() {
        let says = |text: &str| Record::Says(text.to_owned());
        for (check, found) in [
            (of_spf("a.example", &says("google-site=1v=spf1 -all")), Found::Well),
            (of_spf("a.example", &says("google-site=1")), Found::Hint),
            (of_spf("a.example", &Record::None), Found::Hint),
            (of_dmarc("a.example", &says("v=DMARC1; p=none")), Found::Well),
            (of_dmarc("a.example", &Record::None), Found::Hint),
            (of_dkim("s._domainkey.a.example", &says("v=DKIM1; p=abc")), Found::Well),
            (of_dkim("s._domainkey.a.example", &Record::None), Found::Hint),
            (of_dkim("s._domainkey.a.example", &Record::Unknown), Found::Hint),
        ] {
            assert_eq!(
                (check.found, check.todo.is_some()),
                (found, found == Found::Hint),
                "{check:?}"
            );
        }
    }
}
