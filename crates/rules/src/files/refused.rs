//! Why a file was not taken, in words that say what to do instead (IA: errors one by one).

use super::limits::{Limits, size_words};
use super::name::FileName;

/// What makes a file unfit to be passed on to the person who opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsafe {
    /// It runs: a program, an installer, a shortcut to one.
    Program,
    /// It is run by another program.
    Script,
    /// A document that carries a program.
    Macro,
    /// It runs what it likes in the browser that shows it.
    WebPage,
    /// A drawing that can do the same.
    Drawing,
}

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileRefused {
    /// There is nothing in it.
    Empty {
        /// Its name.
        name: FileName,
    },
    /// It is larger than one file may be.
    TooLarge {
        /// Its name.
        name: FileName,
        /// How large it is, in bytes.
        size: u64,
        /// The limits.
        limits: Limits,
    },
    /// It is one too many.
    TooMany {
        /// Its name.
        name: FileName,
        /// The limits.
        limits: Limits,
    },
    /// With it they would be too much together.
    TooMuchTogether {
        /// Its name.
        name: FileName,
        /// The limits.
        limits: Limits,
    },
    /// It could harm whoever opens it.
    Unsafe {
        /// Its name.
        name: FileName,
        /// What it is.
        what: Unsafe,
    },
    /// It ended in the middle.
    NotWhole {
        /// Its name.
        name: FileName,
    },
    /// Too much waits already for forms that were not sent.
    NoRoom {
        /// Its name.
        name: FileName,
    },
    /// Our own store did not take it.
    NotKept {
        /// Its name.
        name: FileName,
    },
}

impl FileRefused {
    /// The sentence beside the field.
    pub fn words(&self) -> String {
        match self {
            FileRefused::Empty { name } => format!("\"{name}\" is empty. Choose it again, or send without it"),
            FileRefused::TooLarge { name, size, limits } => format!(
                "\"{name}\" is {}. Choose a file smaller than {}, or send a link",
                size_words(*size),
                size_words(limits.largest_bytes)
            ),
            FileRefused::TooMany { name, limits } => format!(
                "You can send up to {} files at once. \"{name}\" was left out: send it as a reply afterwards",
                limits.most
            ),
            FileRefused::TooMuchTogether { name, limits } => format!(
                "You can send up to {} at once. \"{name}\" was left out: send it as a reply afterwards, or send a link",
                size_words(limits.together_bytes)
            ),
            FileRefused::Unsafe { name, what } => {
                format!("We could not accept \"{name}\" because {}", what.words())
            }
            FileRefused::NotWhole { name } => format!("\"{name}\" did not arrive whole. Choose it again and send"),
            FileRefused::NoRoom { name } => {
                format!("We cannot take files just now. Send without \"{name}\", and add it as a reply in an hour")
            }
            FileRefused::NotKept { name } => format!(
                "We could not keep \"{name}\", because our store for files is not working. Your words are still here: send them without it, and add it as a reply later"
            ),
        }
    }
}

impl FileRefused {
    /// Why it was left out, for staff: it came with an e-mail, and nobody can be asked to choose it again.
    pub fn left_out(&self) -> String {
        match self {
            FileRefused::Empty { name } => format!("\"{name}\": it is empty"),
            FileRefused::TooLarge { name, size, limits } => {
                let (size, most) = (size_words(*size), size_words(limits.largest_bytes));
                format!("\"{name}\": it is {size}, and one file may have {most}")
            }
            FileRefused::TooMany { name, limits } => {
                format!("\"{name}\": more than {} files came at once", limits.most)
            }
            FileRefused::TooMuchTogether { name, limits } => {
                let most = size_words(limits.together_bytes);
                format!("\"{name}\": together they are more than {most}")
            }
            FileRefused::Unsafe { name, what } => format!("\"{name}\": {}", what.is()),
            FileRefused::NotWhole { name } => format!("\"{name}\": it did not arrive whole"),
            FileRefused::NoRoom { name } => format!("\"{name}\": there was no room for files"),
            FileRefused::NotKept { name } => format!("\"{name}\": it could not be kept"),
        }
    }
}

impl Unsafe {
    /// What it is: it could harm whoever opens it.
    fn is(self) -> &'static str {
        match self {
            Unsafe::Program => "it is a program",
            Unsafe::Script => "it is a script",
            Unsafe::Macro => "it contains a macro",
            Unsafe::WebPage => "it is a web page",
            Unsafe::Drawing => "it is a drawing that can run a script",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Unsafe::Program => "it is a program. Send a picture of what you see instead",
            Unsafe::Script => "it is a script. Copy the part that matters into your message instead",
            Unsafe::Macro => "it contains a macro. Save it as a PDF and try again",
            Unsafe::WebPage => "it is a web page. Save it as a PDF and try again",
            Unsafe::Drawing => "it is a drawing that can run a script. Save it as a PNG picture and try again",
        }
    }
}
