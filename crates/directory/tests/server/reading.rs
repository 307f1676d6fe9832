//! What is read: everybody, with managers over every way of writing a name, page by page, over both kinds of encrypted line.

use directory::{Flag, StartTls};
use rules::directory::check::check;
use rules::directory::{Away, Directory, Finding, Kind};

use super::support::{Found, TestServer, read};

async fn few(server: &TestServer) -> (Found, Vec<Finding>) {
    let reading = read(server.few()).await.expect("the few");
    (Found(Directory::new(reading.people)), reading.findings)
}

#[tokio::test]
async fn everybody_is_read_with_managers_by_any_way_of_writing_their_names() {
    let Some(server) = TestServer::new() else { return };
    let (found, findings) = few(&server).await;
    assert_eq!(found.0.people().len(), 8);
    assert_eq!(
        found.names_of_managers("ada"),
        ["Bea Boss"],
        "in other letters, with spaces"
    );
    assert_eq!(
        found.names_of_managers("zoe"),
        ["Green, Old"],
        "with a comma, escaped in two ways"
    );
    assert_eq!(found.names_of_managers("tom"), ["Dr Ada Green", "Zoë Łukasz"], "two");
    assert_eq!(
        found.names_of_managers("kit"),
        ["-"],
        "one whom the server does not hold"
    );
    let ada = found.by("agreen");
    assert_eq!((&*ada.name, &*ada.unit), ("Dr Ada Green", "IT Services"));
    assert_eq!(ada.emails, ["ada@office.example", "ada.green@office.example"]);
    assert_eq!(ada.key.len(), 36, "an entryUUID: {}", ada.key);
    assert_eq!(found.by("bea").groups, ["cn=Executive,ou=groups,dc=office,dc=example"]);
    let kinds = |findings: &[Finding]| findings.iter().map(|finding| finding.kind).collect::<Vec<_>>();
    assert_eq!(findings[0].some, ["branch.example:1636"], "told, and not followed");
    assert_eq!(kinds(&findings), [Kind::Referral]);
    assert_eq!(
        kinds(&check(&found.0)),
        [Kind::Dangling, Kind::Circle, Kind::Top, Kind::Several]
    );
}

#[tokio::test]
async fn keys_stay_the_same_from_reading_to_reading() {
    let Some(server) = TestServer::new() else { return };
    assert_eq!(few(&server).await.0.0, few(&server).await.0.0);
    let mut by_name = server.few();
    by_name.attributes.key = String::new();
    let read = read(by_name).await.expect("the few");
    let found = Found(Directory::new(read.people));
    assert_eq!(
        found.names_of_managers("zoe"),
        ["Green, Old"],
        "without identifiers people are known by their names"
    );
}

#[tokio::test]
async fn more_people_than_the_server_gives_at_once_are_read_page_by_page() {
    let Some(server) = TestServer::new() else { return };
    let reading = read(server.many()).await.expect("the many");
    let found = Found(Directory::new(reading.people));
    assert_eq!(found.0.people().len(), 5_000);
    assert_eq!(found.names_of_managers("p4999"), ["Person Number499"]);
    assert_eq!(check(&found.0).len(), 1, "one stands at the top, and nothing is odd");
}

#[tokio::test]
async fn start_tls_and_tls_from_the_first_byte_read_the_same() {
    let Some(server) = TestServer::new() else { return };
    let over_start_tls = server.at(&[&server.plain], "ou=few,dc=office,dc=example");
    let mut plain = over_start_tls.clone();
    plain.encryption = server.encryption(StartTls::Off, true);
    let expected = read(server.few()).await;
    assert!(expected.is_ok(), "{expected:?}");
    assert_eq!(read(over_start_tls).await, expected);
    assert_eq!(read(plain).await, expected);
}

#[tokio::test]
async fn somebody_is_away_by_the_attribute_that_says_so() {
    let Some(server) = TestServer::new() else { return };
    let mut settings = server.few();
    settings.attributes.absent = Some(Flag {
        attribute: "employeeType".to_owned(),
        values: vec!["On Leave".to_owned()],
    });
    let found = Found(Directory::new(read(settings).await.expect("the few").people));
    assert_eq!((found.by("tom").away, found.by("ada").away), (Some(Away::Absent), None));
}
