//! Messages to ourselves: out through the mail server, and in again by the way that every message takes.

use std::sync::Arc;
use std::time::Duration;

use casework::mail::token::loop_mark;
use casework::mail::trial::{self, Back, TrialName};
use casework::{ActError, Office};
use rules::mail::Check;
use tokio::time::{Instant, sleep};
use tracing::debug;

use super::{Expected, Own, Parts};
use crate::email::inbound::imap;
use crate::email::{OutgoingMail, Transport};

/// How often the ledger is looked into, and how often a mailbox that nobody reads.
const LEDGER: Duration = Duration::from_millis(250);
const MAILBOX: Duration = Duration::from_secs(2);

/// A message that is on its way.
struct Sent<'p> {
    own: &'p Own,
    name: TrialName,
}

/// Sends one to each address, waits, and says what became of them.
pub(super) async fn run((parts, transport): (&Parts, &Transport), office: &Arc<Office>, tell: &impl Fn(Check)) {
    let mut sent = Vec::new();
    for own in &parts.addresses {
        match send((parts, transport), office, own).await {
            Ok((name, said)) => {
                debug!(to = own.address, said, "a test message is on its way");
                sent.push(Sent { own, name });
            }
            Err(why) => tell(Check::fault(
                &about(own),
                format!("The test message to it was not taken: {why}"),
                "Look whether the address is right, and whether the mail server lets us send to it and from ours.",
            )),
        }
    }
    if let Err(fault) = wait(parts, office, sent, tell).await {
        tell(Check::fault(
            "Test messages",
            format!("It cannot be seen whether they came back: {fault}."),
            "Run `redress doctor`: it looks at the database.",
        ));
    }
}

fn about(own: &Own) -> String {
    format!("Test message to {}", own.address)
}

async fn send(
    (parts, transport): (&Parts, &Transport),
    office: &Arc<Office>,
    own: &Own,
) -> Result<(TrialName, String), String> {
    let name = trial::name(office).map_err(|fault| fault.to_string())?;
    let sent = transport.send(&letter(parts, office, own, &name)).await;
    sent.map(|accepted| (name, accepted.server_reply))
        .map_err(|error| error.told_of(&own.address))
}

fn letter(parts: &Parts, office: &Office, own: &Own, name: &TrialName) -> OutgoingMail {
    let sender = &parts.sender;
    let domain = sender
        .address
        .rsplit_once('@')
        .map_or("localhost", |(_, domain)| domain);
    let words = format!(
        "This message was sent by Redress to {}, to see whether mail goes out and comes back. Nobody needs to answer it.",
        own.address
    );
    OutgoingMail {
        to: own.address.clone(),
        to_name: String::new(),
        from: sender.address.clone(),
        from_name: sender.name.clone(),
        reply_to: String::new(),
        subject: format!("Test message {}", name.word),
        html: format!("<!doctype html>\n<html lang=\"en\"><title>Test message</title><p>{words}</p></html>\n"),
        text: format!("{words}\n"),
        message_id: format!("<{}@{domain}>", name.id),
        in_reply_to: None,
        references: Vec::new(),
        return_path: sender.reports_to.clone(),
        envelope_id: String::new(),
        mark: loop_mark(office),
        auto_submitted: true,
        sent_at: office.now(),
    }
}

/// Waits until all have come back, or for as long as may be.
async fn wait(
    parts: &Parts,
    office: &Arc<Office>,
    mut sent: Vec<Sent<'_>>,
    tell: &impl Fn(Check),
) -> Result<(), ActError> {
    let began = Instant::now();
    let served = trial::is_served(office).await?;
    let mut looked = began;
    loop {
        let names: Vec<TrialName> = sent.iter().map(|sent| sent.name.clone()).collect();
        for back in trial::back(office, &names).await? {
            if let Some(own) = settled(&mut sent, &back.word) {
                tell(returned(own, &back, began));
            }
        }
        let over = began.elapsed() >= parts.wait;
        if over || !served && looked.elapsed() >= MAILBOX {
            looked = Instant::now();
            for (word, mailbox) in lying(parts, &sent).await {
                if let Some(own) = settled(&mut sent, &word) {
                    tell(lies(own, &mailbox, served));
                }
            }
        }
        if sent.is_empty() || over {
            break;
        }
        sleep(LEDGER).await;
    }
    for sent in &sent {
        tell(lost(parts, sent.own, served));
    }
    Ok(())
}

