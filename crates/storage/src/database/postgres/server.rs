//! The way to a server: where it is, how it is reached, and the connections that are kept to it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime, Timeouts};
use rustls::pki_types::CertificateDer;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Connection, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::encryption;
use super::session::Statements;
use crate::database::dialect::postgres as dialect;
use crate::{StorageError, certificates, nodes};

/// A stream to the server, encrypted.
type TlsStream = <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream;

/// How many looks run at once.
const READERS: usize = 8;
/// One batch at a time, and room for the one that follows while the last connection is given back.
const WRITERS: usize = 2;
/// How long somebody waits for a connection before being told to come back.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a statement may take that answers at once: a pooler with a single connection lets it wait.
const PROBE: Duration = Duration::from_secs(1);
/// How often a pooler is looked for.
const ROUNDS: u32 = 12;

/// Where a PostgreSQL server is, and how it is to be reached.
///
/// Several hosts may be named: whichever takes writes is used, so that a failover needs no proxy. Between machines the connection is encrypted and
/// the certificate checked; on the machine itself (a socket, or the loopback) it is not, unless `sslmode=require` asks for it.
#[derive(Clone)]
pub struct Server {
    config: tokio_postgres::Config,
    roots: Vec<CertificateDer<'static>>,
}

impl Server {
    /// Reads an address: `postgres://redress@db1,db2/redress` or `host=db1,db2 user=redress dbname=redress`.
    ///
    /// ```
    /// assert!(storage::Server::parse("postgres://redress@db1.example,db2.example:5433/redress").is_ok());
    /// assert!(storage::Server::parse("postgres:///?colour=blue").is_err());
    /// ```
    ///
    /// # Errors
    /// When it is none, or asks for something that is not known.
    pub fn parse(address: &str) -> Result<Server, StorageError> {
        let config: tokio_postgres::Config = address
            .parse()
            .map_err(|error: tokio_postgres::Error| StorageError::Address(unread(address, &error)))?;
        if config.get_hosts().is_empty() {
            return Err(StorageError::Address("it names no host".to_owned()));
        }
        let mut server = Server {
            config,
            roots: Vec::new(),
        };
        server.complete();
        Ok(server)
    }

    /// The same with a password that does not stand in the address.
    #[must_use]
    pub fn with_password(mut self, password: &str) -> Server {
        self.config.password(password);
        self
    }

    /// Whether its address, or who named it, says a password.
    pub fn has_password(&self) -> bool {
        self.config.get_password().is_some()
    }

    /// The same, with the certificates of a PEM file trusted beside those of the machine.
    ///
    /// # Errors
    /// When the file cannot be read or holds no certificate.
    pub fn with_roots(mut self, file: &Path) -> Result<Server, StorageError> {
        let path = file.to_owned();
        let read = certificates::read(file).map_err(|why| StorageError::Roots { path, why })?;
        self.roots.extend(read);
        Ok(self)
    }

    /// What the operator is told of it: hosts and database, no password.
    pub fn words(&self) -> String {
        let ports = self.config.get_ports();
        let port = |index: usize| ports.get(index).or(ports.first()).copied().unwrap_or(5432);
        let hosts = self.config.get_hosts().iter().enumerate();
        let hosts: Vec<String> = hosts
            .map(|(index, host)| match host {
                Host::Tcp(name) => format!("{name}:{}", port(index)),
                #[cfg(unix)]
                Host::Unix(path) => path.display().to_string(),
            })
            .collect();
        let database = self
            .config
            .get_dbname()
            .or(self.config.get_user())
            .unwrap_or("postgres");
        format!("the database {database} at {}", hosts.join(", "))
    }

