//! Servers that tests need and that are not part of the product: on the loopback only, started and ended here.

pub mod smtp;

use std::path::PathBuf;

use crate::shell::{Failure, Outcome};
use crate::workspace::Workspace;

const USAGE: &str = "\
cargo xtask services smtp --dir DIR --port-file FILE        in the foreground, until standard input closes
cargo xtask services start smtp --dir DIR --port-file FILE  in the background
cargo xtask services stop smtp                              ends the one in the background
--port PORT asks for a port; without it the system gives one";

/// Starts or stops what the arguments name.
///
/// # Errors
/// When the arguments make no sense, or the server cannot be started or stopped.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["smtp", rest @ ..] => smtp::serve(workspace, &places(workspace, rest)?),
        ["start", "smtp", rest @ ..] => smtp::start(workspace, &places(workspace, rest)?),
        ["stop", "smtp"] => smtp::stop(workspace),
        _ => Err(Failure::new(format!("say which server.\n{USAGE}"))),
    }
}

/// Reads `--dir`, `--port-file` and `--port`; paths are seen from the folder that the command was given in.
fn places(workspace: &Workspace, mut words: &[&str]) -> Outcome<smtp::Places> {
    let (mut letters, mut port_file, mut port) = (None, None, 0);
    while let [name, value, rest @ ..] = words {
        let path = || std::path::absolute(value).map_err(Failure::during(*value));
        match *name {
            "--dir" => letters = Some(path()?),
            "--port-file" => port_file = Some(path()?),
            "--port" => port = value.parse().map_err(Failure::during(*value))?,
            other => return Err(Failure::new(format!("\"{other}\" is not known here.\n{USAGE}"))),
        }
        words = rest;
    }
    if let Some(word) = words.first() {
        return Err(Failure::new(format!("\"{word}\" lacks its value.\n{USAGE}")));
    }
    let in_target = |name: &str| -> PathBuf { workspace.target().join("services").join(name) };
    Ok(smtp::Places {
        letters: letters.unwrap_or_else(|| in_target("letters")),
        port_file: port_file.unwrap_or_else(|| in_target("smtp.port")),
        port,
    })
}
