//! How fast mail is: ordinary messages to durable cases through each door, and from a message in the mailbox to its acknowledgement with the mail server.

use std::fs::Permissions;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::ordinary::{message, sender};
use crate::bench::figures::{load_average, median, milliseconds, percentile};
use crate::bench::installation::{FEEDBACK, configuration, serve_with};
use crate::bench::mail_server::MailServer;
use crate::bench::server::{Server, free_address};
use crate::bench::{Bench, now, pause};
use crate::load::{Bound, Pace, Sent, drive_from};
use crate::services::mail;
use crate::shell::{Failure, Outcome};

/// What is asked for, a second, and at the slowest of a hundred.
const PIPE_GOAL: f64 = 100.0;
const LMTP_GOAL: f64 = 500.0;
const ACKNOWLEDGED_GOAL: Duration = Duration::from_secs(2);

const MESSAGES: usize = 4000;
const RUNS: usize = 3;
/// As many at once as Postfix hands over to one place.
const CLIENTS: usize = 20;
/// Processes at once, as mail servers start them.
const PROCESSES: usize = 4;
/// Messages before anything is measured.
const WARMING: usize = 200;
/// Messages into the mailbox, and how many a second.
const IN_MAILBOX: usize = 200;
const A_SECOND: f64 = 10.0;
/// The mailbox that is read, at Dovecot.
const MAILBOX: &str = "feedback@office.example";
/// How long everything together may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// What the bench has: the product, the mail server that takes its letters, and the mailboxes.
struct Post<'a> {
    bench: &'a Bench,
    server: Server,
    letters: MailServer,
    door: String,
    mailboxes: mail::Server,
    /// How many messages were sent so far: each has a number of its own, and a sender.
    sent: usize,
}

/// The figures, and the goals that were missed.
pub(super) fn measure(bench: &Bench) -> Outcome<super::Part> {
    let (messages, runs) = (bench.number("--messages", MESSAGES), bench.number("--runs", RUNS));
    let mut post = Post::open(bench)?;
    post.through_the_door(WARMING)?;
    let (mut lmtp, mut pipe) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        lmtp.push(post.through_the_door(messages)?);
        pipe.push(post.through_the_pipe(messages / 4)?);
    }
    let mut missed = Vec::new();
    let mut row = |what: &str, rates: &[f64], goal: f64| {
        let rate = median(rates);
        if rate < goal {
            missed.push(format!("{what}: {rate:.0} a second, and {goal:.0} are asked for"));
        }
        [
            what.to_owned(),
            format!("{rate:.0} a second"),
            format!("{goal:.0} or more"),
        ]
    };
    let mut rows = vec![
        row("messages to cases through LMTP", &lmtp, LMTP_GOAL),
        row("messages to cases through the pipe, a process each", &pipe, PIPE_GOAL),
    ];
    let waited = post.in_the_mailbox()?;
    let slowest = percentile(&waited, 99);
    if slowest > ACKNOWLEDGED_GOAL {
        missed.push(format!(
            "in the mailbox to acknowledged: {} ms at p99",
            milliseconds(slowest)
        ));
    }
    for (name, hundredths) in [("p50", 50), ("p99", 99)] {
        rows.push([
            format!("in the mailbox (IDLE) to its acknowledgement accepted, {name}"),
            format!("{} ms", milliseconds(percentile(&waited, hundredths))),
            format!("{} messages", waited.len()),
        ]);
    }
    rows.push([
        "resident memory of the product, highest".to_owned(),
        format!("{} KiB", post.server.memory_kib("VmHWM")?),
        format!("{} messages, load average {}", post.sent, load_average()),
    ]);
    Ok(super::Part { rows, missed })
}

