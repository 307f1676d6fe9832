//! One event of every kind, with every field filled.

use jiff::Timestamp;
use rules::case::Event;
use rules::case::event::*;
use rules::case::facts::*;
use rules::case::vocabulary::*;
use rules::case::{FileAttached, FileScanned};
use rules::clock::ClockName;
use rules::confidential::names::{By, Part as Said, SpanKind};
use rules::confidential::sealing::carried::{Carried, NoKey};
use rules::confidential::suggested::Field;
use rules::confidential::{RecordViewed, Sight, StaffNamed};
use rules::confidential::{Suggested, SuggestedSpan};
use rules::files::{FileName, Kind, Scanned, SeenBy, Unscanned};
use rules::letters::{Composed, FixedLetter, LetterKind};
use rules::mail::{Authentic, ReportKind};
use rules::people::StaffId;
use testkit::{at, day};

fn moment() -> Timestamp {
    at("2026-06-09 09:15")
}

pub(crate) fn decision() -> Decision {
    Decision {
        outcome: Outcome::PartlyUpheld,
        points: vec![
            PointDecision {
                number: 1,
                outcome: Outcome::Upheld,
                finding: "The access points restarted.".into(),
            },
            PointDecision {
                number: 2,
                outcome: Outcome::NotUpheld,
                finding: "The call was answered in 4 minutes.".into(),
            },
        ],
        reasons: "We looked at the logs and the call record.".into(),
        what_we_did: "We replaced both access points.".into(),
        resolution_kinds: vec!["apology".into(), "other".into()],
        remedies: vec![Remedy {
            kind: "refund".into(),
            text: Some("£12 for the taxi".into()),
        }],
        actions: vec![Action {
            text: "Check the other floors".into(),
            owner: "Network team".into(),
            due_on: day("2026-07-01"),
        }],
        satisfaction: Satisfaction::Yes,
        root_cause: Some("infrastructure".into()),
        learning: Some(Learning {
            answer: LearningAnswer::Yes,
            text: Some("Watch restarts.".into()),
        }),
        late_reason: Some("The supplier answered late.".into()),
    }
}

fn communicated() -> Communicated {
    Communicated {
        by: Means::Email,
        at: moment(),
        proof: "250 2.0.0 accepted (<fc-10482-1@example.ac.uk>)".into(),
    }
}

fn delivered(letter: LetterKind) -> LetterDelivered {
    LetterDelivered {
        letter,
        communicated: communicated(),
        subject: "Our decision on your complaint (FC-10482)".into(),
        text: "Hello Priya.".into(),
        owed_by: Some(7),
        sha256: None,
    }
}

fn fixed() -> FixedLetter {
    let words = Composed {
        subject: "Our decision on your complaint (FC-10482)".into(),
        text: "Hello Priya.".into(),
        html: "<p>Hello Priya.</p>".into(),
    };
    FixedLetter::of(LetterKind::Stage2Decision, words)
}

fn attached() -> FileAttached {
    FileAttached {
        id: "00112233445566778899aabbccddeeff".into(),
        name: FileName::of("wifi-log.txt"),
        size: 18_204,
        kind: Kind::Text,
        sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef".into(),
        stored_sha256: "9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de".into(),
        seen_by: SeenBy::Complainant,
        came_with: 4,
        point: Some(1),
        scanned: Scanned::default(),
    }
}

