//! The desks at the end of the year: cases that stand where a visitor should find them, told by a data file.

mod moments;
mod scene;

use jiff::Timestamp;
use rules::case::vocabulary::Means;
use serde::Deserialize;

use super::DemoError;
use super::act::channel;
use super::chance::Chance;
use super::days::Days;
use super::people::{CALLUM, JO, username};
use super::plan::{CLERKS, Caller, Teller};
use super::story::{Letter, Looks, Story, Then, What};
use super::texts::{Again, Finding, Text, Texts, read};
pub(super) use moments::Moments;
use scene::{Began, Does, Moment, Next, Reached, Scene};

const FILE: &str = "desk.toml";
/// The data file.
pub(super) const DESK: &str = include_str!("../../../demo/desk.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeskFile {
    scene: Vec<Scene>,
    /// What nobody says in the rest of the year.
    text: Vec<Text>,
}

/// The stories of the desks.
pub(super) fn stories(
    texts: &Texts,
    days: &Days,
    until: Timestamp,
    chance: &mut Chance,
) -> Result<Vec<Story>, DemoError> {
    let file: DeskFile = read(FILE, DESK)?;
    let moments = Moments {
        file: FILE,
        days,
        until,
    };
    let told = file.scene.iter().map(|scene| {
        let teller = Teller::new(
            texts,
            days,
            scene.seed.map_or_else(|| chance.fork(), Chance::seeded),
            CLERKS,
        );
        let own = file.text.iter().find(|text| text.id == scene.text);
        let text = own.or_else(|| texts.by_id(&scene.text));
        let text = text.ok_or_else(|| missing("text", &scene.text))?;
        Telling {
            moments: &moments,
            text,
            teller,
        }
        .tell(scene)
    });
    told.collect()
}

fn missing(what: &str, name: &str) -> DemoError {
    DemoError::Data {
        file: FILE,
        reason: format!("there is no {what} {name}"),
    }
}

/// One scene being told.
struct Telling<'a> {
    moments: &'a Moments<'a>,
    text: &'a Text,
    teller: Teller<'a>,
}

