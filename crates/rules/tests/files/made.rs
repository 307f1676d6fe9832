//! Small files of many kinds, made here: packages with their lists, compound files with their directories.

use rules::files::{FileName, Kind, Look, Unsafe};

/// What a look says of a file that comes whole, and in pieces of every awkward length.
#[track_caller]
pub(crate) fn look(name: &str, bytes: &[u8]) -> Result<Kind, Unsafe> {
    let whole = look_in_pieces(name, bytes, bytes.len().max(1));
    for length in [1, 7, 511, 512, 513, 4096, 4097] {
        let pieces = look_in_pieces(name, bytes, length);
        assert_eq!(pieces, whole, "{name} in pieces of {length}");
    }
    whole
}

fn look_in_pieces(name: &str, bytes: &[u8], length: usize) -> Result<Kind, Unsafe> {
    let mut look = Look::at(FileName::of(name));
    for piece in bytes.chunks(length) {
        look.take(piece);
    }
    look.verdict()
}

/// A package of these entries, stored without compression.
pub(crate) fn package(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, contents) in entries {
        let at = bytes.len() as u32;
        let numbers = |header: &mut Vec<u8>| {
            header.extend([0; 12]);
            header.extend((contents.len() as u32).to_le_bytes());
            header.extend((contents.len() as u32).to_le_bytes());
            header.extend((name.len() as u16).to_le_bytes());
            header.extend([0; 2]);
        };
        bytes.extend(b"PK\x03\x04\x14\0");
        let mut header = Vec::new();
        numbers(&mut header);
        bytes.extend(&header);
        bytes.extend(name.as_bytes());
        bytes.extend(*contents);
        list.extend(b"PK\x01\x02\x14\0\x14\0");
        list.extend(&header);
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let list_begins = bytes.len() as u32;
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend((entries.len() as u16).to_le_bytes());
    bytes.extend((entries.len() as u16).to_le_bytes());
    bytes.extend((list.len() as u32).to_le_bytes());
    bytes.extend(list_begins.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// A document of today's Office; `more` are its entries beside those that every document has.
pub(crate) fn document(folder: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let main = format!("{folder}/document.xml");
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships/>"),
        (&main, &[0x78; 3_000]),
    ];
    entries.extend(more);
    package(&entries)
}

/// A compound file whose directory names these streams.
pub(crate) fn compound(streams: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(9_000, 0);
    for stream in streams {
        let mut entry: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        bytes.extend(entry);
    }
    bytes.resize(bytes.len() + 700, 0xFF);
    bytes
}

/// Bytes that no text holds, behind a beginning.
pub(crate) fn binary(beginning: &[u8]) -> Vec<u8> {
    let mut bytes = beginning.to_vec();
    bytes.extend((0..5_000_u32).map(|n| (n * 7919 % 251) as u8));
    bytes
}
