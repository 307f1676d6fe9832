//! Messages out of the ordinary, through the real servers to the real binary: each comes to one end, and none stops the mailbox.

use rules::mail::Fate;
use rules::people::Role;
use storage::mail::MailRow;
use storage::{StorageError, cases};

use super::clerk::{Clerk, hire};
use super::mailbox::submit;
use super::place::{Place, until};
use crate::installation::set;

const HELPLINE: &str = "helpline@office.example";
const DESK: &str = "desk@office.example";
/// Nobody reads letters there: what acknowledges these messages comes back, beside them.
const GIL: &str = "gil@world.example";
const MALLORY: &str = "mallory@world.example";

/// Places in the ledger are given in the order in which messages come: each is waited for before the next is sent.
#[test]
fn odd_messages_come_to_one_end_each_and_stop_no_other() {
    let Some(place) = Place::make("by-mail-odd", (&[HELPLINE, DESK], &[])) else {
        return;
    };
    place
        .installation
        .change(|whole| set(whole, "mail", "largest_mb", 1.into()));
    hire(&place, &[("Ruth", &[Role::ComplaintsCoordinator])]);
    let server = place.start();
    let odd = Odd {
        ruth: Clerk::sign_in(place.installation.address, "Ruth"),
        place: &place,
    };
    let case = odd.for_two_of_ours_is_one_case();
    odd.a_forged_tag_waits_for_a_person(&case);
    odd.forged_findings_are_not_believed(&case);
    odd.a_blind_copy_and_a_lone_picture_are_cases();
    odd.what_nobody_can_read_stops_no_other();
    odd.a_wrong_date_changes_no_date_of_ours();
    odd.what_is_too_large_is_told_once();
    assert!(server.stop().success());
    place.remove();
}

struct Odd<'p> {
    place: &'p Place,
    ruth: Clerk,
}

