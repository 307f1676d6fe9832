//! A newer version takes away what a server needs that was thought to be gone: it saves nothing more, says why, and ends; and its version does not
//! start again.

use std::time::Duration;

use storage::{Step, Steps, StorageError};

use crate::installation::Installation;
use crate::kept::{assert_whole, block_on};
use crate::load::{KNOWN_BY, Load};
use crate::mail_server::MailServer;
use crate::now;
use crate::running::Running;
use crate::server::Schema;

const FORMS: usize = 20;

/// A version that knows one step more, for which older ones are not fit.
fn newer() -> Steps {
    let number = Steps::known().latest() + 1;
    Steps::known().and(Step {
        number,
        name: "less",
        text: "CREATE TABLE less (id BIGINT PRIMARY KEY)",
        works_from: number,
    })
}

/// A node of a newer version comes, and takes its step as soon as it believes that no older one is alive.
async fn overtake(installation: &Installation) {
    let beside = installation.store().await;
    let refused = installation.store_with(&newer()).await;
    let Err(StorageError::Migration(why)) = refused else {
        panic!("it took the step beside a server that runs")
    };
    assert!(why.contains("is running and knows step"), "{why}");
    // As if each of them stood still for longer than it counts as alive. A beat may come between.
    loop {
        let forgotten: Result<u64, StorageError> = beside
            .write(|tx| Box::pin(async move { tx.exec("UPDATE nodes SET until = 1", &[]).await }))
            .await;
        forgotten.unwrap();
        if let Ok(newer) = installation.store_with(&newer()).await {
            newer.close().await.unwrap();
            // It says that it is gone, and is not let either.
            return beside.close().await.unwrap();
        }
    }
}

fn end_when_overtaken(name: &str, server: Option<&str>) {
    let mail = MailServer::start();
    let installation = Installation::make_on(name, &mail, server);
    let mut running = Running::start_with(&installation.node(), |_| {});
    running.until_it_answers();
    let load = Load::on(vec![installation.address], Duration::ZERO);
    for form in 1..=FORMS {
        assert!(load.send(form));
    }
    block_on(overtake(&installation));
    assert!(!load.send(FORMS + 1), "saved into what it does not know");
    let refused = load.refused();
    let [answer] = &*refused else { panic!("{refused:?}") };
    answer.assert_says_later(KNOWN_BY);
    let begun = now();
    let (status, said) = running.until_it_ends();
    let took = now().duration_since(begun);
    assert!(!status.success(), "{said}");
    assert!(said.contains("cannot work on it any more"), "{said}");
    let again = installation.run(&["serve"]);
    let refusal = String::from_utf8_lossy(&again.stderr).into_owned();
    let latest = newer().latest();
    for words in [
        format!("step {latest} (less)"),
        format!("this version knows step {}", latest - 1),
    ] {
        assert!(!again.status.success() && refusal.contains(&words), "{refusal}");
    }
    let cases = block_on(async {
        let store = installation.store_with(&newer()).await.unwrap();
        let cases = assert_whole(&store, &load.saved()).await;
        store.close().await.unwrap();
        cases
    });
    assert_eq!(cases.len(), FORMS);
    println!(
        "{FORMS} saved before; ended by itself {:.1} s after the first refusal",
        took.as_secs_f64()
    );
    installation.remove();
}

#[test]
fn a_server_that_a_newer_version_has_overtaken_saves_nothing_says_why_and_ends() {
    end_when_overtaken("overtaken", None);
}

#[test]
fn so_does_one_over_a_database_server() {
    let Some(schema) = Schema::new("overtaken") else { return };
    end_when_overtaken("overtaken-node", Some(&schema.address));
    schema.remove();
}
