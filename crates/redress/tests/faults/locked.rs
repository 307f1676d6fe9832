//! Somebody else holds the database: a copy that is being made reads for long, a tool keeps the lock on writing.

use std::sync::mpsc;
use std::time::Duration;

use storage::{StorageError, Store, events};

use crate::http;
use crate::installation::Installation;
use crate::kept::{assert_nothing_lost, block_on};
use crate::load::{KNOWN_BY, Load};
use crate::machine::Machine;
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::{pause, wait_until};

const CLIENTS: usize = 4;

/// Longer than the product waits for a lock, twice: whoever comes while it waits for the first time is told after the second.
const LONG: Duration = Duration::from_secs(13);
/// Shorter than that.
const SHORT: Duration = Duration::from_secs(2);

/// Holds the database in another process than the server until it is let go.
enum Hold {
    /// A long look, as a copy of the database is one.
    Reading,
    /// The lock on writing.
    Writing,
}

async fn hold(store: &Store, how: Hold, held: mpsc::Sender<()>, time: Duration) {
    let keep = move || {
        held.send(()).expect("the test waits for it");
        pause(time);
    };
    let done: Result<(), StorageError> = match how {
        Hold::Reading => {
            store
                .read(move |tx| {
                    Box::pin(async move {
                        events::latest_at(tx).await?;
                        keep();
                        Ok(())
                    })
                })
                .await
        }
        Hold::Writing => {
            store
                .write(move |_| {
                    Box::pin(async move {
                        keep();
                        Ok(())
                    })
                })
                .await
        }
    };
    done.unwrap();
}

/// Holds it while clients complain, and until so many more forms are saved afterwards.
fn held(installation: &Installation, load: &Load<'_>, how: Hold, time: Duration) -> usize {
    let store = block_on(installation.store());
    let (sender, receiver) = mpsc::channel();
    let during = std::thread::scope(|scope| {
        let holder = scope.spawn(|| block_on(hold(&store, how, sender, time)));
        receiver.recv().unwrap();
        let before = load.count();
        // Who only reads is served meanwhile.
        assert_eq!(http::get(installation.address, "/complain").unwrap().status, 200);
        holder.join().unwrap();
        load.count() - before
    });
    block_on(store.close()).unwrap();
    let after = load.count();
    wait_until("complaints are saved again", || load.count() >= after + 20);
    during
}

#[test]
fn a_database_that_somebody_else_holds_loses_nothing_and_goes_on_by_itself() {
    let mail = MailServer::start();
    let installation = Installation::make("locked", &mail);
    let machine = Machine::under(&installation.folder);
    let mut server = Running::start_on(&machine, &installation.node());
    server.until_it_answers();
    let load = Load::on(vec![installation.address], Duration::from_millis(10));
    let (reading, short, long, refused) = load.beside(CLIENTS, || {
        let reading = held(&installation, &load, Hold::Reading, SHORT);
        let short = held(&installation, &load, Hold::Writing, SHORT);
        assert_eq!(load.refused().len(), 0, "a lock that is short is waited for");
        let long = held(&installation, &load, Hold::Writing, LONG);
        // What was in the hands of the post room is free again after its lease.
        machine.pass_every_lease();
        (reading, short, long, load.refused())
    });
    println!(
        "saved while a copy was read: {reading}; under a short lock on writing: {short}, under a long one: {long}, {} told to try again",
        refused.len(),
    );
    assert!(reading > 0, "a look from outside keeps nobody from saving");
    assert!(!refused.is_empty(), "nobody waits for ever");
    for answer in &refused {
        answer.assert_says_later(KNOWN_BY);
    }
    assert!(
        server.said().contains("The database is held by another program"),
        "{}",
        server.said()
    );
    let (cases, _) = assert_nothing_lost(&installation, [server], &load.saved(), &mail);
    println!("{} cases", cases.len());
    installation.remove();
}
