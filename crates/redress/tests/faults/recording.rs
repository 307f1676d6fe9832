//! What a disk was told, in order, and what is on it when the power goes: all that was flushed, and of the rest what chance leaves.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::chance::Chance;

/// What a disk writes whole or not at all, in bytes.
const SECTOR: usize = 512;

/// One thing that the disk was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// The file was made; its name is durable once its folder is flushed.
    Made,
    Write {
        offset: usize,
        bytes: Vec<u8>,
    },
    /// Everything that was written to the file is durable from here on.
    Flush,
    /// The file ends after so many bytes.
    Cut {
        length: usize,
    },
    /// The names of all files are durable from here on.
    FlushFolder,
    Remove,
}

/// One entry of the record.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The file, below the folder.
    name: String,
    pub(crate) told: Told,
    /// How long the record was after it, in bytes.
    pub(crate) record_length: u64,
}

impl Entry {
    /// Whether it is about this file.
    pub(crate) fn concerns(&self, file: &str) -> bool {
        self.name == file
    }
}

/// What becomes of what was not flushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unflushed {
    /// None of it reached the disk.
    Lost,
    /// Some of it did, in any order, sector by sector.
    Torn,
}

/// Reads a record that `machine.c` wrote.
pub(crate) fn read(record: &Path) -> Vec<Entry> {
    let bytes = fs::read(record).unwrap();
    let (mut entries, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let number = |from: usize, size: usize| {
            let mut whole = [0; 8];
            whole[..size].copy_from_slice(&bytes[at + from..at + from + size]);
            usize::try_from(u64::from_le_bytes(whole)).unwrap()
        };
        let (kind, name, offset, length) = (number(0, 4), number(4, 4), number(8, 8), number(16, 8));
        let (name, rest) = bytes[at + 24..].split_at(name);
        let told = match kind {
            1 => Told::Made,
            2 => Told::Write {
                offset,
                bytes: rest[..length].to_vec(),
            },
            3 => Told::Flush,
            4 => Told::Cut { length: offset },
            5 => Told::FlushFolder,
            6 => Told::Remove,
            other => panic!("{other} at {at}"),
        };
        at += 24 + name.len() + length;
        entries.push(Entry {
            name: String::from_utf8(name.to_vec()).unwrap(),
            told,
            record_length: at as u64,
        });
    }
    entries
}

/// A disk that is told one thing after the other.
#[derive(Default)]
pub(crate) struct Disk {
    files: BTreeMap<String, File>,
}

#[derive(Default)]
struct File {
    /// What survives a power cut for certain.
    durable: Vec<u8>,
    pending: Vec<Told>,
    /// Whether its name survives one.
    named: bool,
    /// Whether a program sees it.
    seen: bool,
}

