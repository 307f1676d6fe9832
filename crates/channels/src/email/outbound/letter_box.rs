//! A folder instead of a mail server: one file per letter, which mail programs can open, to be listed and read in a demonstration.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mail_parser::{Address, Message, MessageParser};
use rules::clock::{clock_time, full_date};

use super::{LetterBoxSettings, SendError, SettingsError};

const ENDING: &str = "eml";
/// File systems allow 255 bytes for a name; the rest is for the ending and the mark of a half-written file.
const LONGEST_ID: usize = 200;

/// Keeps letters in a folder.
#[derive(Debug)]
pub struct LetterBox {
    folder: PathBuf,
}

/// One letter as its reader would see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id in this folder, for [`read`].
    pub id: String,
    /// Its Date header.
    pub dated_at: Option<Timestamp>,
    /// The Date header in words, as a message has it: "Thursday 15 October 2026, 1:05pm UTC". The folder knows of no time zone.
    pub when: String,
    /// The address it is for.
    pub to: String,
    /// The name beside the address.
    pub to_name: String,
    /// The address it is from.
    pub from: String,
    /// The subject.
    pub subject: String,
    /// The Message-ID, in angle brackets.
    pub message_id: String,
    /// The plain text.
    pub text: String,
    /// The HTML document.
    pub html: String,
}

/// The letters in a folder, the latest first. Blocks on the disk.
///
/// # Errors
///
/// A folder or file that cannot be read, or a file that is no message.
pub fn list(folder: &Path) -> io::Result<Vec<Kept>> {
    let mut letters = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let Some(id) = id_of(&path) {
            let bytes = fs::read(&path)?;
            letters.push(kept(id, &parse(&path, &bytes)?));
        }
    }
    letters.sort_by(|one, other| (other.dated_at, &other.id).cmp(&(one.dated_at, &one.id)));
    Ok(letters)
}

/// One letter, or `None` if the folder has none with this id. Blocks on the disk. An id that could lead out of the folder has no letter.
///
/// # Errors
///
/// A file that cannot be read or is no message.
pub fn read(folder: &Path, id: &str) -> io::Result<Option<Kept>> {
    if !is_id(id) {
        return Ok(None);
    }
    let path = folder.join(format!("{id}.{ENDING}"));
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(kept(id.to_owned(), &parse(&path, &bytes)?)))
}

impl LetterBox {
    /// Makes the folder if need be.
    pub(super) fn open(settings: LetterBoxSettings) -> Result<Self, SettingsError> {
        let folder = settings.folder;
        fs::create_dir_all(&folder)
            .map_err(|error| SettingsError(format!("The letter box {} cannot be made: {error}", folder.display())))?;
        Ok(Self { folder })
    }

    /// Keeps one letter; the same id replaces the earlier copy, as a second attempt should. On disk when this returns.
    pub(super) async fn put(&self, message_id: &str, bytes: Vec<u8>) -> Result<String, SendError> {
        let (folder, id) = (self.folder.clone(), file_id(message_id));
        let written =
            tokio::task::spawn_blocking(move || write(&folder, &id, &bytes).map(|()| format!("kept as {id}.{ENDING}")));
        match written.await {
            Ok(Ok(words)) => Ok(words),
            Ok(Err(error)) => Err(self.failed(&error.to_string())),
            Err(error) => Err(self.failed(&error.to_string())),
        }
    }

    fn failed(&self, reason: &str) -> SendError {
        SendError::temporary(format!(
            "The letter box {} could not keep the letter: {reason}.",
            self.folder.display()
        ))
    }
}

/// Whole or not at all: a reader never sees half a letter, and a power cut leaves the letter or nothing.
fn write(folder: &Path, id: &str, bytes: &[u8]) -> io::Result<()> {
    let part = folder.join(format!("{id}.part"));
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, folder.join(format!("{id}.{ENDING}")))?;
    File::open(folder)?.sync_all()
}

/// `<FC-10482-3-9f@calderbrook.example>` becomes `FC-10482-3-9f_calderbrook.example`.
fn file_id(message_id: &str) -> String {
    let inner = message_id.trim_start_matches('<').trim_end_matches('>');
    let id: String = inner
        .chars()
        .map(|character| if is_id_character(character) { character } else { '_' })
        .take(LONGEST_ID)
        .collect();
    if id.starts_with('.') {
        id.replacen('.', "_", 1)
    } else {
        id
    }
}

fn id_of(path: &Path) -> Option<String> {
    let is_letter = path.extension() == Some(OsStr::new(ENDING));
    let id = path
        .file_stem()
        .and_then(OsStr::to_str)
        .filter(|id| is_letter && is_id(id));
    id.map(str::to_owned)
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST_ID && !id.starts_with('.') && id.chars().all(is_id_character)
}

fn is_id_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_')
}

fn parse<'bytes>(path: &Path, bytes: &'bytes [u8]) -> io::Result<Message<'bytes>> {
    MessageParser::default().parse(bytes).ok_or_else(|| {
        io::Error::new(
            ErrorKind::InvalidData,
            format!("{} is not an e-mail message", path.display()),
        )
    })
}

fn kept(id: String, message: &Message<'_>) -> Kept {
    let (to, to_name) = first_address(message.to());
    let dated_at = message
        .date()
        .and_then(|date| Timestamp::from_second(date.to_timestamp()).ok());
    Kept {
        id,
        dated_at,
        when: dated_at.map(in_words).unwrap_or_default(),
        to,
        to_name,
        from: first_address(message.from()).0,
        subject: message.subject().unwrap_or_default().to_owned(),
        message_id: message.message_id().map(|id| format!("<{id}>")).unwrap_or_default(),
        text: message
            .body_text(0)
            .map(|text| text.replace("\r\n", "\n"))
            .unwrap_or_default(),
        html: message
            .body_html(0)
            .map(|html| html.replace("\r\n", "\n"))
            .unwrap_or_default(),
    }
}

fn in_words(at: Timestamp) -> String {
    let written = TimeZone::UTC.to_datetime(at);
    format!("{}, {} UTC", full_date(written.date()), clock_time(written.time()))
}

fn first_address(addresses: Option<&Address<'_>>) -> (String, String) {
    let first = addresses.and_then(Address::first);
    let part = |part: Option<&str>| part.unwrap_or_default().to_owned();
    (
        part(first.and_then(|address| address.address())),
        part(first.and_then(|address| address.name())),
    )
}
