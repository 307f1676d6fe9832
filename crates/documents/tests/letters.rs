//! The built-in letters: golden files, what each must say (P35), plain words (R16), nothing odd where facts are few.

use std::fs;
use std::path::PathBuf;

use documents::letter::{Letter, Wording, check, sample};
use documents::readability::measure;
use rules::letters::{LetterFacts, LetterKind, PointAnswer};
use rules::procedure::Procedure;

fn render(kind: LetterKind, facts: &LetterFacts) -> Letter {
    Wording::built_in()
        .expect("the built-in files can be used")
        .render(kind, facts)
        .expect("the letter can be written")
}

fn must_say(kind: LetterKind) -> &'static [&'static str] {
    match kind {
        LetterKind::Acknowledgement => &[
            "reference",
            "stage",
            "decision_date",
            "next_update_date",
            "tracking_link",
            "who_handles",
            "complaint_definition",
        ],
        LetterKind::FeedbackReceived => &["reference", "tracking_link"],
        LetterKind::Update => &[
            "reference",
            "news",
            "decision_date",
            "next_update_date",
            "tracking_link",
            "name_and_job",
        ],
        LetterKind::Extension => &[
            "reference",
            "reasons",
            "new_date",
            "old_date",
            "next_update_date",
            "tracking_link",
            "name_and_job",
        ],
        LetterKind::DateMoved => &["reference", "new_date", "old_date", "next_update_date", "tracking_link"],
        LetterKind::ConsentAsked => &["reference", "decision_date", "tracking_link", "name_and_job"],
        LetterKind::Question => &[
            "reference",
            "question",
            "answer_by",
            "decision_date",
            "tracking_link",
            "name_and_job",
        ],
        LetterKind::QuestionReminder => &["reference", "question", "answer_by", "decision_date", "tracking_link"],
        LetterKind::PointsToAgree => &[
            "reference",
            "complaint_definition",
            "decision_date",
            "tracking_link",
            "name_and_job",
        ],
        LetterKind::Stage1Decision => &[
            "reference",
            "stage",
            "outcome",
            "reasons",
            "points_answered",
            "apology_where_upheld",
            "what_we_did",
            "remedy",
            "actions_and_dates",
            "escalation_how",
            "escalation_by_date",
            "name_and_job",
            "tracking_link",
        ],
        LetterKind::Stage2Started => &[
            "reference",
            "stage",
            "decision_date",
            "next_update_date",
            "who_handles",
            "tracking_link",
            "complaint_definition",
        ],
        LetterKind::Stage2Decision => &[
            "reference",
            "stage",
            "outcome",
            "reasons",
            "points_answered",
            "apology_where_upheld",
            "what_we_did",
            "remedy",
            "actions_and_dates",
            "signpost",
            "name_and_job",
            "tracking_link",
        ],
        LetterKind::EscalationRefused => &["reference", "reasons", "signpost", "name_and_job", "tracking_link"],
        LetterKind::Withdrawn => &["reference", "how_to_return", "tracking_link"],
        LetterKind::ClosedWithoutDecision => &[
            "reference",
            "outcome",
            "reasons",
            "signpost",
            "how_to_return",
            "name_and_job",
            "tracking_link",
        ],
        LetterKind::LinkAgain | LetterKind::HandoverNews => &["reference", "tracking_link"],
        LetterKind::Handover => &["reference", "decision_date", "next_update_date", "tracking_link"],
        LetterKind::HandoverReminder => &["reference", "decision_date", "tracking_link"],
        LetterKind::HandoverCode => &["reference"],
    }
}

#[test]
fn each_letter_is_as_it_was_last_read_over() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let rewrite = std::env::var_os("UPDATE_GOLDEN").is_some();
    for kind in LetterKind::ALL {
        let letter = render(kind, &sample::full(kind));
        let text = format!("Subject: {}\n\n{}", letter.subject, letter.text);
        for (ending, written) in [("txt", text), ("html", letter.html)] {
            let path = folder.join(format!("{}.{ending}", kind.code()));
            if rewrite {
                fs::write(&path, &written).expect("the golden file can be written");
            }
            let golden = fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(
                written,
                golden,
                "{} differs; UPDATE_GOLDEN=1 rewrites it",
                path.display()
            );
        }
    }
}

