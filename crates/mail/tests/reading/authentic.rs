//! Who is believed about where a message comes from.

use mail::{Settings, SpamFlags, read};
use rules::mail::{Authentic, Message};

use crate::support::wire;

const SERVER: &str = "mx.uni.example";

fn received(headers: &str, flags: SpamFlags) -> Message {
    let text = wire(&format!("{headers}\nSubject: x\n\nwords"));
    let settings = Settings {
        authserv_id: Some(SERVER.to_owned()),
        spam_flags: flags,
        ..Settings::default()
    };
    read(text.as_slice(), &settings)
        .expect("bytes in memory can be read")
        .message
}

fn found(results: &str) -> Authentic {
    received(
        &format!("Authentication-Results: {results}\nFrom: Pat <pat@b.co.uk>"),
        SpamFlags::OfTheServer,
    )
    .authentic
}

#[test]
fn the_domain_of_the_sender_must_stand_behind_it() {
    let cases = [
        ("mx.uni.example; dmarc=pass header.from=b.co.uk", Some("dmarc")),
        (
            "mx.uni.example; dmarc=pass (p=reject dis=none) header.from=b.co.uk",
            Some("dmarc"),
        ),
        ("mx.uni.example 1; dmarc=pass", Some("dmarc")),
        ("MX.UNI.EXAMPLE; DMARC=PASS HEADER.FROM=B.CO.UK", Some("dmarc")),
        ("mx.uni.example; dmarc=pass header.from=evil.example", None),
        (
            "mx.uni.example; dmarc=fail header.from=b.co.uk; dkim=pass header.d=b.co.uk",
            None,
        ),
        ("mx.uni.example; dkim=pass header.d=b.co.uk", Some("dkim")),
        ("mx.uni.example; dkim=pass header.i=@b.co.uk", Some("dkim")),
        (
            "mx.uni.example; dkim=pass (2048-bit key; unprotected) header.d=b.co.uk header.s=s1",
            Some("dkim"),
        ),
        ("mx.uni.example; dkim=pass header.d=mail.b.co.uk", Some("dkim")),
        ("mx.uni.example; dkim = pass header.d = b.co.uk", Some("dkim")),
        (
            "mx.uni.example; dkim=pass reason=\"good; signature\" header.d=b.co.uk",
            Some("dkim"),
        ),
        (
            "mx.uni.example; dkim=fail header.d=b.co.uk; dkim=pass header.d=b.co.uk",
            Some("dkim"),
        ),
        ("mx.uni.example; dkim=pass header.d=co.uk", None),
        ("mx.uni.example; dkim=pass header.d=other.co.uk", None),
        ("mx.uni.example; dkim=pass header.d=evil.example", None),
        ("mx.uni.example; dkim=pass", None),
        ("mx.uni.example; dkim=fail header.d=b.co.uk", None),
        ("mx.uni.example; (dkim=pass header.d=b.co.uk)", None),
        ("mx.uni.example; dkim=none (dkim=pass header.d=b.co.uk)", None),
        (
            "mx.uni.example; dkim=none reason=\"x; dkim=pass header.d=b.co.uk\"",
            None,
        ),
        ("mx.uni.example; spf=pass smtp.mailfrom=pat@b.co.uk", Some("spf")),
        ("mx.uni.example; spf=pass smtp.mailfrom=bounce.b.co.uk", Some("spf")),
        ("mx.uni.example; spf=pass smtp.mailfrom=evil.example", None),
        ("mx.uni.example; spf=pass smtp.helo=b.co.uk", None),
        ("mx.uni.example; spf=softfail smtp.mailfrom=b.co.uk", None),
        (
            "mx.uni.example; spf=fail smtp.mailfrom=b.co.uk; dkim=pass header.d=b.co.uk",
            Some("dkim"),
        ),
        ("mx.uni.example; dmarc=none; dkim=pass header.d=b.co.uk", Some("dkim")),
        ("mx.uni.example; none", None),
    ];
    for (results, expected) in cases {
        let by = match found(results) {
            Authentic::Yes { by } => Some(by),
            Authentic::No { why } => {
                assert!(!why.is_empty());
                None
            }
            Authentic::Unknown => panic!("nobody looked: {results}"),
        };
        assert_eq!(by.as_deref(), expected, "{results}");
    }
}

#[test]
fn what_failed_is_said_in_words() {
    let no = |why: &str| Authentic::No { why: why.to_owned() };
    assert_eq!(found("mx.uni.example; dmarc=fail"), no("DMARC failed"));
    assert_eq!(
        found("mx.uni.example; dkim=none; spf=softfail"),
        no("nothing stands behind b.co.uk: DKIM none, SPF softfail")
    );
    assert_eq!(
        found("mx.uni.example; dkim=pass header.d=evil.example"),
        no("nothing stands behind b.co.uk: DKIM of another domain, SPF not checked")
    );
}

