//! All letters of one department: the built-in words, with its own files in place of some of them, and what it wrote in the office in place
//! of both (R16).

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rules::colour::Colour;
use rules::letters::{LetterFacts, LetterKind};
use rules::office::brand::LINK;

use super::built_in::{self, LANGUAGE};
use super::sheet::Sheet;
use super::{Letter, WordingError, sample};

/// The largest wording that is taken, in bytes; the longest that is built in has under 3,000, and a larger file was put there by mistake.
pub(super) const LARGEST_BYTES: usize = 64 * 1024;

/// The words of every kind of letter. What the office writes takes the place of what was installed while the product runs, for everybody who
/// holds the same value.
#[derive(Debug)]
pub struct Wording {
    installed: BTreeMap<LetterKind, Arc<Sheet>>,
    of_the_office: RwLock<BTreeMap<LetterKind, Arc<Sheet>>>,
    link: RwLock<Colour>,
}

/// Where the words of a letter come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// With the product.
    BuiltIn,
    /// From a file in the folder of this installation.
    Folder,
    /// Written in the office.
    Office,
}

impl Wording {
    /// The words that come with the product.
    ///
    /// # Errors
    ///
    /// A built-in file that cannot be used; a test holds that there is none.
    pub fn built_in() -> Result<Self, WordingError> {
        let mut installed = BTreeMap::new();
        for kind in LetterKind::ALL {
            let file = format!("{LANGUAGE}/{}.txt (built in)", kind.code());
            installed.insert(kind, Arc::new(Sheet::read(&file, built_in::source(kind))?));
        }
        Ok(Self {
            installed,
            of_the_office: RwLock::default(),
            link: RwLock::new(LINK),
        })
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
                sheet.render(&facts, LINK)?;
            }
            wording.installed.insert(kind, Arc::new(sheet));
        }
        Ok(wording)
    }

    /// Puts what the office wrote in the place of what was installed; nothing takes it back. Letters that are written from now on use it.
    ///
    /// # Errors
    ///
    /// What is wrong with it; the words that were in use before stay.
    pub fn write(&self, kind: LetterKind, source: Option<&str>) -> Result<(), WordingError> {
        let sheet = match source {
            Some(source) => Some(Arc::new(Sheet::read(&office_file(kind), source)?)),
            None => None,
        };
        let mut written = self.of_the_office.write().unwrap_or_else(PoisonError::into_inner);
        match sheet {
            Some(sheet) => written.insert(kind, sheet),
            None => written.remove(&kind),
        };
        Ok(())
    }

    /// Gives links in e-mails the colour of the brand from now on.
    pub fn wear(&self, link: Colour) {
        *self.link.write().unwrap_or_else(PoisonError::into_inner) = link;
    }

    fn link(&self) -> Colour {
        *self.link.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts facts into words. The facts are shown as they are: nothing in them is read as markup, link or template.
    ///
    /// # Errors
    ///
    /// What the wording file asks for and cannot have, with its line.
    pub fn render(&self, kind: LetterKind, facts: &LetterFacts) -> Result<Letter, WordingError> {
        self.sheet(kind)
            .ok_or_else(|| WordingError::whole(kind.code(), "there are no words for this letter"))?
            .render(facts, self.link())
    }

    /// The wording of a letter that is in use, to be shown or copied for editing.
    #[must_use]
    pub fn source(&self, kind: LetterKind) -> String {
        self.sheet(kind)
            .map_or_else(String::new, |sheet| sheet.source().to_owned())
    }

    /// Which file a letter's words come from.
    #[must_use]
    pub fn file(&self, kind: LetterKind) -> String {
        self.sheet(kind)
            .map_or_else(String::new, |sheet| sheet.file().to_owned())
    }

    /// Where a letter's words come from.
    #[must_use]
    pub fn origin(&self, kind: LetterKind) -> Origin {
        let written = self.of_the_office.read().unwrap_or_else(PoisonError::into_inner);
        if written.contains_key(&kind) {
            return Origin::Office;
        }
        self.installed_origin(kind)
    }

    /// Where the words come from that hold if the office writes none.
    #[must_use]
    pub fn installed_origin(&self, kind: LetterKind) -> Origin {
        match self.installed.get(&kind).map(|sheet| sheet.source()) {
            Some(source) if source != built_in::source(kind) => Origin::Folder,
            _ => Origin::BuiltIn,
        }
    }

    /// The wording that was installed: the file of the folder, or the built-in one.
    #[must_use]
    pub fn installed(&self, kind: LetterKind) -> &str {
        self.installed.get(&kind).map_or("", |sheet| sheet.source())
    }

    fn sheet(&self, kind: LetterKind) -> Option<Arc<Sheet>> {
        let written = self.of_the_office.read().unwrap_or_else(PoisonError::into_inner);
        written.get(&kind).or_else(|| self.installed.get(&kind)).cloned()
    }
}

/// The wording that comes with the product.
#[must_use]
pub fn built_in_wording(kind: LetterKind) -> &'static str {
    built_in::source(kind)
}

/// What errors call a wording that the office wrote.
pub(super) fn office_file(kind: LetterKind) -> String {
    format!("{}.txt", kind.code())
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
    if usize::try_from(size).unwrap_or(usize::MAX) > LARGEST_BYTES {
        return Err(failed(format!("the file is larger than {} KB", LARGEST_BYTES / 1024)));
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
