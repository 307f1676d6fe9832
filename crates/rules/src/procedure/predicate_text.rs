//! Reading a condition: `or`, `and`, `not`, brackets, `always`, facts, and `fact == 'value'`.

use super::{FactName, Predicate};

/// The deepest nesting that is read; a condition in a procedure needs two.
const DEEPEST: u8 = 16;

impl Predicate {
    /// Reads a condition. `and` binds before `or`, `not` before both.
    ///
    /// # Errors
    /// What is wrong, in plain words: an unknown fact or value, a missing bracket, something left over.
    pub fn parse(text: &str) -> Result<Self, String> {
        let words = words(text)?;
        let mut reader = Reader { words: &words, next: 0 };
        let predicate = reader.any(0)?;
        match reader.peek() {
            None => Ok(predicate),
            Some(word) => Err(format!("\"{word}\" is not expected there in the condition \"{text}\"")),
        }
    }
}

impl std::fmt::Display for Predicate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let joined = |parts: &[Self], word: &str| {
            parts
                .iter()
                .map(Self::in_brackets)
                .collect::<Vec<_>>()
                .join(&format!(" {word} "))
        };
        match self {
            Self::Always => formatter.write_str("always"),
            Self::Is(fact) => formatter.write_str(fact.code()),
            Self::Equals(fact, value) => write!(formatter, "{} == '{value}'", fact.code()),
            Self::Not(inner) => write!(formatter, "not {}", inner.in_brackets()),
            Self::All(parts) => formatter.write_str(&joined(parts, "and")),
            Self::Any(parts) => formatter.write_str(&joined(parts, "or")),
        }
    }
}

impl Predicate {
    fn in_brackets(&self) -> String {
        match self {
            Self::All(_) | Self::Any(_) => format!("({self})"),
            _ => self.to_string(),
        }
    }
}

/// Words, brackets, `==` and quoted values.
fn words(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '(' | ')' => 1,
            '=' if rest.starts_with("==") => 2,
            '\'' | '"' => {
                let end = rest[1..]
                    .find(first)
                    .ok_or_else(|| format!("a quote is not closed in \"{text}\""))?;
                end + 2
            }
            _ => rest.find(|letter: char| !is_word(letter)).unwrap_or(rest.len()),
        };
        if length == 0 {
            return Err(format!(
                "\"{first}\" means nothing in the condition \"{text}\"; use and, or, not, == and brackets"
            ));
        }
        words.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    Ok(words)
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '.' || letter == '_'
}

struct Reader<'a> {
    words: &'a [String],
    next: usize,
}

impl Reader<'_> {
    fn any(&mut self, depth: u8) -> Result<Predicate, String> {
        let mut parts = vec![self.all(depth)?];
        while self.take("or") {
            parts.push(self.all(depth)?);
        }
        Ok(one_or(parts, Predicate::Any))
    }

    fn all(&mut self, depth: u8) -> Result<Predicate, String> {
        let mut parts = vec![self.one(depth)?];
        while self.take("and") {
            parts.push(self.one(depth)?);
        }
        Ok(one_or(parts, Predicate::All))
    }

    fn one(&mut self, depth: u8) -> Result<Predicate, String> {
        if depth > DEEPEST {
            return Err("the condition is nested too deeply".to_owned());
        }
        if self.take("not") {
            return Ok(Predicate::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.take("(") {
            let inner = self.any(depth + 1)?;
            return if self.take(")") {
                Ok(inner)
            } else {
                Err("a bracket is not closed".to_owned())
            };
        }
        if self.take("always") {
            return Ok(Predicate::Always);
        }
        self.fact()
    }

    fn fact(&mut self) -> Result<Predicate, String> {
        let Some(word) = self.peek().map(str::to_owned) else {
            return Err("the condition breaks off: a fact is missing at its end".to_owned());
        };
        self.next += 1;
        let fact = FactName::from_code(&word).ok_or_else(|| unknown_fact(&word))?;
        if !self.take("==") {
            return match fact.values() {
                [] => Ok(Predicate::Is(fact)),
                values => Err(format!("\"{word}\" has values; say which: {word} == '{}'", values[0])),
            };
        }
        let quoted = self.peek().map(str::to_owned).unwrap_or_default();
        self.next += 1;
        let value = quoted.trim_matches(['\'', '"']).to_owned();
        if fact.values().contains(&value.as_str()) {
            return Ok(Predicate::Equals(fact, value));
        }
        Err(match fact.values() {
            [] => format!("\"{word}\" is yes or no; write it alone, without =="),
            values => format!("\"{word}\" is never \"{value}\"; it can be: {}", values.join(", ")),
        })
    }

    fn peek(&self) -> Option<&str> {
        self.words.get(self.next).map(String::as_str)
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        self.next += usize::from(found);
        found
    }
}

fn one_or(mut parts: Vec<Predicate>, many: impl FnOnce(Vec<Predicate>) -> Predicate) -> Predicate {
    if parts.len() == 1 { parts.remove(0) } else { many(parts) }
}

fn unknown_fact(word: &str) -> String {
    let known: Vec<&str> = FactName::ALL.iter().map(|fact| fact.code()).collect();
    format!("no fact is called \"{word}\"; known are: {}", known.join(", "))
}
