//! What goes into an encrypted letter to a line manager: the complaint in words, and the files that a letter can hold (R34, A14).
//!
//! It is put together when the letter goes and never before: the outbox holds an address and facts. It leaves this crate as an armored message and in no
//! other form but to whoever makes the letter around it.

use jiff::Timestamp;
use rules::case::{AttachedFile, Case, Recorded, Reference};
use rules::clock::{clock_time, full_date};
use rules::confidential::sealing::carried::{Carried, NoKey, fitting};
use rules::confidential::sealing::letter_key::{Certificate, Opens};
use rules::confidential::sealing::written::{Manner, Written};
use rules::letters::{LetterFacts, LetterKind};
use storage::{StorageError, files, openpgp};

use super::record;
use crate::files::Download;
use crate::jobs::post::ToSend;
use crate::record::load;
use crate::{ActError, Office, letter_keys};

/// The complaint as it goes into an encrypted letter. Without `Debug`: nothing may log it.
pub struct Enclosure {
    /// The complaint in words, as plain text.
    pub words: String,
    /// The files that the letter holds.
    pub files: Vec<EnclosedFile>,
    /// How the letter carries it.
    pub carried: Carried,
    /// The number of the last event that it holds.
    pub up_to: u32,
    certificate: Certificate,
    opens: Opens,
}

/// A file in an encrypted letter.
pub struct EnclosedFile {
    /// Its name.
    pub name: String,
    /// What mail programs are told that it is; never a type that they would run.
    pub media_type: &'static str,
    /// Its bytes, as they came.
    pub bytes: Vec<u8>,
}

/// A key by which a letter can be encrypted now.
pub(crate) struct Good {
    certificate: Certificate,
    opens: Opens,
}

/// The key by which a letter to this mailbox is encrypted now, or why it is not.
pub(crate) async fn key_for(office: &Office, email: &str) -> Result<Result<Good, NoKey>, ActError> {
    let Some(key) = letter_keys::of(office, email).await? else {
        return Ok(Err(NoKey::Unknown));
    };
    Ok(match key.certificate.opens_now(office.now()) {
        Ok(opens) => Ok(Good {
            opens: opens.clone(),
            certificate: key.certificate,
        }),
        Err(why) => Err(why.into()),
    })
}

/// The letter that hands a case over, as it goes now: with the complaint to be enclosed where a good key is known for its reader, else with a link and why
/// (R34). Any other letter as it is.
///
/// # Errors
/// When the case cannot be read.
pub async fn carried(office: &Office, letter: &ToSend) -> Result<(ToSend, Option<Enclosure>), ActError> {
    let mut letter = letter.clone();
    let (LetterKind::Handover, Some(to)) = (letter.letter.kind, letter.letter.to.clone()) else {
        return Ok((letter, None));
    };
    let enclosure = match key_for(office, &to).await? {
        Ok(good) => Some(enclose(office, &letter.reference, good).await?),
        Err(why) => {
            letter.carried = Some((Carried::Link { why }, None));
            None
        }
    };
    if let Some(enclosure) = &enclosure {
        letter.letter.facts = facts_carried(letter.letter.facts, &enclosure.carried);
        letter.carried = Some((enclosure.carried.clone(), Some(enclosure.up_to)));
    }
    Ok((letter, enclosure))
}

/// The same letter with a link alone, where nothing could be encrypted to the key after all.
pub fn with_link(letter: &ToSend, why: NoKey) -> ToSend {
    let mut letter = letter.clone();
    let carried = Carried::Link { why };
    letter.letter.facts = facts_carried(letter.letter.facts, &carried);
    letter.carried = Some((carried, None));
    letter
}

/// How a letter to this mailbox about this case would carry it; of a stub nobody knows which files it has.
pub(crate) async fn planned(office: &Office, case: &Case, email: &str) -> Result<Carried, ActError> {
    Ok(match key_for(office, email).await? {
        Ok(good) => Carried::Key {
            fingerprint: good.certificate.fingerprint,
            left_out: left_out(&fits(&case.files)),
        },
        Err(why) => Carried::Link { why },
    })
}

/// The facts of a letter that is carried so.
pub(crate) fn facts_carried(facts: LetterFacts, carried: &Carried) -> LetterFacts {
    let (enclosed, left_out) = match carried {
        Carried::Key { left_out, .. } => (true, *left_out),
        Carried::Link { .. } => (false, 0),
    };
    LetterFacts {
        enclosed,
        left_out: match left_out {
            0 => String::new(),
            1 => "1 file".to_owned(),
            some => format!("{some} files"),
        },
        ..facts
    }
}

