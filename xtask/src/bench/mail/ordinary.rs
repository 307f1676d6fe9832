//! Ordinary messages, as programs of people write them: plain, in both forms, with a photograph, an answer below a quotation, in another charset.

use std::fmt::Write as _;
use std::sync::LazyLock;

/// How many kinds there are; a bench sends as many of each.
const KINDS: usize = 5;
/// What a photograph of a telephone is scaled down to by most programs.
const PHOTOGRAPH: usize = 60_000;
/// Characters of base64 in a line (RFC 2045, 6.8).
const LINE: usize = 76;

const WORDS: &str = "The Wi-Fi in the library went down again this morning while I was handing in my essay. I asked at the desk and was told that \
                     nobody knows when it will be mended. This is the third time this month; the last time I lost an hour of work. Please tell me \
                     what is being done about it, and who I can talk to.";

/// Who writes the message of a number.
pub(super) fn sender(number: usize) -> String {
    format!("writer-{number}@students.example")
}

/// The message of a number, from somebody who wrote no other.
pub(in crate::bench) fn message(number: usize, to: &str) -> String {
    let from = sender(number);
    let mut text = format!(
        "Received: from mx.students.example by mail.calderbrook.example; Thu, 26 Nov 2026 09:00:00 +0000\r\nFrom: Ana Ferreira <{from}>\r\nTo: {to}\r\n\
         Subject: =?UTF-8?Q?Wi=2DFi_in_the_library_=E2=80=93_{number}?=\r\nDate: Thu, 26 Nov 2026 09:00:00 +0000\r\n\
         Message-ID: <{number}.{}@students.example>\r\nMIME-Version: 1.0\r\n",
        std::process::id()
    );
    match number % KINDS {
        0 => plain(&mut text, "utf-8", WORDS),
        1 => in_both_forms(&mut text),
        2 => with_a_photograph(&mut text),
        3 => plain(&mut text, "utf-8", &format!("{WORDS}\r\n\r\n{}", quoted())),
        _ => plain(&mut text, "windows-1252", &WORDS.replace('-', "=96")),
    }
    text
}

fn plain(text: &mut String, charset: &str, words: &str) {
    let _ = write!(
        text,
        "Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
        softly_broken(words)
    );
}

fn in_both_forms(text: &mut String) {
    let html: String = WORDS
        .split(". ")
        .map(|sentence| format!("<p style=3D\"margin:0\">{sentence}.</p>"))
        .collect();
    text.push_str("Content-Type: multipart/alternative; boundary=\"either\"\r\n\r\n--either\r\n");
    plain(text, "utf-8", WORDS);
    let _ = write!(
        text,
        "--either\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body>{}</body></html>\r\n--either--\r\n",
        softly_broken(&html)
    );
}

fn with_a_photograph(text: &mut String) {
    text.push_str("Content-Type: multipart/mixed; boundary=\"both\"\r\n\r\n--both\r\n");
    plain(text, "utf-8", WORDS);
    text.push_str(
        "--both\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=\"desk.jpg\"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
    );
    text.push_str(&PHOTOGRAPH_IN_LINES);
    text.push_str("\r\n--both--\r\n");
}

/// Made once: whoever sends shares the processors with whoever is measured.
static PHOTOGRAPH_IN_LINES: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::new();
    // A JPEG by its first bytes, then bits without a pattern.
    let begins = "/9j/4AAQSkZJRgABAQAAAQABAAD/";
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let noise = (begins.len()..PHOTOGRAPH * 4 / 3).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[(state % 64) as usize])
    });
    for (place, one) in begins.chars().chain(noise).enumerate() {
        if place > 0 && place % LINE == 0 {
            text.push_str("\r\n");
        }
        text.push(one);
    }
    text
});

fn quoted() -> String {
    let lines = [
        "On Wed, 25 Nov 2026 at 17:02, IT Services wrote:",
        "> We have looked at the access point.",
        "> It works again.",
    ];
    lines.join("\r\n")
}

/// Quoted-printable with soft breaks between words; what is written here has no other need of it.
fn softly_broken(words: &str) -> String {
    let mut broken = String::new();
    let mut line = 0;
    for word in words.split_inclusive(' ') {
        if line + word.len() >= LINE {
            broken.push_str("=\r\n");
            line = 0;
        }
        broken.push_str(word);
        line = word.rfind('\n').map_or(line + word.len(), |end| word.len() - end);
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_mail_servers_take_and_no_two_messages_are_one() {
        let all: Vec<String> = (0..2 * KINDS)
            .map(|number| message(number, "feedback@office.example"))
            .collect();
        for text in &all {
            assert!(text.split("\r\n").all(|line| line.len() < 998), "{text}");
            assert!(!text.replace("\r\n", "").contains('\n'), "{text}");
        }
        let mut once = all.clone();
        once.dedup();
        assert_eq!(once.len(), all.len());
        assert!(all[2].len() > PHOTOGRAPH);
    }
}
