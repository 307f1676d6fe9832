//! Reports in JSON, as sending services write them: whoever failed, with what answer, and the letter.

use rules::mail::{Recipient, Report, ReportKind};
use serde_json::Value;

use super::gathered::Gathered;
use super::{code, evidence, original, reason};

/// What a notification in JSON says; of an ordinary sender it is none.
pub(super) fn of(gathered: &Gathered) -> Option<Report> {
    let text = gathered.text.trim();
    if !text.starts_with('{')
        || !(evidence::is_of_a_machine(gathered) || crate::automatic::takes_no_answer(&gathered.sender))
    {
        return None;
    }
    let value = first_value(text).or_else(|| first_value(&unfolded(text)))?;
    let inside = value
        .get("Message")
        .and_then(Value::as_str)
        .and_then(|inner| serde_json::from_str(inner).ok());
    let notice: Value = inside.unwrap_or(value);
    let kind = word(&notice, "notificationType")
        .or_else(|| word(&notice, "eventType"))?
        .to_lowercase();
    let (kind, about, list) = match kind.as_str() {
        "bounce" => (ReportKind::Failed, notice.get("bounce")?, "bouncedRecipients"),
        "complaint" => (ReportKind::Complained, notice.get("complaint")?, "complainedRecipients"),
        "delivery" => (ReportKind::Delivered, notice.get("delivery")?, "recipients"),
        "deliverydelay" => (ReportKind::Delayed, notice.get("deliveryDelay")?, "delayedRecipients"),
        _ => return None,
    };
    let recipients = about.get(list).and_then(Value::as_array)?;
    Some(Report {
        kind,
        recipients: recipients
            .iter()
            .take(100)
            .map(|one| recipient(kind, about, one))
            .collect(),
        letter: letter(&notice),
        envelope: None,
    })
}

/// The value at the beginning: below it some services add a signature of their own.
fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .next()?
        .ok()
}

/// Without the ends that old mail servers put into lines that were too long for them: an exclamation mark, a new line, a blank.
fn unfolded(text: &str) -> String {
    text.replace("!\r\n ", "").replace("!\n ", "")
}

fn recipient(kind: ReportKind, about: &Value, one: &Value) -> Recipient {
    let said = word(one, "diagnosticCode")
        .or_else(|| word(about, "smtpResponse"))
        .unwrap_or_default();
    let field = word(one, "status").unwrap_or_default();
    let class = word(about, "bounceSubType").unwrap_or_default();
    let status = code::most_telling([field, said].into_iter()).map(|status| status.code);
    let said = said.split_once(';').map_or(said, |(_, rest)| rest).trim();
    Recipient {
        address: word(one, "emailAddress").or_else(|| one.as_str()).map(str::to_owned),
        reason: reason::of(&reason::Said {
            status,
            kind,
            texts: &[said, class],
        }),
        status: status.map(str::to_owned),
        diagnostic: (!said.is_empty()).then(|| said.to_owned()),
    }
}

fn letter(notice: &Value) -> Option<String> {
    let mail = notice.get("mail")?;
    let head = mail
        .get("commonHeaders")
        .and_then(|head| word(head, "messageId"))
        .and_then(original::proper);
    head.or_else(|| {
        let fields = mail.get("headers")?.as_array()?;
        let field = fields
            .iter()
            .find(|field| word(field, "name").is_some_and(|name| name.eq_ignore_ascii_case("message-id")))?;
        word(field, "value").and_then(original::proper)
    })
}

fn word<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}
