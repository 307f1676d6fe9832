//! Opening a sealed case by breaking the glass: a ground, words, a second person, an hour (R31, R33).

use rules::case::event::{Event, Ground};
use rules::case::{Case, Change, Refused};
use rules::confidential::sealing::glass::{AskToOpen, Standing, agree, ask, end, look, standing};
use rules::confidential::sealing::report::{chase, taken};
use rules::letters::LetterKind;
use rules::people::{Actor, Person};
use testkit::Story;
use testkit::people::{everybody, helen, iris, jo, leila, robin, ruth, tom};

use crate::sealing::sealed;

fn asked() -> AskToOpen {
    AskToOpen {
        ground: Some(Ground::HolderGone),
        words: "Grace Obi left on Friday and nobody knows what it is about.".to_owned(),
    }
}

type Rule = fn(&Case, &Person, jiff::Timestamp) -> Result<Change, Refused>;

fn by(story: Story<'static>, who: &Person, rule: Rule) -> Story<'static> {
    story.act(who, |case, setting| rule(case, who, setting.now))
}

fn asks(case: &Case, who: &Person, now: jiff::Timestamp) -> Result<Change, Refused> {
    ask(case, &asked(), who, now)
}

fn refused(story: &Story<'static>, who: &Person, rule: Rule) -> String {
    rule(&story.case, who, story.setting().now).unwrap_err().to_string()
}

/// Sealed, and Ruth asks to read it.
fn waiting() -> Story<'static> {
    by(sealed(), &ruth(), asks)
}

#[test]
fn it_takes_two_and_whoever_asked_reads_for_an_hour() {
    let story = waiting().on("2026-06-10 09:00");
    assert!(matches!(standing(&story.case, story.setting().now), Standing::Waits(_)));
    assert!(refused(&story, &ruth(), look).contains("not open to you"));
    let story = by(story, &leila(), agree);
    let entry = look(&story.case, &ruth(), story.setting().now).unwrap();
    assert_eq!(entry.events[0].kind(), "seal.opened");
    assert!(
        refused(&story, &leila(), look).contains("not open to you"),
        "the second person agreed, and does not read"
    );
    let story = story.on("2026-06-10 09:59");
    assert!(look(&story.case, &ruth(), story.setting().now).is_ok());
    let story = story.on("2026-06-10 10:00");
    assert!(refused(&story, &ruth(), look).contains("not open to you"));
    assert_eq!(standing(&story.case, story.setting().now), Standing::Nobody);
    by(story, &ruth(), asks);
}

#[test]
fn nobody_agrees_with_themselves_and_no_administrator_is_above_it() {
    let story = by(sealed(), &leila(), asks);
    assert!(refused(&story, &leila(), agree).contains("second person"));
    assert!(refused(&story, &ruth(), agree).contains("You cannot"));
    for who in everybody().into_iter().chain([leila()]) {
        let opens = asks(&sealed().case, &who, story.setting().now).is_ok();
        let may_ask = [ruth().id, helen().id, robin().id, leila().id];
        assert_eq!(opens, may_ask.contains(&who.id), "{}", who.name);
        let agrees = agree(&story.case, &who, story.setting().now).is_ok();
        assert_eq!(agrees, [helen().id, robin().id].contains(&who.id), "{}", who.name);
    }
    assert!(
        refused(&story, &tom(), asks).contains("You cannot"),
        "the administrator"
    );
    assert!(refused(&story, &iris(), asks).contains("You cannot"), "the auditor");
}

#[test]
fn somebody_whom_it_is_about_has_no_part_in_it() {
    let mut story = waiting();
    story.case.named.people.push(helen().id);
    assert!(refused(&story, &helen(), agree).contains("is about"));
    assert!(refused(&story, &helen(), end).contains("is about"));
    let mut story = sealed();
    story.case.named.people.push(ruth().id);
    assert!(refused(&story, &ruth(), asks).contains("is about"));
    assert!(refused(&story, &jo(), asks).contains("You cannot"));
}

#[test]
fn a_ground_and_words_are_needed_and_the_stub_holds_no_word() {
    let story = sealed();
    let nothing = ask(&story.case, &AskToOpen::default(), &ruth(), story.setting().now);
    let Err(Refused::Fields { fields }) = nothing else {
        panic!("{nothing:?}");
    };
    assert_eq!(
        fields.iter().map(|field| field.field).collect::<Vec<_>>(),
        ["ground", "words"]
    );
    let change = ask(&story.case, &asked(), &ruth(), story.setting().now).unwrap();
    let told = String::from_utf8(change.events[0].encode()).unwrap();
    assert!(told.contains("holder_gone") && !told.contains("Grace"), "{told}");
    let reason = Event::ReasonGiven(rules::case::event::Reason { reason: asked().words });
    assert!(!rules::confidential::sealing::stub::is_wordless(&reason));
}

#[test]
fn a_request_is_refused_taken_back_or_lapses() {
    let story = waiting();
    assert!(refused(&story, &leila(), asks).contains("Somebody asks to open this case already"));
    let refused_by_helen = by(story, &helen(), end);
    assert_eq!(refused_by_helen.case.seal.opening, None);
    let taken_back = by(waiting(), &ruth(), end);
    assert_eq!(taken_back.case.seal.opening, None);
    let lapsed = waiting().on("2026-06-12 09:16");
    assert!(refused(&lapsed, &helen(), agree).contains("lapses after 3 days"));
    let read_enough = by(by(waiting(), &helen(), agree), &ruth(), end);
    assert!(refused(&read_enough, &ruth(), look).contains("not open to you"));
}

#[test]
fn an_answer_to_an_older_request_opens_nothing() {
    let mut story = by(by(waiting(), &ruth(), end), &leila(), asks);
    let number = story.case.seal.opening.as_ref().unwrap().number;
    let older = Event::OpeningAgreed(rules::case::event::OpeningAgreed {
        asked: number - 2,
        by: helen().id,
    });
    story = story.act(&helen(), |_, _| Ok(Change::of(vec![older.clone()])));
    assert!(refused(&story, &leila(), look).contains("not open to you"));
}

#[test]
fn a_holder_is_chased_once_a_day_while_the_case_is_open() {
    let story = sealed();
    let chased = story.act(&ruth(), |case, setting| chase(case, &ruth(), setting));
    assert!(chased.owed().contains(&LetterKind::HandoverReminder));
    let again = chase(&chased.case, &ruth(), &chased.setting()).unwrap_err();
    assert!(again.to_string().contains("reminded today"), "{again}");
    let mut later = chased.on("2026-06-10 09:00");
    later.try_as(Actor::Holder, |case, _| taken(case)).unwrap();
    assert!(
        chase(&later.case, &helen(), &later.setting()).is_ok(),
        "they have it, and may be asked how it stands"
    );
    assert!(chase(&later.case, &leila(), &later.setting()).is_err());
}
