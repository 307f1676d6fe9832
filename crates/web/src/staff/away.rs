//! Who stands in for somebody while they are away (P34): the panel on one's own page, and on the page of somebody who cannot do it themselves.

pub mod handler;

use casework::people::delegates;
use hypertext::prelude::*;
use rules::handling::sign_off::may_stand_in;
use rules::office::delegation::Delegation;
use rules::people::{Act, Person, permission};

use crate::page::form::{Button, ButtonStyle, hidden};
use crate::page::staff_shell::StaffShell;
use crate::staff::desk::{Seat, form};
use crate::staff::office_log::saying::days;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;

/// Who stands in. Fields of the form: `delegate`, `from`, `until`, and `was` where one is changed; of each line, to take it back, the first
/// three, hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// For whom.
    pub whose: Whose,
    /// Those who stand in or will.
    pub lines: Vec<AwayLine>,
    /// Who can.
    pub picks: Vec<Pick>,
    /// What was typed; with `was`, the form changes that one.
    pub form: FormState,
}

/// For whom somebody stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// For whoever is signed in.
    Own,
    /// For somebody else, whose number this is: an administrator sees to it.
    Somebody(String),
}

/// Somebody who stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwayLine {
    /// "Helen Marsh"
    pub name: String,
    /// "From Monday 6 July 2026 to Friday 17 July 2026"
    pub days: String,
    /// Where it is changed.
    pub change: String,
    /// What the button sends to take it back.
    pub form: FormState,
}

impl Whose {
    /// The page on which the panel stands.
    pub fn page(&self) -> String {
        match self {
            Whose::Own => paths::ME.to_owned(),
            Whose::Somebody(id) => paths::person(id),
        }
    }

    fn name_path(&self) -> String {
        match self {
            Whose::Own => paths::AWAY.to_owned(),
            Whose::Somebody(id) => paths::person_act(id, "away"),
        }
    }

    fn back_path(&self) -> String {
        match self {
            Whose::Own => paths::BACK.to_owned(),
            Whose::Somebody(id) => paths::person_act(id, "back"),
        }
    }

    fn change_path(&self, code: &str) -> String {
        format!("{}?change={code}#away", self.page())
    }

    /// The heading of the panel.
    pub fn heading(&self) -> &'static str {
        match self {
            Whose::Own => "When you are away",
            Whose::Somebody(_) => "When they are away",
        }
    }

    const fn what_happens(&self) -> &'static str {
        match self {
            Whose::Own => {
                "A letter that waits for your sign-off goes to this person if nobody has acted on it shortly before its date. Never to somebody who investigated or decided the complaint, or whom it is about."
            }
            Whose::Somebody(_) => {
                "For somebody who cannot name a person themselves. A letter that waits for their sign-off goes to this person if nobody has acted on it shortly before its date. Never to somebody who investigated or decided the complaint, or whom it is about."
            }
        }
    }

    const fn who_sees(&self) -> &'static str {
        match self {
            Whose::Own => "Everybody who may see the office log can see this.",
            Whose::Somebody(_) => {
                "They see it on their own page. Everybody who may see the office log sees it, and that you did it."
            }
        }
    }
}

