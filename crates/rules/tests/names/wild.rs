//! Texts that nobody wrote: chance, length and repetition neither stop the finder nor cut a character in two.

use rules::confidential::names::{Found, Known, People, find};

use super::frames::Chance;

fn people() -> People {
    let names = [
        "Sarah O'Brien",
        "Zoë Fairweather",
        "Anne-Marie van den Berg",
        "Smith, John",
        "",
        "'",
        "李 小龍",
    ];
    let known = names.iter().map(|name| Known {
        key: (*name).to_owned(),
        name: (*name).to_owned(),
        ..Known::default()
    });
    People::of(known.collect())
}

/// Spans lie in the text, in order, apart from each other, on whole characters.
fn assert_sound(text: &str, found: &Found) {
    let mut end = 0;
    for span in &found.spans {
        assert!(span.from >= end && span.from < span.to, "{span:?}");
        assert_eq!(text.get(span.from..span.to), Some(span.text.as_str()));
        end = span.to;
    }
}

#[test]
fn random_characters_are_survived() {
    let pieces = [
        "Sarah",
        " ",
        "O'",
        "'",
        "’s",
        " ' s",
        "@",
        ".",
        "\n",
        "> ",
        "é",
        "\u{301}",
        "ß",
        "İ",
        "😀",
        "李",
        "van",
        " den ",
        "Berg",
        "J.",
        "#",
        ",",
        "my name is ",
        "On ",
        "wrote:",
        "-",
        "_",
        "9",
        "\u{200b}",
        "\r\n",
        "I'm",
        "Regards",
        "THE ",
        "ǅ",
        "ﬁ",
        "Dr ",
        "the man ",
        "on the desk ",
    ];
    let people = people();
    let mut chance = Chance(7);
    for _ in 0..3_000 {
        let text: String = (0..chance.below(40))
            .map(|_| pieces[chance.below(pieces.len())])
            .collect();
        assert_sound(&text, &find(&text, &people, Some("Zoë Fairweather")));
    }
}

#[test]
fn long_texts_of_the_same_are_read_once() {
    let people = people();
    for piece in [
        "Sarah ",
        "sarah",
        "@",
        "a@b.c ",
        "'",
        "' s ",
        "J. ",
        "the man on the desk ",
        "van den ",
        "\n",
        ">\n",
        "Smith, ",
        "X",
        "My name is Sarah. ",
        "the ",
        "Regards,\n",
        "-",
        "é",
        "İ",
        ". ",
        "She was rude. Tom lied. ",
        "_",
        "O'",
        "Anne-",
    ] {
        let text = piece.repeat(50_000 / piece.len());
        assert_sound(&text, &find(&text, &people, None));
    }
    let text = "Sarah O'Brien hung up, and the man on the desk told jim to go. ".repeat(16_000);
    assert_sound(&text, &find(&text, &people, None));
}

#[test]
fn an_empty_text_names_nobody() {
    assert_eq!(find("", &people(), None), Found::default());
    assert_eq!(find("   \n\n ", &People::default(), Some("")), Found::default());
}
