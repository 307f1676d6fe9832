//! The plan of the year: who complains when, and what becomes of it; the same seed gives the same year.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rules::case::vocabulary::{Channel, FeedbackKind};
use rules::intake::RawFeedback;

use super::DemoError;
use super::act::channel;
use super::chance::Chance;
use super::days::Days;
use super::people::{AMARA, CALLUM, DANA, GRAHAM, HELEN, ISAAC, JO, NADIA};
use super::story::{Step, Story, What};
use super::texts::{Again, NotAComplaint, Text, Texts};
use super::words::Kept;

const SEED: u64 = 10_482;

/// The stories of the year that ends at `until`.
pub(super) fn year(texts: &Texts, days: &Days, until: Timestamp, cases: usize) -> Result<Vec<Story>, DemoError> {
    let mut chance = Chance::seeded(SEED);
    let mut stories = Vec::new();
    let mut order: Vec<usize> = (0..texts.complaints.len()).collect();
    chance.shuffle(&mut order);
    for (number, day) in receipts(days, until, cases, &mut chance).into_iter().enumerate() {
        let mut own = chance.fork();
        let at = days.within(day, (7 * 60, 23 * 60 + 50), &mut own)?;
        let mut text = match own.permille(150) {
            true => own.pick(&texts.others).clone(),
            false => texts.complaints[order[number % order.len()]].clone(),
        };
        let not_a_complaint =
            (text.kind == "complaint" && own.permille(25)).then(|| own.pick(&texts.filler.not_a_complaint).clone());
        if let Some(none) = &not_a_complaint {
            text.words.clone_from(&none.words);
            text.service.clone_from(&none.service);
            (text.wanted, text.again, text.channels) = (None, None, vec!["web".to_owned()]);
        }
        stories.push(
            Teller {
                texts,
                days,
                chance: own,
                kept: Kept::default(),
                not_a_complaint,
            }
            .story(&text, at)?,
        );
    }
    stories.push(showcase(texts, days, until)?);
    Ok(stories)
}

/// Days of receipt: by the weight of each day, and more in the last three weeks so that every screen has something to show.
fn receipts(days: &Days, until: Timestamp, cases: usize, chance: &mut Chance) -> Vec<Date> {
    let last = days.day(until);
    let first = days.day(until - SignedDuration::from_hours(24 * 365));
    let weighted: Vec<(Date, u32)> = first
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day < last)
        .map(|day| (day, days.weight(day) * recent(day, last)))
        .collect();
    let mut chosen: Vec<Date> = (0..cases).map(|_| *chance.weighted(&weighted)).collect();
    chosen.sort();
    chosen
}

fn recent(day: Date, last: Date) -> u32 {
    match last.duration_since(day).as_hours() / 24 {
        0..=3 => 4,
        4..=24 => 2,
        _ => 1,
    }
}

/// Tells one story.
struct Teller<'a> {
    texts: &'a Texts,
    days: &'a Days,
    chance: Chance,
    kept: Kept,
    /// Why it is none, where it came on the form for complaints by mistake.
    not_a_complaint: Option<NotAComplaint>,
}

