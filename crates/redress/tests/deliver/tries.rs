//! `redress mail test` as somebody runs it who sets mail up: what it says, and with which code it ends.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A new installation in a folder of its own.
struct Installation(PathBuf);

impl Installation {
    fn make(name: &str) -> Installation {
        let folder = std::env::temp_dir().join(format!("redress-tries-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        secret(&folder.join("admin"), "a-long-password-for-tests");
        let mut init = Command::new(env!("CARGO_BIN_EXE_redress"));
        init.arg("init").arg(folder.join("here"));
        for (name, value) in [
            ("organisation", "Calderbrook University"),
            ("unit", "IT Services"),
            ("phone", "01632 960 417"),
            ("email", "bea.boss@office.example"),
            ("public-url", "http://127.0.0.1:9"),
            ("admin-username", "tom"),
            ("admin-name", "Tom"),
            ("admin-email", "tom@office.example"),
        ] {
            init.arg(format!("--{name}")).arg(value);
        }
        init.arg("--admin-password-file").arg(folder.join("admin"));
        let made = init.output().expect("it starts");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Installation(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("here/redress.toml")
    }

    /// Puts these lines in the place of how letters leave.
    fn mail(&self, lines: &str) {
        let text = std::fs::read_to_string(self.file()).expect("a file");
        let (before, rest) = text.split_once("mode = \"letter_box\"").expect("a letter box");
        let (_, after) = rest.split_once("# For mode \"smtp\":").expect("an explanation");
        std::fs::write(self.file(), format!("{before}{lines}\n#{after}")).expect("a file");
    }

    /// What the command says, and with which code it ends.
    fn tested(&self) -> (Option<i32>, String) {
        let mut test = Command::new(env!("CARGO_BIN_EXE_redress"));
        test.args(["mail", "test", "--wait", "30s", "--config"])
            .arg(self.file());
        let said = test.output().expect("it starts");
        let words = [said.stdout, said.stderr].concat();
        (said.status.code(), String::from_utf8_lossy(&words).into_owned())
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("it can go");
    }
}

fn secret(file: &Path, words: &str) {
    std::fs::write(file, words).expect("a file");
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).expect("its owner's alone");
}

#[test]
fn a_new_installation_is_told_that_nothing_leaves_and_nothing_comes() {
    let new = Installation::make("new");
    let (code, said) = new.tested();
    for part in [
        "TO KNOW  Incoming mail",
        "TO KNOW  Mail server for letters",
        "sent to nobody",
        "Mail works.",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert_eq!(code, Some(0), "{said}");
    std::fs::remove_file(new.file()).expect("it can go");
    assert_eq!(new.tested().0, Some(1), "without a configuration nothing can be tried");
}

#[test]
fn real_servers_are_told_to_work_and_a_wrong_password_is_told_with_what_to_do() {
    let named = |name: &str| std::env::var(name).ok();
    let port = |name: &str| named(name).and_then(|at| at.rsplit_once(':').map(|(_, port)| port.to_owned()));
    let found = (
        port("REDRESS_TEST_SUBMISSION"),
        port("REDRESS_TEST_IMAPS"),
        named("REDRESS_TEST_MAIL_ROOTS"),
    );
    let (Some(submission), Some(imaps), Some(roots)) = found else {
        return eprintln!("left out: no mail servers, which `cargo xtask services start mail` starts");
    };
    let real = Installation::make("real");
    let signs = format!(
        "host = \"localhost\"\nroots = \"{roots}\"\nusername = \"bea.boss@office.example\"\npassword_file = \"keys/mail\"\n"
    );
    real.mail(&format!(
        "mode = \"smtp\"\nfrom = \"bea.boss@office.example\"\nfrom_name = \"IT\"\nport = {submission}\n{signs}\n\
         [mail]\naddresses = [\"bea.boss@office.example\"]\n[[mail.mailbox]]\nname = \"helpline\"\nport = {imaps}\n{signs}"
    ));
    let password = real.0.join("here/keys/mail");
    secret(&password, "throwaway-mail\n");
    let (code, said) = real.tested();
    for part in [
        "works    Mailbox helpline",
        "works    Mail server",
        "lies in the mailbox helpline",
        "Mail works.",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert_eq!(code, Some(0), "{said}");
    secret(&password, "wrong\n");
    let (code, said) = real.tested();
    for part in [
        "FAULT    Mailbox helpline",
        "FAULT    Mail server",
        "Compare username and password_file",
        "2 things do not work.",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(!said.contains("Test message"), "{said}");
    assert_eq!(code, Some(1), "{said}");
}
