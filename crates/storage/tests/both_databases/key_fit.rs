//! The key files are tried on what they must open: a wrong one, an old one and a missing one each have a sentence, and nothing is written under it.

use std::path::Path;

use storage::key_fit::{self, KeyFit};
use storage::sealed::{self, record_of};
use storage::{Keys, StorageError, Store, audit, events};

use crate::harness::{Place, on_every_engine, read, write};
use crate::samples::{event, later};

/// An installation with one sealed case, another that is about to be, and a checkpoint.
async fn installed(place: &Place) -> Store {
    let store = place
        .open_with(Keys::create(&place.folder.join("keys")).unwrap())
        .await
        .unwrap();
    write(&store, |tx| {
        Box::pin(async move {
            for stream in ["office", "FC-1", "FC-2"] {
                events::append(tx, &[event(stream, 1, "words")]).await?;
            }
            sealed::seal_away(tx, "FC-1", later(9)).await?;
            let sealing = events::NewEvent {
                kind: "case.sealed".to_owned(),
                ..event("FC-1", 2, "stub")
            };
            events::append(tx, &[sealing, event(&record_of("FC-1"), 1, "added")]).await?;
            audit::sign_checkpoint(tx, later(10)).await
        })
    })
    .await;
    store
}

/// Opens the same database with one of the files exchanged for that of another installation.
async fn with_another(place: &Place, file: &str) -> Store {
    installed(place).await.close().await.unwrap();
    let (folder, others) = (place.folder.join("keys"), place.folder.join("others"));
    Keys::create(&others).unwrap();
    std::fs::copy(folder.join(file), place.folder.join(format!("right-{file}"))).unwrap();
    std::fs::copy(others.join(file), folder.join(file)).unwrap();
    open(place, &folder).await
}

async fn open(place: &Place, folder: &Path) -> Store {
    place.open_with(Keys::load(folder).unwrap()).await.unwrap()
}

async fn fit(store: &Store) -> KeyFit {
    read(store, |tx| Box::pin(key_fit::look(tx))).await
}

fn sentences(fit: &KeyFit) -> Vec<String> {
    fit.misfits.iter().map(ToString::to_string).collect()
}

#[test]
fn the_right_keys_fit() {
    on_every_engine(|place| async move {
        let fit = fit(&installed(&place).await).await;
        assert_eq!((sentences(&fit), fit.sealed, fit.shut), (Vec::new(), 1, 0));
    });
}

#[test]
fn another_master_key_is_named() {
    on_every_engine(|place| async move {
        let store = with_another(&place, "master.key").await;
        let said = sentences(&fit(&store).await);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("keys/master.key") && said[0].contains("Put the right master.key back"));
        let report = audit::verify(&store).await.unwrap();
        assert_eq!(
            report.faults.len(),
            1,
            "one sentence, not one for each entry: {:?}",
            report.faults
        );
        assert!(report.faults[0].contains("another master.key"), "{:?}", report.faults);
    });
}

#[test]
fn another_audit_key_is_named_and_signs_nothing() {
    on_every_engine(|place| async move {
        let store = with_another(&place, "audit.key").await;
        let said = sentences(&fit(&store).await);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("Put the right audit.key back"), "{said:?}");
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-2", 2, "goes on")]).await })
        })
        .await;
        let signed: Result<_, StorageError> = store
            .write(|tx| Box::pin(async move { audit::sign_checkpoint(tx, later(60)).await }))
            .await;
        assert!(matches!(signed, Err(StorageError::OtherAuditKey { .. })), "{signed:?}");
        let whole = audit::verify(&store).await.unwrap();
        let one = audit::verify_case(&store, "FC-2", Vec::new()).await.unwrap().unwrap();
        for faults in [whole.faults, one.faults] {
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert!(faults[0].contains("Put the right audit.key back"), "{faults:?}");
        }
        store.close().await.unwrap();
        // The right one comes back: what was written meanwhile is there, and is signed.
        let folder = place.folder.join("keys");
        std::fs::copy(place.folder.join("right-audit.key"), folder.join("audit.key")).unwrap();
        let store = open(&place, &folder).await;
        let signed = write(&store, |tx| {
            Box::pin(async move { audit::sign_checkpoint(tx, later(61)).await })
        })
        .await;
        assert!(signed.is_some());
        let report = audit::verify(&store).await.unwrap();
        assert_eq!((report.entries, report.signed, report.faults), (6, 6, Vec::new()));
    });
}

#[test]
fn another_key_of_sealed_cases_is_named_and_seals_nothing() {
    on_every_engine(|place| async move {
        let store = with_another(&place, "sealed.key").await;
        let fit = fit(&store).await;
        assert_eq!((fit.sealed, fit.shut), (1, 1));
        let said = sentences(&fit);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("Put the right sealed.key back"), "{said:?}");
        assert!(said[0].contains("nothing of it was shown"), "{said:?}");

        let opened: Result<_, StorageError> = store
            .read(|tx| Box::pin(async move { sealed::open(tx, "FC-1").await.map(|_| ()) }))
            .await;
        assert!(matches!(opened, Err(StorageError::OtherSealedKey { .. })), "{opened:?}");
        let second: Result<(), StorageError> = store
            .write(|tx| Box::pin(async move { sealed::seal_away(tx, "FC-2", later(20)).await }))
            .await;
        assert!(matches!(second, Err(StorageError::OtherSealedKey { .. })), "{second:?}");
        let still = read(&store, |tx| Box::pin(async move { events::load(tx, "FC-2").await })).await;
        assert_eq!(still.len(), 1, "what could not be sealed is where it was");

        let report = audit::verify(&store).await.unwrap();
        assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
        assert!(
            report.faults[0].contains("another sealed.key")
                && report.faults[0].contains("the entries themselves verify"),
            "{:?}",
            report.faults
        );
        store.close().await.unwrap();
        let folder = place.folder.join("keys");
        std::fs::copy(place.folder.join("right-sealed.key"), folder.join("sealed.key")).unwrap();
        let record = read(&open(&place, &folder).await, |tx| {
            Box::pin(async move { sealed::open(tx, "FC-1").await })
        })
        .await;
        assert_eq!((record.before.len(), record.since.len()), (1, 1), "nothing was lost");
    });
}

#[test]
fn a_missing_key_of_sealed_cases_is_named_where_it_is_needed() {
    on_every_engine(|place| async move {
        installed(&place).await.close().await.unwrap();
        let folder = place.folder.join("keys");
        let file = std::fs::read(folder.join("sealed.key")).unwrap();
        std::fs::remove_file(folder.join("sealed.key")).unwrap();
        let store = open(&place, &folder).await;
        let fit_without = fit(&store).await;
        assert!(
            matches!(fit_without.misfits.as_slice(), [StorageError::NoSealedKey]),
            "{fit_without:?}"
        );
        assert!(read(&store, |tx| Box::pin(key_fit::has_sealed(tx))).await);
        store.close().await.unwrap();
        // Put back, it opens what it opened before: nothing was lost.
        std::fs::write(folder.join("sealed.key"), file).unwrap();
        own(&folder.join("sealed.key"));
        let store = open(&place, &folder).await;
        assert!(sentences(&fit(&store).await).is_empty());
        let record = read(&store, |tx| Box::pin(async move { sealed::open(tx, "FC-1").await })).await;
        assert_eq!((record.before.len(), record.since.len()), (1, 1));
    });
}

/// Key files are refused when others can read them.
fn own(file: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = file;
}
