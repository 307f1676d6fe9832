//! The triage pages from a list and from a case.

use casework::desk::lists::LineDue;
use casework::desk::{CaseFile, DeskLine, Why};
use rules::case::event::Sameness;
use rules::case::vocabulary::{FeedbackKind, ReplyBy};
use rules::confidential::Sight;
use rules::confidential::lane::can_restrict;
use rules::handling::entry::entry_stage;
use rules::handling::grounds::Grounds;
use rules::handling::triage::first_stage;
use rules::people::Act;

use super::suggestion;
use super::{OnePress, RelatedCase, TriageCase, TriageKind, TriageLine};
use crate::page::clock::{Clock, ClockState};
use crate::page::words::date_in_year;
use crate::staff::desk::rows::NOT_SHOWN;
use crate::staff::desk::{Promise, Seat, rows};
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use crate::staff::serve::brief::{brief, due_words, who_complained};
use crate::staff::serve::confidential::everybody;
use crate::staff::serve::consent::acting_for;
use crate::staff::serve::rail::{alerts, change_contact};
use crate::staff::serve::{axis, candidates, fresh};
use rules::sentence::capital;

/// One line of the list.
pub(super) fn line(seat: &Seat, line: &DeskLine) -> TriageLine {
    let mut flags = Vec::new();
    if line.kind != FeedbackKind::Complaint {
        flags.push(Tag::new(&capital(line.kind.words()), Tone::Grey));
    }
    if line.vip {
        flags.push(Tag::new("VIP", Tone::Staff));
    }
    if line.card.undelivered {
        flags.push(Tag::new("Not delivered", Tone::Bad));
    }
    if line.card.about_staff {
        flags.push(Tag::new("Restricted", Tone::Staff));
    }
    let may = seat.may(Act::Triage) && line.sight == Sight::Whole;
    let shown = TriageLine {
        href: if may {
            paths::triage(&line.reference)
        } else {
            paths::case(&line.reference)
        },
        reference: line.reference.clone(),
        title: line.card.title.clone(),
        more: match line.sight {
            Sight::Whole => more(&line.card.title, &line.card.excerpt),
            Sight::Outline => String::new(),
        },
        suggested: None,
        flags,
        from: line.card.from.clone(),
        from_kind: capital(&rows::who_and_how(line)),
        received: seat.wall().when(line.received_at),
        clock: clock(seat, line.due.map(|due| (line.card.due_stage, due))),
    };
    match line.sight {
        Sight::Whole => shown,
        Sight::Outline => TriageLine {
            from: NOT_SHOWN.to_owned(),
            from_kind: String::new(),
            ..shown
        },
    }
}

/// How much of the words is shown beneath the title, in characters.
const MORE: usize = 120;

/// The words that follow the title, cut at a word; nothing where the title says it all.
fn more(title: &str, words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(rest) = words.strip_prefix(title.trim_end_matches('…')) else {
        return cut(&words);
    };
    cut(rest.trim_start_matches(['.', '!', '?', ' ']))
}

