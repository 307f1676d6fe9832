//! `[email.oauth]`, `[mail.mailbox.oauth]`: where the tokens come from with which one signs in at a mail server, instead of a password.

use std::path::PathBuf;
use std::sync::Arc;

use channels::email::oauth::{Grant, OauthSettings, TokenSource};
use serde::Deserialize;
use storage::certificates;

use super::named;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Oauth {
    /// The token endpoint.
    pub endpoint: String,
    /// By what the product is known there.
    pub client_id: String,
    /// The file that holds its secret.
    pub client_secret_file: Option<PathBuf>,
    /// What is asked for.
    pub scope: Option<String>,
    /// The file that holds the refresh token of somebody who agreed; without it the product asks for itself.
    pub refresh_token_file: Option<PathBuf>,
}

impl Oauth {
    /// The paths that it names.
    pub(super) fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let files = [&mut self.client_secret_file, &mut self.refresh_token_file];
        files.into_iter().filter_map(Option::as_mut)
    }

    /// Where tokens are asked for; asks for none yet.
    ///
    /// # Errors
    /// When a file that it names cannot be used, or the endpoint would be told a secret in the clear.
    pub(crate) fn source(&self) -> Result<TokenSource, Box<dyn std::error::Error>> {
        let secret = |file: &PathBuf| named::secret(file);
        let grant = match &self.refresh_token_file {
            Some(file) => {
                // Whoever can read it opens the mailbox.
                named::secret(file)?;
                Grant::Refresh(file.clone())
            }
            None => Grant::Client,
        };
        Ok(TokenSource::open(OauthSettings {
            endpoint: self.endpoint.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret_file.as_ref().map(secret).transpose()?,
            scope: self.scope.clone(),
            grant,
            trust: Arc::new(certificates::client(None)?),
        })?)
    }
}
