//! The page of a month, and the list of months, from what the office found.

use casework::review::ReviewFile;
use casework::review::months::{LOOKED_UP, MonthLine as Line, Months};
use jiff::civil::Date;
use rules::review::hold::can_hold;
use rules::review::ledger::ALL;
use rules::review::{Cell, Cluster, Figure, Progress, Reader, received_by_month};

use super::super::list::{MonthLine, Notice, ReviewList, Shown};
use super::super::month::{Card, Hold, MonthPage};
use super::cases::{Holds, Pages, cases, link, said};
use super::charts::charts;
use super::figures::figures_of;
use super::names::Names;
use super::numbers::Ink;
use super::record::record;
use crate::http::asked::address;
use crate::page::words::{count, date_in_year, date_long};
use crate::staff::actions::shown::review_lines;
use crate::staff::desk::{Seat, Wall, form};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use rules::sentence::capital;

/// What an address asks of a month's page, and what came back to it.
#[derive(Default)]
pub(super) struct Asked {
    /// What was just done.
    pub(super) notice: Option<String>,
    /// The figure whose cases are shown.
    pub(super) behind: Option<Cell>,
    /// Which pages of its lists are looked at.
    pub(super) pages: Pages,
    /// The case on which a note is written, with its form.
    pub(super) on_case: Option<(Link, FormState)>,
    /// The form of the minutes, where it came back.
    pub(super) minutes: Option<FormState>,
    /// The form of a correction, where it came back.
    pub(super) restate: Option<FormState>,
    /// Whether every figure is unfolded.
    pub(super) whole: Whole,
}

/// Whether every figure is unfolded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Whole {
    /// Each is folded.
    #[default]
    Folded,
    /// All are open, to be printed.
    Unfolded,
}

/// The page of a month.
pub(super) fn month(seat: &Seat, file: &ReviewFile, asked: Asked) -> MonthPage {
    let code = file.month.to_string();
    let ink = Ink {
        reader: file.reader,
        month: Some(&code),
    };
    let may_hold = file
        .review
        .as_ref()
        .is_some_and(|review| can_hold(review, seat.door.person()).is_ok());
    let holds = if may_hold { Holds::Yes } else { Holds::No };
    let hold = may_hold.then(|| Hold {
        minutes: asked.minutes.unwrap_or_else(form::fresh),
        on_case: asked.on_case,
        freeze: (progress(file) == Some(Progress::Open)).then(form::fresh),
    });
    let minutes = file
        .review
        .iter()
        .flat_map(|review| &review.notes)
        .filter(|note| note.about.is_none());
    MonthPage {
        eyebrow: eyebrow(file),
        title: file.month.words(),
        summary: summary(file, &ink),
        state: state(file),
        notice: asked.notice,
        cautions: cautions(file),
        cards: cards(file, &ink),
        charts: charts(file, &ink),
        notices: notices(&file.notices, &Names(&file.in_force)),
        cases: cases(seat, file, (asked.behind.as_ref(), asked.pages), holds),
        actions: review_lines(seat, file, holds),
        minutes: minutes.map(|note| said(seat, note)).collect(),
        figures: figures_of(file.figures(), &file.in_force, &ink),
        whole: asked.whole == Whole::Unfolded,
        record: record(seat, file, asked.restate),
        hold,
        code,
    }
}

fn progress(file: &ReviewFile) -> Option<Progress> {
    file.review.as_ref().map(rules::review::Review::progress)
}

fn eyebrow(file: &ReviewFile) -> String {
    match (&file.review, file.due_on) {
        (Some(review), _) if review.held.is_some() => "Monthly review".to_owned(),
        (Some(_), Some(due_on)) => format!("Monthly review, by {}", date_long(due_on)),
        _ => "Monthly review".to_owned(),
    }
}

fn state(file: &ReviewFile) -> Tag {
    tag(progress(file), file.due_on, file.today)
}

