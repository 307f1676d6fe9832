//! Nodes are killed hundreds of times under load, at moments that nobody chose: one on a file, two over one server.

use std::time::Duration;

use crate::chance::Chance;
use crate::installation::{Installation, Node};
use crate::kept::assert_nothing_lost;
use crate::load::Load;
use crate::machine::Machine;
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::server::Schema;
use crate::{now, pause};

const KILLS: usize = 200;
const CLIENTS: usize = 4;
const SEED: u64 = 0x5eed_0001;
/// How long a node may be at work before it is killed, in microseconds.
const AT_WORK: u64 = 200_000;
/// Once in so many times it is killed while it starts.
const WHILE_STARTING: u64 = 5;
#[test]
fn killed_two_hundred_times_under_load_it_loses_nothing_and_doubles_nothing() {
    let mail = MailServer::start();
    let installation = Installation::make("killed", &mail);
    let nodes = [installation.node()];
    survive(&installation, &nodes, &mail);
}

#[test]
fn of_two_nodes_over_one_server_one_is_killed_two_hundred_times_and_nothing_is_lost_or_doubled() {
    let Some(schema) = Schema::new("killed") else { return };
    let mail = MailServer::start();
    let installation = Installation::make_on("killed-nodes", &mail, Some(&schema.address));
    let nodes = [installation.node(), installation.second_node()];
    survive(&installation, &nodes, &mail);
    schema.remove();
}

fn survive(installation: &Installation, nodes: &[Node], mail: &MailServer) {
    let machine = Machine::under(&installation.folder);
    let addresses = nodes.iter().map(|node| node.address).collect();
    let load = Load::on(addresses, Duration::from_millis(30));
    let begun = now();
    let (at_work, running) = load.beside(CLIENTS, || kill(&machine, nodes, &load));
    let took = now().duration_since(begun);
    machine.pass_every_lease();
    let saved = load.saved();
    let (cases, again) = assert_nothing_lost(installation, running, &saved, mail);
    println!(
        "of {} nodes one was killed, {KILLS} times in {:.0} s, {at_work} of them at work; {} answers of \"saved\", {} cases, {} broken connections, \
         {again} letters sent again",
        nodes.len(),
        took.as_secs_f64(),
        saved.len(),
        cases.len(),
        load.broken()
    );
    assert!(at_work > KILLS / 3, "at work only {at_work} times: the load was none");
    assert!(load.broken() > KILLS / 3, "nobody noticed");
}

/// Starts the nodes, kills one after the other and starts it again. Tells how often something had been saved in between, and leaves all of them
/// at work.
fn kill(machine: &Machine, nodes: &[Node], load: &Load<'_>) -> (usize, Vec<Running>) {
    let mut chance = Chance::from(SEED);
    let mut running: Vec<Running> = nodes.iter().map(|node| Running::start_on(machine, node)).collect();
    let starts = running[0].until_it_answers();
    let (mut at_work, mut before) = (0, load.count());
    for _ in 0..KILLS {
        let at = chance.below(nodes.len() as u64) as usize;
        let life = if chance.once_in(WHILE_STARTING) {
            chance.below(starts.as_micros() as u64)
        } else {
            running[at].until_it_answers();
            chance.below(AT_WORK)
        };
        pause(Duration::from_micros(life));
        running.remove(at).kill();
        let count = load.count();
        at_work += usize::from(count > before);
        before = count;
        running.insert(at, Running::start_on(machine, &nodes[at]));
    }
    for node in &mut running {
        node.until_it_answers();
    }
    (at_work, running)
}
