//! One wording file, read and checked: its subject, its body and the way from facts to a letter.

use std::collections::BTreeSet;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior};
use rules::colour::Colour;
use rules::letters::LetterFacts;

use super::error::WordingError;
use super::glyph::label;
use super::tidy::{one_line, tidy};
use super::{Letter, blank_lines, html, markup, text};

/// Steps that a template may take. The longest built-in letter takes under a thousand; a loop that has run wild stops here in a few milliseconds.
const FUEL: u64 = 200_000;
const SUBJECT: &str = "Subject:";

/// A wording file that can be filled in.
#[derive(Debug)]
pub(super) struct Sheet {
    file: String,
    source: String,
    subject: String,
    body: String,
    tag_lines: BTreeSet<usize>,
    engine: Environment<'static>,
}

impl Sheet {
    /// Reads a wording file; `file` is the name that errors give.
    pub(super) fn read(file: &str, source: &str) -> Result<Self, WordingError> {
        let source = source.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let mut lines = source.splitn(3, '\n');
        let subject = lines
            .next()
            .and_then(|line| line.strip_prefix(SUBJECT))
            .map(str::trim)
            .unwrap_or_default();
        if subject.is_empty() {
            return Err(WordingError::at(
                file,
                1,
                "the first line must be \"Subject: \" and the subject",
            ));
        }
        if lines.next().is_none_or(|line| !line.trim().is_empty()) {
            return Err(WordingError::at(
                file,
                2,
                "the second line must be empty; the letter begins on the third",
            ));
        }
        // The subject's line stays, empty, so that the lines of the template are the lines of the file.
        let body = format!("\n\n{}", lines.next().unwrap_or_default());
        let found = blank_lines::look_at(&body);
        if let Some(line) = found.odd_stars.first() {
            return Err(WordingError::at(
                file,
                *line,
                "bold must begin with ** and end with ** on the same line",
            ));
        }
        let mut sheet = Self {
            file: file.to_owned(),
            subject: subject.to_owned(),
            body,
            tag_lines: found.tags_only,
            engine: engine(),
            source,
        };
        sheet.compile()?;
        Ok(sheet)
    }

    /// The file as it was read.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The name that errors give.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// Fills in the facts; links wear a colour.
    pub(super) fn render(&self, facts: &LetterFacts, link: Colour) -> Result<Letter, WordingError> {
        let facts = Value::from(Serde(tidy(facts)));
        let subject = self
            .engine
            .get_template("subject")
            .and_then(|template| template.render(facts.clone()));
        let subject = subject.map_err(|error| WordingError::from_template(&self.file, &self.subject, &error))?;
        let body = self
            .engine
            .get_template("body")
            .and_then(|template| template.render_with_spans(facts));
        let (output, spans) = body.map_err(|error| WordingError::from_template(&self.file, &self.body, &error))?;
        let blocks = markup::parse(&label(&output, &spans, &self.tag_lines))
            .map_err(|found| WordingError::at(&self.file, found.line, found.reason))?;
        if blocks.is_empty() {
            return Err(WordingError::whole(&self.file, "the letter is empty"));
        }
        let subject = one_line(&subject);
        Ok(Letter {
            text: text::render(&blocks),
            html: html::render(&subject, &blocks, link),
            subject,
        })
    }

    fn compile(&mut self) -> Result<(), WordingError> {
        let failed = |source: &str, error: &minijinja::Error| WordingError::from_template(&self.file, source, error);
        let (subject, body) = (self.subject.clone(), self.body.clone());
        self.engine
            .add_template_owned("subject", subject)
            .map_err(|error| failed(&self.subject, &error))?;
        self.engine
            .add_template_owned("body", body)
            .map_err(|error| failed(&self.body, &error))?;
        Ok(())
    }
}

/// An engine without files, macros or escapes of its own: what is a fact is told by where it stands, not by marks in the text.
fn engine() -> Environment<'static> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    engine.set_fuel(Some(FUEL));
    engine.set_debug(false);
    engine
}
