//! Categories as people change them in a form: renamed, added, retired; never taken out, and no code is used twice (R60).

use std::collections::BTreeSet;

use crate::procedure::{Catalogue, Category, CategoryAxis, CategoryStanding, CodedName, ConfidentialCheck};

/// A category as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// A line for each subcategory: its code, a comma, its name.
    pub subcategories: String,
    /// Whether it can still be chosen.
    pub standing: CategoryStanding,
}

/// An axis as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedAxis {
    /// Its code.
    pub code: String,
    /// The categories that are there already, in any order.
    pub known: Vec<Typed>,
    /// Those that are to be added; a row without code and name is none.
    pub added: Vec<Typed>,
}

/// Where something is to be put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The axis.
    pub axis: String,
    /// Which of its rows.
    pub row: Row,
    /// Which box of the row.
    pub part: Part,
}

/// A row of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// That of the category with this code.
    Known(String),
    /// The one with this number among those to be added, from 0.
    Added(usize),
    /// The axis as a whole.
    All,
}

/// A box of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The code.
    Code,
    /// The name.
    Name,
    /// The subcategories.
    Subcategories,
}

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// The longest code, in characters.
const LONGEST_CODE: usize = 20;

/// The axes as they are to be. What the form does not name stays.
///
/// # Errors
/// What to put right and where, in the order of the form.
pub fn changed(
    axes: &[CategoryAxis],
    ever: &Catalogue,
    typed: &[TypedAxis],
) -> Result<Vec<CategoryAxis>, Vec<(Place, String)>> {
    let mut wrong = Vec::new();
    let mut after = axes.to_vec();
    for typed in typed {
        let Some(axis) = after.iter_mut().find(|axis| axis.code == typed.code) else {
            continue;
        };
        change_known(axis, typed, &mut wrong);
        add_new(axis, ever, typed, &mut wrong);
        names_differ(axis, typed, &mut wrong);
        if !axis.categories.iter().any(Category::is_offered) {
            let place = place(&typed.code, Row::All, Part::Name);
            wrong.push((place, "Keep at least one category that can be chosen".to_owned()));
        }
    }
    if wrong.is_empty() { Ok(after) } else { Err(wrong) }
}

type Wrong = Vec<(Place, String)>;

fn place(axis: &str, row: Row, part: Part) -> Place {
    Place {
        axis: axis.to_owned(),
        row,
        part,
    }
}

fn change_known(axis: &mut CategoryAxis, typed: &TypedAxis, wrong: &mut Wrong) {
    for row in &typed.known {
        let Some(category) = axis.categories.iter_mut().find(|category| category.code == row.code) else {
            continue;
        };
        let at = |part| place(&typed.code, Row::Known(row.code.clone()), part);
        match name(&row.name) {
            Ok(name) => category.name = name,
            Err(why) => wrong.push((at(Part::Name), format!("{}: {why}", row.code))),
        }
        match subcategories(&row.subcategories) {
            Ok(list) => category.subcategories = list,
            Err(why) => wrong.push((at(Part::Subcategories), format!("{}: {why}", row.code))),
        }
        category.standing = row.standing;
    }
}

fn add_new(axis: &mut CategoryAxis, ever: &Catalogue, typed: &TypedAxis, wrong: &mut Wrong) {
    for (number, row) in typed.added.iter().enumerate() {
        if row.code.trim().is_empty() && row.name.trim().is_empty() {
            continue;
        }
        let at = |part| place(&typed.code, Row::Added(number), part);
        let used = |code: &str| {
            let before = ever.name(&typed.code, code).map(str::to_owned);
            before.or_else(|| {
                let now = axis.categories.iter().find(|category| category.code == code);
                now.map(|category| category.name.clone())
            })
        };
        let code = code(&row.code).and_then(|code| match used(&code) {
            Some(name) => Err(format!(
                "The code {code} belongs to “{name}”. Choose one that was never used"
            )),
            None => Ok(code),
        });
        let (name, list) = (name(&row.name), subcategories(&row.subcategories));
        match (code, name, list) {
            (Ok(code), Ok(name), Ok(subcategories)) => axis.categories.push(Category {
                code,
                name,
                subcategories,
                confidential_check: ConfidentialCheck::No,
                standing: CategoryStanding::Offered,
            }),
            (code, name, list) => {
                wrong.extend(code.err().map(|why| (at(Part::Code), why)));
                wrong.extend(name.err().map(|why| (at(Part::Name), why)));
                wrong.extend(list.err().map(|why| (at(Part::Subcategories), why)));
            }
        }
    }
}

/// Two that can be chosen and are called the same cannot be told apart in a list.
fn names_differ(axis: &CategoryAxis, typed: &TypedAxis, wrong: &mut Wrong) {
    let mut seen = BTreeSet::new();
    for category in axis.categories.iter().filter(|one| one.is_offered()) {
        if !seen.insert(category.name.to_lowercase()) {
            let added = typed.added.iter().position(|row| row.code.trim() == category.code);
            let row = added.map_or_else(|| Row::Known(category.code.clone()), Row::Added);
            let words = format!("Another category is called “{}” already", category.name);
            wrong.push((place(&typed.code, row, Part::Name), words));
        }
    }
}

fn name(typed: &str) -> Result<String, String> {
    let name = typed.trim();
    if name.is_empty() {
        return Err("Write a name".to_owned());
    }
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(format!(
            "Write the name on one line, in at most {LONGEST_NAME} characters"
        ));
    }
    Ok(name.to_owned())
}

fn code(typed: &str) -> Result<String, String> {
    let code = typed.trim();
    let fits = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if code.is_empty() || code.chars().count() > LONGEST_CODE || !code.chars().all(fits) {
        return Err(format!(
            "Write a short code of letters and digits, at most {LONGEST_CODE}: A17"
        ));
    }
    Ok(code.to_owned())
}

/// Subcategories as they are typed, a line each: "wifi, Wi-Fi on campus".
///
/// # Errors
/// What is wrong with the first line that cannot be used.
pub fn subcategories(typed: &str) -> Result<Vec<CodedName>, String> {
    let mut list: Vec<CodedName> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let pair = line
            .split_once(',')
            .and_then(|(first, rest)| Some((code(first).ok()?, name(rest).ok()?)));
        let Some((code, name)) = pair else {
            return Err(format!(
                "Write each subcategory on a line of its own as code, comma, name; “{line}” is not"
            ));
        };
        if list.iter().any(|known| known.code == code) {
            return Err(format!("The subcategory {code} is there twice"));
        }
        list.push(CodedName { code, name });
    }
    Ok(list)
}

/// Subcategories as they are typed.
#[must_use]
pub fn written(list: &[CodedName]) -> String {
    let lines: Vec<String> = list.iter().map(|sub| format!("{}, {}", sub.code, sub.name)).collect();
    lines.join("\n")
}
