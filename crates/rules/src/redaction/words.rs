//! Which texts of an event are words that somebody wrote, and which are codes, dates and addresses by which the product works.

use serde_json::Value;

/// The fields that hold words, wherever they stand in an event.
const WORDS: &[&str] = &[
    "acting_for",
    "because",
    "conflict",
    "correction",
    "detail",
    "dropped",
    "email",
    "finding",
    "from_whom",
    "handled_now",
    "late_reason",
    "learnt",
    "name",
    "needs",
    "note",
    "notes",
    "others",
    "owner",
    "phone",
    "proof",
    "question",
    "reason",
    "reasons",
    "remark",
    "source",
    "subject",
    "text",
    "title",
    "username",
    "wanted",
    "what",
    "what_we_did",
    "why",
    "with",
    "words",
];

/// What has such a name and is none.
const CODES: &[(&str, &str)] = &[
    ("group.linked", "with"),
    ("group.unlinked", "with"),
    ("stage.entered", "reason"),
    ("vip.flagged", "source"),
];

/// What has the name of a code and is words.
const ALSO_WORDS: &[(&str, &str)] = &[("letter.owed_again", "to")];

/// Whether a field of a kind of event holds words. What its holder and the office do about a handover is none of it.
pub fn is_word(kind: &str, field: &str) -> bool {
    let is = |list: &[(&str, &str)]| list.contains(&(kind, field));
    !kind.starts_with("seal.") && kind != "case.sealed" && (is(ALSO_WORDS) || (WORDS.contains(&field) && !is(CODES)))
}

/// What is done with each text.
pub type Each<'a> = dyn FnMut(&str, &mut String) + 'a;

/// Goes through the words of an event with the place of each: `decision.points.0.finding`.
pub fn each(kind: &str, payload: &mut Value, then: &mut Each<'_>) {
    within(kind, payload, ("", ""), then);
}

fn within(kind: &str, value: &mut Value, (path, key): (&str, &str), then: &mut Each<'_>) {
    let below = |part: &str| match path {
        "" => part.to_owned(),
        _ => format!("{path}.{part}"),
    };
    match value {
        Value::String(text) if is_word(kind, key) => then(path, text),
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                within(kind, item, (&below(&index.to_string()), key), then);
            }
        }
        Value::Object(fields) => {
            for (field, value) in fields {
                within(kind, value, (&below(field), field), then);
            }
        }
        _ => {}
    }
}

/// The name of the field at a place.
pub(super) fn field_of(path: &str) -> &str {
    let named = |part: &&str| part.parse::<usize>().is_err();
    path.rsplit('.').find(named).unwrap_or(path)
}
