//! A database of its own for each test and each engine, gone when the test is done.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Once;

use storage::files::FileStore;
use storage::{Act, At, Engine, Keys, Server, StorageError, Store, Tx};
use tokio_postgres::{NoTls, SimpleQueryMessage};

/// The address of a PostgreSQL server on which every test may make a schema of its own. `cargo xtask test` starts one; without it the tests run on
/// SQLite alone and say so.
const SERVER: &str = "REDRESS_TEST_POSTGRES";

/// Where a test keeps its database.
pub(crate) struct Place {
    pub(crate) engine: Engine,
    pub(crate) folder: PathBuf,
    /// The schema of this test on the server.
    schema: String,
}

/// Runs a test on every engine.
pub(crate) fn on_every_engine<F, Ran>(test: F)
where
    F: Fn(Place) -> Ran,
    Ran: Future<Output = ()>,
{
    for &engine in Engine::ALL {
        if engine == Engine::Sqlite || server().is_some() {
            on(engine, &test);
        }
    }
}

/// Runs a test that needs both engines at once: a file and a server. Without a server it is not run, which is said.
pub(crate) fn on_both_at_once<F, Ran>(test: F)
where
    F: Fn(Place) -> Ran,
    Ran: Future<Output = ()>,
{
    on_a_server(test);
}

/// Runs a test of what only an engine in a file has: its file, its pages, its log.
pub(crate) fn on_a_file<F, Ran>(test: F)
where
    F: Fn(Place) -> Ran,
    Ran: Future<Output = ()>,
{
    on(Engine::Sqlite, &test);
}

/// Runs a test of what only an engine behind a wire has: its other nodes, its server.
pub(crate) fn on_a_server<F, Ran>(test: F)
where
    F: Fn(Place) -> Ran,
    Ran: Future<Output = ()>,
{
    if server().is_some() {
        on(Engine::Postgres, &test);
    }
}

fn on<F, Ran>(engine: Engine, test: &F)
where
    F: Fn(Place) -> Ran,
    Ran: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let name: u128 = u128::from_le_bytes(Keys::random().unwrap());
    let folder = std::env::temp_dir().join(format!("redress-test-{name:032x}"));
    std::fs::create_dir(&folder).unwrap();
    let schema = format!("test_{name:032x}");
    let place = || Place {
        engine,
        folder: folder.clone(),
        schema: schema.clone(),
    };
    if engine == Engine::Postgres {
        runtime.block_on(async {
            place()
                .outside()
                .await
                .run(&format!("CREATE SCHEMA {schema}"))
                .await
                .unwrap()
        });
    }
    runtime.block_on(test(place()));
    if engine == Engine::Postgres {
        runtime.block_on(async {
            place()
                .outside()
                .await
                .run(&format!("DROP SCHEMA {schema} CASCADE"))
                .await
                .unwrap()
        });
    }
    drop(runtime);
    std::fs::remove_dir_all(&folder).unwrap();
}

fn server() -> Option<String> {
    static SAID: Once = Once::new();
    let address = std::env::var(SERVER).ok();
    if address.is_none() {
        SAID.call_once(|| eprintln!("{SERVER} is not set: tested on SQLite alone"));
    }
    address
}

impl Place {
    /// Opens the database, with the keys for tests.
    pub(crate) async fn open(&self) -> Store {
        self.open_with(Keys::for_tests()).await.unwrap()
    }

    /// Opens the database with other keys.
    pub(crate) async fn open_with(&self, keys: Keys) -> Result<Store, StorageError> {
        self.open_at(&self.at(), keys).await
    }

    /// Opens another database of this test, with its folder of files.
    pub(crate) async fn open_at(&self, at: &At, keys: Keys) -> Result<Store, StorageError> {
        Store::open_at(at, FileStore::folder(&self.folder.join("files")), keys).await
    }

    /// Where the database of this test is.
    pub(crate) fn at(&self) -> At {
        match self.engine {
            Engine::Sqlite => At::File(self.file()),
            Engine::Postgres => At::Server(Box::new(Server::parse(&self.address()).unwrap())),
        }
    }

    /// Empties the database on the server, schema and all.
    pub(crate) async fn renew_schema(&self) {
        let schema = &self.schema;
        let renew = format!("DROP SCHEMA {schema} CASCADE; CREATE SCHEMA {schema}");
        self.outside().await.run(&renew).await.unwrap();
    }

    /// The address of the database on the server.
    pub(crate) fn address(&self) -> String {
        let server = server().unwrap();
        let separator = if server.contains('?') { '&' } else { '?' };
        format!("{server}{separator}options=-csearch_path%3D{}", self.schema)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("redress.db")
    }

    /// The database as somebody sees it who gets at it without the product.
    pub(crate) async fn raw(&self) -> Raw {
        match self.engine {
            Engine::Sqlite => Raw::Sqlite(rusqlite::Connection::open(self.file()).unwrap()),
            Engine::Postgres => connected(&self.address()).await,
        }
    }

