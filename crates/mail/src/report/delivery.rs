//! Reports in fields: whether a letter arrived (RFC 3464, in a report of RFC 6522) and whether it was shown (RFC 8098).

use rules::mail::{Reason, Recipient, Report, ReportKind};

use super::gathered::Gathered;
use super::{addresses, code, evidence, original, reason, told};
use crate::fields::{Fields, field};

/// How many readers a report may name: ours have one, and a report that names more than this is not about them.
const RECIPIENTS: usize = 100;

/// What the fields of a delivery report say, wherever they stand.
pub(super) fn of(gathered: &Gathered) -> Option<Report> {
    let by_standard = gathered.content_type == "multipart/report" && !gathered.delivery.is_empty();
    if !by_standard && !evidence::is_of_a_machine(gathered) {
        return None;
    }
    let mut texts: Vec<&str> = gathered.delivery.iter().map(String::as_str).collect();
    // Some systems print the fields among their words, or the report of another system below them.
    let printed = |text: &str| text.to_lowercase().contains("final-recipient:");
    texts.push(if printed(&gathered.text) {
        &gathered.text
    } else {
        &gathered.whole
    });
    of_fields(gathered, &texts)
}

/// What the fields in these texts say.
pub(super) fn of_fields(gathered: &Gathered, texts: &[&str]) -> Option<Report> {
    let groups: Vec<Fields> = texts.iter().flat_map(|text| groups(text)).collect();
    let named: Vec<Named> = groups.iter().filter_map(Named::read).take(RECIPIENTS).collect();
    let kind = named.iter().map(|one| one.kind).min_by_key(|kind| gravity(*kind))?;
    let mut recipients: Vec<Recipient> = Vec::new();
    for one in named.iter().filter(|one| one.kind == kind) {
        let recipient = one.recipient(gathered);
        if recipients.iter().all(|known| known.address != recipient.address) {
            recipients.push(recipient);
        }
    }
    let said = |name: &str| groups.iter().find_map(|group| group.get(name)).map(str::to_owned);
    Some(Report {
        kind,
        recipients,
        letter: letter(gathered, said("x-original-message-id").as_deref()),
        envelope: said("original-envelope-id"),
    })
}

/// What a report says about a letter that was shown, or was thrown away without being shown.
pub(super) fn shown(gathered: &Gathered) -> Option<Report> {
    let fields = Fields::of_text(gathered.disposition.as_deref()?);
    let disposition = fields.get("disposition")?.to_lowercase();
    let address = ["original-recipient", "final-recipient"]
        .iter()
        .find_map(|name| fields.get(name).and_then(address));
    let failed = ["failed", "denied", "deleted"].iter().any(|word| {
        disposition
            .rsplit(';')
            .next()
            .unwrap_or_default()
            .trim()
            .split(['/', ','])
            .next()
            == Some(word)
    });
    let (kind, why) = if failed {
        (ReportKind::Failed, Reason::Unknown)
    } else {
        (ReportKind::Shown, Reason::Unknown)
    };
    Some(Report {
        kind,
        recipients: vec![Recipient {
            address,
            status: None,
            reason: why,
            diagnostic: Some(disposition),
        }],
        letter: letter(gathered, fields.get("original-message-id")),
        envelope: fields.get("original-envelope-id").map(str::to_owned),
    })
}

/// The letter that a report is about: as its fields say, as it quotes it, as it mentions it, as it answers it.
pub(super) fn letter(gathered: &Gathered, said: Option<&str>) -> Option<String> {
    let answered = gathered
        .head
        .get("in-reply-to")
        .or_else(|| gathered.head.get("references"));
    said.and_then(original::proper)
        .or_else(|| gathered.letter.clone())
        .or_else(|| original::mentioned(&gathered.text))
        .or_else(|| answered.and_then(original::proper))
}

/// What a report says of one reader.
struct Named {
    kind: ReportKind,
    address: Option<String>,
    status: Option<String>,
    diagnostic: Option<String>,
}

