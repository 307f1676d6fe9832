//! Serving the categories: the form, and what a change of them would be. It is published like any version of the procedure.

use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::procedures::{self, CategoriesOf, NotChanged};
use rules::office::categories::{Part, Place, Row, Typed, TypedAxis, written};
use rules::people::Act;
use rules::procedure::{Category, CategoryAxis, CategoryStanding};

use super::{AxisShown, Categories, CategoryShown, NEW_ROWS};
use crate::http::Posted;
use crate::page::form::Errors;
use crate::page::words::date_long;
use crate::staff::desk::{Fault, Seat, StaffForm, form};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::paths;
use crate::staff::procedure::publish::what_changes;

/// The categories.
pub async fn show(seat: Seat) -> Response {
    match page(&seat, None) {
        Ok(page) => seat.page(&page).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// What would change.
pub async fn look(form: StaffForm) -> Response {
    let seat = &form.seat;
    match looked(&form).await {
        Ok(page) => seat.page(&page).await,
        Err(NotChanged::Typed(wrong)) => {
            let mut errors = Errors::none();
            for (place, words) in wrong {
                errors.add(field(&place), words);
            }
            came_back(&form, errors).await
        }
        Err(NotChanged::Same) => {
            let axes = procedures::categories(seat.door.office(), seat.door.person());
            let first = axes.ok().and_then(|of| first_field(&of.base.procedure.categories));
            let words = "Nothing is changed. Rename, add or retire a category first";
            came_back(&form, Errors::none().with(first.unwrap_or_default(), words)).await
        }
        Err(NotChanged::Act(fault)) => Fault::from(fault).into_response(seat, &form.posted).await,
    }
}

async fn looked(form: &StaffForm) -> Result<super::super::procedure::what_changes::WhatChanges, NotChanged> {
    let seat = &form.seat;
    let (office, by) = (seat.door.office(), seat.door.person());
    let CategoriesOf { base, .. } = procedures::categories(office, by)?;
    let typed: Vec<TypedAxis> = base
        .procedure
        .categories
        .iter()
        .map(|axis| typed(&form.posted, axis))
        .collect();
    let text = procedures::with_categories(office, &typed, by)?;
    let looked = procedures::look(office, &text, None, by).await?;
    let back = Link::new("Categories", paths::CATEGORIES);
    Ok(what_changes(seat, &looked, (back, form::fresh())).await)
}

/// What the form says of an axis. A category that the form does not know is left as it is.
fn typed(posted: &Posted, axis: &CategoryAxis) -> TypedAxis {
    let (shown, retired) = (posted.all("known"), posted.all("retired"));
    let known = axis.categories.iter().filter_map(|category| {
        let row = format!("{}-{}", axis.code, category.code);
        shown.contains(&row.as_str()).then(|| Typed {
            code: category.code.clone(),
            name: posted.get(&format!("category-name-{row}")).to_owned(),
            subcategories: posted.get(&format!("category-sub-{row}")).to_owned(),
            standing: match retired.contains(&row.as_str()) {
                true => CategoryStanding::Retired,
                false => CategoryStanding::Offered,
            },
        })
    });
    let added = (1..=NEW_ROWS).map(|number| {
        let get = |part: &str| {
            posted
                .get(&format!("category-{part}-{}-new-{number}", axis.code))
                .to_owned()
        };
        Typed {
            code: get("code"),
            name: get("name"),
            subcategories: get("sub"),
            standing: CategoryStanding::Offered,
        }
    });
    TypedAxis {
        code: axis.code.clone(),
        known: known.collect(),
        added: added.collect(),
    }
}

/// The field of the form where something is to be put right.
fn field(place: &Place) -> String {
    let part = match place.part {
        Part::Code => "code",
        Part::Name => "name",
        Part::Subcategories => "sub",
    };
    match &place.row {
        Row::Known(code) => format!("category-{part}-{}-{code}", place.axis),
        Row::Added(number) => format!("category-{part}-{}-new-{}", place.axis, number + 1),
        Row::All => format!("category-name-{}-new-1", place.axis),
    }
}

fn first_field(axes: &[CategoryAxis]) -> Option<String> {
    let axis = axes.first()?;
    let category = axis.categories.first()?;
    Some(format!("category-name-{}-{}", axis.code, category.code))
}

async fn came_back(form: &StaffForm, errors: Errors) -> Response {
    let seat = &form.seat;
    let state = FormState { errors, ..form.state() };
    match page(seat, Some(state)) {
        Ok(page) => seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        Err(fault) => Fault::from(fault).into_response(seat, &form.posted).await,
    }
}

fn page(seat: &Seat, typed: Option<FormState>) -> Result<Categories, ActError> {
    let CategoriesOf { base, to_come, .. } = procedures::categories(seat.door.office(), seat.door.person())?;
    let procedure = &base.procedure;
    let form = seat
        .may(Act::PublishProcedure)
        .then(|| typed.unwrap_or_else(|| untouched(&procedure.categories)));
    Ok(Categories {
        about: format!("They are part of the procedure, version {}.", procedure.version),
        follows: to_come.map(|day| {
            format!(
                "Version {} comes into force on {}. What you change here follows it, from that day on.",
                procedure.version,
                date_long(day)
            )
        }),
        axes: procedure.categories.iter().map(shown).collect(),
        form,
    })
}

/// A form in which the categories that are retired are ticked.
fn untouched(axes: &[CategoryAxis]) -> FormState {
    let mut fresh = form::fresh();
    for axis in axes {
        let retired = |category: &&Category| category.standing == CategoryStanding::Retired;
        for category in axis.categories.iter().filter(retired) {
            fresh.answers = fresh
                .answers
                .and("retired", &format!("{}-{}", axis.code, category.code));
        }
    }
    fresh
}

fn shown(axis: &CategoryAxis) -> AxisShown {
    let category = |category: &Category| CategoryShown {
        code: category.code.clone(),
        name: category.name.clone(),
        subcategories: written(&category.subcategories),
        standing: match category.standing {
            CategoryStanding::Offered => "Offered".to_owned(),
            CategoryStanding::Retired => "No longer offered".to_owned(),
        },
    };
    AxisShown {
        code: axis.code.clone(),
        name: axis.name.clone(),
        categories: axis.categories.iter().map(category).collect(),
    }
}