    /// Whether an installation is kept there already.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn holds_a_store(&self) -> Result<bool, StorageError> {
        let client = self.connected(&self.pool(self.tls()?, 1)?).await?;
        let row = client.query_typed_one(dialect::HOLDS_A_STORE, &[]).await;
        row.and_then(|row| row.try_get(0)).map_err(dialect::error)
    }

    async fn connected(&self, pool: &Pool) -> Result<Object, StorageError> {
        pool.get().await.map_err(|fault| {
            let unencrypted = encryption::refusal(&fault, self.config.get_ssl_mode());
            unencrypted.unwrap_or_else(|| dialect::no_connection(fault))
        })
    }

    fn complete(&mut self) {
        let config = &mut self.config;
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        config.keepalives_idle(Duration::from_secs(10));
        config.tcp_user_timeout(Duration::from_secs(10));
        if config.get_application_name().is_none() {
            config.application_name("redress");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        if config.get_ssl_mode() == SslMode::Prefer {
            let on_the_machine = config.get_hosts().iter().all(is_on_the_machine);
            config.ssl_mode(if on_the_machine {
                SslMode::Disable
            } else {
                SslMode::Require
            });
        }
    }

    /// How the connections are encrypted: reads the certificates of the machine.
    fn tls(&self) -> Result<MakeRustlsConnect, StorageError> {
        let (own, machine) = match self.config.get_ssl_mode() {
            SslMode::Disable => (&[][..], Vec::new()),
            _ => (&self.roots[..], rustls_native_certs::load_native_certs().certs),
        };
        let tls = certificates::client_with(own, &machine).map_err(|error| StorageError::Engine(Arc::new(error)))?;
        Ok(MakeRustlsConnect::new(tls))
    }

    fn pool(&self, tls: MakeRustlsConnect, size: usize) -> Result<Pool, StorageError> {
        let recycling_method = RecyclingMethod::Fast;
        let config = ManagerConfig { recycling_method };
        let pool = Pool::builder(Manager::from_config(self.config.clone(), tls, config))
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .timeouts(Timeouts {
                wait: Some(PATIENCE),
                create: Some(PATIENCE),
                recycle: Some(PATIENCE),
            })
            .build();
        pool.map_err(|error| StorageError::Engine(Arc::new(error)))
    }
}

/// Why an address cannot be read. What other programs take of it and this one has elsewhere is said.
fn unread(address: &str, error: &tokio_postgres::Error) -> String {
    if address.contains("sslrootcert") {
        return "write the file of sslrootcert into database_roots instead".to_owned();
    }
    match address.contains("sslmode=verify-") {
        true => "write sslmode=require. It checks the certificate and the name in it, as verify-full does elsewhere"
            .to_owned(),
        false => dialect::chain(error),
    }
}

