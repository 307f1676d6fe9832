//! Saved views of the list of all cases: a name for what the list is narrowed by, and nothing about any case (R40).

use serde::{Deserialize, Serialize};

use crate::case::change::{Refused, permit};
use crate::people::{Act, Person};
use crate::unseen::without_unseen;

/// How many views one person keeps, and the office: more than fit above a list are not found faster than the filters are set.
pub const MOST: usize = 12;
/// The longest name, in characters: it stands in a row with others.
pub const LONGEST_NAME: usize = 40;
/// The longest question, in characters; one with every filter has about 150.
const LONGEST_QUERY: usize = 400;

/// Whose a view is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// One person's own.
    Own,
    /// Everybody's in the office.
    Office,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its number on its shelf; never given twice.
    pub number: u32,
    /// What it is called.
    pub name: String,
    /// The filters as an address asks them: "owner=5&late=yes". Codes and days, never a word of a case.
    pub query: String,
}

/// The views of one person, or those of the office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    /// How many numbers were given.
    #[serde(default)]
    given: u32,
    /// The views in the order in which they were saved.
    #[serde(default)]
    pub views: Vec<View>,
}

/// Only who leads work decides what everybody finds above the list.
///
/// # Errors
/// When somebody else would change what is shared.
pub fn may_keep(whose: Whose, by: &Person) -> Result<(), Refused> {
    permit(by, Act::SeeCases)?;
    match whose {
        Whose::Own => Ok(()),
        Whose::Office => permit(by, Act::ShareViews),
    }
}

impl Shelf {
    /// The shelf with one more view.
    ///
    /// # Errors
    /// Beside the name: when it is missing, too long or given; when the shelf is full or the question none that an address could ask.
    pub fn with(mut self, name: &str, query: &str) -> Result<Shelf, Refused> {
        let name = self.free_name(name, None)?;
        if self.views.len() >= MOST {
            let words = format!("There are {MOST} views already. Delete one that is not used, then save this one");
            return Err(Refused::field("name", words));
        }
        let is_a_question = query.chars().count() <= LONGEST_QUERY && query.chars().all(|one| one.is_ascii_graphic());
        if query.is_empty() || !is_a_question {
            return Err(Refused::field(
                "name",
                "Narrow the list first: there is nothing to save",
            ));
        }
        self.given += 1;
        self.views.push(View {
            number: self.given,
            name,
            query: query.to_owned(),
        });
        Ok(self)
    }

    /// The shelf with another name for a view.
    ///
    /// # Errors
    /// Beside the name: when it is missing, too long or given; when the view is gone.
    pub fn renamed(mut self, number: u32, name: &str) -> Result<Shelf, Refused> {
        let name = self.free_name(name, Some(number))?;
        let view = self
            .views
            .iter_mut()
            .find(|view| view.number == number)
            .ok_or_else(gone)?;
        view.name = name;
        Ok(self)
    }

    /// The shelf without a view; one that is gone already is no fault.
    #[must_use]
    pub fn without(mut self, number: u32) -> Shelf {
        self.views.retain(|view| view.number != number);
        self
    }

    /// A view by its number.
    pub fn view(&self, number: u32) -> Option<&View> {
        self.views.iter().find(|view| view.number == number)
    }

    fn free_name(&self, typed: &str, of: Option<u32>) -> Result<String, Refused> {
        let name = without_unseen(typed).split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Refused::field("name", "Give the view a name"));
        }
        if name.chars().count() > LONGEST_NAME {
            let words = format!("Use a name of at most {LONGEST_NAME} characters");
            return Err(Refused::field("name", words));
        }
        let same = |view: &&View| Some(view.number) != of && view.name.to_lowercase() == name.to_lowercase();
        match self.views.iter().find(same) {
            Some(view) => Err(Refused::field(
                "name",
                format!("There is a view called “{}” already. Choose another name", view.name),
            )),
            None => Ok(name),
        }
    }
}

fn gone() -> Refused {
    Refused::NotNow("Somebody deleted this view meanwhile.".to_owned())
}
