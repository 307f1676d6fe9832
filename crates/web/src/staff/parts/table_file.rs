//! A table as a file for a spreadsheet (CSV, RFC 4180).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tracing::error;

/// The file as an answer: a line of column names, and the rows.
pub(in crate::staff) fn table_file<const N: usize>(name: &str, columns: &[&str; N], rows: &[[String; N]]) -> Response {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    match (written(columns, rows), disposition) {
        (Ok(table), Ok(disposition)) => {
            let kind = HeaderValue::from_static("text/csv; charset=utf-8");
            let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)];
            (headers, table).into_response()
        }
        (table, disposition) => {
            error!(?disposition, fault = ?table.err(), "a list could not be written as a table");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn written<const N: usize>(columns: &[&str; N], rows: &[[String; N]]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|unflushed| unflushed.into_error().into())
}

/// A cell that a spreadsheet reads as words, whatever it begins with.
pub(in crate::staff) fn plain(words: String) -> String {
    match words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{words}"),
        false => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(plain("=1+1".to_owned()), "'=1+1");
        assert_eq!(plain("Dana Kowalczyk".to_owned()), "Dana Kowalczyk");
    }

    #[test]
    fn words_with_commas_and_quotes_stay_in_their_cell() {
        let rows = [["Access, \"urgent\"".to_owned(), "3".to_owned()]];
        let file = String::from_utf8(written(&["name", "n"], &rows).unwrap()).unwrap();
        assert_eq!(file, "name,n\n\"Access, \"\"urgent\"\"\",3\n");
    }
}