/// The form that a newer release gives to events that already had one, by a word for what is new.
pub(crate) fn newer() -> Vec<(&'static str, Event)> {
    let hash = || Some(fixed().sha256);
    let arrived = |letter| LetterDelivered {
        sha256: hash(),
        ..delivered(letter)
    };
    let events = [
        Event::SignOffRequested(SignOffRequested {
            version: 2,
            because: "the risk is high".into(),
            letter: Some(fixed()),
        }),
        Event::SignOffApproved(SignOffApproved {
            remark: remark().remark,
            version: Some(2),
            sha256: hash(),
        }),
        Event::DecisionRecorded(DecisionRecorded {
            stage: 2,
            decision: decision(),
            outcome: Outcome::PartlyUpheld,
            letter_sha256: hash(),
        }),
        Event::DecisionCommunicated(arrived(LetterKind::Stage2Decision)),
        Event::LetterDelivered(arrived(LetterKind::Stage2Decision)),
    ];
    let suggested = Event::Received(Received {
        about_staff: false,
        suggested: Some(suggested()),
        ..received()
    });
    let scanned = [
        ("clean", Scanned::Clean),
        ("infected", Scanned::infected("Doc.Dropper.Agent-1388584")),
        ("unscanned", Scanned::not(Unscanned::TooLarge)),
    ];
    let scanned = scanned.map(|(what, scanned)| {
        let attached = FileAttached { scanned, ..attached() };
        (what, Event::FileAttached(attached))
    });
    let fixed = events.into_iter().map(|event| ("fixed", event));
    let all = fixed.chain([("suggested", suggested)]).chain(scanned);
    all.chain(carried()).collect()
}

/// What the finder of names thought of a form.
/// Handed over with a letter of which it is on record how it carries the complaint.
fn carried() -> Vec<(&'static str, Event)> {
    let of = |event: &Event| match event.clone() {
        Event::Sealed(sealed) => Some(Event::Sealed(Sealed {
            carried: Some(Carried::Key {
                fingerprint: "9A2E11C05B7D0F426E1D3C88A1B2C3D4E5F60718".into(),
                left_out: 2,
            }),
            ..sealed
        })),
        Event::PassedOn(passed) => Some(Event::PassedOn(PassedOn {
            carried: Some(Carried::Link { why: NoKey::Expired }),
            ..passed
        })),
        _ => None,
    };
    sealing()
        .iter()
        .filter_map(of)
        .map(|event| ("carried", event))
        .collect()
}

fn suggested() -> Suggested {
    let span = |from, to, kind, by, people: &[i64]| SuggestedSpan {
        field: Field::Words,
        from,
        to,
        kind,
        part: Said::ComplainedOf,
        by,
        people: people.iter().copied().map(StaffId).collect(),
    };
    Suggested {
        finder: 1,
        spans: vec![
            span(0, 2, SpanKind::Known, Some(By::OneName), &[2]),
            span(20, 41, SpanKind::Described, None, &[]),
        ],
    }
}

fn failed(letter: LetterKind) -> DeliveryFailed {
    DeliveryFailed {
        letter,
        reason: "550 5.1.1 no such mailbox".into(),
        attempts: 3,
        given_up: true,
        came_back: None,
        may_have_gone: false,
    }
}

fn reason(words: &str) -> Reason {
    Reason { reason: words.into() }
}

fn remark() -> Remark {
    Remark {
        remark: Some("Fair and clear.".into()),
    }
}

pub(crate) fn received() -> Received {
    Received {
        kind: FeedbackKind::Complaint,
        channel: Channel::Phone,
        received_at: moment(),
        received_on: day("2026-06-09"),
        logged_by: Some(StaffId(1)),
        procedure: "it-services".into(),
        procedure_version: "1".into(),
        title: "The Wi-Fi in the Main Library dropped".into(),
        words: "The Wi-Fi in the Main Library dropped four times during my online test.".into(),
        wanted: Some("A letter to my department.".into()),
        about_staff: true,
        complainant: Complainant {
            kind: ComplainantKind::Student,
            name: Some("Priya Natarajan".into()),
            email: Some("priya@example.ac.uk".into()),
            phone: Some("01632 960 417".into()),
            username: Some("pnat7".into()),
            reply_by: ReplyBy::Email,
            acting_for: Some("My flatmate".into()),
            needs: Some("Large print".into()),
        },
        existing_job: Some("F1000100".into()),
        receipt_code: "0123456789012345".into(),
        link_token: "00112233445566778899aabbccddeeff".into(),
        set_apart_from: None,
        suggested: None,
    }
}

