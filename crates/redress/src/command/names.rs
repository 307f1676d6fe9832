//! `redress names`: whom texts name, a line each; for anyone who wants to see what the finder of names would suggest (A13).

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use rules::confidential::names::{Found, Known, People, Span, What, find};

use super::Answer;

/// Whose names to look for, and where.
#[derive(Debug, Args)]
pub(crate) struct Names {
    /// Texts, one a line; standard input if none is named
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// People who are known: a CSV file whose first line names its columns. name is needed; username and email are used where they are
    /// there, and others are passed over
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,
    /// Whoever wrote the texts, whose own name is not one that they complain about
    #[arg(long, value_name = "NAME")]
    pub complainant: Option<String>,
}

type Fault = Box<dyn std::error::Error>;

/// Runs the command: one line of JSON for each line of text.
pub(super) fn run(names: &Names) -> Answer {
    let people = match &names.people {
        Some(file) => known(file)?,
        None => People::default(),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let answered = answer_all(names, &people, &mut out).and_then(|()| Ok(out.flush()?));
    match answered {
        Err(fault) if !is_reader_gone(fault.as_ref()) => Err(fault),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn answer_all(names: &Names, people: &People, out: &mut impl Write) -> Result<(), Fault> {
    let asked = Asked {
        people,
        complainant: names.complainant.as_deref(),
    };
    if names.files.is_empty() {
        return asked.answer(BufReader::new(io::stdin().lock()), "standard input", out);
    }
    for file in &names.files {
        let name = file.display().to_string();
        let opened = File::open(file).map_err(|error| format!("{name}: {error}"))?;
        asked.answer(BufReader::new(opened), &name, out)?;
    }
    Ok(())
}

/// What texts are held against.
struct Asked<'a> {
    people: &'a People,
    complainant: Option<&'a str>,
}

impl Asked<'_> {
    /// One answer for each line, also for one that is empty or is no text; what cannot be read as UTF-8 stands as a replacement character.
    /// Whoever asks a line at a time has each answer at once.
    fn answer(&self, mut input: BufReader<impl Read>, name: &str, out: &mut impl Write) -> Result<(), Fault> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = input
                .read_until(b'\n', &mut line)
                .map_err(|error| format!("{name}: {error}"))?;
            if read == 0 {
                return Ok(());
            }
            let text = line.strip_suffix(b"\n").unwrap_or(&line);
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            let text = String::from_utf8_lossy(text);
            let found = find(&text, self.people, self.complainant);
            serde_json::to_writer(&mut *out, &object(&text, &found)).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
            if input.buffer().is_empty() {
                out.flush()?;
            }
        }
    }
}

fn object(text: &str, found: &Found) -> serde_json::Value {
    let mut counted = Counted {
        text,
        bytes: 0,
        characters: 0,
    };
    let spans: Vec<serde_json::Value> = found.spans.iter().map(|span| span_object(span, &mut counted)).collect();
    serde_json::json!({
        "names_a_person": found.names_a_person,
        "names_staff": found.names_staff,
        "spans": spans,
    })
}

fn span_object(span: &Span, counted: &mut Counted<'_>) -> serde_json::Value {
    let (from, to) = (counted.characters_to(span.from), counted.characters_to(span.to));
    let mut object = serde_json::json!({
        "from": from, "to": to, "text": span.text, "kind": span.what.kind().code(), "part": span.part.code(),
    });
    if let What::Known { people, by } = &span.what {
        object["by"] = by.code().into();
        object["people"] = people.as_slice().into();
    }
    object
}

/// Counts characters up to places that only go forward, so that a long line is gone through once.
struct Counted<'t> {
    text: &'t str,
    bytes: usize,
    characters: usize,
}

impl Counted<'_> {
    fn characters_to(&mut self, place: usize) -> usize {
        let between = self.text.get(self.bytes..place).unwrap_or_default();
        self.characters += between.chars().count();
        self.bytes = self.bytes.max(place);
        self.characters
    }
}

/// Reads the people known; each is called by their number of the row and their name.
fn known(file: &Path) -> Result<People, Fault> {
    let name = file.display().to_string();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(file)
        .map_err(|error| format!("{name}: {error}"))?;
    let headers = reader
        .byte_headers()
        .map_err(|error| format!("{name}: {error}"))?
        .clone();
    let column = |wanted: &str| {
        headers.iter().position(|header| {
            String::from_utf8_lossy(header)
                .trim_start_matches('\u{feff}')
                .trim()
                .eq_ignore_ascii_case(wanted)
        })
    };
    let whole = column("name").ok_or_else(|| format!("{name}: the first line must name a column \"name\""))?;
    let (username, email) = (column("username"), column("email"));
    let mut people = Vec::new();
    for record in reader.byte_records() {
        let record = record.map_err(|error| format!("{name}: {error}"))?;
        let field = |column: Option<usize>| {
            let text = column
                .and_then(|column| record.get(column))
                .map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned());
            text.filter(|text| !text.is_empty())
        };
        let Some(called) = field(Some(whole)) else { continue };
        let (username, email) = (field(username), field(email));
        let key = username
            .clone()
            .or_else(|| email.clone())
            .unwrap_or_else(|| called.clone());
        people.push(Known {
            key,
            name: called,
            username,
            email,
        });
    }
    Ok(People::of(people))
}

fn is_reader_gone(fault: &(dyn std::error::Error + 'static)) -> bool {
    fault.downcast_ref::<io::Error>().map(io::Error::kind) == Some(ErrorKind::BrokenPipe)
}
