//! A letter that does not arrive: the address is corrected, the letter goes out once more, or it is told in another way (R18, R19, A7, A8).

use rules::case::event::{ContactCorrected, DeliveryFailed, LetterOwedAgain};
use rules::case::facts::ContactData;
use rules::case::vocabulary::{Channel, Ending, Means, ReplyBy};
use rules::case::{Alert, Event, Refused, State};
use rules::deadlines::Duty;
use rules::handling::correct::{Correction, correct, correct_own};
use rules::handling::post;
use rules::handling::send_again::send_again;
use rules::handling::tell::{Told, outstanding_letters, tell};
use rules::intake::{RawContact, RawFeedback, read_contact};
use rules::letters::{LetterKind, Posted, Standing};
use rules::people::Actor;
use testkit::people::{amara, dana, grace, iris, tom};
use testkit::words::{anonymous_form, by, by_web, form};
use testkit::{Story, at};

const NEW: &str = "priya.natarajan@example.ac.uk";

/// How Priya is reached once her address is right.
fn right_address() -> ContactData {
    ContactData {
        name: Some("Priya Natarajan".to_owned()),
        email: Some(NEW.to_owned()),
        phone: Some("01632 960 417".to_owned()),
        reply_by: ReplyBy::Email,
    }
}

fn correction(again: &[LetterKind]) -> Correction {
    Correction {
        contact: right_address(),
        learnt: Some(" She rang and spelt it. ".to_owned()),
        again: again.to_vec(),
    }
}

fn posted(number: i64, letter: LetterKind, standing: Standing) -> Posted {
    Posted {
        number,
        letter,
        standing,
        to: Some("priya@example.ac.uk".to_owned()),
    }
}

/// The letter that is owed is refused: for good, or with another try to come.
fn refuse(story: &mut Story<'_>, letter: LetterKind, given_up: bool) {
    story.letters.retain(|owed| owed.kind != letter);
    let failed = DeliveryFailed {
        letter,
        reason: "The mail server refused priya@example.ac.uk: no such mailbox".to_owned(),
        attempts: 1,
        given_up,
        came_back: None,
        may_have_gone: false,
    };
    story.try_as(Actor::System, |_, _| Ok(post::failed(failed))).unwrap();
}

/// A decision whose letter was refused for good.
fn undelivered_decision() -> Story<'static> {
    let mut story = Story::received().at_stage_1().on("2026-06-11 10:00").decided();
    refuse(&mut story, LetterKind::Stage1Decision, true);
    story
}

fn told(letter: LetterKind, by: Means, local: &str) -> Told {
    Told {
        letter,
        by,
        at: at(local),
        words: "I read her the decision and how to ask for stage 2.".to_owned(),
    }
}

fn alert(story: &Story<'_>, letter: LetterKind) -> Option<(bool, bool)> {
    story.case.undelivered(letter).map(|alert| match alert {
        Alert::Undelivered { given_up, again_at, .. } => (*given_up, again_at.is_some()),
        other => panic!("{other:?} is about no letter"),
    })
}

#[test]
fn staff_correct_the_address_and_what_was_received_stays() {
    let story = undelivered_decision();
    let failed = [posted(3, LetterKind::Stage1Decision, Standing::GivenUp)];
    let story = story.on("2026-06-11 11:00").act(&amara(), |case, _| {
        correct(case, &failed, &correction(&[LetterKind::Stage1Decision]), &amara())
    });
    assert_eq!(story.case.complainant.contact_data(), right_address());
    assert_eq!(
        story.case.received.complainant.email.as_deref(),
        Some("priya@example.ac.uk")
    );
    assert_eq!(
        story.case.received.complainant.phone, None,
        "what was received stays as it was"
    );
    let [.., corrected, again] = story.history.as_slice() else {
        panic!()
    };
    assert_eq!(
        corrected.event,
        Event::ContactCorrected(ContactCorrected {
            contact: right_address(),
            learnt: Some("She rang and spelt it.".to_owned())
        })
    );
    assert_eq!(corrected.actor, Actor::Staff(amara().id));
    assert_eq!(
        again.event,
        Event::LetterOwedAgain(LetterOwedAgain {
            letter: LetterKind::Stage1Decision,
            by: Means::Email,
            to: Some(NEW.to_owned())
        })
    );
    assert_eq!(
        story.letters.last().unwrap().same_as,
        Some(3),
        "the letter that failed, once more"
    );
    assert_eq!(
        alert(&story, LetterKind::Stage1Decision),
        Some((false, true)),
        "it has not arrived yet, but it is on its way"
    );
    let story = story.on("2026-06-11 11:01").letters_arrive();
    assert_eq!(story.case.alerts, []);
    assert!(matches!(story.case.state, State::Closed(Ending::Decided, _)));
    assert_eq!(story.date(Duty::Decision).unwrap().met_at, Some(at("2026-06-11 11:01")));
}

