//! Settings: the brand. A colour that cannot be read is refused with the figure.

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::form::FormState;
use super::parts::notice::{caution, done};
use super::parts::one_file::OneFile;
use super::parts::panel::{page_head, panel};
use super::parts::table::{Column, Holds, Table};
use super::paths;
use crate::page::form::{Button, ButtonStyle, MULTIPART, Width, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The brand. Fields: `organisation`, `unit`, `accent`, `link`, a file `logo`, a tick `no_logo`, `made_from`; the buttons save it or show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandPage {
    /// What was just done.
    pub notice: Option<String>,
    /// How it is now, where somebody else changed it meanwhile.
    pub now: Option<String>,
    /// How often the brand was set when this page was made.
    pub seen: String,
    /// Whether there is a picture of the institution's own.
    pub has_logo: bool,
    /// The colours that are tried out, as the address of a style sheet; none where they cannot be used.
    pub sheet: Option<String>,
    /// What was measured: colour, ground on which it is read worst, ratio.
    pub measured: Vec<[String; 3]>,
    /// What is typed.
    pub form: FormState,
}

/// The columns of what was measured.
const COLUMNS: [Column; 3] = [
    Column::new("Colour", Holds::Words),
    Column::new("Read worst on", Holds::Words),
    Column::new("Contrast", Holds::Short),
];

impl StaffPage for BrandPage {
    fn title(&self) -> String {
        "Brand".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Brand
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let summary =
            "What the public pages and letters are called and which colours they wear. Text needs a contrast of 4.5:1.";
        maud! {
            (done(self.notice.as_deref()))
            (error_summary(&self.form.errors))
            (page_head("Brand", summary))
            @if let Some(now) = &self.now {
                (caution(&format!("Somebody changed the brand while you wrote. What you wrote is below; this is how it is now: {now}")))
            }
            div.fc-case.fc-case--act {
                div { (panel("brand", "Name, colours, picture", self.fields(shell))) }
                aside.fc-rail aria-label="How it looks" { (panel("looks", "How it looks", self.looks())) }
            }
        }
        .render_to(out);
    }
}

impl BrandPage {
    fn fields<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::BRAND) enctype=(MULTIPART) novalidate {
                (shell.fields(&self.form))
                (hidden("made_from", &self.seen))
                (self.form.text("organisation", "Institution"))
                (self.form.text("unit", "Department"))
                (self.form.text("accent", "Accent colour").width(Width::Characters(10))
                    .hint("Buttons, what is chosen, the header in a darker shade. Like #12505e."))
                (self.form.text("link", "Colour of links").width(Width::Characters(10)).hint("On pages and in letters."))
                (OneFile {
                    name: "logo",
                    label: "Picture in the header",
                    hint: "PNG or JPEG, at most 256 KB. It stands 40 pixels high on a dark ground.",
                    accept: "image/png,image/jpeg",
                    error: self.form.errors.on("logo"),
                })
                @if self.has_logo {
                    div.govuk-form-group {
                        div.govuk-checkboxes.govuk-checkboxes--small {
                            div.govuk-checkboxes__item {
                                input #no_logo .govuk-checkboxes__input type="checkbox" name="no_logo" value="yes"
                                    checked[self.form.answers.chose("no_logo", "yes")];
                                label.govuk-label.govuk-checkboxes__label for="no_logo" { "Take our picture away" }
                            }
                        }
                    }
                }
                div.fc-compose__foot {
                    (Button::new("Save the brand"))
                    (Button::new("Show how it looks").style(ButtonStyle::Secondary).sends("do", "preview"))
                }
            }
        }
    }

    fn looks(&self) -> impl Renderable {
        maud! {
            @if let Some(sheet) = &self.sheet {
                link rel="stylesheet" href=(sheet);
                div.fc-preview {
                    p.fc-preview__head { (self.form.answers.get("organisation")) " " small { (self.form.answers.get("unit")) } }
                    div.fc-preview__body {
                        p { "You can read " span.fc-preview__link { "how we handle complaints" } " first." }
                        p { span.fc-preview__button { "Make a complaint" } }
                        p.fc-preview__tint { "What is chosen" }
                    }
                }
            }
            (Table {
                name: "Contrast",
                columns: &COLUMNS,
                rows: self.measured.iter().map(|row| row.to_vec()).collect(),
            })
            p.govuk-body-s { "Dark pages of the office wear the same hues, lightened until they are read there." }
        }
    }

    /// The colours that come with the product.
    pub fn sample() -> Self {
        Self {
            notice: Some("The brand is saved. Pages wear it from now on.".to_owned()),
            now: None,
            seen: "1".to_owned(),
            has_logo: true,
            sheet: None,
            measured: vec![
                [
                    "Accent #12505e".to_owned(),
                    "its own pale tint".to_owned(),
                    "7.6:1".to_owned(),
                ],
                [
                    "Links #0d5c70".to_owned(),
                    "its own pale tint".to_owned(),
                    "6.4:1".to_owned(),
                ],
            ],
            form: FormState::fresh("br-1").answered(&[
                ("organisation", "Calderbrook University"),
                ("unit", "IT Services"),
                ("accent", "#12505e"),
                ("link", "#0d5c70"),
            ]),
        }
    }

    /// A colour that is too pale.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("br-2")
            .answered(&[
                ("organisation", "Calderbrook University"),
                ("unit", "IT Services"),
                ("accent", "#3aa0b5"),
                ("link", "#0d5c70"),
            ])
            .wrong(
                "accent",
                "2.7:1 on its own pale tint; it needs 4.5:1. The nearest that passes is #2a7484",
            );
        Self {
            notice: None,
            has_logo: false,
            sheet: None,
            form,
            ..Self::sample()
        }
    }

    /// Changed by somebody else meanwhile.
    pub fn sample_changed() -> Self {
        Self {
            notice: None,
            now: Some("Calderbrook University, IT Services, accent #7a1f3d, links #7a1f3d.".to_owned()),
            ..Self::sample()
        }
    }
}
