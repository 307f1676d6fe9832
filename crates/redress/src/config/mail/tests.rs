//! What the section takes, and what it refuses with its key.

use channels::email::inbound::lmtp::Listen;

use super::super::tests::with;
use super::*;

const BOX: &str = "[[mail.mailbox]]\nname = \"helpline\"\nhost = \"imap.example.ac.uk\"\nusername = \"feedback\"\n";

fn read(section: &str) -> Result<Mail, String> {
    let config = with(
        "[procedure]",
        &format!("[mail]\naddresses = [\"feedback@example.ac.uk\"]\n{section}\n[procedure]"),
    )?;
    Ok(config.mail.expect("the section"))
}

#[test]
fn doors_and_mailboxes_are_described() {
    let mail = read(&format!(
        "listen = \"unix:run/lmtp\"\n{BOX}password_file = \"keys/imap\"\nafter = \"move:Done\"\n\
         [[mail.mailbox]]\nname = \"cloud\"\nhost = \"outlook.office365.com\"\nusername = \"f@example.ac.uk\"\n\
         [mail.mailbox.oauth]\nendpoint = \"https://login.example/token\"\nclient_id = \"x\"\nrefresh_token_file = \"keys/token\"\n"
    ))
    .expect("a good section");
    let Some(Listen::Socket(path)) = &mail.listen else {
        panic!("a socket")
    };
    assert!(path.is_absolute(), "paths are relative to the file");
    assert!(
        mail.mailbox[0]
            .password_file
            .as_ref()
            .is_some_and(|file| file.is_absolute())
    );
    let oauth = mail.mailbox[1].oauth.as_ref().expect("tokens");
    assert!(oauth.refresh_token_file.as_ref().is_some_and(|file| file.is_absolute()));
    assert_eq!(mail.size_limit(), 50_000_000);
    assert!(mail.door().expect("a door").addresses.hold("feedback+x@example.ac.uk"));
}

#[test]
fn what_cannot_be_used_is_refused_with_its_key() {
    let boxed = |more: &str| format!("{BOX}{more}\n");
    let password = "password_file = \"keys/imap\"\n";
    for (section, says) in [
        ("listen = \"2424\"".to_owned(), "127.0.0.1:2424"),
        ("largest_mb = 0".to_owned(), "mail.largest_mb"),
        ("colour = \"blue\"".to_owned(), "unknown field `colour`"),
        (boxed(""), "[mail.mailbox.oauth]"),
        (boxed("password = \"in the open\""), "unknown field `password`"),
        (boxed(&format!("{password}after = \"burn\"")), "move:Folder"),
        (boxed(&format!("{password}after = \"move:INBOX\"")), "is read from"),
        (boxed(&format!("{password}security = \"none\"")), "STARTTLS or TLS"),
        (
            boxed(&format!("{password}{BOX}{password}")),
            "is the name of another way in",
        ),
        (
            boxed(password).replace("helpline", "lmtp"),
            "is the name of another way in",
        ),
        (
            boxed(&format!("{password}[mail.mailbox.oauth]\nsecret = \"x\"")),
            "unknown field `secret`",
        ),
    ] {
        let refused = read(&section).map(|_| ()).expect_err(says);
        assert!(refused.contains(says), "{refused}");
    }
    let nobody = with("[procedure]", "[mail]\naddresses = []\n[procedure]").map(|_| ());
    assert!(nobody.expect_err("nobody").contains("mail.addresses"));
}

#[test]
fn the_pipe_command_reads_where_the_door_is_and_nothing_else() {
    let file = std::env::temp_dir().join(format!("redress-door-{}.toml", std::process::id()));
    let listen = |text: &str| {
        std::fs::write(&file, text).expect("a file");
        DoorOnly::read(&file)
    };
    let socket = listen("nonsense = 1\n[mail]\nlisten = \"unix:run/lmtp\"\nmore = 2\n").expect("a door");
    assert_eq!(socket, Listen::Socket(std::env::temp_dir().join("run/lmtp")));
    assert!(listen("[mail]\n").expect_err("no door").contains("mail.listen"));
    assert!(listen("[mail").is_err());
    std::fs::remove_file(&file).expect("it can go");
}