#[test]
fn a_correction_alone_sends_nothing_and_leaves_the_alert() {
    let failed = [posted(3, LetterKind::Stage1Decision, Standing::GivenUp)];
    let story = undelivered_decision().act(&amara(), |case, _| correct(case, &failed, &correction(&[]), &amara()));
    assert_eq!(story.kinds().last(), Some(&"contact.corrected"));
    assert_eq!(story.owed(), []);
    assert_eq!(alert(&story, LetterKind::Stage1Decision), Some((true, false)));
}

#[test]
fn a_letter_that_is_still_tried_goes_to_the_new_address_at_once() {
    let mut story = Story::received();
    refuse(&mut story, LetterKind::Acknowledgement, false);
    let waiting = [
        posted(1, LetterKind::Acknowledgement, Standing::OnItsWay),
        Posted {
            to: None,
            ..posted(2, LetterKind::Update, Standing::OnItsWay)
        },
        posted(3, LetterKind::Extension, Standing::Settled),
    ];
    let story = story.act(&amara(), |case, _| correct(case, &waiting, &correction(&[]), &amara()));
    assert_eq!(
        story.owed(),
        [LetterKind::Acknowledgement],
        "what is on the page or has arrived is not sent"
    );
    assert_eq!(story.letters[0].same_as, Some(1));
    assert_eq!(alert(&story, LetterKind::Acknowledgement), Some((false, true)));
    assert_eq!(story.letters_arrive().case.alerts, []);
}

#[test]
fn a_new_phone_number_leaves_letters_on_their_way_alone() {
    let story = Story::received();
    let waiting = [posted(1, LetterKind::Acknowledgement, Standing::OnItsWay)];
    let phone = Correction {
        contact: ContactData {
            email: story.case.complainant.email.clone(),
            ..right_address()
        },
        ..correction(&[])
    };
    let story = story.act(&amara(), |case, _| correct(case, &waiting, &phone, &amara()));
    assert_eq!(story.kinds().last(), Some(&"contact.corrected"));
}

#[test]
fn a_letter_that_moves_anyway_is_not_sent_twice() {
    let mut story = Story::received();
    refuse(&mut story, LetterKind::Acknowledgement, false);
    let waiting = [posted(1, LetterKind::Acknowledgement, Standing::OnItsWay)];
    let both = correction(&[LetterKind::Acknowledgement]);
    let story = story.act(&amara(), |case, _| correct(case, &waiting, &both, &amara()));
    assert_eq!(story.owed(), [LetterKind::Acknowledgement]);
}

#[test]
fn only_the_latest_of_its_kind_is_sent_again_and_only_one_that_failed() {
    let story = undelivered_decision();
    let decision = LetterKind::Stage1Decision;
    let again = |post: &[Posted]| send_again(&story.case, post, &[decision], &amara());
    let change = again(&[
        posted(3, decision, Standing::GivenUp),
        posted(5, decision, Standing::GivenUp),
        posted(4, LetterKind::Update, Standing::OnItsWay),
    ]);
    assert_eq!(change.unwrap().letters[0].same_as, Some(5));
    let on_its_way = again(&[
        posted(3, decision, Standing::GivenUp),
        posted(5, decision, Standing::OnItsWay),
    ]);
    assert_eq!(
        on_its_way.unwrap_err().to_string(),
        "The decision is on its way. If the address is wrong, correct it: the letter then goes to the new one"
    );
    for post in [vec![], vec![posted(3, decision, Standing::Settled)]] {
        assert_eq!(
            again(&post).unwrap_err().to_string(),
            "There is nothing to send again: the decision reached them, or was never sent"
        );
    }
    let none = send_again(&story.case, &[], &[], &amara()).unwrap_err();
    assert_eq!(none.to_string(), "Choose what to send again");
}

