//! The complainant comes back without an account: by code or by link, and guessing is slowed down and tells nothing (R7, R85, invariant 12).

use casework::ActError;
use casework::intake::Receipt;
use rules::case::{Event, State};
use rules::people::Actor;
use testkit::office::OpenOffice;
use testkit::people::ruth;
use testkit::words;

use crate::support::{fields, open, refusal};

const HERE: &str = "192.0.2.1";

async fn complained(office: &OpenOffice, key: &str) -> Receipt {
    office.public().complain(&words::form(), key).await.unwrap()
}

fn wrong(code: &str) -> String {
    let last = code.chars().last().unwrap();
    let other = if last == '0' { '1' } else { '0' };
    format!("{}{other}", &code[..15])
}

#[tokio::test]
async fn the_code_opens_as_people_type_it_and_only_its_own_case() {
    let office = open().await;
    let mine = complained(&office, "k1").await;
    let other = complained(&office, "k2").await;
    let public = office.public();
    let grouped = casework::letter::grouped(&mine.receipt_code);
    for (reference, code) in [
        ("FC-10001", &mine.receipt_code),
        (" fc 10001 ", &grouped),
        ("fc10001", &grouped.replace(' ', "-")),
    ] {
        let who = public.enter(reference, code, HERE).await.unwrap();
        assert_eq!(who.reference(), &mine.reference);
        assert_eq!(
            public.case(&who).await.unwrap().case.received.words,
            words::form().words
        );
    }
    for (reference, code) in [
        ("FC-10001", &wrong(&mine.receipt_code)),
        ("FC-10001", &other.receipt_code),
        ("FC-10001", &String::new()),
        ("FC-10002", &mine.receipt_code),
        ("FC-99999", &mine.receipt_code),
        ("nonsense", &mine.receipt_code),
    ] {
        let from = format!("198.51.100.{}", reference.len() + code.len());
        let answer = public.enter(reference, code, &from).await;
        assert!(
            matches!(answer, Err(ActError::NotFound)),
            "{reference} {code}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn the_link_opens_only_its_own_case() {
    let office = open().await;
    let mine = complained(&office, "k1").await;
    let other = complained(&office, "k2").await;
    let public = office.public();
    let who = public.follow("fc-10001", &mine.link_token).await.unwrap();
    assert_eq!(who.reference(), &mine.reference);
    for (reference, token) in [
        ("FC-10001", &*other.link_token),
        ("FC-10002", &*mine.link_token),
        ("FC-10001", ""),
        ("FC-10001", &mine.link_token[..31]),
        ("FC-99999", &*mine.link_token),
        ("", &*mine.link_token),
    ] {
        let answer = public.follow(reference, token).await;
        assert!(
            matches!(answer, Err(ActError::NotFound)),
            "{reference} {token}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn five_wrong_codes_shut_the_place_for_a_quarter_of_an_hour() {
    let office = open().await;
    let receipt = complained(&office, "k").await;
    let public = office.public();
    for number in 0..5 {
        let answer = public
            .enter(&format!("FC-2000{number}"), &receipt.receipt_code, HERE)
            .await;
        assert!(matches!(answer, Err(ActError::NotFound)), "try {number}: {answer:?}");
    }
    let shut = public.enter("FC-10001", &receipt.receipt_code, HERE).await;
    assert!(
        matches!(shut, Err(ActError::Throttled { tries: 5, minutes: 15 })),
        "{shut:?}"
    );
    public
        .enter("FC-10001", &receipt.receipt_code, "198.51.100.7")
        .await
        .expect("from another place");
    public
        .follow("FC-10001", &receipt.link_token)
        .await
        .expect("a link is not guessed");
    office.on("2026-06-09 09:30:01");
    public
        .enter("FC-10001", &receipt.receipt_code, HERE)
        .await
        .expect("a quarter of an hour later");
}

#[tokio::test]
async fn five_wrong_codes_shut_the_case_from_wherever_and_however_it_is_typed() {
    let office = open().await;
    let receipt = complained(&office, "k").await;
    let public = office.public();
    for (number, typed) in ["FC-10001", "fc10001", " F C 1 0 0 0 1", "FC-010001", "FC--10001"]
        .iter()
        .enumerate()
    {
        let answer = public
            .enter(typed, &wrong(&receipt.receipt_code), &format!("192.0.2.{number}"))
            .await;
        assert!(matches!(answer, Err(ActError::NotFound)), "{typed}: {answer:?}");
    }
    let shut = public.enter("fc 10001", &receipt.receipt_code, "198.51.100.7").await;
    assert!(
        matches!(shut, Err(ActError::Throttled { .. })),
        "five spellings are five tries: {shut:?}"
    );
    let unknown = "FC-77777";
    for number in 0..5 {
        public
            .enter(unknown, &receipt.receipt_code, &format!("203.0.113.{number}"))
            .await
            .unwrap_err();
    }
    let shut = public.enter(unknown, &receipt.receipt_code, "203.0.113.9").await;
    assert!(
        matches!(shut, Err(ActError::Throttled { .. })),
        "a case that is not there shuts in the same way: {shut:?}"
    );
}

#[tokio::test]
async fn the_right_code_forgets_the_wrong_ones() {
    let office = open().await;
    let receipt = complained(&office, "k").await;
    for _ in 0..3 {
        for _ in 0..4 {
            let answer = office
                .public()
                .enter("FC-10001", &wrong(&receipt.receipt_code), HERE)
                .await;
            assert!(matches!(answer, Err(ActError::NotFound)), "{answer:?}");
        }
        office
            .public()
            .enter("FC-10001", &receipt.receipt_code, HERE)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn codes_and_links_lie_in_no_table_in_the_clear() {
    let office = open().await;
    let receipt = complained(&office, "k").await;
    let (code, token) = (receipt.receipt_code.into_bytes(), receipt.link_token.into_bytes());
    let rows = office.read(|tx| {
        Box::pin(async move {
            let codes = tx
                .all("SELECT code_hash FROM access_codes", &[], |row| row.get::<Vec<u8>>(0))
                .await?;
            let links = tx
                .all("SELECT token_hash FROM link_tokens", &[], |row| row.get::<Vec<u8>>(0))
                .await?;
            Ok([codes, links].concat())
        })
    });
    let rows = rows.await;
    assert_eq!(
        rows.iter().map(Vec::len).collect::<Vec<_>>(),
        [32, 32],
        "a keyed hash each"
    );
    for row in rows {
        assert!(row != code && row != token);
    }
}

#[tokio::test]
async fn what_they_do_is_theirs_on_the_record() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let token = office.case(&reference).await.received.link_token;
    let public = office.public();
    let who = public.follow(&reference.to_string(), &token).await.unwrap();
    assert_eq!(fields(public.reply(&who, " \u{200B} ", "r0").await), ["reply"]);
    assert!(refusal(public.ask_stage_2(&who, "", "s0").await).contains("once you have our decision"));
    office.on("2026-06-09 11:00");
    public.reply(&who, "It happened again", "r1").await.unwrap();
    public
        .reply(&who, "It happened again", "r1")
        .await
        .expect("the same press");
    let history = office.history(&reference).await;
    let replies: Vec<_> = history
        .iter()
        .filter(|said| said.event.kind() == "message.received")
        .collect();
    assert_eq!(replies.len(), 1);
    assert_eq!(replies[0].actor, Actor::Complainant);
    assert_eq!(office.case(&reference).await.stage(), 1, "a reply moves nothing");
    assert_eq!(
        public.handler_name(&public.case(&who).await.unwrap()).as_deref(),
        Some("Amara")
    );
}

#[tokio::test]
async fn a_request_within_twenty_working_days_is_in_time_and_a_later_one_is_marked_and_kept() {
    for (local, late) in [("2026-07-07 23:59", false), ("2026-07-08 00:00", true)] {
        let office = open().await;
        let reference = office.answered("k").await;
        let token = office.case(&reference).await.received.link_token;
        let who = office.public().follow(&reference.to_string(), &token).await.unwrap();
        office.on(local);
        office.public().ask_stage_2(&who, "", "s").await.unwrap();
        let case = office.case(&reference).await;
        assert!(
            matches!(case.state, State::EscalationPending(..)),
            "never refused for being late (A19)"
        );
        assert_eq!(case.escalation.unwrap().0.late, late, "{local}");
        let Event::EscalationRequested(asked) = office.last_event(&reference).await else {
            panic!("{:?}", office.kinds(&reference).await)
        };
        assert_eq!(asked.words, None, "no reason need be given");
        assert_eq!(office.found("FC-10001").await.len(), 1);
        assert_eq!(office.counts(&ruth()).await.escalations, 1);
    }
}