impl Teller<'_> {
    fn story(mut self, text: &Text, at: Timestamp) -> Result<Story, DemoError> {
        let kind = FeedbackKind::from_code(&text.kind).unwrap_or(FeedbackKind::Complaint);
        let weekday_before = self.days.day(at - SignedDuration::from_hours(48));
        self.kept.keep("weekday", Days::weekday(weekday_before));
        let (code, channel) = self.channel(text);
        let raw = self.raw(text, channel);
        let mut steps = Vec::new();
        let clerk = *self.chance.pick(&[AMARA, JO, CALLUM]);
        if code == "web" {
            steps.push(Step {
                at,
                what: What::Arrives,
            });
        } else {
            let keeps = kind == FeedbackKind::Complaint && self.chance.permille(600);
            steps.push(Step {
                at,
                what: What::Logged {
                    by: clerk,
                    keeps,
                    vip: None,
                },
            });
        }
        let told = Told {
            at,
            owner: clerk,
            is_taken: matches!(&steps[0].what, What::Logged { keeps: true, .. }),
        };
        match kind {
            FeedbackKind::Complaint => self.complaint(text, &told, &mut steps)?,
            _ => {
                let when = self.days.in_hours(at, (60, 2_000), &mut self.chance)?;
                steps.push(Step {
                    at: when,
                    what: What::Triaged {
                        owner: clerk,
                        risk: None,
                        vip: None,
                    },
                });
            }
        }
        Ok(Story {
            raw,
            channel,
            service: text.service.clone(),
            problem: text.problem.clone(),
            urgency: text.urgency.clone().unwrap_or_else(|| "normal".to_owned()),
            steps,
        })
    }

    fn channel(&mut self, text: &Text) -> (&'static str, Channel) {
        let any = [
            ("web", 52),
            ("phone", 22),
            ("email", 10),
            ("in_person", 9),
            ("chat", 6),
            ("social_media", 1),
        ];
        let fitting: Vec<(&'static str, u32)> = any
            .into_iter()
            .filter(|(code, _)| text.channels.is_empty() || text.channels.iter().any(|known| known == code))
            .collect();
        let code = if fitting.is_empty() {
            "web"
        } else {
            self.chance.weighted(&fitting)
        };
        (code, channel(code))
    }

    fn fill(&mut self, text: &str) -> String {
        self.kept.fill(text, &self.texts.lists, &mut self.chance)
    }

    fn raw(&mut self, text: &Text, channel: Channel) -> RawFeedback {
        let names = &self.texts.names;
        let (first, last) = (
            self.chance.pick(&names.first).clone(),
            self.chance.pick(&names.last).clone(),
        );
        let who = self.chance.pick(&text.who).clone();
        let anonymous = channel == Channel::Web && self.chance.permille(60);
        let titled = who == "staff" && self.chance.permille(350);
        let name = if titled {
            format!("{} {first} {last}", self.chance.pick(&names.titles))
        } else {
            format!("{first} {last}")
        };
        let domain = if self.chance.permille(12) {
            "calderbrok.example"
        } else {
            "calderbrook.example"
        };
        let email = format!(
            "{}.{}@{domain}",
            first.to_lowercase(),
            last.to_lowercase().replace(['\'', ' '], "")
        );
        let has_email = !anonymous && self.chance.permille(if channel == Channel::Phone { 700 } else { 900 });
        let sometimes = |chance: &mut Chance, times: u32, list: &[String]| {
            if chance.permille(times) {
                chance.pick(list).clone()
            } else {
                String::new()
            }
        };
        let needs = sometimes(&mut self.chance, 30, &names.needs);
        let acting_for = sometimes(&mut self.chance, 30, &names.friends);
        let phone = if channel == Channel::Phone || (!anonymous && self.chance.permille(250)) {
            format!("01632 960 {:03}", self.chance.between(100, 999))
        } else {
            String::new()
        };
        let job = if text.job || self.chance.permille(120) {
            format!("F09{:05}", self.chance.between(70_000, 99_999))
        } else {
            String::new()
        };
        let wanted = text.wanted.clone().map(|wanted| self.fill(&wanted)).unwrap_or_default();
        RawFeedback {
            kind: text.kind.clone(),
            words: self.fill(&text.words),
            wanted,
            complainant_kind: who,
            name: if anonymous { String::new() } else { name },
            email: if has_email { email } else { String::new() },
            phone: if anonymous { String::new() } else { phone },
            acting_for,
            needs,
            existing_job: job,
            ..RawFeedback::default()
        }
    }

    fn complaint(&mut self, text: &Text, told: &Told, steps: &mut Vec<Step>) -> Result<(), DemoError> {
        let triaged = self.days.in_hours(told.at, (20, 900), &mut self.chance)?;
        if self.chance.permille(25) {
            steps.push(Step {
                at: triaged,
                what: What::Stopped {
                    words: self.chance.pick(&self.texts.filler.stopped).clone(),
                },
            });
            return Ok(());
        }
        let direct = text
            .again
            .as_ref()
            .filter(|again| !again.only_escalated && !told.is_taken && self.chance.permille(110))
            .cloned();
        let vip = (!told.is_taken
            && text.again.as_ref().is_some_and(|again| !again.only_escalated)
            && self.chance.permille(25))
        .then(|| self.chance.pick(&self.texts.filler.vip).clone());
        if let (Some(again), _) | (None, Some(again)) = (direct.clone(), text.again.clone().filter(|_| vip.is_some())) {
            let investigator = *self.chance.pick(&[DANA, ISAAC]);
            let risk = direct.is_some().then(|| (again.why.clone(), again.because.clone()));
            steps.push(Step {
                at: triaged,
                what: What::Triaged {
                    owner: investigator,
                    risk,
                    vip,
                },
            });
            return self.investigation(&again, investigator, triaged, steps);
        }
        if !told.is_taken {
            steps.push(Step {
                at: triaged,
                what: What::Triaged {
                    owner: told.owner,
                    risk: None,
                    vip: None,
                },
            });
        }
        self.front_line(text, told, triaged, steps)
    }

    fn front_line(
        &mut self,
        text: &Text,
        told: &Told,
        from: Timestamp,
        steps: &mut Vec<Step>,
    ) -> Result<(), DemoError> {
        let received = self.days.day(told.at);
        let takes = *self
            .chance
            .weighted(&[(0_i64, 14), (1, 30), (2, 30), (3, 20), (4, 3), (5, 3)]);
        let decided_on = if takes == 0 {
            self.days.day(from)
        } else {
            self.days.working_day(received, takes)?.max(self.days.day(from))
        };
        let mut decided_at = self
            .days
            .within(decided_on, (14 * 60, 17 * 60 + 20), &mut self.chance)?
            .max(from + SignedDuration::from_mins(25));
        if takes >= 4 && self.chance.permille(500) {
            let (code, words) = text
                .more_time
                .as_ref()
                .map_or(("person_away".to_owned(), String::new()), |more| {
                    (more.code.clone(), more.words.clone())
                });
            if !words.is_empty() {
                let asked = self.days.within(
                    self.days.working_day(received, 3)?,
                    (11 * 60, 12 * 60),
                    &mut self.chance,
                )?;
                let by = NADIA;
                steps.push(Step {
                    at: asked,
                    what: What::MoreTime {
                        by,
                        days: 2,
                        code: Some(code),
                        words: self.fill(&words),
                    },
                });
            }
        }
        self.news(
            (&text.updates, self.texts.filler.updates.clone()),
            told.owner,
            (from, decided_at, 1),
            steps,
        )?;
        if self.chance.permille(250) {
            let words = text
                .notes
                .first()
                .cloned()
                .unwrap_or_else(|| self.chance.pick(&self.texts.filler.notes).clone());
            let words = self.fill(&words);
            steps.push(Step {
                at: from + SignedDuration::from_mins(12),
                what: What::Note { by: told.owner, words },
            });
        }
        if self.chance.permille(80) {
            let words = self.chance.pick(&self.texts.filler.messages).clone();
            let words = self.fill(&words);
            let at = from + (decided_at.duration_since(from) / 2);
            steps.push(Step {
                at,
                what: What::Message { words },
            });
        }
        if self.chance.permille(30) {
            // Some are moved on without a decision (A18).
            if let Some(again) = text.again.clone().filter(|again| !again.only_escalated) {
                let what = What::Rerouted {
                    by: told.owner,
                    investigator: DANA,
                    why: again.why.clone(),
                    because: again.because.clone(),
                };
                steps.push(Step { at: decided_at, what });
                return self.investigation(&again, DANA, decided_at, steps);
            }
        }
        if let Some(none) = self.not_a_complaint.take() {
            let what = What::NotAComplaint {
                by: told.owner,
                reason: none.reason,
                ending: none.ending,
            };
            steps.push(Step {
                at: from + SignedDuration::from_mins(9),
                what,
            });
            return Ok(());
        }
        let Some(finding) = (!text.finding.is_empty()).then(|| self.chance.pick(&text.finding).clone()) else {
            return Ok(());
        };
        let mut finding = finding;
        finding.found = self.fill(&finding.found);
        finding.did = self.fill(&finding.did);
        let spoken = finding.spot && self.chance.permille(600);
        if spoken && takes == 0 {
            decided_at = from + SignedDuration::from_mins(6);
        }
        let late = self.chance.pick(&self.texts.filler.late_reasons).clone();
        steps.push(Step {
            at: decided_at,
            what: What::Decided {
                by: told.owner,
                finding: Box::new(finding),
                spoken,
                late,
            },
        });
        if self.chance.permille(90) {
            let words = self.chance.pick(&self.texts.filler.thanks).clone();
            steps.push(Step {
                at: decided_at + SignedDuration::from_mins(200),
                what: What::Message { words },
            });
        }
        match text.again.clone() {
            Some(again) if self.chance.permille(170) => self.escalation(&again, decided_at, steps),
            _ => Ok(()),
        }
    }

    /// Words to the person on each working day between two instants, now and then forgotten.
    fn news(
        &mut self,
        (own, filler): (&[String], Vec<String>),
        by: &'static str,
        (from, until, every): (Timestamp, Timestamp, i64),
        steps: &mut Vec<Step>,
    ) -> Result<(), DemoError> {
        let mut day = self.days.working_day(self.days.day(from), every)?;
        let mut left = own.to_vec();
        left.reverse();
        while day < self.days.day(until) {
            if !self.chance.permille(90) {
                let words = left.pop().unwrap_or_else(|| self.chance.pick(&filler).clone());
                let at = self.days.within(day, (15 * 60, 16 * 60 + 45), &mut self.chance)?;
                let words = self.fill(&words);
                steps.push(Step {
                    at,
                    what: What::Update {
                        by,
                        words,
                        next_in_days: None,
                    },
                });
            }
            day = self.days.working_day(day, every)?;
        }
        Ok(())
    }

    fn escalation(&mut self, again: &Again, decided_at: Timestamp, steps: &mut Vec<Step>) -> Result<(), DemoError> {
        let asked = decided_at + SignedDuration::from_hours(self.chance.between(6, 140));
        steps.push(Step {
            at: asked,
            what: What::AsksStage2 {
                words: self.fill(&again.asks),
            },
        });
        let answered = self.days.in_hours(asked, (120, 1_300), &mut self.chance)?;
        if self.chance.permille(90) {
            let words = self.chance.pick(&self.texts.filler.refused).clone();
            steps.push(Step {
                at: answered,
                what: What::Refused { words },
            });
            return Ok(());
        }
        let investigator = *self.chance.pick(&[DANA, ISAAC]);
        let words = self.chance.pick(&self.texts.filler.assent).clone();
        steps.push(Step {
            at: answered,
            what: What::Accepted { investigator, words },
        });
        self.investigation(again, investigator, answered, steps)
    }

    fn investigation(
        &mut self,
        again: &Again,
        by: &'static str,
        from: Timestamp,
        steps: &mut Vec<Step>,
    ) -> Result<(), DemoError> {
        let day = self.days.day(from);
        let mut again = again.clone();
        for words in [&mut again.found, &mut again.reasons, &mut again.did] {
            *words = self.kept.fill(words, &self.texts.lists, &mut self.chance);
        }
        let points: Vec<String> = again.points.iter().map(|point| point.text.clone()).collect();
        steps.push(Step {
            at: from + SignedDuration::from_mins(95),
            what: What::Points { by, points },
        });
        let takes = self.chance.between(9, 19);
        let at = |offset: i64, minutes: (i64, i64), chance: &mut Chance| {
            self.days.within(self.days.working_day(day, offset)?, minutes, chance)
        };
        let sent = at(takes, (10 * 60, 13 * 60), &mut self.chance)?;
        if self.chance.permille(160) {
            let words = self.chance.pick(&self.texts.filler.more_time_2).clone();
            let asked = at(takes - 2, (9 * 60, 10 * 60), &mut self.chance)?;
            steps.push(Step {
                at: asked,
                what: What::MoreTime {
                    by: super::people::SUNITA,
                    days: 5,
                    code: None,
                    words,
                },
            });
        }
        let news = again.updates.clone();
        self.news((&news, self.texts.filler.updates_2.clone()), by, (from, sent, 4), steps)?;
        steps.push(Step {
            at: at(takes / 2, (15 * 60, 16 * 60), &mut self.chance)?,
            what: What::Draft {
                by,
                again: Box::new(again.clone()),
                send: false,
            },
        });
        steps.push(Step {
            at: sent,
            what: What::Draft {
                by,
                again: Box::new(again.clone()),
                send: true,
            },
        });
        let signer = *self.chance.pick(&[HELEN, HELEN, GRAHAM]);
        let mut signed = self.days.in_hours(sent, (180, 900), &mut self.chance)?;
        if self.chance.permille(180) {
            let words = self.chance.pick(&self.texts.filler.returned).clone();
            steps.push(Step {
                at: signed,
                what: What::SentBack { by: signer, words },
            });
            let resent = self.days.in_hours(signed, (240, 1_200), &mut self.chance)?;
            steps.push(Step {
                at: resent,
                what: What::Draft {
                    by,
                    again: Box::new(again),
                    send: true,
                },
            });
            signed = self.days.in_hours(resent, (120, 600), &mut self.chance)?;
        }
        let words = self.chance.pick(&self.texts.filler.approved).clone();
        steps.push(Step {
            at: signed,
            what: What::Signed { by: signer, words },
        });
        Ok(())
    }
}