pub(crate) fn entered(stage: u8) -> StageEntered {
    StageEntered {
        stage,
        stage_id: format!("stage-{stage}"),
        reason: StageReason::HighRisk,
        note: Some("Exam marks were lost.".into()),
        clock_from: moment(),
    }
}

fn passed() -> ClockPassed {
    ClockPassed {
        clock: "stage_1".into(),
        due_at: at("2026-06-12 23:59:59"),
    }
}

/// One event of every kind, in the order of [`Event::KINDS`].
pub(crate) fn all() -> Vec<Event> {
    let extension = Extension {
        stage: 1,
        days: 2,
        old_due_on: day("2026-06-12"),
        new_due_on: day("2026-06-16"),
        reason_code: Some("major_incident".into()),
        reason: "The network team is dealing with an outage.".into(),
        approved_by: StaffId(3),
        approved_at: moment(),
    };
    vec![
        Event::Received(received()),
        Event::JobRaised(JobRaised {
            number: "F1000482".into(),
            profile: "General-Customer Feedback".into(),
            parent: Some("F1000100".into()),
        }),
        Event::JobLinked(JobLinked {
            parent: "F1000100".into(),
        }),
        Event::Acknowledged(communicated()),
        Event::AcknowledgementFailed(failed(LetterKind::Acknowledgement)),
        Event::LetterDelivered(delivered(LetterKind::Update)),
        Event::LetterFailed(failed(LetterKind::Extension)),
        Event::LetterReported(LetterReported {
            letter: LetterKind::Stage1Decision,
            number: 77,
            told: ReportKind::Delayed,
            words: "priya@example.ac.uk: the mailbox is full (4.2.2).".into(),
        }),
        Event::LetterOwedAgain(LetterOwedAgain {
            letter: LetterKind::Stage1Decision,
            by: Means::Email,
            to: Some("priya@example.ac.uk".into()),
        }),
        Event::ContactCorrected(ContactCorrected {
            contact: ContactData {
                name: Some("Priya Natarajan".into()),
                email: Some("priya@example.ac.uk".into()),
                phone: Some("01632 960 417".into()),
                reply_by: ReplyBy::Email,
            },
            learnt: Some("She rang and spelt it".into()),
        }),
        Event::Reclassified(Reclassified {
            to: FeedbackKind::Suggestion,
            reason: "They ask for an idea to be passed on.".into(),
        }),
        Event::CategorySet(CategorySet {
            service: "A3".into(),
            problem: "B11".into(),
        }),
        Event::UrgencySet(UrgencySet {
            urgency: Urgency::High,
            reason: Some("An exam this week".into()),
        }),
        Event::RiskAssessed(RiskAssessed {
            complex: true,
            high_risk: true,
            needs_investigation: true,
            reason: Some("Marks were lost".into()),
        }),
        Event::VipFlagged(VipFlagged {
            source: VipSource::Manager,
            detail: "A governor".into(),
        }),
        Event::PointAdded(PointAdded {
            text: "Nobody called back".into(),
        }),
        Event::StageEntered(entered(2)),
        Event::Assigned(Assigned {
            to: StaffId(5),
            reason: Some("On leave".into()),
        }),
        Event::ExtensionRequested(ExtensionRequested {
            days: 2,
            reason_code: Some("person_away".into()),
            reason: "Only Lee knows the system.".into(),
        }),
        Event::ExtensionApproved(extension),
        Event::ExtensionRefused(reason("Lee is back on Monday.")),
        Event::UpdateSent(UpdateSent {
            words: "Nothing new today.".into(),
            by: Means::Phone,
            next_on: Some(day("2026-06-11")),
        }),
        Event::UpdateMissed(passed()),
        Event::MessageReceived(MessageReceived {
            channel: Channel::Web,
            words: "It happened again.".into(),
        }),
        Event::NoteAdded(NoteAdded {
            words: "Ask the network team.".into(),
        }),
        Event::FileAttached(attached()),
        Event::FileScanned(FileScanned {
            id: "00112233445566778899aabbccddeeff".into(),
            scanned: Scanned::infected("Doc.Dropper.Agent-1388584"),
        }),
        Event::MailKept(MailKept {
            came_with: 4,
            ledger: 17,
            message_id: Some("a1b2@students.example".into()),
            name: Some("Ada Obi".into()),
            email: Some("ada@students.example".into()),
            subject: "Re: Wifi in the library".into(),
            authentic: Authentic::Yes { by: "dmarc".into() },
            why: "It answers a letter of ours".into(),
            text: Some("It happened again.\n\n> We replaced it.".into()),
            html: Some("<p>It happened again.</p>".into()),
            dropped: vec!["setup.exe: a program is not taken".into()],
        }),
        Event::DraftSaved(DraftSaved {
            version: 2,
            decision: decision(),
            undecided: Vec::new(),
        }),
        Event::SignOffRequested(SignOffRequested {
            version: 2,
            because: "the risk is high".into(),
            letter: None,
        }),
        Event::SignOffApproved(SignOffApproved {
            remark: remark().remark,
            version: None,
            sha256: None,
        }),
        Event::SignOffEdited(SignOffEdited {
            version: 3,
            decision: decision(),
            why: "Say sorry first.".into(),
            letter: Some(fixed()),
        }),
        Event::SignOffHandedOn(SignOffHandedOn {
            to: Some(StaffId(7)),
            instead_of: Some(StaffId(8)),
        }),
        Event::SignOffReturned(reason("Say what changes.")),
        Event::DecisionRecorded(DecisionRecorded {
            stage: 2,
            decision: decision(),
            outcome: Outcome::PartlyUpheld,
            letter_sha256: None,
        }),
        Event::DecisionCommunicated(delivered(LetterKind::Stage2Decision)),
        Event::EscalationRequested(EscalationRequested {
            channel: Channel::Web,
            words: Some("You missed a point.".into()),
            late: true,
        }),
        Event::EscalationAccepted(remark()),
        Event::EscalationRefused(reason("The decision covers everything.")),
        Event::Closed(Closed {
            ending: Ending::Referred,
            reason: Some("Human Resources deals with it.".into()),
        }),
        Event::Withdrawn(reason("It works again.")),
        Event::Reopened(reason("They sent the log.")),
        Event::RootCauseSet(RootCauseSet {
            cause: "communication".into(),
        }),
        Event::LearningRecorded(Learning {
            answer: LearningAnswer::Yes,
            text: Some("Call people back.".into()),
        }),
        Event::ActionCreated(ActionCreated {
            number: 1,
            action: decision().actions.remove(0),
        }),
        Event::ClockWarned(passed()),
        Event::ClockBreached(passed()),
        Event::ClockRecomputed(ClockRecomputed {
            clock: "stage_2".into(),
            from: moment(),
            old_on: day("2026-07-07"),
            new_on: day("2026-07-08"),
            calendar: "england-and-wales 2026-06-16; closures-example 2".into(),
        }),
        Event::LaneRestricted(reason("It is about the person at the desk.")),
        Event::LaneOpened(reason("It is about the queue, not about a person.")),
        Event::StaffNamed(StaffNamed {
            people: vec![StaffId(1), StaffId(3)],
            others: Some("The man at the desk on Monday night".into()),
        }),
        Event::RecordViewed(RecordViewed { saw: Sight::Whole }),
        Event::LinkRequested(LinkRequested { channel: Channel::Web }),
        Event::CaseLinked(CaseLinked {
            with: "FC-10482".parse().unwrap(),
            part: Part::Follows,
            same: Sameness::SameMatter,
            reason: "The same evening in the same library.".into(),
        }),
        Event::CaseUnlinked(CaseUnlinked {
            with: "FC-10482".parse().unwrap(),
            reason: "Another library.".into(),
        }),
        Event::ConsentAsked(ConsentAsked {
            by: Means::Email,
            words: Some("I could not reach you.".into()),
        }),
        Event::ConsentGiven(ConsentGiven {
            way: ConsentWay::Paper,
            on: day("2026-06-09"),
            words: "Signed form, in the grey cabinet.".into(),
        }),
        Event::ConsentWithdrawn(reason("They rang and said no.")),
        Event::IssueSetApart(IssueSetApart {
            message: 7,
            to: "FC-10483".parse().unwrap(),
        }),
        Event::InfoRequested(InfoRequested {
            question: "On which floor were you?".into(),
            by: Means::Email,
            hoped_by: day("2026-06-11"),
        }),
        Event::InfoReminded(InfoReminded { number: 2 }),
        Event::InfoReceived(InfoReceived {
            by: AnsweredBy::Told,
            words: Some("On the second floor.".into()),
        }),
    ]
    .into_iter()
    .chain(agreeing())
    .chain(investigating())
    .chain(beside())
    .chain(sealing())
    .collect()
}

