//! The charts of a month: volume, services, stage 1 on time, outcomes; each with a headline that says the finding.

use casework::review::ReviewFile;
use casework::review::months::on_time;
use documents::chart::{About, Bar, Column, Columns, Line, Look, Part, Point, Stack};
use rules::case::vocabulary::Outcome;
use rules::review::ledger::ALL;
use rules::review::{By, Comparison, Figure, Month, Rate, Reader, comparisons, received_by_month};

use super::names::Names;
use super::numbers::{FEWER, Ink, tenths};
use crate::page::chart::{BarRow, Bars, Chart, Picture};
use rules::sentence::capital;

/// How many services stand in the chart; the rest is in the tables.
const SERVICES: usize = 8;

/// The charts of a month; those with nothing to draw are left out.
pub(super) fn charts(file: &ReviewFile, ink: &Ink<'_>) -> Vec<Chart> {
    let mut charts = vec![received(file, ink)];
    charts.extend(services(file, ink));
    charts.extend(stage_1(file, ink));
    charts.extend(outcomes(file, ink));
    charts
}

/// The twelve months that end with this one; those before anything was recorded are left out.
fn year(file: &ReviewFile) -> Vec<Month> {
    let first = file.arrivals.iter().map(|row| row.month).min().unwrap_or(file.month);
    let year = (0..12).map(|back| file.month.earlier(11 - back));
    year.filter(|month| *month >= first).collect()
}

fn about(id: &str, title: String, description: String, (rows, numbers): (&str, &str)) -> About {
    About {
        id: id.to_owned(),
        title,
        description,
        rows: rows.to_owned(),
        numbers: numbers.to_owned(),
    }
}

fn received(file: &ReviewFile, ink: &Ink<'_>) -> Chart {
    let months = received_by_month(&file.arrivals, &year(file));
    let column = |(month, n): &(Month, u32)| {
        let value = ink.parts(&[*n])[0];
        Column {
            label: month.name()[..3].to_owned(),
            name: month.words(),
            value,
            shown: value.map_or_else(|| FEWER.to_owned(), |n| n.to_string()),
        }
    };
    let columns: Vec<Column> = months.iter().map(column).collect();
    let (first, last) = (months[0].0, file.month);
    let spoken: Vec<String> = columns
        .iter()
        .map(|column| format!("{} {}", column.name, column.shown))
        .collect();
    let title = "Complaints received each month".to_owned();
    let description = format!("From {} to {}: {}.", first.words(), last.words(), spoken.join(", "));
    let drawing = Columns {
        about: about("received", title.clone(), description, ("Month", "Complaints")),
        columns,
    };
    Chart {
        headline: volume(&months, file.month),
        sub: title,
        picture: Picture::Drawn(drawing.draw()),
    }
}

/// "September had the most complaints in a year", or how it stands to the month before.
fn volume(months: &[(Month, u32)], month: Month) -> String {
    let now = months.last().map_or(0, |(_, n)| *n);
    let before: Vec<u32> = months.iter().rev().skip(1).map(|(_, n)| *n).collect();
    let whole_year = before.iter().filter(|n| **n > 0).count() >= 11;
    let name = month.name();
    match before.first() {
        _ if now == 0 => format!("{name} had no complaint"),
        _ if whole_year && before.iter().all(|n| *n < now) => format!("{name} had the most complaints in a year"),
        _ if whole_year && before.iter().all(|n| *n > now) => format!("{name} had the fewest complaints in a year"),
        Some(last) if *last < now => format!("More complaints in {name} than in the month before"),
        Some(last) if *last > now => format!("Fewer complaints in {name} than in the month before"),
        _ => format!("As many complaints in {name} as in the month before"),
    }
}

fn services(file: &ReviewFile, ink: &Ink<'_>) -> Option<Chart> {
    let names = Names(&file.in_force);
    let compared = comparisons(&file.arrivals, file.month, By::Service);
    let shown: Vec<&Comparison> = compared
        .iter()
        .filter(|row| row.now > 0 || row.month_before > 0)
        .take(SERVICES)
        .collect();
    if shown.is_empty() {
        return None;
    }
    let rest = compared.iter().filter(|row| !shown.contains(row));
    let rest = rest.fold((0, 0), |sum, row| (sum.0 + row.now, sum.1 + row.month_before));
    let others = (rest != (0, 0)).then(|| ("Every other service".to_owned(), rest));
    let named = shown
        .iter()
        .map(|row| (names.service(row.code.as_deref()), (row.now, row.month_before)));
    let lines: Vec<(String, (u32, u32))> = named.chain(others).collect();
    let now = ink.parts(&lines.iter().map(|(_, (now, _))| *now).collect::<Vec<_>>());
    let before = ink.parts(&lines.iter().map(|(_, (_, before))| *before).collect::<Vec<_>>());
    let most = lines
        .iter()
        .map(|(_, (now, before))| *now.max(before))
        .max()
        .unwrap_or(0);
    let short = |month: Month| month.name()[..3].to_owned();
    let number = |n: Option<u32>| n.map_or_else(|| "<5".to_owned(), |n| n.to_string());
    let rows = lines
        .into_iter()
        .zip(now.iter().zip(&before))
        .map(|((label, _), (now, before))| BarRow {
            label,
            bar: Bar {
                value: *now,
                before: *before,
                most,
            },
            shown: (number(*now), number(*before)),
        });
    let last = file.month.earlier(1);
    Some(Chart {
        headline: risen(&shown, &names, ink),
        sub: format!("Complaints by service. The black line marks {}", last.name()),
        picture: Picture::Bars(Bars {
            caption: format!("Complaints by service, {} and {}", file.month.name(), last.name()),
            rows_head: "Service".to_owned(),
            heads: (short(file.month), short(last)),
            rows: rows.collect(),
        }),
    })
}