impl<'a> Post<'a> {
    /// A new installation with a door and a mailbox, and nobody who scans.
    fn open(bench: &'a Bench) -> Outcome<Post<'a>> {
        let letters = MailServer::start()?;
        let mailboxes = mail::Server::start(&bench.workspace, None, free_address()?.port())?;
        let door = free_address()?.to_string();
        let at = |name: &str| told(&mailboxes, name);
        let password = bench.scratch.join("mailbox-password");
        std::fs::write(&password, at("REDRESS_TEST_MAIL_PASSWORD")?)?;
        std::fs::set_permissions(&password, Permissions::from_mode(0o600))?;
        let imap = at("REDRESS_TEST_IMAPS")?;
        let (host, port) = imap.split_once(':').unwrap_or((&imap, "993"));
        let sections = format!(
            "[mail]\naddresses = [\"{FEEDBACK}\", \"{MAILBOX}\"]\nlisten = \"{door}\"\n\
             [[mail.mailbox]]\nname = \"bench\"\nhost = \"{host}\"\nport = {port}\nsecurity = \"tls\"\nroots = '{}'\nusername = \"{MAILBOX}\"\n\
             password_file = '{}'\n",
            at("REDRESS_TEST_MAIL_ROOTS")?,
            password.display(),
        );
        let sections = toml::from_str(&sections).map_err(Failure::during("the sections of mail"))?;
        let server = serve_with(bench, letters.address.port(), PATIENCE, sections)?;
        Ok(Post {
            bench,
            server,
            letters,
            door,
            mailboxes,
            sent: 0,
        })
    }

    /// Messages a second through the door for mail servers, until the last is a case.
    fn through_the_door(&mut self, many: usize) -> Outcome<f64> {
        let first = self.next(many);
        let door = self.door.clone();
        let begin = || Handing::at(&door);
        self.timed(first, (CLIENTS, many), begin, |handing, number| {
            handing.hand_over(first + number, FEEDBACK)
        })
    }

    /// Messages a second through the command, a process each, until the last is a case.
    fn through_the_pipe(&mut self, many: usize) -> Outcome<f64> {
        let first = self.next(many);
        let (binary, configuration) = (self.bench.binary.clone(), configuration(self.bench));
        self.timed(
            first,
            (PROCESSES, many),
            || Ok(()),
            |(), number| deliver(&binary, &configuration, &message(first + number, FEEDBACK)),
        )
    }

    fn next(&mut self, many: usize) -> usize {
        let first = self.sent;
        self.sent += many;
        first
    }

    fn timed<C>(
        &self,
        first: usize,
        (clients, many): (usize, usize),
        begin: impl Fn() -> Outcome<C> + Sync,
        send: impl Fn(&mut C, usize) -> Outcome<()> + Sync,
    ) -> Outcome<f64> {
        let bound = Bound::of(clients, many, PATIENCE)?;
        let begun = now();
        drive_from(begin, &bound, Pace::Closed, send)?;
        self.until_all_are_cases(first + many)?;
        let took = now().duration_since(begun);
        // Nobody is forgotten, and nothing that is still on its way burdens what is measured next.
        self.until_all_are_acknowledged(first, many)?;
        Ok(many as f64 / took.as_secs_f64())
    }

    fn until_all_are_cases(&self, all: usize) -> Outcome<()> {
        let cases = || {
            let said = self.server.said();
            said.lines()
                .filter(|line| line.contains("a message came to its end") && line.contains("new_case"))
                .count()
        };
        until(|| cases() >= all, || format!("{} of {all} messages are cases", cases()))
    }

    fn until_all_are_acknowledged(&self, first: usize, many: usize) -> Outcome<()> {
        let missing = || {
            let accepted = self.letters.accepted();
            (first..first + many)
                .filter(|number| accepted.get(&sender(*number)).is_none_or(|times| times.len() != 1))
                .count()
        };
        until(
            || missing() == 0,
            || format!("{} of {many} have not one letter each", missing()),
        )
    }

    /// From the moment at which Dovecot has a message until the mail server has its acknowledgement.
    fn in_the_mailbox(&mut self) -> Outcome<Vec<Duration>> {
        let first = self.next(IN_MAILBOX);
        let bound = Bound::of(1, IN_MAILBOX, PATIENCE)?;
        let dovecot = told(&self.mailboxes, "REDRESS_TEST_LMTP")?;
        let sent: Vec<Sent<usize>> = drive_from(
            || Handing::at(&dovecot),
            &bound,
            Pace::PerSecond(A_SECOND),
            |handing, number| {
                handing.hand_over(first + number, MAILBOX)?;
                Ok(first + number)
            },
        )?;
        self.until_all_are_acknowledged(first, IN_MAILBOX)?;
        let accepted = self.letters.accepted();
        Ok(sent
            .iter()
            .map(|one| accepted[&sender(one.what)][0].saturating_duration_since(one.answered_at))
            .collect())
    }
}

/// Waits until something is so; what is missing then is told.
fn until(done: impl Fn() -> bool, missing: impl Fn() -> String) -> Outcome<()> {
    let begun: Instant = now();
    while !done() {
        if now().duration_since(begun) > PATIENCE {
            return Err(Failure::new(missing()));
        }
        pause(Duration::from_millis(10));
    }
    Ok(())
}

fn told(mailboxes: &mail::Server, name: &str) -> Outcome<String> {
    let found = mailboxes.told()?.into_iter().find(|(told, _)| *told == name);
    found
        .map(|(_, value)| value)
        .ok_or_else(|| Failure::new(format!("{name} is missing: Dovecot is not on this machine")))
}

/// Gives a message to the pipe command, as a mail server does.
///
/// # Errors
/// When the command cannot be run, or ends otherwise than well.
pub(in crate::bench) fn deliver(binary: &Path, configuration: &Path, text: &str) -> Outcome<()> {
    let mut command = Command::new(binary);
    command
        .args([
            "mail",
            "deliver",
            "--sender",
            "a@students.example",
            "--recipient",
            FEEDBACK,
            "--config",
        ])
        .arg(configuration);
    let mut child = command
        .stdin(Stdio::piped())
        .spawn()
        .map_err(Failure::during("redress mail deliver"))?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    match child.wait()? {
        status if status.success() => Ok(()),
        status => Err(Failure::new(format!("redress mail deliver ended with {status}"))),
    }
}

/// A mail server that hands messages over (RFC 2033), one after another.
struct Handing {
    stream: TcpStream,
    said: BufReader<TcpStream>,
}

impl Handing {
    fn at(address: &str) -> Outcome<Handing> {
        let stream = TcpStream::connect(address).map_err(Failure::during(address))?;
        stream.set_nodelay(true)?;
        let said = BufReader::new(stream.try_clone()?);
        let mut handing = Handing { stream, said };
        handing.answered("220")?;
        handing.says("LHLO bench.example\r\n", "250")?;
        Ok(handing)
    }

    /// The message of a number, for somebody.
    fn hand_over(&mut self, number: usize, to: &str) -> Outcome<()> {
        let text = message(number, to);
        self.says(&format!("MAIL FROM:<{}>\r\n", sender(number)), "250")?;
        self.says(&format!("RCPT TO:<{to}>\r\n"), "250")?;
        self.says("DATA\r\n", "354")?;
        // No line of these messages begins with a dot.
        self.says(&format!("{text}.\r\n"), "250")
    }

    fn says(&mut self, words: &str, code: &str) -> Outcome<()> {
        self.stream.write_all(words.as_bytes())?;
        self.answered(code)
    }

    fn answered(&mut self, code: &str) -> Outcome<()> {
        let mut line = String::new();
        loop {
            line.clear();
            self.said.read_line(&mut line)?;
            match line.strip_prefix(code) {
                Some(rest) if rest.starts_with('-') => {}
                Some(_) => return Ok(()),
                None => {
                    return Err(Failure::new(format!(
                        "{code} was awaited, and it says: {}",
                        line.trim_end()
                    )));
                }
            }
        }
    }
}
