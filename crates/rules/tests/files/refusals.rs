//! Programs, scripts, macros and pages that run are refused by what they are, and by the ending that would make them run.

use rules::files::limits::MEGABYTE;
use rules::files::{FileName, FileRefused, Kind, Limits, Unsafe};

use crate::made::{binary, compound, document, look, package};

#[test]
fn programs_are_refused_whatever_they_are_called() {
    for beginning in [
        &b"MZ\x90\0\x03"[..],
        b"\x7FELF\x02\x01\x01",
        b"\xCF\xFA\xED\xFE\x07",
        b"\xCA\xFE\xBA\xBE\0\0\0\x34",
        b"\0asm\x01\0\0\0",
        b"L\0\0\0\x01\x14\x02\0",
    ] {
        for name in ["setup.exe", "holiday.jpg", "notes.txt", "nothing"] {
            assert_eq!(
                look(name, &binary(beginning)),
                Err(Unsafe::Program),
                "{name} {beginning:?}"
            );
        }
    }
    for name in [
        "a.exe",
        "a.EXE",
        "a.exe.",
        "a.png.scr",
        "link.lnk",
        "page.url",
        "app.jar",
    ] {
        assert_eq!(look(name, b"just words"), Err(Unsafe::Program), "{name}");
    }
    let java = package(&[("META-INF/MANIFEST.MF", b"Main-Class: A"), ("A.class", b"x")]);
    assert_eq!(look("a.zip", &java), Err(Unsafe::Program));
    let mut installer = compound(&["Root Entry"]);
    installer.extend([0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]);
    assert_eq!(look("a.doc", &installer), Err(Unsafe::Program));
}

#[test]
fn scripts_are_refused() {
    assert_eq!(look("run", b"#!/bin/sh\nrm -r x\n"), Err(Unsafe::Script));
    for name in ["fix.ps1", "fix.bat", "a.vbs", "a.js", "a.hta", "a.py", "a.sh"] {
        assert_eq!(look(name, b"echo hello"), Err(Unsafe::Script), "{name}");
    }
}

#[test]
fn macros_are_found_in_every_format_of_office() {
    let project: &[(&str, &[u8])] = &[("word/vbaProject.bin", b"\xD0\xCF")];
    assert_eq!(look("report.docm", &document("word", project)), Err(Unsafe::Macro));
    assert_eq!(
        look("report.docx", &document("word", project)),
        Err(Unsafe::Macro),
        "renamed"
    );
    assert_eq!(
        look("report", &document("word", project)),
        Err(Unsafe::Macro),
        "without an ending"
    );
    assert_eq!(
        look("a.xlsx", &document("xl", &[("xl/VBAPROJECT.BIN", b"x")])),
        Err(Unsafe::Macro)
    );
    assert_eq!(
        look("a.xlsx", &document("xl", &[("xl/macrosheets/sheet1.xml", b"x")])),
        Err(Unsafe::Macro)
    );
    assert_eq!(
        look("a.docm", &document("word", &[])),
        Err(Unsafe::Macro),
        "its ending says so"
    );
    let sheet = document("xl", &[("xl/vbaProject.bin", b"x")]);
    let within: &[(&str, &[u8])] = &[("word/embeddings/sheet.bin", &sheet)];
    assert_eq!(
        look("a.docx", &document("word", within)),
        Err(Unsafe::Macro),
        "within the document"
    );
    for streams in [
        ["Macros", "_VBA_PROJECT"],
        ["_VBA_PROJECT_CUR", "VBA"],
        ["VBA", "_vba_project"],
    ] {
        assert_eq!(look("a.xls", &compound(&streams)), Err(Unsafe::Macro), "{streams:?}");
    }
    let mut slides = compound(&["PowerPoint Document"]);
    slides.extend([
        0x0F, 0, 0xFF, 3, 0x14, 0, 0, 0, 2, 0, 0, 4, 0x0C, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0,
    ]);
    assert_eq!(look("a.ppt", &slides), Err(Unsafe::Macro));
    let odt = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("Basic/script-lc.xml", b"<x/>"),
    ]);
    assert_eq!(look("a.odt", &odt), Err(Unsafe::Macro));
}