impl Away {
    /// Draws the panel's body.
    pub(super) fn draw<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        let was = self.form.answers.get("was");
        let (select, button) = if was.is_empty() {
            ("Who stands in", "Name them")
        } else {
            ("Who stands in instead", "Save the change")
        };
        maud! {
            p.govuk-body-s { (self.whose.what_happens()) }
            @for line in &self.lines {
                form method="post" action=(self.whose.back_path()) {
                    (shell.fields(&line.form))
                    @for field in ["delegate", "from", "until"] {
                        (hidden(field, line.form.answers.get(field)))
                    }
                    p.govuk-body { strong { (line.name) } br; (line.days) }
                    div.fc-compose__foot {
                        (Button::new(format!("Take back: {}", line.name)).style(ButtonStyle::Secondary))
                        a.govuk-link href=(line.change) { "Change: " (line.name) }
                    }
                }
            }
            form method="post" action=(self.whose.name_path()) novalidate {
                (shell.fields(&self.form))
                @if !was.is_empty() { (hidden("was", was)) }
                (self.form.select("delegate", select, &self.picks).hint(self.whose.who_sees()))
                div.fc-pair {
                    (self.form.date("from", "First day"))
                    (self.form.date("until", "Last day"))
                }
                div.fc-compose__foot {
                    (Button::new(button).style(ButtonStyle::Secondary))
                    @if !was.is_empty() { a.govuk-link href=(format!("{}#away", self.whose.page())) { "Cancel" } }
                }
            }
        }
    }

    /// One who stands in.
    pub(super) fn sample() -> Self {
        Self {
            whose: Whose::Own,
            lines: vec![AwayLine {
                name: "Helen Marsh".to_owned(),
                days: "From Monday 6 July 2026 to Friday 17 July 2026".to_owned(),
                change: Whose::Own.change_path("7.2026-07-06.2026-07-17"),
                form: FormState::fresh("aw-1").answered(&HELEN),
            }],
            picks: vec![
                Pick::new("7", "Helen Marsh, Head of Customer Services"),
                Pick::new("12", "Robin Castle, IT Manager"),
            ],
            form: FormState::fresh("aw-2"),
        }
    }

    /// The same on the page of somebody who fell ill, where it is being changed.
    pub(super) fn sample_somebody() -> Self {
        let whose = Whose::Somebody("8".to_owned());
        let own = Self::sample();
        let change = whose.change_path("7.2026-07-06.2026-07-17");
        let lines = own.lines.into_iter().map(|line| AwayLine {
            change: change.clone(),
            ..line
        });
        let changed = HELEN.into_iter().chain([("was", "7.2026-07-06.2026-07-17")]);
        Self {
            lines: lines.collect(),
            whose,
            form: FormState::fresh("aw-4").answered(&changed.collect::<Vec<_>>()),
            picks: own.picks,
        }
    }
}

const HELEN: [(&str, &str); 3] = [("delegate", "7"), ("from", "2026-07-06"), ("until", "2026-07-17")];

/// The panel of somebody who signs letters off, or for whom somebody is still on record; nothing for anybody else, for whom nobody can stand
/// in. `change` is the code of the one that is to be changed, from the address.
pub(super) fn of(seat: &Seat, away: &Person, change: &str) -> Option<Away> {
    let office = seat.door.office();
    let on_record = delegates::of(office, away.id);
    if !permission::may(away, Act::SignOff) && on_record.is_empty() {
        return None;
    }
    let whose = if away.id == seat.door.person().id {
        Whose::Own
    } else {
        Whose::Somebody(away.id.0.to_string())
    };
    let line = |delegation: &Delegation| AwayLine {
        name: office.name_in_list(delegation.delegate),
        days: days(delegation),
        change: whose.change_path(&code(delegation)),
        form: form::fresh().answered(
            &answers(delegation)
                .each_ref()
                .map(|(name, value)| (*name, value.as_str())),
        ),
    };
    let changed = on_record.iter().find(|delegation| code(delegation) == change);
    let in_form = changed.map_or_else(form::fresh, |delegation| {
        let [delegate, from, until] = answers(delegation);
        let was = ("was", code(delegation));
        form::fresh().answered(
            &[delegate, from, until, was]
                .each_ref()
                .map(|(name, value)| (*name, value.as_str())),
        )
    });
    Some(Away {
        lines: on_record.iter().map(line).collect(),
        picks: picks(seat, away),
        form: in_form,
        whose,
    })
}

/// Everybody who can stand in for somebody, by name.
fn picks(seat: &Seat, away: &Person) -> Vec<Pick> {
    let office = seat.door.office();
    let in_force = office.active();
    let mut able: Vec<Person> = office
        .people()
        .values()
        .filter(|other| other.id != away.id && may_stand_in(&in_force.procedure, other))
        .cloned()
        .collect();
    able.sort_by(|a, b| a.name.cmp(&b.name));
    let pick = |other: &Person| Pick::new(&other.id.0.to_string(), &format!("{}, {}", other.name, other.job_title));
    able.iter().map(pick).collect()
}

/// What the form holds for one on record.
fn answers(delegation: &Delegation) -> [(&'static str, String); 3] {
    [
        ("delegate", delegation.delegate.0.to_string()),
        ("from", delegation.from.to_string()),
        ("until", delegation.until.to_string()),
    ]
}

/// One on record, in an address and in a form: `7.2026-07-06.2026-07-17`.
fn code(delegation: &Delegation) -> String {
    answers(delegation).map(|(_, value)| value).join(".")
}
