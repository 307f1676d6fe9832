//! Saved views of the list of all cases: kept per person or for the office, as settings; what they count is counted for who looks (R40).

use std::fmt;
use std::str::FromStr;

use rules::case::Refused;
use rules::office::views::{Shelf, View, Whose, may_keep};
use rules::people::Person;
use serde::{Deserialize, Serialize};
use storage::settings;

use crate::kept::kept;
use crate::{ActError, Office};

/// A view by whose it is and its number: "own-3", "office-1".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewId {
    /// Whose.
    pub whose: Whose,
    /// Its number.
    pub number: u32,
}

impl fmt::Display for ViewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whose = match self.whose {
            Whose::Own => "own",
            Whose::Office => "office",
        };
        write!(f, "{whose}-{}", self.number)
    }
}

impl FromStr for ViewId {
    type Err = ActError;

    fn from_str(text: &str) -> Result<ViewId, ActError> {
        let (whose, number) = text.split_once('-').ok_or(ActError::NotFound)?;
        Ok(ViewId {
            whose: match whose {
                "own" => Whose::Own,
                "office" => Whose::Office,
                _ => return Err(ActError::NotFound),
            },
            number: number.parse().map_err(|_| ActError::NotFound)?,
        })
    }
}

/// What somebody finds above the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Views {
    /// Their own.
    pub own: Shelf,
    /// Those of the office.
    pub office: Shelf,
    start: Option<ViewId>,
}

impl Views {
    /// All of them, their own first.
    pub fn all(&self) -> impl Iterator<Item = (ViewId, &View)> {
        let numbered = |whose| move |view| (id(whose, view), view);
        let own = self.own.views.iter().map(numbered(Whose::Own));
        own.chain(self.office.views.iter().map(numbered(Whose::Office)))
    }

    /// The view with which the list opens for them; none where it was deleted.
    pub fn start(&self) -> Option<(ViewId, &View)> {
        self.all().find(|(id, _)| Some(*id) == self.start)
    }
}

fn id(whose: Whose, view: &View) -> ViewId {
    ViewId {
        whose,
        number: view.number,
    }
}

/// The views that somebody finds above the list.
///
/// # Errors
/// When the store cannot be read.
pub async fn of(office: &Office, by: &Person) -> Result<Views, ActError> {
    let id = by.id.0;
    office
        .store
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, ActError>(Views {
                    own: kept(tx, &shelf_key(Whose::Own, id)).await?,
                    office: kept(tx, &shelf_key(Whose::Office, id)).await?,
                    start: kept::<Start>(tx, &start_key(id)).await?.view,
                })
            })
        })
        .await
}

/// Saves what a list is narrowed by under a name.
///
/// # Errors
/// See [`Shelf::with`] and [`may_keep`].
pub async fn save(office: &Office, by: &Person, whose: Whose, name: &str, query: &str) -> Result<(), ActError> {
    let (name, query) = (name.to_owned(), query.to_owned());
    change(office, by, whose, move |shelf| shelf.with(&name, &query)).await
}

/// Gives a view another name.
///
/// # Errors
/// See [`Shelf::renamed`] and [`may_keep`].
pub async fn rename(office: &Office, by: &Person, view: ViewId, name: &str) -> Result<(), ActError> {
    let name = name.to_owned();
    change(office, by, view.whose, move |shelf| shelf.renamed(view.number, &name)).await
}

/// Deletes a view.
///
/// # Errors
/// See [`may_keep`].
pub async fn delete(office: &Office, by: &Person, view: ViewId) -> Result<(), ActError> {
    change(office, by, view.whose, move |shelf| Ok(shelf.without(view.number))).await
}

/// Makes a view the one with which the list opens for this person; none opens it as it is.
///
/// # Errors
/// [`Refused::NotAllowed`] when they may not see cases; when the store cannot be written.
pub async fn start_with(office: &Office, by: &Person, view: Option<ViewId>) -> Result<(), ActError> {
    may_keep(Whose::Own, by)?;
    let (key, now) = (start_key(by.id.0), office.now());
    let json = serde_json::to_string(&Start { view })?;
    let kept = office
        .store
        .write(move |tx| Box::pin(async move { settings::put(tx, &key, &json, now).await }));
    Ok(kept.await?)
}

/// Which view opens the list.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Start {
    view: Option<ViewId>,
}

/// Two who change a shelf at once both find their change on it: it is read and written in one transaction.
async fn change<R>(office: &Office, by: &Person, whose: Whose, rule: R) -> Result<(), ActError>
where
    R: FnOnce(Shelf) -> Result<Shelf, Refused> + Send + 'static,
{
    may_keep(whose, by)?;
    let (key, now) = (shelf_key(whose, by.id.0), office.now());
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                let shelf = rule(kept(tx, &key).await?)?;
                let json = serde_json::to_string(&shelf)?;
                Ok::<_, ActError>(settings::put(tx, &key, &json, now).await?)
            })
        })
        .await
}

fn shelf_key(whose: Whose, person: i64) -> String {
    match whose {
        Whose::Own => format!("views:{person}"),
        Whose::Office => "views:office".to_owned(),
    }
}

fn start_key(person: i64) -> String {
    format!("views:start:{person}")
}
