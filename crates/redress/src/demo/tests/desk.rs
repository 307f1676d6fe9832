//! The desks at the end of the year: alive on a Sunday at 3am, on a bank holiday, at Christmas, when the clocks change.

use std::collections::BTreeSet;

use casework::desk::case_file::for_staff;
use casework::desk::lists::{DeskLine, Shown, list};
use casework::desk::{Standing, Wanted};
use jiff::ToSpan;
use rules::case::event::Event;
use rules::case::vocabulary::{Ending, FeedbackKind, Outcome};
use rules::case::{Alert, Case, State};
use rules::handling::ask::may_close_unanswered;
use rules::handling::sign_off;
use rules::letters::LetterKind;
use rules::people::Person;

use super::{Year, year};
use crate::demo::SIGN_INS;

/// Random cases besides those of the desks: enough for chance to get in the way.
const CASES: usize = 60;

#[tokio::test]
async fn on_a_working_morning() {
    alive("2026-11-24T10:30:00Z", Today::Worked).await;
}

#[tokio::test]
async fn on_monday_at_nine() {
    alive("2026-11-23T09:00:00Z", Today::Worked).await;
}

#[tokio::test]
async fn on_friday_evening() {
    alive("2026-11-27T18:45:00Z", Today::Worked).await;
}

#[tokio::test]
async fn on_a_sunday_at_three_in_the_night() {
    alive("2026-11-22T03:00:00Z", Today::Free).await;
}

#[tokio::test]
async fn a_minute_after_midnight_on_a_working_day() {
    alive("2026-11-25T00:01:00Z", Today::Worked).await;
}

#[tokio::test]
async fn on_a_bank_holiday() {
    alive("2027-05-03T14:00:00+01:00", Today::Free).await;
}

#[tokio::test]
async fn on_christmas_eve_a_minute_before_midnight() {
    alive("2026-12-24T23:59:00Z", Today::Free).await;
}

#[tokio::test]
async fn between_christmas_and_new_year() {
    alive("2026-12-29T11:00:00Z", Today::Free).await;
}

#[tokio::test]
async fn on_the_first_working_day_of_the_year() {
    alive("2027-01-04T08:30:00Z", Today::Worked).await;
}

#[tokio::test]
async fn in_the_hour_that_comes_twice() {
    alive("2026-10-25T01:30:00Z", Today::Free).await;
}

#[tokio::test]
async fn in_the_hour_that_the_spring_skips() {
    alive("2027-03-28T01:00:00Z", Today::Free).await;
}

/// As many cases as a visitor loads, at the busiest time: what chance leaves open must not crowd the desks.
#[tokio::test]
async fn in_a_whole_year_at_the_beginning_of_term() {
    let year = year("2026-10-06T14:00:00+01:00", crate::demo::CASES).await;
    stands(&year, Today::Worked).await;
}

/// Whether the day on which it is loaded is a working day: on others nothing can be due.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Today {
    Worked,
    Free,
}

async fn alive(until: &str, today: Today) {
    stands(&year(until, CASES).await, today).await;
}

async fn stands(year: &Year, today: Today) {
    assert_eq!(year.summary.refused, 0, "a step of the plan was refused");
    waiting_for_triage(year).await;
    the_front_line(year, today).await;
    about_one_of_us(year).await;
    investigations(year, "dana").await;
    investigations(year, "isaac").await;
    waiting_for_sign_off(year).await;
    waiting_for_somebody_with_authority(year).await;
    other_regimes(year).await;
    over_in_these_days(year);
    no_two_open_cases_read_alike(year).await;
    views_that_find_something(year).await;
    changed_by_the_office(year);
}

impl Year {
    fn person(&self, username: &str) -> Person {
        let people = self.office.people();
        let name = SIGN_INS
            .iter()
            .find(|sign_in| sign_in.username == username)
            .unwrap()
            .name;
        people.values().find(|person| person.name == name).unwrap().clone()
    }