/// Where a review stands, or that it is late.
fn tag(progress: Option<Progress>, due_on: Option<Date>, today: Date) -> Tag {
    let waits = !matches!(progress, None | Some(Progress::Finished));
    match progress {
        _ if waits && due_on.is_some_and(|due_on| due_on < today) => Tag::new("Late", Tone::Bad),
        None => Tag::new("Running", Tone::Grey),
        Some(Progress::Open) => Tag::new("To be held", Tone::Warn),
        Some(Progress::Frozen) => Tag::new("Figures frozen", Tone::Brand),
        Some(Progress::Finished) => Tag::new("Finished", Tone::Good),
    }
}

fn cautions(file: &ReviewFile) -> Vec<String> {
    let mut words = Vec::new();
    if file.review.is_none() {
        let last = file.month.period().last;
        words.push(format!(
            "This month runs until {}. Its figures still move, and its review begins on the day after.",
            date_in_year(last)
        ));
    }
    let waits = !matches!(progress(file), None | Some(Progress::Finished));
    if let Some(due_on) = file.due_on.filter(|due_on| waits && *due_on < file.today) {
        words.push(format!("This review was to be held by {}.", date_long(due_on)));
    }
    if file.reader == Reader::NotEntitled {
        words.push("Numbers from 1 to 4 are hidden, and so is whatever would tell them.".to_owned());
    }
    words
}

/// "46 complaints, 19 more than in August. 4 decisions were late."
fn summary(file: &ReviewFile, ink: &Ink<'_>) -> String {
    let ledger = file.figures();
    let now = ledger.get(Figure::Volume, "kind", "complaint");
    let last = file.month.earlier(1);
    let before = received_by_month(&file.arrivals, &[last])[0].1;
    let name = last.name();
    if now == 0 {
        let month = file.month.name();
        return format!(
            "No complaints in {month}. The month is reviewed all the same: actions, compliments and open cases."
        );
    }
    let compared = match (ink.parts(&[now])[0], ink.parts(&[before])[0]) {
        (Some(now), Some(before)) if now > before => format!("{} more than in {name}", now - before),
        (Some(now), Some(before)) if now < before => format!("{} fewer than in {name}", before - now),
        (Some(_), Some(_)) => format!("as many as in {name}"),
        _ => format!("compared with {name}: hidden"),
    };
    let complaints = match ink.parts(&[now])[0] {
        Some(now) => count(u64::from(now), "complaint", "complaints"),
        None => "Fewer than 5 complaints".to_owned(),
    };
    let late = [Figure::Stage1, Figure::Stage2].map(|figure| ledger.get(figure, "decisions", "late"));
    let late = late.iter().sum::<u32>();
    let late = match (late, ink.number(late)) {
        (0, _) => "No decision was late".to_owned(),
        (1, shown) if shown == "1" => "1 decision was late".to_owned(),
        (_, shown) => format!("{} decisions were late", capital(&shown)),
    };
    format!("{complaints}, {compared}. {late}.")
}

fn cards(file: &ReviewFile, ink: &Ink<'_>) -> Vec<Card> {
    let ledger = file.figures();
    let n = |figure: Figure, group: &str, item: &str| ledger.get(figure, group, item);
    let at = |months: i32| received_by_month(&file.arrivals, &[file.month.earlier(months)])[0].1;
    let in_month = |months: i32, words: String| format!("{} in {words}", ink.number(at(months)));
    let year_ago = file.month.earlier(12);
    let card = |name: &str, (value, note): (String, String), cell: Cell| Card {
        name: name.to_owned(),
        href: ink
            .behind(&cell)
            .filter(|_| n(cell.figure, &cell.group, &cell.item) > 0),
        value: capital(&value),
        note,
    };
    let on_time = |figure| ink.rate_in_two(ledger.rate(figure, "decisions", "in_time"), "none decided");
    let decisions = |figure| Cell::new(figure, "decisions", ALL);
    let (asked, answered) = (
        n(Figure::Escalation, "asked", ALL),
        n(Figure::Escalation, "answered", ALL),
    );
    let suggestions = n(Figure::Volume, "kind", "suggestion");
    vec![
        card(
            "Complaints received",
            (
                ink.number(n(Figure::Volume, "kind", "complaint")),
                match at(12) {
                    0 => in_month(1, file.month.earlier(1).name().to_owned()),
                    _ => format!(
                        "{}, {}",
                        in_month(1, file.month.earlier(1).name().to_owned()),
                        in_month(12, year_ago.words())
                    ),
                },
            ),
            Cell::new(Figure::Volume, "kind", "complaint"),
        ),
        card("Stage 1 on time", on_time(Figure::Stage1), decisions(Figure::Stage1)),
        card("Stage 2 on time", on_time(Figure::Stage2), decisions(Figure::Stage2)),
        card(
            "Asked for stage 2",
            (
                ink.number(asked),
                format!("beside {} stage 1 decisions", ink.number(answered)),
            ),
            Cell::new(Figure::Escalation, "asked", ALL),
        ),
        card(
            "Compliments",
            (
                ink.number(n(Figure::Praise, "service", ALL)),
                match ink.number(suggestions).as_str() {
                    "0" => "and no suggestion".to_owned(),
                    "1" => "and 1 suggestion".to_owned(),
                    shown => format!("and {shown} suggestions"),
                },
            ),
            Cell::new(Figure::Praise, "service", ALL),
        ),
    ]
}