#[test]
fn a_list_that_lies_about_its_place_hides_no_macro_of_a_document() {
    let mut bytes = document("word", &[("word/vbaProject.bin", b"x")]);
    let list_at = bytes.len() - 6;
    bytes[list_at..list_at + 4].copy_from_slice(&u32::MAX.saturating_sub(1).to_le_bytes());
    assert_eq!(look("a.docx", &bytes), Err(Unsafe::Macro), "it is called a document");
    bytes.truncate(bytes.len() - 22);
    assert_eq!(
        look("a.bin", &bytes),
        Err(Unsafe::Macro),
        "without the record at its end every name counts"
    );
}

#[test]
fn archives_are_taken_and_never_looked_into() {
    let inner = document("word", &[("word/vbaProject.bin", b"x")]);
    assert_eq!(look("all.zip", &package(&[("report.docm", &inner)])), Ok(Kind::Zip));
    assert_eq!(
        look("all.zip", &package(&[("setup.exe", &binary(b"MZ"))])),
        Ok(Kind::Zip)
    );
}

#[test]
fn pages_and_drawings_that_run_are_refused() {
    for page in [
        "<html><body>x</body></html>",
        "\u{FEFF}  <!DOCTYPE html><p>x",
        "<!-- a comment --><script>x()</script>",
        "<?xml version=\"1.0\"?><html xmlns=\"x\">",
        "<BODY onload=x()>",
    ] {
        assert_eq!(look("a.txt", page.as_bytes()), Err(Unsafe::WebPage), "{page}");
    }
    assert_eq!(look("a.html", b"words"), Err(Unsafe::WebPage));
    let drawing = "<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<svg xmlns=\"x\"><script/></svg>";
    assert_eq!(look("a.png", drawing.as_bytes()), Err(Unsafe::Drawing));
    assert_eq!(look("a.svg", b"\x1F\x8B"), Err(Unsafe::Drawing));
    let wide: Vec<u8> = "\u{FEFF}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(look("a.txt", &wide), Err(Unsafe::WebPage));
}

#[test]
fn every_refusal_says_what_to_do_and_none_ends_in_a_stop() {
    let (limits, name) = (Limits::default(), FileName::of("video.mov"));
    let size = 48 * MEGABYTE;
    let words = |refused: FileRefused| refused.words();
    assert_eq!(
        words(FileRefused::TooLarge { name, size, limits }),
        "\"video.mov\" is 48 MB. Choose a file smaller than 25 MB, or send a link"
    );
    let (name, what) = (FileName::of("report.docm"), Unsafe::Macro);
    assert_eq!(
        words(FileRefused::Unsafe {
            name: name.clone(),
            what
        }),
        "We could not accept \"report.docm\" because it contains a macro. Save it as a PDF and try again"
    );
    let all = [
        FileRefused::Empty { name: name.clone() },
        FileRefused::TooMany {
            name: name.clone(),
            limits,
        },
        FileRefused::TooMuchTogether {
            name: name.clone(),
            limits,
        },
        FileRefused::NotWhole { name: name.clone() },
        FileRefused::NoRoom { name: name.clone() },
        FileRefused::NotKept { name: name.clone() },
        FileRefused::Unsafe {
            name: name.clone(),
            what: Unsafe::Program,
        },
        FileRefused::Unsafe {
            name: name.clone(),
            what: Unsafe::Script,
        },
        FileRefused::Unsafe {
            name: name.clone(),
            what: Unsafe::WebPage,
        },
        FileRefused::Unsafe {
            name,
            what: Unsafe::Drawing,
        },
    ];
    for refused in all.map(words) {
        assert!(
            refused.contains("\"report.docm\"") && !refused.ends_with('.'),
            "{refused}"
        );
        let says_what_to_do = ["send", "Send", "Choose", "Save", "Copy"];
        assert!(says_what_to_do.iter().any(|word| refused.contains(word)), "{refused}");
    }
}
