//! Microsoft's own form of a message (TNEF, [MS-OXTNEF]), often a part called winmail.dat: its words and its files, as the bytes come.
//!
//! It is a row of attributes. Bytes of files go on as they come; words and lists of properties are gathered up to a limit.

mod properties;

use super::Event;
use super::inner::{Count, open};
use super::leaf::{Kind, Leaf, Role, one_line};
use properties::Property;

/// What it begins with.
const SIGNATURE: [u8; 4] = 0x223E_9F78_u32.to_le_bytes();
/// Signature and key.
const PREAMBLE: usize = 6;
/// Level, number and length of an attribute.
const HEADER: usize = 9;
/// The sum after the bytes of an attribute, which nobody needs.
const SUM: usize = 2;
/// How much of an attribute other than a file is read.
const GATHERED: usize = 512 * 1024;

/// Numbers of the attributes that are read.
mod attribute {
    pub(super) const BODY: u32 = 0x0002_800C;
    pub(super) const PROPERTIES: u32 = 0x0006_9003;
    pub(super) const CODE_PAGE: u32 = 0x0006_9007;
    pub(super) const FILE_BEGINS: u32 = 0x0006_9002;
    pub(super) const FILE_TITLE: u32 = 0x0001_8010;
    pub(super) const FILE_BYTES: u32 = 0x0006_800F;
    pub(super) const FILE_PROPERTIES: u32 = 0x0006_9005;
}

/// A reader in the middle of its work.
#[derive(Debug)]
pub(super) struct Tnef {
    leaf: Leaf,
    at: At,
    held: Vec<u8>,
    code_page: u32,
    /// The number of the file that was read last, and its name until there is one.
    file: Option<u32>,
    title: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum At {
    /// Before the first attribute.
    Preamble,
    /// Between attributes.
    Header,
    /// Inside one: its number and what is left of it.
    Attribute { number: u32, left: usize },
    /// In the sum after one.
    Sum { left: usize },
    /// It is not what it says that it is: a file like any other.
    Foreign,
}

impl Tnef {
    pub(super) fn new(leaf: Leaf) -> Self {
        Self {
            leaf,
            at: At::Preamble,
            held: Vec::new(),
            code_page: 1252,
            file: None,
            title: None,
        }
    }

    pub(super) fn feed(&mut self, mut bytes: &[u8], count: &mut Count, out: &mut Vec<Event>) {
        while !bytes.is_empty() {
            match self.at {
                At::Foreign => {
                    out.push(Event::Bytes(bytes.to_vec()));
                    return;
                }
                At::Preamble => {
                    if self.hold(&mut bytes, PREAMBLE) {
                        self.begin(count, out);
                    }
                }
                At::Header => {
                    if self.hold(&mut bytes, HEADER) {
                        self.begin_attribute(count, out);
                    }
                }
                At::Attribute { number, left } => {
                    let (now, later) = bytes.split_at(left.min(bytes.len()));
                    bytes = later;
                    self.take(number, now, out);
                    self.go_on(number, left - now.len(), count, out);
                }
                At::Sum { left } => {
                    let passed = left.min(bytes.len());
                    bytes = &bytes[passed..];
                    self.at = if passed == left {
                        At::Header
                    } else {
                        At::Sum { left: left - passed }
                    };
                }
            }
        }
    }

    pub(super) fn finish(mut self, count: &mut Count, out: &mut Vec<Event>) {
        match self.at {
            At::Preamble => {
                self.begin(count, out);
                out.push(Event::Closes);
            }
            At::Foreign => out.push(Event::Closes),
            At::Attribute { number, .. } => {
                out.push(Event::Oddity("The attachment winmail.dat ends in the middle."));
                self.go_on(number, 0, count, out);
                out.push(Event::Leaves);
            }
            At::Header | At::Sum { .. } => out.push(Event::Leaves),
        }
    }

    /// Gathers so many bytes. Answers whether they are all there.
    fn hold(&mut self, bytes: &mut &[u8], wanted: usize) -> bool {
        let taken = (wanted - self.held.len()).min(bytes.len());
        self.held.extend_from_slice(&bytes[..taken]);
        *bytes = &bytes[taken..];
        self.held.len() == wanted
    }

    fn begin(&mut self, count: &mut Count, out: &mut Vec<Event>) {
        let held = std::mem::take(&mut self.held);
        if held.starts_with(&SIGNATURE) && held.len() == PREAMBLE {
            out.push(Event::Enters(Kind::Tnef));
            self.at = At::Header;
            return;
        }
        let mut leaf = self.leaf.clone();
        leaf.role = Role::File;
        open(leaf, count, out);
        out.push(Event::Bytes(held));
        self.at = At::Foreign;
    }

