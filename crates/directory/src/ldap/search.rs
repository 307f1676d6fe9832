//! One reading of one server: a line, a name and a password, the people page by page.

use std::collections::HashMap;
use std::time::Duration;

use ldap3::adapters::PagedResults;
use ldap3::{Ldap, LdapConnAsync, LdapConnSettings, LdapError, ResultEntry, Scope, SearchEntry, SearchStream};
use rules::directory::{DirectoryPerson, Finding, Kind};

use casework::directory::Reading;

use super::entry::Entry;
use super::fault::Fault;
use super::settings::{LdapSettings, StartTls};
use crate::person::Cut;

/// Reads everybody from the server at this address.
pub(super) async fn read(settings: &LdapSettings, url: &str) -> Result<Reading, Fault> {
    let fault = |error: LdapError| Fault::of(&error, &settings.encryption);
    let mut ldap = signed_in(settings, url).await?;
    let attributes = settings.attributes.all();
    let pages = PagedResults::new(i32::from(settings.limits.page));
    ldap.with_timeout(settings.limits.answer);
    let mut stream = ldap
        .streaming_search_with(pages, &settings.base, Scope::Subtree, &settings.filter, attributes)
        .await
        .map_err(fault)?;
    let mut gathered = Gathered::default();
    while let Some(entry) = stream.next().await.map_err(fault)? {
        gathered.add(entry, settings)?;
    }
    let result = stream.finish().await;
    // A referral as the whole answer is no success; those on the way stand among the entries.
    result.success().map_err(fault)?;
    hang_up(ldap, stream, settings.limits.answer).await;
    Ok(gathered.reading())
}

/// A line on which this account is signed in.
async fn signed_in(settings: &LdapSettings, url: &str) -> Result<Ldap, Fault> {
    let fault = |error: LdapError| Fault::of(&error, &settings.encryption);
    let line = LdapConnSettings::new()
        .set_conn_timeout(settings.limits.answer)
        .set_config(settings.encryption.client.clone())
        .set_starttls(settings.encryption.start_tls == StartTls::Demanded);
    // The time for the connection ends before the handshake of TLS has begun.
    let connected = tokio::time::timeout(settings.limits.answer, LdapConnAsync::with_settings(line, url)).await;
    let (connection, mut ldap) = match connected {
        Ok(connected) => connected.map_err(fault)?,
        Err(_) => return Err(Fault::here("It did not answer in time.")),
    };
    // Ends with the line; what breaks it is seen by whoever waits for an answer.
    tokio::spawn(connection.drive());
    if let Some((name, password)) = &settings.account {
        ldap.with_timeout(settings.limits.answer);
        let bound = ldap
            .simple_bind(name, password)
            .await
            .and_then(ldap3::LdapResult::success);
        bound.map_err(fault)?;
    }
    Ok(ldap)
}

async fn hang_up(mut ldap: Ldap, stream: SearchStream<'_, String, Vec<String>>, patience: Duration) {
    drop(stream);
    ldap.with_timeout(patience);
    // Everything was read; a server that is gone already is as good.
    drop(ldap.unbind().await);
}

/// What was read so far.
#[derive(Default)]
struct Gathered {
    people: Vec<DirectoryPerson>,
    /// The keys by the names of entries.
    keys: HashMap<String, String>,
    referrals: Vec<String>,
    skipped: usize,
    cut: Vec<String>,
}

impl Gathered {
    fn add(&mut self, entry: ResultEntry, settings: &LdapSettings) -> Result<(), Fault> {
        if entry.is_intermediate() {
            return Ok(());
        }
        if entry.is_ref() {
            self.referrals.extend(hosts(&ldap3::parse_refs(entry.0)));
            return Ok(());
        }
        if self.people.len() == settings.limits.people {
            let words = format!(
                "It holds more than {} people. Narrow the filter to those who work here, or raise most_people.",
                settings.limits.people
            );
            return Err(Fault::everywhere(words));
        }
        let entry = Entry::of(SearchEntry::construct(entry));
        let mut cut = Cut::default();
        match entry.values(&settings.attributes).person(&mut cut) {
            Some(person) => {
                self.keys.insert(entry.plain_name(), person.key.clone());
                if cut.0 {
                    self.cut.push(person.name.clone());
                }
                self.people.push(person);
            }
            None => self.skipped += 1,
        }
        Ok(())
    }

    fn reading(mut self) -> Reading {
        for manager in self.people.iter_mut().flat_map(|person| &mut person.managers) {
            if let Some(key) = self.keys.get(manager) {
                manager.clone_from(key);
            }
        }
        self.referrals.sort();
        self.referrals.dedup();
        let skipped = vec!["without a name".to_owned(); self.skipped];
        let findings = [
            Finding::of(Kind::Referral, self.referrals),
            Finding::of(Kind::Skipped, skipped),
            Finding::of(Kind::Cut, self.cut),
        ];
        Reading {
            people: self.people,
            findings: findings.into_iter().flatten().collect(),
        }
    }
}

/// The servers that referrals lead to, by name alone.
pub(super) fn hosts(referrals: &[String]) -> Vec<String> {
    let host = |url: &String| {
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        rest.split(['/', '?']).next().unwrap_or(rest).to_owned()
    };
    referrals.iter().map(host).collect()
}
