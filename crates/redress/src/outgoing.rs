//! The post room that a configuration describes: how letters leave, who they come from, and how many.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use casework::Office;
use casework::jobs::post_limits::AutomaticLimits;
use channels::email::{DkimSettings, LetterBoxSettings, SignIn, SmtpSettings, Transport};
use channels::pace::Pace;
use channels::post_room::{PostRoom, Sender, Tagged};
use documents::letter::Wording;
use storage::{Keys, certificates};

use crate::config::{Automatic, Dkim, Email, EmailMode, named};

/// How long each step of a conversation with the mail server may take.
const STEP: Duration = Duration::from_secs(20);

/// The post room, ready to run.
///
/// # Errors
/// Settings with which no letter could be sent, in words for whoever runs the product.
pub(crate) fn post_room(office: Arc<Office>, wording: Arc<Wording>, email: &Email) -> Result<PostRoom, Box<dyn Error>> {
    let Automatic {
        per_address,
        per_case,
        hours,
    } = email.automatic;
    let or_sender = |address: &Option<String>| address.clone().unwrap_or_else(|| email.from.clone());
    Ok(PostRoom {
        office,
        wording,
        transport: transport(email)?,
        sender: Sender {
            address: email.from.clone(),
            name: email.from_name.clone(),
            answers_to: or_sender(&email.reply_to),
            reports_to: or_sender(&email.return_path),
            tagged: if email.plus { Tagged::Yes } else { Tagged::No },
        },
        limits: AutomaticLimits {
            per_address,
            per_case,
            hours,
        },
        pace: Pace::of(email.per_domain.letters_a_minute),
        chance,
    })
}

fn transport(email: &Email) -> Result<Transport, Box<dyn Error>> {
    match email.mode {
        EmailMode::LetterBox => {
            let folder = email.folder.clone().ok_or("[email] mode letter_box needs a folder")?;
            Ok(Transport::letter_box(LetterBoxSettings { folder })?)
        }
        EmailMode::Smtp => Ok(Transport::smtp(&smtp(email)?)?),
    }
}

/// The mail server that takes letters, with the files that its settings name.
///
/// # Errors
/// When one of them cannot be used, or there is no server.
pub(crate) fn smtp(email: &Email) -> Result<SmtpSettings, Box<dyn Error>> {
    let sign_in = match (&email.oauth, &email.password_file) {
        (Some(oauth), _) => Some(SignIn::Token(Arc::new(oauth.source()?))),
        (None, Some(file)) => Some(SignIn::Password(named::secret(file)?)),
        (None, None) => None,
    };
    Ok(SmtpSettings {
        host: email.host.clone().ok_or("[email] mode smtp needs a host")?,
        port: email.port.unwrap_or(587),
        tls: email.security.tls(),
        roots: email.roots.as_deref().map(roots).transpose()?,
        username: email.username.clone(),
        sign_in,
        connections_per_domain: email.per_domain.at_once,
        dkim: email.dkim.as_ref().map(dkim).transpose()?,
        timeout: STEP,
    })
}

/// Certificates to trust, after a look whether they are any.
fn roots(file: &Path) -> Result<String, Box<dyn Error>> {
    certificates::client(Some(file)).map_err(|why| format!("{} cannot be used: {why}", file.display()))?;
    named::text(file)
}

fn dkim(dkim: &Dkim) -> Result<DkimSettings, Box<dyn Error>> {
    Ok(DkimSettings {
        domain: dkim.domain.clone(),
        selector: dkim.selector.clone(),
        key: named::secret(&dkim.key_file)?,
    })
}

/// A number from 0 to 1. Where the system has no chance to give, letters that failed together come back together, which does no harm.
fn chance() -> f64 {
    let [high, low] = Keys::random().unwrap_or_default();
    f64::from(u16::from_be_bytes([high, low])) / f64::from(u16::MAX)
}
