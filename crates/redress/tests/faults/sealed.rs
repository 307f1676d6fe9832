//! Sealing a case is killed at every write, flush and send that the server makes from its start on: the words are with the desk or with the line
//! manager, never with neither, and never with both for longer than the recorded retry (R33, A16).

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use casework::handling::{Hand, Seen, confidential};
use casework::sealing::hand_over::{ToHolder, ask};
use casework::{Institution, Office, OfficeParts, PublicDoor, SystemClock};
use documents::letter::Wording;
use rules::case::Reference;
use rules::case::event::Holder;
use rules::confidential::StaffNamed;
use rules::confidential::lane::Naming;
use rules::files::Limits;
use rules::intake::RawFeedback;
use rules::people::{Person, Role, StaffId};
use storage::{Keys, StorageError, Store, audit, events, sealed, staff};

use crate::installation::{BINARY, Installation, Node};
use crate::kept::block_on;
use crate::machine::Machine;
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::{now, pause, wait_until};

/// The mailbox of the line manager.
const HOLDER: &str = "grace.obi@calderbrook.example";
const WORDS: &str = "The man at the counter shouted at me.";
/// Of what a server does, what leaves something behind or tells somebody something.
const STEPS: [&str; 3] = ["pwrite64", "fsync", "sendto"];
/// More than any of them happens until the case is sealed.
const MOST: usize = 400;
/// How often it is asked whether the server was killed or the case is sealed.
const STEP: Duration = Duration::from_millis(20);
/// For how many of these it is waited for a kill after the sealing.
const AFTERWARDS: usize = 20;

/// What a store says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// The desk reads the words.
    WithTheDesk,
    /// Nobody here reads them, and the record is whole.
    Sealed,
}

#[test]
fn sealing_is_killed_at_every_step_and_the_words_are_always_somewhere() {
    if Command::new("strace").arg("--version").output().is_err() {
        println!("strace is not there: sealing was not killed");
        return;
    }
    let mail = MailServer::start();
    let installation = Installation::make("sealed", &mail);
    let case = block_on(handed_over(&installation));
    let machine = Machine::under(&installation.folder);
    let (mut kills, mut sealed_at_once, mut again) = (0, 0, 0);
    for step in STEPS {
        for at in 1..MOST {
            let place = Place::copy(&installation);
            let before = letters(&mail);
            let ended = place.serve_until_killed(step, at, &case);
            if !ended {
                assert!(at > 1, "{step} never happens");
                break;
            }
            kills += 1;
            let (found, taken) = (place.found(&case), letters(&mail) - before);
            if found == Found::Sealed {
                assert!(taken >= 1, "sealed and undelivered after {step} {at}");
                sealed_at_once += 1;
            }
            // The next start, after the lease of the letter that was in hand.
            place.serve_until_sealed(&machine, &case);
            let taken = letters(&mail) - before;
            assert!((1..=2).contains(&taken), "{taken} letters after {step} {at}");
            again += usize::from(taken == 2);
        }
    }
    println!(
        "killed {kills} times while a case was sealed; {sealed_at_once} times it was sealed already, {again} times its letter went out again"
    );
    assert!(kills > 40 && sealed_at_once > 0 && sealed_at_once < kills);
    fs::remove_dir_all(installation.folder.with_file_name("sealed-copy")).unwrap();
    installation.remove();
}

/// How many letters the line manager's server has taken.
fn letters(mail: &MailServer) -> usize {
    mail.taken().get(HOLDER).map_or(0, Vec::len)
}

/// A complaint about somebody of staff that waits to be handed over.
async fn handed_over(installation: &Installation) -> Reference {
    let store = installation.store().await;
    let coordinator = person(2, "Ruth Adeyemi", Role::ComplaintsCoordinator);
    let about = person(3, "Jo Bramley", Role::FrontlineHandler);
    let people = [coordinator.clone(), about.clone()];
    store
        .write(move |tx| {
            let people = people.clone();
            Box::pin(async move {
                for person in people {
                    staff::add(tx, &row(&person)).await?;
                }
                Ok::<_, StorageError>(())
            })
        })
        .await
        .unwrap();
    let office = office(installation, store).await;
    let raw = RawFeedback {
        kind: "complaint".to_owned(),
        words: WORDS.to_owned(),
        about_staff: "yes".to_owned(),
        ..RawFeedback::default()
    };
    let public = PublicDoor::of(office.clone());
    let case = public.complain(&raw, "k").await.unwrap().reference;
    let hand = Hand {
        office: &office,
        by: &coordinator,
        reference: &case,
        seen: Seen::Whatever,
        once: None,
    };
    let naming = Naming {
        named: StaffNamed {
            people: vec![about.id],
            others: None,
        },
        to: None,
    };
    confidential::name(hand, &naming).await.unwrap();
    let to = ToHolder {
        to: Holder {
            name: "Grace Obi".to_owned(),
            email: HOLDER.to_owned(),
        },
        why: String::new(),
    };
    ask(hand, &to).await.unwrap();
    office.close().await.unwrap();
    case
}

fn person(id: i64, name: &str, role: Role) -> Person {
    Person {
        id: StaffId(id),
        name: name.to_owned(),
        job_title: "IT Services".to_owned(),
        roles: [role].into(),
    }
}

fn row(person: &Person) -> staff::StaffRow {
    staff::StaffRow {
        id: person.id.0,
        name: person.name.clone(),
        job_title: person.job_title.clone(),
        roles: person.roles.iter().map(|role| role.code().to_owned()).collect(),
        username: person.name.to_lowercase().replace(' ', "."),
        email: format!("{}@calderbrook.example", person.id.0),
        active: true,
        created_at: jiff::Timestamp::UNIX_EPOCH,
        password_hash: String::new(),
    }
}

