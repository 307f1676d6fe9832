//! Charsets in bodies and in headers, right, wrong and unknown.

use crate::support::{body, message, understood, wire};

#[test]
fn a_body_is_read_by_its_charset() {
    let cases: &[(&str, &[u8], &str)] = &[
        ("utf-8", "Grüße, Łódź".as_bytes(), "Grüße, Łódź"),
        ("UTF-8", "naïve".as_bytes(), "naïve"),
        ("utf8", "naïve".as_bytes(), "naïve"),
        ("iso-8859-1", b"caf\xe9", "café"),
        ("ISO-8859-1", b"\x80 5", "€ 5"),
        ("latin1", b"caf\xe9", "café"),
        ("iso-8859-2", b"Pln\xfd z\xe1pis", "Plný zápis"),
        ("iso-8859-5", b"\xbf\xe0\xd8\xd2\xd5\xe2", "Привет"),
        ("iso-8859-7", b"\xc3\xe5\xe9\xdc", "Γειά"),
        ("iso-8859-9", b"\xddstanbul", "İstanbul"),
        ("iso-8859-15", b"\xa4 5", "€ 5"),
        ("windows-1250", b"\x9ekola", "žkola"),
        ("windows-1251", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
        ("windows-1252", b"\x93quoted\x94", "“quoted”"),
        ("windows-1253", b"\xca\xf9\xe4", "Κωδ"),
        ("windows-1254", b"\xfd", "ı"),
        ("windows-1255", b"\xf9\xec\xe5\xed", "שלום"),
        ("windows-1256", b"\xe3\xd1\xcd\xc8\xc7", "مرحبا"),
        ("windows-1257", b"m\xf5te", "mõte"),
        ("windows-1258", b"ch\xe0o", "chào"),
        ("koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"),
        ("koi8-u", b"\xf0\xd2\xc9\xd7\xa6\xd4", "Привіт"),
        ("iso-2022-jp", b"\x1b$B%O%m!<\x1b(B", "ハロー"),
        ("shift_jis", b"\x83n\x83\x8D\x81[", "ハロー"),
        ("Shift-JIS", b"\x83n\x83\x8D\x81[", "ハロー"),
        ("euc-jp", b"\xa5\xcf\xa5\xed\xa1\xbc", "ハロー"),
        ("euc-kr", b"\xbe\xc8\xb3\xe7", "안녕"),
        ("ks_c_5601-1987", b"\xbe\xc8\xb3\xe7", "안녕"),
        ("big5", b"\xa7A\xa6n", "你好"),
        ("gb2312", b"\xc4\xe3\xba\xc3", "你好"),
        ("gbk", b"\xc4\xe3\xba\xc3", "你好"),
        ("gb18030", b"\xc4\xe3\xba\xc3", "你好"),
        ("utf-7", b"Hi +ZYeB9A-", "Hi 文致"),
        ("utf-16le", b"h\0i\0", "hi"),
        ("us-ascii", b"plain", "plain"),
        ("macintosh", b"\x8e", "é"),
    ];
    for (charset, bytes, expected) in cases {
        assert_eq!(
            body(&format!("text/plain; charset=\"{charset}\""), "8bit", bytes),
            *expected,
            "{charset}"
        );
    }
}

#[test]
fn a_wrong_or_missing_charset_is_seen_through() {
    let cases: &[(&str, &[u8], &str)] = &[
        // Says UTF-8 and is Latin.
        ("; charset=utf-8", b"caf\xe9 au lait", "café au lait"),
        // Says ASCII and is UTF-8, or Latin.
        ("; charset=us-ascii", "café".as_bytes(), "café"),
        ("; charset=us-ascii", b"caf\xe9", "café"),
        // Says Latin and is UTF-8.
        ("; charset=iso-8859-1", "Łódź".as_bytes(), "Łódź"),
        ("; charset=windows-1252", "“so”".as_bytes(), "“so”"),
        // Says a form of seven bits and is UTF-8.
        ("; charset=iso-2022-jp", "送信先".as_bytes(), "送信先"),
        ("; charset=utf-7", "é".as_bytes(), "é"),
        ("; charset=ISO-2022-JP", b"\xa5\xcf\xa5\xed\xa1\xbc", "ハロー"),
        ("; charset=iso-2022-jp", b"\x83n\x83\x8D\x81[", "ハロー"),
        // Says nothing.
        ("", "Łódź".as_bytes(), "Łódź"),
        ("", b"caf\xe9", "café"),
        ("", b"\x1b$B%O%m!<\x1b(B", "ハロー"),
        // A mark at the beginning tells.
        ("; charset=iso-8859-1", b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("; charset=utf-8", b"\xff\xfeh\0i\0", "hi"),
        // Says something that nobody knows.
        ("; charset=x-nobody-knows", b"caf\xe9", "café"),
        ("; charset=x-nobody-knows", "Łódź".as_bytes(), "Łódź"),
        ("; charset=\" utf-8 \"", "é".as_bytes(), "é"),
        ("; charset=", "é".as_bytes(), "é"),
    ];
    for (parameter, bytes, expected) in cases {
        assert_eq!(
            body(&format!("text/plain{parameter}"), "8bit", bytes),
            *expected,
            "{parameter}"
        );
    }
}

#[test]
fn a_charset_that_is_not_known_is_told() {
    let odd = message("From: a@b.example\nContent-Type: text/plain; charset=x-nobody-knows\n\nwords").oddities;
    assert_eq!(odd, ["Its charset is not known: letters may be wrong."]);
}

#[test]
fn a_text_with_one_broken_letter_keeps_the_others() {
    assert_eq!(
        body("text/plain; charset=utf-8", "8bit", b"\xc5\x81\xc3\xb3d\xff"),
        "Łód\u{fffd}"
    );
}

#[test]
fn a_subject_is_decoded() {
    let cases = [
        ("=?utf-8?Q?Caf=C3=A9?=", "Café"),
        ("=?UTF-8?q?Caf=c3=a9?=", "Café"),
        ("=?utf-8?B?Q2Fmw6k=?=", "Café"),
        ("=?utf-8?b?Q2Fmw6k?=", "Café"),
        ("=?iso-8859-1?Q?Caf=E9_au_lait?=", "Café au lait"),
        ("=?iso-8859-1*en?Q?Caf=E9?=", "Café"),
        ("=?windows-1251?B?z/Do4uXy?=", "Привет"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ("=?iso-2022-jp?B?GyRCJU8lbSE8GyhC?=", "ハロー"),
        ("=?shift_jis?B?g26DjYFb?=", "ハロー"),
        ("=?gb2312?B?xOO6ww==?=", "你好"),
        ("Re: =?utf-8?Q?Caf=C3=A9?= closed", "Re: Café closed"),
        // Two words side by side belong together.
        ("=?utf-8?Q?one?= =?utf-8?Q?two?=", "onetwo"),
        ("=?utf-8?Q?one_?= =?utf-8?Q?two?=", "one two"),
        ("=?utf-8?Q?one?=\n =?utf-8?Q?two?=", "onetwo"),
        // Split inside a character, as RFC 2047 forbids.
        ("=?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?=", "Café"),
        ("=?utf-8?B?w4U=?= =?utf-8?B?w4Q=?=", "ÅÄ"),
        ("=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "€"),
        ("=?UTF-8?Q?=E2=82?=\n\t=?utf-8?Q?=AC_5?=", "€ 5"),
        // Charsets of different names.
        ("=?utf-8?Q?=C3=A9?= =?iso-8859-1?Q?=E9?=", "éé"),
        // Spaces inside a word, which must not be there.
        ("=?utf-8?Q?two words?=", "two words"),
        // Not decoded at all.
        ("Grüße", "Grüße"),
        ("=?utf-8?Q?broken", "=?utf-8?Q?broken"),
        ("=?nonsense", "=?nonsense"),
        ("a =?= b", "a =?= b"),
        ("=?utf-8?X?what?=", "=?utf-8?X?what?="),
        ("", ""),
        ("  spaces   inside  ", "spaces inside"),
        ("tab\there", "tab here"),
        ("bell\u{7} and \u{202e}turned", "bell and turned"),
    ];
    for (said, expected) in cases {
        let subject = message(&format!("From: a@b.example\nSubject: {said}\n\nwords")).subject;
        assert_eq!(subject, expected, "{said}");
    }
}

#[test]
fn a_subject_of_raw_bytes_is_read() {
    let cases: &[(&[u8], &str)] = &[
        (b"caf\xe9", "café"),
        ("Łódź".as_bytes(), "Łódź"),
        (b"\x1b$B%O%m!<\x1b(B", "ハロー"),
    ];
    for (bytes, expected) in cases {
        let mut text = b"From: a@b.example\r\nSubject: ".to_vec();
        text.extend_from_slice(bytes);
        text.extend_from_slice(b"\r\n\r\nwords");
        assert_eq!(understood(&text).message.subject, *expected);
    }
}

#[test]
fn a_name_of_a_sender_is_decoded() {
    let cases = [
        ("=?utf-8?Q?Zo=C3=AB_Doe?= <z@b.example>", Some("Zoë Doe")),
        ("\"=?utf-8?Q?Zo=C3=AB?=\" <z@b.example>", Some("Zoë")),
        ("=?utf-8?Q?Zo=C3?= =?utf-8?Q?=AB?= <z@b.example>", Some("Zoë")),
        ("\"Doe, Zoe\" <z@b.example>", Some("Doe, Zoe")),
        ("Zoë <z@b.example>", Some("Zoë")),
        ("z@b.example", None),
        ("<z@b.example>", None),
    ];
    for (said, expected) in cases {
        let from = message(&format!("From: {said}\n\nwords")).from.expect("a sender");
        assert_eq!(
            (from.name.as_deref(), from.address.as_str()),
            (expected, "z@b.example"),
            "{said}"
        );
    }
}

#[test]
fn encodings_of_a_body_are_undone() {
    let cases: &[(&str, &str, &str)] = &[
        ("7bit", "plain words", "plain words"),
        ("8bit", "é", "é"),
        ("binary", "é", "é"),
        (
            "quoted-printable",
            "caf=C3=A9 and a long=\n line",
            "café and a long line",
        ),
        ("quoted-printable", "caf=c3=a9", "café"),
        ("quoted-printable", "50=% off = really", "50=% off = really"),
        ("quoted-printable", "end=", "end"),
        ("Quoted-Printable", "trailing  \nspaces", "trailing\nspaces"),
        ("quoted-printable", "soft= \nbreak", "softbreak"),
        ("base64", "Y2Fmw6k=", "café"),
        ("BASE64", "Y2Fm\nw6k=\n", "café"),
        ("base64", "Y2F m w6 k", "café"),
        ("base64", "Y2Fmw6k=Y2Fmw6k=", "cafécafé"),
        ("base64", "!!Y2Fmw6k=", "café"),
        ("x-uuencode", "begin 644 x\n#8V%F\n`\nend\n", "caf"),
        ("unheard-of", "as it is", "as it is"),
        ("", "as it is", "as it is"),
    ];
    for (encoding, text, expected) in cases {
        assert_eq!(
            body("text/plain; charset=utf-8", encoding, &wire(text)),
            *expected,
            "{encoding}: {text}"
        );
    }
}
