//! A form as it was sent, with or without files: words in memory, files into their tray as they come, and nothing lost when one is refused.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use casework::files::{NotTaken, Tray};
use casework::{ActError, Passing};
use rules::files::{Brought, FileName, FileRefused};
use tracing::error;

use super::multipart::{Broken, Multipart, boundary};
use super::posted::{LARGEST_SHOWN, MOST_FIELDS, Posted, Size, TooLarge, Unread};
use super::{Sender, Site, later, once};
use crate::page::form::{Errors, FileReceived};

/// The field of files.
pub(crate) const FILES: &str = "files";
/// The field that names files which are to be left out again.
pub(crate) const LEAVE_OUT: &str = "leave_out";
/// Fields of single files that are held in memory with the form, and how much of each is taken, in bytes: settings, never a case.
const HELD: [(&str, usize); 3] = [
    ("text_file", 1024 * 1024),
    ("logo", 256 * 1024),
    ("key_file", 256 * 1024),
];
/// How much of a form is read at most, in bytes. What is beyond the limits is counted and thrown away, so that the person reads which file
/// was too large instead of a broken connection; a sender of more than this wants something else.
const MOST_READ: u64 = 1024 * 1024 * 1024;

/// A form as it was sent.
#[derive(Debug, Default)]
pub(crate) struct SentForm {
    /// Its words; its key is there even if it came without one.
    pub(crate) posted: Posted,
    /// What became of its files.
    pub(crate) files: SentFiles,
}

/// A file that came in a field of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// The field.
    pub(crate) field: &'static str,
    /// Its bytes; none where it is larger than the field takes.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// What became of the files of a form.
#[derive(Debug, Default)]
pub(crate) struct SentFiles {
    /// Files that came in fields of their own.
    pub(crate) held: Vec<Held>,
    /// What waits in the tray now, from this try or an earlier one.
    pub(crate) waiting: Vec<Brought>,
    /// What to do about those that were not taken, one sentence each.
    pub(crate) refused: Vec<String>,
    /// The names of files that came and that this sender may not leave here: they are to be chosen again.
    pub(crate) left_behind: Vec<String>,
    /// Something of ours failed.
    pub(crate) broken: bool,
}

impl SentFiles {
    /// Nothing stands in the way of the act.
    pub(crate) fn are_fine(&self) -> bool {
        self.refused.is_empty()
    }

    /// The file that came in a field of its own, if one did.
    pub(crate) fn in_field(&self, field: &str) -> Option<&Held> {
        self.held.iter().find(|held| held.field == field)
    }

    /// What waits, for the page that is shown again.
    pub(crate) fn received(&self) -> Vec<FileReceived> {
        received_files(&self.waiting)
    }

    /// The names of everything that came.
    pub(crate) fn names(&self) -> String {
        let waiting = self.waiting.iter().map(|file| file.name.to_string());
        let names: Vec<String> = waiting.chain(self.left_behind.iter().cloned()).collect();
        names.join(", ")
    }

    /// The sentences as errors of the field.
    pub(crate) fn errors(&self) -> Errors {
        let mut errors = Errors::none();
        self.refused.iter().for_each(|words| errors.add(FILES, words.clone()));
        errors
    }

    /// The page that is shown again, with its status.
    pub(crate) fn answer(&self, page: Response) -> Response {
        match self.broken {
            true => later(
                (StatusCode::SERVICE_UNAVAILABLE, page).into_response(),
                Passing::Trouble,
            ),
            false => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
        }
    }
}

/// Files that wait in a tray, as pages show them.
pub(crate) fn received_files(waiting: &[Brought]) -> Vec<FileReceived> {
    let one = |file: &Brought| FileReceived {
        id: file.id.clone(),
        name: file.name.to_string(),
        about: match file.scanned.label() {
            Some(label) => format!("{}, {label}", file.about()),
            None => file.about(),
        },
    };
    waiting.iter().map(one).collect()
}

/// Whose form it is: the field of its key, and its tray. A form that may not leave anything here has none, and its files are passed over.
pub(crate) struct Whose<F> {
    /// The name of the field that holds the key against double presses.
    pub(crate) key: &'static str,
    /// The tray, asked once the fields in front of the first file are known.
    pub(crate) tray: F,
}

/// Reads a form.
///
/// # Errors
/// When it broke off, or its words alone are larger than any form.
pub(crate) async fn read<F>(request: Request, site: &Site, whose: Whose<F>) -> Result<SentForm, Unread>
where
    F: Fn(&Posted) -> Option<Tray>,
{
    let (parts, body) = request.into_parts();
    let mut reading = Reading {
        sent: SentForm::default(),
        whose,
        tray: None,
        words: 0,
        size: Size::Taken,
    };
    match boundary(&parts.headers) {
        None => (reading.sent.posted, reading.size) = Posted::read(body).await?,
        Some(boundary) => {
            let mut form = Multipart::new(body, &boundary, MOST_READ);
            if let Err(broken) = reading.parts(&mut form).await {
                reading.sent.files.refused.push(broken_words(broken).to_owned());
                if broken == Broken::Misshapen {
                    form.pass_over().await;
                }
            }
        }
    }
    if reading.size == Size::TooLarge {
        return Err(Unread::TooLarge(TooLarge {
            to: parts.uri.path().to_owned(),
            from: Sender::of(&parts, site.transport()),
            posted: reading.sent.posted,
        }));
    }
    reading.finish().await;
    Ok(reading.sent)
}