/// Opens a case for the letter that takes it out, or passes it on.
pub(crate) async fn enclose(office: &Office, reference: &Reference, good: Good) -> Result<Enclosure, ActError> {
    let loaded = load(office, reference).await?;
    let up_to = loaded.case.sequence;
    let read = match loaded.case.is_sealed() {
        true => {
            let record = record::open(office, reference).await?;
            let files = record.files().cloned().collect();
            let added = record.added.into_iter().map(|added| (added.at, added.words)).collect();
            Read {
                files,
                case: record.case,
                history: record.history,
                added,
                is_sealed: true,
            }
        }
        false => Read {
            files: loaded.case.files.clone(),
            case: loaded.case,
            history: loaded.history,
            added: Vec::new(),
            is_sealed: false,
        },
    };
    let (files, listed, left_out) = read.files(office).await;
    Ok(Enclosure {
        words: read.words(office, &listed)?,
        files,
        carried: Carried::Key {
            fingerprint: good.certificate.fingerprint.clone(),
            left_out,
        },
        up_to,
        certificate: good.certificate,
        opens: good.opens,
    })
}

impl Enclosure {
    /// Encrypts the letter that was made around it, as an armored message.
    ///
    /// # Errors
    /// When nothing can be encrypted to the key after all.
    pub async fn encrypt(&self, letter: Vec<u8>) -> Result<String, ActError> {
        let (certificate, opens) = (self.certificate.clone(), self.opens.clone());
        let encrypting = tokio::task::spawn_blocking(move || openpgp::encrypt(&certificate, &opens, letter));
        let broke = |_| StorageError::Cipher("encrypting a letter broke off");
        Ok(encrypting.await.map_err(broke)??)
    }
}

/// A case as its holder reads it.
struct Read {
    case: Case,
    history: Vec<Recorded>,
    added: Vec<(Timestamp, String)>,
    files: Vec<AttachedFile>,
    is_sealed: bool,
}

impl Read {
    fn words(&self, office: &Office, listed: &[String]) -> Result<String, ActError> {
        let in_force = office.procedure_of(&self.case)?;
        let zone = in_force.calendar.time_zone().clone();
        let manner = Manner {
            when: &|at| {
                let local = zone.to_datetime(at);
                format!("{}, {}", full_date(local.date()), clock_time(local.time()))
            },
            name: &|id| office.person_ever(id).map(|person| person.name),
        };
        let added: Vec<(Timestamp, &str)> = self.added.iter().map(|(at, words)| (*at, words.as_str())).collect();
        let written = Written::of(&self.case, &self.history, &added, &manner);
        Ok(written.text(&self.case.reference.to_string(), listed))
    }

    /// The files that go into the letter, a line about each, and how many are left out.
    async fn files(&self, office: &Office) -> (Vec<EnclosedFile>, Vec<String>, u32) {
        let fits = fits(&self.files);
        let (mut files, mut listed, mut left) = (Vec::new(), Vec::new(), left_out(&fits));
        for (attached, fits) in self.files.iter().zip(fits) {
            let name = attached.file.name.to_string();
            if !fits {
                listed.push(format!("{name}: too large for a letter, opens with a code"));
                continue;
            }
            if let Some(why) = attached.file.scanned.kept_back() {
                listed.push(format!("{name}: {why}"));
                continue;
            }
            match self.bytes(office, attached).await {
                Ok(bytes) => {
                    listed.push(format!("{name}: in this letter"));
                    let media_type = attached.file.kind.media_type();
                    files.push(EnclosedFile {
                        name,
                        media_type,
                        bytes,
                    });
                }
                // The letter does not wait for a disk: whoever has the case fetches the file with a code once it is back.
                Err(fault) => {
                    tracing::error!(case = %self.case.reference, file = attached.file.id, %fault, "a file could not be put into a letter");
                    listed.push(format!("{name}: could not be put into this letter, opens with a code"));
                    left += 1;
                }
            }
        }
        (files, listed, left)
    }

    async fn bytes(&self, office: &Office, attached: &AttachedFile) -> Result<Vec<u8>, ActError> {
        let (id, stream) = (attached.file.id.clone(), self.case.reference.to_string());
        let is_sealed = self.is_sealed;
        let key = office
            .store
            .read(move |tx| {
                Box::pin(async move {
                    match is_sealed {
                        true => storage::sealed::file_key(tx, &id, &stream).await,
                        false => files::key(tx, &id, &stream).await,
                    }
                })
            })
            .await?;
        let mut download = Download::open(office, attached.file.clone(), &key).await?;
        let mut bytes = Vec::new();
        while let Some(chunk) = download.next_chunk().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

fn fits(files: &[AttachedFile]) -> Vec<bool> {
    fitting(files.iter().map(|attached| attached.file.size))
}

fn left_out(fits: &[bool]) -> u32 {
    let left = fits.iter().filter(|fits| !**fits).count();
    u32::try_from(left).unwrap_or(u32::MAX)
}