/// What is known when a complaint has been taken.
struct Told {
    at: Timestamp,
    owner: &'static str,
    is_taken: bool,
}

/// The case that the pictures show: a student, the Wi-Fi, a timed test; two working days old at the end of the year.
fn showcase(texts: &Texts, days: &Days, until: Timestamp) -> Result<Story, DemoError> {
    let today = days.working_day(days.day(until), 0)?;
    let today = if today > days.day(until) {
        days.working_day(days.day(until), -1)?
    } else {
        today
    };
    let (received, yesterday) = (days.working_day(today, -2)?, days.working_day(today, -1)?);
    let text = texts.complaints.iter().find(|text| text.id == "wifi-library-test");
    let text = text.ok_or_else(|| DemoError::Data {
        file: "network.toml",
        reason: "there is no text wifi-library-test".to_owned(),
    })?;
    let test_day = Days::weekday(days.working_day(received, -1)?);
    let update = text.updates.first().cloned().unwrap_or_default();
    let next = "\n\nI am writing the letter for your department now. I will update you again by the end of the next working day.";
    let at = |day, hour: i64, minute: i64, what| {
        Ok::<_, DemoError>(Step {
            at: days.at(day, hour * 60 + minute)?,
            what,
        })
    };
    Ok(Story {
        raw: RawFeedback {
            kind: "complaint".to_owned(),
            words: text.words.replace("{weekday}", test_day),
            wanted: text.wanted.clone().unwrap_or_default(),
            complainant_kind: "student".to_owned(),
            name: "Priya Nair".to_owned(),
            email: "priya.nair@calderbrook.example".to_owned(),
            existing_job: "F0981207".to_owned(),
            ..RawFeedback::default()
        },
        channel: Channel::Web,
        service: text.service.clone(),
        problem: text.problem.clone(),
        urgency: "high".to_owned(),
        steps: vec![
            at(received, 14, 5, What::Arrives)?,
            at(
                received,
                14,
                31,
                What::Message {
                    words: "One more thing: my next test is in nine days, in the same room.".to_owned(),
                },
            )?,
            at(
                yesterday,
                9,
                5,
                What::Triaged {
                    owner: AMARA,
                    risk: None,
                    vip: None,
                },
            )?,
            at(
                yesterday,
                11,
                2,
                What::Note {
                    by: AMARA,
                    words: text.notes.first().cloned().unwrap_or_default(),
                },
            )?,
            at(
                yesterday,
                16,
                20,
                What::Update {
                    by: AMARA,
                    words: format!("Hello Priya. {update}{next}"),
                    next_in_days: Some(1),
                },
            )?,
        ],
    })
}