impl Named {
    fn read(group: &Fields) -> Option<Self> {
        let names = ["original-recipient", "final-recipient", "x-actual-recipient"];
        if !names.iter().any(|name| group.has(name)) {
            return None;
        }
        let status = group
            .get("status")
            .and_then(|value| code::in_text(value).first().map(|status| status.code.to_owned()));
        Some(Self {
            kind: kind(group.get("action").unwrap_or_default(), status.as_deref()),
            address: names.iter().find_map(|name| group.get(name).and_then(address)),
            diagnostic: group
                .get("diagnostic-code")
                .map(without_type)
                .filter(|words| !words.is_empty())
                .map(str::to_owned),
            status,
        })
    }

    fn recipient(&self, gathered: &Gathered) -> Recipient {
        let said = self.diagnostic.as_deref().unwrap_or_default();
        let mut about = told::about(&gathered.text, self.address.as_deref());
        if !told::tells(&about) && !told::tells(said) {
            about = told::all(gathered);
        }
        let fields = [self.status.as_deref().unwrap_or_default(), said];
        // Words are asked only where the fields say no more than that it failed: they may speak of several servers.
        let status = code::most_telling(fields.into_iter())
            .filter(|status| status.tells())
            .or_else(|| code::most_telling([about.as_str()].into_iter().chain(fields)))
            .map(|status| status.code);
        let why = reason::Said {
            status,
            kind: self.kind,
            texts: &[said, &about],
        };
        Recipient {
            address: self.address.clone(),
            reason: reason::of(&why),
            status: status.map(str::to_owned),
            diagnostic: self.diagnostic.clone().or_else(|| told::answer(&about)),
        }
    }
}

/// `rfc822; ann@example.org` without what is before the address, and without brackets; a name alone where a system writes no domain.
fn address(value: &str) -> Option<String> {
    let value = without_type(value);
    let found = addresses::in_text(value).first().map(|found| found.address.to_owned());
    found.or_else(|| {
        let plain = value.trim_matches(['<', '>', '"', ' ']);
        (!plain.is_empty()).then(|| plain.to_owned())
    })
}

/// A value without its type: `smtp; 550 No` is `550 No`.
fn without_type(value: &str) -> &str {
    match value.split_once(';') {
        Some((kind, rest))
            if kind
                .trim()
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') =>
        {
            rest.trim()
        }
        _ => value.trim(),
    }
}

fn kind(action: &str, status: Option<&str>) -> ReportKind {
    let word = action.split([' ', '(', ';']).next().unwrap_or_default().to_lowercase();
    match word.as_str() {
        "delayed" => ReportKind::Delayed,
        "delivered" | "relayed" | "expanded" => ReportKind::Delivered,
        "failed" => ReportKind::Failed,
        _ if status.is_some_and(|status| status.starts_with('2')) => ReportKind::Delivered,
        _ => ReportKind::Failed,
    }
}

fn gravity(kind: ReportKind) -> u8 {
    match kind {
        ReportKind::Failed => 0,
        ReportKind::Delayed => 1,
        _ => 2,
    }
}

/// The groups of fields of a report, one a reader; a new one begins at an empty line, or where a name comes again.
fn groups(text: &str) -> Vec<Fields> {
    let mut groups = Vec::new();
    let mut group = String::new();
    let mut seen: Vec<String> = Vec::new();
    for line in text.lines() {
        let name = field(line)
            .map(|(name, _)| name.to_lowercase())
            .filter(|name| OF_A_READER.contains(&name.as_str()));
        let ended = line.trim().is_empty() && seen.len() >= 2;
        let again = name.as_ref().is_some_and(|name| seen.contains(name));
        if ended || again {
            groups.push(Fields::of_text(&group));
            group.clear();
            seen.clear();
        }
        seen.extend(name);
        if !line.trim().is_empty() {
            group.push_str(line);
            group.push('\n');
        }
    }
    groups.push(Fields::of_text(&group));
    groups
}

/// The fields of one reader that stand once.
const OF_A_READER: [&str; 4] = ["final-recipient", "original-recipient", "action", "status"];