fn broken_words(broken: Broken) -> &'static str {
    match broken {
        Broken::CutShort | Broken::Misshapen => {
            "Not all of your form arrived. Check your words, choose the files that are missing, and send it again"
        }
        Broken::TooMuch => "Your files are too large to send here. Send without them, or send a link",
    }
}

struct Reading<F> {
    sent: SentForm,
    whose: Whose<F>,
    /// The tray, once it was asked for.
    tray: Option<Option<Tray>>,
    /// Bytes of words so far.
    words: usize,
    /// Whether they are taken.
    size: Size,
}

impl<F: Fn(&Posted) -> Option<Tray>> Reading<F> {
    async fn parts(&mut self, form: &mut Multipart) -> Result<(), Broken> {
        while let Some(part) = form.next_part().await? {
            match part.file {
                None => self.field(&part.name, form).await?,
                // A form whose words are not taken leaves no file here.
                Some(name) if name.is_empty() || self.size == Size::TooLarge => {}
                Some(name) if part.name == FILES => self.file(&name, form).await?,
                Some(_) => self.held(&part.name, form).await?,
            }
        }
        Ok(())
    }

    /// A field with words; those that came before a form broke off are kept too.
    async fn field(&mut self, name: &str, form: &mut Multipart) -> Result<(), Broken> {
        let mut value = Vec::new();
        let read = loop {
            match form.next_bytes().await {
                Ok(Some(bytes)) => {
                    let room = LARGEST_SHOWN.saturating_sub(self.words);
                    value.extend_from_slice(&bytes[..bytes.len().min(room)]);
                    self.words += bytes.len();
                    self.size = Size::of(self.words);
                }
                Ok(None) => break Ok(()),
                Err(broken) => {
                    value.extend(form.rest());
                    break Err(broken);
                }
            }
        };
        if self.sent.posted.fields().len() < MOST_FIELDS {
            self.sent.posted.add(name, &String::from_utf8_lossy(&value));
        }
        read
    }

    /// A file in a field of its own; one that is in a field of nobody's is passed over.
    async fn held(&mut self, field: &str, form: &mut Multipart) -> Result<(), Broken> {
        let Some((field, most)) = HELD.iter().find(|(known, _)| *known == field) else {
            return Ok(());
        };
        let mut bytes = Some(Vec::new());
        while let Some(more) = form.next_bytes().await? {
            bytes = bytes.filter(|held: &Vec<u8>| held.len() + more.len() <= *most);
            if let Some(held) = &mut bytes {
                held.extend(more);
            }
        }
        self.sent.files.held.push(Held { field, bytes });
        Ok(())
    }

    async fn file(&mut self, name: &str, form: &mut Multipart) -> Result<(), Broken> {
        let Some(tray) = self.tray().await else {
            self.sent.files.left_behind.push(FileName::of(name).to_string());
            return Ok(());
        };
        let mut arrival = match tray.begin(name).await {
            Ok(arrival) => arrival,
            Err(not_taken) => {
                self.not_taken(&not_taken);
                return Ok(());
            }
        };
        let broken = loop {
            match form.next_bytes().await {
                Ok(Some(bytes)) => arrival.write(&bytes).await,
                Ok(None) => break None,
                Err(broken) => break Some(broken),
            }
        };
        match broken {
            // What is too much is too large for certain, and the sentence says how large it is.
            None | Some(Broken::TooMuch) => {
                if let Err(not_taken) = arrival.finish().await {
                    self.not_taken(&not_taken);
                }
            }
            Some(_) => {
                let refused = arrival.cut_short().await;
                self.refuse(&refused);
            }
        }
        broken.map_or(Ok(()), Err)
    }

    /// The tray, with what the person does not want to send taken out first: that makes room for the rest.
    async fn tray(&mut self) -> Option<Tray> {
        if self.tray.is_none() {
            let posted = &mut self.sent.posted;
            let key = once::key_or_new(posted.get(self.whose.key));
            posted.set(self.whose.key, &key);
            let tray = (self.whose.tray)(posted);
            if let Some(tray) = &tray {
                let left_out = tray.leave_out(&posted.all(LEAVE_OUT)).await;
                self.ours(left_out);
            }
            self.tray = Some(tray);
        }
        self.tray.clone().flatten()
    }

    async fn finish(&mut self) {
        if let Some(tray) = self.tray().await {
            let waiting = tray.waiting().await;
            self.sent.files.waiting = self.ours(waiting).unwrap_or_default();
        }
    }

    fn not_taken(&mut self, not_taken: &NotTaken) {
        if let NotTaken::Broken { fault, .. } = not_taken {
            error!(%fault, "a file could not be kept");
            self.sent.files.broken = true;
        }
        self.refuse(not_taken.refused());
    }

    fn refuse(&mut self, refused: &FileRefused) {
        self.sent.files.refused.push(refused.words());
    }

    /// What our own store answered; where it failed, the person is told that files are the trouble and not their words, or that nothing can be kept
    /// at this moment.
    fn ours<T>(&mut self, answer: Result<T, ActError>) -> Option<T> {
        answer
            .inspect_err(|fault| {
                error!(%fault, "the files of a form could not be read");
                self.sent.files.broken = true;
                let words = match fault.passing() {
                    Some(_) => {
                        "We cannot save that just now. Your words are still here: send them again in a few minutes"
                    }
                    None => {
                        "We cannot read our store for files just now. Your words are still here: try again in a minute"
                    }
                };
                self.sent.files.refused.push(words.to_owned());
            })
            .ok()
    }
}
