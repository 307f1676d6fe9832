//! The other side of the door, as the pipe command uses it.

use channels::email::inbound::Why;
use channels::email::inbound::lmtp::{Envelope, HandFault, Listen, hand_over};

use crate::lmtp::Door;

fn envelope(recipient: &str) -> Envelope {
    Envelope {
        sender: Some("ada@example.org".to_owned()),
        recipients: vec![recipient.to_owned()],
    }
}

async fn hand(port: u16, envelope: Envelope, message: Vec<u8>) -> Result<(), HandFault> {
    let to: Listen = format!("127.0.0.1:{port}").parse().expect("an address");
    let handing = tokio::task::spawn_blocking(move || hand_over(&to, &envelope, &mut &*message));
    handing.await.expect("it ends")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_handed_over_with_the_ends_of_lines_that_messages_have() {
    let door = Door::open().await;
    let message = b"From ada@example.org Thu Nov 26\nA: b\n\n.\n..\nend".to_vec();
    hand(door.port, envelope("it@office.example"), message)
        .await
        .expect("taken");
    assert_eq!(door.shelf.texts(), ["A: b\r\n\r\n.\r\n..\r\nend"]);
    let long = vec![b'x'; 3_000_000];
    hand(door.port, envelope("it@office.example"), long)
        .await
        .expect("taken");
    assert_eq!(door.shelf.with(|inside| inside.kept[1].length), 3_000_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_says_whether_another_try_makes_sense() {
    let door = Door::open().await;
    let message = || b"A: b\n".to_vec();
    let refused = hand(door.port, envelope("stranger@example.org"), message()).await;
    assert!(matches!(refused, Err(HandFault::Never(_))), "{refused:?}");
    for odd in ["it@office.example>\r\nRCPT TO:<x", "it@office.example> x", "\u{7}"] {
        let refused = hand(door.port, envelope(odd), message()).await;
        assert!(matches!(refused, Err(HandFault::Never(_))), "{refused:?}");
    }
    let empty = hand(door.port, envelope("it@office.example"), Vec::new()).await;
    assert!(matches!(empty, Err(HandFault::Empty)), "{empty:?}");
    door.shelf
        .with(|inside| inside.refuse = vec![(b"A: b".to_vec(), Why::Full)]);
    let full = hand(door.port, envelope("it@office.example"), message()).await;
    assert!(matches!(full, Err(HandFault::Later(_))), "{full:?}");
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let nobody = free.local_addr().expect("its number").port();
    drop(free);
    let away = hand(nobody, envelope("it@office.example"), message()).await;
    assert!(matches!(away, Err(HandFault::Later(_))), "{away:?}");
    assert!(door.shelf.texts().is_empty());
}
