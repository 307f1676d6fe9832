//! Tokens of OAuth 2.0 for mail servers (RFC 6749, RFC 7628): asked for at a token endpoint, kept until shortly before they run out, asked for again when refused.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use serde::Deserialize;
use tokio::time::Instant;

/// A token that runs out within this time is not used any more: it must live through signing in.
const BEFORE_ITS_END: Duration = Duration::from_secs(120);
/// How long a token is used whose server does not say how long it lives; RFC 6749, 4.2.2 leaves that open, and an hour is usual.
const USUAL_LIFE: Duration = Duration::from_secs(3600);
/// The largest answer of a token endpoint. A token of Microsoft is some 2 kB.
const LARGEST_ANSWER: usize = 64 * 1024;
/// How long the endpoint may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a mail server wants to be shown a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mechanism {
    /// As RFC 7628 has it.
    OauthBearer,
    /// As Google and Microsoft had it before.
    Xoauth2,
}

impl Mechanism {
    /// Its name in SASL.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Mechanism::OauthBearer => "OAUTHBEARER",
            Mechanism::Xoauth2 => "XOAUTH2",
        }
    }
}

/// What is said to the mail server, before it is put into base64.
#[must_use]
pub fn sasl(how: Mechanism, user: &str, token: &str) -> String {
    match how {
        // A name may hold a comma or an equals sign, which part the fields (RFC 5801, 4).
        Mechanism::OauthBearer => {
            let name = user.replace('=', "=3D").replace(',', "=2C");
            format!("n,a={name},\u{1}auth=Bearer {token}\u{1}\u{1}")
        }
        Mechanism::Xoauth2 => format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}"),
    }
}

/// On what ground tokens are given.
#[derive(Clone, PartialEq, Eq)]
pub enum Grant {
    /// Somebody agreed once (RFC 6749, 6). The file holds the refresh token; a new one that the endpoint gives is written into it.
    Refresh(PathBuf),
    /// The product itself was let in (RFC 6749, 4.4).
    Client,
}

/// Where tokens come from.
#[derive(Clone)]
pub struct OauthSettings {
    /// The token endpoint: `https://…`; plain http on this machine only.
    pub endpoint: String,
    /// By what the product is known there.
    pub client_id: String,
    /// Its secret; some public clients have none.
    pub client_secret: Option<String>,
    /// What is asked for, parted by spaces.
    pub scope: Option<String>,
    /// On what ground.
    pub grant: Grant,
    /// Whom to trust.
    pub trust: Arc<ClientConfig>,
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no token: {words}")]
pub struct NoToken {
    words: String,
    /// True where asking again later may help.
    pub may_pass: bool,
}

impl NoToken {
    fn passing(words: impl Into<String>) -> NoToken {
        NoToken {
            words: words.into(),
            may_pass: true,
        }
    }

    fn lasting(words: impl Into<String>) -> NoToken {
        NoToken {
            words: words.into(),
            may_pass: false,
        }
    }
}

/// A token and until when it is used.
#[derive(Clone)]
struct Held {
    token: String,
    until: Instant,
}

/// Gives tokens, and asks for a new one only when it must.
pub struct TokenSource {
    settings: OauthSettings,
    client: reqwest::Client,
    held: Mutex<Option<Held>>,
    // One question at a time: who waits here takes what the one before got.
    turn: tokio::sync::Mutex<()>,
}

impl TokenSource {
    /// Gets ready to ask; asks nobody yet.
    ///
    /// # Errors
    /// An endpoint that cannot be asked, or that would be told a secret in the clear.
    pub fn open(settings: OauthSettings) -> Result<TokenSource, super::SettingsError> {
        check_endpoint(&settings.endpoint)?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured((*settings.trust).clone())
            // What is sent holds secrets: it goes where it was meant to go, or nowhere.
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .build()
            .map_err(|error| super::SettingsError(format!("The token endpoint cannot be asked: {error}")))?;
        Ok(TokenSource {
            settings,
            client,
            held: Mutex::new(None),
            turn: tokio::sync::Mutex::new(()),
        })
    }

    /// A token that holds for a while.
    ///
    /// # Errors
    /// Why the endpoint gives none.
    pub async fn token(&self) -> Result<String, NoToken> {
        if let Some(token) = self.held_now() {
            return Ok(token);
        }
        let _turn = self.turn.lock().await;
        if let Some(token) = self.held_now() {
            return Ok(token);
        }
        let given = self.ask().await?;
        let life = given.expires_in.map_or(USUAL_LIFE, Duration::from_secs);
        let held = Held {
            token: given.access_token.clone(),
            until: Instant::now() + life.saturating_sub(BEFORE_ITS_END).max(life / 2),
        };
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(held);
        Ok(given.access_token)
    }

    /// Says that a server refused this token: the next one is asked for anew.
    pub fn forget(&self, token: &str) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.as_ref().is_some_and(|held| held.token == token) {
            *held = None;
        }
    }