    async fn list(&self, shown: Shown) -> Vec<DeskLine> {
        self.list_of("wendy", shown).await
    }

    async fn list_of(&self, username: &str, shown: Shown) -> Vec<DeskLine> {
        list(&self.office, &shown, None, &self.person(username))
            .await
            .unwrap()
            .lines
    }

    async fn mine(&self, username: &str) -> Vec<DeskLine> {
        self.list(Shown::Mine(self.person(username).id)).await
    }

    fn case(&self, line: &DeskLine) -> &Case {
        let mut cases = self.files.iter().map(|file| &file.case);
        cases.find(|case| case.reference.to_string() == line.reference).unwrap()
    }

    fn some(&self, what: &str, holds: impl Fn(&Case) -> bool) -> usize {
        let found = self.files.iter().filter(|file| holds(&file.case)).count();
        assert!(found > 0, "there is no {what}");
        found
    }

    fn recent(&self, case: &Case, days: i64) -> bool {
        case.received.received_at > self.office.now() - (24 * days).hours()
    }

    /// Whether something happened to a case in these days.
    fn lately(&self, case: &Case, days: i64, what: impl Fn(&Event) -> bool) -> bool {
        let file = self
            .files
            .iter()
            .find(|file| file.case.reference == case.reference)
            .unwrap();
        let since = self.office.now() - (24 * days).hours();
        file.history
            .iter()
            .any(|recorded| recorded.at > since && what(&recorded.event))
    }
}

async fn waiting_for_triage(year: &Year) {
    let waiting = year.list(Shown::Triage).await;
    let now = year.office.now();
    let within = |minutes: i64| {
        waiting
            .iter()
            .filter(|line| line.received_at > now - minutes.minutes())
            .count()
    };
    let of = |kind: FeedbackKind| waiting.iter().filter(|line| line.kind == kind).count();
    assert!((8..=24).contains(&waiting.len()), "{} wait for triage", waiting.len());
    assert!(within(60) >= 2, "nothing came in the last hour");
    assert!(within(12 * 60) >= 6, "little came in the last hours");
    assert!(of(FeedbackKind::Complaint) >= 4);
    assert!(of(FeedbackKind::Compliment) >= 1);
    assert!(of(FeedbackKind::Suggestion) >= 1);
    assert!(waiting.iter().any(|line| line.card.about_staff));
    let held = |title: &str| title.starts_with("My account was locked in the middle of an online test");
    assert!(
        waiting
            .iter()
            .any(|line| line.card.about_staff && held(&line.card.title))
    );
    assert!(waiting.iter().any(|line| line.vip));
}

async fn the_front_line(year: &Year, today: Today) {
    let mine = year.mine("amara").await;
    let left = |wanted: std::ops::RangeInclusive<i32>| {
        let dated = mine.iter().filter_map(|line| line.due);
        dated.filter(|due| wanted.contains(&due.left)).count()
    };
    assert!((6..=10).contains(&mine.len()), "{} cases are Amara's", mine.len());
    assert!(left(i32::MIN..=-1) >= 1, "nothing is late");
    match today {
        Today::Worked => assert!(left(0..=0) >= 2, "nothing is due today"),
        Today::Free => assert_eq!(left(0..=0), 0, "something is due on a day on which nobody works"),
    }
    assert!(left(1..=1) >= 2, "nothing is due on the next working day");
    assert!(left(2..=5) >= 1, "nothing is due this week");
    assert!(mine.iter().any(|line| line.due.is_none()), "nothing is left for later");
    assert!(mine.iter().any(|line| line.card.update_missed));
    assert!(mine.iter().any(|line| line.card.undelivered));
    let priya = mine.iter().find(|line| line.card.from == "Priya Nair").unwrap();
    assert!((1..=2).contains(&priya.due.unwrap().left));
    assert!(!priya.card.update_missed);
    assert!(year.case(priya).job.as_ref().is_some_and(|job| job.parent.is_some()));
}

