//! A month is reviewed, from the first morning after it to the correction of its figures (R42, R80 to R82, A34).

use casework::evidence::verify;
use casework::intake::log::{LogCall, Next, log};
use casework::review::open::open_due;
use rules::case::vocabulary::Channel;
use rules::follow_on::Status;
use rules::follow_on::act::Charge;
use rules::people::Person;
use rules::review::hold::{Meeting, Recommendation};
use rules::review::{Cell, Figure, Month, Progress, Reader, Why};
use testkit::office::OpenOffice;
use testkit::people::{amara, grace, helen, iris, samir};
use testkit::{at, day, words};

use crate::support::{a_month, differences, judged, june, receive, refusal};

fn meeting() -> Meeting {
    Meeting {
        on: Some(day("2026-07-06")),
        present: vec![helen().id, samir().id],
        others: String::new(),
        words: "Look at the libraries again".to_owned(),
    }
}

async fn finish(office: &OpenOffice, by: &Person) {
    let door = office.door(by);
    door.review_desk(june(), "finish").finish(meeting()).await.unwrap();
}

#[tokio::test]
async fn every_month_that_is_over_is_opened_once_with_complaints_or_without() {
    let office = OpenOffice::at("2026-06-09 09:15").await;
    assert_eq!(open_due(&office.office).await.unwrap(), [], "nothing arrived yet");
    receive(&office, "k", words::form()).await;
    office.on("2026-06-30 23:59");
    assert_eq!(open_due(&office.office).await.unwrap(), [], "the month is not over");
    office.on("2026-07-01 00:10");
    assert_eq!(open_due(&office.office).await.unwrap(), [june()]);
    assert_eq!(open_due(&office.office).await.unwrap(), [], "twice");
    office.on("2026-09-01 00:10");
    let months = open_due(&office.office).await.unwrap();
    let months: Vec<String> = months.iter().map(Month::to_string).collect();
    assert_eq!(months, ["2026-07", "2026-08"], "two months without a complaint");
    let august = office.door(&helen()).review("2026-08".parse().unwrap()).await.unwrap();
    assert_eq!(august.figures().get(Figure::Volume, "kind", "all"), 0);
    assert_eq!(august.review.unwrap().progress(), Progress::Open);
}

#[tokio::test]
async fn the_pack_lists_every_case_but_those_about_staff_and_says_how_many_these_are() {
    let office = a_month().await;
    let file = office.door(&helen()).review(june()).await.unwrap();
    let listed: Vec<String> = file.pack.listed.iter().map(ToString::to_string).collect();
    assert_eq!(listed, ["FC-10001", "FC-10002", "FC-10004", "FC-10005"]);
    assert_eq!(file.pack.confidential, 1);
    let picked = |name: &str| file.pack.discuss.iter().find(|pick| pick.reference.to_string() == name);
    let late = picked("FC-10002").unwrap();
    assert_eq!(late.reasons[0], Why::Late);
    assert!(file.titles[&late.reference].starts_with("The Wi-Fi in the Main Library"));
    assert!(picked("FC-10003").is_none(), "about a member of staff");
    assert_eq!(file.due_on, Some(day("2026-07-14")));
    let (behind, hidden) = file.behind(&Cell::new(Figure::Stage1, "decisions", "in_time"));
    assert_eq!(
        (behind.len(), hidden),
        (1, 1),
        "one of the two is about a member of staff"
    );
}

