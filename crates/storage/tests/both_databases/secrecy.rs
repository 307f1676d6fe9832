//! Nothing personal lies readable in any file of the database.

use storage::outbox::NewOutbox;
use storage::search::{self, Weight};
use storage::staff::StaffRow;
use storage::{
    access, audit, cases, deadlines, events, idempotency, jobs, outbox, sessions, settings, staff, throttle,
};

use crate::harness::{Place, on_a_file, write};
use crate::samples::{case, deadline, event, job, job_update, later, letter, now, person, session};

/// A word that no engine, header or schema has in it.
const MARKER: &str = "Quillfeather";

/// The marker in the spellings that storing or indexing could leave behind.
fn spellings() -> Vec<Vec<u8>> {
    let lower = MARKER.to_lowercase();
    let stem = lower.trim_end_matches("er").to_owned();
    let wide: Vec<u8> = MARKER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        MARKER.into(),
        lower.into(),
        MARKER.to_uppercase().into(),
        stem.into(),
        wide,
    ]
}

fn files_with(place: &Place, needle: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&place.folder).unwrap() {
        let path = entry.unwrap().path();
        if std::fs::read(&path)
            .unwrap()
            .windows(needle.len())
            .any(|window| window == needle)
        {
            found.push(path.display().to_string());
        }
    }
    found
}

fn nowhere(place: &Place) {
    for spelling in spellings() {
        let found = files_with(place, &spelling);
        assert!(
            found.is_empty(),
            "{:?} lies in {found:?}",
            String::from_utf8_lossy(&spelling)
        );
    }
}

#[test]
fn what_people_wrote_lies_readable_in_no_file() {
    on_a_file(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                let words = format!("{MARKER} {}@calderbrook.example said {MARKER}", MARKER.to_lowercase());
                for sequence in 1..=40 {
                    events::append(tx, &[event("FC-1", sequence, &words)]).await?;
                }
                cases::put(
                    tx,
                    &cases::CaseRow {
                        card: words.clone().into_bytes(),
                        ..case(1)
                    },
                )
                .await?;
                deadlines::replace(tx, "FC-1", &[deadline("FC-1", "stage-1", 9)]).await?;
                jobs::put(tx, &job(1, "FC-1", None)).await?;
                jobs::put_update(tx, &job_update("F0000001", 1, &words)).await?;
                let id = outbox::add(
                    tx,
                    &NewOutbox {
                        payload: words.clone().into_bytes(),
                        ..letter("FC-1", "")
                    },
                )
                .await?;
                outbox::claim(tx, now(), 30, 10).await?;
                outbox::failed(tx, outbox::Try { id, attempts: 1 }, &words, later(1)).await?;
                let texts =
                    [Weight::Words, Weight::Summary, Weight::Name, Weight::Exact].map(|weight| (weight, &*words));
                search::index(tx, "FC-1", &texts).await?;
                let person = StaffRow {
                    name: words.clone(),
                    job_title: MARKER.to_owned(),
                    password_hash: MARKER.to_owned(),
                    roles: vec![MARKER.to_owned()],
                    ..person(MARKER)
                };
                let id = staff::add(tx, &person).await?;
                staff::update(tx, &StaffRow { id, ..person }).await?;
                let mut session = session(id);
                session.csrf = MARKER.as_bytes().to_vec();
                sessions::create(tx, MARKER.as_bytes(), &session).await?;
                throttle::hit(tx, &words, now(), 60).await?;
                idempotency::keep(tx, &words, &words, now()).await?;
                access::put_code(tx, "FC-1", MARKER).await?;
                access::put_link_token(tx, "FC-1", MARKER, now()).await?;
                settings::put(tx, "vip", &words, now()).await?;
                audit::sign_checkpoint(tx, now()).await
            })
        })
        .await;
        assert!(!files_with(&place, b"FC-1").is_empty(), "the look into the files works");
        nowhere(&place);
        write(&store, |tx| Box::pin(async move { search::remove(tx, "FC-1").await })).await;
        store.close().await.unwrap();
        nowhere(&place);
    });
}

#[test]
fn of_a_case_taken_out_of_the_index_not_even_its_tokens_stay() {
    on_a_file(|place| async move {
        let store = place.open().await;
        let topics = [
            "printer",
            "network",
            "password",
            "lecture",
            "library",
            "invoice",
            "keyboard",
            "timetable",
        ];
        write(&store, move |tx| {
            Box::pin(async move {
                for (number, topic) in topics.iter().enumerate() {
                    search::index(tx, &format!("FC-{number}"), &[(Weight::Words, topic)]).await?;
                }
                Ok(())
            })
        })
        .await;
        let tokens: Vec<String> = {
            let raw = place.raw().await;
            raw.texts("SELECT words FROM search_documents ORDER BY id").await
        };
        // The index leaves out what a token has in common with the one before it: the ends are always there.
        let lies = |token: &String| !files_with(&place, &token.as_bytes()[6..]).is_empty();
        assert!(tokens.iter().all(lies));
        for number in 0..7 {
            let reference = format!("FC-{number}");
            write(&store, move |tx| {
                Box::pin(async move { search::remove(tx, &reference).await })
            })
            .await;
        }
        store.close().await.unwrap();
        let left: Vec<bool> = tokens.iter().map(lies).collect();
        assert_eq!(left, [false, false, false, false, false, false, false, true]);
    });
}