/// A manager has a complaint about Jo, which is not there for Jo and the rest of the Helpline.
async fn about_one_of_us(year: &Year) {
    let mut about_jo = year
        .files
        .iter()
        .map(|file| &file.case)
        .filter(|case| case.is_open() && case.named.people == [year.person("jo").id]);
    let case = about_jo.next_back().unwrap();
    assert_eq!(case.owner, Some(year.person("nadia").id));
    for (username, sees) in [("nadia", true), ("wendy", true), ("jo", false), ("amara", false)] {
        let seen = for_staff(&year.office, &case.reference, &year.person(username)).await;
        assert_eq!(seen.is_ok(), sees, "{username}");
    }
}

async fn investigations(year: &Year, username: &str) {
    let mine = year.mine(username).await;
    let open: Vec<_> = mine
        .iter()
        .filter(|line| line.state == "open" && line.stage == 2)
        .collect();
    let used = |days: std::ops::RangeInclusive<u32>| {
        let dated = open.iter().filter_map(|line| line.due);
        dated.filter(|due| due.left >= 0 && days.contains(&due.used)).count()
    };
    assert!((4..=14).contains(&mine.len()), "{} cases are {username}'s", mine.len());
    assert!(used(0..=3) >= 1, "{username} has none that has just come");
    assert!(used(7..=14) >= 1, "{username} has none that is half way");
}

async fn waiting_for_sign_off(year: &Year) {
    let waiting = year.list(Shown::SignOff).await;
    let helen = year.person("helen");
    let (cannot, can): (Vec<_>, Vec<_>) = waiting
        .iter()
        .partition(|line| sign_off::conflict(year.case(line), &helen).is_some());
    assert!((2..=6).contains(&waiting.len()), "{} letters wait", waiting.len());
    assert!(!cannot.is_empty(), "Helen may sign every letter");
    assert!(can.len() >= 2, "Helen may sign too few letters");
    let graham = year.person("graham");
    assert!(
        cannot
            .iter()
            .all(|line| sign_off::conflict(year.case(line), &graham).is_none())
    );
    year.some(
        "letter that came back",
        |case| matches!(&case.state, State::Open(work) if work.returned.is_some()),
    );
}

async fn waiting_for_somebody_with_authority(year: &Year) {
    let asked = year.list(Shown::Cases(Wanted::standing(Standing::Escalation))).await;
    assert!((2..=6).contains(&asked.len()), "{} ask for stage 2", asked.len());
    for stage in [1, 2] {
        year.some("request for more time", |case| {
            case.extension_request.is_some() && case.stage() == stage && case.is_open()
        });
    }
    let near = year
        .files
        .iter()
        .filter_map(|file| file.open_date().map(|due| (file, due)));
    let near = near.filter(|(file, due)| file.case.stage() == 2 && (1..=3).contains(&file.days(due).left));
    assert!(near.count() >= 1, "no investigation is near its date");
    year.some("late investigation", |case| {
        let breached = |alert: &Alert| matches!(alert, Alert::Breached { clock, .. } if clock == "stage_2");
        case.is_open() && case.stage() == 2 && case.alerts.iter().any(breached)
    });
}

async fn other_regimes(year: &Year) {
    year.some("case of which one regime is done and another runs", |case| {
        case.regimes.iter().any(|tag| tag.is_open()) && case.regimes.iter().any(|tag| !tag.is_open())
    });
    let asked = year.list_of("oliver", Shown::AskedOfMe).await;
    assert!(!asked.is_empty(), "nothing is asked of the data protection officer");
}

