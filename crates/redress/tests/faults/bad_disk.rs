//! A disk that is full, or that takes nothing any more: people read that nothing was saved and keep their words, the log says why, and when the
//! disk is good again everything goes on by itself.

use std::time::Duration;

use crate::at_work::AtWork;
use crate::http;
use crate::installation::Installation;
use crate::kept::assert_nothing_lost;
use crate::load::{KNOWN_BY, Load};
use crate::machine::{Disk, Machine};
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::wait_until;

const CLIENTS: usize = 4;

#[test]
fn a_full_disk_saves_nothing_says_so_and_goes_on_when_there_is_room() {
    survive("full-disk", Disk::Full, "The disk is full");
}

#[test]
fn a_disk_that_can_only_be_read_saves_nothing_says_so_and_goes_on_when_it_can_be_written() {
    survive("read-only-disk", Disk::ReadOnly, "The disk takes no changes");
}

fn survive(name: &str, disk: Disk, in_the_log: &str) {
    let mail = MailServer::start();
    let installation = Installation::make(name, &mail);
    let machine = Machine::under(&installation.folder);
    let mut server = Running::start_on(&machine, &installation.node());
    server.until_it_answers();

    let rosa = AtWork::sign_in(installation.address);
    let load = Load::on(vec![installation.address], Duration::ZERO);
    let (refused, before, good_again) = load.beside(CLIENTS, || {
        wait_until("complaints are saved", || load.count() >= 25);
        machine.make_disk(disk);
        let mut refused = Vec::new();
        wait_until("forms are refused", || {
            refused.append(&mut load.refused());
            refused.len() >= 20
        });
        // Who only reads is served.
        for page in ["/", "/complain", "/track"] {
            assert_eq!(http::get(installation.address, page).unwrap().status, 200, "{page}");
        }
        let settings = "/staff/settings/brand";
        assert_eq!(rosa.sees(installation.address, settings).status, 200, "{settings}");
        let renamed = rosa.rename(installation.address, "Weir");
        // On a full disk a few words may still fit into files as long as they are, for instance right after the log of the database begins anew.
        if renamed.status != 303 || disk != Disk::Full {
            renamed.assert_says_later("Weir");
        }
        let before = load.count();
        machine.make_disk(Disk::Good);
        wait_until("complaints are saved again", || load.count() > before + 25);
        refused.append(&mut load.refused());
        assert_eq!(
            rosa.rename(installation.address, "Weir").status,
            303,
            "saved when sent again"
        );
        (refused, before, load.count())
    });
    for answer in &refused {
        answer.assert_says_later(KNOWN_BY);
    }
    assert!(server.said().contains(in_the_log), "{}", server.said());

    // What was in the hands of the post room when the disk went bad is free again after its lease.
    machine.pass_every_lease();
    let (cases, again) = assert_nothing_lost(&installation, [server], &load.saved(), &mail);
    assert_eq!(
        again, 0,
        "what the mail server had taken was noted when the disk was good again"
    );
    println!(
        "{disk:?}: {before} saved before and while it was bad, {} forms refused, {good_again} saved by the end of it, {} cases",
        refused.len(),
        cases.len()
    );
    installation.remove();
}
