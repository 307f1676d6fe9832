//! Serving the published procedure, made from the procedure that is enforced (R13).

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Weekday;
use rules::clock::Calendar;
use rules::procedure::Procedure;
use rules::procedure::published::{self as source, publish};

use super::{Block, ClosedDay, ProcedurePage, Promise, PublishedCalendar, PublishedProcedure, Section, procedure};
use crate::http::Site;
use crate::page::words::date_long;
use crate::public::answer::page;

/// The procedure on a page to print.
pub(crate) async fn show(State(site): State<Site>) -> Response {
    let in_force = site.public().procedure();
    let today = in_force.setting(site.public().now()).today();
    let shown = ProcedurePage {
        procedure: published(&in_force.procedure),
        calendar: calendar(&in_force.calendar, today),
    };
    page(procedure(&site.institution(), &shown))
}

/// The procedure in words for everybody.
pub(crate) fn published(procedure: &Procedure) -> PublishedProcedure {
    let words = publish(procedure);
    PublishedProcedure {
        title: words.title,
        version: words.version,
        valid_from: words.valid_from,
        intro: words.intro,
        promises: words
            .promises
            .into_iter()
            .map(|promise| Promise {
                when: promise.head,
                what: promise.text,
            })
            .collect(),
        sections: words
            .sections
            .into_iter()
            .map(|section| Section {
                id: section.id,
                heading: section.heading,
                time: section.time,
                paragraphs: section.blocks.into_iter().map(block).collect(),
            })
            .collect(),
    }
}

fn block(block: source::Block) -> Block {
    match block {
        source::Block::Paragraph(text) => Block::Paragraph(text),
        source::Block::Bullets(items) => Block::List(items),
    }
}

/// How many of the coming days off are listed.
const DAYS_LISTED: usize = 24;

fn calendar(calendar: &Calendar, today: jiff::civil::Date) -> PublishedCalendar {
    let coming = calendar
        .days()
        .range(today..)
        .filter(|(day, _)| !calendar.weekend().contains(&day.weekday()));
    PublishedCalendar {
        name: calendar.name().to_owned(),
        working_week: working_week(calendar.weekend()),
        sources: calendar.source().split("; ").map(str::to_owned).collect(),
        read_on: date_long(calendar.source_date()),
        closed_days: coming
            .take(DAYS_LISTED)
            .map(|(day, off)| ClosedDay {
                date: date_long(*day),
                what: off.name.clone(),
            })
            .collect(),
        known_until: date_long(*calendar.covered_days().end()),
    }
}

fn working_week(weekend: &[Weekday]) -> String {
    if weekend.contains(&Weekday::Saturday) && weekend.contains(&Weekday::Sunday) && weekend.len() == 2 {
        return "Monday to Friday, except the days below".to_owned();
    }
    let off: Vec<String> = weekend.iter().map(|day| format!("{day:?}")).collect();
    format!("Every day but {}, except the days below", off.join(" and "))
}