#[test]
fn a_letter_that_was_told_since_is_not_sent_again() {
    let failed = [posted(3, LetterKind::Stage1Decision, Standing::GivenUp)];
    let story = undelivered_decision()
        .on("2026-06-11 15:00")
        .act(&amara(), |case, setting| {
            let told = told(LetterKind::Stage1Decision, Means::Phone, "2026-06-11 14:55");
            tell(case, &told, &amara(), setting)
        });
    assert_eq!(story.case.alerts, []);
    let refused = story.refused(|case, _| send_again(case, &failed, &[LetterKind::Stage1Decision], &amara()));
    assert!(
        refused.to_string().starts_with("There is nothing to send again"),
        "{refused}"
    );
}

#[test]
fn a_letter_that_fails_after_its_decision_was_told_is_on_record_and_no_alert() {
    let story = Story::received().at_stage_1().on("2026-06-11 10:00").decided();
    let mut story = story.on("2026-06-11 15:00").act(&amara(), |case, setting| {
        let told = told(LetterKind::Stage1Decision, Means::Phone, "2026-06-11 14:55");
        tell(case, &told, &amara(), setting)
    });
    refuse(&mut story, LetterKind::Stage1Decision, true);
    assert_eq!(story.kinds().last(), Some(&"letter.delivery_failed"));
    assert_eq!(story.case.alerts, [], "they know the decision");
}

#[test]
fn the_same_letter_named_twice_goes_once() {
    let failed = [posted(3, LetterKind::Stage1Decision, Standing::GivenUp)];
    let twice = [LetterKind::Stage1Decision, LetterKind::Stage1Decision];
    let change = send_again(&undelivered_decision().case, &failed, &twice, &amara()).unwrap();
    assert_eq!(change.letters.len(), 1);
}

#[test]
fn a_correction_that_corrects_nothing_is_sent_back() {
    let story = undelivered_decision();
    let same = Correction {
        contact: story.case.complainant.contact_data(),
        ..correction(&[])
    };
    let refused = story.refused(|case, _| correct(case, &[], &same, &amara()));
    assert_eq!(
        refused.to_string(),
        "This is what we have already. Change something, or choose a letter to send again"
    );
}

#[test]
fn readers_correct_and_send_nothing() {
    let story = undelivered_decision();
    for by in [iris(), tom(), grace()] {
        let refusals = [
            story.refused(|case, _| correct(case, &[], &correction(&[]), &by)),
            story.refused(|case, _| send_again(case, &[], &[LetterKind::Update], &by)),
            story.refused(|case, setting| {
                tell(
                    case,
                    &told(LetterKind::Stage1Decision, Means::Phone, "2026-06-11 10:00"),
                    &by,
                    setting,
                )
            }),
            story.refused(|case, setting| {
                tell(
                    case,
                    &told(LetterKind::Update, Means::Phone, "2026-06-11 10:00"),
                    &by,
                    setting,
                )
            }),
        ];
        for refused in refusals {
            assert!(matches!(refused, Refused::NotAllowed { .. }), "{}: {refused}", by.name);
        }
    }
}

#[test]
fn the_complainant_corrects_it_and_what_did_not_arrive_follows() {
    let failed = [posted(3, LetterKind::Stage1Decision, Standing::GivenUp)];
    let story = undelivered_decision().complainant(|case, _| correct_own(case, &failed, &right_address()));
    let [.., corrected, again] = story.history.as_slice() else {
        panic!()
    };
    assert_eq!(
        (corrected.event.kind(), corrected.actor),
        ("contact.corrected", Actor::Complainant)
    );
    assert_eq!((again.event.kind(), again.actor), ("letter.owed_again", Actor::System));
    assert_eq!(story.owed(), [LetterKind::Stage1Decision]);
}

