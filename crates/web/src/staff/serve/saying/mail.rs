//! An e-mail in words: who sent it, whether that is proven, why it is here, and all of it.

use rules::case::event::MailKept;
use rules::mail::Authentic;

use super::{Saying, quiet};
use crate::page::timeline::{TimelineKind, Words};

/// What an e-mail told beside its words: who sent it, whether that is proven, why it is here, and all of it.
pub(super) fn mail(kept: &MailKept) -> Saying {
    let proven = match &kept.authentic {
        Authentic::Yes { by } => format!("It is proven who sent it ({by})"),
        Authentic::No { why } => format!("It is not proven who sent it: {why}"),
        Authentic::Unknown => "It was not checked who sent it".to_owned(),
    };
    let subject = match kept.subject.is_empty() {
        true => "Without a subject".to_owned(),
        false => format!("\u{201c}{}\u{201d}", kept.subject),
    };
    let dropped = match kept.dropped.is_empty() {
        true => String::new(),
        false => format!(" Not taken, and in the original: {}.", kept.dropped.join("; ")),
    };
    let about = format!("{subject}. {proven}. {}.{dropped}", kept.why);
    let title = format!("E-mail from {}", sender(kept));
    match kept.text.clone() {
        Some(whole) => Saying {
            kind: TimelineKind::StaffOnly,
            title,
            words: Some(Words::Folded { about, whole }),
        },
        // Where the words say it all, a line tells the rest.
        None => quiet(format!("{title}. {}", about.trim_end_matches('.'))),
    }
}

/// Who sent it, as it says: "Ada Obi (ada@students.example)".
pub(crate) fn sender(kept: &MailKept) -> String {
    match (&kept.name, &kept.email) {
        (Some(name), Some(email)) => format!("{name} ({email})"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => "nobody by name".to_owned(),
    }
}
