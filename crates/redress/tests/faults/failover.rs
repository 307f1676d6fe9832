//! Two nodes over a PostgreSQL cluster: its leader is killed under load, and one of the nodes with it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::http;
use crate::installation::Installation;
use crate::kept::assert_nothing_lost;
use crate::load::{KNOWN_BY, Load};
use crate::machine::Machine;
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::{now, pause, wait_until};

/// The address of the cluster: all its nodes.
const ADDRESS: &str = "REDRESS_TEST_CLUSTER";
/// A line for each node of it: the port of Patroni's pages, its process, the folder of PostgreSQL.
const NODES: &str = "REDRESS_TEST_CLUSTER_NODES";

const CLIENTS: usize = 6;
/// Complaints before the leader is killed, and after the service is back.
const EACH: usize = 150;

/// A PostgreSQL server of the cluster and the Patroni that watches it.
struct Member {
    rest: u16,
    patroni: u32,
    data: PathBuf,
}

impl Member {
    fn read(line: &str) -> Member {
        let mut words = line.splitn(3, ' ');
        let mut word = || words.next().unwrap_or_else(|| panic!("{NODES}: {line}"));
        Member {
            rest: word().parse().unwrap(),
            patroni: word().parse().unwrap(),
            data: word().into(),
        }
    }

    fn leads(&self) -> bool {
        let address = ([127, 0, 0, 1], self.rest).into();
        http::get(address, "/primary").is_ok_and(|answer| answer.status == 200)
    }

    /// Kills Patroni first, so that it cannot start PostgreSQL again.
    fn kill(&self) {
        let noted = fs::read_to_string(self.data.join("postmaster.pid")).unwrap();
        let postgres = noted.lines().next().unwrap().trim();
        for process in [&*self.patroni.to_string(), postgres] {
            assert!(Command::new("kill").args(["-9", process]).status().unwrap().success());
        }
    }
}

/// Run by `cargo xtask faults failover`, which makes the cluster.
#[test]
#[ignore = "needs a cluster, which `cargo xtask faults failover` makes"]
fn the_leader_of_the_database_and_one_node_are_killed_and_nothing_is_lost_or_doubled() {
    let cluster = std::env::var(ADDRESS).expect("the address of a cluster");
    let members = std::env::var(NODES).expect("the nodes of the cluster");
    let members: Vec<Member> = members.lines().map(Member::read).collect();

    let mail = MailServer::start();
    let installation = Installation::make_on("failover", &mail, Some(&cluster));
    let machine = Machine::under(&installation.folder);
    let (first, second) = (installation.node(), installation.second_node());
    let mut one = Running::start_on(&machine, &first);
    let mut two = Running::start_on(&machine, &second);
    one.until_it_answers();
    two.until_it_answers();

    let load = Load::on(vec![first.address, second.address], Duration::from_millis(10));
    let (before, elected, back, one) = load.beside(CLIENTS, || {
        wait_until("complaints are saved", || load.count() >= EACH);
        let leader = members.iter().position(Member::leads).expect("a leader");
        let before = load.count();
        members[leader].kill();
        one.kill();
        let begun = now();
        let other = members
            .iter()
            .enumerate()
            .find(|(at, _)| *at != leader)
            .expect("another")
            .1;
        // What was under way when the leader died may still be answered.
        pause(Duration::from_secs(1));
        let at_rest = load.count();
        wait_until("another leads", || other.leads());
        let elected = now().duration_since(begun);
        wait_until("the service is back", || load.count() > at_rest);
        let back = now().duration_since(begun);
        // The node that was killed is started again, and takes its part.
        let mut one = Running::start_on(&machine, &first);
        one.until_it_answers();
        let then = load.count();
        wait_until("complaints are saved again", || load.count() >= then + EACH);
        (before, elected, back, one)
    });
    // What was in the hands of the node that was killed is free again after its lease.
    machine.pass_every_lease();
    let refused = load.refused();
    for answer in &refused {
        assert!(
            answer.status >= 500 && answer.body.contains(KNOWN_BY),
            "the words are still there: {answer:?}"
        );
    }
    let saved = load.saved();
    let (cases, again) = assert_nothing_lost(&installation, [one, two], &saved, &mail);
    println!(
        "{before} saved before the leader and a node were killed; another led after {:.1} s, the first complaint was saved after {:.1} s; \
         {} answers of \"saved\" in all, {} told to try again, {} broken connections; {} cases, each with one job and one acknowledgement; \
         {again} letters sent again",
        elected.as_secs_f64(),
        back.as_secs_f64(),
        saved.len(),
        refused.len(),
        load.broken(),
        cases.len()
    );
    installation.remove();
}
