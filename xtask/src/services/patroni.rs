//! A PostgreSQL cluster that fails over: two nodes under Patroni, with synchronous replication, and one etcd that says who leads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use super::postgres;
use super::process::{self, Ends};
use crate::debian;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

const PATRONI: &str = "/usr/bin/patroni";
const ETCD: &str = "/usr/bin/etcd";
/// What to do where it cannot be had.
pub const ADVICE: &str =
    "Patroni and etcd are not on this machine: install Debian's `patroni`, `etcd-server` and `python3-etcd3`";

/// A running cluster; everything of it ends with this value.
#[derive(Debug)]
pub struct Cluster {
    home: PathBuf,
    nodes: Vec<Node>,
    etcd: Child,
}

/// One PostgreSQL server and the Patroni that watches it.
#[derive(Debug)]
struct Node {
    patroni: Child,
    /// Where its PostgreSQL answers.
    port: u16,
    /// Where its Patroni answers.
    rest: u16,
    data: PathBuf,
}

/// True if what the cluster needs is here, or may be installed by us.
pub fn can_be_had() -> bool {
    is_here() || debian::can_install()
}

fn is_here() -> bool {
    Path::new(PATRONI).is_file() && Path::new(ETCD).is_file()
}

impl Cluster {
    /// Makes a cluster and waits until it has a leader and a standby that follows synchronously.
    ///
    /// # Errors
    /// When the packages cannot be had, or the cluster does not come up.
    pub fn start(workspace: &Workspace) -> Outcome<Cluster> {
        if !is_here() {
            debian::install("patroni etcd-server python3-etcd3", ADVICE)?;
        }
        let programs = postgres::programs()?;
        let home = process::folder_of_user(&workspace.target().join("services"), "patroni")?;
        let (clients, peers) = (process::free_port()?, process::free_port()?);
        let mut cluster = Cluster {
            etcd: start_etcd(&home, clients, peers)?,
            nodes: Vec::new(),
            home,
        };
        let log = cluster.home.join("etcd.log");
        process::until(&mut cluster.etcd, &log, || answers(clients, "/health")).map_err(Failure::during("etcd"))?;
        for number in 1..=2 {
            let node = Node::start(&cluster.home, number, clients, &programs)?;
            cluster.nodes.push(node);
            // The first to come makes the cluster; the second is copied from it.
            let wanted = if number == 1 { "/primary" } else { "/synchronous" };
            cluster.until_last_answers(number, wanted)?;
        }
        Ok(cluster)
    }

    fn until_last_answers(&mut self, number: usize, path: &str) -> Outcome<()> {
        let log = self.home.join(format!("patroni-{number}.log"));
        let Some(node) = self.nodes.last_mut() else {
            return Ok(());
        };
        let rest = node.rest;
        process::until(&mut node.patroni, &log, || answers(rest, path))
            .map_err(Failure::during(format!("node {number} of the cluster")))
    }

    /// The address of the first database: both nodes, of which the one that takes writes is to be used.
    pub fn address(&self) -> String {
        let hosts: Vec<String> = self
            .nodes
            .iter()
            .map(|node| format!("127.0.0.1:{}", node.port))
            .collect();
        format!("postgres://redress@{}/postgres", hosts.join(","))
    }

    /// A line for each node: the port of Patroni's own pages (`/primary` answers 200 on the leader), the process number of Patroni, and the
    /// folder in which `postmaster.pid` tells that of PostgreSQL.
    pub fn nodes(&self) -> String {
        let line = |node: &Node| format!("{} {} {}\n", node.rest, node.patroni.id(), node.data.display());
        self.nodes.iter().map(line).collect()
    }
}

impl Node {
    fn start(home: &Path, number: usize, etcd: u16, programs: &Path) -> Outcome<Node> {
        let (port, rest) = (process::free_port()?, process::free_port()?);
        let data = home.join(format!("data-{number}"));
        let settings = home.join(format!("patroni-{number}.yml"));
        fs::write(&settings, configuration(number, (etcd, rest, port), &data, programs))?;
        let mut command = process::as_user(Path::new(PATRONI), Ends::WithUs("TERM"));
        command.arg(&settings);
        Ok(Node {
            patroni: process::spawn(command, &home.join(format!("patroni-{number}.log")))?,
            port,
            rest,
            data,
        })
    }

    /// Ends Patroni, which ends its PostgreSQL; where Patroni is gone already, PostgreSQL is ended by its own number.
    fn end(&mut self) -> Outcome<()> {
        process::end_child(&mut self.patroni, "TERM")?;
        let Ok(noted) = fs::read_to_string(self.data.join("postmaster.pid")) else {
            return Ok(());
        };
        let pid = noted.lines().next().and_then(|line| line.trim().parse().ok());
        match pid {
            Some(pid) if process::lives(pid, self.data.as_os_str()) => {
                process::end(pid, "INT", || !process::lives(pid, self.data.as_os_str()))
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut failures = Vec::new();
        for node in &mut self.nodes {
            failures.extend(node.end().err());
        }
        failures.extend(process::end_child(&mut self.etcd, "TERM").err());
        failures.extend(fs::remove_dir_all(&self.home).err().map(Failure::from));
        for failure in failures {
            eprintln!("the cluster: {failure}");
        }
    }
}

fn start_etcd(home: &Path, clients: u16, peers: u16) -> Outcome<Child> {
    let mut etcd = process::as_user(Path::new(ETCD), Ends::WithUs("TERM"));
    let address = |port: u16| format!("http://127.0.0.1:{port}");
    etcd.arg("--data-dir").arg(home.join("etcd"));
    etcd.args(["--name", "one", "--initial-cluster", &format!("one={}", address(peers))]);
    for (option, port) in [
        ("--listen-client-urls", clients),
        ("--advertise-client-urls", clients),
        ("--listen-peer-urls", peers),
        ("--initial-advertise-peer-urls", peers),
    ] {
        etcd.args([option, &address(port)]);
    }
    process::spawn(etcd, &home.join("etcd.log"))
}

/// Whether a page of the loopback answers 200.
fn answers(port: u16, path: &str) -> bool {
    let mut ask = Command::new("curl");
    ask.args(["--silent", "--fail", "--max-time", "2", "--output", "/dev/null"]);
    shell::read(ask.arg(format!("http://127.0.0.1:{port}{path}"))).is_ok()
}

/// The leader is missed after 20 seconds, the least that Patroni takes.
fn configuration(number: usize, (etcd, rest, port): (u16, u16, u16), data: &Path, programs: &Path) -> String {
    let (data, programs) = (data.display(), programs.display());
    format!(
        "scope: redress
name: node{number}
restapi: {{listen: '127.0.0.1:{rest}', connect_address: '127.0.0.1:{rest}'}}
etcd3: {{host: '127.0.0.1:{etcd}'}}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 2
    retry_timeout: 5
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters: {{wal_level: replica, hot_standby: 'on', max_wal_senders: 5, max_replication_slots: 5, max_connections: 100, shared_buffers: 32MB}}
  initdb: [{{encoding: UTF8}}, {{locale: C}}, data-checksums]
  pg_hba: ['host replication all 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 trust']
postgresql:
  listen: '127.0.0.1:{port}'
  connect_address: '127.0.0.1:{port}'
  data_dir: '{data}'
  bin_dir: '{programs}'
  pgpass: '{data}.pgpass'
  authentication: {{replication: {{username: copies}}, superuser: {{username: redress}}, rewind: {{username: rewinds}}}}
  parameters: {{unix_socket_directories: ''}}
"
    )
}
