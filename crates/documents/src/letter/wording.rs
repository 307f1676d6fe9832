//! All letters of one department: the built-in words, with its own files in place of some of them (R16).

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rules::letters::{LetterFacts, LetterKind};

use super::built_in::{self, LANGUAGE};
use super::sheet::Sheet;
use super::{Letter, WordingError, sample};

/// No letter needs more; a larger file was put there by mistake.
const LARGEST_FILE_BYTES: u64 = 64 * 1024;

/// The words of every kind of letter.
#[derive(Debug)]
pub struct Wording {
    sheets: BTreeMap<LetterKind, Sheet>,
}

impl Wording {
    /// The words that come with the product.
    ///
    /// # Errors
    ///
    /// A built-in file that cannot be used; a test holds that there is none.
    pub fn built_in() -> Result<Self, WordingError> {
        let mut sheets = BTreeMap::new();
        for kind in LetterKind::ALL {
            let file = format!("{LANGUAGE}/{}.txt (built in)", kind.code());
            sheets.insert(kind, Sheet::read(&file, built_in::source(kind))?);
        }
        Ok(Self { sheets })
    }

    /// The built-in words, with the files `en/<letter>.txt` of this folder in place of those that they name. Each of the department's files is
    /// tried with example facts at once, so that a mistake is found before a letter is owed (P44).
    ///
    /// # Errors
    ///
    /// The first file that cannot be read or used, or that is named after no letter.
    pub fn with_folder(folder: &Path) -> Result<Self, WordingError> {
        let mut wording = Self::built_in()?;
        for (kind, path) in own_files(folder)? {
            let sheet = Sheet::read(&path.display().to_string(), &read(&path)?)?;
            for facts in [sample::full(kind), sample::sparse(kind)] {
                sheet.render(&facts)?;
            }
            wording.sheets.insert(kind, sheet);
        }
        Ok(wording)
    }

    /// Puts facts into words. The facts are shown as they are: nothing in them is read as markup, link or template.
    ///
    /// # Errors
    ///
    /// What the wording file asks for and cannot have, with its line.
    pub fn render(&self, kind: LetterKind, facts: &LetterFacts) -> Result<Letter, WordingError> {
        self.sheet(kind)?.render(facts)
    }

    /// The wording file of a letter as it is, to be shown or copied for editing.
    #[must_use]
    pub fn source(&self, kind: LetterKind) -> &str {
        self.sheets.get(&kind).map_or("", Sheet::source)
    }

    /// Which file a letter's words come from.
    #[must_use]
    pub fn file(&self, kind: LetterKind) -> &str {
        self.sheets.get(&kind).map_or("", Sheet::file)
    }

    fn sheet(&self, kind: LetterKind) -> Result<&Sheet, WordingError> {
        self.sheets
            .get(&kind)
            .ok_or_else(|| WordingError::whole(kind.code(), "there are no words for this letter"))
    }
}

/// The department's files, by letter. A name that fits no letter is refused: otherwise a slip in a name would go unseen for ever.
fn own_files(folder: &Path) -> Result<Vec<(LetterKind, PathBuf)>, WordingError> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        WordingError::whole(
            &path.display().to_string(),
            format!("the folder cannot be read: {error}"),
        )
    };
    fs::metadata(folder).map_err(|error| unreadable(folder, &error))?;
    let folder = folder.join(LANGUAGE);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(&folder, &error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(&folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            files.push((kind_of(&path)?, path));
        }
    }
    files.sort();
    Ok(files)
}

fn kind_of(path: &Path) -> Result<LetterKind, WordingError> {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    LetterKind::ALL
        .into_iter()
        .find(|kind| kind.code() == stem)
        .ok_or_else(|| {
            let known = LetterKind::ALL.map(LetterKind::code).join(", ");
            WordingError::whole(
                &path.display().to_string(),
                format!("no letter has this name; the letters are {known}"),
            )
        })
}

fn read(path: &Path) -> Result<String, WordingError> {
    let failed = |reason: String| WordingError::whole(&path.display().to_string(), reason);
    let size = fs::metadata(path)
        .map_err(|error| failed(format!("the file cannot be read: {error}")))?
        .len();
    if size > LARGEST_FILE_BYTES {
        return Err(failed(format!(
            "the file is larger than {} KB",
            LARGEST_FILE_BYTES / 1024
        )));
    }
    let bytes = fs::read(path).map_err(|error| failed(format!("the file cannot be read: {error}")))?;
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        WordingError::at(
            &path.display().to_string(),
            line,
            "save the file as UTF-8; a character here is stored in another way",
        )
    })
}