/// The address to which the message of this word was sent: it is waited for no longer.
fn settled<'p>(sent: &mut Vec<Sent<'p>>, word: &str) -> Option<&'p Own> {
    let at = sent.iter().position(|sent| sent.name.word == word)?;
    Some(sent.remove(at).own)
}

/// Which of these messages lie in a mailbox that we read, and in which.
async fn lying(parts: &Parts, sent: &[Sent<'_>]) -> Vec<(String, String)> {
    let ids: Vec<String> = sent.iter().map(|sent| sent.name.id.clone()).collect();
    let mut there = Vec::new();
    for (mailbox, settings) in &parts.mailboxes {
        let Ok(settings) = settings else { continue };
        match imap::find(settings, &ids).await {
            Ok(found) => {
                let words = sent.iter().filter(|sent| found.contains(&sent.name.id));
                there.extend(words.map(|sent| (sent.name.word.clone(), mailbox.clone())));
            }
            // That it cannot be opened was said when it was looked at.
            Err(fault) => debug!(mailbox, %fault, "no message of a trial can be looked for there"),
        }
    }
    there
}

fn returned(own: &Own, back: &Back, began: Instant) -> Check {
    let (mailbox, _) = &back.by;
    if let Some(why) = &back.failed {
        return Check::fault(
            &about(own),
            format!("It came back as not delivered: {why}."),
            "Look whether the address exists at your mail server, and takes mail from ours.",
        );
    }
    let seconds = began.elapsed().as_secs().max(1);
    let words = format!("It went out and came in again by {mailbox} within {}.", count(seconds));
    match own.expected {
        Expected::Here => Check::well(&about(own), format!("{words} ({}.)", own.for_what)),
        Expected::Elsewhere => Check::hint(
            &about(own),
            format!("{words} ({}.)", own.for_what),
            "Add the address to addresses under [mail], so that what comes from it is known as ours.",
        ),
    }
}

/// It lies where it should, and nobody took it up.
fn lies(own: &Own, mailbox: &str, served: bool) -> Check {
    match served {
        false => Check::well(
            &about(own),
            format!(
                "It went out and lies in the mailbox {mailbox}. Redress does not run; it takes it up from there when it does."
            ),
        ),
        true => Check::fault(
            &about(own),
            format!("It went out and lies in the mailbox {mailbox}, but Redress has not taken it up."),
            "Look into the log of `redress serve`: it says why it does not read this mailbox.",
        ),
    }
}

fn lost(parts: &Parts, own: &Own, served: bool) -> Check {
    let waited = count(parts.wait.as_secs());
    let says = format!(
        "The mail server took it, and it did not come back within {waited}. ({}.)",
        own.for_what
    );
    if own.expected == Expected::Elsewhere {
        return Check::hint(
            &about(own),
            says,
            "This address is not among addresses under [mail]. If answers or reports go to it, have it delivered to a mailbox that is read.",
        );
    }
    if !served && parts.door.is_some() {
        return Check::hint(
            &about(own),
            format!(
                "The mail server took it. Redress does not run, so that its door for mail servers is closed; that it comes in can be tested while it runs. ({}.)",
                own.for_what
            ),
            "Start `redress serve` and run this again.",
        );
    }
    Check::fault(
        &about(own),
        says,
        "Look into the log of the mail server where the message went: the address may be delivered elsewhere, held as spam, or put off for some minutes. A longer wait can be given with --wait.",
    )
}

fn count(seconds: u64) -> String {
    match seconds {
        1 => "1 second".to_owned(),
        many => format!("{many} seconds"),
    }
}
