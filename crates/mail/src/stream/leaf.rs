//! What a part is, by its header.

use mail_parser::{ContentType, Header, HeaderName, HeaderValue, MessageParser};

use super::transfer::Transfer;

/// The longest name of a file that is kept, in characters; no file system has room for more.
const LONGEST_NAME: usize = 200;
/// The longest type that is kept, in characters (RFC 6838, 4.2).
const LONGEST_TYPE: usize = 127;

/// What a header says about its part.
#[derive(Debug)]
pub(super) enum Part {
    /// It holds others.
    Multipart {
        /// How they belong together.
        kind: Kind,
        /// What stands between them, if it says so.
        boundary: Option<Vec<u8>>,
    },
    /// It holds something.
    Leaf(Leaf, Transfer),
}

/// How the parts of a multipart belong together (RFC 2046, 5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One after the other.
    Mixed,
    /// The same in several forms, the best last.
    Alternative,
    /// A first part and what it shows.
    Related,
    /// Messages.
    Digest,
    /// What Microsoft's own form holds: several forms of the words, and files.
    Tnef,
}

/// A part that holds no other parts.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    /// What it is to a reader.
    pub role: Role,
    /// Its type, as it says, in small letters.
    pub said_type: String,
    /// Its name, as it says.
    pub name: Option<String>,
    /// Its charset, as it says.
    pub charset: Option<String>,
    /// How its lines are to be read.
    pub lines: LineForm,
    /// True for a picture that stands in the text.
    pub inline: bool,
}

/// What a part is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Words of the message.
    Plain,
    /// Words of the message, in HTML.
    Html,
    /// Another message.
    Message,
    /// An entry for a calendar.
    Calendar,
    /// What a mail system says about another message.
    Report,
    /// Files and words in Microsoft's own form.
    Tnef,
    /// A file.
    File,
    /// Nothing that anybody reads: a second form of what stands elsewhere.
    Nothing,
}

/// How the lines of a text are to be read (RFC 3676).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum LineForm {
    /// As they stand.
    #[default]
    Fixed,
    /// A line that ends with a space goes on.
    Flowed,
    /// The same, and that space is not part of the text.
    FlowedDelSp,
}

impl Leaf {
    /// A text without a header.
    pub(super) fn plain() -> Self {
        Self::file(Role::Plain, "text/plain", None)
    }

    /// A part that was not described by a header of its own.
    pub(super) fn file(role: Role, said_type: &str, name: Option<String>) -> Self {
        Self {
            role,
            said_type: said_type.to_owned(),
            name,
            charset: None,
            lines: LineForm::Fixed,
            inline: false,
        }
    }
}

/// Reads the header of a part inside a multipart of some kind.
pub(super) fn part(block: &[u8], inside: Option<Kind>) -> Part {
    let mut block = block.to_vec();
    block.extend_from_slice(b"\r\n");
    let parsed = MessageParser::new().with_mime_headers().parse_headers(&block);
    let headers: &[Header<'_>] = parsed
        .as_ref()
        .map_or(&[], |message| message.parts[0].headers.as_slice());
    let content = first(headers, HeaderName::ContentType).filter(|content| !content.ctype().is_empty());
    let disposition = first(headers, HeaderName::ContentDisposition);
    if let Some(multipart) = content.filter(|content| content.ctype() == "multipart") {
        let boundary = multipart
            .attribute("boundary")
            .map(|boundary| boundary.trim_end().as_bytes().to_vec());
        return Part::Multipart {
            kind: kind(multipart.subtype().unwrap_or_default()),
            boundary: boundary.filter(|boundary| !boundary.is_empty()),
        };
    }
    let value = |name: HeaderName<'static>| {
        headers
            .iter()
            .find(|header| header.name == name)
            .map(|header| &header.value)
    };
    let encoding = value(HeaderName::ContentTransferEncoding).and_then(HeaderValue::as_text);
    let has_id = value(HeaderName::ContentId).is_some_and(|id| !id.is_empty());
    Part::Leaf(
        leaf(content, disposition, (inside, has_id)),
        Transfer::named(encoding.unwrap_or_default()),
    )
}

