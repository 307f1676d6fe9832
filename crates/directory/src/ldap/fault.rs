//! Why a server could not be read, in words for whoever looks after it, and whether another server may know more.

use ldap3::{LdapError, LdapResult};

use super::settings::Encryption;

/// Why, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) words: String,
    /// Whether it is of this server alone: then the next one is asked. A wrong password is wrong everywhere, and tried too often it locks the account.
    pub(super) elsewhere: Elsewhere,
}

/// Whether another server is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elsewhere {
    Asked,
    NotAsked,
}

impl Fault {
    pub(super) fn here(words: impl Into<String>) -> Fault {
        Fault {
            words: words.into(),
            elsewhere: Elsewhere::Asked,
        }
    }

    pub(super) fn everywhere(words: impl Into<String>) -> Fault {
        Fault {
            words: words.into(),
            elsewhere: Elsewhere::NotAsked,
        }
    }

    pub(super) fn of(error: &LdapError, encryption: &Encryption) -> Fault {
        if let Some(why) = (encryption.explain)(error, "roots ([directory.ldap])") {
            return Fault::here(format!("{}.", why.trim_end_matches('.')));
        }
        match error {
            LdapError::LdapResult { result } => Fault::answered(result),
            LdapError::FilterParsing => Fault::everywhere("The filter cannot be read: is a bracket missing?"),
            LdapError::UrlParsing { .. } | LdapError::UnknownScheme(_) => {
                Fault::everywhere("The address cannot be read.")
            }
            LdapError::Timeout { .. } => Fault::here("It did not answer in time."),
            LdapError::Io { source } => Fault::here(format!("The line to it failed: {source}.")),
            LdapError::EndOfStream | LdapError::OpSend { .. } | LdapError::ResultRecv { .. } => {
                Fault::here("It hung up before everybody was read.")
            }
            other => Fault::here(format!("It could not be asked: {other}.")),
        }
    }

    /// By the code of the answer (RFC 4511, appendix A). The text of the server may hold names, and is left out.
    pub(super) fn answered(result: &LdapResult) -> Fault {
        match result.rc {
            49 => Fault::everywhere("It refuses the name or the password (bind_dn and password_file)."),
            48 | 50 => {
                Fault::everywhere("It does not let this account read the people. Give the account the right to.")
            }
            32 => Fault::everywhere("It has no such base, or hides it from this account. Are base and bind_dn right?"),
            34 => Fault::everywhere(
                "It cannot read base or bind_dn: they are distinguished names, like ou=people,dc=office,dc=example.",
            ),
            3 | 4 | 11 => Fault::here(
                "It stops before everybody is read (a limit of the server). Make page smaller, or raise the limit for this account.",
            ),
            8 | 13 => Fault::here("It wants the line to be encrypted: write ldaps://, or start_tls = true."),
            10 => Fault::here(format!(
                "It says that all of it lies on another server ({}). Write that one into urls.",
                super::search::hosts(&result.refs).join(", ")
            )),
            12 => Fault::here("It cannot give people page by page, which is asked."),
            51 | 52 => Fault::here("It is busy or about to end."),
            code => Fault::here(format!("It answered with the code {code}.")),
        }
    }
}
