//! Taking the derived tables away before they are built again from the events, and telling what differed.

use std::collections::BTreeMap;

use aws_lc_rs::digest;

use crate::cases::{self, CaseFilter, Cursor, Order};
use crate::database::statements;
use crate::jobs::{self, JobFilter};
use crate::keys::hex;
use crate::{StorageError, Tx, facts, follow_on, keeping, reviews};

statements! {
    DEADLINES = "SELECT reference, clock, kind, due_at, due_on, met FROM deadlines
                 ORDER BY reference, clock, kind, due_at";
    SEARCH = "SELECT reference, words, summary, names, exact FROM search_documents ORDER BY reference";
    KEPT_FROM = "SELECT reference, staff_hash FROM case_kept_from ORDER BY reference, staff_hash";
    GROUPS = "SELECT reference, \"leading\" FROM case_groups ORDER BY reference";
    CODES = "SELECT reference, code_hash FROM access_codes";
    LINKS = "SELECT token_hash, reference FROM link_tokens";
    WIPE_CASES = "DELETE FROM cases";
    WIPE_KEPT_FROM = "DELETE FROM case_kept_from";
    WIPE_GROUPS = "DELETE FROM case_groups";
    WIPE_KEEPING = "DELETE FROM case_keeping";
    WIPE_DEADLINES = "DELETE FROM deadlines";
    WIPE_UPDATES = "DELETE FROM job_updates";
    WIPE_JOBS = "DELETE FROM jobs";
    WIPE_SEARCH = "DELETE FROM search_documents";
    WIPE_FACTS = "DELETE FROM case_facts";
    WIPE_SPELLS = "DELETE FROM case_spells";
    WIPE_STAYS = "DELETE FROM case_stays";
    WIPE_MOMENTS = "DELETE FROM case_moments";
    WIPE_MARKS = "DELETE FROM case_marks";
    WIPE_TALLIES = "DELETE FROM tallies";
    WIPE_REVIEWS = "DELETE FROM reviews";
    WIPE_ACTIONS = "DELETE FROM follow_on_actions";
}

/// How many rows are read at a time.
const PAGE: u32 = 500;

/// The derived tables as they are, row by row, without their contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    rows: BTreeMap<(&'static str, String), [u8; 32]>,
}

/// A row that is not what the events say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// The row's key.
    pub key: String,
    /// How it differs.
    pub how: How,
}

/// How a row differed before the derived tables were built again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It was missing.
    Missing,
    /// It should not have been there.
    Extra,
    /// It said something else.
    Changed,
}

/// Takes a snapshot of the derived tables. What is sealed is opened for it: the same words never look the same sealed.
///
/// # Errors
/// When the database cannot be read.
pub async fn snapshot(tx: &mut Tx<'_>) -> Result<Snapshot, StorageError> {
    let mut snapshot = Snapshot::default();
    snapshot.add_cases(tx).await?;
    snapshot.add_kept_from(tx).await?;
    snapshot.add_groups(tx).await?;
    snapshot.add_keeping(tx).await?;
    snapshot.add_jobs(tx).await?;
    snapshot.add_deadlines(tx).await?;
    snapshot.add_search(tx).await?;
    snapshot.add_ways_back(tx).await?;
    snapshot.add_review(tx).await?;
    Ok(snapshot)
}

/// Empties the derived tables: cases, groups, how long each is kept, deadlines, jobs, updates of jobs, the search index, the facts with
/// their marks and tallies, the reviews and the register. The hashes of codes and links stay
/// and are written over: a complainant who holds one is never shut out by a repair.
///
/// # Errors
/// When the database cannot be written.
pub async fn wipe_derived(tx: &mut Tx<'_>) -> Result<(), StorageError> {
    facts::gathered::settle(tx).await?;
    for sql in [
        WIPE_CASES,
        WIPE_KEPT_FROM,
        WIPE_GROUPS,
        WIPE_KEEPING,
        WIPE_DEADLINES,
        WIPE_UPDATES,
        WIPE_JOBS,
        WIPE_SEARCH,
        WIPE_FACTS,
        WIPE_SPELLS,
        WIPE_STAYS,
        WIPE_MOMENTS,
        WIPE_MARKS,
        WIPE_TALLIES,
        WIPE_REVIEWS,
        WIPE_ACTIONS,
    ] {
        tx.put(sql, &[]).await?;
    }
    match tx.engine().search_wipe() {
        Some(wipe) => tx.put(wipe, &[]).await,
        None => Ok(()),
    }
}

