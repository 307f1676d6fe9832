//! The texts of the demonstration: what people say, what was found, what was done; read from the data files beside the program.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::DemoError;

/// All texts.
#[derive(Debug)]
pub(super) struct Texts {
    /// Complaints with the findings that fit them.
    pub(super) complaints: Vec<Text>,
    /// Thanks, suggestions and comments.
    pub(super) others: Vec<Text>,
    /// What fits many cases.
    pub(super) filler: Filler,
    /// Words that texts share.
    pub(super) lists: BTreeMap<String, Vec<String>>,
    /// Invented people.
    pub(super) names: Names,
}

/// One thing that somebody tells us.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub(super) id: String,
    /// Code of a kind; complaint where it is not said.
    #[serde(default = "complaint")]
    pub(super) kind: String,
    pub(super) service: String,
    #[serde(default)]
    pub(super) problem: String,
    #[serde(default)]
    pub(super) urgency: Option<String>,
    /// Codes of those who may say it.
    #[serde(default = "anyone_here")]
    pub(super) who: Vec<String>,
    /// Codes of the channels on which it may come; any where it is not said.
    #[serde(default)]
    pub(super) channels: Vec<String>,
    /// It is about how a member of staff behaved, and many tick the box that says so.
    #[serde(default)]
    pub(super) about_staff: bool,
    /// They quote a job number.
    #[serde(default)]
    pub(super) job: bool,
    pub(super) words: String,
    #[serde(default)]
    pub(super) wanted: Option<String>,
    #[serde(default)]
    pub(super) updates: Vec<String>,
    #[serde(default)]
    pub(super) notes: Vec<String>,
    /// What the person may add while it goes on.
    #[serde(default)]
    pub(super) messages: Vec<String>,
    #[serde(default)]
    pub(super) more_time: Option<MoreTimeText>,
    #[serde(default)]
    pub(super) finding: Vec<Finding>,
    #[serde(default)]
    pub(super) again: Option<Again>,
}

fn complaint() -> String {
    "complaint".to_owned()
}

fn anyone_here() -> Vec<String> {
    vec!["student".to_owned(), "staff".to_owned()]
}

/// Why the front line needs longer.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct MoreTimeText {
    pub(super) code: String,
    pub(super) words: String,
}

/// A decision of the front line that fits.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Finding {
    pub(super) outcome: String,
    /// It can be settled in the conversation in which it is told.
    #[serde(default)]
    pub(super) spot: bool,
    pub(super) found: String,
    pub(super) did: String,
    pub(super) kinds: Vec<String>,
    #[serde(default)]
    pub(super) remedies: Vec<String>,
    pub(super) cause: String,
    #[serde(default)]
    pub(super) learnt: Option<String>,
    #[serde(default)]
    pub(super) action: Option<Promise>,
}

/// An investigation that fits.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Again {
    /// Its points answer our own first decision, so it makes no sense without one.
    #[serde(default)]
    pub(super) only_escalated: bool,
    /// Which finding of the front line it answers, counted from 0.
    #[serde(default)]
    pub(super) after: usize,
    /// `complex`, `high_risk` or `needs_investigation`.
    pub(super) why: String,
    /// The same in words, for staff.
    pub(super) because: String,
    /// How they ask for stage 2.
    pub(super) asks: String,
    /// Points beyond the first.
    pub(super) points: Vec<PointText>,
    /// The outcome of the first point.
    pub(super) outcome: String,
    /// What was found on the first point.
    pub(super) found: String,
    pub(super) reasons: String,
    pub(super) did: String,
    pub(super) actions: Vec<Promise>,
    #[serde(default)]
    pub(super) remedies: Vec<String>,
    pub(super) cause: String,
    pub(super) learnt: String,
    pub(super) updates: Vec<String>,
}

/// A point with its answer.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PointText {
    pub(super) text: String,
    pub(super) outcome: String,
    pub(super) found: String,
}

/// What will be done, by whom, within how many working days.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Promise {
    pub(super) text: String,
    pub(super) owner: String,
    pub(super) days: u32,
}

/// What fits many cases.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filler {
    /// The first news of a case that has none of its own.
    pub(super) updates_first: Vec<String>,
    /// Later news.
    pub(super) updates: Vec<String>,
    /// News when the date has passed.
    pub(super) updates_late: Vec<String>,
    pub(super) updates_2: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) messages: Vec<String>,
    pub(super) thanks: Vec<String>,
    pub(super) thanks_noted: Vec<String>,
    pub(super) late_reasons: Vec<String>,
    pub(super) late_reasons_2: Vec<String>,
    /// Why an investigation is late that came back from sign-off.
    pub(super) late_returned: String,
    pub(super) more_time_2: Vec<String>,
    pub(super) returned: Vec<String>,
    pub(super) approved: Vec<String>,
    pub(super) assent: Vec<String>,
    pub(super) refused: Vec<RefusedText>,
    pub(super) stopped: Vec<String>,
    pub(super) vip: Vec<String>,
    pub(super) not_a_complaint: Vec<NotAComplaint>,
}

/// A request for stage 2 where nothing is left to find, and our answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RefusedText {
    pub(super) asks: String,
    pub(super) answer: String,
}

/// Something that came on the form for complaints and is none.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct NotAComplaint {
    pub(super) service: String,
    pub(super) words: String,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) ending: Option<String>,
}

/// Invented people.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Names {
    pub(super) first: Vec<String>,
    pub(super) last: Vec<String>,
    pub(super) titles: Vec<String>,
    pub(super) needs: Vec<String>,
    pub(super) friends: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct TextFile {
    text: Vec<Text>,
}

#[derive(Debug, Deserialize)]
struct ListFile {
    lists: BTreeMap<String, Vec<String>>,
    names: Names,
}

impl Texts {
    /// The text of this id.
    pub(super) fn by_id(&self, id: &str) -> Option<&Text> {
        self.complaints.iter().chain(&self.others).find(|text| text.id == id)
    }

    /// Reads them all.
    pub(super) fn load() -> Result<Texts, DemoError> {
        let mut complaints = Vec::new();
        for (name, text) in COMPLAINTS {
            complaints.extend(read::<TextFile>(name, text)?.text);
        }
        let lists: ListFile = read("lists.toml", include_str!("../../demo/lists.toml"))?;
        Ok(Texts {
            complaints,
            others: read::<TextFile>("kind_words.toml", KIND_WORDS)?.text,
            filler: read("filler.toml", FILLER)?,
            lists: lists.lists,
            names: lists.names,
        })
    }
}

/// Thanks, suggestions and comments.
pub(super) const KIND_WORDS: &str = include_str!("../../demo/kind_words.toml");
/// What fits many cases.
pub(super) const FILLER: &str = include_str!("../../demo/filler.toml");
/// The files of complaints, with their names.
pub(super) const COMPLAINTS: [(&str, &str); 5] = [
    ("accounts.toml", include_str!("../../demo/accounts.toml")),
    ("network.toml", include_str!("../../demo/network.toml")),
    ("teaching.toml", include_str!("../../demo/teaching.toml")),
    ("devices.toml", include_str!("../../demo/devices.toml")),
    ("helpdesk.toml", include_str!("../../demo/helpdesk.toml")),
];

pub(super) fn read<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, DemoError> {
    toml::from_str(text).map_err(|error| DemoError::Data {
        file,
        reason: error.to_string(),
    })
}
