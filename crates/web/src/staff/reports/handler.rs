//! Serving reports, as a page and as a file.

use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::review::report::{Report, year_of};
use jiff::civil::Date;
use rules::case::Refused;
use rules::confidential::looks::Way;
use rules::review::{Ledger, Month, Period};

use super::{Counted, Line, ReportPage};
use crate::http::asked::address;
use crate::http::{Asked, Posted};
use crate::page::words::{date_brief, date_in_year, date_long, day_brief};
use crate::staff::desk::{Done, Fault, Seat};
use crate::staff::parts::filters::Filter;
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::table_file::{plain, table_file};
use crate::staff::paths;
use crate::staff::review::month::Figure;
use crate::staff::review::serve::figures::figures_of;
use crate::staff::review::serve::numbers::Ink;

/// The columns of the file: a line for each number of each table.
const COLUMNS: [&str; 7] = ["from", "until", "figure", "table", "row", "measure", "value"];

/// The page.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    match seat.door.report(asked.get("from"), asked.get("until")).await {
        Ok(report) => seat.page(&page(&report, &asked)).await,
        Err(fault) => {
            let fault = Fault::from(fault);
            match fault.beside_fields("from") {
                Some(errors) => {
                    let form = FormState {
                        errors,
                        ..typed(&asked)
                    };
                    let page = ReportPage {
                        summary: "No days were counted.".to_owned(),
                        ranges: ranges(&seat, None),
                        form,
                        counted: None,
                    };
                    seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
                }
                None => fault.into_response(&seat, &Posted::default()).await,
            }
        }
    }
}