fn cut(words: &str) -> String {
    if words.chars().count() <= MORE {
        return words.to_owned();
    }
    let first: String = words.chars().take(MORE).collect();
    let whole = first.rsplit_once(' ').map_or(first.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}

/// The date that runs already, as if nothing else were found.
fn clock(seat: &Seat, first: Option<(u8, LineDue)>) -> Clock {
    let Some((stage, due)) = first else {
        return Clock::new(ClockState::Ok, "No decision date", 0, 0);
    };
    let sub = format!("If stage {stage}, day {} of {}", due.used.min(due.total), due.total);
    Clock::new(rows::state(due), &rows::words(seat, due), due.used, due.total).with_sub(&sub)
}

/// The same date on the page of the case, in the words of a case.
fn case_clock(seat: &Seat, first: Option<(u8, LineDue)>) -> Clock {
    let Some((stage, due)) = first else {
        return clock(seat, None);
    };
    let sub = format!(
        "If stage {stage}: {}, day {} of {}",
        date_in_year(due.on),
        due.used.min(due.total),
        due.total
    );
    let line = due_words(&seat.wall(), "Decision", due);
    Clock::new(rows::state(due), &line, due.used, due.total).with_sub(&sub)
}

/// A page with the forms as they are.
pub(super) struct Forms {
    pub(super) triage: FormState,
    pub(super) reclassify: FormState,
}

/// Both forms untouched: with what is known from the receipt filled in.
pub(super) fn untouched(file: &CaseFile) -> Forms {
    let case = &file.case;
    let sequence = case.sequence.to_string();
    let mut answers = vec![("seen", sequence.as_str()), ("urgency", case.urgency.code())];
    if let Some(category) = &case.category {
        answers.extend([
            ("service", category.service.as_str()),
            ("problem", category.problem.as_str()),
        ]);
    }
    if let Some(parent) = case.job.as_ref().and_then(|job| job.parent.as_deref()) {
        answers.push(("job", parent));
    }
    if let Some(risk) = &case.risk {
        let found = [
            (risk.complex, "complex"),
            (risk.high_risk, "high-risk"),
            (risk.needs_investigation, "investigation"),
        ];
        answers.extend(
            found
                .into_iter()
                .filter(|(yes, _)| *yes)
                .map(|(_, need)| ("needs", need)),
        );
        answers.extend(risk.reason.as_deref().map(|reason| ("needs_reason", reason)));
    }
    let about = suggestion::named(case);
    let named: Vec<String> = about.people.iter().map(|id| id.0.to_string()).collect();
    answers.extend(named.iter().map(|id| ("about", id.as_str())));
    answers.extend(about.others.as_deref().map(|others| ("about_others", others)));
    if case.vip.is_some() || case.risk.as_ref().is_some_and(|risk| risk.needs_investigation) {
        answers.push(("action", "stage-2"));
    }
    Forms {
        triage: fresh(file).answered(&answers),
        reclassify: fresh(file),
    }
}

/// The page of one case.
pub(super) fn one(seat: &Seat, file: &CaseFile, related: Vec<RelatedCase>, forms: Forms) -> TriageCase {
    let setting = file.in_force.setting(file.now);
    let (case, procedure) = (&file.case, setting.procedure);
    let promise = Promise::of(case.received.received_at, &setting);
    let grounds = Grounds {
        vip: case.vip.is_some(),
        ..Grounds::default()
    };
    let (second, _) = entry_stage(&grounds.investigated(), &setting);
    let others = FeedbackKind::ALL.iter().filter(|kind| **kind != case.kind);
    TriageCase {
        notice: None,
        kind: kind(file),
        case: CaseBrief {
            clock: case_clock(seat, file.open_date().map(|date| (date.stage, file.days(date)))),
            ..brief(seat, file)
        },
        received: format!(
            "received {}, {}",
            seat.wall().when_inside(case.received.received_at),
            case.received.channel.words()
        ),
        words: case.received.words.clone(),
        places: suggestion::places(seat, case),
        opening: suggestion::opening(seat, file),
        to_put_right: case.received.wanted.clone(),
        people: people(file, &related),
        change_contact: change_contact(seat, file),
        alerts: alerts(seat, file),
        names_staff: suggestion::names_staff(case),
        whom: case.is_restricted().then(|| everybody(seat)),
        lane: lane(seat, file),
        vip_known: case
            .vip
            .as_ref()
            .map(|(flag, _)| format!("Known from {}: {}", flag.source.words(), flag.detail)),
        related,
        stage_1_due: promise.first,
        stage_2_due: promise.investigated,
        services: axis(file, "service"),
        problems: axis(file, "problem"),
        urgencies: urgencies(file),
        staff: candidates(seat, file, first_stage(procedure)),
        investigators: candidates(seat, file, second),
        form: forms.triage,
        other_kinds: others
            .map(|kind| Pick::new(kind.code(), &capital(kind.words())))
            .collect(),
        reclassify: forms.reclassify,
    }
}

fn kind(file: &CaseFile) -> TriageKind {
    match file.case.kind {
        FeedbackKind::Complaint if file.case.vip.is_some() => TriageKind::InvestigatedComplaint(
            "It is from a VIP: the procedure starts it at stage 2, without exception.".to_owned(),
        ),
        FeedbackKind::Complaint => TriageKind::Complaint,
        other => TriageKind::PassedOn(other.words().to_owned()),
    }
}

/// Urgencies with their criteria, as the procedure lists them (A39).
fn urgencies(file: &CaseFile) -> Vec<Pick> {
    let pick = |level: &rules::procedure::UrgencyLevel| match level.criteria.is_empty() {
        true => Pick::new(level.level.code(), level.level.words()),
        false => Pick::with_hint(
            level.level.code(),
            level.level.words(),
            &format!("{}.", level.criteria.join(". ")),
        ),
    };
    file.in_force.procedure.urgencies.iter().map(pick).collect()
}

fn people(file: &CaseFile, related: &[RelatedCase]) -> Vec<Fact> {
    let complainant = &file.case.complainant;
    let from = who_complained(file);
    let reply = match complainant.reply_by {
        ReplyBy::Email => complainant.email.clone().unwrap_or_default(),
        ReplyBy::Phone => complainant.phone.clone().unwrap_or_default(),
        ReplyBy::TrackingPage => "Tracking page only".to_owned(),
    };
    let mut facts = vec![Fact::new("From", &from), Fact::new("Reply by", &reply)];
    facts.extend(acting_for(file).as_ref().map(|other| Fact::new("Acting for", other)));
    facts.extend(complainant.needs.as_ref().map(|needs| Fact::new("Needs", needs)));
    if let Some(job) = &file.case.job {
        facts.push(Fact::linked("Job", Link::new(&job.number, &paths::job(&job.number))));
    }
    if related.is_empty() && !complainant.is_anonymous() {
        facts.push(Fact::new("Other cases", "None found"));
    }
    facts
}

/// Where the lane of the case can be changed: restricted by whoever may, opened where a tick was wrong.
fn lane(seat: &Seat, file: &CaseFile) -> Option<Link> {
    let page = paths::case_act(&file.case.reference.to_string(), "confidential");
    if file.case.is_held() {
        return None;
    }
    if file.case.is_restricted() {
        return Some(Link::new("It is about nobody of staff", &page));
    }
    can_restrict(&file.case, seat.door.person())
        .is_ok()
        .then(|| Link::new("It is about a member of staff: restrict it", &page))
}

/// A case that may be about the same matter, with the button that links the two where both are as open or as restricted.
pub(super) fn related(seat: &Seat, file: &CaseFile, why: Why, line: &DeskLine) -> RelatedCase {
    let (reason, same) = match why {
        Why::SamePerson => ("From the same person".to_owned(), Sameness::Duplicate),
        Why::SameJob => ("About the same job".to_owned(), Sameness::SameMatter),
        Why::SameWords => ("Says much the same".to_owned(), Sameness::SameMatter),
    };
    let label = match same {
        Sameness::Duplicate => "Link it: sent twice",
        Sameness::SameMatter => "Link it: the same matter",
    };
    let own = file
        .case
        .leading()
        .is_some_and(|leading| *leading != file.case.reference);
    let fits = line.card.about_staff == file.case.is_restricted() && !own;
    let form = fresh(file);
    let answers = [
        ("other", line.reference.as_str()),
        ("same", same.code()),
        ("reason", &reason),
        ("back", "triage"),
    ]
    .into_iter()
    .fold(form.answers.clone(), |answers, (name, value)| answers.and(name, value));
    RelatedCase {
        about: format!("{}. {reason}", standing(line)),
        linking: (fits && seat.may(Act::LinkCases)).then(|| OnePress {
            label: label.to_owned(),
            form: FormState { answers, ..form },
        }),
        ..plain(line)
    }
}

/// A case of its group.
pub(super) fn linked(line: &DeskLine) -> RelatedCase {
    RelatedCase {
        about: format!("{}. Linked: the same matter", standing(line)),
        ..plain(line)
    }
}

fn plain(line: &DeskLine) -> RelatedCase {
    RelatedCase {
        link: Link::new(&line.reference, &paths::case(&line.reference)),
        title: line.card.title.clone(),
        about: String::new(),
        linking: None,
    }
}

fn standing(line: &DeskLine) -> String {
    let open = if line.state == "closed" { "closed" } else { "open" };
    format!("{}, {open}", capital(line.kind.words()))
}

/// The job that they named.
pub(super) fn related_job(number: &str) -> RelatedCase {
    RelatedCase {
        link: Link::new(number, &paths::job(number)),
        title: String::new(),
        about: "The job that they named".to_owned(),
        linking: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_beneath_a_title_go_on_where_it_ends() {
        let words = "The phones came on Monday.  The training is next month.";
        assert_eq!(more("The phones came on Monday", words), "The training is next month.");
        assert_eq!(
            more("The phones came…", words),
            "on Monday. The training is next month."
        );
        assert_eq!(more("The phones came on Monday", "The phones came on Monday."), "");
    }

    #[test]
    fn long_words_are_cut_at_a_word() {
        let more = more("A title", &"word ".repeat(40));
        assert!(more.ends_with("word …") && more.chars().count() <= MORE + 2, "{more}");
    }
}