/// Where a field stands twice the first one counts, as with most mail programs.
fn first<'h>(headers: &'h [Header<'h>], name: HeaderName<'static>) -> Option<&'h ContentType<'h>> {
    headers
        .iter()
        .find(|header| header.name == name)?
        .value
        .as_content_type()
}

fn kind(subtype: &str) -> Kind {
    match subtype {
        "alternative" => Kind::Alternative,
        "related" => Kind::Related,
        "digest" => Kind::Digest,
        _ => Kind::Mixed,
    }
}

fn leaf(content: Option<&ContentType<'_>>, disposition: Option<&ContentType<'_>>, place: (Option<Kind>, bool)) -> Leaf {
    let (inside, has_id) = place;
    let said_type = match content {
        Some(content) => format!("{}/{}", content.ctype(), content.subtype().unwrap_or_default()),
        None if inside == Some(Kind::Digest) => "message/rfc822".to_owned(),
        None => "text/plain".to_owned(),
    };
    let attribute = |name: &str| content.and_then(|content| content.attribute(name)).map(str::to_owned);
    let name = disposition
        .and_then(|disposition| disposition.attribute("filename"))
        .map(str::to_owned)
        .or_else(|| attribute("name"))
        .map(|name| one_line(&name, LONGEST_NAME))
        .filter(|name| !name.is_empty());
    let is_attached = disposition.is_some_and(ContentType::is_attachment);
    let says_inline = disposition.is_some_and(ContentType::is_inline);
    let said_type = one_line(&said_type.to_ascii_lowercase(), LONGEST_TYPE);
    let role = match role(&said_type, inside) {
        Role::Plain | Role::Html if is_attached || name.is_some() => Role::File,
        role => role,
    };
    let is_picture = said_type.starts_with("image/");
    Leaf {
        role: if name
            .as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat"))
        {
            Role::Tnef
        } else {
            role
        },
        name,
        charset: attribute("charset"),
        lines: line_form(attribute("format"), attribute("delsp")),
        inline: is_picture && !is_attached && (says_inline || has_id || inside == Some(Kind::Related)),
        said_type,
    }
}

fn role(said_type: &str, inside: Option<Kind>) -> Role {
    match said_type {
        "text/plain" | "text/" | "text" | "plain/text" => Role::Plain,
        "text/html" => Role::Html,
        "text/calendar" | "application/ics" => Role::Calendar,
        "message/rfc822" | "message/global" => Role::Message,
        "message/delivery-status"
        | "message/global-delivery-status"
        | "message/disposition-notification"
        | "message/global-disposition-notification"
        | "message/feedback-report"
        | "text/rfc822-headers"
        | "message/global-headers" => Role::Report,
        "application/ms-tnef" | "application/vnd.ms-tnef" => Role::Tnef,
        // What a Macintosh keeps beside a file.
        "application/applefile" => Role::Nothing,
        "text/x-amp-html" | "text/watch-html" | "text/enriched" if inside == Some(Kind::Alternative) => Role::Nothing,
        _ => Role::File,
    }
}

fn line_form(format: Option<String>, delsp: Option<String>) -> LineForm {
    let says =
        |value: &Option<String>, wanted: &str| value.as_ref().is_some_and(|value| value.eq_ignore_ascii_case(wanted));
    match (says(&format, "flowed"), says(&delsp, "yes")) {
        (true, true) => LineForm::FlowedDelSp,
        (true, false) => LineForm::Flowed,
        (false, _) => LineForm::Fixed,
    }
}

/// A text on one line, without what nobody sees, cut at so many characters; the ending of a name stays.
pub(crate) fn one_line(text: &str, longest: usize) -> String {
    let spaced: String = text
        .chars()
        .map(|one| if one.is_whitespace() { ' ' } else { one })
        .collect();
    let plain = rules::unseen::without_unseen(&spaced);
    let plain = plain
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if plain.chars().count() <= longest {
        return plain;
    }
    let ending = plain
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(|ending| ending.len() <= 10 && !ending.is_empty());
    let ending = ending.map(|ending| format!(".{ending}")).unwrap_or_default();
    let kept = longest - ending.chars().count();
    plain.chars().take(kept).chain(ending.chars()).collect()
}
