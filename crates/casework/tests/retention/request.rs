//! Somebody asks for what is kept about them to be erased.

use casework::ActError;
use casework::handling::keep;
use casework::retention::erase_as_asked;
use rules::case::event::{Event, Exemption};
use testkit::office::OpenOffice;
use testkit::people::{everybody, leila};
use testkit::story::TUESDAY;

use crate::support::is_there;

#[tokio::test]
async fn it_is_refused_with_its_ground_and_that_stands_on_the_case() {
    let office = OpenOffice::at(TUESDAY).await;
    let reference = office.answered("k").await;
    keep::refuse_to_erase(
        office.hand(&leila(), &reference),
        Exemption::LegalClaims,
        "A claim is open.",
    )
    .await
    .unwrap();
    let Event::ErasureRefused(refused) = office.last_event(&reference).await else {
        panic!("it is not on the case")
    };
    assert_eq!(refused.exemption, Exemption::LegalClaims);
    assert!(is_there(&office, &reference).await);
}

#[tokio::test]
async fn only_the_data_protection_officer_erases_and_only_what_is_over() {
    let office = OpenOffice::at(TUESDAY).await;
    let reference = office.answered("k").await;
    let open = office.at_stage_1("open").await;
    for person in everybody().into_iter().filter(|person| person.id != leila().id) {
        let refused = erase_as_asked(office.hand(&person, &reference)).await;
        assert!(
            matches!(refused, Err(ActError::Refused(_))),
            "{}: {refused:?}",
            person.name
        );
    }
    assert!(matches!(
        erase_as_asked(office.hand(&leila(), &open)).await,
        Err(ActError::Refused(_))
    ));
    keep::hold(office.hand(&leila(), &reference), "A claim").await.unwrap();
    assert!(matches!(
        erase_as_asked(office.hand(&leila(), &reference)).await,
        Err(ActError::Refused(_))
    ));
    assert!(is_there(&office, &reference).await && is_there(&office, &open).await);
}
