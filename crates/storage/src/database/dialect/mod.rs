//! What differs between the engines, side by side; everything else is one text for both.

pub(super) mod postgres;
pub(super) mod sqlite;

/// Claiming, with what is said to rows that are being claimed already.
macro_rules! claim_outbox {
    ($locked:literal) => {
        concat!(
            "UPDATE outbox SET state = 'sending', lease_until = $2, attempts = attempts + 1
             WHERE id IN (
                 SELECT id FROM outbox
                 WHERE state IN ('waiting', 'sending', 'failed') AND (not_before <= $1 OR not_before = created_at)
                   AND (lease_until IS NULL OR lease_until <= $1)
                 ORDER BY not_before, id LIMIT $3",
            $locked,
            ")
             RETURNING id, reference, kind, channel, state, attempts, not_before, lease_until, created_at, sent_at,
                       last_error, payload"
        )
    };
}

/// The same for messages that came in.
macro_rules! claim_mail {
    ($locked:literal) => {
        concat!(
            "UPDATE mail SET lease_until = $2, tries = tries + 1
             WHERE id IN (
                 SELECT id FROM mail
                 WHERE fate IS NULL AND (not_before <= $1 OR not_before = arrived_at)
                   AND (lease_until IS NULL OR lease_until <= $1)
                 ORDER BY not_before, id LIMIT $3",
            $locked,
            ")
             RETURNING id, mailbox, arrived_at, size, file, fate, settled_at, reference, tries, about"
        )
    };
}

/// The list of living nodes, by the clock of the database, which all of them share.
macro_rules! nodes {
    ($now:literal) => {
        Nodes {
            beat: concat!(
                "INSERT INTO nodes (node, knows, until) VALUES ($1, $2, ",
                $now,
                " + 60000000) ON CONFLICT (node) DO UPDATE SET knows = excluded.knows, until = excluded.until"
            ),
            older: concat!(
                "SELECT node, knows, until - ",
                $now,
                " FROM nodes WHERE knows < $1 AND until > ",
                $now,
                " ORDER BY until DESC, node"
            ),
            all: concat!(
                "SELECT node, knows, until - ",
                $now,
                " FROM nodes ORDER BY until DESC, node"
            ),
            forget: concat!("DELETE FROM nodes WHERE until <= ", $now, " - 3600000000"),
        }
    };
}

/// How the list of living nodes is kept.
pub(crate) struct Nodes {
    /// Says that a node ($1) is alive for the next minute, and which step its version knows ($2).
    pub(crate) beat: &'static str,
    /// The living nodes whose versions do not know a step ($1), and how many microseconds are left of each.
    pub(super) older: &'static str,
    /// Every node of the list, and how many microseconds are left of each; less than none where it has been silent for too long.
    pub(crate) all: &'static str,
    /// Takes out those that have not been alive for an hour: until then whoever looks after the machines reads of them.
    pub(super) forget: &'static str,
}

/// The database engines that the store runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite inside the process.
    Sqlite,
    /// A PostgreSQL server, or what speaks its protocol.
    Postgres,
}

impl std::fmt::Display for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        })
    }
}

impl Engine {
    /// Every engine; tests run every query on each.
    pub const ALL: &'static [Engine] = &[Engine::Sqlite, Engine::Postgres];