#[test]
fn each_letter_says_what_it_must() {
    for kind in LetterKind::ALL {
        let facts = sample::full(kind);
        assert_eq!(
            check(&render(kind, &facts), &facts, must_say(kind)),
            vec![],
            "{}",
            kind.code()
        );
    }
}

#[test]
fn the_shipped_procedure_asks_for_nothing_that_the_letters_leave_out() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../procedures/it-services.toml");
    let text = fs::read_to_string(path).expect("the procedure can be read");
    let procedure = Procedure::parse(&text, "it-services.toml").expect("the procedure is sound");
    assert!(!procedure.letters.is_empty());
    for rule in &procedure.letters {
        let items: Vec<&str> = rule.must_say.iter().map(|item| item.code()).collect();
        let facts = sample::full(rule.kind);
        assert_eq!(
            check(&render(rule.kind, &facts), &facts, &items),
            vec![],
            "{}",
            rule.kind.code()
        );
    }
}

#[test]
fn a_paragraph_taken_out_is_missed() {
    for kind in LetterKind::ALL {
        let facts = sample::full(kind);
        let whole = render(kind, &facts);
        for item in must_say(kind) {
            let without = Letter {
                subject: "Your complaint".to_owned(),
                text: without(&whole.text, item, &facts),
                ..whole.clone()
            };
            let missing = check(&without, &facts, &[item]);
            assert_eq!(missing.len(), 1, "{} without {item}:\n{}", kind.code(), without.text);
            assert!(
                missing[0].words.starts_with("The letter does not say "),
                "{}",
                missing[0].words
            );
        }
    }
}

/// The text without what says one item.
fn without(text: &str, item: &str, facts: &LetterFacts) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let action = facts
        .actions
        .first()
        .map(|action| action.by.clone())
        .unwrap_or_default();
    let finding = facts
        .points
        .first()
        .map(|point| point.finding.split_whitespace().collect::<Vec<_>>().join(" "));
    let body = facts.body.split_whitespace().collect::<Vec<_>>().join(" ");
    let done = facts.what_we_did.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts: Vec<String> = match item {
        "reference" => vec![facts.reference.clone()],
        "stage" => vec![facts.stage.clone()],
        "decision_date" | "new_date" => vec![facts.decision_date.clone()],
        "old_date" => vec![facts.old_decision_date.clone()],
        "next_update_date" => vec![facts.next_update_date.clone()],
        "outcome" => vec![facts.outcome_sentence.clone()],
        "news" => vec![body],
        "reasons" | "points_answered" => vec![body, finding.unwrap_or_default()],
        "apology_where_upheld" => vec!["We are sorry".to_owned()],
        "what_we_did" => vec![done],
        "remedy" => vec![done, action],
        "actions_and_dates" => vec![action],
        "escalation_how" => vec!["stage 2".to_owned()],
        "escalation_by_date" => vec![facts.escalate_by.clone()],
        "signpost" => vec![facts.signpost.clone()],
        "name_and_job" => vec![facts.signed_by.clone()],
        "who_handles" => vec![facts.handled_by.clone()],
        "tracking_link" => vec![facts.tracking_link.clone()],
        "complaint_definition" => vec![
            facts.about.clone(),
            facts.points.first().map(|point| point.text.clone()).unwrap_or_default(),
        ],
        "question" => vec![body],
        "answer_by" => vec![facts.answer_by.clone(), facts.missed_answer_by.clone()],
        "how_to_return" => vec![
            facts.phone.clone(),
            facts.tracking_link.clone(),
            "Reply to us".to_owned(),
            "reply to us".to_owned(),
        ],
        other => panic!("no example for {other}"),
    };
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .fold(flat, |text, part| text.replace(part.as_str(), ""))
}

#[test]
fn an_unknown_item_and_an_unknown_fact_are_missing_too() {
    let letter = render(LetterKind::Update, &sample::sparse(LetterKind::Update));
    let missing = check(
        &letter,
        &sample::sparse(LetterKind::Update),
        &["decision_date", "moon_phase"],
    );
    assert_eq!(missing[0].words, "The letter does not say the date of the decision.");
    assert_eq!(
        missing[1].words,
        "\"moon_phase\" is not something that a letter can be checked for."
    );
}

