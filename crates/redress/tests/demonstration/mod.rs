//! The demonstration in a folder of its own, and the commands of the binary run on it.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The binary under test.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_redress");
/// What its keys are sealed under when they are kept apart.
const PASSPHRASE: &str = "calder brook stone weir ferry";

/// A demonstration in a folder of its own.
pub(crate) struct Demonstration {
    /// Where it lies.
    pub(crate) folder: PathBuf,
}

impl Demonstration {
    /// An empty folder for it.
    pub(crate) fn new(name: &str) -> Demonstration {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("passphrase"), PASSPHRASE).unwrap();
        Demonstration { folder }
    }

    /// Loads it, and serves it until it is stopped.
    pub(crate) fn serve(&self) -> Child {
        let mut child = Command::new(BINARY)
            .args(["demo", "--port", "0", "--cases", "120", "--dir"])
            .arg(self.folder.join("demo"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().starts_with("Stop with")), "it serves");
        child
    }

    /// A configuration of the demonstration with other places for its parts; `with` is added at the end.
    pub(crate) fn configuration(&self, name: &str, places: &[(&str, &str)], with: &str) -> PathBuf {
        let text = fs::read_to_string(self.folder.join("demo/redress.toml")).unwrap();
        let mut whole: toml::Table = toml::from_str(&text).unwrap();
        for (key, value) in places {
            let storage = whole["storage"].as_table_mut().unwrap();
            storage.insert((*key).to_owned(), (*value).into());
        }
        let path = self.folder.join("demo").join(name);
        fs::write(&path, format!("{}\n{with}", toml::to_string(&whole).unwrap())).unwrap();
        path
    }

    /// A path in its folder.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }
}

/// Runs a command and answers what it said and its exit code.
pub(crate) fn run(config: &Path, words: &[&str]) -> (String, i32) {
    let Output { stdout, stderr, status } = Command::new(BINARY)
        .args(words)
        .arg("--config")
        .arg(config)
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&stdout),
        String::from_utf8_lossy(&stderr)
    );
    (said, status.code().unwrap())
}

/// Runs a command that must go well.
pub(crate) fn well(config: &Path, words: &[&str]) -> String {
    let (said, code) = run(config, words);
    assert_eq!(code, 0, "{words:?}: {said}");
    said
}

/// Stops a server as a machine does.
pub(crate) fn stop(mut server: Child) {
    let asked = Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(asked.success() && server.wait().unwrap().success());
}