/// Another regime.
fn beside() -> Vec<Event> {
    vec![
        Event::RegimeTagged(RegimeTagged {
            regime: "data_protection".into(),
            clocks: vec![ClockName::new("data_protection_complaint")],
            began_on: day("2026-06-08"),
            why: Some("She says that her results were sent to the whole course.".into()),
        }),
        Event::RegimeTakenAway(RegimeTakenAway {
            regime: "subject_access".into(),
            reason: "She asked for the log of the access point only.".into(),
        }),
        Event::RegimeDone(RegimeDone {
            regime: "data_protection".into(),
            clock: Some(ClockName::new("data_protection_complaint")),
            on: day("2026-06-10"),
            words: "Leila confirmed it by email, DP-2026-114.".into(),
        }),
        Event::RegimeElsewhere(RegimeElsewhere {
            regime: "freedom_of_information".into(),
            handled_now: "The information office has it as FOI 2026/318.".into(),
        }),
    ]
}

/// Points and conflicts.
fn agreeing() -> Vec<Event> {
    vec![
        Event::PointReworded(PointReworded {
            number: 2,
            text: "Nobody called back on 3 June".into(),
        }),
        Event::PointSetAside(PointSetAside {
            number: 2,
            with: Some(1),
            because: "It is the same call.".into(),
        }),
        Event::PointsSent(PointsSent {
            round: 1,
            points: vec![
                Point::new(1, "The Wi-Fi in the Main Library dropped"),
                Point {
                    aside: Some(Aside {
                        with: Some(1),
                        because: "It is the same call.".into(),
                    }),
                    ..Point::new(2, "Nobody called back")
                },
            ],
            answer_by: day("2026-06-16"),
            words: Some("The library deals with the noise.".into()),
        }),
        Event::PointsAgreed(PointsAgreed {
            by: Means::Phone,
            on: day("2026-06-10"),
            words: Some("She thanked us.".into()),
        }),
        Event::PointsCorrected(PointsCorrected {
            by: Means::TrackingPage,
            on: day("2026-06-10"),
            words: "It dropped six times.".into(),
        }),
        Event::PointsGoneOn(reason("No answer came.")),
        Event::ConflictDeclared(ConflictDeclared {
            conflict: Some("I led the team until March.".into()),
        }),
        Event::ConflictOverridden(ConflictOverridden {
            of: StaffId(4),
            reason: "The team is another one now.".into(),
        }),
    ]
}