/// A socket, or the loopback: nothing passes over a wire.
fn is_on_the_machine(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

/// The connections that are kept to a server.
pub(in crate::database) struct Link {
    writers: Pool,
    readers: Pool,
    pub(in crate::database) statements: Statements,
    server: Box<Server>,
    tls: MakeRustlsConnect,
}

impl Link {
    /// Connects, and finds out what stands at the other end.
    pub(in crate::database) async fn to(server: &Server) -> Result<Link, StorageError> {
        let tls = server.tls()?;
        let mut link = Link {
            writers: server.pool(tls.clone(), WRITERS)?,
            readers: server.pool(tls.clone(), READERS)?,
            statements: Statements::Prepared,
            server: Box::new(server.clone()),
            tls,
        };
        let (one, other) = (link.writer().await?, link.reader().await?);
        check_version(&one).await?;
        check_schema(&one, server).await?;
        link.statements = statements_behind(&one, &other).await?;
        if link.statements == Statements::Whole {
            tracing::info!(
                "a pooler gives every transaction another connection: statements are sent whole, and what other nodes do is looked for every few seconds"
            );
        }
        Ok(link)
    }

    /// A connection of its own, outside every pool.
    pub(super) async fn apart(&self) -> Result<(Client, Connection<Socket, TlsStream>), StorageError> {
        let connected = self.server.config.connect(self.tls.clone()).await;
        connected.map_err(dialect::error)
    }

    /// A connection for a batch.
    pub(in crate::database) async fn writer(&self) -> Result<Object, StorageError> {
        self.server.connected(&self.writers).await
    }

    pub(super) async fn reader(&self) -> Result<Object, StorageError> {
        self.server.connected(&self.readers).await
    }

    /// Says that a node is gone, beside its writer: that is no act, and leaves no note of a commit behind.
    pub(in crate::database) async fn leave(&self, node: &str) -> Result<(), StorageError> {
        let client = self.writer().await?;
        let names: [(&(dyn ToSql + Sync), Type); 1] = [(&node, Type::TEXT)];
        let left = client.execute_typed(nodes::LEAVE, &names);
        match tokio::time::timeout(PATIENCE, left).await {
            Ok(left) => left.map(drop).map_err(dialect::error),
            Err(_) => Err(StorageError::Away("it did not answer in time".to_owned())),
        }
    }

    pub(in crate::database) fn close(&self) {
        self.readers.close();
        self.writers.close();
    }
}

/// Refuses a server that puts us into another schema than the address names: a pooler that passes the setting over would mix this installation with
/// whatever is there.
async fn check_schema(client: &Client, server: &Server) -> Result<(), StorageError> {
    let Some(wanted) = server.config.get_options().and_then(schema_in) else {
        return Ok(());
    };
    let found = client
        .query_typed_one("SELECT CAST(current_schema() AS TEXT)", &[])
        .await;
    let found: Option<String> = found.and_then(|row| row.try_get(0)).map_err(dialect::error)?;
    match found {
        Some(found) if found == wanted => Ok(()),
        Some(found) => Err(StorageError::Address(format!(
            "it names the schema {wanted}, and the server gives {found}: a pooler before it does not pass the setting on. Use a database of its own \
             for this installation, or go past the pooler"
        ))),
        None => Err(StorageError::Address(format!(
            "it names the schema {wanted}, and there is none of that name. Make it first: CREATE SCHEMA {wanted}"
        ))),
    }
}

/// The first schema of `-csearch_path=redress,public`.
fn schema_in(options: &str) -> Option<&str> {
    let (_, path) = options.split_once("search_path=")?;
    let first = path.split([',', ' ']).next()?;
    Some(first.trim_matches('"')).filter(|name| !name.is_empty())
}

async fn check_version(client: &Client) -> Result<(), StorageError> {
    let said = client.query_typed_one("SHOW server_version_num", &[]).await;
    let number: String = said.and_then(|row| row.try_get(0)).map_err(dialect::error)?;
    match number.parse::<i32>() {
        Ok(number) if number < dialect::OLDEST => Err(StorageError::Migration(format!(
            "the server is PostgreSQL {}; version {} or later is needed",
            number / 10_000,
            dialect::OLDEST / 10_000
        ))),
        // What speaks the protocol and counts otherwise is believed.
        _ => Ok(()),
    }
}

/// Finds out whether a pooler gives out connections by the transaction: while one connection is within one, the other then meets another process of
/// the server than before. A pooler may choose the same one by chance, and one that gives out what came back last would choose it again and again, so
/// the two take turns at being within one, and both are asked each time.
///
/// Nothing is prepared behind such a pooler, not even to find out: what an earlier process left prepared there has the same names.
async fn statements_behind(one: &Client, other: &Client) -> Result<Statements, StorageError> {
    let (mut holds, mut asks) = ((one, met(one).await?), (other, met(other).await?));
    for _ in 0..ROUNDS {
        holds.0.batch_execute("BEGIN").await.map_err(dialect::error)?;
        let now = both(holds.0, asks.0).await;
        holds.0.batch_execute("ROLLBACK").await.map_err(dialect::error)?;
        if now? != Some((holds.1, asks.1)) {
            return Ok(Statements::Whole);
        }
        (holds, asks) = (asks, holds);
    }
    Ok(Statements::Prepared)
}

/// The processes that answer the one within a transaction and the other; none where the other has to wait.
async fn both(holds: &Client, asks: &Client) -> Result<Option<(i32, i32)>, StorageError> {
    let held = met(holds).await?;
    match tokio::time::timeout(PROBE, met(asks)).await {
        Ok(asked) => Ok(Some((held, asked?))),
        Err(_) => Ok(None),
    }
}

/// The process of the server that answers on a connection.
async fn met(client: &Client) -> Result<i32, StorageError> {
    let met = client.query_typed_one("SELECT pg_backend_pid()", &[]).await;
    met.and_then(|row| row.try_get(0)).map_err(dialect::error)
}

#[cfg(test)]
mod tests {
    use super::{Server, schema_in};

    #[test]
    fn what_others_take_in_an_address_is_answered_with_what_to_write() {
        for (asked, says) in [
            ("sslmode=verify-full", "write sslmode=require"),
            ("sslmode=verify-ca&sslrootcert=/etc/roots.pem", "into database_roots"),
            ("colour=blue", "unknown option"),
        ] {
            let refused = Server::parse(&format!("postgres://redress@db/redress?{asked}")).err();
            let words = refused.map(|error| error.to_string()).unwrap_or_default();
            assert!(words.contains(says), "{asked}: {words}");
        }
    }

    #[test]
    fn the_schema_that_an_address_names_is_found() {
        let named = |options| schema_in(options);
        assert_eq!(named("-csearch_path=redress"), Some("redress"));
        assert_eq!(
            named("-c statement_timeout=5s -c search_path=\"two\",public -c x=y"),
            Some("two")
        );
        assert_eq!(named("-c statement_timeout=5s"), None);
    }
}
