//! What had been erased and comes back with a backup is erased again; what a version closed that knew no periods gets its own.

use casework::retention::{announce, finish_half_erased};
use rules::retention::Why;
use storage::stream_keys;

use crate::after::rich;
use crate::support::{assert_whole, figures, gone, is_there};

#[tokio::test]
async fn a_case_whose_key_is_gone_and_whose_rows_are_there_is_erased_again() {
    let (office, reference, _) = rich().await;
    let before = figures(&office).await;
    let (stream, now) = (reference.to_string(), office.office.now());
    let destroyed = office
        .office
        .store()
        .write(move |tx| Box::pin(async move { stream_keys::destroy(tx, &stream, now).await }));
    assert!(destroyed.await.unwrap());
    assert_eq!(finish_half_erased(&office.office).await.unwrap(), 1);
    assert_eq!(finish_half_erased(&office.office).await.unwrap(), 0);
    assert!(!is_there(&office, &reference).await);
    assert_eq!(figures(&office).await, before);
    assert_whole(&office).await;
    assert!(office.office.store().files().list().await.unwrap().is_empty());
    assert_eq!(
        gone(&office, &reference).await.map(|gone| gone.erased.why),
        Some(Why::Again)
    );
}

#[tokio::test]
async fn cases_without_a_period_get_theirs_once() {
    let (office, reference, _) = rich().await;
    assert_eq!(office.tamper("DELETE FROM case_keeping").await, 2);
    announce(&office.office).await.unwrap();
    let number = reference.number();
    let kept = office
        .read(move |tx| Box::pin(async move { storage::keeping::get(tx, number).await }))
        .await;
    assert_eq!(kept.unwrap().class.as_deref(), Some("stage_1"));
    assert_whole(&office).await;
}