/// Plan, evidence, interviews and findings.
fn investigating() -> Vec<Event> {
    vec![
        Event::PlanLineAdded(PlanLineAdded {
            what: "When the access points restarted".into(),
            from_whom: "Network team".into(),
            by_on: day("2026-06-18"),
        }),
        Event::PlanLineSettled(PlanLineSettled {
            number: 1,
            dropped: Some("The supplier told us.".into()),
        }),
        Event::EvidenceAdded(EvidenceAdded {
            title: "Restart log".into(),
            source: "Network team".into(),
            from_on: Some(day("2026-06-05")),
            seen_by: EvidenceSight::Quotable,
            words: "Four restarts.".into(),
            points: vec![1],
        }),
        Event::EvidenceSetAside(EvidenceSetAside {
            number: 1,
            because: "The wrong day.".into(),
        }),
        Event::EvidenceNotNeeded(reason("Nothing is disputed.")),
        Event::InterviewHeld(InterviewHeld {
            with: "Nadia Rahman".into(),
            held_at: moment(),
            by: Means::InPerson,
            notes: "She saw the restarts.".into(),
            seen_by: EvidenceSight::Investigation,
        }),
        Event::NotesConfirmed(NotesConfirmed {
            number: 1,
            correction: Some("It was on Tuesday.".into()),
        }),
        Event::InterviewsNotNeeded(reason("The log says it all.")),
        Event::FindingRecorded(FindingRecorded {
            point: 1,
            finding: "The access points restarted.".into(),
            outcome: Some(Outcome::Upheld),
            evidence: vec![1],
            interviews: vec![1],
        }),
    ]
}

