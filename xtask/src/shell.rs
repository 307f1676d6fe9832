//! Runs other programs, and says plainly what failed.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// What went wrong, in words for the person at the terminal.
#[derive(Debug)]
pub struct Failure {
    words: String,
}

/// The result of a tool or of one of its steps.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// A failure that says `words`.
    pub fn new(words: impl Into<String>) -> Failure {
        Failure { words: words.into() }
    }

    /// Names what was being done, for use with `map_err`.
    pub fn during<E: fmt::Display>(doing: impl Into<String>) -> impl FnOnce(E) -> Failure {
        let doing = doing.into();
        move |error| Failure::new(format!("{doing}: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl std::error::Error for Failure {}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::new(error.to_string())
    }
}

/// A command made of words separated by single spaces, to be run in `folder`.
pub fn command(folder: &Path, words: &str) -> Command {
    let mut words = words.split(' ');
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(folder);
    command
}

/// Runs the command with its output shown as it comes.
///
/// # Errors
/// When it cannot be started, or ends with anything but success.
pub fn show(command: &mut Command) -> Outcome<()> {
    let line = line_of(command);
    println!("$ {line}");
    let status = command
        .status()
        .map_err(Failure::during(format!("could not start `{line}`")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{line}` ended with {status}")))
    }
}

/// Runs the command and returns what it wrote to its standard output.
///
/// # Errors
/// When it cannot be started, or ends with anything but success; the message holds what it wrote to standard error.
pub fn read(command: &mut Command) -> Outcome<String> {
    let line = line_of(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(Failure::during(format!("could not start `{line}`")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!(
        "`{line}` ended with {}: {}",
        output.status,
        said.trim()
    )))
}

fn line_of(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_says_what_it_was_and_what_it_said() {
        let failure = read(Command::new("sh").args(["-c", "echo the reason >&2; exit 3"])).expect_err("exit 3");
        let words = failure.to_string();
        assert!(
            words.contains("sh -c") && words.contains("the reason") && words.contains('3'),
            "{words}"
        );
    }

    #[test]
    fn a_missing_program_is_named() {
        let failure = read(&mut Command::new("no-such-program-here")).expect_err("missing");
        assert!(failure.to_string().contains("no-such-program-here"));
    }
}
