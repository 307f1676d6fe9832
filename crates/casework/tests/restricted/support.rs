//! A complaint about Jo, restricted from the receipt on, in an office on the usual Tuesday.

use casework::PublicDoor;
use casework::handling::{Hand, Seen, confidential};
use rules::case::Reference;
use rules::confidential::StaffNamed;
use rules::intake::RawFeedback;
use rules::people::Person;
use testkit::office::OpenOffice;
use testkit::people::{jo, ruth};
use testkit::words::{form, judged_for};

/// Words that stand nowhere but in the restricted complaint.
pub(crate) const WORDS: &str = "The man at the counter shouted at me. Everybody in the queue turned round.";

pub(crate) async fn open() -> OpenOffice {
    OpenOffice::at(testkit::story::TUESDAY).await
}

/// The form with the box ticked, not yet judged.
pub(crate) async fn ticked(office: &OpenOffice, key: &str) -> Reference {
    let raw = RawFeedback {
        about_staff: "yes".to_owned(),
        words: WORDS.to_owned(),
        existing_job: "F0980554".to_owned(),
        ..form()
    };
    let receipt = PublicDoor::of(office.office.clone()).complain(&raw, key).await.unwrap();
    office.letters_arrive().await;
    receipt.reference
}

/// The same, judged by Ruth as about Jo and given to somebody.
pub(crate) async fn about_jo(office: &OpenOffice, key: &str, to: &Person) -> Reference {
    let reference = ticked(office, key).await;
    let judgement = judged_for(to);
    let ruth = ruth();
    confidential::named_and_triaged(hand(office, &ruth, &reference), &about(&[jo()]), &judgement)
        .await
        .unwrap();
    office.letters_arrive().await;
    reference
}

pub(crate) fn about(people: &[Person]) -> StaffNamed {
    StaffNamed {
        people: people.iter().map(|person| person.id).collect(),
        others: None,
    }
}

pub(crate) fn hand<'a>(office: &'a OpenOffice, by: &'a Person, reference: &'a Reference) -> Hand<'a> {
    Hand {
        office: &office.office,
        by,
        reference,
        seen: Seen::Whatever,
        once: None,
    }
}
