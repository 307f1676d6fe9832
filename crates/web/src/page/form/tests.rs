//! Each part ties label, hint and error to its control, keeps what was typed and escapes it.

use hypertext::prelude::*;

use super::{
    Button, ButtonLink, ButtonStyle, Checkboxes, Choice, DateInput, DateParts, Errors, InputKind, LabelSize, Layout,
    Open, Radios, Select, TextInput, Textarea, Width, details, error_summary, fieldset, hidden,
};

fn html(part: impl Renderable) -> String {
    part.render().into_inner()
}

#[test]
fn an_input_names_its_hint_and_error_and_keeps_what_was_typed() {
    let errors = Errors::none().with("email", "Enter an email address, like name@example.com");
    let input = html(
        TextInput::new("email", "Email address")
            .kind(InputKind::Email)
            .hint("We write here")
            .value("a\"b<c>@")
            .width(Width::TwoThirds)
            .autocomplete("email")
            .error(errors.on("email")),
    );
    assert!(input.contains("aria-describedby=\"email-hint email-error\""), "{input}");
    assert!(input.contains("id=\"email-hint\"") && input.contains("id=\"email-error\""));
    assert!(input.contains("value=\"a&quot;b&lt;c&gt;@\""), "{input}");
    assert!(input.contains("govuk-form-group--error") && input.contains("govuk-input--error"));
    assert!(input.contains("type=\"email\"") && input.contains("autocomplete=\"email\""));
}

#[test]
fn a_password_is_never_written_into_the_page() {
    let input = html(
        TextInput::new("p", "Password")
            .kind(InputKind::Password)
            .value("secret"),
    );
    assert!(!input.contains("secret"), "{input}");
}

#[test]
fn a_box_says_its_limit_in_words_and_keeps_a_leading_line_break() {
    let area = html(
        Textarea::new("what", "What went wrong?")
            .rows(7)
            .limit(5000)
            .value("\nOn <b>"),
    );
    assert!(area.contains("data-maxlength=\"5000\""), "{area}");
    assert!(area.contains("aria-describedby=\"what-info\""));
    assert!(area.contains("up to 5,000 characters"));
    assert!(area.contains(">\n\nOn &lt;b&gt;</textarea>"), "{area}");
}

#[test]
fn the_first_choice_bears_the_fields_id() {
    let radios = html(
        Radios::new(
            "kind",
            "Who are you?",
            vec![
                Choice::new("student", "Student"),
                Choice::new("staff", "Staff").hint("Or retired"),
            ],
        )
        .layout(Layout::Inline)
        .size(LabelSize::Medium)
        .chosen("staff"),
    );
    assert!(
        radios.contains("id=\"kind\" name=\"kind\" type=\"radio\" value=\"student\">"),
        "{radios}"
    );
    assert!(
        radios.contains("value=\"staff\" checked aria-describedby=\"kind-2-item-hint\""),
        "{radios}"
    );
    let boxes = html(Checkboxes::new("named", "About staff?", vec![Choice::new("yes", "Yes")]).chosen(["yes"]));
    assert!(
        boxes.contains("id=\"named\" name=\"named\" type=\"checkbox\" value=\"yes\" checked"),
        "{boxes}"
    );
}

#[test]
fn a_select_marks_what_was_chosen() {
    let select = html(Select::new("category", "Category", [("", "Choose"), ("wifi", "Wi-Fi")]).chosen("wifi"));
    assert!(
        select.contains("<option value=\"wifi\" selected>Wi-Fi</option>"),
        "{select}"
    );
    assert!(select.contains("<option value=\"\">Choose</option>"), "{select}");
}

#[test]
fn a_date_has_three_fields_and_an_error_goes_to_the_day() {
    let parts = DateParts {
        day: "31".into(),
        month: "2".into(),
        year: "2026".into(),
    };
    let date = html(
        DateInput::new("on", "When?")
            .value(&parts)
            .error(Some("Enter a real date")),
    );
    for name in ["on-day", "on-month", "on-year"] {
        assert!(date.contains(&format!("name=\"{name}\"")), "{name} in {date}");
    }
    assert!(date.contains("id=\"on\"") && date.contains("value=\"31\""), "{date}");
    assert!(date.contains("aria-describedby=\"on-error\""), "{date}");
}

#[test]
fn the_summary_links_to_every_field_and_is_nothing_without_errors() {
    let errors = Errors::none().with("what", "Tell us what went wrong");
    assert!(html(error_summary(&errors)).contains("<a href=\"#what\">Tell us what went wrong</a>"));
    assert_eq!(html(error_summary(&Errors::none())), "");
}

#[test]
fn buttons_say_what_they_do() {
    let button = html(
        Button::new("Save & close")
            .style(ButtonStyle::Secondary)
            .sends("do", "save")
            .to("/x"),
    );
    assert!(
        button.contains("name=\"do\" value=\"save\" formaction=\"/x\""),
        "{button}"
    );
    assert!(button.ends_with(">Save &amp; close</button>"), "{button}");
    assert!(html(ButtonLink::new("Log", "/staff/log").shortcut('n')).contains("data-key=\"n\""));
}

#[test]
fn folded_parts_open_when_they_must() {
    assert!(html(details("More", Open::FromTheStart, "inside")).starts_with("<details class=\"govuk-details\" open>"));
    assert!(html(details("More", Open::WhenAsked, "inside")).starts_with("<details class=\"govuk-details\">"));
    assert!(
        html(fieldset("reach", "How?", LabelSize::Small, Some("Optional"), "x"))
            .contains("aria-describedby=\"reach-hint\"")
    );
    assert_eq!(
        html(hidden("key", "a\"b")),
        "<input type=\"hidden\" name=\"key\" value=\"a&quot;b\">"
    );
}