/// Taken out of what the office shares; kept beyond its period.
fn sealing() -> Vec<Event> {
    vec![
        Event::SealAsked(SealAsked {
            to: holder(),
            why: Some("Passed over Nadia Rahman: the complaint is about her.".into()),
            link: "00112233445566778899aabbccddeeff".into(),
        }),
        Event::SealTakenBack(reason("The address was wrong.")),
        Event::Sealed(Sealed {
            holder: holder(),
            link: "00112233445566778899aabbccddeeff".into(),
            history: vec![Kept {
                at: moment(),
                actor: "staff:3".into(),
                kind: "category.set".into(),
                version: 1,
                payload: serde_json::json!({"service": "A3", "problem": "B7"}),
            }],
            accepted: communicated(),
            seen_by: vec![StaffId(3)],
            carried: None,
        }),
        Event::Withheld(Withheld::default()),
        Event::PassedOn(PassedOn {
            holder: holder(),
            link: "00112233445566778899aabbccddeeff".into(),
            accepted: communicated(),
            carried: None,
        }),
        Event::SealTaken(SealTaken::default()),
        Event::HolderReminded(HolderReminded::default()),
        Event::SealAddedTo(SealAddedTo::default()),
        Event::SealFinished(SealFinished {
            on: day("2026-06-12"),
            outcome: Outcome::PartlyUpheld,
        }),
        Event::SealOpened(SealOpened { by: Way::Holder }),
        Event::OpeningAsked(OpeningAsked {
            by: StaffId(5),
            ground: Ground::HolderGone,
        }),
        Event::OpeningAgreed(OpeningAgreed {
            asked: 12,
            by: StaffId(6),
        }),
        Event::OpeningEnded(OpeningEnded { asked: 12 }),
        Event::ReasonGiven(reason("Their manager left on Friday.")),
        Event::HoldSet(reason("A claim was announced.")),
        Event::HoldLifted(reason("The claim was settled.")),
        Event::ErasureRefused(ErasureRefused {
            exemption: Exemption::LegalClaims,
            reason: "The claim is not settled.".into(),
        }),
        Event::Redacted(Redacted {
            history: vec![Kept {
                at: moment(),
                actor: "staff:3".into(),
                kind: "note.added".into(),
                version: 1,
                payload: serde_json::json!({ "words": "Ask [taken out, no. 1]." }),
            }],
            number: 1,
            reason: "About somebody else.".into(),
            places: vec![Place {
                event: 1,
                field: "words".into(),
            }],
            notes: vec![NoteKept {
                month: "2026-06".into(),
                sequence: 4,
                words: "Look at the libraries".into(),
            }],
        }),
        Event::CopyGiven(CopyGiven { number: 3 }),
    ]
}

fn holder() -> Holder {
    Holder {
        name: "Helen Marsh".into(),
        email: "helen.marsh@example.ac.uk".into(),
    }
}
