//! What is written and what is typed meet, though they are spelled in different ways.

use storage::Store;
use storage::search::{self, Weight};

use crate::harness::{on_every_engine, write};
use crate::search::find;

async fn keep(store: &Store, weight: Weight, text: &'static str) {
    write(store, move |tx| {
        Box::pin(async move { search::index(tx, "FC-1", &[(weight, text)]).await })
    })
    .await;
}

/// The queries that do not find the one case there is.
async fn missed(store: &Store, queries: &[&'static str]) -> Vec<&'static str> {
    let mut missed = Vec::new();
    for query in queries {
        if find(store, query).await.is_empty() {
            missed.push(*query);
        }
    }
    missed
}

/// What people write, and what others type when they look for it.
const SPELLINGS: &[(&str, &[&str])] = &[
    (
        "Wi-Fi drops in halls",
        &[
            "wifi",
            "wi-fi",
            "WiFi",
            "Wi\u{2011}Fi",
            "wi fi",
            "wifi halls",
            "Wi-Fi's",
        ],
    ),
    ("the WiFi is slow", &["wifi", "wi-fi", "wi\u{2010}fi", "slow wi-fi"]),
    ("no e-mail since Monday", &["email", "e-mail", "emails", "E-Mails"]),
    ("her email bounces", &["e-mail", "email"]),
    ("the log-in page fails", &["login", "log-in", "log in", "login page"]),
    (
        "a Wi-Fi-enabled printer",
        &["wifi", "wi-fi", "wifi-enabled", "wi-fi-enabled", "enabled"],
    ),
    ("wi\u{ad}fi with a soft hyphen", &["wifi", "wi-fi"]),
    ("I can't print", &["cant", "can\u{2019}t", "can`t", "can\u{b4}t"]),
    (
        "Dr Jones\u{2019}s lecture and the PC's",
        &["jones", "jones's", "pc", "pcs", "PC's"],
    ),
    (
        "cafe\u{301} \u{ff37}\u{ff49}\u{ff26}\u{ff49} o\u{fb03}ce stra\u{df}e \u{c6}r\u{f8}",
        &["caf\u{e9}", "wifi", "office", "strasse", "aero", "\u{c6}r\u{f8}"],
    ),
];

#[test]
fn a_word_is_found_however_it_is_spelled() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        for (text, queries) in SPELLINGS {
            keep(&store, Weight::Words, text).await;
            assert_eq!(missed(&store, queries).await, [""; 0], "not found in: {text}");
        }
    });
}

/// A name, a number or an address, and how it is typed.
const WHOLE_THINGS: &[(Weight, &str, &[&str])] = &[
    (
        Weight::Name,
        "Siobh\u{e1}n O'Brien-Ng",
        &[
            "OBrien",
            "o\u{2018}brien",
            "o\u{2019}bri",
            "siobhan",
            "obrien-ng",
            "obrienng",
        ],
    ),
    (
        Weight::Name,
        "Jean-Paul M\u{fc}ller",
        &["jeanpaul", "jean-paul", "jean paul", "jeanp", "muller"],
    ),
    (
        Weight::Exact,
        "FC-10482",
        &[
            "fc10482",
            "FC-10482",
            "fc 10482",
            "FC\u{2011}10482",
            "\u{ff26}\u{ff23}-10482",
            "10482",
            "#10482",
            "(FC-10482)",
            "fc010482",
        ],
    ),
    (
        Weight::Words,
        "like my complaint FC 10482 of May",
        &["FC-10482", "fc10482", "fc 10482", "10482"],
    ),
    (
        Weight::Words,
        "about FC-10482\u{2019}s letter, and FC10483/FC10484",
        &["fc-10482", "10483", "fc10484", "fc10482 letter", "fc-10482 letter"],
    ),
    (
        Weight::Exact,
        "F0100001",
        &["f0100001", "F-0100001", "0100001", "100001", "f100001"],
    ),
    (
        Weight::Exact,
        "Sean.O'Brien@Calderbrook.example",
        &[
            "sean.o'brien@calderbrook.example",
            "sean.o\u{2019}brien@calderbrook.example",
            "<Sean.O'Brien@calderbrook.example>",
            "obrien",
            "sean.o'brien",
            "calderbrook.example",
            "@calderbrook.example",
        ],
    ),
    (
        Weight::Words,
        "write to o'brien@uni.example.",
        &["o'brien@uni.example", "obrien@uni.example"],
    ),
    (
        Weight::Exact,
        "07700 900123",
        &[
            "07700900123",
            "+44 7700 900123",
            "+44 (0)7700 900-123",
            "0044 7700 900123",
            "07700 900 123",
            "900123",
        ],
    ),
    (
        Weight::Words,
        "Call 07700 900123 after 5, or +44 (0)1632 960417.",
        &["07700900123", "07700 900 123", "01632 960417", "+44 1632 960417"],
    ),
    (Weight::Words, "on 12 10 2026 07700900123 2 times", &["07700 900123"]),
    (
        Weight::Words,
        "card 20261234567 and room 2.14, 2026-10-12",
        &["20261234567", "14", "2.14", "2026", "2026-10-12"],
    ),
];

#[test]
fn a_whole_thing_is_found_however_it_is_typed() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        for (weight, text, queries) in WHOLE_THINGS {
            keep(&store, *weight, text).await;
            assert_eq!(missed(&store, queries).await, [""; 0], "not found in: {text}");
        }
    });
}

#[test]
fn what_is_only_alike_is_not_found() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        for (text, queries) in [
            ("the wire was a fine one", &["wi-fi", "wifi"][..]),
            ("mail for Ed", &["e-mail", "email"]),
            ("page 3 of a printed book", &["a3", "page3"]),
            ("on 2026-10-12 at 07700 900124", &["20261012", "07700 900123", "900123"]),
            ("zoe@uni.example and ng@other.example", &["zoe@other.example"]),
        ] {
            keep(&store, Weight::Words, text).await;
            assert_eq!(missed(&store, queries).await, queries, "found in: {text}");
        }
    });
}

#[test]
fn the_case_itself_comes_before_those_that_mention_it_and_the_same_spelling_first() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                let words = "The printer on the second floor has not worked since Monday and nobody came.";
                search::index(tx, "FC-7", &[(Weight::Exact, "FC-7001"), (Weight::Words, words)]).await?;
                search::index(tx, "FC-8", &[(Weight::Words, "as in FC-7001")]).await?;
                search::index(tx, "FC-9", &[(Weight::Words, "WiFi")]).await?;
                search::index(tx, "FC-10", &[(Weight::Words, "Wi-Fi")]).await?;
                search::index(tx, "FC-11", &[(Weight::Words, "something else")]).await
            })
        })
        .await;
        for query in ["fc-7001", "FC7001", "7001", "fc 7001"] {
            assert_eq!(find(&store, query).await, ["FC-7", "FC-8"], "{query}");
        }
        assert_eq!(find(&store, "wi-fi").await, ["FC-10", "FC-9"]);
    });
}