#[test]
fn the_complainant_may_say_that_the_address_is_right_and_have_it_sent_again() {
    let failed = [posted(3, LetterKind::Stage1Decision, Standing::GivenUp)];
    let story = undelivered_decision();
    let same = story.case.complainant.contact_data();
    let sent = story.complainant(|case, _| correct_own(case, &failed, &same));
    assert_eq!(sent.kinds().last(), Some(&"letter.owed_again"));
    let nothing_failed = Story::received();
    let same = nothing_failed.case.complainant.contact_data();
    let change = correct_own(&nothing_failed.case, &[], &same).unwrap();
    assert_eq!(change.events, [], "nothing changed and nothing failed: nothing happens");
}

#[test]
fn who_reads_on_the_tracking_page_gets_the_letter_there() {
    let failed = [posted(3, LetterKind::Stage1Decision, Standing::GivenUp)];
    let page_only = ContactData {
        reply_by: ReplyBy::TrackingPage,
        ..right_address()
    };
    let story = undelivered_decision().complainant(|case, _| correct_own(case, &failed, &page_only));
    assert_eq!(
        story.history.last().unwrap().event,
        Event::LetterOwedAgain(LetterOwedAgain {
            letter: LetterKind::Stage1Decision,
            by: Means::TrackingPage,
            to: None
        })
    );
}

#[test]
fn a_decision_overtakes_what_did_not_arrive_before_it() {
    let mut story = Story::received();
    refuse(&mut story, LetterKind::Acknowledgement, true);
    let mut story = story.at_stage_1().on("2026-06-11 10:00").decided();
    refuse(&mut story, LetterKind::Stage1Decision, true);
    let failed = [
        posted(1, LetterKind::Acknowledgement, Standing::GivenUp),
        posted(3, LetterKind::Stage1Decision, Standing::GivenUp),
    ];
    let story = story.complainant(|case, _| correct_own(case, &failed, &right_address()));
    assert_eq!(
        story.owed(),
        [LetterKind::Stage1Decision],
        "an acknowledgement tells nothing beside it"
    );
    let story = story.letters_arrive();
    assert_eq!(story.case.alerts, []);
}

#[test]
fn somebody_anonymous_may_add_an_address_and_no_clock_runs_backwards() {
    for channel in [Channel::Web, Channel::Post] {
        let story = Story::begin(&anonymous_form(), &by(channel), "2026-06-09 09:15");
        let before = story.date(Duty::Acknowledge).map(|date| (date.due_at, date.met_at));
        let story = story
            .on("2026-06-10 09:00")
            .complainant(|case, _| correct_own(case, &[], &right_address()));
        assert_eq!(
            story.owed(),
            [],
            "the next letters go there, none is made up for the past"
        );
        let after = story.date(Duty::Acknowledge).map(|date| (date.due_at, date.met_at));
        assert_eq!(
            after, before,
            "{channel:?}: nobody was late in acknowledging somebody who could not be told (A28)"
        );
        assert_eq!(story.case.complainant.display_name(), "Priya Natarajan");
        let story = story.at_stage_1().decided().letters_arrive();
        assert!(
            matches!(story.case.state, State::Closed(Ending::Decided, _)),
            "and nothing is missing at the end"
        );
    }
}

#[test]
fn an_acknowledgement_is_told_by_phone() {
    let mut story = Story::received();
    refuse(&mut story, LetterKind::Acknowledgement, true);
    assert_eq!(
        outstanding_letters(&story.case, &story.setting()),
        [LetterKind::Acknowledgement]
    );
    let story = story.on("2026-06-09 10:00").act(&amara(), |case, setting| {
        let rang = Told {
            words: "We have it, FC-10482.".to_owned(),
            ..told(LetterKind::Acknowledgement, Means::Phone, "2026-06-09 09:50")
        };
        tell(case, &rang, &amara(), setting)
    });
    let acknowledged = story.case.acknowledged.clone().unwrap();
    assert_eq!(
        (acknowledged.by, acknowledged.at),
        (Means::Phone, at("2026-06-09 09:50"))
    );
    assert_eq!(acknowledged.proof, "Told by Amara Osei (phone): We have it, FC-10482.");
    assert_eq!(story.case.alerts, []);
    assert_eq!(outstanding_letters(&story.case, &story.setting()), []);
}

