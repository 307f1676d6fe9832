//! Servers that tests need and that are not part of the product: on the loopback only, started and ended here.

mod child;
pub mod s3;
pub mod smtp;

pub use child::Held;

use std::path::PathBuf;

use crate::shell::{Failure, Outcome};
use crate::workspace::Workspace;

const USAGE: &str = "\
cargo xtask services smtp --dir DIR --port-file FILE        in the foreground, until standard input closes
cargo xtask services start smtp --dir DIR --port-file FILE  in the background
cargo xtask services stop smtp                              ends the one in the background
cargo xtask services s3 --port-file FILE                    the same for a server that speaks S3; `start s3`, `stop s3`
--port PORT asks for a port; without it the system gives one";

/// Starts or stops what the arguments name.
///
/// # Errors
/// When the arguments make no sense, or the server cannot be started or stopped.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["smtp", rest @ ..] => smtp::serve(workspace, &Asked::read(rest)?.for_letters(workspace)),
        ["start", "smtp", rest @ ..] => smtp::start(workspace, &Asked::read(rest)?.for_letters(workspace)),
        ["stop", "smtp"] => smtp::stop(workspace),
        ["s3", rest @ ..] => s3::serve(workspace, &Asked::read(rest)?.for_files(workspace)?),
        ["start", "s3", rest @ ..] => s3::start(workspace, &Asked::read(rest)?.for_files(workspace)?),
        ["stop", "s3"] => s3::stop(workspace),
        _ => Err(Failure::new(format!("say which server.\n{USAGE}"))),
    }
}

/// What the arguments ask for; paths are seen from the folder that the command was given in.
#[derive(Debug, Default)]
struct Asked {
    dir: Option<PathBuf>,
    port_file: Option<PathBuf>,
    port: u16,
}

impl Asked {
    /// Reads `--dir`, `--port-file` and `--port`.
    fn read(mut words: &[&str]) -> Outcome<Asked> {
        let mut asked = Asked::default();
        while let [name, value, rest @ ..] = words {
            let path = || std::path::absolute(value).map_err(Failure::during(*value));
            match *name {
                "--dir" => asked.dir = Some(path()?),
                "--port-file" => asked.port_file = Some(path()?),
                "--port" => asked.port = value.parse().map_err(Failure::during(*value))?,
                other => return Err(Failure::new(format!("\"{other}\" is not known here.\n{USAGE}"))),
            }
            words = rest;
        }
        match words.first() {
            Some(word) => Err(Failure::new(format!("\"{word}\" lacks its value.\n{USAGE}"))),
            None => Ok(asked),
        }
    }

    fn for_letters(self, workspace: &Workspace) -> smtp::Places {
        smtp::Places {
            letters: self.dir.unwrap_or_else(|| in_target(workspace, "letters")),
            port_file: self.port_file.unwrap_or_else(|| in_target(workspace, "smtp.port")),
            port: self.port,
        }
    }

    fn for_files(self, workspace: &Workspace) -> Outcome<s3::Places> {
        if self.dir.is_some() {
            return Err(Failure::new(format!(
                "the S3 server keeps all in memory: leave --dir out.\n{USAGE}"
            )));
        }
        Ok(s3::Places {
            port_file: self.port_file.unwrap_or_else(|| in_target(workspace, "s3.port")),
            port: self.port,
        })
    }
}

fn in_target(workspace: &Workspace, name: &str) -> PathBuf {
    workspace.target().join("services").join(name)
}
