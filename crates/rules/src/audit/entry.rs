//! One entry of the log: its header in the clear, its payload only as ciphertext, and the bytes that are hashed.

use jiff::Timestamp;

use super::hash::{Hash, leaf_hash};

/// Opens the bytes that are hashed; a new layout gets a new tag.
const ENTRY_TAG: &[u8] = b"redress-entry-v1";
/// Opens the bytes that bind a ciphertext to its header, so that they can never equal those of an entry.
const SEAL_TAG: &[u8] = b"redress-seal-v1";

/// The number of the first entry of every stream.
pub const FIRST_SEQUENCE: u32 = 1;

/// What an entry says in the clear. It must hold no personal data beyond who acted (invariant 11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What the entry is about: the reference of a case ("FC-10482"), or "office" for what belongs to none.
    pub stream: String,
    /// Number within the stream, from [`FIRST_SEQUENCE`] without gaps.
    pub sequence: u32,
    /// What happened, as in "case.received".
    pub kind: String,
    /// Version of the payload's layout for this kind.
    pub version: u16,
    /// When it happened. Only whole microseconds count: the rest is neither hashed nor bound.
    pub at: Timestamp,
    /// Who did it: the identifier of an account, or of a job of the system.
    pub actor: String,
}

/// What an entry carries beside its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// The ciphertext itself. Give this whenever it is still stored, so that a change to it is found.
    Ciphertext(Vec<u8>),
    /// Only its SHA-256, because the ciphertext was erased or is not at hand. Proofs still hold.
    Digest(Hash),
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Place in the whole log, from 1 without gaps: one more than the index of its leaf.
    pub position: u64,
    /// What is said in the clear.
    pub header: Header,
    /// What is sealed.
    pub payload: Payload,
}

/// Why some bytes are not those of an entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// The bytes do not begin with the tag of this layout.
    #[error("the entry does not begin with \"redress-entry-v1\"")]
    Tag,
    /// The bytes end inside a field.
    #[error("the entry ends before its {0} is complete")]
    Short(&'static str),
    /// Bytes follow the last field.
    #[error("the entry has {0} bytes too many")]
    Long(usize),
    /// The position is 0, where no entry stands.
    #[error("the entry has position 0, but positions start at 1")]
    PositionZero,
    /// A text is not UTF-8.
    #[error("the {0} of the entry is not UTF-8")]
    Utf8(&'static str),
    /// The time lies outside the years that can be shown.
    #[error("the time of the entry is outside the years that can be shown ({0} microseconds from 1970)")]
    Time(i64),
}

impl Header {
    /// The bytes to give an AEAD as associated data when the payload is sealed.
    ///
    /// A ciphertext moved under another header then no longer opens. The position is left out, because it is only known
    /// when the entry is appended. The layout is `redress-seal-v1`, then the fields of [`Entry::canonical_bytes`] from
    /// the stream to the actor.
    #[must_use]
    pub fn associated_data(&self) -> Vec<u8> {
        let mut bytes = SEAL_TAG.to_vec();
        self.write(&mut bytes);
        bytes
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        write_text(bytes, &self.stream);
        bytes.extend(self.sequence.to_be_bytes());
        write_text(bytes, &self.kind);
        bytes.extend(self.version.to_be_bytes());
        bytes.extend(self.at.as_microsecond().to_be_bytes());
        write_text(bytes, &self.actor);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, EntryError> {
        Ok(Self {
            stream: reader.text("stream")?,
            sequence: u32::from_be_bytes(reader.array("sequence")?),
            kind: reader.text("kind")?,
            version: u16::from_be_bytes(reader.array("version")?),
            at: reader.time()?,
            actor: reader.text("actor")?,
        })
    }
}

impl Payload {
    /// The SHA-256 of the ciphertext.
    #[must_use]
    pub fn digest(&self) -> Hash {
        match self {
            Self::Ciphertext(bytes) => Hash::of(bytes),
            Self::Digest(digest) => *digest,
        }
    }
}

impl Entry {
    /// The bytes that the leaf hashes. Numbers are big-endian; a text is its length in bytes as 8 bytes, then its UTF-8.
    ///
    /// | field | bytes |
    /// |---|---|
    /// | tag | the 16 letters `redress-entry-v1` |
    /// | position | 8 |
    /// | stream | text |
    /// | sequence | 4 |
    /// | kind | text |
    /// | version | 2 |
    /// | at | 8, signed microseconds from 1 January 1970, UTC |
    /// | actor | text |
    /// | payload | 32, the SHA-256 of the ciphertext |
    ///
    /// Every field is of fixed size or carries its length, so two different entries never have the same bytes.
    #[must_use]
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut bytes = ENTRY_TAG.to_vec();
        bytes.extend(self.position.to_be_bytes());
        self.header.write(&mut bytes);
        bytes.extend(self.payload.digest().as_bytes());
        bytes
    }

    /// Reads what [`Entry::canonical_bytes`] wrote; the payload is then a [`Payload::Digest`].
    ///
    /// # Errors
    /// An [`EntryError`] unless the bytes are exactly one entry.
    pub fn from_canonical_bytes(bytes: &[u8]) -> Result<Self, EntryError> {
        let mut reader = Reader {
            rest: bytes.strip_prefix(ENTRY_TAG).ok_or(EntryError::Tag)?,
        };
        let position = u64::from_be_bytes(reader.array("position")?);
        if position == 0 {
            return Err(EntryError::PositionZero);
        }
        let header = Header::read(&mut reader)?;
        let payload = Payload::Digest(reader.array::<{ Hash::LENGTH }>("payload")?.into());
        match reader.rest.len() {
            0 => Ok(Self {
                position,
                header,
                payload,
            }),
            more => Err(EntryError::Long(more)),
        }
    }

    /// The hash of the entry as a leaf of the tree.
    #[must_use]
    pub fn leaf_hash(&self) -> Hash {
        leaf_hash(&self.canonical_bytes())
    }
}

fn write_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_be_bytes());
    bytes.extend(text.as_bytes());
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn text(&mut self, field: &'static str) -> Result<String, EntryError> {
        let length = u64::from_be_bytes(self.array(field)?);
        let length = usize::try_from(length).map_err(|_| EntryError::Short(field))?;
        let bytes = self.take(length, field)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| EntryError::Utf8(field))
    }

    fn time(&mut self) -> Result<Timestamp, EntryError> {
        let microseconds = i64::from_be_bytes(self.array("time")?);
        Timestamp::from_microsecond(microseconds).map_err(|_| EntryError::Time(microseconds))
    }

    fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], EntryError> {
        let bytes = self.take(N, field)?;
        bytes.try_into().map_err(|_| EntryError::Short(field))
    }

    fn take(&mut self, length: usize, field: &'static str) -> Result<&'a [u8], EntryError> {
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(EntryError::Short(field))?;
        self.rest = rest;
        Ok(bytes)
    }
}