    fn held_now(&self) -> Option<String> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let held = held.as_ref().filter(|held| Instant::now() < held.until)?;
        Some(held.token.clone())
    }

    async fn ask(&self) -> Result<Given, NoToken> {
        let refresh = match &self.settings.grant {
            Grant::Refresh(file) => Some((file, read(file)?)),
            Grant::Client => None,
        };
        let form = self.form(refresh.as_ref().map(|(_, token)| &**token));
        let asked = self.client.post(&self.settings.endpoint);
        let asked = asked.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let mut answer = asked.body(form).send().await.map_err(unreached)?;
        let status = answer.status();
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(unreached)? {
            if body.len() + piece.len() > LARGEST_ANSWER {
                return Err(NoToken::lasting("the token endpoint answers more than a token"));
            }
            body.extend_from_slice(&piece);
        }
        if !status.is_success() {
            return Err(refusal(status, &body));
        }
        let given: Given = serde_json::from_slice(&body)
            .map_err(|_| NoToken::lasting("the token endpoint answers something else than a token"))?;
        if let (Some((file, before)), Some(new)) = (&refresh, &given.refresh_token)
            && before != new
        {
            write(file, new)?;
        }
        Ok(given)
    }

    fn form(&self, refresh: Option<&str>) -> String {
        let settings = &self.settings;
        let mut form = form_urlencoded::Serializer::new(String::new());
        match refresh {
            Some(token) => form
                .append_pair("grant_type", "refresh_token")
                .append_pair("refresh_token", token),
            None => form.append_pair("grant_type", "client_credentials"),
        };
        form.append_pair("client_id", &settings.client_id);
        for (name, value) in [("client_secret", &settings.client_secret), ("scope", &settings.scope)] {
            if let Some(value) = value {
                form.append_pair(name, value);
            }
        }
        form.finish()
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenSource")
            .field("endpoint", &self.settings.endpoint)
            .field("client_id", &self.settings.client_id)
            .finish_non_exhaustive()
    }
}

/// What an endpoint gives (RFC 6749, 5.1).
#[derive(Deserialize)]
struct Given {
    access_token: String,
    #[serde(default)]
    expires_in: Option<u64>,
    #[serde(default)]
    refresh_token: Option<String>,
}

/// Why it gives nothing (RFC 6749, 5.2).
#[derive(Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
}

fn refusal(status: reqwest::StatusCode, body: &[u8]) -> NoToken {
    let words = match serde_json::from_slice::<Refusal>(body) {
        Ok(said) => {
            let more = said.error_description.unwrap_or_default();
            let first = more.lines().next().unwrap_or_default();
            format!("the token endpoint refuses it: {} {first}", said.error)
        }
        Err(_) => format!("the token endpoint answers {status}"),
    };
    let words = words.trim_end().to_owned();
    match status.is_server_error() || status.as_u16() == 429 {
        true => NoToken::passing(words),
        false => NoToken::lasting(words),
    }
}

fn unreached(error: reqwest::Error) -> NoToken {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(next) = cause {
        words = format!("{words}: {next}");
        cause = next.source();
    }
    NoToken::passing(format!("the token endpoint cannot be asked: {words}"))
}

fn check_endpoint(endpoint: &str) -> Result<(), super::SettingsError> {
    let here = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
    let is_here = here.iter().any(|here| {
        let rest = endpoint.strip_prefix(here);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    });
    match endpoint.starts_with("https://") || is_here {
        true => Ok(()),
        false => Err(super::SettingsError(format!(
            "\"{endpoint}\" cannot be told a secret: the address of a token endpoint begins with https://"
        ))),
    }
}

fn read(file: &Path) -> Result<String, NoToken> {
    let token = std::fs::read_to_string(file)
        .map_err(|error| NoToken::lasting(format!("{} cannot be read: {error}", file.display())))?;
    match token.trim() {
        "" => Err(NoToken::lasting(format!("{} holds no refresh token", file.display()))),
        token => Ok(token.to_owned()),
    }
}

/// Puts a new refresh token in the place of the old one: wholly or not at all, and readable by its owner alone. The old one may be worth nothing by now,
/// so a token that cannot be written down is a fault that must be seen.
fn write(file: &Path, token: &str) -> Result<(), NoToken> {
    let part = file.with_extension("part");
    let written = || -> std::io::Result<()> {
        let mut options = std::fs::File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut new = options.open(&part)?;
        new.write_all(token.as_bytes())?;
        new.sync_all()?;
        std::fs::rename(&part, file)
    };
    written().map_err(|error| {
        NoToken::lasting(format!(
            "the new refresh token cannot be written into {}: {error}",
            file.display()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_shown_as_the_standard_has_it() {
        // The example of RFC 7628, section 4.1, without host and port.
        assert_eq!(
            sasl(
                Mechanism::OauthBearer,
                "user@example.com",
                "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="
            ),
            "n,a=user@example.com,\u{1}auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\u{1}\u{1}"
        );
        assert_eq!(
            sasl(Mechanism::OauthBearer, "a,b=c", "t"),
            "n,a=a=2Cb=3Dc,\u{1}auth=Bearer t\u{1}\u{1}"
        );
        assert_eq!(
            sasl(Mechanism::Xoauth2, "a@b", "t"),
            "user=a@b\u{1}auth=Bearer t\u{1}\u{1}"
        );
    }

    #[test]
    fn a_secret_goes_nowhere_in_the_clear() {
        for good in [
            "https://login.example.org/token",
            "http://127.0.0.1:8080/token",
            "http://localhost/token",
        ] {
            assert_eq!(check_endpoint(good), Ok(()), "{good}");
        }
        for bad in [
            "http://login.example.org/token",
            "http://localhost.example.org/",
            "ftp://x",
            "",
        ] {
            assert!(check_endpoint(bad).is_err(), "{bad}");
        }
    }
}