    fn begin_attribute(&mut self, count: &mut Count, out: &mut Vec<Event>) {
        let held = std::mem::take(&mut self.held);
        let (number, left) = (little_endian(&held[1..5]), little_endian(&held[5..9]) as usize);
        match number {
            attribute::FILE_BEGINS => (self.file, self.title) = (None, None),
            attribute::FILE_BYTES => {
                open(
                    Leaf::file(Role::File, "application/octet-stream", self.title.take()),
                    count,
                    out,
                );
                self.file = Some(*count);
            }
            _ => {}
        }
        self.go_on(number, left, count, out);
    }

    fn go_on(&mut self, number: u32, left: usize, count: &mut Count, out: &mut Vec<Event>) {
        self.at = At::Attribute { number, left };
        if left == 0 {
            let gathered = std::mem::take(&mut self.held);
            self.end_attribute(number, &gathered, count, out);
            self.at = At::Sum { left: SUM };
        }
    }

    fn take(&mut self, number: u32, bytes: &[u8], out: &mut Vec<Event>) {
        use attribute::{BODY, CODE_PAGE, FILE_BYTES, FILE_PROPERTIES, FILE_TITLE, PROPERTIES};
        match number {
            FILE_BYTES => out.push(Event::Bytes(bytes.to_vec())),
            BODY | PROPERTIES | CODE_PAGE | FILE_TITLE | FILE_PROPERTIES => {
                let room = GATHERED.saturating_sub(self.held.len());
                self.held.extend_from_slice(&bytes[..bytes.len().min(room)]);
            }
            _ => {}
        }
    }

    fn end_attribute(&mut self, number: u32, bytes: &[u8], count: &mut Count, out: &mut Vec<Event>) {
        match number {
            attribute::CODE_PAGE if bytes.len() >= 4 => self.code_page = little_endian(bytes),
            attribute::BODY => self.words(Role::Plain, bytes, count, out),
            attribute::PROPERTIES => {
                for (property, value) in properties::of(bytes) {
                    self.property(property, value, count, out);
                }
            }
            attribute::FILE_BYTES => out.push(Event::Closes),
            attribute::FILE_TITLE => self.name(&self.text(bytes), out),
            attribute::FILE_PROPERTIES => self.file_properties(bytes, out),
            _ => {}
        }
    }

    fn property(&self, property: Property, value: &[u8], count: &mut Count, out: &mut Vec<Event>) {
        let role = match property.id {
            properties::BODY => Role::Plain,
            properties::BODY_HTML => Role::Html,
            properties::BODY_RTF => {
                out.push(Event::FormattedOnly);
                return;
            }
            _ => return,
        };
        if property.is_unicode() {
            self.words(role, properties::utf16(value).as_bytes(), count, out);
        } else {
            self.words(role, value, count, out);
        }
    }

    fn words(&self, role: Role, bytes: &[u8], count: &mut Count, out: &mut Vec<Event>) {
        let bytes = bytes.strip_suffix(b"\0").unwrap_or(bytes);
        if bytes.trim_ascii().is_empty() {
            return;
        }
        let said_type = if role == Role::Html { "text/html" } else { "text/plain" };
        let mut leaf = Leaf::file(role, said_type, None);
        leaf.charset = (std::str::from_utf8(bytes).is_err()).then(|| charset(self.code_page));
        open(leaf, count, out);
        out.push(Event::Bytes(bytes.to_vec()));
        out.push(Event::Closes);
    }

    fn file_properties(&mut self, bytes: &[u8], out: &mut Vec<Event>) {
        for (property, value) in properties::of(bytes) {
            let text = if property.is_unicode() {
                properties::utf16(value)
            } else {
                self.text(value)
            };
            match (property.id, self.file) {
                (properties::LONG_NAME, _) => self.name(&text, out),
                (properties::TYPE, Some(number)) => {
                    out.push(Event::Typed(number, one_line(&text.to_ascii_lowercase(), 127)))
                }
                _ => {}
            }
        }
    }

    /// A name for the file that was read last, or for the next if none was.
    fn name(&mut self, name: &str, out: &mut Vec<Event>) {
        let name = one_line(name.trim_end_matches('\0'), 200);
        if name.is_empty() {
            return;
        }
        match self.file {
            Some(number) => out.push(Event::Named(number, name)),
            None => self.title = Some(name),
        }
    }

    fn text(&self, bytes: &[u8]) -> String {
        crate::words::charset::decoded(bytes, Some(&charset(self.code_page)))
            .0
            .trim_end_matches('\0')
            .to_owned()
    }
}

/// The charset of a code page of Windows.
fn charset(code_page: u32) -> String {
    match code_page {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        20127 => "us-ascii".to_owned(),
        28591 => "iso-8859-1".to_owned(),
        65001 => "utf-8".to_owned(),
        page => format!("windows-{page}"),
    }
}

/// A number of four bytes.
fn little_endian(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .rev()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}