#[test]
fn findings_of_others_are_passed_over_wherever_they_stand() {
    let ours = "Authentication-Results: mx.uni.example; dkim=none; spf=none";
    let forged = "Authentication-Results: mx.uni.example; dmarc=pass header.from=b.co.uk";
    let foreign = "Authentication-Results: evil.example; dmarc=pass header.from=b.co.uk";
    let from = "From: pat@b.co.uk";
    let no = [
        "Authentication-Results",
        "ours below a foreign one",
        "a forged one below ours",
    ];
    let texts = [
        format!("{ours}\n{from}"),
        format!("{foreign}\n{ours}\n{from}"),
        format!("{ours}\n{from}\n{forged}"),
    ];
    for (text, why) in texts.iter().zip(no) {
        assert!(
            matches!(received(text, SpamFlags::OfTheServer).authentic, Authentic::No { .. }),
            "{why}"
        );
    }
    let unknown = [
        format!("{foreign}\n{from}"),
        format!("ARC-{forged}\n{from}"),
        format!("X-{forged}\n{from}"),
        format!("Authentication-Results: mx.uni.example.evil.example; dmarc=pass\n{from}"),
        format!("Authentication-Results: ; dmarc=pass\n{from}"),
        format!("Authentication-Results:\n{from}"),
        format!("Authentication-Results: (mx.uni.example) evil.example; dmarc=pass\n{from}"),
        from.to_owned(),
    ];
    for text in unknown {
        assert_eq!(
            received(&text, SpamFlags::OfTheServer).authentic,
            Authentic::Unknown,
            "{text}"
        );
    }
}

#[test]
fn nobody_is_believed_without_a_setting() {
    let text = wire("Authentication-Results: mx.uni.example; dmarc=pass\nX-Spam-Flag: YES\nFrom: pat@b.co.uk\n\nwords");
    let message = read(text.as_slice(), &Settings::default())
        .expect("bytes in memory can be read")
        .message;
    assert_eq!((message.authentic, message.spam), (Authentic::Unknown, None));
}

#[test]
fn several_senders_of_different_domains_prove_nothing() {
    let results = "Authentication-Results: mx.uni.example; dmarc=pass header.from=b.co.uk";
    for from in [
        "From: pat@b.co.uk, x@evil.example",
        "From: pat@b.co.uk\nFrom: x@evil.example",
        "From: nobody",
    ] {
        let message = received(&format!("{results}\n{from}"), SpamFlags::OfTheServer);
        assert!(matches!(message.authentic, Authentic::No { .. }), "{from}");
    }
    let same = received(
        &format!("{results}\nFrom: pat@b.co.uk, sam@b.co.uk"),
        SpamFlags::OfTheServer,
    );
    assert!(matches!(same.authentic, Authentic::Yes { .. }));
}

#[test]
fn marks_of_spam_are_believed_of_the_server() {
    let results = "Authentication-Results: mx.uni.example; dmarc=pass";
    let cases = [
        ("X-Spam-Flag: YES", Some("X-Spam-Flag: YES")),
        ("X-Spam-Flag: yes", Some("X-Spam-Flag: yes")),
        ("X-Spam-Flag: NO", None),
        (
            "X-Spam-Status: Yes, score=9.1 required=5.0\n tests=BAYES",
            Some("X-Spam-Status: Yes, score=9.1 required=5.0 tests=BAYES"),
        ),
        ("X-Spam-Status: No, score=0.1", None),
        (
            "X-MS-Exchange-Organization-SCL: 9",
            Some("X-MS-Exchange-Organization-SCL: 9"),
        ),
        (
            "X-MS-Exchange-Organization-SCL: 5",
            Some("X-MS-Exchange-Organization-SCL: 5"),
        ),
        ("X-MS-Exchange-Organization-SCL: 1", None),
        ("X-MS-Exchange-Organization-SCL: -1", None),
        (
            "X-Spamd-Result: default: True [16.1 / 15.0]",
            Some("X-Spamd-Result: default: True [16.1 / 15.0]"),
        ),
        ("X-Spamd-Result: default: False [1.0 / 15.0]", None),
        ("X-Rspamd-Action: add header", Some("X-Rspamd-Action: add header")),
        ("X-Rspamd-Action: no action", None),
        (
            "X-Forefront-Antispam-Report: CIP:1.2.3.4;SFV:SPM;",
            Some("X-Forefront-Antispam-Report: CIP:1.2.3.4;SFV:SPM;"),
        ),
        ("X-Forefront-Antispam-Report: CIP:1.2.3.4;SFV:NSPM;", None),
        ("X-Other: YES", None),
    ];
    for (header, expected) in cases {
        let text = format!("{results}\n{header}\nFrom: pat@b.co.uk");
        assert_eq!(
            received(&text, SpamFlags::OfTheServer).spam.as_deref(),
            expected,
            "{header}"
        );
        assert_eq!(received(&text, SpamFlags::Ignored).spam, None, "{header}");
        let foreign = format!("Authentication-Results: evil.example; dmarc=pass\n{header}\nFrom: pat@b.co.uk");
        assert_eq!(received(&foreign, SpamFlags::OfTheServer).spam, None, "{header}");
    }
}
