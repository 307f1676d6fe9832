//! Beside a peer: Request Tracker 5 from Debian and the product in turns, on the same machine, with as many cases; what each answers in a second.

use std::io::Write as _;
use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use super::Bench;
use super::figures::{Measured, load_average, median, milliseconds, percentile};
use super::installation::{self, FEEDBACK};
use super::mail::{ordinary, speed};
use super::mail_server::MailServer;
use super::server::{Server, free_address, now};
use crate::http::{self, Connection, Request};
use crate::load::{Bound, Complaints, Loopback, Pace, Sent, drive, drive_from};
use crate::services::rt::{QUEUE, ROOT, Rt};
use crate::shell::{Failure, Outcome};

/// How many cases each has when its pages are asked for: a year of a small desk, which Request Tracker takes minutes to make.
const CASES: usize = 400;
const CLIENTS: usize = 8;
const RUNS: usize = 3;
/// How many pages of a kind are asked for in a run.
const PAGES: usize = 40;
/// Messages through the gate in a run: each is a process.
const MESSAGES: usize = 8;
/// Complaints in a run of the product, which takes them faster.
const COMPLAINTS: usize = 1_000;
/// The longest that a run may take.
const LONGEST: Duration = Duration::from_secs(300);
const PATIENCE: Duration = Duration::from_secs(60);
/// The first number of a reference.
const FIRST: usize = 10_001;

/// The kinds of what is measured, by what the product and the peer call it.
const KINDS: [&str; 4] = [
    "a case made (form; REST2)",
    "a list of open cases",
    "a case",
    "a message through the mail gate",
];

/// What one run of one of the two measured.
#[derive(Default)]
struct Taken {
    per_second: Vec<f64>,
    p50: Vec<Duration>,
    p99: Vec<Duration>,
}

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let (cases, runs) = (bench.number("--cases", CASES), bench.number("--runs", RUNS));
    let before = load_average();
    let mail = MailServer::start()?;
    let door = installation::door(&free_address()?.to_string());
    let ours = Ours {
        form: installation::serve_with(bench, mail.address.port(), PATIENCE, door)?,
        office: Server::demo(&bench.binary, &bench.scratch.join("demo"), Some(("--cases", cases)))?,
        bench,
        cases,
    };
    let cookie = ours.office.sign_in()?;
    let peer = Peer::with(Rt::start(&bench.workspace)?, cases)?;
    let (mut product, mut other) = (Taken::of_each(), Taken::of_each());
    for run in 0..runs {
        product[0].add(ours.complaints(run)?);
        other[0].add(peer.tickets(MESSAGES * 2)?);
        product[1].add(ours.pages(&cookie, |_| "/staff/cases".to_owned())?);
        other[1].add(peer.pages(|_| format!("/Search/Results.html?Query=Queue%3D'{QUEUE}'%20AND%20Status%3D'new'"))?);
        product[2].add(ours.pages(&cookie, |number| format!("/staff/c/FC-{}", FIRST + number % cases))?);
        other[2].add(peer.pages(|number| format!("/Ticket/Display.html?id={}", 1 + number % cases))?);
        product[3].add(ours.messages(run)?);
        other[3].add(peer.messages()?);
    }
    let rows = KINDS
        .iter()
        .zip(product.iter().zip(&other))
        .map(|(kind, (product, other))| row(kind, product, other));
    let note = format!(
        "{cases} cases on each side, {CLIENTS} clients, medians of {runs} interleaved runs. A message of the product is safe with it when the command ends, and a case moments later. Load average {before} before, {} after.",
        load_average()
    );
    let heading = vec![
        "",
        "product /s",
        "p50 ms",
        "p99 ms",
        "peer /s",
        "peer p50 ms",
        "peer p99 ms",
        "times as many",
    ];
    Ok(Measured::of(heading, rows.collect()).noting(note))
}

impl Taken {
    fn of_each() -> [Taken; KINDS.len()] {
        std::array::from_fn(|_| Taken::default())
    }

    fn add(&mut self, (sent, seconds): Took) {
        let times: Vec<Duration> = sent.iter().map(Sent::took).collect();
        self.per_second.push(sent.len() as f64 / seconds);
        self.p50.push(percentile(&times, 50));
        self.p99.push(percentile(&times, 99));
    }
}

fn row(kind: &str, product: &Taken, other: &Taken) -> Vec<String> {
    let middle = |times: &[Duration]| milliseconds(percentile(times, 50));
    let ratio = median(&product.per_second) / median(&other.per_second);
    let mut row = vec![kind.to_owned()];
    for taken in [product, other] {
        let rate = format!("{:.1}", median(&taken.per_second));
        row.extend([rate, middle(&taken.p50), middle(&taken.p99)]);
    }
    row.push(format!("{ratio:.0}"));
    row
}

/// What several clients sent at once, and in how many seconds.
type Took = (Vec<Sent<()>>, f64);