    /// Takes due messages and holds them. What nothing held back is due whatever the clock says: it may have been ahead when that was written.
    /// PostgreSQL passes over rows that another node is taking at this moment; SQLite has one writer.
    pub(crate) fn claim_outbox(self) -> &'static str {
        match self {
            Engine::Sqlite => claim_outbox!(""),
            Engine::Postgres => claim_outbox!(" FOR UPDATE SKIP LOCKED"),
        }
    }

    /// Takes messages that wait to be read and holds them; see [`Engine::claim_outbox`].
    pub(crate) fn claim_mail(self) -> &'static str {
        match self {
            Engine::Sqlite => claim_mail!(""),
            Engine::Postgres => claim_mail!(" FOR UPDATE SKIP LOCKED"),
        }
    }

    /// The list of living nodes.
    pub(crate) fn nodes(self) -> Nodes {
        match self {
            Engine::Sqlite => nodes!("CAST(unixepoch('subsec') * 1000000 AS INTEGER)"),
            Engine::Postgres => nodes!("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"),
        }
    }

    /// Empties the search index, where it stands apart from `search_documents`.
    pub(crate) fn search_wipe(self) -> Option<&'static str> {
        match self {
            Engine::Sqlite => Some("INSERT INTO search_index (search_index) VALUES ('delete-all')"),
            Engine::Postgres => None,
        }
    }

    /// Takes the tokens of a document out of the index, before its row changes. In PostgreSQL the index is over a generated column.
    pub(crate) fn search_remove(self) -> Option<&'static str> {
        match self {
            Engine::Sqlite => Some(
                "INSERT INTO search_index (search_index, rowid, words, summary, names, exact)
                 SELECT 'delete', id, words, summary, names, exact FROM search_documents WHERE id = $1",
            ),
            Engine::Postgres => None,
        }
    }

    /// Puts the tokens of a document into the index, once its row is written: its number and its columns. Values and no query: a statement that
    /// reads another table makes the index flush what it holds in memory.
    pub(crate) fn search_add(self) -> Option<&'static str> {
        match self {
            Engine::Sqlite => {
                Some("INSERT INTO search_index (rowid, words, summary, names, exact) VALUES ($1, $2, $3, $4, $5)")
            }
            Engine::Postgres => None,
        }
    }

    /// Finds documents by an expression of tokens, the best of the latest [`WEIGHED`] first: smaller figures are better. Cases for which
    /// `hidden` holds of their row `c` are left out before anything is counted off, so that what is hidden makes no list shorter; only what is
    /// shown is looked up.
    pub(crate) fn search_find(self, expression: &str, limit: &str, hidden: &str) -> String {
        let kept_back =
            format!("SELECT h.id FROM cases c JOIN search_documents h ON h.reference = c.reference WHERE {hidden}");
        let latest = match self {
            Engine::Sqlite => format!(
                "SELECT rowid AS id, rank AS fit FROM search_index
                 WHERE search_index MATCH {expression} AND rowid NOT IN ({kept_back})
                 ORDER BY rowid DESC LIMIT {WEIGHED}"
            ),
            Engine::Postgres => format!(
                "SELECT s.id, -ts_rank('{{0.1, 0.3, 0.6, 1.0}}', s.tokens, wanted.tokens) AS fit
                 FROM search_documents s, (SELECT CAST(CAST({expression} AS TEXT) AS tsquery) AS tokens) wanted
                 WHERE s.tokens @@ wanted.tokens AND s.id NOT IN ({kept_back})
                 ORDER BY s.id DESC LIMIT {WEIGHED}"
            ),
        };
        format!(
            "SELECT d.reference, f.fit
             FROM (SELECT id, fit FROM ({latest}) l ORDER BY fit, id DESC LIMIT {limit}) f
             JOIN search_documents d ON d.id = f.id
             ORDER BY f.fit, d.id DESC"
        )
    }

    /// How an expression of tokens says that both halves must hold.
    pub(crate) fn search_and(self) -> &'static str {
        match self {
            Engine::Sqlite => " AND ",
            Engine::Postgres => " & ",
        }
    }

    /// How an expression of tokens says that one half must hold.
    pub(crate) fn search_or(self) -> &'static str {
        match self {
            Engine::Sqlite => " OR ",
            Engine::Postgres => " | ",
        }
    }

    /// Which version the engine is, in its own words.
    pub(crate) fn version(self) -> &'static str {
        match self {
            Engine::Sqlite => "SELECT sqlite_version()",
            Engine::Postgres => "SELECT current_setting('server_version')",
        }
    }

    /// What time the database server has, in microseconds. SQLite has the time of this machine.
    pub(crate) fn clock(self) -> Option<&'static str> {
        match self {
            Engine::Sqlite => None,
            Engine::Postgres => Some("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"),
        }
    }

    /// The fixed statements that this engine has in words of its own, for the test that prepares them all.
    pub(crate) fn statements(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let nodes = self.nodes();
        let all = [
            ("nodes_beat", Some(nodes.beat)),
            ("nodes_older", Some(nodes.older)),
            ("nodes_all", Some(nodes.all)),
            ("nodes_forget", Some(nodes.forget)),
            ("claim_outbox", Some(self.claim_outbox())),
            ("claim_mail", Some(self.claim_mail())),
            ("version", Some(self.version())),
            ("clock", self.clock()),
            ("search_wipe", self.search_wipe()),
            ("search_remove", self.search_remove()),
            ("search_add", self.search_add()),
        ];
        all.into_iter().filter_map(|(name, sql)| Some((name, sql?)))
    }
}

/// How many of the latest documents that hold the words are weighed against each other. A word that stands in every tenth case is no help in
/// finding one: what is looked for is then among the latest, or is asked for with a second word; and no search costs more than this many.
pub(crate) const WEIGHED: u32 = 1_000;