#[test]
fn sorry_from_the_complainant_or_for_their_feelings_is_no_apology() {
    let facts = LetterFacts {
        apology_owed: true,
        about: "you are sorry people".to_owned(),
        ..LetterFacts::default()
    };
    let letter = |text: &str| Letter {
        subject: String::new(),
        text: text.to_owned(),
        html: String::new(),
    };
    let missing = |text: &str| check(&letter(text), &facts, &["apology_where_upheld"]).len();
    assert_eq!(missing("You told us: you are sorry people"), 1);
    assert_eq!(missing("I am sorry you feel that way."), 1);
    assert_eq!(missing("I am sorry that we closed your job."), 0);
}

#[test]
fn every_letter_can_be_read_at_the_age_of_thirteen() {
    for kind in LetterKind::ALL {
        let found = measure(&render(kind, &sample::full(kind)).text);
        println!(
            "{:20} age {:4.1} ease {:5.1} words {}",
            kind.code(),
            found.reading_age(),
            found.reading_ease(),
            found.words
        );
        assert!(
            found.reading_age() <= 12.5,
            "{}: {:.1}",
            kind.code(),
            found.reading_age()
        );
        assert!(
            found.reading_ease() >= 70.0,
            "{}: {:.1}",
            kind.code(),
            found.reading_ease()
        );
    }
}

#[test]
fn no_letter_uses_office_words() {
    const NEVER: [&str; 14] = [
        "please note",
        "unfortunately",
        "in due course",
        "ticket",
        "utilise",
        "policy dictates",
        "incident",
        "resolution",
        "supportworks",
        "redress",
        "sorry you feel",
        "working day",
        "_",
        "workflow",
    ];
    for kind in LetterKind::ALL {
        for facts in [sample::full(kind), sample::sparse(kind)] {
            let letter = render(kind, &facts);
            let words = format!("{} {}", letter.subject, letter.text).to_lowercase();
            for never in NEVER {
                assert!(!words.contains(never), "{} says {never}", kind.code());
            }
        }
    }
}

#[test]
fn a_letter_with_few_facts_has_no_holes() {
    for kind in LetterKind::ALL {
        let letter = render(kind, &sample::sparse(kind));
        for hole in [
            "  ",
            " .",
            " ,",
            "()",
            "..",
            "by the end of .",
            ": \n",
            "**",
            "{",
            "}",
            "\n\n\n",
        ] {
            assert!(
                !letter.text.contains(hole),
                "{} has a hole {hole:?}:\n{}",
                kind.code(),
                letter.text
            );
        }
        assert!(letter.text.starts_with("Hello.\n"), "{}", letter.text);
        assert!(letter.subject.contains("FC-10482"));
        assert!(letter.text.lines().all(|line| line.chars().count() <= 76));
    }
}