#[test]
fn a_stage_1_decision_may_go_on_paper_and_stops_the_clock_that_day() {
    let story = undelivered_decision()
        .on("2026-06-12 16:00")
        .act(&amara(), |case, setting| {
            tell(
                case,
                &told(LetterKind::Stage1Decision, Means::Post, "2026-06-12 15:30"),
                &amara(),
                setting,
            )
        });
    assert_eq!(story.date(Duty::Decision).unwrap().met_at, Some(at("2026-06-12 15:30")));
    assert_eq!(story.case.alerts, []);
    let told = story.case.stages[0].communicated.clone().unwrap();
    assert_eq!(told.proof, "Sent on paper by Amara Osei");
}

#[test]
fn telling_needs_a_means_a_time_and_words() {
    let story = undelivered_decision().on("2026-06-11 15:00");
    let wrong = Told {
        words: " ".to_owned(),
        ..told(LetterKind::Stage1Decision, Means::Email, "2026-06-11 15:01")
    };
    let Refused::Fields { fields } = story.refused(|case, setting| tell(case, &wrong, &amara(), setting)) else {
        panic!()
    };
    let said: Vec<(&str, &str)> = fields
        .iter()
        .map(|field| (field.field, field.message.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (
                "told_by",
                "Choose how you told them: phone, in person, chat, social media or on paper"
            ),
            (
                "told_at",
                "Enter when you told them: after the decision was made, and not in the future"
            ),
            ("told_words", "Say in a few words what you told them"),
        ]
    );
}

#[test]
fn nothing_is_told_that_arrived_or_was_never_owed() {
    let story = Story::received().at_stage_1();
    for letter in [LetterKind::Acknowledgement, LetterKind::Update, LetterKind::Withdrawn] {
        let refused = story
            .refused(|case, setting| tell(case, &told(letter, Means::Phone, "2026-06-09 09:15"), &amara(), setting));
        assert!(matches!(refused, Refused::NotNow(_)), "{letter:?}: {refused}");
    }
    let other_stage = undelivered_decision();
    let refused = other_stage.refused(|case, setting| {
        tell(
            case,
            &told(LetterKind::Stage2Decision, Means::Post, "2026-06-11 10:00"),
            &amara(),
            setting,
        )
    });
    assert_eq!(refused.to_string(), "No decision is on its way to the complainant.");
}

#[test]
fn the_words_of_an_investigation_are_not_read_out_by_the_helpline() {
    let story = Story::received().at_stage_2().drafted().signed_off();
    let told = told(LetterKind::Stage2Decision, Means::Post, "2026-06-09 09:15");
    let refused = story.refused(|case, setting| tell(case, &told, &amara(), setting));
    assert!(matches!(refused, Refused::NotAllowed { .. }), "{refused}");
    let story = story.act(&dana(), |case, setting| tell(case, &told, &dana(), setting));
    assert!(matches!(story.case.state, State::Closed(Ending::Decided, _)));
}

#[test]
fn thanks_that_could_not_be_confirmed_at_first_raise_no_alert_once_they_are() {
    let mut story = Story::begin(&testkit::words::thanks(), &by_web(), "2026-06-09 09:15");
    let owed = story.letters.clone();
    refuse(&mut story, LetterKind::FeedbackReceived, false);
    story.letters = owed;
    assert_eq!(story.letters_arrive().case.alerts, []);
}

#[test]
fn contact_data_are_read_like_those_of_the_form() {
    let typed = RawContact {
        name: " Priya  Natarajan ".to_owned(),
        email: format!(" {NEW} "),
        phone: "01632 960 417".to_owned(),
        reply_by: String::new(),
    };
    assert_eq!(read_contact(&typed).unwrap(), right_address());
    let raw = RawFeedback {
        email: typed.email.clone(),
        ..form()
    };
    assert_eq!(
        rules::intake::read(&raw).unwrap().complainant.email.as_deref(),
        Some(NEW)
    );
    let wrong = RawContact {
        name: "x".repeat(301),
        email: "priya@".to_owned(),
        phone: "no".to_owned(),
        reply_by: "phone".to_owned(),
    };
    let Err(Refused::Fields { fields }) = read_contact(&wrong) else {
        panic!()
    };
    let wrong: Vec<&str> = fields.iter().map(|field| field.field).collect();
    assert_eq!(wrong, ["email", "phone", "name"]);
    let nothing = read_contact(&RawContact::default()).unwrap();
    assert_eq!((nothing.reply_by, nothing.writes_to()), (ReplyBy::TrackingPage, None));
}
