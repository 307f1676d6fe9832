//! `redress mail deliver` as a mail server runs it: what it says to the product, and with which code it ends; and `redress mail test` as a person runs it.

mod tries;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// A product that answers every command alike, and notes what it was told.
struct Product {
    port: u16,
    told: Receiver<Vec<String>>,
}

impl Product {
    /// One that answers so to each chunk, and takes any envelope but one for a stranger.
    fn start(to_chunks: &'static str) -> Product {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let (tell, told) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let lines = converse(stream.expect("a line"), to_chunks).unwrap_or_default();
                if tell.send(lines).is_err() {
                    return;
                }
            }
        });
        Product { port, told }
    }
}

fn converse(mut write: TcpStream, to_chunks: &str) -> std::io::Result<Vec<String>> {
    let mut read = BufReader::new(write.try_clone()?);
    write.write_all(b"220 product\r\n")?;
    let mut told = Vec::new();
    loop {
        let mut line = String::new();
        if read.read_line(&mut line)? == 0 {
            return Ok(told);
        }
        let line = line.trim_end().to_owned();
        if let Some(chunk) = line.strip_prefix("BDAT ") {
            let length = chunk.trim_end_matches(" LAST").parse().expect("a length");
            let mut bytes = vec![0; length];
            read.read_exact(&mut bytes)?;
            told.push(String::from_utf8_lossy(&bytes).into_owned());
            // At the end there is an answer for each recipient.
            let recipients = told.iter().filter(|line| line.starts_with("RCPT")).count();
            let answers = if chunk.ends_with(" LAST") { recipients } else { 1 };
            write.write_all(format!("{to_chunks}\r\n").repeat(answers).as_bytes())?;
            continue;
        }
        let answer = match line.contains("stranger") {
            true => "550 5.1.1 nobody",
            false => "250 2.0.0 go on",
        };
        let ends = line == "QUIT";
        told.push(line);
        if ends {
            return Ok(told);
        }
        write.write_all(format!("{answer}\r\n").as_bytes())?;
    }
}

/// A configuration that names this port, in a file of its own.
struct Configuration(PathBuf);

impl Configuration {
    fn naming(port: u16) -> Configuration {
        let file = std::env::temp_dir().join(format!("redress-deliver-{}-{port}.toml", std::process::id()));
        std::fs::write(&file, format!("[mail]\nlisten = \"127.0.0.1:{port}\"\n")).expect("a file");
        Configuration(file)
    }

    /// The code with which the command ends.
    fn ends(&self, words: &[&str], message: &str) -> Option<i32> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
        command.args(["mail", "deliver", "--config"]).arg(&self.0).args(words);
        command.stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it starts");
        let mut input = child.stdin.take().expect("a pipe");
        // One that ends before it reads is what some of these are about.
        drop(input.write_all(message.as_bytes()));
        drop(input);
        child.wait().expect("it ends").code()
    }
}

impl Drop for Configuration {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).expect("it can go");
    }
}

const FOR_US: [&str; 4] = ["--sender", "ada@example.org", "--recipient", "feedback@example.ac.uk"];

#[test]
fn a_message_is_handed_over_with_its_envelope() {
    let product = Product::start("250 2.0.0 kept");
    let configuration = Configuration::naming(product.port);
    assert_eq!(configuration.ends(&FOR_US, "Subject: hi\n\nhello\n"), Some(0));
    let told = product.told.recv().expect("it was told");
    assert_eq!(
        told,
        [
            "LHLO localhost",
            "MAIL FROM:<ada@example.org>",
            "RCPT TO:<feedback@example.ac.uk>",
            "Subject: hi\r\n\r\nhello\r\n",
            "",
            "QUIT"
        ]
    );
    for nobody in ["", "<>", "MAILER-DAEMON"] {
        let words = [
            "--sender",
            nobody,
            "--recipient",
            "a@example.ac.uk",
            "--recipient",
            "b@example.ac.uk",
        ];
        assert_eq!(configuration.ends(&words, "Subject: hi\n\n"), Some(0));
        let told = product.told.recv().expect("it was told");
        assert_eq!(
            told[1..4],
            ["MAIL FROM:<>", "RCPT TO:<a@example.ac.uk>", "RCPT TO:<b@example.ac.uk>"]
        );
    }
}

#[test]
fn the_code_says_whether_it_should_come_again() {
    let product = Product::start("452 4.3.1 full");
    let configuration = Configuration::naming(product.port);
    assert_eq!(configuration.ends(&FOR_US, "Subject: hi\n\n"), Some(75), "full");
    let stranger = ["--recipient", "stranger@example.org"];
    assert_eq!(configuration.ends(&stranger, "Subject: hi\n\n"), Some(77));
    assert_eq!(configuration.ends(&FOR_US, ""), Some(65), "no message");
    assert_eq!(configuration.ends(&["--recipient"], "x"), Some(64), "no command");
    assert_eq!(configuration.ends(&[], "x"), Some(64), "for nobody");
    let refusing = Product::start("552 5.3.4 too large");
    let configuration = Configuration::naming(refusing.port);
    assert_eq!(configuration.ends(&FOR_US, "Subject: hi\n\n"), Some(77));
}

#[test]
fn what_is_wrong_here_does_not_send_the_message_back() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let nobody = Configuration::naming(free.local_addr().expect("its number").port());
    drop(free);
    assert_eq!(nobody.ends(&FOR_US, "Subject: hi\n\n"), Some(75), "the product is away");
    std::fs::write(&nobody.0, "[mail").expect("a file");
    assert_eq!(
        nobody.ends(&FOR_US, "Subject: hi\n\n"),
        Some(75),
        "somebody is editing the file"
    );
    std::fs::write(&nobody.0, "").expect("a file");
    assert_eq!(nobody.ends(&FOR_US, "Subject: hi\n\n"), Some(75), "it names no door");
}