#[tokio::test]
async fn from_the_first_note_to_the_end_and_the_correction_after() {
    let office = a_month().await;
    let door = office.door(&helen());
    let late = "FC-10002".parse().unwrap();
    let desk = |once| door.review_desk(june(), once);
    desk("n1").note(Some(late), "Nobody stood in").await.unwrap();
    desk("n2").note(None, "The board asks for weekend cover").await.unwrap();
    let recommendation = Recommendation {
        text: "Replace the access points in the library".to_owned(),
        cases: vec!["FC-10001".parse().unwrap()],
        service: Some("A3".to_owned()),
        charge: Charge::default(),
    };
    desk("r").recommend(recommendation).await.unwrap();
    let charge = Charge {
        owner: "Networks".to_owned(),
        due_on: Some(day("2026-09-01")),
    };
    desk("a").agree(&"2026-06-1".parse().unwrap(), charge).await.unwrap();
    finish(&office, &helen()).await;
    let file = door.review(june()).await.unwrap();
    let review = file.review.as_ref().unwrap();
    assert_eq!(
        (review.progress(), review.notes.len(), review.agreed.len()),
        (Progress::Finished, 2, 1)
    );
    assert_eq!(file.changed, []);
    let frozen = review.frozen.as_ref().unwrap().0.clone();
    assert_eq!(frozen.sha256, file.pack.sha256());

    // A complaint of June that somebody finds and writes down in July.
    office.on("2026-07-20 10:00");
    let call = LogCall {
        raw: words::form(),
        channel: Channel::Phone,
        received_at: Some(at("2026-06-30 17:00")),
        vip: None,
        next: Next::Triage,
        key: "found".to_owned(),
    };
    log(&office.office, call, &amara()).await.unwrap();
    let volume = Cell::new(Figure::Volume, "kind", "complaint");
    let file = door.review(june()).await.unwrap();
    assert_eq!(file.figures().get(Figure::Volume, "kind", "complaint"), 4, "as frozen");
    assert_eq!(file.live.get(Figure::Volume, "kind", "complaint"), 5);
    let changed = file.changed.iter().find(|change| change.cell == volume);
    assert_eq!(changed.map(|change| (change.was, change.is)), Some((4, 5)));
    desk("c").restate("Logged late").await.unwrap();
    let file = door.review(june()).await.unwrap();
    assert_eq!(file.figures().get(Figure::Volume, "kind", "complaint"), 5);
    assert_eq!(file.changed, []);
    let review = file.review.as_ref().unwrap();
    assert_eq!(review.frozen.as_ref().unwrap().0, frozen, "as it was");
    assert!(refusal(desk("c2").restate("Again").await).starts_with("No number has changed"));
    assert!(refusal(desk("n3").note(None, "More").await).contains("is finished"));
    assert_eq!(differences(&office).await, [""; 0]);
    assert!(
        verify(&office.office).await.unwrap().is_whole(),
        "every stream verifies"
    );
}

#[tokio::test]
async fn a_second_press_changes_nothing() {
    let office = a_month().await;
    let door = office.door(&helen());
    for _ in 0..2 {
        door.review_desk(june(), "same").note(None, "Once").await.unwrap();
    }
    assert_eq!(door.review(june()).await.unwrap().review.unwrap().notes.len(), 1);
    for _ in 0..2 {
        finish(&office, &helen()).await;
    }
}

#[tokio::test]
async fn a_reader_without_cases_is_given_figures_and_nothing_of_a_case() {
    let office = a_month().await;
    let door = office.door(&helen());
    let desk = |once| door.review_desk(june(), once);
    let about = Some("FC-10002".parse().unwrap());
    desk("n1").note(about, "Priya was upset").await.unwrap();
    desk("n2").note(None, "For everybody").await.unwrap();
    let file = office.door(&grace()).review(june()).await.unwrap();
    assert_eq!(file.reader, Reader::NotEntitled);
    assert!(file.facts.is_empty() && file.titles.is_empty());
    assert!(file.pack.discuss.is_empty() && file.pack.listed.is_empty());
    let review = file.review.unwrap();
    assert_eq!(review.notes.len(), 1);
    assert_eq!(review.notes[0].words, "For everybody");
    let promised = &file.actions.soon.shown[0];
    assert_eq!(
        (promised.text.clone(), promised.card.cases.len()),
        (None, 0),
        "the words of a decision are not theirs"
    );
    assert_eq!(promised.status, Status::Accepted);
    for by in [samir(), iris()] {
        let file = office.door(&by).review(june()).await.unwrap();
        assert_eq!(file.pack.listed.len(), 4, "{}", by.name);
    }
    let refused = refusal(office.door(&amara()).review(june()).await);
    assert!(refused.starts_with("You cannot read the monthly review"), "{refused}");
}

