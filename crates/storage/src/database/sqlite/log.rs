//! The write-ahead log, brought into the database beside the writer: no act waits for what was written before it to be moved.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;

use crate::StorageError;
use crate::database::dialect::sqlite::{self as dialect, Durability, Moved};

/// When the log is moved, in pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// So many are moved together: a page that many commits change is written into the database once for all of them.
    together: u32,
    /// From so many on the writer moves the rest itself, between two commits: the log begins anew only when all of it was moved, and beside a writer
    /// that never rests that would never be so.
    at_most: u32,
}

/// 8 MB and 64 MB.
pub(super) const LIMITS: Limits = Limits {
    together: 2_000,
    at_most: 16_000,
};

/// What the writer knows of the log, and the thread that moves it.
pub(super) struct Log {
    limits: Limits,
    state: Arc<State>,
    wake: Option<SyncSender<()>>,
    mover: Option<JoinHandle<()>>,
}

/// Pages of the log are counted from where it last began anew.
#[derive(Default)]
struct State {
    /// How many it has, as of the last commit.
    pages: AtomicU32,
    /// How many of them were moved.
    moved: AtomicU32,
    /// Whether the thread has been woken and is not done.
    is_asked: AtomicBool,
    /// Held by whoever moves.
    turn: Mutex<()>,
}

impl State {
    fn left(&self) -> u32 {
        let (pages, moved) = (self.pages.load(Ordering::Acquire), self.moved.load(Ordering::Acquire));
        // Fewer than were moved: it has begun anew since.
        if pages < moved { pages } else { pages - moved }
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves what there is, as far as no reader still looks at what it would replace. What failed is tried again with the next commits.
    fn move_into_the_database(&self, conn: &Connection) {
        match dialect::move_log(conn) {
            Ok(Moved::Pages(pages)) => self.moved.store(pages, Ordering::Release),
            Ok(Moved::Another) => {}
            Err(error) => tracing::warn!(%error, "the log was not brought into the database"),
        }
    }
}

impl Log {
    /// Has the writer's commits counted, and starts the thread on a connection of its own.
    pub(super) fn keep(
        (writer, path): (&mut Connection, PathBuf),
        durability: Durability,
        limits: Limits,
    ) -> Result<Log, StorageError> {
        let state = Arc::new(State::default());
        let counted = state.clone();
        let count = move |_: &mut rusqlite::hooks::Wal, pages| {
            counted
                .pages
                .store(u32::try_from(pages).unwrap_or(0), Ordering::Release);
            Ok(())
        };
        writer.wal_hook(Some(count)).map_err(dialect::error)?;
        let conn = Connection::open(path).map_err(dialect::error)?;
        dialect::prepare_mover(&conn, durability)?;
        let (wake, woken) = mpsc::sync_channel(1);
        let shared = state.clone();
        let thread = std::thread::Builder::new().name("storage-log".to_owned());
        let mover = thread.spawn(move || serve(&conn, &woken, &shared));
        Ok(Log {
            limits,
            state,
            wake: Some(wake),
            mover: Some(mover.map_err(|error| StorageError::Engine(Arc::new(error)))?),
        })
    }

    /// After a commit, when those who waited for it have their answers.
    pub(super) fn committed(&self, writer: &Connection) {
        let (state, left) = (&self.state, self.state.left());
        let is_long = state.pages.load(Ordering::Acquire) >= self.limits.at_most;
        if state.is_asked.load(Ordering::Acquire) {
            return;
        }
        if is_long && left < self.limits.together {
            let _turn = state.turn();
            state.move_into_the_database(writer);
        } else if left >= self.limits.together {
            self.ask();
        }
    }

    fn ask(&self) {
        let Some(wake) = &self.wake else { return };
        self.state.is_asked.store(true, Ordering::Release);
        if wake.try_send(()).is_err() {
            // The thread has ended, which it does with the writer alone; the engine's own last move takes it all.
            self.state.is_asked.store(false, Ordering::Release);
        }
    }

    /// Moves all of the log and empties it, so that nothing that was taken out of the database still lies in it. Readers may delay that.
    pub(super) fn empty(&self, writer: &Connection) -> Result<(), StorageError> {
        let _turn = self.state.turn();
        dialect::checkpoint(writer)?;
        self.state.moved.store(0, Ordering::Release);
        self.state.pages.store(0, Ordering::Release);
        Ok(())
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        drop(self.wake.take());
        if let Some(mover) = self.mover.take()
            && mover.join().is_err()
        {
            tracing::error!("the thread that moved the log had failed");
        }
    }
}

fn serve(conn: &Connection, woken: &Receiver<()>, state: &State) {
    while woken.recv().is_ok() {
        let turn = state.turn();
        state.move_into_the_database(conn);
        drop(turn);
        state.is_asked.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits {
        together: 20,
        at_most: 200,
    };

    /// A database, the writer's connection to it and its log.
    struct Written {
        path: PathBuf,
        conn: Connection,
        log: Log,
    }

    impl Written {
        fn new(name: &str) -> Written {
            let path = std::env::temp_dir().join(format!("redress-log-{name}-{}.db", std::process::id()));
            let mut conn = Connection::open(&path).unwrap();
            dialect::prepare_writer(&conn, Durability::Full).unwrap();
            conn.execute_batch("CREATE TABLE kept (n INTEGER PRIMARY KEY, words BLOB NOT NULL)")
                .unwrap();
            let log = Log::keep((&mut conn, path.clone()), Durability::Full, SMALL).unwrap();
            Written { path, conn, log }
        }

        /// Commits, each of which adds ten pages or so.
        fn commit(&self, times: usize) {
            for _ in 0..times {
                let sql = "INSERT INTO kept (words) VALUES (randomblob(30000))";
                self.conn.execute(sql, []).unwrap();
                self.log.committed(&self.conn);
            }
        }

        fn length(&self, ending: &str) -> u64 {
            let name = format!("{}{ending}", self.path.display());
            std::fs::metadata(name).map_or(0, |file| file.len())
        }

        fn end(self) {
            let rows = "SELECT COUNT(*) FROM kept WHERE length(words) = 30000";
            let kept: i64 = self.conn.query_row(rows, [], |row| row.get(0)).unwrap();
            assert_eq!(kept, 1_000);
            drop(self.log);
            let whole: String = self
                .conn
                .query_row("PRAGMA integrity_check", [], |row| row.get(0))
                .unwrap();
            assert_eq!(whole, "ok");
            drop(self.conn);
            std::fs::remove_file(self.path).unwrap();
        }
    }

    /// What the log is allowed, a fifth of all that was committed: what it had when the writer was to move the rest, and what was committed while
    /// somebody else moved, who may have to wait for a processor.
    const ALLOWED: u64 = 8 * 200 * 4_120;

    #[test]
    fn the_log_begins_anew_beside_a_writer_that_never_rests() {
        let written = Written::new("anew");
        written.commit(1_000);
        // All that was committed is eight thousand pages.
        assert!(written.length("-wal") < ALLOWED, "{}", written.length("-wal"));
        assert!(written.length("") > 6_000 * 4_096);
        written.end();
    }

    #[test]
    fn what_is_to_be_gone_is_gone_from_the_log_also_while_it_is_moved() {
        let written = Written::new("gone");
        for _ in 0..20 {
            written.commit(50);
            // The thread may be at it.
            written.log.empty(&written.conn).unwrap();
            assert_eq!(written.length("-wal"), 0);
        }
        written.end();
    }
}
