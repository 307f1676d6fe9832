//! The field Authentication-Results (RFC 8601, 2.2), taken apart.

/// How many findings of one field are read.
const FINDINGS: usize = 100;

/// One field.
#[derive(Debug)]
pub(super) struct Results {
    /// The server that found it.
    pub server: String,
    findings: Vec<Finding>,
}

/// What one method found.
#[derive(Debug)]
pub(super) struct Finding {
    method: String,
    /// `pass`, `fail`, `none` and others, in small letters.
    pub result: String,
    properties: Vec<(String, String)>,
}

impl Results {
    /// The findings of a method, in order.
    pub(super) fn of(&self, method: &str) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.method == method)
    }
}

impl Finding {
    /// The first of these properties that it has.
    pub(super) fn property(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.properties.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str())
        })
    }
}

/// Takes a field apart; nothing if it does not name its server.
pub(super) fn read(field: &str) -> Option<Results> {
    let parts = split(field);
    let mut parts = parts.iter();
    // A version may stand behind the name.
    let server = parts.next()?.first()?.clone();
    let findings = parts.take(FINDINGS).filter_map(|words| finding(words)).collect();
    Some(Results { server, findings })
}

fn finding(words: &[String]) -> Option<Finding> {
    let (first, others) = words.split_first()?;
    let (method, result) = first.split_once('=')?;
    let method = method.split('/').next().unwrap_or(method);
    let properties = others.iter().filter_map(|word| word.split_once('='));
    Some(Finding {
        method: method.to_ascii_lowercase(),
        result: result.to_ascii_lowercase(),
        properties: properties
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect(),
    })
}

/// Words between semicolons, without comments; what is quoted belongs to its word, and so does what stands around an equals sign.
fn split(field: &str) -> Vec<Vec<String>> {
    let mut parts = vec![Vec::new()];
    let mut word = String::new();
    let mut comments = 0_usize;
    let mut quoted = false;
    let mut characters = field.chars();
    while let Some(one) = characters.next() {
        match one {
            '\\' if quoted || comments > 0 => {
                let next = characters.next();
                word.extend(next.filter(|_| comments == 0));
            }
            '"' if comments == 0 => quoted = !quoted,
            _ if quoted => word.push(one),
            '(' => comments += 1,
            ')' => comments = comments.saturating_sub(1),
            _ if comments > 0 => {}
            ';' => {
                end_word(&mut word, &mut parts);
                parts.push(Vec::new());
            }
            _ if one.is_whitespace() => end_word(&mut word, &mut parts),
            _ => word.push(one),
        }
    }
    end_word(&mut word, &mut parts);
    parts
}

fn end_word(word: &mut String, parts: &mut [Vec<String>]) {
    let Some(words) = parts.last_mut() else { return };
    if word.is_empty() {
        return;
    }
    let word = std::mem::take(word);
    match words.last_mut() {
        Some(last) if last.ends_with('=') || word.starts_with('=') => last.push_str(&word),
        _ => words.push(word),
    }
}
