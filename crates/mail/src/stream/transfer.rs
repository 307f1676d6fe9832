//! Transfer encodings, decoded as the bytes come (RFC 2045, 6).

/// A decoder in the middle of its work.
#[derive(Debug, Clone)]
pub(crate) enum Transfer {
    /// 7bit, 8bit, binary, and whatever is not known: the bytes are what they are.
    Plain,
    /// base64.
    Base64(Base64),
    /// quoted-printable.
    QuotedPrintable(QuotedPrintable),
    /// x-uuencode, line by line.
    Uu(Uu),
}

impl Transfer {
    /// The decoder that a Content-Transfer-Encoding asks for.
    pub(crate) fn named(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().as_str() {
            "base64" => Self::base64(),
            "quoted-printable" => Self::quoted_printable(),
            "x-uuencode" | "uuencode" | "x-uue" | "uue" => Self::Uu(Uu::default()),
            _ => Self::Plain,
        }
    }

    pub(crate) fn base64() -> Self {
        Self::Base64(Base64::default())
    }

    pub(crate) fn quoted_printable() -> Self {
        Self::QuotedPrintable(QuotedPrintable::default())
    }

    /// Decodes a piece, whatever line ends it has, and appends what it stands for.
    pub(crate) fn decode(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        match self {
            Self::Plain => out.extend_from_slice(bytes),
            Self::Base64(state) => state.decode(bytes, out),
            Self::QuotedPrintable(state) => state.decode(bytes, out),
            Self::Uu(state) => state.decode(bytes, out),
        }
    }

    /// Appends what was held back until more would come.
    pub(crate) fn finish(&mut self, out: &mut Vec<u8>) {
        match self {
            Self::QuotedPrintable(state) => state.finish(out),
            Self::Base64(state) => state.finish(out),
            Self::Uu(state) => state.finish(out),
            Self::Plain => {}
        }
    }
}

/// base64: characters outside the alphabet are passed over, and padding starts anew, since some senders join encoded pieces.
#[derive(Debug, Clone, Default)]
pub(crate) struct Base64 {
    bits: u32,
    count: u8,
}

impl Base64 {
    fn decode(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        out.reserve(bytes.len() * 3 / 4 + 3);
        for &byte in bytes {
            match SEXTETS[usize::from(byte)] {
                PADDING => self.finish(out),
                FOREIGN => {}
                sextet => {
                    self.bits = self.bits << 6 | u32::from(sextet);
                    self.count += 1;
                    if self.count == 4 {
                        out.extend_from_slice(&self.bits.to_be_bytes()[1..]);
                        (self.bits, self.count) = (0, 0);
                    }
                }
            }
        }
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        match self.count {
            2 => out.push((self.bits >> 4) as u8),
            3 => out.extend_from_slice(&((self.bits >> 2) as u16).to_be_bytes()),
            _ => {}
        }
        (self.bits, self.count) = (0, 0);
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const FOREIGN: u8 = 64;
const PADDING: u8 = 65;
const SEXTETS: [u8; 256] = {
    let mut table = [FOREIGN; 256];
    let mut at = 0;
    while at < 64 {
        table[ALPHABET[at] as usize] = at as u8;
        at += 1;
    }
    table[b'=' as usize] = PADDING;
    table
};

/// quoted-printable: what is no code stands for itself, and white space before a line end is not part of the text (RFC 2045, 6.7).
#[derive(Debug, Clone, Default)]
pub(crate) struct QuotedPrintable {
    /// An equals sign and what followed it so far.
    code: Vec<u8>,
    /// White space that may stand at the end of a line.
    spaces: Vec<u8>,
}

/// More white space than this on one line is text.
const SPACES: usize = 1024;

impl QuotedPrintable {
    fn decode(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for &byte in bytes {
            if self.code.is_empty() {
                self.plain(byte, out)
            } else {
                self.coded(byte, out)
            }
        }
    }

    fn plain(&mut self, byte: u8, out: &mut Vec<u8>) {
        match byte {
            b'=' => {
                out.append(&mut self.spaces);
                self.code.push(byte);
            }
            b' ' | b'\t' | b'\r' if self.spaces.len() < SPACES => self.spaces.push(byte),
            b'\n' => {
                if self.spaces.last() == Some(&b'\r') {
                    out.push(b'\r');
                }
                self.spaces.clear();
                out.push(b'\n');
            }
            _ => {
                out.append(&mut self.spaces);
                out.push(byte);
            }
        }
    }

    fn coded(&mut self, byte: u8, out: &mut Vec<u8>) {
        match (self.code.as_slice(), byte) {
            // A soft line end, perhaps with white space before it.
            (_, b'\n') if self.code[1..].iter().all(u8::is_ascii_whitespace) => self.code.clear(),
            ([b'=', rest @ ..], b' ' | b'\t' | b'\r')
                if rest.iter().all(u8::is_ascii_whitespace) && rest.len() < SPACES =>
            {
                self.code.push(byte);
            }
            ([b'='], _) if byte.is_ascii_hexdigit() => self.code.push(byte),
            ([b'=', high], _) if high.is_ascii_hexdigit() && byte.is_ascii_hexdigit() => {
                out.push(digit(*high) << 4 | digit(byte));
                self.code.clear();
            }
            _ => {
                out.append(&mut self.code);
                self.plain(byte, out);
            }
        }
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        self.spaces.clear();
        if self.code.iter().any(u8::is_ascii_hexdigit) {
            out.append(&mut self.code);
        }
        self.code.clear();
    }
}

fn digit(hex: u8) -> u8 {
    match hex {
        b'0'..=b'9' => hex - b'0',
        _ => (hex | 0x20) - b'a' + 10,
    }
}

/// uuencode as a transfer encoding: from "begin" to "end".
#[derive(Debug, Clone, Default)]
pub(crate) struct Uu {
    line: Vec<u8>,
    begun: bool,
}

/// A line of uuencode has 61 characters at most; a first line has a name in it.
const UU_LINE: usize = 300;

impl Uu {
    fn decode(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for &byte in bytes {
            if byte == b'\n' {
                self.finish(out);
            } else if self.line.len() < UU_LINE {
                self.line.push(byte);
            }
        }
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_ascii_end();
        if self.begun {
            uu_line(line, out);
        }
        self.begun |= line.starts_with(b"begin ");
        self.begun &= line != b"end";
    }
}

/// Decodes one line of uuencode. Answers whether it is one.
pub(crate) fn uu_line(line: &[u8], out: &mut Vec<u8>) -> bool {
    let Some((&first, coded)) = line.split_first() else {
        return false;
    };
    if !(b' '..=b'`').contains(&first) {
        return false;
    }
    let length = usize::from((first - b' ') & 63);
    let wanted = length.div_ceil(3) * 4;
    // Some programs drop spaces at the end of a line, and some add a character to check it by.
    let is_one =
        coded.len() <= wanted + 2 && coded.len() + 4 >= wanted && coded.iter().all(|byte| (b' '..=b'`').contains(byte));
    if !is_one {
        return false;
    }
    let start = out.len();
    for group in 0..wanted / 4 {
        let bits = (0..4).fold(0_u32, |bits, at| {
            let byte = coded.get(group * 4 + at).copied().unwrap_or(b' ');
            bits << 6 | u32::from((byte - b' ') & 63)
        });
        out.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
    out.truncate(start + length);
    true
}
