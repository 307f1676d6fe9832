//! An empty database for one test on a PostgreSQL server: a schema of its own.

use std::process::Command;

/// Names a server on which tests may make schemas; `cargo xtask test` starts one.
const SERVER: &str = "REDRESS_TEST_POSTGRES";
/// Names the program that makes them; the one on the PATH without it.
const PSQL: &str = "REDRESS_PSQL";

/// A schema that a test made.
pub(crate) struct Schema {
    /// What the product is told: the server, and the schema in it.
    pub(crate) address: String,
    server: String,
    name: String,
}

impl Schema {
    /// A new one; nothing where no server is named, which is said.
    pub(crate) fn new(test: &str) -> Option<Schema> {
        let Ok(server) = std::env::var(SERVER) else {
            eprintln!("{SERVER} is not set: {test} runs without a server");
            return None;
        };
        let name = format!("{test}_{}", std::process::id());
        sql(&server, &format!("CREATE SCHEMA {name}"));
        let separator = if server.contains('?') { '&' } else { '?' };
        let address = format!("{server}{separator}options=-csearch_path%3D{name}");
        Some(Schema { address, server, name })
    }

    /// Takes it away again.
    pub(crate) fn remove(self) {
        let Schema { server, name, .. } = self;
        sql(
            &server,
            &format!("SET client_min_messages = warning; DROP SCHEMA {name} CASCADE"),
        );
    }
}

/// Runs a statement on a server.
pub(crate) fn sql(server: &str, text: &str) {
    let psql = std::env::var_os(PSQL).unwrap_or_else(|| "psql".into());
    let ran = Command::new(psql)
        .args([server, "--quiet", "--command", text])
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
}
