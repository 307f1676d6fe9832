//! The keys of streams apart from everything else: a backup has none, each part of keys has all of one moment, and restoring puts the two together.
//!
//! What is destroyed on either side stays destroyed, and so does what any part says that is there: an older part that is restored by mistake brings
//! no erased case back (docs/decisions/0030-keys-apart-from-backups.md).

use rusqlite::types::Value;

use super::key_rows::{Later, Places, Rows, TABLE, WRAPPED, place_of, replaced_at};
use super::list::{Backup, TableKept};
use super::repository::{Repository, broken};
use crate::StorageError;
use crate::database::{Counting, Table, Tally, encode_row};

/// Where the key of a row lies, in the table of keys; nothing in every other.
pub(super) fn key_column(table: &Table) -> Option<usize> {
    (table.name == TABLE).then(|| place_of(table, WRAPPED)).flatten()
}

/// A part of keys that is put together with a backup.
pub struct Part<'r> {
    pub(super) repository: &'r Repository,
    /// What it is called.
    name: String,
    keys: Backup,
    /// Every part that there is, by which it is known what was destroyed: by any of them, since clocks may be wrong and names with them.
    all: Vec<Backup>,
}

impl<'r> Part<'r> {
    /// The part that is named; else the one that was made with the backup, and where that is gone the newest. None where there is no part at all.
    ///
    /// # Errors
    /// When there is none of this name, or one cannot be read.
    pub fn of(repository: &'r Repository, backup: &str, named: Option<&str>) -> Result<Option<Part<'r>>, StorageError> {
        let names = Repository::names(repository.path())?;
        let is_there = |wanted: &&str| names.iter().any(|name| name == wanted);
        if let Some(missing) = named.filter(|name| !is_there(name)) {
            let words = format!("it holds no keys called {missing}. `redress backup list` names what there is");
            return Err(broken(repository.path(), &words));
        }
        let chosen = named.or(Some(backup).filter(is_there));
        let Some(name) = chosen.or(names.first().map(String::as_str)) else {
            return Ok(None);
        };
        Ok(Some(Part {
            repository,
            name: name.to_owned(),
            keys: repository.list(name)?,
            all: names
                .iter()
                .map(|name| repository.list(name))
                .collect::<Result<_, _>>()?,
        }))
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The table of keys while it is put back, row by row in the order of its streams.
pub(super) struct Joining<'r> {
    /// The backup has no keys of its own: they are in the part.
    are_apart: bool,
    places: Places,
    keys: Rows<'r>,
    all: Vec<Later<'r>>,
    kept: Counting,
    written: Counting,
    lacking: u64,
    name: String,
    path: std::path::PathBuf,
}

impl<'r> Joining<'r> {
    /// Begins with a table of a backup; nothing for every other table, and for a backup with its own keys where there is no part.
    pub(super) fn begin(
        kept: &TableKept,
        backup: &Backup,
        part: Option<&'r Part<'r>>,
    ) -> Result<Option<Joining<'r>>, StorageError> {
        if kept.table.name != TABLE {
            return Ok(None);
        }
        let (Some(part), Some(places)) = (part, Places::of(&kept.table)) else {
            return Ok(None);
        };
        Ok(Some(Joining {
            are_apart: backup.keys_apart,
            places,
            keys: Rows::of(part.repository, &part.keys),
            all: part.all.iter().map(|one| Later::of(part.repository, one)).collect(),
            kept: Counting::of(&kept.table),
            written: Counting::of(&kept.table),
            lacking: 0,
            name: part.name.clone(),
            path: part.repository.path().to_owned(),
        }))
    }

    /// The row as it is put back.
    pub(super) fn complete(&mut self, mut row: Vec<Value>) -> Result<Vec<Value>, StorageError> {
        self.kept.add(&encode_row(&row)?);
        let Places {
            stream,
            wrapped,
            destroyed,
            replaced,
        } = self.places;
        let Some(Value::Text(name)) = row.get(stream).cloned() else {
            return Err(StorageError::Corrupt("a key of no stream".to_owned()));
        };
        let here = self.keys.find(&name)?;
        let opens_until = replaced_at(&row, replaced);
        let mut gone = None;
        for part in &mut self.all {
            gone = gone.or(part.gone(&name, opens_until)?);
        }
        if row[destroyed] != Value::Null {
            row[wrapped] = Value::Null;
        } else if let Some(at) = gone {
            row[wrapped] = Value::Null;
            row[destroyed] = at;
        } else if self.are_apart {
            match here {
                // It was sealed since, and this key opens nothing of what it was before.
                Some(here) if here.replaced > opens_until => {
                    row[wrapped] = Value::Null;
                    row[destroyed] = Value::Integer(here.replaced);
                }
                Some(here) if here.replaced == opens_until && here.wrapped != Value::Null => {
                    row[wrapped] = here.wrapped
                }
                _ => self.lacking += 1,
            }
        }
        self.written.add(&encode_row(&row)?);
        Ok(row)
    }

    /// What the table was in the backup, and what it must be now.
    ///
    /// # Errors
    /// When streams have no key in the part: it is older than the backup.
    pub(super) fn end(self) -> Result<(Tally, Tally), StorageError> {
        match self.lacking {
            0 => Ok((self.kept.end(), self.written.end())),
            lacking => {
                let words = format!(
                    "the keys {} are older than the backup: {lacking} cases of it have no key there and could not be read. Nothing was restored; take newer keys, or an older backup",
                    self.name
                );
                Err(broken(&self.path, &words))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::backup::{Repositories, Source, Target, make, restore};
    use crate::database::At;
    use crate::files::FileStore;
    use crate::keys::BackupKey;
    use crate::{Keys, Store, audit, erasure, events};

    /// A folder that goes with the test.
    struct Folder(std::path::PathBuf);

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(std::fs::remove_dir_all(&self.0));
        }
    }

    fn repository(folder: &Path, name: &str) -> Repository {
        let key = folder.join("backup.key");
        let key = if key.exists() {
            BackupKey::load(&key)
        } else {
            BackupKey::create(&key)
        };
        Repository::init(&folder.join(name), key.expect("a key")).expect("a repository")
    }

    async fn tell(store: &Store, stream: &'static str) {
        let event = events::NewEvent {
            stream: stream.to_owned(),
            sequence: 1,
            kind: "case.noted".to_owned(),
            version: 1,
            at: jiff::Timestamp::UNIX_EPOCH,
            actor: "staff:1".to_owned(),
            payload: b"{}".to_vec(),
        };
        let told: Result<(), StorageError> = store
            .write(move |tx| Box::pin(async move { events::append(tx, &[event]).await.map(drop) }))
            .await;
        told.expect("it is told");
    }

    /// A backup as earlier versions made it: the keys are in its own table.
    fn as_before(data: &Repository, keys: &Repository, name: &str) -> Result<String, StorageError> {
        let (mut backup, part) = (data.list(name)?, keys.list(name)?);
        let mut adding = crate::backup::chunks::Adding::begin(backup.made_at);
        for kept in &part.tables {
            for chunk in &kept.chunks {
                data.put(&keys.get(chunk)?, &mut adding)?;
            }
            let place = backup.tables.iter_mut().find(|table| table.table == kept.table);
            *place.expect("the same table") = kept.clone();
        }
        backup.keys_apart = false;
        let old = crate::backup::repository::name_of(backup.made_at)?;
        data.add(&old, &backup)?;
        Ok(old)
    }

    #[tokio::test]
    async fn a_backup_of_an_earlier_version_comes_back_with_its_own_keys_and_without_what_was_erased_since() {
        let chance = crate::keys::hex(&Keys::random::<8>().expect("chance"));
        let folder = Folder(std::env::temp_dir().join(format!("redress-apart-{chance}")));
        std::fs::create_dir(&folder.0).expect("a folder");
        let (data, keys) = (repository(&folder.0, "data"), repository(&folder.0, "keys"));
        let (at, files) = (
            At::File(folder.0.join("a.db")),
            FileStore::folder(&folder.0.join("files")),
        );
        let store = Store::open_at(&at, files.clone(), Keys::for_tests())
            .await
            .expect("a store");
        tell(&store, "FC-1").await;
        tell(&store, "FC-2").await;
        let own = Keys::for_tests();
        let source = Source {
            at: &at,
            files: &files,
            keys: &own,
        };
        let into = Repositories {
            data: &data,
            keys: &keys,
        };
        let now = jiff::Timestamp::UNIX_EPOCH;
        let made = make(into, source, now, "0").await.expect("a backup");
        let old = as_before(&data, &keys, &made.name).expect("an older form");
        let erased: Result<(), StorageError> = store
            .write(move |tx| Box::pin(async move { erasure::erase(tx, "FC-2", now).await }))
            .await;
        erased.expect("it is erased");
        let later = now + jiff::SignedDuration::from_hours(1);
        make(into, source, later, "0").await.expect("a backup");
        store.close().await.expect("closed");
        for (name, part, readable) in [
            ("alone.db", None, [true, true]),
            ("beside.db", Part::of(&keys, &old, None).expect("parts"), [true, false]),
        ] {
            let (at, files) = (
                At::File(folder.0.join(name)),
                FileStore::folder(&folder.0.join(format!("{name}-files"))),
            );
            let target = Target { at: &at, files: &files };
            restore(&data, &old, part.as_ref(), target).await.expect("restored");
            let store = Store::open_at(&at, files, Keys::for_tests()).await.expect("a store");
            assert!(audit::verify(&store).await.expect("read").is_whole());
            for (stream, opens) in ["FC-1", "FC-2"].into_iter().zip(readable) {
                let read: Result<Vec<_>, StorageError> = store
                    .read(move |tx| Box::pin(async move { events::load(tx, stream).await }))
                    .await;
                assert_eq!(read.is_ok(), opens, "{stream} in {name}");
            }
            store.close().await.expect("closed");
        }
    }
}