impl Disk {
    /// A disk on which these files have long been.
    pub(crate) fn holding(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Disk {
        let file = |durable| File {
            durable,
            named: true,
            seen: true,
            ..File::default()
        };
        Disk {
            files: files.into_iter().map(|(name, bytes)| (name, file(bytes))).collect(),
        }
    }

    pub(crate) fn tell(&mut self, entry: &Entry) {
        if entry.told == Told::FlushFolder {
            self.files.values_mut().for_each(|file| file.named = file.seen);
            self.files.retain(|_, file| file.named);
            return;
        }
        let file = self.files.entry(entry.name.clone()).or_default();
        match &entry.told {
            Told::Made => file.seen = true,
            Told::Remove => file.seen = false,
            Told::Flush => {
                for told in std::mem::take(&mut file.pending) {
                    apply(&mut file.durable, &told, |_| true);
                }
            }
            other => file.pending.push(other.clone()),
        }
    }

    /// The files that are there when the power comes back.
    pub(crate) fn after_a_cut(&self, unflushed: Unflushed, chance: &mut Chance) -> BTreeMap<String, Vec<u8>> {
        let mut left = BTreeMap::new();
        for (name, file) in &self.files {
            let torn = unflushed == Unflushed::Torn;
            let is_there = if torn && file.named != file.seen {
                chance.once_in(2)
            } else {
                file.named
            };
            if !is_there {
                continue;
            }
            let mut bytes = file.durable.clone();
            if torn {
                for told in &file.pending {
                    // All of it, none of it, or some of its sectors.
                    let reached = chance.below(3);
                    apply(&mut bytes, told, |_| {
                        reached == 0 || (reached == 1 && chance.once_in(2))
                    });
                }
            }
            left.insert(name.clone(), bytes);
        }
        left
    }
}

/// Applies a change to the contents of a file, sector by sector where it is asked whether that one reached the disk.
fn apply(contents: &mut Vec<u8>, told: &Told, mut reached: impl FnMut(usize) -> bool) {
    match told {
        Told::Cut { length } if reached(0) => contents.resize(*length, 0),
        Told::Write { offset, bytes } => {
            let mut from = 0;
            while from < bytes.len() {
                let at = offset + from;
                let to = bytes.len().min(from + SECTOR - at % SECTOR);
                if reached(at / SECTOR) {
                    let end = offset + to;
                    if contents.len() < end {
                        contents.resize(end, 0);
                    }
                    contents[at..end].copy_from_slice(&bytes[from..to]);
                }
                from = to;
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, told: Told) -> Entry {
        Entry {
            name: name.to_owned(),
            told,
            record_length: 0,
        }
    }

    fn write(offset: usize, byte: u8, length: usize) -> Told {
        Told::Write {
            offset,
            bytes: vec![byte; length],
        }
    }

    #[test]
    fn what_was_flushed_is_there_and_the_rest_is_lost() {
        let mut disk = Disk::holding([("db".to_owned(), vec![1; 4])]);
        for told in [write(0, 2, 2), Told::Flush, write(2, 3, 2)] {
            disk.tell(&entry("db", told));
        }
        let left = disk.after_a_cut(Unflushed::Lost, &mut Chance::from(1));
        assert_eq!(left["db"], [2, 2, 1, 1]);
    }

    #[test]
    fn a_new_file_is_lost_with_all_that_was_flushed_to_it_until_its_folder_is_flushed() {
        let mut disk = Disk::default();
        for told in [Told::Made, write(0, 1, 3), Told::Flush] {
            disk.tell(&entry("wal", told));
        }
        let left = |disk: &Disk| disk.after_a_cut(Unflushed::Lost, &mut Chance::from(1));
        assert!(left(&disk).is_empty());
        disk.tell(&entry("", Told::FlushFolder));
        assert_eq!(left(&disk)["wal"], [1, 1, 1]);
        disk.tell(&entry("wal", Told::Remove));
        assert_eq!(left(&disk).len(), 1, "until its folder is flushed again");
        disk.tell(&entry("", Told::FlushFolder));
        assert!(left(&disk).is_empty());
    }

    #[test]
    fn a_torn_write_is_torn_at_the_bounds_of_sectors() {
        let mut disk = Disk::holding([("db".to_owned(), vec![0; 4 * SECTOR])]);
        disk.tell(&entry("db", write(100, 9, 3 * SECTOR)));
        let mut chance = Chance::from(7);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..60 {
            let left = disk.after_a_cut(Unflushed::Torn, &mut chance).remove("db").unwrap();
            let pieces = [
                100..SECTOR,
                SECTOR..2 * SECTOR,
                2 * SECTOR..3 * SECTOR,
                3 * SECTOR..3 * SECTOR + 100,
            ];
            let reached = pieces.map(|piece| {
                let first = left[piece.start];
                assert!(left[piece].iter().all(|byte| *byte == first), "whole or not at all");
                first == 9
            });
            seen.insert(reached);
        }
        assert!(seen.len() > 6, "all, none and many in between: {seen:?}");
    }
}