/// So many of the cases behind a notice are named, the latest.
const NAMED: usize = 12;

fn notices(clusters: &[Cluster], names: &Names<'_>) -> Vec<Notice> {
    let looked_up = |cluster: &Cluster| cluster.references.len().saturating_sub(NAMED);
    // Where all that may be named was looked up, the rest of them is what is left of it: others may be counted and not listed.
    let earlier = |cluster: &Cluster| match cluster.references.len() < LOOKED_UP as usize {
        true => looked_up(cluster),
        false => cluster.n as usize - NAMED,
    };
    let notice = |cluster: &Cluster| Notice {
        words: format!(
            "{} complaints about {}, from {} to {}.",
            cluster.n,
            names.both(Some(&cluster.service), Some(&cluster.problem)),
            date_in_year(cluster.first_on),
            date_in_year(cluster.last_on)
        ),
        cases: cluster.references[looked_up(cluster)..].iter().map(link).collect(),
        earlier: earlier(cluster),
    };
    clusters.iter().map(notice).collect()
}

/// The list of months.
pub(super) fn list(seat: &Seat, months: &Months, reader: Reader, shown: Shown) -> ReviewList {
    let (wall, names) = (seat.wall(), Names(&months.in_force));
    let summary = match months.waiting.as_slice() {
        [] => "No review waits.".to_owned(),
        [one] => format!("One review waits: {}{}.", one.month.words(), by(one.due_on)),
        [first @ .., last] => format!(
            "{} reviews wait, the oldest is of {}.",
            first.len() + 1,
            last.month.words()
        ),
    };
    ReviewList {
        summary,
        // They are of the last weeks, and stand beside the months of these.
        notices: match shown {
            Shown::Latest => notices(&months.notices, &names),
            Shown::Earlier => Vec::new(),
        },
        shown,
        lines: months
            .lines
            .iter()
            .map(|line| month_line(line, reader, months.today, &wall))
            .collect(),
        earlier: months
            .next
            .map(|page| address(paths::REVIEW, &[("page", &page.to_string())])),
    }
}

fn by(due_on: Option<Date>) -> String {
    due_on.map_or_else(String::new, |due_on| format!(", by {}", date_in_year(due_on)))
}

fn month_line(line: &Line, reader: Reader, today: Date, wall: &Wall) -> MonthLine {
    let code = line.month.to_string();
    let ink = Ink {
        reader,
        month: Some(&code),
    };
    MonthLine {
        month: Link::new(&line.month.words(), &paths::review(&code)),
        state: tag(line.review.as_ref().map(|review| review.progress), line.due_on, today),
        when: when(line, wall),
        received: capital(&ink.number(line.received)),
        on_time: capital(&ink.rate(line.stage_1, "none decided")),
    }
}

fn when(line: &Line, wall: &Wall) -> String {
    match (&line.review, line.due_on) {
        (Some(review), _) if review.held_on.is_some() => {
            let held_on = review.held_on.unwrap_or(Date::ZERO);
            format!("Held on {}", wall.day_inside(held_on))
        }
        (Some(_), Some(due_on)) => format!("By {}", wall.day_inside(due_on)),
        (Some(_), None) => String::new(),
        (None, _) => format!("Ends on {}", wall.day_inside(line.month.period().last)),
    }
}
