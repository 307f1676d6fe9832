//! GnuPG, as the program on the other side of an encrypted letter: keys of people who are invented for a test, and opening what was encrypted to them.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where Debian puts it.
const PROGRAM: &str = "/usr/bin/gpg";
/// The time at which it believes itself to be: before that of every story, whatever the machine says.
const TIME: &str = "20260105T090000!";

/// The public key of "Grace Obi <grace.obi@example.ac.uk>", which does not end, for tests in which nobody has to open anything.
pub const GRACE: &str = include_str!("gpg/grace.asc");
/// Its fingerprint.
pub const GRACE_FINGERPRINT: &str = "FD6C19558E1F263F7DBE8B6F311B38375256DA2F";

/// A keyring of its own in a folder that goes with it.
pub struct Gpg {
    home: PathBuf,
}

static NUMBER: AtomicUsize = AtomicUsize::new(0);

impl Gpg {
    /// A new keyring; nothing where this machine has no GnuPG, which is said.
    pub fn new() -> Option<Gpg> {
        if !Path::new(PROGRAM).is_file() {
            eprintln!("left out: there is no {PROGRAM}. `cargo xtask test` installs it; Debian calls it gnupg");
            return None;
        }
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        // Short: the socket of its agent lies there, and its address may have 108 bytes.
        let home = std::env::temp_dir().join(format!("gpg-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&home).expect("a folder can be made");
        std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o700)).expect("a folder can be closed");
        Some(Gpg { home })
    }

    /// A key for "Grace Obi <grace@…>": it signs, has a subkey for encryption, and ends as GnuPG writes that ("never", "2y", "2026-01-31").
    pub fn key(&self, user: &str, ends: &str) {
        self.make(user, "ed25519", "cert,sign", ends);
        self.run(&["--quick-add-key", &self.fingerprint(user), "cv25519", "encr", ends]);
    }

    /// A primary key alone.
    pub fn make(&self, user: &str, kind: &str, usage: &str, ends: &str) {
        self.run(&["--quick-generate-key", user, kind, usage, ends]);
    }

    /// The fingerprint of somebody's primary key.
    pub fn fingerprint(&self, user: &str) -> String {
        let listed = self.run(&["--with-colons", "--list-keys", &format!("={user}")]);
        let text = String::from_utf8(listed.stdout).expect("a list is text");
        let line = text
            .lines()
            .find(|line| line.starts_with("fpr:"))
            .expect("a key has a fingerprint");
        line.trim_end_matches(':')
            .rsplit(':')
            .next()
            .expect("a field")
            .to_owned()
    }

    /// Somebody takes their key back, with the certificate of revocation that came with it.
    pub fn revoke(&self, user: &str) {
        let path = self
            .home
            .join(format!("openpgp-revocs.d/{}.rev", self.fingerprint(user)));
        let text = std::fs::read_to_string(path).expect("it came with the key");
        // A colon keeps it from being taken by mistake.
        let done = self.ask(&["--import"], text.replace(":-----BEGIN", "-----BEGIN").as_bytes());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// The public keys of these people, as text.
    pub fn public(&self, users: &[&str]) -> Vec<u8> {
        self.exported("--export", users, &["--armor"])
    }

    /// The same in binary.
    pub fn binary(&self, users: &[&str]) -> Vec<u8> {
        self.exported("--export", users, &[])
    }

    /// The secret key of somebody, as text.
    pub fn secret(&self, user: &str) -> Vec<u8> {
        self.exported("--export-secret-keys", &[user], &["--armor"])
    }

    fn exported(&self, how: &str, users: &[&str], options: &[&str]) -> Vec<u8> {
        let exact: Vec<String> = users.iter().map(|user| format!("={user}")).collect();
        let mut words = options.to_vec();
        words.push(how);
        words.extend(exact.iter().map(String::as_str));
        self.run(&words).stdout
    }

    /// Runs it without asking anybody anything.
    ///
    /// # Panics
    /// When it fails, with what it said.
    pub fn run(&self, words: &[&str]) -> Output {
        let done = self.ask(words, b"");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "gpg {words:?}: {said}");
        done
    }

    /// Opens a message that was encrypted to one of its keys.
    ///
    /// # Errors
    /// What GnuPG said.
    pub fn decrypt(&self, message: &[u8]) -> Result<Vec<u8>, String> {
        let done = self.ask(&["--decrypt"], message);
        match done.status.success() {
            true => Ok(done.stdout),
            false => Err(String::from_utf8_lossy(&done.stderr).into_owned()),
        }
    }

    fn ask(&self, words: &[&str], input: &[u8]) -> Output {
        let mut program = Command::new(PROGRAM)
            .env("GNUPGHOME", &self.home)
            .args(["--batch", "--yes", "--no-tty", "--faked-system-time", TIME])
            .args(["--pinentry-mode", "loopback", "--passphrase", ""])
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("gpg starts");
        let mut stdin = program.stdin.take().expect("it is piped");
        let input = input.to_vec();
        // Beside reading what it answers: a message may be larger than a pipe.
        let writing = std::thread::spawn(move || stdin.write_all(&input));
        let done = program.wait_with_output().expect("gpg ends");
        // It may end before it has read all of what it refuses.
        drop(writing.join());
        done
    }
}

impl Drop for Gpg {
    fn drop(&mut self) {
        let stopped = Command::new("/usr/bin/gpgconf")
            .env("GNUPGHOME", &self.home)
            .args(["--kill", "all"])
            .status();
        drop(stopped);
        drop(std::fs::remove_dir_all(&self.home));
    }
}