fn over_in_these_days(year: &Year) {
    let decided = |case: &Case| case.stages.first().and_then(|stage| stage.decision.clone());
    year.some("withdrawn case", |case| {
        year.recent(case, 21) && matches!(case.state, State::Closed(Ending::Withdrawn, _))
    });
    year.some("reopened complaint", |case| {
        case.is_open() && !case.reopened_at.is_empty() && case.kind == FeedbackKind::Complaint
    });
    year.some("refused request for stage 2", |case| case.escalation_refused.is_some());
    year.some("group of three", |case| case.leads() && case.links.len() == 2);
    year.some("complaint that waits for somebody's consent", |case| {
        case.is_open() && case.consent.asked.is_some() && case.consent_lacks().is_some()
    });
    year.some("case that waits for an answer, and was reminded", |case| {
        let reminded = case.question.as_ref().map(|question| question.reminded_at.len());
        case.is_open() && reminded.is_some_and(|times| times > 0)
    });
    year.some("decision told with somebody's consent", |case| {
        case.consent.given.is_some()
    });
    year.some("child job", |case| {
        case.job.as_ref().is_some_and(|job| job.parent.is_some())
    });
    year.some("decision that was told in conversation", |case| {
        let told = case.stages.iter().filter_map(|stage| stage.communicated.as_ref());
        year.recent(case, 21) && told.into_iter().any(|told| told.by.is_spoken())
    });
    year.some("late decision with its reason", |case| {
        let reason = decided(case).and_then(|decision| decision.late_reason);
        year.recent(case, 30) && reason.is_some_and(|reason| !reason.is_empty())
    });
    year.some("extended case", |case| {
        case.is_open() && case.extensions_now().count() > 0
    });
    year.some("letter that was signed these days", |case| {
        year.lately(case, 21, |event| matches!(event, Event::SignOffApproved(_)))
    });
    for outcome in [Outcome::Upheld, Outcome::NotUpheld] {
        year.some("outcome of this sort", |case| {
            decided(case).is_some_and(|decision| decision.outcome == outcome)
        });
    }
}

async fn views_that_find_something(year: &Year) {
    for username in ["wendy", "amara"] {
        let views = casework::views::of(&year.office, &year.person(username)).await.unwrap();
        assert_eq!(views.office.views.len(), 2);
        assert!(!views.own.views.is_empty(), "{username}");
    }
}

/// A letter that was changed before it is signed, somebody who stands in, a letter in words of the office, and a question that may be closed.
fn changed_by_the_office(year: &Year) {
    let waits_changed = |case: &Case| matches!(&case.state, State::SignOff(_, draft) if !draft.edited_by.is_empty());
    assert_eq!(year.some("letter that was changed before sign-off", waits_changed), 1);
    year.some("letter that rests on evidence and on an interview", |case| {
        let findings = case.investigation.findings.iter().map(|kept| &kept.what);
        matches!(case.state, State::SignOff(..))
            && findings
                .into_iter()
                .any(|found| !found.evidence.is_empty() && !found.interviews.is_empty())
    });
    let today = year.office.active().setting(year.office.now()).today();
    let (graham, sunita) = (year.person("graham").id, year.person("sunita").id);
    let stands_in = year
        .office
        .delegations()
        .iter()
        .any(|delegation| (delegation.who, delegation.delegate) == (graham, sunita) && delegation.holds_on(today));
    assert!(stands_in, "nobody stands in for Graham");
    let wordings = year.office.wordings();
    let ours = wordings.in_use(LetterKind::FeedbackReceived);
    assert!(
        ours.is_some_and(|words| words.contains("read them out to the team")),
        "no letter is ours"
    );
    let unanswered = year
        .files
        .iter()
        .find(|file| file.case.complainant.display_name() == "Piotr Lane")
        .unwrap();
    let setting = unanswered.in_force.setting(unanswered.now);
    assert_eq!(may_close_unanswered(&unanswered.case, &setting), Ok(()));
    assert!(unanswered.case.is_open(), "only a person closes it");
}

async fn no_two_open_cases_read_alike(year: &Year) {
    let open = year.list(Shown::Cases(Wanted::default())).await;
    let titles: BTreeSet<&str> = open.iter().map(|line| line.card.title.as_str()).collect();
    assert_eq!(titles.len(), open.len());
    let people: BTreeSet<&str> = open.iter().map(|line| line.card.from.as_str()).collect();
    assert!(people.len() + 6 > open.len(), "the same people again and again");
}
