//! A bucket that does not answer, or whose answers get lost: nothing is half there, nothing is lost, and it is said in words.

use jiff::{SignedDuration, Timestamp};
use storage::files::{FileStore, new_id};
use storage::{FileKey, StorageError};
use testkit::bucket::Fault;

use crate::shelf::{bytes, on_a_bucket};

/// More than goes in one piece.
const IN_PARTS: usize = 9 * 1024 * 1024;

#[test]
fn a_bucket_that_stumbles_is_asked_again_until_it_answers() {
    on_a_bucket(|shelf, bucket| async move {
        let key = FileKey::new().unwrap();
        for length in [1_000, IN_PARTS] {
            let (id, plain) = (new_id().unwrap(), bytes(length));
            bucket.fails(Fault::AwayFor(2));
            let before = bucket.failed();
            let size = shelf.kept(&id, &key, &plain).await.size;
            assert_eq!(bucket.failed() - before, 2);
            bucket.fails(Fault::AwayFor(2));
            assert!(shelf.opened(&id, &key, size).await.unwrap() == plain);
        }
    });
}

#[test]
fn a_bucket_that_is_away_is_given_up_in_words_and_taken_up_again_when_it_is_back() {
    on_a_bucket(|shelf, bucket| async move {
        let key = FileKey::new().unwrap();
        let size = shelf.kept("before", &key, &bytes(70_000)).await.size;
        bucket.fails(Fault::Away);
        let refused = shelf.keep("lost", &key, &bytes(1_000)).await.unwrap_err();
        let StorageError::Bucket { why, .. } = &refused else {
            panic!("{refused}")
        };
        assert!(why.contains("503"), "{refused}");
        let asked = bucket.failed();
        assert!(asked > 2, "it was asked again");

        // Nobody else is kept waiting: each is told after one question.
        for number in 0..3 {
            let id = format!("lost{number}");
            assert!(shelf.keep(&id, &key, &bytes(IN_PARTS)).await.is_err());
        }
        assert!(shelf.opened("before", &key, size).await.is_err());
        assert!(shelf.store.remove("before").await.is_err());
        assert!(shelf.store.list().await.is_err());
        assert!(shelf.store.probe().await.is_err());
        assert!(bucket.failed() - asked <= 8, "{}", bucket.failed() - asked);

        bucket.works();
        assert!(shelf.opened("before", &key, size).await.is_ok());
        shelf.kept("after", &key, &bytes(1_000)).await;
        assert_eq!(shelf.lying().await, ["after", "before"], "nothing of what was given up");
    });
}

#[test]
fn an_answer_that_gets_lost_makes_no_file_twice_and_loses_none() {
    on_a_bucket(|shelf, bucket| async move {
        let key = FileKey::new().unwrap();
        for (fault, length) in [
            (Fault::LosesAnswerToPut, 1_000),
            (Fault::LosesAnswerToPut, IN_PARTS),
            (Fault::LosesAnswerToFinish, IN_PARTS),
        ] {
            let (id, plain) = (new_id().unwrap(), bytes(length));
            let before = bucket.failed();
            bucket.fails(fault);
            let size = shelf.kept(&id, &key, &plain).await.size;
            assert_eq!(bucket.failed() - before, 1);
            assert!(
                shelf.opened(&id, &key, size).await.unwrap() == plain,
                "{fault:?} {length}"
            );
        }
        assert_eq!(shelf.store.names().await.unwrap().len(), 3);
    });
}

#[test]
fn uploads_that_nobody_finished_go_once_they_are_old() {
    on_a_bucket(|shelf, bucket| async move {
        let key = FileKey::new().unwrap();
        let id = new_id().unwrap();
        let (now, hour) = (Timestamp::UNIX_EPOCH, SignedDuration::from_hours(1));
        // It begins, and neither a part nor the taking back reaches the bucket.
        bucket.begins_upload(&format!("redress/{id}"));
        bucket.begins_upload("redress/of-somebody-else");
        bucket.begins_upload("others/of-somebody-else");
        assert_eq!(bucket.uploads(), 3);
        assert_eq!(
            shelf.store.clear_unfinished(now + hour).await.unwrap(),
            0,
            "it is young"
        );
        assert_eq!(shelf.store.clear_unfinished(Timestamp::MAX).await.unwrap(), 1);
        assert_eq!(bucket.uploads(), 2, "others' stay");
        shelf.kept(&id, &key, &bytes(IN_PARTS)).await;
    });
}

#[test]
fn why_a_bucket_cannot_be_used_is_said_in_words() {
    on_a_bucket(|shelf, bucket| async move {
        let mut missing = bucket.settings();
        missing.bucket = "no-such-bucket-here".to_owned();
        let mut nobody = bucket.settings();
        nobody.endpoint = Some("http://127.0.0.1:9".to_owned());
        for (settings, says) in [
            (missing, "The bucket no-such-bucket-here at 127.0.0.1"),
            (nobody, "nobody answers at its address"),
        ] {
            let store = FileStore::bucket(settings, &shelf.path).unwrap();
            let refused = store.probe().await.unwrap_err().to_string();
            assert!(refused.contains(says), "{refused}");
        }
        let mut plain = bucket.settings();
        plain.endpoint = Some("http://s3.example.org".to_owned());
        let refused = FileStore::bucket(plain, &shelf.path).err().unwrap();
        assert!(refused.to_string().contains("is not encrypted"), "{refused}");
    });
}