impl Snapshot {
    /// What was wrong in `self`, taken before the tables were built again, measured by `rebuilt`.
    pub fn differences(&self, rebuilt: &Snapshot) -> Vec<Difference> {
        let difference = |(table, key): &(&'static str, String), how| Difference {
            table,
            key: key.clone(),
            how,
        };
        let mut found = Vec::new();
        for (key, hash) in &self.rows {
            match rebuilt.rows.get(key) {
                None => found.push(difference(key, How::Extra)),
                Some(right) if right != hash => found.push(difference(key, How::Changed)),
                Some(_) => {}
            }
        }
        let missing = rebuilt.rows.keys().filter(|key| !self.rows.contains_key(*key));
        found.extend(missing.map(|key| difference(key, How::Missing)));
        found
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    async fn add_cases(&mut self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let mut after = None;
        loop {
            let page = cases::list(tx, &CaseFilter::default(), Order::ReceivedFirst, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(Cursor::of(last, Order::ReceivedFirst));
            for row in page {
                self.add("cases", row.reference.clone(), format!("{row:?}").as_bytes());
            }
        }
    }

    async fn add_kept_from(&mut self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let rows = tx.all(KEPT_FROM, &[], |row| {
            Ok((row.get::<String>(0)?, row.get::<Vec<u8>>(1)?))
        });
        let mut of_case: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (reference, hash) in rows.await? {
            of_case.entry(reference).or_default().extend(hash);
        }
        for (reference, hashes) in of_case {
            self.add("case_kept_from", reference, &hashes);
        }
        Ok(())
    }

    async fn add_groups(&mut self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let rows = tx.all(GROUPS, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)));
        for (reference, leading) in rows.await? {
            self.add("case_groups", reference, leading.as_bytes());
        }
        Ok(())
    }

    async fn add_keeping(&mut self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        for row in keeping::all(tx).await? {
            self.add("case_keeping", row.reference.clone(), format!("{row:?}").as_bytes());
        }
        Ok(())
    }

    async fn add_jobs(&mut self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let mut after: Option<String> = None;
        loop {
            let page = jobs::list(tx, &JobFilter::default(), after.as_deref(), PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.number.clone());
            for job in page {
                for update in jobs::updates(tx, &job.number).await? {
                    let key = format!("{} {}", update.number, update.sequence);
                    self.add("job_updates", key, format!("{update:?}").as_bytes());
                }
                self.add("jobs", job.number.clone(), format!("{job:?}").as_bytes());
            }
        }
    }

    async fn add_deadlines(&mut self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let rows = tx
            .all(DEADLINES, &[], |row| {
                let (reference, clock, kind): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let (due_at, due_on, met): (i64, Option<String>, bool) = (row.get(3)?, row.get(4)?, row.get(5)?);
                Ok((
                    format!("{reference} {clock} {kind} {due_at}"),
                    format!("{due_on:?} {met}"),
                ))
            })
            .await?;
        for (key, row) in rows {
            self.add("deadlines", key, row.as_bytes());
        }
        Ok(())
    }

    async fn add_search(&mut self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let rows = tx
            .all(SEARCH, &[], |row| {
                let columns: [String; 4] = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
                Ok((row.get(0)?, columns.join("\n")))
            })
            .await?;
        for (reference, tokens) in rows {
            self.add("search", reference, tokens.as_bytes());
        }
        Ok(())
    }

    async fn add_ways_back(&mut self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let codes = tx.all(CODES, &[], |row| Ok((row.get::<String>(0)?, row.get::<Vec<u8>>(1)?)));
        for (reference, hash) in codes.await? {
            self.add("access_codes", reference, &hash);
        }
        let links = tx.all(LINKS, &[], |row| Ok((row.get::<Vec<u8>>(0)?, row.get::<String>(1)?)));
        for (hash, reference) in links.await? {
            self.add("link_tokens", hex(&hash), reference.as_bytes());
        }
        Ok(())
    }

    async fn add_review(&mut self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        for facts in facts::load_all(tx).await? {
            self.add(
                "case_facts",
                facts.reference.to_string(),
                format!("{facts:?}").as_bytes(),
            );
        }
        for (key, mark) in facts::marks::all(tx).await? {
            self.add("case_marks", key, format!("{mark:?}").as_bytes());
        }
        for (name, n) in facts::kept::all(tx).await? {
            self.add("tallies", name, &n.to_be_bytes());
        }
        for review in reviews::list(tx).await? {
            self.add("reviews", review.month.to_string(), format!("{review:?}").as_bytes());
        }
        for action in follow_on::all(tx).await? {
            self.add(
                "follow_on_actions",
                action.id.to_string(),
                format!("{action:?}").as_bytes(),
            );
        }
        Ok(())
    }

    fn add(&mut self, table: &'static str, key: String, row: &[u8]) {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, row).as_ref());
        self.rows.insert((table, key), hash);
    }
}