/// Where each thing stands in a letter, with the lines joined; it must stand there once.
fn once(letter: &Letter, words: &str) -> usize {
    let text = one_line(&letter.text);
    let words = one_line(words);
    assert_eq!(text.matches(&words).count(), 1, "{words:?} once in:\n{}", letter.text);
    text.find(&words).expect("it was just counted")
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn never(letter: &Letter, words: &str) {
    let text = one_line(&letter.text);
    assert!(!text.contains(words), "{words:?} in:\n{}", letter.text);
}

const DECISIONS: [LetterKind; 2] = [LetterKind::Stage1Decision, LetterKind::Stage2Decision];

/// A complaint that has the one point with which it came, answered in these words.
fn about_one_point(kind: LetterKind, finding: &str) -> LetterFacts {
    let facts = sample::full(kind);
    LetterFacts {
        points: vec![PointAnswer {
            number: 1,
            text: facts.about.clone(),
            finding: finding.to_owned(),
            outcome: "upheld".to_owned(),
            outcome_sentence: "We agree with this point.".to_owned(),
        }],
        ..facts
    }
}

#[test]
fn a_decision_on_one_point_says_each_thing_once() {
    for kind in DECISIONS {
        let finding = sample::full(kind).body;
        let facts = about_one_point(kind, &finding);
        let letter = render(kind, &facts);
        let places =
            [&facts.outcome_sentence, &facts.about, "What we found", &facts.body].map(|words| once(&letter, words));
        assert!(places.is_sorted(), "{places:?}");
        for words in ["Point 1", "this point", "upheld"] {
            never(&letter, words);
        }
        assert_eq!(check(&letter, &facts, must_say(kind)), vec![], "{}", kind.code());
    }
}

#[test]
fn a_finding_of_its_own_on_the_one_point_follows_the_reasons() {
    for kind in DECISIONS {
        let facts = about_one_point(kind, "The report of May was never read.");
        let letter = render(kind, &facts);
        assert!(once(&letter, &facts.body) < once(&letter, "The report of May was never read."));
        once(&letter, &facts.about);
        never(&letter, "Point 1");
        assert_eq!(check(&letter, &facts, must_say(kind)), vec![], "{}", kind.code());
    }
}

#[test]
fn a_decision_on_several_points_gives_the_reasons_and_then_answers_each() {
    for kind in DECISIONS {
        let mut facts = about_one_point(kind, "The report of May was never read.");
        facts.points.push(PointAnswer {
            number: 2,
            text: "Nobody called me back".to_owned(),
            finding: facts.body.clone(),
            outcome: "not upheld".to_owned(),
            outcome_sentence: "We do not agree with this point.".to_owned(),
        });
        let letter = render(kind, &facts);
        let places = [
            &facts.body,
            &format!("Point 1: {}", facts.about),
            "We agree with this point.",
            "The report of May was never read.",
            "Point 2: Nobody called me back",
            "We do not agree with this point.",
        ]
        .map(|words| once(&letter, words));
        assert!(places.is_sorted(), "{places:?}");
        once(&letter, &facts.about);
        assert_eq!(check(&letter, &facts, must_say(kind)), vec![], "{}", kind.code());
    }
}

#[test]
fn stage_2_begins_with_the_points_once() {
    let kind = LetterKind::Stage2Started;
    let one = about_one_point(kind, "");
    let letter = render(kind, &one);
    once(&letter, &format!("You told us: {}", one.about));
    never(&letter, "points that we will answer");
    let mut several = one.clone();
    several.points.push(PointAnswer {
        number: 2,
        text: "Nobody called me back".to_owned(),
        ..PointAnswer::default()
    });
    let letter = render(kind, &several);
    once(&letter, &one.about);
    once(&letter, "2. Nobody called me back");
    for (facts, letter) in [(&one, render(kind, &one)), (&several, letter)] {
        once(&letter, "Did we miss something, or get it wrong?");
        assert_eq!(check(&letter, facts, must_say(kind)), vec![]);
    }
}

#[test]
fn a_date_that_was_missed_is_owned_up_to_and_not_promised_again() {
    for kind in [
        LetterKind::Acknowledgement,
        LetterKind::Update,
        LetterKind::Stage2Started,
    ] {
        let facts = LetterFacts {
            decision_date: String::new(),
            missed_decision_date: "Friday 9 October 2026".to_owned(),
            ..sample::full(kind)
        };
        let letter = render(kind, &facts);
        once(
            &letter,
            "You should have had our decision by the end of Friday 9 October 2026. We are sorry that it is late.",
        );
        never(&letter, "You will have our decision");
        assert_eq!(check(&letter, &facts, must_say(kind)), vec![], "{}", kind.code());
    }
}

#[test]
fn nobody_who_said_thank_you_is_asked_whether_they_meant_a_complaint() {
    let kind = LetterKind::FeedbackReceived;
    for (feedback, asked) in [("compliment", false), ("suggestion", true), ("comment", true)] {
        let facts = LetterFacts {
            feedback: feedback.to_owned(),
            ..sample::full(kind)
        };
        let letter = render(kind, &facts);
        assert_eq!(
            letter.text.contains("mean this as a complaint?"),
            asked,
            "{}",
            letter.text
        );
    }
}

#[test]
fn no_letter_says_a_sentence_twice() {
    for kind in LetterKind::ALL {
        for facts in [sample::full(kind), sample::sparse(kind)] {
            let letter = render(kind, &facts);
            let text = letter.text.replace("\n\n", ". ");
            let mut sentences: Vec<String> = text.split(". ").map(one_line).filter(|said| said.len() > 12).collect();
            let all = sentences.len();
            sentences.sort();
            sentences.dedup();
            assert_eq!(sentences.len(), all, "{}:\n{}", kind.code(), letter.text);
        }
    }
}

#[test]
fn a_complaint_about_a_person_is_acknowledged_without_naming_who_has_it() {
    let facts = LetterFacts {
        confidential: true,
        ..sample::full(LetterKind::Acknowledgement)
    };
    let letter = render(LetterKind::Acknowledgement, &facts);
    let text = letter.text.replace('\n', " ");
    assert!(text.contains("The person it is about has no part in it and cannot read it."));
    assert!(!letter.text.contains("Amara Osei"));
}

#[test]
fn a_letter_to_a_line_manager_that_holds_the_complaint_says_so_and_keeps_both_links() {
    let with = |left_out: &str| LetterFacts {
        enclosed: true,
        left_out: left_out.to_owned(),
        ..sample::full(LetterKind::Handover)
    };
    let text = |facts: &LetterFacts| {
        render(LetterKind::Handover, facts)
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let link = with("").tracking_link;
    let whole = text(&with(""));
    for words in [
        "The complaint is in this letter, with its files.",
        "encrypted to your key",
        "with what is added later",
        "I have it",
        "I have finished",
    ] {
        assert!(whole.contains(words), "{words}:\n{whole}");
    }
    for act in ["/have", "/finished"] {
        assert!(whole.contains(&format!("{link}{act}")), "{whole}");
    }
    assert!(
        !whole.contains("Too large") && !whole.contains("Read the complaint"),
        "{whole}"
    );
    assert!(text(&with("2 files")).contains("Too large for it: 2 files."));
    let behind_a_link = text(&sample::full(LetterKind::Handover));
    assert!(
        behind_a_link.contains("Read the complaint") && !behind_a_link.contains("in this letter, with"),
        "{behind_a_link}"
    );
}

#[test]
fn a_closing_letter_without_its_reason_tells_nothing_and_says_whose_word_is_needed() {
    let facts = rules::letters::LetterFacts {
        body: String::new(),
        outcome_sentence: String::new(),
        acting_for: "Jonah Adeyemi".to_owned(),
        ..sample::full(LetterKind::ClosedWithoutDecision)
    };
    let letter = render(LetterKind::ClosedWithoutDecision, &facts);
    let in_one_line = letter.text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "We have closed your complaint, and you will get no decision from us.",
        "as long as Jonah Adeyemi has not agreed that we speak about them with you",
        "FC-10482",
    ] {
        assert!(in_one_line.contains(words), "{words} is missing in\n{}", letter.text);
    }
    assert!(
        !letter.text.contains("Estates") && !letter.text.contains("Another procedure"),
        "{}",
        letter.text
    );
    assert!(
        !letter.text.contains("**Why**") && !letter.text.contains("\nWhy\n"),
        "{}",
        letter.text
    );
}

#[test]
fn whoever_is_told_to_call_reads_when_somebody_answers() {
    for kind in LetterKind::ALL {
        let facts = sample::full(kind);
        let calls = |text: &str| text.match_indices(&facts.phone).count();
        let told = one_line(&render(kind, &facts).text);
        assert!(calls(&told) > 0, "{kind:?} says no number");
        let with_hours = format!("{} (Monday to Friday, 9am to 5pm)", facts.phone);
        assert_eq!(told.matches(&with_hours).count(), calls(&told), "{kind:?}\n{told}");
        // One that was owed before letters knew the hours.
        let old = LetterFacts {
            phone_hours: String::new(),
            ..facts.clone()
        };
        let told = one_line(&render(kind, &old).text);
        assert!(calls(&told) > 0 && !told.contains("()"), "{kind:?}\n{told}");
    }
}
