//! The navigation of the staff pages: the places that somebody may go to, with the numbers of this moment.

use hypertext::prelude::*;

use crate::staff::paths;

/// The entries of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// My work.
    MyWork,
    /// Triage.
    Triage,
    /// All open cases.
    AllCases,
    /// Job register.
    Jobs,
    /// Cases that line managers deal with.
    Sealed,
    /// E-mail that is set aside.
    Mail,
    /// Sign-off.
    SignOff,
    /// The monthly review.
    Review,
    /// The figures of any range of days.
    Reports,
    /// Follow-on actions.
    Actions,
    /// Settings: people.
    People,
    /// Settings: calendars.
    Calendars,
    /// Settings: categories.
    Categories,
    /// Settings: wording of letters.
    Wording,
    /// Settings: brand.
    Brand,
    /// Settings: ways to complain.
    Ways,
    /// Settings: VIPs.
    Vips,
    /// Settings: the directory.
    Directory,
    /// Settings: incoming mail.
    MailStanding,
    /// Looking somebody up in it.
    Who,
    /// Keeping periods.
    Keeping,
    /// Access log.
    AccessLog,
    /// Copies of what is kept about somebody.
    Subject,
    /// Office log.
    OfficeLog,
    /// Procedure.
    Procedure,
    /// Letters that did not arrive.
    Undelivered,
    /// Letters that were sent.
    Letters,
    /// The search above every page.
    Search,
    /// Logging a complaint for somebody, above every page.
    Log,
    /// None of them.
    Nowhere,
}

/// The numbers in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NavCounts {
    /// Open cases of the person who is signed in, and those of others that ask something of them.
    pub my_work: u32,
    /// How many of those are late; more than none shows a red dot.
    pub late: u32,
    /// Complaints that nobody has looked at yet.
    pub triage: u32,
    /// Every open case that the person may see.
    pub all_open: u32,
    /// Letters waiting for sign-off.
    pub sign_off: u32,
    /// Open jobs in the register.
    pub jobs: u32,
    /// Follow-on actions that are still to be done.
    pub actions: u32,
    /// How many of those are overdue; more than none shows a red dot.
    pub actions_late: u32,
    /// Letters that did not arrive and that nobody tries any more; shown while there are any.
    pub undelivered: u32,
    /// E-mails that wait for somebody to say where they belong; shown while there are any.
    pub mail: u32,
}

/// An entry: where it leads, its words and its address.
type Entry = (Nav, &'static str, &'static str);

/// What stands in the navigation, by heading.
const GROUPS: [(&str, &[Entry]); 3] = [
    (
        "Work",
        &[
            (Nav::MyWork, "My work", paths::MY_WORK),
            (Nav::Triage, "Triage", paths::TRIAGE),
            (Nav::AllCases, "All open cases", paths::CASES),
            (Nav::Undelivered, "Letters not delivered", paths::UNDELIVERED),
            (Nav::Jobs, "Job register", paths::JOBS),
            (Nav::Sealed, "With line managers", paths::SEALED),
            (Nav::Mail, "E-mail set aside", paths::MAIL),
        ],
    ),
    (
        "Decide",
        &[
            (Nav::SignOff, "Sign-off", paths::SIGN_OFF),
            (Nav::Review, "Monthly review", paths::REVIEW),
            (Nav::Actions, "Follow-on actions", paths::ACTIONS),
            (Nav::Reports, "Reports", paths::REPORTS),
        ],
    ),
    (
        "More",
        &[
            (Nav::People, "Settings: people", paths::PEOPLE),
            (Nav::Calendars, "Settings: calendars", paths::CALENDARS),
            (Nav::Categories, "Settings: categories", paths::CATEGORIES),
            (Nav::Wording, "Settings: wording", paths::WORDING),
            (Nav::Brand, "Settings: brand", paths::BRAND),
            (Nav::Ways, "Settings: channels", paths::WAYS),
            (Nav::Vips, "Settings: VIPs", paths::VIPS),
            (Nav::Directory, "Settings: directory", paths::DIRECTORY),
            (Nav::MailStanding, "Incoming mail", paths::MAIL_STANDING),
            (Nav::Who, "Look somebody up", paths::WHO),
            (Nav::Keeping, "Keeping periods", paths::KEEPING),
            (Nav::AccessLog, "Access log", paths::ACCESS_LOG),
            (Nav::Subject, "Subject access", paths::SUBJECT),
            (Nav::OfficeLog, "Office log", paths::OFFICE_LOG),
            (Nav::Procedure, "Procedure", paths::PROCEDURE),
            (Nav::Letters, "Letters sent", paths::LETTERS),
        ],
    ),
];

/// The places that somebody may go to: no link leads a person where they would only be refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places(Vec<Nav>);

impl Places {
    /// These and no others.
    pub fn of(open: impl IntoIterator<Item = Nav>) -> Places {
        Places(open.into_iter().collect())
    }

    /// Everywhere.
    pub fn everywhere() -> Places {
        let listed = GROUPS
            .iter()
            .flat_map(|(_, entries)| entries.iter().map(|(to, ..)| *to));
        Places::of(listed.chain([Nav::Search, Nav::Log]))
    }

    /// Whether this place is among them.
    pub fn lead_to(&self, place: Nav) -> bool {
        self.0.contains(&place)
    }
}

