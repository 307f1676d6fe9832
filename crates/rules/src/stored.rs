//! Stored events: how a list of kinds becomes an enum that is written as JSON and read again by every later release.

use thiserror::Error;

/// An event was stored by a newer release, or its bytes are damaged.
#[derive(Debug, Error)]
pub enum Unreadable {
    /// No such kind at this version.
    #[error("this release does not know the event {kind} version {version}; it was written by a newer one")]
    Unknown {
        /// The stored name.
        kind: String,
        /// The stored version.
        version: u16,
    },
    /// The payload does not parse.
    #[error("the event {kind} version {version} cannot be read: {source}")]
    Damaged {
        /// The stored name.
        kind: String,
        /// The stored version.
        version: u16,
        /// What the parser says.
        source: serde_json::Error,
    },
}

/// Declares an enum of events with the stored name and version of each, one a line.
macro_rules! stored_events {
    (
        $(#[$outer:meta])* $vis:vis enum $events:ident;
        $($(#[$doc:meta])* $name:ident($body:ty) = $kind:literal, $version:literal;)+
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis enum $events {
            $($(#[$doc])* $name($body),)+
        }

        impl $events {
            /// Every stored name with the version that this release writes.
            pub const KINDS: &'static [(&'static str, u16)] = &[$(($kind, $version)),+];

            /// The stored name, such as `case.received`.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$name(_) => $kind),+ }
            }

            /// The version of the payload that this release writes.
            pub fn version(&self) -> u16 {
                match self { $(Self::$name(_) => $version),+ }
            }

            /// The payload as JSON, to be encrypted under the key of its stream.
            pub fn encode(&self) -> Vec<u8> {
                match self {
                    $(Self::$name(body) => serde_json::to_vec(body).expect("events hold only what JSON can say")),+
                }
            }

            /// The same event whose words hold no character that nobody sees ([`crate::unseen`]).
            ///
            /// # Errors
            /// When some of its words held nothing else.
            pub fn plain(self) -> Result<Self, $crate::case::Refused> {
                use $crate::unseen::{Change, take_out};
                let mut payload = match &self {
                    $(Self::$name(body) => serde_json::to_value(body).expect("events hold only what JSON can say")),+
                };
                if take_out(&mut payload)? == Change::Nothing {
                    return Ok(self);
                }
                let unreadable = |_| {
                    let words = "What you wrote holds characters that cannot be seen, in a place where they cannot be taken out. Type it again.";
                    $crate::case::Refused::Rule(words.to_owned())
                };
                match self {
                    $(Self::$name(_) => serde_json::from_value(payload).map(Self::$name).map_err(unreadable),)+
                }
            }

            /// Reads a stored payload.
            ///
            /// # Errors
            /// When the kind or version is unknown to this release or the payload is damaged.
            pub fn decode(kind: &str, version: u16, payload: &[u8]) -> Result<Self, $crate::stored::Unreadable> {
                use $crate::stored::Unreadable;
                let damaged = |source| Unreadable::Damaged { kind: kind.to_owned(), version, source };
                match (kind, version) {
                    $(($kind, $version) => serde_json::from_slice(payload).map(Self::$name).map_err(damaged),)+
                    _ => Err(Unreadable::Unknown { kind: kind.to_owned(), version }),
                }
            }
        }
    };
}
pub(crate) use stored_events;
