//! How old the latest backup is, and whether its record is whole.

use jiff::{SignedDuration, Timestamp};
use storage::backup::Repository;
use storage::{BackupKey, StorageError};

use super::finding::Finding;
use crate::config::{self, Config};

/// Looks for the latest backup. A backup has a name when it is whole, and not before.
pub(super) fn look(config: &Config, now: Timestamp) -> Vec<Finding> {
    let Some(backup) = &config.backup else {
        let todo = "Add [backup] to the configuration and run `redress backup init`, unless something else makes them.";
        return vec![Finding::warning("backups", "No backups are configured.", todo)];
    };
    match Repository::names(&backup.repository) {
        Err(error) => {
            let todo = "Is its disk mounted? A new repository is made with `redress backup init`.";
            vec![Finding::fault("backups", format!("{error}."), todo)]
        }
        Ok(names) => {
            let latest = names.first().and_then(|name| Repository::made_at(name));
            let record = (!names.is_empty()).then(|| record(&names, backup));
            std::iter::once(aged(latest, backup, now))
                .chain(record.flatten())
                .collect()
        }
    }
}

/// What is wrong with the record in the latest backup: it was checked when it was made.
fn record(names: &[String], backup: &config::Backup) -> Option<Finding> {
    let kept = || -> Result<Option<String>, StorageError> {
        let repository = Repository::open(&backup.repository, BackupKey::load(&backup.key)?)?;
        let mut earlier = names.iter();
        match earlier.next() {
            Some(latest) if is_broken(&repository, latest)? => {}
            _ => return Ok(None),
        }
        for name in earlier {
            if repository.list(name)?.is_proved() {
                return Ok(Some(format!("The latest whose record is whole is {name}: keep it.")));
            }
        }
        Ok(Some("No earlier one is known to have a whole record.".to_owned()))
    };
    match kept() {
        Ok(None) => None,
        Ok(Some(which)) => Some(Finding::fault(
            "backups",
            format!("The record in the latest backup is not whole. {which}"),
            "Run `redress audit verify`: it says what was altered or removed. Take no backup away before it is known how that came about.",
        )),
        Err(error) => {
            let todo = "Without its key no backup can be read: see `redress backup keys`.";
            Some(Finding::fault(
                "backups",
                format!("The latest backup cannot be read: {error}."),
                todo,
            ))
        }
    }
}

fn is_broken(repository: &Repository, name: &str) -> Result<bool, StorageError> {
    Ok(repository.list(name)?.log.is_some_and(|log| !log.is_whole()))
}

fn aged(latest: Option<Timestamp>, backup: &config::Backup, now: Timestamp) -> Finding {
    let todo = "Run `redress backup`, and see why the timetable did not.";
    let Some(latest) = latest else {
        return Finding::fault("backups", "There is no backup yet.", todo);
    };
    let age = now.duration_since(latest);
    let says = format!("The latest backup is {} hours old ({latest}).", age.as_hours());
    let limit = SignedDuration::from_hours(i64::from(backup.warn_after_hours));
    match age {
        age if age > limit.saturating_mul(3) => Finding::fault("backups", says, todo),
        age if age > limit => Finding::warning("backups", says, todo),
        _ => Finding::well("backups", says),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[test]
    fn a_backup_grows_old() {
        let backup = config::Backup {
            keys_repository: None,
            keep_keys: std::num::NonZeroUsize::MIN,
            repository: "r".into(),
            key: "k".into(),
            warn_after_hours: 26,
        };
        let now: Timestamp = "2026-11-26T12:00:00Z".parse().expect("an instant");
        let state = |hours| aged(Some(now - SignedDuration::from_hours(hours)), &backup, now).state;
        assert_eq!(
            [1, 26, 27, 78, 79].map(state),
            [State::Well, State::Well, State::Warning, State::Warning, State::Fault]
        );
        assert_eq!(aged(None, &backup, now).state, State::Fault);
    }
}
