//! A procedure file with another version, another day or other categories; all its other lines, comments among them, stay as they are.

use jiff::civil::Date;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use super::{Category, CategoryAxis, CategoryStanding, CodedName};

/// A procedure file that is to be changed.
#[derive(Debug, Clone)]
pub struct Rewrite {
    document: DocumentMut,
}

/// The text is no procedure file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the procedure cannot be changed: {0}")]
pub struct NotRewritten(String);

impl Rewrite {
    /// The file with this text.
    ///
    /// # Errors
    /// When it is not TOML.
    pub fn of(text: &str) -> Result<Self, NotRewritten> {
        let document = text
            .parse()
            .map_err(|error: toml_edit::TomlError| NotRewritten(error.to_string()))?;
        Ok(Self { document })
    }

    /// The same under another version.
    #[must_use]
    pub fn version(mut self, version: &str) -> Self {
        set(self.head(), "version", value(version));
        self
    }

    /// The same from another day on.
    ///
    /// # Errors
    /// When TOML cannot write the day.
    pub fn valid_from(mut self, day: Date) -> Result<Self, NotRewritten> {
        let day: toml_edit::Datetime = day
            .to_string()
            .parse()
            .map_err(|error: toml_edit::DatetimeParseError| NotRewritten(error.to_string()))?;
        set(self.head(), "valid_from", value(day));
        Ok(self)
    }

    /// The same with these categories: those that are there change, the others are added. None is taken out.
    #[must_use]
    pub fn categories(mut self, axes: &[CategoryAxis]) -> Self {
        let Some(tables) = self.document.get_mut("axis").and_then(Item::as_array_of_tables_mut) else {
            return self;
        };
        for axis in axes {
            let table = tables
                .iter_mut()
                .find(|table| text_of(table, "code") == Some(axis.code.as_str()));
            if let Some(table) = table {
                change_axis(table, axis);
            }
        }
        self
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> String {
        self.document.to_string()
    }

    fn head(&mut self) -> &mut Table {
        let head = self
            .document
            .entry("procedure")
            .or_insert_with(|| Item::Table(Table::new()));
        if !head.is_table() {
            *head = Item::Table(Table::new());
        }
        match head {
            Item::Table(table) => table,
            _ => unreachable!("made a table above"),
        }
    }
}

fn change_axis(table: &mut Table, axis: &CategoryAxis) {
    let categories = table
        .entry("category")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(tables) = categories.as_array_of_tables_mut() else {
        return;
    };
    for category in &axis.categories {
        let known = tables
            .iter_mut()
            .find(|table| text_of(table, "code") == Some(category.code.as_str()));
        match known {
            Some(table) => change_category(table, category),
            None => {
                let mut table = Table::new();
                table.decor_mut().set_prefix("\n");
                set(&mut table, "code", value(&category.code));
                change_category(&mut table, category);
                tables.push(table);
            }
        }
    }
}

fn change_category(table: &mut Table, category: &Category) {
    set_text(table, "name", &category.name);
    if subcategories(table) != category.subcategories {
        match category.subcategories.as_slice() {
            [] => {
                table.remove("sub");
            }
            list => set(table, "sub", Item::Value(Value::InlineTable(inline(list)))),
        }
    }
    match category.standing {
        CategoryStanding::Offered => {
            table.remove("standing");
        }
        CategoryStanding::Retired => set_text(table, "standing", CategoryStanding::Retired.code()),
    }
}

fn subcategories(table: &Table) -> Vec<CodedName> {
    let Some(pairs) = table.get("sub").and_then(Item::as_table_like) else {
        return Vec::new();
    };
    let pair = |(code, name): (&str, &Item)| {
        Some(CodedName {
            code: code.to_owned(),
            name: name.as_str()?.to_owned(),
        })
    };
    pairs.iter().filter_map(pair).collect()
}

fn inline(list: &[CodedName]) -> InlineTable {
    let mut table = InlineTable::new();
    for CodedName { code, name } in list {
        table.insert(code, name.as_str().into());
    }
    table
}

/// Puts a text in the place of another one; the same text stays as it is written.
fn set_text(table: &mut Table, key: &str, text: &str) {
    if text_of(table, key) != Some(text) {
        set(table, key, value(text));
    }
}

/// Puts a value in the place of another, with the remark behind it.
fn set(table: &mut Table, key: &str, mut item: Item) {
    let remark = table
        .get(key)
        .and_then(Item::as_value)
        .and_then(|old| old.decor().suffix().cloned());
    if let (Some(remark), Some(new)) = (remark, item.as_value_mut()) {
        new.decor_mut().set_suffix(remark);
    }
    table.insert(key, item);
}

fn text_of<'t>(table: &'t Table, key: &str) -> Option<&'t str> {
    table.get(key).and_then(Item::as_str)
}
