//! Parts of a message: which are words, and multiparts that are broken, deep or many.

use crate::support::{EMPTY, FILE, HTML, PICTURE, PLAIN, carried, files, message, multipart, understood, wire};

#[test]
fn the_words_are_those_of_the_best_part() {
    let inner = multipart("alternative", &[PLAIN, HTML])
        .split_once("Subject: x\n")
        .map(|(_, inner)| inner.replace("b=1", "inner"))
        .unwrap();
    let related = multipart("related", &[HTML, PICTURE])
        .split_once("Subject: x\n")
        .map(|(_, inner)| inner.replace("b=1", "rel"))
        .unwrap();
    let cases: Vec<(String, &str, bool)> = vec![
        (multipart("alternative", &[PLAIN, HTML]), "plain words", false),
        (multipart("alternative", &[HTML, PLAIN]), "plain words", false),
        (multipart("alternative", &[EMPTY, HTML]), "words of HTML", true),
        (multipart("alternative", &[HTML]), "words of HTML", true),
        (multipart("alternative", &[PLAIN, &related]), "plain words", false),
        (multipart("alternative", &[EMPTY, &related]), "words of HTML", true),
        (multipart("mixed", &[PLAIN, PICTURE]), "plain words", false),
        (
            multipart("mixed", &[PLAIN, HTML]),
            "plain words\n\nwords of HTML",
            false,
        ),
        (
            multipart("mixed", &[PLAIN, PICTURE, PLAIN]),
            "plain words\n\nplain words",
            false,
        ),
        (
            multipart("mixed", &[HTML, PICTURE, HTML]),
            "words of HTML\n\nwords of HTML",
            true,
        ),
        (multipart("mixed", &[&inner, FILE]), "plain words", false),
        (multipart("related", &[HTML, PICTURE]), "words of HTML", true),
        (multipart("related", &[&inner, PICTURE]), "plain words", false),
        (
            multipart("signed; protocol=\"application/pgp-signature\"", &[PLAIN, FILE]),
            "plain words",
            false,
        ),
        (multipart("unheard-of", &[PLAIN, FILE]), "plain words", false),
        (multipart("mixed", &[PICTURE]), "", false),
        (multipart("mixed", &[]), "No MIME here.", false),
        (
            multipart("mixed", &["\nwords without a header"]),
            "words without a header",
            false,
        ),
        (
            multipart("mixed", &["words without an empty line"]),
            "words without an empty line",
            false,
        ),
    ];
    for (text, words, has_html) in cases {
        let message = message(&text);
        assert_eq!(
            (message.words.whole.as_str(), message.words.html.is_some()),
            (words, has_html),
            "{text}"
        );
    }
}

#[test]
fn a_multipart_that_is_broken_is_read_as_far_as_it_goes() {
    let head = "From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=";
    let cases = [
        // No end.
        (format!("{head}b\n\n--b\n\nwords"), "words"),
        (format!("{head}b\n\n--b\n\nwords\n"), "words"),
        // In quotes, with white space, with a comment.
        (format!("{head}\"b\"\n\n--b\n\nwords\n--b--"), "words"),
        (format!("{head}\"b c\"\n\n--b c\n\nwords\n--b c--"), "words"),
        (format!("{head}\"b \"\n\n--b\n\nwords\n--b--"), "words"),
        (format!("{head}b\n\n--b  \t\n\nwords\n--b--  "), "words"),
        (format!("{head}\"=_:b/;?\"\n\n--=_:b/;?\n\nwords\n--=_:b/;?--"), "words"),
        // One boundary begins as the other.
        (
            format!("{head}b\n\n--b\nContent-Type: multipart/alternative; boundary=bb\n\n--bb\n\nwords\n--bb--\n--b--"),
            "words",
        ),
        // The inner one has no end.
        (
            format!(
                "{head}b\n\n--b\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\nwords\n--b\n\nmore\n--b--"
            ),
            "words\n\nmore",
        ),
        // A part behind the end.
        (
            format!("{head}b\n\n--b\n\nwords\n--b--\nnothing\n--b\n\nmore\n--b--"),
            "words\n\nmore",
        ),
        // No boundary said: the first line that could be one.
        (
            "From: a@b.example\nContent-Type: multipart/mixed\n\n--guess\n\nwords\n--guess--".to_owned(),
            "words",
        ),
        // The boundary never comes.
        (
            format!("{head}never\n\nwords in the place of parts"),
            "words in the place of parts",
        ),
        // No empty line between header and first part.
        (format!("{head}b\n--b\n\nwords\n--b--"), "words"),
        // A line of dashes is no boundary.
        (
            format!("{head}b\n\n--b\n\nwords\n-- \nPat\n--\n----\n--b--"),
            "words\n--\nPat\n--\n----",
        ),
        // A part without a body.
        (
            format!("{head}b\n\n--b\nContent-Type: text/plain\n--b\n\nwords\n--b--"),
            "words",
        ),
        (format!("{head}b\n\n--b\n--b\n\nwords\n--b--"), "words"),
        // The type twice: the first counts.
        (
            format!("{head}b\nContent-Type: text/plain\n\n--b\n\nwords\n--b--"),
            "words",
        ),
    ];
    for (text, words) in cases {
        let found = message(&text).words.whole;
        let lines: Vec<&str> = found.lines().map(str::trim_end).collect();
        assert_eq!(lines.join("\n"), words, "{text}");
    }
}

#[test]
fn parts_too_deep_or_too_many_are_told() {
    let mut deep = "From: a@b.example\nSubject: x\n".to_owned();
    for level in 0..1000 {
        deep.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"
        ));
    }
    deep.push_str("\nwords");
    let found = message(&deep);
    assert_eq!(
        found.oddities,
        ["Its parts stand inside each other too deep to be taken apart."]
    );
    assert_eq!(found.carried.len(), 1);

    let many = multipart("mixed", &vec!["Content-Type: image/png\n\nx"; 25_000]);
    let found = message(&many);
    assert_eq!(
        found.oddities,
        ["It has more parts than are taken apart; the rest stands in the original."]
    );
    assert!(
        (19_000..=20_001).contains(&found.carried.len()),
        "{}",
        found.carried.len()
    );
    assert_eq!(carried(&wire(&many)).len(), found.carried.len());
}

#[test]
fn messages_inside_messages_break_no_stack() {
    let shapes = [
        "Content-Type: message/rfc822\r\n\r\n",
        "Content-Type:\r\n MESSAGE/RFC822\r\n\r\n",
        "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n",
    ];
    for shape in shapes {
        let text = format!("From: a@b.example\r\n{}words", shape.repeat(20_000)).into_bytes();
        let small = std::thread::Builder::new().stack_size(512 * 1024);
        let reading = small
            .spawn(move || understood(&text))
            .expect("a thread")
            .join()
            .expect("no overflow");
        assert!(reading.message.from.is_some());
    }
}

#[test]
fn ten_thousand_parts_are_all_read() {
    let parts: Vec<String> = (0..10_000)
        .map(|at| format!("Content-Type: image/png; name=p{at}.png\n\n{at}"))
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let found = files(&multipart("mixed", &parts));
    assert_eq!(found.len(), 10_000);
    assert_eq!(
        found[9_999],
        (Some("p9999.png".to_owned()), "image/png".to_owned(), b"9999".to_vec())
    );
}