async fn office(installation: &Installation, store: Store) -> Arc<Office> {
    let read = |path: &str| fs::read_to_string(installation.folder.join(path)).unwrap();
    let calendars = fs::read_dir(installation.folder.join("calendars")).unwrap();
    let calendars = calendars.map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    let parts = OfficeParts {
        store,
        clock: Arc::new(SystemClock),
        institution: institution(installation),
        procedure: ("it-services.toml".to_owned(), read("procedures/it-services.toml")),
        calendars: calendars.collect(),
        files: Limits::default(),
        letters: Arc::new(Wording::built_in().unwrap()),
    };
    Office::open(parts).await.unwrap()
}

fn institution(installation: &Installation) -> Institution {
    let text = serde_json::json!({
        "organisation": "Calderbrook University",
        "unit": "IT Services",
        "service": "Feedback and complaints",
        "phone": "01632 960 417",
        "phone_hours": "24 hours, every day",
        "email": "it-feedback@calderbrook.example",
        "public_url": format!("http://{}", installation.address),
    });
    serde_json::from_value(text).unwrap()
}

/// A copy of the installation for one kill.
struct Place {
    folder: PathBuf,
    node: Node,
}

impl Place {
    fn copy(installation: &Installation) -> Place {
        let folder = installation.folder.with_file_name("sealed-copy");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        copy(&installation.folder, &folder);
        let node = Node {
            configuration: folder.join("redress.toml"),
            log: folder.join("serve.log"),
            ..installation.node()
        };
        Place { folder, node }
    }

    /// Serves until it is killed at a step; false where the case was sealed before that step came.
    fn serve_until_killed(&self, step: &str, at: usize, case: &Reference) -> bool {
        let mut command = Command::new("strace");
        command
            .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={step}")])
            .args(["-e", &format!("inject={step}:signal=SIGKILL:when={at}")])
            .args([BINARY, "serve", "--config"])
            .arg(&self.node.configuration)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        let mut child = command.spawn().unwrap();
        let begun = now();
        loop {
            if child.try_wait().unwrap().is_some() {
                return true;
            }
            assert!(now().duration_since(begun).as_secs() < 60, "it hangs at {step} {at}");
            if self.is_sealed(case) {
                // What follows at once counts too.
                let killed = (0..AFTERWARDS).any(|_| {
                    pause(STEP);
                    child.try_wait().unwrap().is_some()
                });
                if !killed {
                    end(&mut child);
                }
                return killed;
            }
            pause(STEP);
        }
    }

    fn serve_until_sealed(&self, machine: &Machine, case: &Reference) {
        machine.pass_every_lease();
        let running = Running::start_on(machine, &self.node);
        wait_until("the case is sealed", || self.is_sealed(case));
        running.kill();
        assert_eq!(self.found(case), Found::Sealed);
    }

    /// Whether the first event that the desk reads is the sealing. Asked beside a server that may be at work.
    fn is_sealed(&self, case: &Reference) -> bool {
        let (keys, stream) = (Keys::load(&self.folder.join("keys")).unwrap(), case.to_string());
        let Ok(store) = Store::open(&self.folder.join("redress.db"), keys) else {
            return false;
        };
        block_on(async move {
            let kind: Result<_, StorageError> = store
                .read(move |tx| Box::pin(async move { events::load(tx, &stream).await }))
                .await;
            let sealed = kind.is_ok_and(|events| events.first().is_some_and(|first| first.kind == "case.sealed"));
            drop(store.close().await);
            sealed
        })
    }

    /// Where the words are, with the log whole. Asked when nothing runs.
    fn found(&self, case: &Reference) -> Found {
        let sealed_now = self.is_sealed(case);
        let keys = Keys::load(&self.folder.join("keys")).unwrap();
        let store = Store::open(&self.folder.join("redress.db"), keys).unwrap();
        let stream = case.to_string();
        block_on(async move {
            let report = audit::verify(&store).await.unwrap();
            assert!(report.is_whole(), "{:?}", report.faults);
            let asked = stream.clone();
            let desk: Vec<_> = store
                .read(move |tx| Box::pin(async move { events::load(tx, &asked).await }))
                .await
                .unwrap_or_else(|error: StorageError| panic!("{error}"));
            let at_the_desk = desk.iter().any(|event| holds_words(&event.payload));
            let record: Result<_, StorageError> = store
                .read(move |tx| Box::pin(async move { sealed::open(tx, &stream).await.map(|record| record.before) }))
                .await;
            let in_the_record = record.is_ok_and(|before| before.iter().any(|event| holds_words(&event.payload)));
            store.close().await.unwrap();
            assert_ne!(at_the_desk, in_the_record, "the words are in one place");
            assert_eq!(in_the_record, sealed_now);
            if at_the_desk { Found::WithTheDesk } else { Found::Sealed }
        })
    }
}

fn holds_words(payload: &[u8]) -> bool {
    String::from_utf8_lossy(payload).contains("shouted at me")
}

/// Ends strace and with it what it runs.
/// Ends strace and the server, which are one process group: strace alone would let the server go on.
fn end(child: &mut Child) {
    let group = format!("-{}", child.id());
    Command::new("kill").args(["-KILL", "--", &group]).status().unwrap();
    child.wait().unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            // The mode goes with it: keys that others can read are refused.
            false => drop(fs::copy(entry.path(), &target).unwrap()),
        }
    }
}
