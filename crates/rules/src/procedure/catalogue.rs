//! Every category that a case may carry, whichever version of the procedure it came from, and those that can be chosen now (R60).

use super::{Category, CategoryAxis, CategoryStanding, Procedure};

/// The categories of all versions together. A code means the same in each of them; its name is the newest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    axes: Vec<CategoryAxis>,
}

impl Catalogue {
    /// From the version in force, and the others from the newest to the oldest. What only the others know can no longer be chosen.
    #[must_use]
    pub fn of<'a>(in_force: &Procedure, others: impl IntoIterator<Item = &'a Procedure>) -> Self {
        let mut axes = in_force.categories.clone();
        for axis in others.into_iter().flat_map(|procedure| &procedure.categories) {
            match axes.iter_mut().find(|known| known.code == axis.code) {
                Some(known) => add_unknown(known, axis),
                None => {
                    let mut only_there = axis.clone();
                    only_there.categories.iter_mut().for_each(retire);
                    axes.push(only_there);
                }
            }
        }
        Self { axes }
    }

    /// What the category with this code is called; none where no version knows it.
    #[must_use]
    pub fn name(&self, axis: &str, code: &str) -> Option<&str> {
        let category = self.all(axis).find(|category| category.code == code);
        category.map(|category| category.name.as_str())
    }

    /// The same, or the code itself.
    #[must_use]
    pub fn name_or_code<'a>(&'a self, axis: &str, code: &'a str) -> &'a str {
        self.name(axis, code).unwrap_or(code)
    }

    /// The categories of an axis that can be chosen now, in the order of the procedure.
    pub fn offered<'a>(&'a self, axis: &str) -> impl Iterator<Item = &'a Category> + use<'a> {
        self.all(axis).filter(|category| category.is_offered())
    }

    /// Every category of an axis, those that were chosen once among them.
    pub fn all<'a>(&'a self, axis: &str) -> impl Iterator<Item = &'a Category> + use<'a> {
        let axis = self.axes.iter().find(|known| known.code == axis);
        axis.into_iter().flat_map(|axis| &axis.categories)
    }

    /// Every axis with all its categories.
    #[must_use]
    pub fn axes(&self) -> &[CategoryAxis] {
        &self.axes
    }
}

fn add_unknown(known: &mut CategoryAxis, older: &CategoryAxis) {
    for category in &older.categories {
        if !known.categories.iter().any(|newer| newer.code == category.code) {
            let mut gone = category.clone();
            retire(&mut gone);
            known.categories.push(gone);
        }
    }
}

fn retire(category: &mut Category) {
    category.standing = CategoryStanding::Retired;
}
