//! Messages in Microsoft's own form (winmail.dat).

use crate::support::{carried, understood};

/// An attribute: level, number, bytes.
fn attribute(level: u8, number: u32, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![level];
    out.extend_from_slice(&number.to_le_bytes());
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out.extend_from_slice(bytes);
    let sum = bytes.iter().fold(0_u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
    out.extend_from_slice(&sum.to_le_bytes());
    out
}

/// A list of properties that have bytes for a value.
fn properties(all: &[(u32, &[u8])]) -> Vec<u8> {
    let mut out = (all.len() as u32 + 1).to_le_bytes().to_vec();
    // One with a number for a value, which is passed over.
    out.extend_from_slice(&0x0E07_0003_u32.to_le_bytes());
    out.extend_from_slice(&1_u32.to_le_bytes());
    for (tag, value) in all {
        out.extend_from_slice(&tag.to_le_bytes());
        out.extend_from_slice(&1_u32.to_le_bytes());
        out.extend_from_slice(&(value.len() as u32).to_le_bytes());
        out.extend_from_slice(value);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

fn winmail(attributes: &[Vec<u8>]) -> Vec<u8> {
    let mut out = 0x223E_9F78_u32.to_le_bytes().to_vec();
    out.extend_from_slice(&[1, 0]);
    out.extend(attributes.iter().flatten());
    out
}

fn message(inside: &[u8], words: &str) -> Vec<u8> {
    let mut out = format!(
        "From: a@b.example\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n{words}\r\n--b\r\n\
         Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    )
    .into_bytes();
    out.extend_from_slice(inside);
    out.extend_from_slice(b"\r\n--b--\r\n");
    out
}

const BODY: u32 = 0x0002_800C;
const PROPERTIES: u32 = 0x0006_9003;
const CODE_PAGE: u32 = 0x0006_9007;
const BEGINS: u32 = 0x0006_9002;
const TITLE: u32 = 0x0001_8010;
const BYTES: u32 = 0x0006_800F;
const FILE_PROPERTIES: u32 = 0x0006_9005;

fn one_file(name: &[u8], bytes: &[u8], more: &[u8]) -> Vec<Vec<u8>> {
    vec![
        attribute(2, BEGINS, &[1; 14]),
        attribute(2, BYTES, bytes),
        attribute(2, TITLE, name),
        attribute(2, FILE_PROPERTIES, more),
    ]
}

#[test]
fn its_files_are_taken_out() {
    let long = properties(&[
        (0x3707_001F, &utf16("A long näme.pdf")),
        (0x370E_001E, b"Application/PDF\0"),
    ]);
    let mut attributes = one_file(b"ALONGN~1.PDF\0", b"%PDF-1.7", &long);
    attributes.extend(one_file(b"b.txt\0", b"", &properties(&[])));
    let text = message(&winmail(&attributes), "words");
    let message = understood(&text).message;
    let told: Vec<(Option<&str>, &str, u64)> = message
        .carried
        .iter()
        .map(|carried| (carried.name.as_deref(), carried.said_type.as_str(), carried.size))
        .collect();
    assert_eq!(
        told,
        [
            (Some("A long näme.pdf"), "application/pdf", 8),
            (Some("b.txt"), "application/octet-stream", 0)
        ]
    );
    let bytes: Vec<Vec<u8>> = carried(&text).into_iter().map(|(_, bytes)| bytes).collect();
    assert_eq!(bytes, [b"%PDF-1.7".to_vec(), Vec::new()]);
    assert_eq!(message.words.whole, "words");
}

#[test]
fn its_words_count_where_there_are_no_others() {
    let cases: Vec<(Vec<Vec<u8>>, &str)> = vec![
        (vec![attribute(1, BODY, b"words of TNEF\0")], "words of TNEF"),
        (
            vec![
                attribute(1, CODE_PAGE, &[0xE3, 4, 0, 0, 0, 0, 0, 0]),
                attribute(1, BODY, b"\xcf\xf0\xe8\0"),
            ],
            "При",
        ),
        (
            vec![attribute(1, PROPERTIES, &properties(&[(0x1000_001F, &utf16("wörds"))]))],
            "wörds",
        ),
        (
            vec![attribute(1, PROPERTIES, &properties(&[(0x1000_001E, b"words\0")]))],
            "words",
        ),
        (
            vec![attribute(
                1,
                PROPERTIES,
                &properties(&[(0x1013_0102, b"<p>of <b>HTML</b></p>")]),
            )],
            "of HTML",
        ),
        (
            vec![attribute(
                1,
                PROPERTIES,
                &properties(&[(0x1013_0102, b"<p>HTML</p>"), (0x1000_001E, b"plain\0")]),
            )],
            "plain",
        ),
    ];
    for (attributes, expected) in cases {
        assert_eq!(
            understood(&message(&winmail(&attributes), "")).message.words.whole,
            expected
        );
        assert_eq!(
            understood(&message(&winmail(&attributes), "others"))
                .message
                .words
                .whole,
            "others"
        );
    }
}

#[test]
fn words_in_packed_rich_text_are_told_of() {
    let packed = attribute(1, PROPERTIES, &properties(&[(0x1009_0102, b"packed")]));
    let odd = "Its words are in a form of Microsoft's that is not read; they stand in the original.";
    assert_eq!(
        understood(&message(&winmail(std::slice::from_ref(&packed)), ""))
            .message
            .oddities,
        [odd]
    );
    assert!(
        understood(&message(&winmail(&[packed]), "words"))
            .message
            .oddities
            .is_empty()
    );
}

#[test]
fn what_is_not_what_it_says_is_a_file() {
    for inside in [
        b"".as_slice(),
        b"x",
        b"none of Microsoft's",
        &0x223E_9F78_u32.to_le_bytes(),
    ] {
        let text = message(inside, "words");
        let message = understood(&text).message;
        assert_eq!(message.carried.len(), 1);
        assert_eq!(message.carried[0].name.as_deref(), Some("winmail.dat"));
        assert_eq!(carried(&text), [(message.carried[0].part, inside.to_vec())]);
    }
}

#[test]
fn one_that_ends_in_the_middle_gives_what_there_is() {
    let whole = winmail(&one_file(
        b"a.txt\0",
        b"0123456789",
        &properties(&[(0x3707_001E, b"long.txt\0")]),
    ));
    for end in 6..whole.len() {
        let text = message(&whole[..end], "words");
        let told = understood(&text).message;
        let given = carried(&text);
        assert_eq!(told.words.whole, "words");
        assert_eq!(told.carried.len(), given.len(), "cut at {end}");
        for (carried, (part, bytes)) in told.carried.iter().zip(given) {
            assert_eq!((carried.part, carried.size), (part, bytes.len() as u64), "cut at {end}");
        }
    }
}

#[test]
fn hostile_lengths_do_no_harm() {
    let mut lying = winmail(&[]);
    lying.push(1);
    lying.extend_from_slice(&PROPERTIES.to_le_bytes());
    lying.extend_from_slice(&u32::MAX.to_le_bytes());
    lying.extend_from_slice(&u32::MAX.to_le_bytes());
    let told = understood(&message(&lying, "words")).message;
    assert_eq!(told.words.whole, "words");
    assert_eq!(told.oddities, ["The attachment winmail.dat ends in the middle."]);
    let mut many = u32::MAX.to_le_bytes().to_vec();
    many.extend_from_slice(&[0xFF; 4000]);
    assert_eq!(
        understood(&message(&winmail(&[attribute(1, PROPERTIES, &many)]), "words"))
            .message
            .words
            .whole,
        "words"
    );
}
