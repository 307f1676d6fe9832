//! The first bytes by which kinds of files are known, and those of programs.

use super::kind::Kind;

/// What a file begins with: bytes at a place.
type Begins = (usize, &'static [u8]);

/// Kinds by their first bytes, as their makers published them.
const KINDS: &[(Begins, Kind)] = &[
    ((0, b"\x89PNG\r\n\x1a\n"), Kind::Png),
    ((0, b"\xFF\xD8\xFF"), Kind::Jpeg),
    ((0, b"GIF87a"), Kind::Gif),
    ((0, b"GIF89a"), Kind::Gif),
    ((8, b"WEBP"), Kind::Webp),
    ((0, b"BM"), Kind::Bmp),
    ((0, b"II*\0"), Kind::Tiff),
    ((0, b"MM\0*"), Kind::Tiff),
    ((4, b"ftypheic"), Kind::Heic),
    ((4, b"ftypheix"), Kind::Heic),
    ((4, b"ftypmif1"), Kind::Heic),
    ((4, b"ftypavif"), Kind::Heic),
    ((0, b"%PDF-"), Kind::Pdf),
    ((0, b"{\\rtf"), Kind::Rtf),
    ((0, b"7z\xBC\xAF\x27\x1C"), Kind::Archive),
    ((0, b"Rar!\x1A\x07"), Kind::Archive),
    ((0, b"\x1F\x8B"), Kind::Archive),
    ((0, b"BZh"), Kind::Archive),
    ((0, b"\xFD7zXZ\0"), Kind::Archive),
    ((0, b"\x28\xB5\x2F\xFD"), Kind::Archive),
    ((0, b"MSCF"), Kind::Archive),
    ((257, b"ustar"), Kind::Archive),
    ((4, b"ftypM4A"), Kind::Sound),
    ((4, b"ftyp"), Kind::Video),
    ((0, b"\x1A\x45\xDF\xA3"), Kind::Video),
    ((8, b"AVI "), Kind::Video),
    ((8, b"WAVE"), Kind::Sound),
    ((0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11"), Kind::Video),
    ((0, b"\0\0\x01\xBA"), Kind::Video),
    ((0, b"OggS"), Kind::Sound),
    ((0, b"fLaC"), Kind::Sound),
    ((0, b"ID3"), Kind::Sound),
    ((0, b"\xFF\xFB"), Kind::Sound),
    ((0, b"\xFF\xF3"), Kind::Sound),
    ((0, b"\xFF\xF1"), Kind::Sound),
    ((0, b"#!AMR"), Kind::Sound),
    ((0, b"ElfFile\0"), Kind::EventLog),
    ((0, b"\xD4\xC3\xB2\xA1"), Kind::Capture),
    ((0, b"\xA1\xB2\xC3\xD4"), Kind::Capture),
    ((0, b"\x0A\x0D\x0D\x0A"), Kind::Capture),
];

/// Programs: Windows and DOS, Linux, macOS (also for several processors, and Java classes), WebAssembly, Android, shortcuts, help files.
const PROGRAMS: &[&[u8]] = &[
    b"MZ",
    b"\x7FELF",
    b"\xFE\xED\xFA\xCE",
    b"\xFE\xED\xFA\xCF",
    b"\xCE\xFA\xED\xFE",
    b"\xCF\xFA\xED\xFE",
    b"\xCA\xFE\xBA\xBE",
    b"\0asm",
    b"dex\n",
    b"L\0\0\0\x01\x14\x02\0",
    b"ITSF",
];

/// Endings of names that a double click runs, or hands to something that runs what it is told.
const PROGRAM_ENDINGS: &[&str] = &[
    "exe",
    "com",
    "scr",
    "pif",
    "dll",
    "cpl",
    "msi",
    "msp",
    "mst",
    "msix",
    "appx",
    "jar",
    "apk",
    "app",
    "dmg",
    "deb",
    "rpm",
    "lnk",
    "url",
    "scf",
    "desktop",
    "chm",
    "reg",
    "inf",
    "xll",
    "wll",
    "gadget",
    "application",
    "appref-ms",
    "library-ms",
    "search-ms",
    "settingcontent-ms",
    "msc",
];
const SCRIPT_ENDINGS: &[&str] = &[
    "bat", "cmd", "ps1", "psm1", "psd1", "vbs", "vbe", "js", "jse", "mjs", "wsf", "wsh", "wsc", "sct", "hta", "sh",
    "bash", "zsh", "command", "py", "pyw", "pyc", "pl", "rb", "php", "ahk",
];
const MACRO_ENDINGS: &[&str] = &[
    "docm", "dotm", "xlsm", "xltm", "xlam", "xla", "pptm", "potm", "ppam", "ppa", "ppsm", "sldm",
];
const PAGE_ENDINGS: &[&str] = &["html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml"];
const DRAWING_ENDINGS: &[&str] = &["svg", "svgz"];

/// The kind that a file begins like; nothing where the beginning tells none.
pub(super) fn kind(head: &[u8]) -> Option<Kind> {
    let begins = |(at, bytes): &Begins| head.get(*at..).is_some_and(|rest| rest.starts_with(bytes));
    KINDS
        .iter()
        .find(|(signature, _)| begins(signature))
        .map(|(_, kind)| *kind)
}

/// Whether a file begins like a program.
pub(super) fn is_program(head: &[u8]) -> bool {
    PROGRAMS.iter().any(|program| head.starts_with(program))
}

/// What the ending of a name makes of a file, whatever is in it: the machine that opens it goes by the ending.
pub(super) fn unsafe_ending(extension: &str) -> Option<super::Unsafe> {
    use super::Unsafe;
    let lists = [
        (PROGRAM_ENDINGS, Unsafe::Program),
        (SCRIPT_ENDINGS, Unsafe::Script),
        (MACRO_ENDINGS, Unsafe::Macro),
        (PAGE_ENDINGS, Unsafe::WebPage),
        (DRAWING_ENDINGS, Unsafe::Drawing),
    ];
    let found = lists.into_iter().find(|(endings, _)| endings.contains(&extension));
    found.map(|(_, what)| what)
}