/// Sends on kept connections.
fn kept(to: SocketAddr, requests: usize, send: impl Fn(&mut Connection, usize) -> Outcome<()> + Sync) -> Outcome<Took> {
    let (begun, bound) = (now(), Bound::of(CLIENTS, requests, LONGEST)?);
    let sent = drive(Loopback::of(to)?, &bound, Pace::Closed, send)?;
    Ok((sent, now().duration_since(begun).as_secs_f64()))
}

/// Sends each on a connection of its own: the peer's web server keeps none.
fn each(requests: usize, send: impl Fn(usize) -> Outcome<()> + Sync) -> Outcome<Took> {
    let (begun, bound) = (now(), Bound::of(CLIENTS, requests, LONGEST)?);
    let sent = drive_from(|| Ok(()), &bound, Pace::Closed, |(), number| send(number))?;
    Ok((sent, now().duration_since(begun).as_secs_f64()))
}

/// Asks for a page and expects it.
fn ask(connection: &mut Connection, path: &str, cookie: &str) -> Outcome<()> {
    let request = Request {
        path,
        cookie,
        ..Request::default()
    };
    let answer = connection.send(&request).map_err(Failure::during(path))?;
    match answer.status {
        200 => Ok(()),
        status => Err(Failure::new(format!("{path} was answered {status}"))),
    }
}

/// The product: an installation that takes complaints, and an office with as many cases.
struct Ours<'a> {
    form: Server,
    office: Server,
    bench: &'a Bench,
    cases: usize,
}

impl Ours<'_> {
    fn complaints(&self, run: usize) -> Outcome<Took> {
        let complaints = Complaints::read(&self.bench.workspace.root, &format!("peer{run}"))?;
        kept(self.form.address, COMPLAINTS, |connection, number| {
            match complaints.send(connection, number)?.status {
                303 => Ok(()),
                status => Err(Failure::new(format!("a complaint was answered {status}"))),
            }
        })
    }

    /// Each message is a process here too.
    fn messages(&self, run: usize) -> Outcome<Took> {
        let configuration = installation::configuration(self.bench);
        each(MESSAGES * 10, |number| {
            let text = ordinary::message(run * MESSAGES * 10 + number, FEEDBACK);
            speed::deliver(&self.bench.binary, &configuration, &text)
        })
    }

    fn pages(&self, cookie: &str, path: impl Fn(usize) -> String + Sync) -> Outcome<Took> {
        kept(self.office.address, PAGES * 10, |connection, number| {
            // Some cases are kept from whoever asks: the one after it is asked for in their place.
            let cases = self.cases;
            (0..cases)
                .find_map(|next| ask(connection, &path(number + next), cookie).ok())
                .ok_or_else(|| Failure::new("no page was answered"))
        })
    }
}

/// Request Tracker with as many tickets.
struct Peer {
    rt: Rt,
    cookie: String,
}

impl Peer {
    fn with(rt: Rt, cases: usize) -> Outcome<Peer> {
        let (user, password) = ROOT;
        let form = format!("user={user}&pass={password}&next=");
        let signed_in = Connection::open(rt.address)?.send(&Request {
            path: "/NoAuth/Login.html",
            form: Some(&form),
            ..Request::default()
        })?;
        let cookie = signed_in
            .cookie()
            .ok_or_else(|| Failure::new(format!("Request Tracker answered {}", signed_in.status)))?;
        let peer = Peer { rt, cookie };
        eprintln!("making {cases} tickets, which takes minutes");
        peer.tickets(cases)?;
        Ok(peer)
    }

    fn tickets(&self, tickets: usize) -> Outcome<Took> {
        each(tickets, |number| {
            let ticket = format!(
                "{{\"Queue\":\"{QUEUE}\",\"Subject\":\"Wi-Fi in the library {number}\",\"Requestor\":\"sender-{number}@students.example\",\
                 \"Content\":\"The Wi-Fi in the Main Library dropped four times during my test.\"}}"
            );
            let answer = http::send(
                self.rt.address,
                &Request {
                    path: "/REST/2.0/ticket",
                    json: Some(&ticket),
                    cookie: &self.cookie,
                    ..Request::default()
                },
            )?;
            match answer.status {
                201 => Ok(()),
                status => Err(Failure::new(format!(
                    "a ticket was answered {status}: {}",
                    answer.text()
                ))),
            }
        })
    }

    fn pages(&self, path: impl Fn(usize) -> String + Sync) -> Outcome<Took> {
        each(PAGES, |number| {
            ask(&mut Connection::open(self.rt.address)?, &path(number), &self.cookie)
        })
    }

    /// Each message is a process, as a mail server starts it.
    fn messages(&self) -> Outcome<Took> {
        each(MESSAGES, |number| {
            let mut gate = self
                .rt
                .mail_gate()
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .spawn()?;
            let message = format!(
                "From: sender-{number}@students.example\nTo: helpdesk@rt.test\nSubject: Wi-Fi {number}\nMessage-ID: <{}-{number}@students.example>\n\nIt dropped.\n",
                std::process::id()
            );
            if let Some(mut input) = gate.stdin.take() {
                input.write_all(message.as_bytes())?;
            }
            match gate.wait()? {
                status if status.success() => Ok(()),
                status => Err(Failure::new(format!("the mail gate ended with {status}"))),
            }
        })
    }
}
