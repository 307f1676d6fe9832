//! Tables of receipts as people send them.

use super::*;

/// Three working days on the calendar of England and Wales.
fn computed(table: &str) -> Result<String, String> {
    computed_by(&ClockRule::new("row", Unit::WorkingDays, 3), table.as_bytes())
}

fn computed_by(rule: &ClockRule, table: &[u8]) -> Result<String, String> {
    let shelf = read_calendars(&procedure::calendars(&[]).unwrap()).unwrap();
    let calendar = shelf.get("england-and-wales").unwrap().clone();
    let counted = Table {
        rule: rule.clone(),
        default_days: rule.amount,
        default: &calendar,
        named: HashMap::new(),
        shelf,
    };
    let mut out = Vec::new();
    answer(Cursor::new(table), "asked.csv", &mut out, counted).map_err(|fault| fault.to_string())?;
    Ok(String::from_utf8(out).unwrap())
}

fn refused(table: &str) -> String {
    computed(table).unwrap_err()
}

#[test]
fn a_time_that_the_clocks_skipped_is_refused_with_its_line() {
    assert_eq!(
        refused("received\n2026-03-29T00:59\n2026-03-29T01:30\n"),
        "asked.csv, line 3: 1:30am on Sunday 29 March 2026 did not happen: the clocks went forward at that time. \
         Enter a time an hour later."
    );
    let with_offset = "received\n2026-03-29T02:00\n2026-03-29T01:30Z\n2026-03-29\n";
    assert_eq!(computed(with_offset).unwrap().matches("2026-04-01").count(), 3);
}

#[test]
fn of_a_time_that_came_twice_the_first_is_taken_unless_an_offset_says_which() {
    let hours = ClockRule::new("row", Unit::Hours, 23);
    let table = b"received\n2026-10-25T01:30\n2026-10-25T01:30+01:00\n2026-10-25T01:30+00:00\n";
    assert_eq!(
        computed_by(&hours, table).unwrap(),
        "received,due_on\n2026-10-25T01:30,2026-10-25\n2026-10-25T01:30+01:00,2026-10-25\n\
         2026-10-25T01:30+00:00,2026-10-26\n"
    );
}

#[test]
fn a_table_is_read_as_spreadsheets_write_it() {
    for (table, answered) in [
        (
            "\u{feff}received,days\r\n2026-06-13T23:30,3\r\n\r\n2026-06-13T23:30,\r\n",
            "received,days,due_on\n2026-06-13T23:30,3,2026-06-17\n2026-06-13T23:30,,2026-06-17\n",
        ),
        (
            "\"note\",\" Received \",Non-Working\n\"a, \"\"b\"\"\nc\",\"2026-06-13T23:30\", deemed ",
            "note, Received ,Non-Working,due_on\n\"a, \"\"b\"\"\nc\",2026-06-13T23:30, deemed ,2026-06-18\n",
        ),
        (
            "received,days,count,non_working,calendar\n2026-06-12,1,inclusive,count-on,scotland\n\
             2026-12-24,1,after,,england-and-wales+closures-example\n",
            "received,days,count,non_working,calendar,due_on\n2026-06-12,1,inclusive,count-on,scotland,2026-06-12\n\
             2026-12-24,1,after,,england-and-wales+closures-example,2027-01-04\n",
        ),
        ("received\n", "received,due_on\n"),
    ] {
        assert_eq!(computed(table).as_deref(), Ok(answered));
    }
}

#[test]
fn a_row_that_cannot_be_computed_is_told_with_its_line() {
    for (table, told) in [
        ("received\n\n\n\"\"\n", "asked.csv, line 4: \"\" is not a date"),
        (
            "received\r\n\r\n2026-06-13\r\nsoon\r\n",
            "asked.csv, line 4: \"soon\" is not a date",
        ),
        (
            "\u{feff}\n\nreceived,note\n2026-06-13,\"a\nb\"\n\n,x",
            "asked.csv, line 7: \"\" is not a date",
        ),
        (
            "received,days\n2026-06-13,-1\n",
            "asked.csv, line 2: \"-1\" is not a number of days",
        ),
        (
            "received,days\n2026-06-13,99999999999\n",
            "asked.csv, line 2: \"99999999999\" is not a number of days",
        ),
        (
            "received,count\n2026-06-13,before\n",
            "asked.csv, line 2: choose after or inclusive",
        ),
        (
            "received,non_working\n2026-06-13,never\n",
            "asked.csv, line 2: choose count-on or deemed",
        ),
        (
            "received,calendar\n2026-06-13,mars\n",
            "asked.csv, line 2: there is no calendar \"mars\"; name a file, or one that comes with Redress: any-part-of-uk, ",
        ),
        (
            "received\n2031-06-13\n",
            "asked.csv, line 2: The calendar \"england-and-wales\" covers Sunday 1 January 2017 to Tuesday 31 December 2030",
        ),
        (
            "received,days\n2026-06-13,3000\n",
            "asked.csv, line 2: The calendar \"england-and-wales\" covers",
        ),
        (
            "received,days\r\n2026-06-13,3\r\n\r\n2026-06-13\r\n",
            "asked.csv, line 4: it has 1 field, and the first line names 2 columns",
        ),
        (
            "received\n2026-06-13,3",
            "asked.csv, line 2: it has 2 fields, and the first line names 1 column",
        ),
    ] {
        let refused = refused(table);
        assert!(refused.starts_with(told), "{table:?}: {refused}");
        assert!(!refused.contains("1 columns"), "{refused}");
    }
    let wide = computed_by(
        &ClockRule::new("row", Unit::WorkingDays, 3),
        b"received\n2026-06-13\xff\n",
    );
    assert_eq!(wide.unwrap_err(), "asked.csv, line 2: a field is not UTF-8 text");
}

#[test]
fn a_first_line_that_names_no_or_too_many_columns_is_refused() {
    for (table, told) in [
        ("", "asked.csv: the first line must name a column \"received\""),
        (
            "received;days\n",
            "asked.csv: the first line must name a column \"received\"",
        ),
        (
            "received,Received\n",
            "asked.csv: the first line names the column \"received\" twice",
        ),
        (
            "received,due_on\n",
            "asked.csv: there is a column \"due_on\" already; take it out to have it computed",
        ),
    ] {
        assert_eq!(refused(table), told);
    }
}

#[test]
fn columns_that_may_be_misspelled_are_named() {
    let headers = ByteRecord::from(vec!["received", "day", " Note "]);
    assert_eq!(Columns::of(&headers).unwrap().unused(&headers), ["day", "Note"]);
}

#[test]
fn a_reader_that_has_gone_away_is_no_fault() {
    let gone = || io::Error::from(ErrorKind::BrokenPipe);
    assert!(is_reader_gone(&gone()));
    assert!(is_reader_gone(&csv::Error::from(gone())));
    assert!(!is_reader_gone(&csv::Error::from(io::Error::from(
        ErrorKind::StorageFull
    ))));
}