    /// The server without the schema of this test.
    async fn outside(&self) -> Raw {
        connected(&server().unwrap()).await
    }
}

async fn connected(address: &str) -> Raw {
    let (client, connection) = tokio_postgres::connect(address, NoTls).await.unwrap();
    tokio::spawn(connection);
    Raw::Postgres(client)
}

/// The database without the product.
pub(crate) enum Raw {
    Sqlite(rusqlite::Connection),
    Postgres(tokio_postgres::Client),
}

impl Raw {
    /// Runs statements; what the engine says when it refuses.
    pub(crate) async fn run(&self, sql: &str) -> Result<(), String> {
        match self {
            Raw::Sqlite(conn) => conn.execute_batch(sql).map_err(|error| error.to_string()),
            Raw::Postgres(client) => client.batch_execute(sql).await.map_err(|error| {
                let said = error.as_db_error().map(|said| said.message().to_owned());
                said.unwrap_or_else(|| error.to_string())
            }),
        }
    }

    /// The first column of every row, as text; bytes in hexadecimal digits.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        match self {
            Raw::Sqlite(conn) => {
                let mut statement = conn.prepare(sql).unwrap();
                let rows = statement.query_map([], |row| Ok(words(row.get_ref(0)?))).unwrap();
                rows.map(Result::unwrap).collect()
            }
            Raw::Postgres(client) => {
                let said = client.simple_query(sql).await.unwrap();
                let rows = said.into_iter().filter_map(|message| match message {
                    SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or_default().to_owned()),
                    _ => None,
                });
                rows.collect()
            }
        }
    }

    /// The steps in which the engine in a file answers a question, as it says; placeholders are dates.
    pub(crate) async fn plan(&self, sql: &str) -> Vec<String> {
        let Raw::Sqlite(conn) = self else {
            panic!("asked of the engine in a file only")
        };
        let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let nothing = rusqlite::params_from_iter((0..plan.parameter_count()).map(|_| "2026-01-01"));
        let steps = plan.query_map(nothing, |row| row.get(3)).unwrap();
        steps.map(Result::unwrap).collect()
    }

    /// Prepares a statement and answers the numbers of its placeholders; what the engine says when it refuses.
    pub(crate) async fn placeholders(&self, sql: &str) -> Result<Vec<usize>, String> {
        match self {
            Raw::Sqlite(conn) => {
                let statement = conn.prepare(sql).map_err(|error| error.to_string())?;
                let names = (1..=statement.parameter_count()).map(|index| statement.parameter_name(index).unwrap());
                Ok(names
                    .map(|name| name.strip_prefix('$').unwrap().parse().unwrap())
                    .collect())
            }
            // The engine itself refuses gaps: it cannot tell the type of what is not there.
            Raw::Postgres(client) => match client.prepare(sql).await {
                Ok(statement) => Ok((1..=statement.params().len()).collect()),
                Err(error) => Err(error
                    .as_db_error()
                    .map_or_else(|| error.to_string(), ToString::to_string)),
            },
        }
    }

    /// Takes away what keeps the log from being changed, as somebody can who owns the database.
    pub(crate) async fn unguard(&self) {
        let guards = match self {
            Raw::Sqlite(_) => {
                "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_deleted;
                 DROP TRIGGER audit_nodes_are_not_changed; DROP TRIGGER audit_nodes_are_not_deleted;"
            }
            Raw::Postgres(_) => {
                "DROP TRIGGER events_are_kept ON events; DROP TRIGGER audit_nodes_are_kept ON audit_nodes;"
            }
        };
        self.run(guards).await.unwrap();
    }

    /// Bytes as the engine writes them in a statement.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> String {
        let digits = digits(bytes);
        match self {
            Raw::Sqlite(_) => format!("x'{digits}'"),
            Raw::Postgres(_) => format!("'\\x{digits}'"),
        }
    }
}

/// A value as PostgreSQL would write it.
fn words(value: rusqlite::types::ValueRef<'_>) -> String {
    use rusqlite::types::ValueRef;
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => format!("\\x{}", digits(bytes)),
    }
}

/// The bytes that [`Raw::texts`] wrote in digits.
pub(crate) fn bytes_of(text: &str) -> Vec<u8> {
    let digits = text.strip_prefix("\\x").unwrap();
    let pairs = (0..digits.len()).step_by(2).map(|start| &digits[start..start + 2]);
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes and expects it to be kept.
pub(crate) async fn write<T, F>(store: &Store, act: F) -> T
where
    F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, StorageError> + Send + 'static,
    T: Send + 'static,
{
    store.write(act).await.unwrap()
}

/// Reads and expects an answer.
pub(crate) async fn read<T, F>(store: &Store, look: F) -> T
where
    F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, StorageError> + Send + 'static,
    T: Send + 'static,
{
    store.read(look).await.unwrap()
}