/// Writes the lists of links; `last` are the entries that everybody has, below the last heading.
pub(super) fn navigation<'a>(
    places: &'a Places,
    counts: NavCounts,
    active: Nav,
    last: impl Renderable + 'a,
) -> impl Renderable + 'a {
    let groups = GROUPS.map(|(heading, entries)| {
        let open: Vec<_> = entries
            .iter()
            .filter(|(to, ..)| places.lead_to(*to))
            .map(|(to, words, href)| entry(words, href, *to == active, counts.of(*to)))
            .collect();
        (heading, open)
    });
    let [work, decide, (more, others)] = groups;
    maud! {
        nav.moj-side-navigation aria-label="Main" {
            @for (heading, open) in [&work, &decide] {
                @if !open.is_empty() {
                    h2.moj-side-navigation__title { (heading) }
                    ul.moj-side-navigation__list { @for one in open { (one) } }
                }
            }
            h2.moj-side-navigation__title { (more) }
            ul.moj-side-navigation__list {
                @for one in &others { (one) }
                (last)
            }
        }
    }
}

/// A number beside an entry: how many of what, and how many of those are late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Badge {
    /// Of what it is, in the answer that says how it stands now.
    pub key: &'static str,
    /// How many.
    pub n: u32,
    one: &'static str,
    many: &'static str,
    /// How many of them are late.
    pub late: u32,
    none: Nothing,
}

/// What a number says that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nothing {
    /// That it is none.
    Said,
    /// Nothing: what should be empty is seen only while it is not.
    Silent,
}

impl NavCounts {
    /// Every number with its name, for pages that are open already.
    pub fn badges(self, places: &Places) -> Vec<Badge> {
        let listed = GROUPS.iter().flat_map(|(_, entries)| entries.iter());
        listed
            .filter(|(to, ..)| places.lead_to(*to))
            .filter_map(|(to, ..)| self.of(*to))
            .collect()
    }

    fn of(self, place: Nav) -> Option<Badge> {
        let (key, n, one, many, late) = match place {
            Nav::MyWork => ("my-work", self.my_work, "case", "cases", self.late),
            Nav::Triage => ("triage", self.triage, "case", "cases", 0),
            Nav::AllCases => ("cases", self.all_open, "case", "cases", 0),
            Nav::Jobs => ("jobs", self.jobs, "job", "jobs", 0),
            Nav::SignOff => ("sign-off", self.sign_off, "letter", "letters", 0),
            Nav::Actions => ("actions", self.actions, "action", "actions", self.actions_late),
            Nav::Undelivered => ("undelivered", self.undelivered, "letter", "letters", 0),
            Nav::Mail => ("mail", self.mail, "e-mail", "e-mails", 0),
            _ => return None,
        };
        Some(Badge {
            key,
            n,
            one,
            many,
            late,
            none: match place {
                Nav::Undelivered | Nav::Mail => Nothing::Silent,
                _ => Nothing::Said,
            },
        })
    }
}

fn entry(words: &'static str, href: &'static str, here: bool, badge: Option<Badge>) -> impl Renderable {
    maud! {
        li.moj-side-navigation__item.moj-side-navigation__item--active[here] {
            a href=(href) aria-current=[here.then_some("page")] { (words) " " @if let Some(badge) = &badge { (badge) } }
        }
    }
}

impl Badge {
    /// What is read out behind the number: " cases, 1 late)".
    pub fn said(&self) -> String {
        let noun = if self.n == 1 { self.one } else { self.many };
        match self.late {
            0 => format!(" {noun})"),
            late => format!(" {noun}, {late} late)"),
        }
    }
}

impl Renderable for Badge {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        let silent = self.none == Nothing::Silent;
        maud! {
            span.fc-count.fc-count--alert[self.late > 0] data-count=(self.key) data-silent[silent] hidden[silent && self.n == 0] {
                span.govuk-visually-hidden { "(" } (self.n)
                span.govuk-visually-hidden { (self.said()) }
            }
        }
        .render_to(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(places: &Places) -> String {
        let counts = NavCounts {
            my_work: 1,
            ..NavCounts::default()
        };
        navigation(places, counts, Nav::MyWork, maud! { li { "Sign out" } })
            .render()
            .into_inner()
    }

    #[test]
    fn a_place_that_is_closed_to_somebody_is_not_offered_and_an_empty_heading_is_left_out() {
        let html = drawn(&Places::of([Nav::MyWork, Nav::Procedure]));
        assert!(html.contains(paths::PROCEDURE) && html.contains("Sign out"), "{html}");
        for closed in [paths::PEOPLE, paths::TRIAGE, paths::SIGN_OFF, "Decide"] {
            assert!(!html.contains(closed), "{closed} in {html}");
        }
    }

    #[test]
    fn everybody_who_may_go_everywhere_is_led_everywhere() {
        let html = drawn(&Places::everywhere());
        for (_, entries) in GROUPS {
            for (_, words, href) in entries {
                assert!(
                    html.contains(&format!(r#"href="{href}""#)) && html.contains(words),
                    "{words}"
                );
            }
        }
    }

    #[test]
    fn one_case_is_not_called_cases() {
        assert!(drawn(&Places::everywhere()).contains(">1<span class=\"govuk-visually-hidden\"> case)"));
    }
}