impl Telling<'_> {
    fn tell(mut self, scene: &Scene) -> Result<Story, DemoError> {
        let first = scene.steps.first().ok_or_else(|| missing("step in", &scene.text))?;
        self.teller.remember(self.moments.read(&first.at)?);
        self.teller.caller = self.caller(scene);
        let mut raw = self.teller.raw(self.text);
        raw.about_staff = if scene.about_staff { "yes" } else { "" }.to_owned();
        raw.existing_job.clone_from(&scene.job);
        raw.acting_for.clone_from(&scene.acting_for);
        let again = self.text.again.as_ref().map(|again| self.teller.fill_again(again));
        for step in &scene.steps {
            let at = self.moments.read(&step.at)?;
            let what = self.what(step, again.as_ref(), at)?;
            self.teller.then(at, what);
        }
        let full_at = scene
            .mailbox_full
            .as_ref()
            .map(|at| self.moments.read(at))
            .transpose()?;
        Ok(Story {
            mailbox_full_at: full_at,
            ..self.teller.finish(self.text, raw, channel(&scene.channel))
        })
    }

    fn caller(&mut self, scene: &Scene) -> Caller {
        let kind = scene
            .who
            .clone()
            .or_else(|| self.text.who.first().cloned())
            .unwrap_or_default();
        let ways: &[Means] = match scene.by {
            Reached::Email => &[Means::Email],
            Reached::Phone => &[Means::Phone],
            Reached::Both => &[Means::Email, Means::Phone],
            Reached::Nothing => &[],
        };
        Caller::known(&scene.name, &kind, ways, &mut self.teller.chance)
    }

    fn what(&mut self, step: &Moment, again: Option<&Again>, at: Timestamp) -> Result<What, DemoError> {
        Ok(match step.does.clone() {
            Does::Arrives => What::Arrives,
            Does::Message { words } => What::Message {
                words: self.teller.fill_then(&words, at)?,
            },
            Does::Stopped { words } => What::Stopped { words },
            Does::AsksStage2 { words } => What::AsksStage2 {
                words: match words.or_else(|| again.map(|again| again.asks.clone())) {
                    Some(words) => self.teller.fill_then(&words, at)?,
                    None => String::new(),
                },
            },
            Does::Logged { by, then, vip, because } => What::Logged {
                by: self.staff(&by, at)?,
                then: match then {
                    Next::Waits => Then::Waits,
                    Next::Kept => Then::Kept,
                    Next::Investigation => Then::Investigation(because),
                    Next::Settled => Then::Settled(Box::new(self.finding(0, at)?)),
                },
                vip,
            },
            Does::Triaged {
                owner,
                stage_2,
                vip,
                whom,
            } => What::Triaged {
                owner: self.staff(&owner, at)?,
                risk: match stage_2 {
                    true => Some(self.again(again)?).map(|again| (again.why.clone(), again.because.clone())),
                    false => None,
                },
                vip,
                whom,
            },
            does => self.by_staff(does, again, at)?,
        })
    }

    fn by_staff(&mut self, does: Does, again: Option<&Again>, at: Timestamp) -> Result<What, DemoError> {
        Ok(match does {
            Does::Passed { to, words } => What::Passed {
                to: self.staff(&to, at)?,
                words,
            },
            Does::Urgency { by, code, why } => What::Urgency {
                by: self.staff(&by, at)?,
                code,
                why,
            },
            Does::Update {
                by,
                words,
                next_in_days,
            } => What::Update {
                by: self.staff(&by, at)?,
                words: self.teller.fill_then(&words, at)?,
                means: self.teller.caller.reached_by(),
                next_in_days,
            },
            Does::Note { by, words } => What::Note {
                by: self.staff(&by, at)?,
                words: self.teller.fill_then(&words, at)?,
            },
            Does::Decided {
                by,
                finding,
                spoken,
                late,
            } => What::Decided {
                by: self.staff(&by, at)?,
                finding: Box::new(self.finding(finding, at)?),
                spoken: spoken.then_some(Means::Phone),
                late,
            },
            Does::MoreTime { by, days, code, words } => What::MoreTime {
                by: self.staff(&by, at)?,
                days,
                code,
                words: self.teller.fill_then(&words, at)?,
            },
            Does::Granted { by } => What::Granted {
                by: self.staff(&by, at)?,
            },
            Does::Reopened { words } => What::Reopened { words },
            Does::Linked { by, with, why } => What::Linked {
                by: self.staff(&by, at)?,
                with,
                why,
            },
            Does::Asks {
                by,
                words,
                hoped_in_days,
            } => What::Asks {
                by: self.staff(&by, at)?,
                words,
                hoped_in_days,
            },
            Does::ConsentAsked { by, words } => What::ConsentAsked {
                by: self.staff(&by, at)?,
                words,
            },
            does => self.beside(does, again, at)?,
        })
    }

    fn beside(&self, does: Does, again: Option<&Again>, at: Timestamp) -> Result<What, DemoError> {
        Ok(match does {
            Does::Regime { by, code, began, words } => What::Regime {
                by: self.staff(&by, at)?,
                code,
                began_on: (began == Began::Today).then(|| self.moments.days.day(at)),
                words,
            },
            Does::RegimeDone { by, code, words } => What::RegimeDone {
                by: self.staff(&by, at)?,
                code,
                words,
            },
            does => self.at_stage_2(does, again, at)?,
        })
    }

    fn at_stage_2(&self, does: Does, again: Option<&Again>, at: Timestamp) -> Result<What, DemoError> {
        let draft = |by: &str, late: String, then: Letter| {
            Ok::<_, DemoError>(What::Draft {
                by: self.staff(by, at)?,
                again: Box::new(self.again(again)?.clone()),
                then,
                late,
            })
        };
        Ok(match does {
            Does::Accepted { investigator, words } => What::Accepted {
                investigator: self.staff(&investigator, at)?,
                words,
            },
            Does::Refused { words } => What::Refused { words },
            Does::Points { by } => What::Points {
                by: self.staff(&by, at)?,
                points: self.points(again)?,
            },
            Does::PointsSent { by } => What::PointsSent {
                by: self.staff(&by, at)?,
                points: self.points(again)?,
            },
            Does::Draft { by, late } => draft(&by, late, Letter::Kept)?,
            Does::ForSignOff { by, late } => draft(&by, late, Letter::ForSignOff)?,
            Does::SentBack { by, words } => What::SentBack {
                by: self.staff(&by, at)?,
                words,
            },
            Does::Changed {
                by,
                instead_of,
                says,
                why,
            } => What::Changed {
                by: self.staff(&by, at)?,
                instead_of,
                says,
                why,
            },
            Does::Signed { by, words } => What::Signed {
                by: self.staff(&by, at)?,
                words,
            },
            does => self.looking(does, at)?,
        })
    }

    /// What an investigator does besides writing.
    fn looking(&self, does: Does, at: Timestamp) -> Result<What, DemoError> {
        let (by, looks) = match does {
            Does::Plans {
                by,
                what,
                from,
                in_days,
            } => (by, Looks::Plans { what, from, in_days }),
            Does::Keeps {
                by,
                title,
                source,
                words,
                seen_by,
            } => {
                let looks = Looks::Keeps {
                    title,
                    source,
                    words,
                    seen_by,
                };
                (by, looks)
            }
            Does::Interviews { by, with, words } => (by, Looks::Interviews { with, words }),
            other => return Err(missing("way to do", &format!("{other:?}"))),
        };
        Ok(What::Looks {
            by: self.staff(&by, at)?,
            looks,
        })
    }

    fn staff(&self, name: &str, at: Timestamp) -> Result<&'static str, DemoError> {
        match name {
            "on_duty" if self.moments.days.is_office_hours(at) => Ok(JO),
            "on_duty" => Ok(CALLUM),
            name => username(name).ok_or_else(|| DemoError::Nobody {
                username: name.to_owned(),
            }),
        }
    }

    fn finding(&mut self, number: usize, at: Timestamp) -> Result<Finding, DemoError> {
        let mut finding = self
            .text
            .finding
            .get(number)
            .cloned()
            .ok_or_else(|| missing("such finding in", &self.text.id))?;
        finding.found = self.teller.fill_then(&finding.found, at)?;
        finding.did = self.teller.fill_then(&finding.did, at)?;
        Ok(finding)
    }

    fn points(&self, again: Option<&Again>) -> Result<Vec<String>, DemoError> {
        let points = &self.again(again)?.points;
        Ok(points.iter().map(|point| point.text.clone()).collect())
    }

    fn again<'b>(&self, again: Option<&'b Again>) -> Result<&'b Again, DemoError> {
        again.ok_or_else(|| missing("investigation in", &self.text.id))
    }
}
