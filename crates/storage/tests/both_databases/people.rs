//! Who works here, who is signed in, who comes back: every query of these records.

use storage::idempotency::{self, Claim};
use storage::staff::{self, StaffRow};
use storage::{StorageError, access, sessions, throttle};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{later, now, person, session};

#[test]
fn staff_sign_in_by_name_or_address_in_any_letters() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                let id = staff::add(tx, &person("ada")).await?;
                let ada = StaffRow { id, ..person("ada") };
                assert_eq!(staff::get(tx, id).await?, Some(ada.clone()));
                for login in ["ada", " ADA ", "Ada@Calderbrook.Example"] {
                    assert_eq!(staff::by_login(tx, login).await?.map(|row| row.id), Some(id), "{login}");
                }
                assert_eq!(staff::by_login(tx, "bob").await?, None);
                let changed = StaffRow {
                    active: false,
                    username: "countess".to_owned(),
                    ..ada
                };
                staff::update(tx, &changed).await?;
                assert_eq!(staff::by_login(tx, "ada").await?, None);
                assert_eq!(staff::by_login(tx, "countess").await?, Some(changed));
                let next = staff::next_number(tx).await?;
                let bob = staff::add(tx, &person("bob")).await?;
                assert_eq!(next, bob);
                assert_eq!(
                    staff::list(tx).await?.iter().map(|row| row.id).collect::<Vec<_>>(),
                    [id, bob]
                );
                Ok(())
            })
        })
        .await;
        for taken in [
            StaffRow {
                username: "BOB".to_owned(),
                ..person("eve")
            },
            StaffRow {
                username: "bob@calderbrook.example".to_owned(),
                ..person("eve")
            },
            StaffRow {
                id: 1,
                email: "Bob@calderbrook.example".to_owned(),
                ..person("eve")
            },
        ] {
            let refused: Result<(), StorageError> = store
                .write(move |tx| {
                    Box::pin(async move {
                        if taken.id == 0 {
                            staff::add(tx, &taken).await.map(|_| ())
                        } else {
                            staff::update(tx, &taken).await
                        }
                    })
                })
                .await;
            assert!(matches!(refused, Err(StorageError::Taken(_))), "{refused:?}");
        }
    });
}

#[test]
fn sessions_end_when_idle_when_old_and_when_told() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                for token in [&b"one"[..], b"two", b"three"] {
                    sessions::create(tx, token, &session(1)).await?;
                }
                sessions::create(tx, b"other", &session(2)).await?;
                assert!(sessions::find(tx, b"one", later(29)).await? == Some(session(1)));
                assert!(sessions::find(tx, b"none", now()).await?.is_none());
                assert!(sessions::find(tx, b"one", later(30)).await?.is_none(), "idle");
                sessions::touch(tx, b"one", later(29), later(900)).await?;
                assert_eq!(
                    sessions::find(tx, b"one", later(599)).await?.map(|found| found.seen_at),
                    Some(later(29))
                );
                assert!(sessions::find(tx, b"one", later(600)).await?.is_none(), "old");
                sessions::end(tx, b"two").await?;
                assert!(sessions::find(tx, b"two", now()).await?.is_none());
                assert_eq!(sessions::sweep(tx, later(30)).await?, 2, "three and other were idle");
                assert_eq!(sessions::end_all_for(tx, 1).await?, 1);
                assert!(sessions::find(tx, b"one", now()).await?.is_none());
                Ok(())
            })
        })
        .await;
    });
}

#[test]
fn tries_are_counted_in_a_window() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                assert_eq!(throttle::hit(tx, "sign-in ada", now(), 120).await?, 1);
                assert_eq!(throttle::hit(tx, "sign-in ada", later(1), 120).await?, 2);
                assert_eq!(throttle::hit(tx, "sign-in bob", later(1), 120).await?, 1);
                assert_eq!(
                    throttle::hit(tx, "sign-in ada", later(2), 120).await?,
                    1,
                    "a new window"
                );
                throttle::clear(tx, "sign-in ada").await?;
                assert_eq!(throttle::hit(tx, "sign-in ada", later(2), 120).await?, 1);
                assert_eq!(throttle::sweep(tx, later(2)).await?, 1);
                Ok(())
            })
        })
        .await;
    });
}

#[test]
fn a_request_counts_once() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                assert!(!idempotency::seen(tx, "form 1").await?);
                assert_eq!(idempotency::claim(tx, "form 1", now()).await?, Claim::Fresh);
                assert!(idempotency::seen(tx, "form 1").await?);
                assert_eq!(idempotency::claim(tx, "form 1", later(1)).await?, Claim::Seen(None));
                idempotency::keep(tx, "form 2", "FC-10001", later(2)).await?;
                assert_eq!(
                    idempotency::claim(tx, "form 2", later(2)).await?,
                    Claim::Seen(Some("FC-10001".to_owned()))
                );
                assert_eq!(idempotency::sweep(tx, later(1)).await?, 1);
                assert_eq!(idempotency::claim(tx, "form 1", later(3)).await?, Claim::Fresh);
                Ok(())
            })
        })
        .await;
    });
}

#[test]
fn a_receipt_code_opens_its_own_case_only() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                access::put_code(tx, "FC-1", "1234 5678 9012 3456").await?;
                access::put_code(tx, "FC-2", "6543210987654321").await?;
                assert!(access::check_code(tx, "FC-1", "1234567890123456").await?);
                assert!(access::check_code(tx, "FC-1", "1234-5678-9012-3456").await?);
                assert!(!access::check_code(tx, "FC-1", "1234567890123457").await?);
                assert!(!access::check_code(tx, "FC-1", "").await?);
                assert!(!access::check_code(tx, "FC-2", "1234567890123456").await?);
                assert!(!access::check_code(tx, "FC-3", "1234567890123456").await?);
                access::put_code(tx, "FC-1", "1111222233334444").await?;
                assert!(!access::check_code(tx, "FC-1", "1234567890123456").await?, "replaced");

                access::put_link_token(tx, "FC-1", "link one", now()).await?;
                access::put_link_token(tx, "FC-1", "link two", now()).await?;
                access::put_link_token(tx, "FC-2", "link of another", now()).await?;
                assert!(access::check_link_token(tx, "FC-1", "link one").await?);
                assert!(access::check_link_token(tx, "FC-1", "link two").await?);
                assert!(
                    !access::check_link_token(tx, "FC-2", "link two").await?,
                    "of another case"
                );
                assert!(!access::check_link_token(tx, "FC-1", "link three").await?);
                assert_eq!(access::drop_link_tokens(tx, "FC-1").await?, 2);
                assert!(!access::check_link_token(tx, "FC-1", "link one").await?, "dropped");
                Ok(())
            })
        })
        .await;
        // A code copied, or a link moved, to another case by somebody with raw SQL opens nothing.
        let raw = place.raw().await;
        let copied = raw.run(
            "UPDATE access_codes SET code_hash = (SELECT code_hash FROM access_codes WHERE reference = 'FC-1')
                 WHERE reference = 'FC-2';
                 UPDATE link_tokens SET reference = 'FC-1'",
        );
        copied.await.unwrap();
        let opens = read(&store, |tx| {
            Box::pin(async move {
                let code = access::check_code(tx, "FC-2", "1111222233334444").await?;
                let link = access::check_link_token(tx, "FC-1", "link of another").await?;
                Ok((
                    code,
                    link,
                    access::check_link_token(tx, "FC-2", "link of another").await?,
                ))
            })
        });
        assert_eq!(opens.await, (false, false, false));
    });
}
