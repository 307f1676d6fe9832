//! The saved views that the people of the demonstration have, told by a data file.

use std::sync::Arc;

use casework::{Office, views};
use rules::office::views::Whose;
use serde::Deserialize;

use super::DemoError;
use super::people::Staff;
use super::texts::read;

const FILE: &str = "views.toml";
const VIEWS: &str = include_str!("../../demo/views.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ViewsFile {
    view: Vec<Saved>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    by: String,
    name: String,
    query: String,
    #[serde(default)]
    for_the_office: bool,
}

/// Saves them.
pub(super) async fn save(office: &Arc<Office>, staff: &Staff) -> Result<(), DemoError> {
    let file: ViewsFile = read(FILE, VIEWS)?;
    for Saved {
        by,
        name,
        query,
        for_the_office,
    } in file.view
    {
        let whose = match for_the_office {
            true => Whose::Office,
            false => Whose::Own,
        };
        views::save(office, staff.get(&by)?, whose, &name, &query).await?;
    }
    Ok(())
}
