//! Addresses one by one.

use mail::addresses;

#[test]
fn mailboxes_are_told_apart() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("pat@uni.example", &[("", "pat@uni.example")]),
        ("<pat@uni.example>", &[("", "pat@uni.example")]),
        ("Pat <pat@uni.example>", &[("Pat", "pat@uni.example")]),
        ("\"Doe, Pat\" <pat@uni.example>", &[("Doe, Pat", "pat@uni.example")]),
        (
            "Pat Doe (office) <pat@uni.example>",
            &[("Pat Doe (office)", "pat@uni.example")],
        ),
        ("a@b.example, c@d.example", &[("", "a@b.example"), ("", "c@d.example")]),
        ("a@b.example,", &[("", "a@b.example")]),
        (
            "Team: a@b.example, C <c@d.example>;",
            &[("", "a@b.example"), ("C", "c@d.example")],
        ),
        ("undisclosed-recipients:;", &[]),
        ("PAT@UNI.EXAMPLE", &[("", "PAT@uni.example")]),
        ("pat@uni.example.", &[("", "pat@uni.example")]),
        ("pat+case@uni.example", &[("", "pat+case@uni.example")]),
        ("\"pat doe\"@uni.example", &[]),
        ("пат@пример.example", &[("", "пат@пример.example")]),
        ("pat@[192.0.2.1]", &[("", "pat@[192.0.2.1]")]),
        ("nobody", &[]),
        ("", &[]),
        (",,,", &[]),
        ("<<<>>>", &[]),
        ("a@b@c.example", &[("", "a@b@c.example")]),
        ("pat\u{202e}@uni.example", &[]),
    ];
    for (text, expected) in cases {
        let found = addresses(text);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|one| (one.name.as_deref().unwrap_or_default(), one.address.as_str()))
            .collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn whatever_stands_there_the_answer_is_bounded() {
    for text in [
        "<".repeat(50_000),
        "\"".repeat(50_000),
        "(".repeat(50_000),
        "a@b,".repeat(10_000),
        ":;".repeat(20_000),
    ] {
        assert!(addresses(&text).iter().all(|one| one.address.len() <= 320));
    }
}