impl Odd<'_> {
    /// Sends a message to the helpline as it is, and tells how it ended.
    fn ends(&self, (sender, message): (&str, &str)) -> (Fate, String) {
        let before = self.written().len();
        submit(self.place.servers.world, (sender, &[HELPLINE]), message);
        let row = until("it has ended", || self.written().get(before).cloned());
        (row.fate.expect("it has ended"), row.reference.unwrap_or_default())
    }

    /// What somebody wrote and has come to its end, in the order in which it came: without reports of letters that came back.
    fn written(&self) -> Vec<MailRow> {
        let mut rows = self.place.ledger();
        rows.retain(|row| row.fate.is_some_and(|fate| fate != Fate::Bounce));
        rows
    }

    fn page(&self, reference: &str) -> String {
        self.ruth.sees(&format!("/staff/c/{reference}")).body
    }

    fn for_two_of_ours_is_one_case(&self) -> String {
        let wrote = format!(
            "From: Gil <{GIL}>\nTo: {HELPLINE}, {DESK}\nSubject: Wifi\nMessage-ID: <both@world.example>\n\nIt drops every ten minutes.\n"
        );
        submit(self.place.servers.world, (GIL, &[HELPLINE, DESK]), &wrote);
        until("it was met in both mailboxes", || {
            (self.place.met_again() == 1).then_some(())
        });
        let written = until("it has ended", || {
            Some(self.written()).filter(|written| !written.is_empty())
        });
        assert_eq!(
            (written.len(), written[0].fate),
            (1, Some(Fate::NewCase)),
            "{written:?}"
        );
        written[0].reference.clone().expect("a case")
    }

    fn a_forged_tag_waits_for_a_person(&self, case: &str) {
        let wrote = format!(
            "From: Mallory <{MALLORY}>\nTo: {HELPLINE}\nSubject: Re: Your complaint [{case}]\nMessage-ID: <tag@world.example>\n\nSend me everything.\n"
        );
        assert_eq!(self.ends((MALLORY, &wrote)), (Fate::Waits, case.to_owned()));
        assert!(!self.page(case).contains("Send me everything."));
        assert!(
            self.ruth.sees("/staff/mail").body.contains("Send me everything."),
            "a person sorts it"
        );
    }

    /// OpenDKIM takes out what carries our name and is not its own, and writes what it found itself: nobody signed it.
    fn forged_findings_are_not_believed(&self, case: &str) {
        let wrote = format!(
            "Authentication-Results: mail.office.example; dmarc=pass header.from=world.example\n\
             From: Gil <{GIL}>\nTo: {HELPLINE}\nSubject: Re: Your complaint [{case}]\n\
             Message-ID: <findings@world.example>\n\nIt is solved, close it.\n"
        );
        assert_eq!(self.ends((MALLORY, &wrote)), (Fate::Waits, case.to_owned()));
        assert!(!self.page(case).contains("It is solved, close it."));
        let page = self.ruth.sees("/staff/mail").body;
        assert!(
            page.contains("It is solved, close it.") && page.contains("nothing proves it"),
            "{page}"
        );
    }

    fn a_blind_copy_and_a_lone_picture_are_cases(&self) {
        let blind = "From: Bo <bo@world.example>\nTo: undisclosed-recipients:;\nSubject: For your eyes\nMessage-ID: <bcc@world.example>\n\nThe gate is broken.\n";
        assert_eq!(self.ends(("bo@world.example", blind)).0, Fate::NewCase);
        let picture = "From: Cy <cy@world.example>\nTo: helpline@office.example\nMessage-ID: <picture@world.example>\nMIME-Version: 1.0\n\
            Content-Type: image/png; name=\"screen.png\"\nContent-Transfer-Encoding: base64\n\n\
            iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\n";
        let (fate, case) = self.ends(("cy@world.example", picture));
        assert_eq!(fate, Fate::NewCase);
        let page = self.page(&case);
        assert!(
            page.contains("This e-mail has no words") && page.contains("screen.png"),
            "{page}"
        );
    }

    fn what_nobody_can_read_stops_no_other(&self) {
        let nested: String = (0..2_000)
            .map(|depth| format!("--b{depth}\nContent-Type: multipart/mixed; boundary=b{}\n\n", depth + 1))
            .collect();
        let poison = format!(
            "From: Di <di@world.example>\nTo: {HELPLINE}\nMessage-ID: <poison@world.example>\nSubject: =?utf-8?B?//8=?= =?x?Q?=\n\
             Content-Type: multipart/mixed; boundary=b0\n\n{nested}"
        );
        let (fate, _) = self.ends(("di@world.example", &poison));
        assert!(matches!(fate, Fate::NewCase | Fate::Unreadable), "{fate:?}");
        let next = "From: Ed <ed@world.example>\nTo: helpline@office.example\nMessage-ID: <next@world.example>\nSubject: Next\n\nThe lift stands still.\n";
        assert_eq!(self.ends(("ed@world.example", next)).0, Fate::NewCase);
    }

    /// A deadline counts from when it came in, whatever the sender's clock says.
    fn a_wrong_date_changes_no_date_of_ours(&self) {
        for (name, date) in [
            ("old", "Thu, 1 Jan 1970 00:00:00 +0000"),
            ("new", "Fri, 31 Dec 2100 23:59:00 +0000"),
        ] {
            let sender = format!("{name}@world.example");
            let wrote = format!(
                "From: {sender}\nTo: {HELPLINE}\nDate: {date}\nMessage-ID: <{name}@world.example>\nSubject: Clock\n\nIt is late.\n"
            );
            let (fate, case) = self.ends((&sender, &wrote));
            assert_eq!(fate, Fate::NewCase);
            let arrived = self.written().pop().expect("it is there").arrived_at;
            let row = self.place.run(self.place.store().read(move |tx| {
                Box::pin(async move { Ok::<_, StorageError>(cases::get(tx, &case).await?.expect("the case")) })
            }));
            assert_eq!(row.unwrap().received_at, arrived, "{date}");
        }
    }

    fn what_is_too_large_is_told_once(&self) {
        let body = format!("{}\n", "It is a long story. ".repeat(40)).repeat(2_000);
        let wrote = format!(
            "From: Flo <flo@world.example>\nTo: {HELPLINE}\nMessage-ID: <large@world.example>\nSubject: Long\n\n{body}"
        );
        let (fate, case) = self.ends(("flo@world.example", &wrote));
        assert_eq!(fate, Fate::NewCase);
        let page = self.page(&case);
        assert!(page.contains("all but its beginning"), "{page}");
        assert!(page.contains("larger than the 1 MB"), "{page}");
        let last = self.written().pop().expect("it is there");
        assert!(last.size < 200_000, "{}", last.size);
    }
}
