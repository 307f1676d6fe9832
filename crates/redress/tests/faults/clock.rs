//! The machine's clock jumps by an hour, forwards and back, while people complain.

use std::time::Duration;

use crate::installation::Installation;
use crate::kept::assert_nothing_lost;
use crate::load::Load;
use crate::machine::Machine;
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::wait_until;

const HOUR_SECONDS: i64 = 3_600;
/// Complaints under each clock.
const EACH: usize = 25;

#[test]
fn a_clock_that_jumps_by_an_hour_in_each_direction_loses_no_complaint_and_no_letter() {
    let mail = MailServer::start();
    let installation = Installation::make("clock", &mail);
    let machine = Machine::under(&installation.folder);
    let mut server = Running::start_on(&machine, &installation.node());
    server.until_it_answers();
    let load = Load::on(vec![installation.address], Duration::from_millis(5));
    load.beside(4, || {
        for seconds in [0, HOUR_SECONDS, 0, -HOUR_SECONDS, 0] {
            machine.set_clock_off_by(seconds);
            let before = load.count();
            wait_until("complaints are saved", || load.count() >= before + EACH);
        }
    });
    assert_eq!(load.refused().len(), 0);
    // Under the clock of now: no letter waits for an hour that has not come yet.
    let (cases, again) = assert_nothing_lost(&installation, [server], &load.saved(), &mail);
    println!(
        "{} cases under clocks that were right, an hour ahead and an hour behind; {again} letters sent again",
        cases.len()
    );
    installation.remove();
}
