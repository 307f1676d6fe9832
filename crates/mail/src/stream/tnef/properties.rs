//! A list of MAPI properties ([MS-OXTNEF], 2.1.3.4): those that are words or names, and the others passed over.

use super::little_endian;

/// The words of the message.
pub(super) const BODY: u16 = 0x1000;
/// The same in Microsoft's packed rich text.
pub(super) const BODY_RTF: u16 = 0x1009;
/// The same in HTML.
pub(super) const BODY_HTML: u16 = 0x1013;
/// The name of a file.
pub(super) const LONG_NAME: u16 = 0x3707;
/// The type of a file.
pub(super) const TYPE: u16 = 0x370E;

/// From here on numbers belong to names.
const NAMED: u16 = 0x8000;
/// Of a kind: several values.
const SEVERAL: u16 = 0x1000;
const OBJECT: u16 = 0x000D;
const STRING: u16 = 0x001E;
const UNICODE: u16 = 0x001F;
const BINARY: u16 = 0x0102;

/// Which property, and of which kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Property {
    kind: u16,
    /// Its number.
    pub id: u16,
}

impl Property {
    /// True for text in UTF-16.
    pub(super) fn is_unicode(self) -> bool {
        self.kind == UNICODE
    }
}

/// The properties of a list that have bytes for a value. What cannot be followed ends it.
pub(super) fn of(bytes: &[u8]) -> Vec<(Property, &[u8])> {
    let mut rest = bytes;
    let mut found = Vec::new();
    let Some(count) = number(&mut rest) else { return found };
    for _ in 0..count {
        if property(&mut rest, &mut found).is_none() {
            break;
        }
    }
    found
}

fn property<'b>(rest: &mut &'b [u8], found: &mut Vec<(Property, &'b [u8])>) -> Option<()> {
    let tag = number(rest)?;
    let property = Property {
        kind: (tag & 0xFFFF) as u16,
        id: (tag >> 16) as u16,
    };
    if property.id >= NAMED {
        take(rest, 16)?;
        match number(rest)? {
            0 => drop(number(rest)?),
            _ => drop(counted(rest)?),
        }
    }
    let kind = property.kind & !SEVERAL;
    let is_bytes = matches!(kind, OBJECT | STRING | UNICODE | BINARY);
    let values = if is_bytes || property.kind & SEVERAL != 0 {
        number(rest)?
    } else {
        1
    };
    for _ in 0..values {
        if is_bytes {
            let value = counted(rest)?;
            if matches!(property.id, BODY | BODY_RTF | BODY_HTML | LONG_NAME | TYPE) {
                found.push((property, value));
            }
        } else {
            take(rest, size(kind)?)?;
        }
    }
    Some(())
}

/// How many bytes a value of a kind has.
fn size(kind: u16) -> Option<usize> {
    match kind {
        0x0002 | 0x0003 | 0x0004 | 0x000A | 0x000B => Some(4),
        0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => Some(8),
        0x0048 => Some(16),
        _ => None,
    }
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    take(rest, 4).map(little_endian)
}

/// So many bytes as they say, filled up to a multiple of four. What was cut at the end is taken as it is.
fn counted<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = number(rest)? as usize;
    let value = take(rest, length.min(rest.len()))?;
    take(rest, (length.wrapping_neg() & 3).min(rest.len()))?;
    Some(value)
}

fn take<'b>(rest: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

/// A text in UTF-16.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units)
        .map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.trim_end_matches('\0').to_owned()
}
