//! Small pictures of a screen, drawn here and written as PNG (ISO/IEC 15948) with their rows as they are: nothing needs to be compressed.

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// A window that says that something stopped.
    Stopped,
    /// A window with a list.
    Listed,
    /// A dark room with a bright square.
    Dark,
}

const WIDTH: u32 = 240;
const HEIGHT: u32 = 150;

/// Paper, ink, blue, red, grey, dark.
const PALETTE: [[u8; 3]; 6] = [
    [250, 250, 247],
    [38, 43, 48],
    [24, 92, 122],
    [178, 44, 38],
    [205, 209, 212],
    [24, 26, 30],
];

/// A picture.
pub(super) fn picture(shown: Shown) -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..HEIGHT {
        // No filter: each row as it is.
        rows.push(0);
        rows.extend((0..WIDTH).map(|x| match shown {
            Shown::Stopped => stopped(x, y),
            Shown::Listed => listed(x, y),
            Shown::Dark => dark(x, y),
        }));
    }
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat();
    // Eight bits a point, taken from the palette.
    header.extend([8, 3, 0, 0, 0]);
    chunk(&mut bytes, b"IHDR", &header);
    chunk(&mut bytes, b"PLTE", &PALETTE.concat());
    chunk(&mut bytes, b"IDAT", &as_they_are(&rows));
    chunk(&mut bytes, b"IEND", &[]);
    bytes
}

fn bar(y: u32) -> bool {
    y < 18
}

/// A line of something that could be words.
fn line(x: u32, y: u32, top: u32, length: u32) -> bool {
    (top..top + 6).contains(&y) && (24..24 + length).contains(&x) && !(x / 7 + top).is_multiple_of(5)
}

fn stopped(x: u32, y: u32) -> u8 {
    let sign = (x.abs_diff(200).pow(2) + y.abs_diff(56).pow(2)) < 18 * 18;
    match () {
        () if bar(y) => 2,
        () if sign => 3,
        () if line(x, y, 40, 120) || line(x, y, 56, 140) || line(x, y, 72, 90) => 1,
        () if (110..132).contains(&y) && (24..100).contains(&x) => 2,
        () => 0,
    }
}

fn listed(x: u32, y: u32) -> u8 {
    let row = y / 18;
    match () {
        () if bar(y) => 2,
        () if y % 18 == 17 => 4,
        () if row > 0 && line(x, y, row * 18 + 6, 60 + row * 11 % 50) => 1,
        () if row == 4 && (190..226).contains(&x) && (y % 18).abs_diff(9) < 3 => 3,
        () if (190..226).contains(&x) && (y % 18).abs_diff(9) < 3 => 1,
        () => 0,
    }
}

fn dark(x: u32, y: u32) -> u8 {
    let screen = (70..190).contains(&x) && (20..88).contains(&y);
    match () {
        () if screen && (y / 3).is_multiple_of(2) => 4,
        () if screen => 5,
        () if y > 120 => 1,
        () => 5,
    }
}

/// A zlib stream of blocks that are not compressed (RFC 1950, RFC 1951 3.2.4).
fn as_they_are(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    stream.extend((b << 16 | a).to_be_bytes());
    stream
}

fn chunk(bytes: &mut Vec<u8>, kind: &[u8; 4], contents: &[u8]) {
    let length = u32::try_from(contents.len()).unwrap_or(u32::MAX);
    bytes.extend(length.to_be_bytes());
    let from = bytes.len();
    bytes.extend(kind);
    bytes.extend(contents);
    let sum = crc(&bytes[from..]);
    bytes.extend(sum.to_be_bytes());
}

/// The sum by which a chunk is checked (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes
        .iter()
        .fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_standards() {
        assert_eq!(crc(b"123456789"), 0xCBF4_3926);
        assert_eq!(&as_they_are(b"Wikipedia")[16..], 0x11E6_0398_u32.to_be_bytes());
    }
}
