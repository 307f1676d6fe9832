//! Values on their way to PostgreSQL and back. The store's neutral types are those of SQLite (whole numbers, texts, bytes, nothing); what a
//! placeholder or a column really is, the server says.

use std::error::Error;

use bytes::BytesMut;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use tokio_postgres::types::{Format, FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::StorageError;
use crate::database::Param;

type Fault = Box<dyn Error + Sync + Send>;

/// A value for a placeholder.
#[derive(Debug)]
pub(in crate::database) struct Bound(Value);

impl Bound {
    pub(super) fn all(params: &[&dyn Param]) -> Result<Vec<Bound>, StorageError> {
        params.iter().map(|param| Bound::of(*param)).collect()
    }

    /// A value of a column that it was read from.
    pub(in crate::database) fn value(value: Value) -> Bound {
        Bound(value)
    }

    fn of(param: &dyn Param) -> Result<Bound, StorageError> {
        let unknown = |why: String| StorageError::Corrupt(format!("a value cannot be bound: {why}"));
        match param.to_sql().map_err(|error| unknown(error.to_string()))? {
            ToSqlOutput::Borrowed(value) => Value::try_from(value)
                .map(Bound)
                .map_err(|error| unknown(error.to_string())),
            ToSqlOutput::Owned(value) => Ok(Bound(value)),
            _ => Err(unknown("its kind is not known".to_owned())),
        }
    }

    fn misfit(&self, ty: &Type) -> Fault {
        format!("{:?} does not fit into {ty}", self.0.data_type()).into()
    }
}

impl ToSql for Bound {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Fault> {
        match (&self.0, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (value, &Type::UNKNOWN) => as_text(value).to_sql(&Type::TEXT, out),
            (Value::Integer(number), &Type::BOOL) => (*number != 0).to_sql(ty, out),
            (Value::Integer(number), &Type::INT8) => number.to_sql(ty, out),
            (Value::Integer(number), &Type::INT4) => i32::try_from(*number)?.to_sql(ty, out),
            (Value::Text(text), &Type::TEXT | &Type::VARCHAR) => text.to_sql(ty, out),
            (Value::Blob(bytes), &Type::BYTEA) => bytes.to_sql(ty, out),
            _ => Err(self.misfit(ty)),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, ty: &Type) -> Format {
        // Without a type that is known before, the server reads the words and finds the type itself.
        if *ty == Type::UNKNOWN {
            Format::Text
        } else {
            Format::Binary
        }
    }

    to_sql_checked!();
}

fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => format!("\\x{}", crate::keys::hex(bytes)),
    }
}

/// A value of a column.
pub(super) struct Cell<'a>(pub(super) ValueRef<'a>);

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Cell<'a>, Fault> {
        Ok(Cell(match *ty {
            Type::BOOL => ValueRef::Integer(i64::from(bool::from_sql(ty, raw)?)),
            Type::INT8 => ValueRef::Integer(i64::from_sql(ty, raw)?),
            Type::INT4 => ValueRef::Integer(i64::from(i32::from_sql(ty, raw)?)),
            Type::FLOAT4 => ValueRef::Real(f64::from(f32::from_sql(ty, raw)?)),
            Type::FLOAT8 => ValueRef::Real(f64::from_sql(ty, raw)?),
            Type::TEXT | Type::VARCHAR | Type::NAME => ValueRef::Text(raw),
            Type::BYTEA => ValueRef::Blob(raw),
            _ => return Err(format!("the store reads no {ty}").into()),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Cell<'a>, Fault> {
        Ok(Cell(ValueRef::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
