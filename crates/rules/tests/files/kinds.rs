//! What a file is comes from its contents; what its name says besides is told.

use rules::files::{Brought, FileName, Kind};

use crate::made::{binary, compound, document, look, package};

#[test]
fn pictures_documents_sound_and_archives_are_known_by_their_first_bytes() {
    let known: [(&str, &[u8], Kind); 16] = [
        ("a.png", b"\x89PNG\r\n\x1a\n\0", Kind::Png),
        ("a.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF", Kind::Jpeg),
        ("a.gif", b"GIF89a\x01\0\x01\0", Kind::Gif),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", Kind::Webp),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", Kind::Heic),
        ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0", Kind::Video),
        ("a.mov", b"\0\0\0\x14ftypqt  \0\0\0\0", Kind::Video),
        ("a.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0", Kind::Sound),
        ("a.mp3", b"ID3\x03\0\0\0\0\0\0", Kind::Sound),
        ("a.wav", b"RIFF\x10\0\0\0WAVEfmt ", Kind::Sound),
        ("a.7z", b"7z\xBC\xAF\x27\x1C\0\x04", Kind::Archive),
        ("a.gz", b"\x1F\x8B\x08\0", Kind::Archive),
        ("a.evtx", b"ElfFile\0\0\0", Kind::EventLog),
        ("a.pcapng", b"\x0A\x0D\x0D\x0A\x1C\0\0\0", Kind::Capture),
        ("a.bin", b"\x01\x02\x03\x04", Kind::Unknown),
        ("a.tiff", b"II*\0\x08\0\0\0", Kind::Tiff),
    ];
    for (name, beginning, kind) in known {
        assert_eq!(look(name, &binary(beginning)), Ok(kind), "{name}");
    }
    assert_eq!(
        look("a.pdf", b"%PDF-1.7\n1 0 obj\n"),
        Ok(Kind::Pdf),
        "a document that is text itself"
    );
    assert_eq!(look("a.rtf", b"{\\rtf1 Hello}"), Ok(Kind::Rtf));
}

#[test]
fn text_is_text_in_any_alphabet_and_encoding() {
    for text in [
        "2026-06-05 14:02 connection lost\n",
        "Le réseau ne répond pas",
        "網路連線中斷",
        "MZ are my initials",
        "BMW",
        "<not a tag> at all",
        "<page>an element of somebody's own</page>",
        "{\"json\": true}",
        "<?xml version=\"1.0\"?><report><html>quoted</html></report>",
        "GET / HTTP/1.1\r\n\r\n<html><body>what the server said</body></html>",
    ] {
        assert_eq!(look("a.txt", text.as_bytes()), Ok(Kind::Text), "{text}");
    }
    let wide: Vec<u8> = "\u{FEFF}Zeile".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(look("a.txt", &wide), Ok(Kind::Text));
    assert_eq!(
        look("a.csv", b"Zo\xEB;caf\xE9;a long enough line of an older machine\n"),
        Ok(Kind::Text)
    );
    let cut = format!("{}é", "x".repeat(4_095));
    assert_eq!(
        look("a.txt", cut.as_bytes()),
        Ok(Kind::Text),
        "a character across the edge of the beginning"
    );
}

#[test]
fn documents_are_told_from_archives_by_their_own_list() {
    assert_eq!(look("a.docx", &document("word", &[])), Ok(Kind::Word));
    assert_eq!(look("a.xlsx", &document("xl", &[])), Ok(Kind::Excel));
    assert_eq!(look("a.pptx", &document("ppt", &[])), Ok(Kind::PowerPoint));
    assert_eq!(look("a.vsdx", &document("visio", &[])), Ok(Kind::Office));
    assert_eq!(look("logs.zip", &package(&[("a.log", b"x")])), Ok(Kind::Zip));
    assert_eq!(look("empty.zip", &package(&[])), Ok(Kind::Zip));
    let odt = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"<x/>"),
    ]);
    assert_eq!(look("a.odt", &odt), Ok(Kind::OpenDocument));
    // A document that lies uncompressed within an archive does not make the archive a document.
    let inner = document("word", &[]);
    assert_eq!(look("all.zip", &package(&[("a.docx", &inner)])), Ok(Kind::Zip));
    assert_eq!(
        look("a.doc", &compound(&["Root Entry", "WordDocument"])),
        Ok(Kind::OldOffice)
    );
    assert_eq!(
        look("a.docx", &compound(&["Root Entry", "EncryptedPackage"])),
        Ok(Kind::LockedOffice)
    );
}

#[test]
fn a_name_that_says_something_else_is_told_beside_the_kind() {
    let brought = |name: &str, kind| Brought {
        id: "1".to_owned(),
        name: FileName::of(name),
        size: 219_000,
        kind,
        sha256: String::new(),
        stored_sha256: String::new(),
        scanned: rules::files::Scanned::default(),
    };
    assert_eq!(brought("a.png", Kind::Png).about(), "PNG picture, 214 KB");
    assert_eq!(
        brought("invoice.pdf", Kind::Jpeg).about(),
        "JPEG picture (its name says PDF document), 214 KB"
    );
    assert_eq!(
        brought("a.docx", Kind::Unknown).about(),
        "File of a kind that we do not know (its name says Word document), 214 KB"
    );
}

#[test]
fn browsers_are_told_no_type_that_they_would_run() {
    for kind in Kind::ALL {
        let told = kind.media_type();
        assert!(told.contains('/'), "{kind:?}");
        for running in ["html", "svg", "javascript", "xml;", "text/xml", "application/xml"] {
            assert!(!told.contains(running), "{kind:?} is called {told}");
        }
    }
}
