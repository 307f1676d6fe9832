//! For everybody else a restricted case cannot be told from one that does not exist: pages, lists, search, figures, jobs, trails, acts.

use casework::ActError;
use casework::desk::{Counts, OwnedBy, Shown, Standing, Wanted, jobs};
use casework::handling::{Hand, approve, confidential, decide, write};
use rules::case::Reference;
use rules::case::vocabulary::FeedbackKind;
use rules::confidential::lane::{Naming, Restriction};
use rules::handling::draft::AskSignOff;
use rules::people::Person;
use testkit::every_act::{EVERY_ACT, do_act};
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, helen, iris, jo, marcus, robin, ruth, samir};
use testkit::{day, words};

use crate::support::{WORDS, about, about_jo, hand, open, ticked};

/// Every list that a page can show.
fn lists(who: &Person) -> Vec<Shown> {
    vec![
        Shown::Mine(who.id),
        Shown::Triage,
        Shown::Cases(Wanted::default()),
        Shown::Cases(Wanted {
            stage: Some(1),
            kind: Some(FeedbackKind::Complaint),
            ..Wanted::default()
        }),
        Shown::Cases(Wanted::standing(Standing::Closed)),
        Shown::SignOff,
        Shown::Cases(Wanted::standing(Standing::Escalation)),
        Shown::AskedOfMe,
    ]
}

async fn is_listed(office: &OpenOffice, who: &Person, reference: &Reference) -> bool {
    let door = office.door(who);
    for shown in lists(who) {
        let page = door.list(&shown, None).await.unwrap();
        if page.lines.iter().any(|line| line.reference == reference.to_string()) {
            return true;
        }
    }
    false
}

async fn finds(office: &OpenOffice, who: &Person, query: &str) -> usize {
    office.door(who).find(query).await.unwrap().len()
}

/// Everything that would tell somebody that the case is there.
pub(crate) async fn nothing_tells(office: &OpenOffice, who: &Person, reference: &Reference, job: &str) {
    let door = office.door(who);
    let name = &who.name;
    assert!(matches!(door.case(reference).await, Err(ActError::NotFound)), "{name}");
    assert!(
        matches!(door.case_for_a_line(reference).await, Err(ActError::NotFound)),
        "{name}"
    );
    assert!(
        matches!(door.outline(reference).await, Err(ActError::NotFound)),
        "{name}"
    );
    assert_eq!(door.sight_of(reference).await.unwrap(), None, "{name}");
    assert!(!is_listed(office, who, reference).await, "{name}");
    for query in [
        "shouted",
        "counter queue",
        "Priya Natarajan",
        "priya@example.ac.uk",
        &reference.to_string(),
        job,
    ] {
        assert_eq!(finds(office, who, query).await, 0, "{name} finds {query}");
    }
    assert_eq!(door.counts().await.unwrap(), Counts::default(), "{name}");
    let register = jobs::list(&office.office, None, None, who).await.unwrap().0;
    assert_eq!(register, [], "{name}");
    for number in [job, "F0980554"] {
        let file = jobs::get(&office.office, number, who).await;
        assert!(matches!(file, Err(ActError::NotFound)), "{name} reads {number}");
    }
    if rules::people::may(who, rules::people::Act::SeeAudit) {
        assert!(matches!(door.proof(reference).await, Err(ActError::NotFound)), "{name}");
    }
}

async fn job_of(office: &OpenOffice, reference: &Reference) -> String {
    let file = office.door(&helen()).case(reference).await.unwrap();
    file.case.job.unwrap().number
}

#[tokio::test]
async fn a_ticked_complaint_is_not_there_for_whoever_may_not_see_it() {
    let office = open().await;
    let reference = ticked(&office, "k").await;
    let job = job_of(&office, &reference).await;
    for who in [amara(), jo(), marcus(), dana(), samir()] {
        nothing_tells(&office, &who, &reference, &job).await;
    }
    // And it is there for those who decide where it goes.
    for who in [ruth(), helen(), robin()] {
        assert!(is_listed(&office, &who, &reference).await, "{}", who.name);
        assert_eq!(finds(&office, &who, "shouted").await, 1, "{}", who.name);
        assert_eq!(office.door(&who).counts().await.unwrap().triage, 1);
        let file = office.door(&who).case(&reference).await.unwrap();
        assert_eq!(file.case.received.words, WORDS);
        assert_eq!(jobs::list(&office.office, None, None, &who).await.unwrap().0.len(), 1);
    }
}

