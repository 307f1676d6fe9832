//! Drafts: sealed in their own place, found by whoever wrote them, gone with their time, their act and their case.

use storage::drafts::{self, DraftPlace, DraftRow, Kept};
use storage::{Store, events, stream_keys};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{event, later};

fn place(staff_id: i64, form: &str) -> DraftPlace {
    DraftPlace {
        staff_id,
        stream: "FC-1".to_owned(),
        form: form.to_owned(),
    }
}

async fn put(store: &Store, draft: DraftPlace, key: &'static str, words: &'static str) {
    write(store, move |tx| {
        Box::pin(async move {
            let kept = Kept {
                at: later(1),
                until: later(100),
            };
            drafts::put(tx, &draft, key, kept, words.as_bytes()).await
        })
    })
    .await;
}

async fn of(store: &Store, staff_id: i64, minute: i64) -> Vec<(String, Vec<u8>)> {
    let rows: Vec<DraftRow> = read(store, move |tx| {
        Box::pin(async move { drafts::of(tx, staff_id, "FC-1", later(minute)).await })
    })
    .await;
    rows.into_iter().map(|row| (row.form, row.fields)).collect()
}

fn words(form: &str, words: &str) -> (String, Vec<u8>) {
    (form.to_owned(), words.as_bytes().to_vec())
}

#[test]
fn a_draft_is_found_by_its_writer_until_its_time_is_over() {
    on_every_engine(|house| async move {
        let store = house.open().await;
        put(&store, place(1, "note"), "a", "first").await;
        put(&store, place(1, "note"), "a", "second").await;
        put(&store, place(1, "message"), "b", "hello").await;
        put(&store, place(2, "note"), "c", "of somebody else").await;
        assert_eq!(
            of(&store, 1, 5).await,
            [words("message", "hello"), words("note", "second")]
        );
        assert_eq!(of(&store, 3, 5).await, []);
        assert_eq!(of(&store, 1, 100).await, [], "its time is over to the minute");
        let swept = write(&store, |tx| Box::pin(async move { drafts::sweep(tx, later(99)).await })).await;
        assert_eq!(swept, 0);
        let swept = write(&store, |tx| {
            Box::pin(async move { drafts::sweep(tx, later(100)).await })
        })
        .await;
        assert_eq!(swept, 3);
    });
}

#[test]
fn the_act_of_a_form_throws_away_its_draft_and_no_other() {
    on_every_engine(|house| async move {
        let store = house.open().await;
        put(&store, place(1, "note"), "a", "note").await;
        put(&store, place(1, "message"), "b", "message").await;
        write(&store, |tx| Box::pin(async move { drafts::sent(tx, "a").await })).await;
        assert_eq!(of(&store, 1, 5).await, [words("message", "message")]);
        write(&store, |tx| {
            Box::pin(async move { drafts::remove(tx, &place(1, "message")).await })
        })
        .await;
        assert_eq!(of(&store, 1, 5).await, []);
    });
}

#[test]
fn words_of_a_note_cannot_be_opened_as_those_of_a_message_or_of_somebody_else() {
    on_every_engine(|house| async move {
        let store = house.open().await;
        for change in ["form = 'message'", "staff_id = 2"] {
            put(&store, place(1, "note"), "a", "SECRET-WORDS").await;
            house
                .raw()
                .await
                .run(&format!("UPDATE drafts SET {change}"))
                .await
                .unwrap();
            let opened = store
                .read(|tx| {
                    Box::pin(async move {
                        let mine = drafts::of(tx, 1, "FC-1", later(5)).await?;
                        let theirs = drafts::of(tx, 2, "FC-1", later(5)).await?;
                        Ok::<_, storage::StorageError>((mine, theirs))
                    })
                })
                .await;
            assert!(opened.is_err(), "opened after {change}");
            house.raw().await.run("DELETE FROM drafts").await.unwrap();
        }
    });
}

#[test]
fn a_draft_lies_sealed_and_is_gone_with_the_key_of_its_case() {
    on_every_engine(|house| async move {
        let store = house.open().await;
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-1", 1, "words")]).await.map(drop) })
        })
        .await;
        put(&store, place(1, "note"), "a", "SECRET-WORDS").await;
        let lying = house.raw().await.texts("SELECT fields FROM drafts").await;
        assert_eq!(lying.len(), 1);
        assert!(
            !lying[0].contains("5345435245542d574f524453"),
            "SECRET-WORDS in digits: {lying:?}"
        );
        write(&store, |tx| {
            Box::pin(async move { stream_keys::destroy(tx, "FC-1", later(9)).await })
        })
        .await;
        assert_eq!(house.raw().await.texts("SELECT COUNT(*) FROM drafts").await, ["0"]);
        let refused = store
            .write(|tx| {
                Box::pin(async move {
                    let kept = Kept {
                        at: later(10),
                        until: later(100),
                    };
                    drafts::put(tx, &place(1, "note"), "a", kept, b"again").await
                })
            })
            .await;
        assert!(refused.is_err(), "what was forgotten takes no new words");
    });
}
