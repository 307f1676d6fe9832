//! The server is killed two hundred times under load, at moments that nobody chose.

use std::time::Duration;

use crate::chance::Chance;
use crate::installation::Installation;
use crate::kept::assert_nothing_lost;
use crate::load::Load;
use crate::machine::Machine;
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::{now, pause};

const KILLS: usize = 200;
const CLIENTS: usize = 4;
const SEED: u64 = 0x5eed_0001;
/// How long it may be at work before it is killed, in microseconds.
const AT_WORK: u64 = 200_000;
/// Once in so many times it is killed while it starts.
const WHILE_STARTING: u64 = 5;
/// A letter that was in the hands of a server that was killed is free again after its lease.
const AFTER_EVERY_LEASE_SECONDS: i64 = 600;

#[test]
fn killed_two_hundred_times_under_load_it_loses_nothing_and_doubles_nothing() {
    let mail = MailServer::start();
    let installation = Installation::make("killed", &mail);
    let machine = Machine::under(&installation.folder);
    let load = Load::on(vec![installation.address], Duration::from_millis(30));
    let begun = now();
    let (at_work, last) = load.beside(CLIENTS, || {
        let at_work = kill(&installation, &load);
        let mut last = Running::command(&installation);
        machine.set_clock_off_by(AFTER_EVERY_LEASE_SECONDS);
        machine.put_under(&mut last);
        let mut last = Running::start(&installation, last);
        last.until_it_answers();
        (at_work, last)
    });
    let took = now().duration_since(begun);
    let saved = load.saved();
    let (cases, again) = assert_nothing_lost(&installation, last, &saved, &mail);
    println!(
        "killed {KILLS} times in {:.0} s, {at_work} times at work; {} answers of \"saved\", {} cases, {} broken connections, {again} letters sent again",
        took.as_secs_f64(),
        saved.len(),
        cases.len(),
        load.broken()
    );
    assert!(at_work > KILLS / 3, "at work only {at_work} times: the load was none");
    assert!(load.broken() > KILLS / 3, "nobody noticed");
    installation.remove();
}

/// Starts and kills it, and tells how often something had been saved in between.
fn kill(installation: &Installation, load: &Load<'_>) -> usize {
    let mut chance = Chance::from(SEED);
    let (mut at_work, mut starts) = (0, Duration::from_millis(200));
    for _ in 0..KILLS {
        let before = load.count();
        let mut server = Running::start(installation, Running::command(installation));
        let life = if chance.once_in(WHILE_STARTING) {
            chance.below(starts.as_micros() as u64)
        } else {
            starts = server.until_it_answers();
            chance.below(AT_WORK)
        };
        pause(Duration::from_micros(life));
        server.kill();
        at_work += usize::from(load.count() > before);
    }
    at_work
}
