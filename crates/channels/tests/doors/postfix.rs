//! A real Postfix that hands over by LMTP: one message for two of us, and one that it keeps until there is room.

use channels::email::inbound::Why;
use channels::email::inbound::lmtp::{Addresses, LmtpSettings};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::lmtp::{Door, settings};
use crate::servers::port;

/// Gives Postfix a letter, and hears that it took it.
async fn submit(port: u16, recipients: &[&str], letter: &str) {
    let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await.expect("a line"));
    let mut said = vec!["EHLO test".to_owned(), "MAIL FROM:<ada@example.org>".to_owned()];
    said.extend(recipients.iter().map(|recipient| format!("RCPT TO:<{recipient}>")));
    said.extend(["DATA".to_owned(), format!("{letter}\r\n."), "QUIT".to_owned()]);
    let mut said = said.into_iter();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.expect("an answer") == 0 {
            return;
        }
        assert!(line.starts_with('2') || line.starts_with("354"), "{line}");
        if line.as_bytes().get(3) == Some(&b' ')
            && let Some(next) = said.next()
        {
            stream
                .get_mut()
                .write_all(format!("{next}\r\n").as_bytes())
                .await
                .expect("it listens");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_postfix_took_is_handed_over_once_there_is_room() {
    let (Some(ours), Some(theirs)) = (port("REDRESS_TEST_MAIL_HANDED_OVER"), port("REDRESS_TEST_MAIL")) else {
        return eprintln!("left out: no mail servers, which `cargo xtask services start mail` starts");
    };
    let door = Door::with(LmtpSettings {
        addresses: Addresses::new(["feedback@lmtp.office.example", "it@lmtp.office.example"]),
        ..settings(format!("127.0.0.1:{ours}").parse().expect("an address"))
    })
    .await;
    let both = ["feedback+c7@lmtp.office.example", "it@lmtp.office.example"];
    submit(theirs, &both, "Subject: caf\u{e9}\r\n\r\n..\r\nhello").await;
    door.shelf
        .until("it is handed over", |inside| inside.kept.len() == 1)
        .await;
    let item = door.shelf.with(|inside| inside.kept[0].clone());
    assert_eq!(item.arrival.recipients, both, "one message for two");
    assert_eq!(item.arrival.sender.as_deref(), Some("ada@example.org"));
    let text = String::from_utf8_lossy(&item.bytes).into_owned();
    assert!(
        text.contains("Subject: caf\u{e9}\r\n") && text.ends_with("\r\n\r\n.\r\nhello\r\n"),
        "{text}"
    );
    // There is no room: Postfix has it, and comes again.
    door.shelf
        .with(|inside| inside.refuse = vec![(b"second".to_vec(), Why::Full)]);
    submit(theirs, &both[1..], "Subject: second\r\n\r\nhello").await;
    door.shelf.until("it was refused", |inside| inside.given_up == 1).await;
    door.shelf.with(|inside| inside.refuse.clear());
    door.shelf.until("it came again", |inside| inside.kept.len() == 2).await;
}