/// The service that rose most above its mean of 12 months, or the one with the most complaints.
fn risen(rows: &[&Comparison], names: &Names<'_>, ink: &Ink<'_>) -> String {
    let categorised = || rows.iter().filter(|row| row.code.is_some());
    let above = |row: &&&Comparison| i64::from(row.now) * 10 - i64::from(row.mean_12_tenths);
    let most = categorised()
        .max_by_key(above)
        .filter(|row| above(row) > 10 && row.now >= 3);
    match (most, categorised().next()) {
        (Some(row), _) if ink.parts(&[row.now])[0].is_some() => format!(
            "{}: {}, usually {} a month",
            names.service(row.code.as_deref()),
            row.now,
            tenths(row.mean_12_tenths)
        ),
        (_, Some(row)) => format!("Most often: {}", names.service(row.code.as_deref())),
        (_, None) => "Nobody has categorised a complaint yet".to_owned(),
    }
}

fn stage_1(file: &ReviewFile, ink: &Ink<'_>) -> Option<Chart> {
    let months = year(file);
    let rates: Vec<(Month, Rate)> = months
        .iter()
        .map(|month| (*month, on_time(&file.decisions, *month, 1)))
        .collect();
    if rates.iter().all(|(_, rate)| rate.whole == 0) {
        return None;
    }
    let point = |(month, rate): &(Month, Rate)| Point {
        label: month.name()[..3].to_owned(),
        name: month.words(),
        percent: ink.percent(*rate),
        shown: capital(&ink.rate(*rate, "none decided")),
    };
    let points: Vec<Point> = rates.iter().map(point).collect();
    let drawn = points.iter().filter(|point| point.percent.is_some()).count();
    if file.reader == Reader::NotEntitled && 2 * drawn < points.len() {
        // A line of which most is hidden says nothing; the pack says what may be said.
        return None;
    }
    let spoken: Vec<String> = points
        .iter()
        .map(|point| format!("{} {}", point.name, point.shown))
        .collect();
    let title = "Stage 1 decisions on time".to_owned();
    let now = file.figures().rate(Figure::Stage1, "decisions", "in_time");
    let drawing = Line {
        about: about(
            "on-time",
            title,
            format!("{}.", spoken.join(", ")),
            ("Month", "On time"),
        ),
        points,
        aim: None,
    };
    Some(Chart {
        headline: match now.whole {
            0 => format!("No stage 1 decision was told in {}", file.month.name()),
            _ => format!("Stage 1 on time: {}", ink.rate(now, "")),
        },
        sub: "Told within the procedure's own limit, without extension".to_owned(),
        picture: Picture::Drawn(drawing.draw()),
    })
}

fn outcomes(file: &ReviewFile, ink: &Ink<'_>) -> Option<Chart> {
    let ledger = file.figures();
    let found =
        |item: &str| ledger.get(Figure::Outcome, "stage-1", item) + ledger.get(Figure::Outcome, "stage-2", item);
    let all = found(ALL);
    if all == 0 {
        return None;
    }
    let looks = [
        (Outcome::Upheld, Look::Full),
        (Outcome::PartlyUpheld, Look::Hatched),
        (Outcome::NotUpheld, Look::Quiet),
        (Outcome::Resolved, Look::Outlined),
    ];
    let numbers: Vec<u32> = looks.iter().map(|(outcome, _)| found(outcome.code())).collect();
    let seen = ink.parts(&numbers);
    let parts = looks.iter().zip(&seen).map(|((outcome, look), seen)| Part {
        name: capital(outcome.words()),
        value: *seen,
        shown: match seen {
            None => "hidden".to_owned(),
            Some(n) => match Rate::of(*n, all).percent() {
                Some(percent) => format!("{n} ({percent}%)"),
                None => n.to_string(),
            },
        },
        look: *look,
    });
    let parts: Vec<Part> = parts.collect();
    let spoken: Vec<String> = parts
        .iter()
        .map(|part| format!("{} {}", part.name, part.shown))
        .collect();
    let upheld = Rate::of(found("upheld") + found("partly_upheld"), all);
    Some(Chart {
        headline: format!("Upheld in full or in part: {}", ink.rate(upheld, "")),
        sub: format!("Decisions told in {}, both stages", file.month.name()),
        picture: Picture::Stacked(Stack {
            about: about(
                "outcomes",
                "Outcomes of decisions".to_owned(),
                format!("{}.", spoken.join(", ")),
                ("Outcome", "Decisions"),
            ),
            parts,
        }),
    })
}
