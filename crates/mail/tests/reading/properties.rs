//! What holds of every message: it is read, both passes agree, and what is kept is bounded by what came.

use std::io::{self, Read};

use proptest::prelude::*;

use crate::support::{carried, understood};

/// Reads a message and checks what must hold of any.
pub(crate) fn check(bytes: &[u8]) {
    let reading = understood(bytes);
    let message = &reading.message;
    assert_eq!(reading.size, bytes.len() as u64);
    let given = carried(bytes);
    let told: Vec<(u32, u64)> = message
        .carried
        .iter()
        .map(|carried| (carried.part, carried.size))
        .collect();
    let given: Vec<(u32, u64)> = given.iter().map(|(part, bytes)| (*part, bytes.len() as u64)).collect();
    assert_eq!(told, given, "both passes tell the same");
    for words in [&message.words.whole, &message.words.new, &message.subject] {
        assert!(!words.chars().any(rules::unseen::is_unseen), "{words:?}");
        assert!(words.len() <= bytes.len() * 6 + 4000);
    }
    assert!(!message.subject.contains('\n'));
}

/// Gives a message in pieces of a size.
struct Trickle<'m> {
    rest: &'m [u8],
    size: usize,
}

impl Read for Trickle<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.size.min(into.len());
        self.rest
            .take(count as u64)
            .read(into)
            .inspect(|read| self.rest = &self.rest[*read..])
    }
}

/// Pieces of which messages are made, so that chance meets what matters.
fn message() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"From: a@b.example\r\n".to_vec()),
        Just(b"Subject: =?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?=\r\n".to_vec()),
        Just(b"Content-Type: multipart/mixed; boundary=b\r\n".to_vec()),
        Just(b"Content-Type: multipart/alternative; boundary=\"c\"\r\n".to_vec()),
        Just(b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n".to_vec()),
        Just(b"Content-Type: text/html; charset=utf-8\r\n".to_vec()),
        Just(b"Content-Type: text/plain; format=flowed; delsp=yes\r\n".to_vec()),
        Just(b"Content-Type: message/rfc822\r\n".to_vec()),
        Just(b"Content-Type: application/ms-tnef; name=winmail.dat\r\n".to_vec()),
        Just(b"Content-Type: text/calendar\r\n".to_vec()),
        Just(b"Content-Transfer-Encoding: base64\r\n".to_vec()),
        Just(b"Content-Transfer-Encoding: quoted-printable\r\n".to_vec()),
        Just(b"Content-Disposition: attachment; filename*=utf-8''a%C3%A9\r\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\r\n--b\r\n".to_vec()),
        Just(b"\r\n--c\r\n".to_vec()),
        Just(b"\r\n--b--\r\n".to_vec()),
        Just(b"begin 644 x\r\n#0V%T\r\n`\r\nend\r\n".to_vec()),
        Just(b"x=9F\">\x78\x9f\x3e\x22\x01\x00".to_vec()),
        Just(b"<p>words <a href=\"https://x.example\">there</a><table><tr><td>".to_vec()),
        Just(b"Y2Fmw6k=\r\n".to_vec()),
        Just(b"BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n".to_vec()),
        "[ -~\r\n\t]{0,60}".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_message_is_read(bytes in message()) {
        check(&bytes);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        check(&bytes);
    }

    #[test]
    fn it_does_not_matter_how_a_message_comes(bytes in message(), size in 1_usize..200) {
        let trickle = Trickle { rest: &bytes, size };
        let reading = mail::read(trickle, &mail::Settings::default()).expect("bytes in memory can be read");
        prop_assert_eq!(reading, understood(&bytes));
    }

    #[test]
    fn base64_of_any_bytes_comes_back(bytes in proptest::collection::vec(any::<u8>(), 0..3000), width in 4_usize..100) {
        use base64::Engine;
        let coded = base64::prelude::BASE64_STANDARD.encode(&bytes);
        let lines: Vec<String> = coded.as_bytes().chunks(width).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
        let message = format!(
            "From: a@b.example\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            lines.join("\r\n")
        );
        prop_assert_eq!(carried(message.as_bytes()), vec![(1, bytes)]);
    }

    #[test]
    fn quoted_printable_of_any_bytes_comes_back(bytes in proptest::collection::vec(any::<u8>(), 1..500)) {
        let coded: Vec<String> = bytes.iter().map(|byte| format!("={byte:02X}")).collect();
        let lines: Vec<String> = coded.chunks(25).map(<[String]>::concat).collect();
        let message = format!(
            "From: a@b.example\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}",
            lines.join("=\r\n")
        );
        prop_assert_eq!(carried(message.as_bytes()), vec![(1, bytes)]);
    }
}
