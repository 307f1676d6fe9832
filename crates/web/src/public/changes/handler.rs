//! Serving "You said, we did".

use axum::extract::State;
use axum::response::Response;
use casework::review::changes::{Changes, Late, PublicMonth};
use documents::chart::{About, Column, Columns};
use rules::procedure::Catalogue;
use rules::review::suppress::SMALLEST;
use rules::review::{Month, Rate, Shown};

use super::{Area, ChangesPage, DatedChange, Figures, changes};
use crate::http::Site;
use crate::page::chart::{Chart, Picture};
use crate::public::answer::{failed, page};

/// The page, with what was published until now.
pub(crate) async fn show(State(site): State<Site>) -> Response {
    match site.public().changes().await {
        Ok(found) => {
            let today = found.in_force.setting(site.public().now()).today();
            page(changes(&site.institution(), &shown(&found, Month::of(today))))
        }
        Err(fault) => failed(&site, &fault, None),
    }
}

fn shown(found: &Changes, this_month: Month) -> ChangesPage {
    ChangesPage {
        areas: areas(found),
        // The running month is reviewed in the next one, and what is done after that can be published.
        first_in: this_month.later(1).name().to_owned(),
        figures: (!found.months.is_empty()).then(|| figures(found)),
    }
}

fn areas(found: &Changes) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    for change in &found.changes {
        let name = service(&found.in_force.catalogue, change.service.as_deref());
        let dated = DatedChange {
            you_said: change.you_said.clone(),
            we_did: change.we_did.clone(),
            when: Month::of(change.on).words(),
        };
        match areas.iter_mut().find(|area| area.name == name) {
            Some(area) => area.changes.push(dated),
            None => areas.push(Area {
                name,
                changes: vec![dated],
            }),
        }
    }
    areas
}

/// What a service is called; changes that belong to none come under a name of their own.
fn service(catalogue: &Catalogue, code: Option<&str>) -> String {
    let found = code.and_then(|code| catalogue.name("service", code));
    found.unwrap_or("Across services").to_owned()
}

fn figures(found: &Changes) -> Figures {
    Figures {
        received: received(&found.months),
        on_time: match found.stage_1 {
            (Shown::Number(part), Shown::Number(whole)) => match Rate::of(part, whole).percent() {
                Some(percent) => format!("{percent}% of decisions on time ({part} of {whole})"),
                None => "No decision yet".to_owned(),
            },
            (Shown::Hidden, Shown::Number(whole)) => format!("{whole} decisions at stage 1"),
            (_, Shown::Hidden) => "Decisions at stage 1".to_owned(),
        },
        months: found
            .months
            .iter()
            .map(|month| {
                let late = match month.late {
                    Late::Number(n) => n.to_string(),
                    Late::Few => few(),
                    Late::Hidden => "not shown".to_owned(),
                };
                [month.month.words(), number(month.decided), late]
            })
            .collect(),
    }
}

fn number(shown: Shown) -> String {
    match shown {
        Shown::Number(n) => n.to_string(),
        Shown::Hidden => few(),
    }
}

fn few() -> String {
    format!("fewer than {SMALLEST}")
}

fn received(months: &[PublicMonth]) -> Chart {
    let columns: Vec<Column> = months
        .iter()
        .map(|month| Column {
            label: month.month.name()[..3].to_owned(),
            name: month.month.words(),
            value: match month.received {
                Shown::Number(n) => Some(n),
                Shown::Hidden => None,
            },
            shown: number(month.received),
        })
        .collect();
    let spoken: Vec<String> = columns
        .iter()
        .map(|column| format!("{} {}", column.name, column.shown))
        .collect();
    let drawing = Columns {
        about: About {
            id: "received".to_owned(),
            title: "Complaints received each month".to_owned(),
            description: format!("{}.", spoken.join(", ")),
            rows: "Month".to_owned(),
            numbers: "Complaints".to_owned(),
        },
        columns,
    };
    Chart {
        headline: match months.last() {
            Some(last) => match last.received {
                Shown::Number(n) => format!("{n} complaints in {}", last.month.name()),
                Shown::Hidden => format!("Fewer than {SMALLEST} complaints in {}", last.month.name()),
            },
            None => "Complaints".to_owned(),
        },
        sub: "Complaints received each month".to_owned(),
        picture: Picture::Drawn(drawing.draw()),
    }
}