#[tokio::test]
async fn whoever_is_named_finds_nothing_of_it_whatever_their_roles() {
    let office = open().await;
    let reference = ticked(&office, "k").await;
    let job = job_of(&office, &reference).await;
    let helen = helen();
    let naming = Naming {
        named: about(&[ruth(), robin()]),
        to: None,
    };
    confidential::name(hand(&office, &helen, &reference), &naming)
        .await
        .unwrap();
    for who in [ruth(), robin()] {
        nothing_tells(&office, &who, &reference, &job).await;
    }
    assert_eq!(office.door(&helen).counts().await.unwrap().triage, 1);
}

#[tokio::test]
async fn the_manager_who_deals_with_it_sees_it_and_their_colleagues_do_not() {
    let office = open().await;
    let reference = about_jo(&office, "k", &marcus()).await;
    let job = job_of(&office, &reference).await;
    for who in [amara(), jo(), dana(), samir()] {
        nothing_tells(&office, &who, &reference, &job).await;
    }
    let counts = office.door(&marcus()).counts().await.unwrap();
    assert_eq!((counts.mine, counts.open, counts.triage), (1, 1, 0));
    assert!(is_listed(&office, &marcus(), &reference).await);
}

#[tokio::test]
async fn senior_management_has_it_in_their_list_while_a_letter_waits_and_not_after() {
    let office = open().await;
    let reference = ticked(&office, "k").await;
    let (ruth, dana, samir) = (ruth(), dana(), samir());
    let mut judgement = words::judged_for(&dana);
    judgement.risk.high_risk = true;
    judgement.risk.reason = Some("It happened twice".to_owned());
    confidential::named_and_triaged(hand(&office, &ruth, &reference), &about(&[jo()]), &judgement)
        .await
        .unwrap();
    assert!(!is_listed(&office, &samir, &reference).await);
    office.prepared(&reference, &dana).await;
    let case = office.case(&reference).await;
    decide::submit_draft(
        hand(&office, &dana, &reference),
        &words::decision_on(&case),
        AskSignOff::AsRulesSay,
    )
    .await
    .unwrap();
    assert!(is_listed(&office, &samir, &reference).await);
    assert_eq!(office.door(&samir).counts().await.unwrap().awaiting_sign_off, 1);
    assert!(office.door(&samir).case(&reference).await.is_ok());
    approve::approve(
        hand(&office, &samir, &reference),
        &words::waiting(&office.case(&reference).await),
        None,
    )
    .await
    .unwrap();
    assert!(!is_listed(&office, &samir, &reference).await);
    assert!(matches!(
        office.door(&samir).case(&reference).await,
        Err(ActError::NotFound)
    ));
}

#[tokio::test]
async fn an_act_of_whoever_may_not_see_it_is_answered_as_if_there_were_no_such_case() {
    let office = open().await;
    let (waiting, worked_on) = (ticked(&office, "k").await, about_jo(&office, "l", &marcus()).await);
    for reference in [&waiting, &worked_on] {
        let case = office.door(&helen()).case(reference).await.unwrap().case;
        for by in [amara(), jo(), dana(), samir(), iris()] {
            for name in EVERY_ACT {
                let answer = do_act(name, hand(&office, &by, reference), &case, &marcus()).await;
                assert!(
                    matches!(answer, Err(ActError::NotFound)),
                    "{name} by {}: {answer:?}",
                    by.name
                );
            }
        }
        let after = office.door(&helen()).case(reference).await.unwrap().case;
        assert_eq!(after.sequence, case.sequence, "and nothing was done");
    }
}