/// The file.
pub async fn save(seat: Seat, asked: Asked) -> Response {
    match seat.door.report(asked.get("from"), asked.get("until")).await {
        Ok(report) => {
            let name = format!("figures-{}-{}.csv", report.period.first, report.period.last);
            let before = report
                .before
                .iter()
                .flat_map(|(period, ledger)| rows(&report, *period, ledger));
            let all: Vec<_> = rows(&report, report.period, &report.figures)
                .into_iter()
                .chain(before)
                .collect();
            let days = format!("{}..{}", report.period.first, report.period.last);
            match seat.door.takes(Way::Figures, &days).await {
                Ok(()) => table_file(&name, &COLUMNS, &all),
                Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
            }
        }
        // What is wrong with the days is said on the page, beside them.
        Err(ActError::Refused(Refused::Fields { .. })) => {
            let typed = [("from", asked.get("from")), ("until", asked.get("until"))];
            Done::see(&address(paths::REPORTS, &typed))
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

fn rows(report: &Report, period: Period, ledger: &Ledger) -> Vec<[String; 7]> {
    let mut rows = Vec::new();
    for figure in figures(report, ledger) {
        for table in &figure.tables {
            for (row, numbers) in &table.rows {
                for (measure, number) in table.heads.iter().zip(numbers) {
                    let words = [&figure.name, &table.caption, row, measure, &number.shown];
                    let [name, caption, row, measure, value] = words.map(|words| plain(words.clone()));
                    let (from, until) = (period.first.to_string(), period.last.to_string());
                    rows.push([from, until, name, caption, row, measure, value]);
                }
            }
        }
    }
    rows
}

fn figures(report: &Report, ledger: &Ledger) -> Vec<Figure> {
    let ink = Ink {
        reader: report.reader,
        month: None,
    };
    figures_of(ledger, &report.in_force, &ink)
}

fn page(report: &Report, asked: &Asked) -> ReportPage {
    let shown = figures(report, &report.figures);
    let earlier = report.before.as_ref().map(|(_, ledger)| figures(report, ledger));
    let line = |(at, figure): (usize, &Figure)| Line {
        figure: Link::new(&figure.name, &format!("#{}", figure.id)),
        now: figure.answer.clone(),
        before: earlier
            .as_ref()
            .and_then(|earlier| earlier.get(at))
            .map_or_else(String::new, |figure| figure.answer.clone()),
    };
    let (first, last) = (report.period.first.to_string(), report.period.last.to_string());
    let days = [("from", first.as_str()), ("until", last.as_str())];
    let unfold = [days[0], days[1], ("show", "whole")];
    ReportPage {
        summary: format!("{}, as the figures stand today.", days_of(report.period)),
        ranges: ranges_on(
            report.today,
            year_of(&report.in_force, report.today),
            Some(report.period),
        ),
        form: FormState::default().answered(&days),
        counted: Some(Counted {
            lines: shown.iter().enumerate().map(line).collect(),
            before: report.before.as_ref().map(|(period, _)| short_days(*period)),
            whole: asked.get("show") == "whole",
            unfold: Link::new("Unfold them all, to print", &address(paths::REPORTS, &unfold)),
            file: Link::new("Save as a table (CSV)", &address(paths::REPORTS_FILE, &days)),
            figures: shown,
        }),
    }
}

fn typed(asked: &Asked) -> FormState {
    FormState::default().answered(&[("from", asked.get("from")), ("until", asked.get("until"))])
}

/// "Saturday 1 August to Wednesday 25 November 2026".
fn days_of(period: Period) -> String {
    match (period.first == period.last, period.first.year() == period.last.year()) {
        (true, _) => date_long(period.last),
        (false, true) => format!("{} to {}", date_in_year(period.first), date_long(period.last)),
        (false, false) => format!("{} to {}", date_long(period.first), date_long(period.last)),
    }
}

/// "1 Aug to 25 Nov 2025".
fn short_days(period: Period) -> String {
    let (first, last) = (period.first, period.last);
    match first.year() == last.year() {
        true => format!("{} to {}", day_brief(first), date_brief(last)),
        false => format!("{} to {}", date_brief(first), date_brief(last)),
    }
}

fn ranges(seat: &Seat, shown: Option<Period>) -> Vec<Filter> {
    let in_force = seat.door.office().active();
    let today = in_force.setting(seat.door.office().now()).today();
    ranges_on(today, year_of(&in_force, today), shown)
}

/// This year and the one before by the procedure's own reckoning, the last twelve whole months, and this month.
fn ranges_on(today: Date, year: Period, shown: Option<Period>) -> Vec<Filter> {
    let month = Month::of(today);
    let so_far = |first: Date| Period { first, last: today };
    let ranges = [
        ("This year so far", so_far(year.first)),
        ("Last year", Period::year_from(Month::of(year.first).earlier(12))),
        ("Last 12 months", Period::year_from(month.earlier(12))),
        ("This month so far", so_far(month.period().first)),
    ];
    let filter = |(label, period): (&str, Period)| {
        let (first, last) = (period.first.to_string(), period.last.to_string());
        let filter = Filter::new(label, &address(paths::REPORTS, &[("from", &first), ("until", &last)]));
        if shown == Some(period) {
            filter.in_force()
        } else {
            filter
        }
    };
    ranges.map(filter).into()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_ranges_that_are_offered_are_those_of_the_procedures_year() {
        let year = rules::review::asked::business_year(date(2026, 11, 25), 8);
        let offered = ranges_on(
            date(2026, 11, 25),
            year,
            Some(Period::year_from("2025-11".parse().unwrap())),
        );
        let links: Vec<&str> = offered.iter().map(|range| range.href.as_str()).collect();
        assert_eq!(
            links,
            [
                "/staff/reports?from=2026-08-01&until=2026-11-25",
                "/staff/reports?from=2025-08-01&until=2026-07-31",
                "/staff/reports?from=2025-11-01&until=2026-10-31",
                "/staff/reports?from=2026-11-01&until=2026-11-25",
            ]
        );
        let current: Vec<bool> = offered.iter().map(|range| range.current).collect();
        assert_eq!(current, [false, false, true, false]);
    }

    #[test]
    fn days_are_said_once_with_their_year() {
        let days = |first, last| days_of(Period { first, last });
        assert_eq!(
            days(date(2026, 8, 1), date(2026, 11, 25)),
            "Saturday 1 August to Wednesday 25 November 2026"
        );
        assert_eq!(days(date(2026, 8, 1), date(2026, 8, 1)), "Saturday 1 August 2026");
    }
}
