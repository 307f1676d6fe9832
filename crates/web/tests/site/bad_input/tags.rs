//! What a page holds, as a browser reads it: its tags, its links and its forms.

/// A tag with its attributes, as written.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(name, _)| name.as_str())
    }
}

/// A form: where it goes, and the fields that can be filled.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) action: String,
    pub(super) fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    /// What it holds, or the first that can be chosen.
    pub(super) value: String,
    pub(super) kind: Kind,
}

/// What can be done with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It goes along unseen.
    Hidden,
    /// Somebody writes in it.
    Words,
    /// Somebody chooses.
    Choice,
}

/// Every tag of a page, in order; closing ones with their stroke.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let opens = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        if let Some(end) = end_of_tag(rest).filter(|_| opens) {
            tags.push(tag(&rest[..end]));
            rest = &rest[end..];
        }
    }
    tags
}

/// The end of a tag: a bracket outside quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(at, sign)| match (quote, sign) {
        (None, '>') => Some(at),
        (None, '"' | '\'') => {
            quote = Some(sign);
            None
        }
        (Some(open), sign) if sign == open => {
            quote = None;
            None
        }
        _ => None,
    })
}

fn tag(text: &str) -> Tag {
    let (name, mut rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let mut attributes = Vec::new();
    while let Some((attribute, value)) = rest.split_once("=\"") {
        let (value, after) = value.split_once('"').unwrap_or((value, ""));
        let mut words = attribute.split_whitespace().rev();
        let own = words.next().unwrap_or_default().to_owned();
        attributes.extend(words.map(|flag| (flag.to_owned(), String::new())));
        attributes.push((own, unescaped(value)));
        rest = after;
    }
    attributes.extend(rest.split_whitespace().map(|flag| (flag.to_owned(), String::new())));
    Tag {
        name: name.to_ascii_lowercase(),
        attributes,
    }
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&")
}

/// Where a page leads, on this site.
pub(super) fn links(html: &str) -> Vec<String> {
    let tags = tags(html);
    let links = tags
        .iter()
        .filter(|tag| tag.name == "a")
        .filter_map(|tag| tag.get("href"));
    links
        .filter(|link| link.starts_with('/') && !link.starts_with("//"))
        .map(|link| link.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

/// The forms of a page that change something.
pub(super) fn forms(html: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let (mut inside, mut choosing) = (false, None::<String>);
    for tag in tags(html) {
        match tag.name.as_str() {
            "form" if tag.get("method") == Some("post") => {
                inside = true;
                let action = tag.get("action").unwrap_or_default().to_owned();
                forms.push(Form {
                    action,
                    fields: Vec::new(),
                });
            }
            "form" | "/form" => inside = false,
            "select" => choosing = tag.get("name").map(str::to_owned),
            "/select" => choosing = None,
            _ if inside => {
                let form = forms.last_mut().unwrap();
                form.fields.extend(field(&tag, choosing.as_deref(), &form.fields));
            }
            _ => {}
        }
    }
    forms
}

/// The field that a tag is; of several that can be chosen, the last that holds something.
fn field(tag: &Tag, choosing: Option<&str>, known: &[Field]) -> Option<Field> {
    let of = |name: &str, kind, value: &str| {
        Some(Field {
            name: name.to_owned(),
            value: value.to_owned(),
            kind,
        })
    };
    let value = tag.get("value").unwrap_or_default();
    match (tag.name.as_str(), tag.get("name"), tag.get("type")) {
        ("option", ..) => {
            let name = choosing?;
            let chosen = known.iter().any(|field| field.name == name && !field.value.is_empty());
            of(name, Kind::Choice, value).filter(|_| !chosen && !value.is_empty())
        }
        ("textarea", Some(name), _) => of(name, Kind::Words, ""),
        ("input" | "button", Some(name), Some("hidden" | "submit")) => of(name, Kind::Hidden, value),
        ("input", Some(_), Some("file")) => None,
        ("input", Some(name), Some("radio" | "checkbox")) => {
            let chosen = known.iter().any(|field| field.name == name);
            of(name, Kind::Choice, value).filter(|_| !chosen)
        }
        ("input", Some(name), _) => of(name, Kind::Words, ""),
        _ => None,
    }
}
