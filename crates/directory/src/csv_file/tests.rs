//! Files as people save them.

use std::path::Path;

use super::*;

fn read_text(text: &str) -> Result<Reading, String> {
    read(text.as_bytes(), Path::new("people.csv")).map_err(|unread| unread.0)
}

#[test]
fn a_file_is_people_with_their_managers_by_username_or_address() {
    let text = "\u{feff}Username,Email,Name,Unit,Manager,Groups,Away,Telephone\r\n\
                ADA,Ada.Green@Office.example; ada@office.example,Dr Ada Green,\"IT, Services\",bea@office.example,executive;governors,,01632\r\n\
                bea,bea@office.example,Bea Boss,,,,left,\r\n\
                \r\n\
                tom,tom@office.example,  Tom   Tech ,IT,Ada;bea,,On leave,\r\n";
    let reading = read_text(text).expect("a good file");
    let [ada, bea, tom] = &reading.people[..] else {
        panic!("{reading:?}")
    };
    assert_eq!(
        (&*ada.key, &*ada.name, &*ada.unit),
        ("ada", "Dr Ada Green", "IT, Services")
    );
    assert_eq!(ada.emails, ["ada.green@office.example", "ada@office.example"]);
    assert_eq!(
        (&ada.managers[..], &ada.groups[..]),
        (
            &["bea".to_owned()][..],
            &["executive".to_owned(), "governors".to_owned()][..]
        )
    );
    assert_eq!((bea.away, tom.away), (Some(Away::Closed), Some(Away::Absent)));
    assert_eq!(
        (&*tom.name, &tom.managers[..]),
        ("Tom Tech", &["ada".to_owned(), "bea".to_owned()][..])
    );
    assert_eq!(reading.findings, []);
}

#[test]
fn given_and_family_name_make_a_name_and_an_address_makes_a_key() {
    let reading =
        read_text("given,family,email,manager\nZoë,Łukasz,zoe@office.example,gone@office.example\n").expect("a file");
    let zoe = &reading.people[0];
    assert_eq!((&*zoe.key, &*zoe.name), ("zoe@office.example", "Zoë Łukasz"));
    assert_eq!(zoe.managers, ["gone@office.example"], "a gap stays one");
}

#[test]
fn an_address_that_two_people_have_is_no_manager() {
    let text = "username,email,name,manager\na,team@office.example,A,\nb,team@office.example,B,\nc,c@office.example,C,team@office.example\n";
    let reading = read_text(text).expect("a file");
    assert_eq!(reading.people[2].managers, ["not one person: team@office.example"]);
}

#[test]
fn lines_that_are_nobody_are_passed_over_and_counted() {
    let long = "x".repeat(400);
    let reading = read_text(&format!(
        "username,email,name\n,,Nobody\nno,no@office.example,\nada,{long}@office.example,Ada {long}\n"
    ))
    .expect("a file");
    assert_eq!(reading.people.len(), 1);
    assert_eq!(reading.people[0].name.chars().count(), 300);
    let words: Vec<String> = reading.findings.iter().map(Finding::words).collect();
    assert_eq!(
        words,
        [
            "Entry that could not be used: 2 (line 2, line 3).",
            "Entry with more or longer values than are kept: 1 (line 4)."
        ]
    );
}

#[test]
fn what_cannot_be_read_is_said_with_its_line_and_without_its_words() {
    for (bytes, says) in [
        (
            &b"name,unit\nA,B\n"[..],
            "needs name (or given and family) and username or email",
        ),
        (b"", "needs name"),
        (b"username,name,name\na,b,c\n", "two columns are called name"),
        (
            b"username,name\nsecret,Word,more\n",
            "line 2 has 3 fields, and the first line has 2",
        ),
        (b"username,name\na,Zo\xeb\n", "line 2 is not in UTF-8"),
    ] {
        let unread = read(bytes, Path::new("people.csv")).expect_err(says).0;
        assert!(
            unread.contains(says) && unread.starts_with("people.csv: ") && !unread.contains("secret"),
            "{unread}"
        );
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_said() {
    let file = CsvFile::at(PathBuf::from("/nowhere/people.csv"));
    let unread = file.read().await.expect_err("no file").0;
    assert!(unread.starts_with("/nowhere/people.csv cannot be read: "), "{unread}");
}