#[tokio::test]
async fn months_are_listed_with_what_they_wait_for() {
    let office = a_month().await;
    let months = office.door(&helen()).months(1).await.unwrap();
    let line = |line: &casework::review::MonthLine| {
        let begun = line.review.is_some();
        (line.month.to_string(), line.received, line.stage_1.percent(), begun)
    };
    let lines: Vec<(String, u32, Option<u32>, bool)> = months.lines.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            ("2026-07".to_owned(), 0, None, false),
            ("2026-06".to_owned(), 4, Some(67), true)
        ]
    );
    assert_eq!(months.lines[1].due_on, Some(day("2026-07-14")));
    for (month, what) in [("2026-08", "to come"), ("2026-05", "before the first case")] {
        let found = office.door(&helen()).review(month.parse().unwrap()).await;
        assert!(matches!(found, Err(casework::ActError::NotFound)), "{what}");
    }
}

#[tokio::test]
async fn two_years_stand_on_a_page_and_what_waits_is_told_of_all_of_them() {
    let office = OpenOffice::at("2026-06-09 09:15").await;
    receive(&office, "k", words::form()).await;
    office.on("2030-03-01 00:10");
    open_due(&office.office).await.unwrap();
    let door = office.door(&helen());
    let mut pages = Vec::new();
    for page in 1..=3 {
        let months = door.months(page).await.unwrap();
        assert_eq!(months.waiting.len(), 45, "June 2026 to February 2030");
        assert_eq!(months.waiting, door.reviews_waiting().await.unwrap());
        assert!(months.next.is_none_or(|next| next == page + 1), "{page}");
        pages.push((months.lines, months.next.is_some()));
    }
    let ends = |page: &(Vec<casework::review::MonthLine>, bool)| {
        let lines = &page.0;
        let end = |at: Option<&casework::review::MonthLine>| at.map(|line| line.month.to_string()).unwrap_or_default();
        (end(lines.first()), end(lines.last()), lines.len(), page.1)
    };
    let seen: Vec<_> = pages.iter().map(ends).collect();
    let line = |first: &str, last: &str, n, more| (first.to_owned(), last.to_owned(), n, more);
    assert_eq!(
        seen,
        [
            line("2030-03", "2028-04", 24, true),
            line("2028-03", "2026-06", 22, false),
            line("", "", 0, false)
        ]
    );
    assert_eq!(pages[1].0[21].received, 1, "the complaint of June 2026");
    assert_eq!(door.reviews_waiting().await.unwrap()[44].month, june());
}

#[tokio::test]
async fn several_alike_within_days_are_noticed() {
    let office = OpenOffice::at("2026-06-09 09:15").await;
    for key in ["1", "2", "3", "4"] {
        let reference = receive(&office, key, words::form()).await;
        judged(&office, &reference).await;
    }
    let notices = office.door(&helen()).months(1).await.unwrap().notices;
    assert_eq!((notices.len(), notices[0].n), (1, 4));
    assert_eq!(
        (notices[0].service.as_str(), notices[0].problem.as_str()),
        ("A3", "B11")
    );
    assert_eq!(notices[0].references.len(), 4);
    let read = office.door(&grace()).months(1).await.unwrap().notices;
    assert_eq!(
        (read[0].n, read[0].references.len()),
        (4, 0),
        "how many, and not which, for a reader without cases"
    );
    let file = office.door(&grace()).review(june()).await.unwrap();
    assert_eq!(file.notices[0].n, 4);
    assert_eq!(
        file.notices[0].references,
        [],
        "no references for a reader without cases"
    );
}
