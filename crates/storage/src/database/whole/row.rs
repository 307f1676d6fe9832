//! The encoding of a row: each value by its kind and length, so that equal rows have equal bytes and no two different rows have the same.

use aws_lc_rs::digest;
use rusqlite::types::Value;

use super::{Table, Tally};
use crate::StorageError;
use crate::keys::{hex, place};

const NOTHING: u8 = 0;
const INTEGER: u8 = 1;
const TEXT: u8 = 2;
const BYTES: u8 = 3;

/// The values of a row, in the order of its table's columns.
pub(crate) type Values = Vec<Value>;

/// A row as bytes: their length in four bytes, then value after value.
pub(crate) fn encode(row: &[Value]) -> Result<Vec<u8>, StorageError> {
    let mut bytes = vec![0; 4];
    for value in row {
        match value {
            Value::Null => bytes.push(NOTHING),
            Value::Integer(number) => {
                bytes.push(INTEGER);
                bytes.extend(number.to_be_bytes());
            }
            Value::Text(text) => add(&mut bytes, TEXT, text.as_bytes())?,
            Value::Blob(blob) => add(&mut bytes, BYTES, blob)?,
            Value::Real(_) => return Err(unknown("a number with a fraction")),
        }
    }
    let length = length_of(bytes.len() - 4)?;
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    Ok(bytes)
}

/// The first row of these bytes, and what follows it; nothing at their end.
pub(crate) fn decode<'b>(bytes: &'b [u8], table: &Table) -> Result<Option<(Values, &'b [u8])>, StorageError> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let (frame, rest) = take_long(bytes)?;
    let mut left = frame;
    let mut row = Vec::with_capacity(table.columns.len());
    while !left.is_empty() {
        let (value, after) = take_value(left)?;
        row.push(value);
        left = after;
    }
    if row.len() != table.columns.len() {
        return Err(unknown("a row with too many or too few columns"));
    }
    Ok(Some((row, rest)))
}

fn add(bytes: &mut Vec<u8>, kind: u8, value: &[u8]) -> Result<(), StorageError> {
    bytes.push(kind);
    bytes.extend(length_of(value.len())?.to_be_bytes());
    bytes.extend_from_slice(value);
    Ok(())
}

fn length_of(length: usize) -> Result<u32, StorageError> {
    u32::try_from(length).map_err(|_| unknown("a value of more than four gigabytes"))
}

fn take_value(bytes: &[u8]) -> Result<(Value, &[u8]), StorageError> {
    let (kind, rest) = bytes.split_first().ok_or_else(cut)?;
    match *kind {
        NOTHING => Ok((Value::Null, rest)),
        INTEGER => {
            let (number, rest) = rest.split_first_chunk::<8>().ok_or_else(cut)?;
            Ok((Value::Integer(i64::from_be_bytes(*number)), rest))
        }
        TEXT => {
            let (text, rest) = take_long(rest)?;
            let text = String::from_utf8(text.to_vec()).map_err(|_| unknown("a text that is none"))?;
            Ok((Value::Text(text), rest))
        }
        BYTES => {
            let (blob, rest) = take_long(rest)?;
            Ok((Value::Blob(blob.to_vec()), rest))
        }
        _ => Err(unknown("a value of a kind that is not known")),
    }
}

fn take_long(bytes: &[u8]) -> Result<(&[u8], &[u8]), StorageError> {
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or_else(cut)?;
    let length = u32::from_be_bytes(*length) as usize;
    rest.split_at_checked(length).ok_or_else(cut)
}

fn cut() -> StorageError {
    unknown("a row that is cut off")
}

fn unknown(what: &str) -> StorageError {
    StorageError::Corrupt(format!("a table holds {what}"))
}

/// The tally of a table while its rows come.
pub(crate) struct Counting {
    rows: u64,
    context: digest::Context,
}

impl Counting {
    pub(crate) fn of(table: &Table) -> Counting {
        let mut context = digest::Context::new(&digest::SHA256);
        let columns = table.columns.iter().map(|column| column.name.as_str());
        let names: Vec<&str> = std::iter::once(table.name.as_str()).chain(columns).collect();
        context.update(&place(&names));
        Counting { rows: 0, context }
    }

    /// Adds a row in its encoding.
    pub(crate) fn add(&mut self, row: &[u8]) {
        self.rows += 1;
        self.context.update(row);
    }

    pub(crate) fn end(self) -> Tally {
        Tally {
            rows: self.rows,
            sha256: hex(self.context.finish().as_ref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Kind};
    use super::*;

    fn table(columns: usize) -> Table {
        let columns = (0..columns).map(|number| Field {
            name: format!("c{number}"),
            kind: Kind::Bytes,
        });
        Table {
            name: "t".to_owned(),
            columns: columns.collect(),
            key: vec!["c0".to_owned()],
        }
    }

    #[test]
    fn rows_come_back_as_they_went() {
        let rows = [
            vec![
                Value::Integer(i64::MIN),
                Value::Text("Zoë".to_owned()),
                Value::Blob(vec![0, 255]),
                Value::Null,
            ],
            vec![
                Value::Integer(7),
                Value::Text(String::new()),
                Value::Blob(Vec::new()),
                Value::Text("\u{0}".to_owned()),
            ],
        ];
        let bytes: Vec<u8> = rows.iter().flat_map(|row| encode(row).expect("a row")).collect();
        let (first, rest) = decode(&bytes, &table(4)).expect("whole").expect("a row");
        let (second, rest) = decode(rest, &table(4)).expect("whole").expect("a row");
        assert_eq!([first, second], rows);
        assert!(decode(rest, &table(4)).expect("whole").is_none());
        assert!(decode(&bytes, &table(3)).is_err(), "another table has other columns");
        assert!(decode(&bytes[..bytes.len() - 1], &table(4)).is_ok());
        assert!(decode(&bytes[..9], &table(4)).is_err());
    }

    #[test]
    fn nothing_text_and_bytes_are_told_apart() {
        let empty = [Value::Null, Value::Text(String::new()), Value::Blob(Vec::new())];
        let encoded = empty.map(|value| encode(&[value]).expect("a row"));
        assert!(encoded[0] != encoded[1] && encoded[1] != encoded[2]);
    }
}
