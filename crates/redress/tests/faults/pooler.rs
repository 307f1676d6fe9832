//! Two nodes behind pgbouncer in transaction mode, where each transaction meets another connection of the server: everything that the product does is
//! done through it.

use std::net::SocketAddr;
use std::process::{Command, Output};
use std::time::Duration;

use crate::at_work::AtWork;
use crate::http;
use crate::installation::{BINARY, Installation};
use crate::kept::assert_nothing_lost;
use crate::load::{KNOWN_BY, Load};
use crate::machine::Machine;
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::server::sql;
use crate::{now, wait_until};

/// The address of pgbouncer, by which databases can be made.
const ADDRESS: &str = "REDRESS_TEST_POOLER";

const CLIENTS: usize = 6;
/// Complaints before a node is killed, and after it was started again.
const EACH: usize = 150;
/// Nobody is told: each node looks every five seconds.
const FOLLOWED_WITHIN: Duration = Duration::from_secs(15);

/// The installation's own name, as everybody reads it.
fn names(node: SocketAddr, name: &str) -> bool {
    http::get(node, "/").unwrap().body.contains(name)
}

/// Run by `cargo xtask faults pooler`, which starts pgbouncer.
#[test]
#[ignore = "needs pgbouncer, which `cargo xtask faults pooler` starts"]
fn two_nodes_behind_a_pooler_that_gives_out_connections_by_the_transaction_lose_nothing_and_keep_up_with_each_other() {
    let pooler = std::env::var(ADDRESS).expect("the address of a pooler");
    let (server, _) = pooler.rsplit_once('/').expect("a database in the address");
    let database = format!("pooler_{}", std::process::id());
    sql(&pooler, &format!("CREATE DATABASE {database}"));
    let address = format!("{server}/{database}");

    let mail = MailServer::start();
    let installation = Installation::make_on("pooler", &mail, Some(&address));
    let machine = Machine::under(&installation.folder);
    let (first, second) = (installation.node(), installation.second_node());
    let mut one = Running::start_on(&machine, &first);
    let mut two = Running::start_on(&machine, &second);
    for node in [&mut one, &mut two] {
        node.until_it_answers();
        assert!(
            node.said()
                .contains("a pooler gives every transaction another connection"),
            "{}",
            node.said()
        );
    }
    let load = Load::on(vec![first.address, second.address], Duration::from_millis(10));
    let (followed, one) = load.beside(CLIENTS, || {
        wait_until("complaints are saved", || load.count() >= EACH);
        let rosa = AtWork::sign_in(first.address);
        assert_eq!(
            rosa.sees(second.address, "/staff").status,
            200,
            "signed in at the other node too"
        );
        assert_eq!(rosa.rename(first.address, "Weir").status, 303);
        let followed = wait_until("the other node wears the name", || names(second.address, "Weir"));
        assert!(names(first.address, "Weir"));
        one.kill();
        let mut one = Running::start_on(&machine, &first);
        one.until_it_answers();
        let then = load.count();
        wait_until("complaints are saved again", || load.count() >= then + EACH);
        (followed, one)
    });
    assert!(followed < FOLLOWED_WITHIN, "{followed:?}");
    assert_eq!(load.refused().len(), 0, "nobody was told to come back");
    let told = assert_says_so_while_nobody_gets_a_connection(&load, &format!("{server}/pgbouncer"), second.address);
    // What was in the hands of the node that was killed is free again after its lease.
    machine.pass_every_lease();
    let saved = load.saved();
    let (cases, again) = assert_nothing_lost(&installation, [one, two], &saved, &mail);
    assert_moves_away(&installation, &machine, cases.len());
    println!(
        "{} answers of \"saved\" through the pooler, {} cases, each with one job and one acknowledgement; {} broken connections to the node that was \
         killed; the other node knew of the new name after {:.1} s; told to come back {:.1} s after sending while the pooler gave no connection; {again} \
         letters sent again",
        saved.len(),
        cases.len(),
        load.broken(),
        followed.as_secs_f64(),
        told.as_secs_f64()
    );
    assert_a_schema_of_its_own_is_refused(&installation, &machine, &address);
    installation.remove();
    sql(&pooler, &format!("DROP DATABASE {database} WITH (FORCE)"));
}

/// The pooler has no connection for anybody, as when the server behind it is away: people hear that before they give up, and what they send again is
/// kept once. Tells how long they wait.
fn assert_says_so_while_nobody_gets_a_connection(load: &Load<'_>, console: &str, node: SocketAddr) -> Duration {
    const FORM: usize = 1_000_000;
    sql(console, "PAUSE");
    let begun = now();
    assert!(!load.send(FORM), "saved without a database");
    let told = now().duration_since(begun);
    let refused = load.refused();
    let [answer] = &*refused else { panic!("{refused:?}") };
    assert_eq!(answer.status, 503, "{answer:?}");
    for words in ["We cannot save that just now", KNOWN_BY] {
        assert!(answer.body.contains(words), "{words}: {answer:?}");
    }
    assert_eq!(
        http::get(node, "/complain").unwrap().status,
        200,
        "the form itself needs no database"
    );
    sql(console, "RESUME");
    wait_until("it is saved", || load.send(FORM));
    assert!(load.send(FORM), "once more");
    told
}

/// Moves everything, by the clock of the nodes, whose leases have ended.
fn moved(installation: &Installation, machine: &Machine, to: &str) -> Output {
    let mut command = Command::new(BINARY);
    machine.put_under(&mut command);
    command.args(["database", "move", "--to", to, "--config"]);
    command.arg(installation.node().configuration).output().unwrap()
}

/// Everything goes to a file and is the same there: long looks and holding the turn work through the pooler too.
fn assert_moves_away(installation: &Installation, machine: &Machine, cases: usize) {
    let file = installation.folder.join("moved.db").display().to_string();
    let moved = moved(installation, machine, &file);
    assert!(moved.status.success(), "{moved:?}");
    let said = String::from_utf8_lossy(&moved.stdout).into_owned();
    let line = said
        .lines()
        .find(|line| line.starts_with("cases "))
        .expect("the table of cases");
    assert!(
        line.contains(&format!(" {cases} rows")) && line.contains("the same on both sides"),
        "{said}"
    );
}

/// pgbouncer passes no schema on: whoever names one hears that before anything is written elsewhere.
fn assert_a_schema_of_its_own_is_refused(installation: &Installation, machine: &Machine, address: &str) {
    let to = format!("{address}?options=-csearch_path%3Dapart");
    let refused = moved(installation, machine, &to);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    let words =
        "it names the schema apart, and the server gives public: a pooler before it does not pass the setting on";
    assert!(!refused.status.success() && said.contains(words), "{said}");
}