#[tokio::test]
async fn a_form_that_was_opened_before_the_case_was_restricted_is_too_late() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let seen = office.door(&jo()).case(&reference).await.unwrap().case.sequence;
    let ruth = ruth();
    let restriction = Restriction {
        reason: "It is about Jo".to_owned(),
        named: about(&[jo()]),
        to: Some(marcus()),
    };
    confidential::restrict(hand(&office, &ruth, &reference), &restriction)
        .await
        .unwrap();
    let jo = jo();
    let late = Hand {
        seen: casework::handling::Seen::UpTo(seen),
        ..hand(&office, &jo, &reference)
    };
    // Not "somebody acted on this case": that would say that it is there.
    assert!(matches!(write::note(late, "Mine").await, Err(ActError::NotFound)));
    let twice = Hand {
        once: Some("form-1"),
        ..hand(&office, &jo, &reference)
    };
    assert!(matches!(write::note(twice, "Mine").await, Err(ActError::NotFound)));
}

#[tokio::test]
async fn an_auditor_sees_when_and_where_and_no_word_and_no_name() {
    let office = open().await;
    let reference = about_jo(&office, "k", &marcus()).await;
    let iris = iris();
    let door = office.door(&iris);
    assert!(matches!(door.case(&reference).await, Err(ActError::NotFound)));
    let outline = door.outline(&reference).await.unwrap();
    assert_eq!((outline.stage, outline.state), (1, "open"));
    assert_eq!(outline.dates[1].due_on, day("2026-06-12"));
    let shown = Shown::Cases(Wanted::default());
    let lines = door.list(&shown, None).await.unwrap().lines;
    assert_eq!(lines.len(), 1);
    let told = format!("{outline:?} {lines:?}");
    for secret in [
        "shouted",
        "queue",
        "Priya",
        "priya@",
        "Jo",
        "Marcus",
        "student",
        "Handled by",
    ] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    assert!(told.contains("Feedback, handled separately"));
    assert_eq!(lines[0].owner, None);
    let owned = |by: &Person| Wanted {
        owner: Some(OwnedBy::Person(by.id)),
        ..Wanted::default()
    };
    let about = Wanted {
        service: Some("A3".to_owned()),
        ..Wanted::default()
    };
    let question = rules::case::event::InfoRequested {
        question: "Which desk was it?".to_owned(),
        by: rules::case::vocabulary::Means::Email,
        hoped_by: day("2026-06-12"),
    };
    casework::handling::ask::ask(office.hand(&marcus(), &reference), &question)
        .await
        .unwrap();
    let waiting = Wanted {
        waiting_for_answer: true,
        ..Wanted::default()
    };
    for asked in [owned(&marcus()), about.clone(), waiting.clone()] {
        let found = door.list(&Shown::Cases(asked), None).await.unwrap().lines;
        assert!(found.is_empty(), "a question tells no more than the outline: {found:?}");
    }
    let reader = office.door(&ruth());
    for asked in [owned(&marcus()), about, waiting] {
        assert_eq!(reader.list(&Shown::Cases(asked), None).await.unwrap().lines.len(), 1);
    }
    assert_eq!(
        door.find("shouted").await.unwrap().len(),
        0,
        "words find nothing that cannot be read"
    );
    assert!(!door.proof(&reference).await.unwrap().traces.is_empty());
}

#[tokio::test]
async fn a_saved_view_counts_for_each_what_they_see_and_a_draft_tells_nobody_named_of_a_case() {
    use casework::desk::{OwnedBy, Wanted};
    use casework::drafts::Written;
    use rules::handling::unsent::DraftOf;
    let office = crate::support::open().await;
    let reference = crate::support::about_jo(&office, "k", &ruth()).await;
    let wanted = [
        Wanted::default(),
        Wanted {
            owner: Some(OwnedBy::Person(ruth().id)),
            ..Wanted::default()
        },
    ];
    let counts = |who| {
        let door = office.door(&who);
        let wanted = wanted.clone();
        async move { door.count(&wanted).await.unwrap() }
    };
    assert_eq!(counts(ruth()).await, [1, 1]);
    assert_eq!(counts(jo()).await, [0, 0]);
    assert_eq!(counts(iris()).await, [1, 0], "the outline does not tell who has it");
    let draft = Written {
        once: "f".to_owned(),
        answers: vec![("note".to_owned(), "x".to_owned())],
    };
    let kept = office
        .door(&jo())
        .drafts(Some(&reference))
        .keep(DraftOf::Note, draft)
        .await;
    assert!(matches!(kept, Err(casework::ActError::NotFound)), "{kept:?}");
}
