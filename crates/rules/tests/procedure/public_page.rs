//! The public page says what the data says, and changes with it (R13, R15, R17).

use super::desk::{IT_SERVICES, PRESETS, it_services, read};
use rules::procedure::Procedure;
use rules::procedure::published::{Block, publish};

fn words(procedure: &Procedure) -> String {
    let page = publish(procedure);
    let mut all = vec![page.title, page.version, page.valid_from];
    all.extend(page.intro);
    for promise in page.promises {
        all.push(format!("{}: {}", promise.head, promise.text));
    }
    for section in page.sections {
        all.push(section.heading);
        all.extend(section.time);
        for block in section.blocks {
            match block {
                Block::Paragraph(text) => all.push(text),
                Block::Bullets(lines) => all.extend(lines),
            }
        }
    }
    all.join("\n")
}

fn changed(old: &str, new: &str) -> String {
    assert!(IT_SERVICES.contains(old), "{old:?}");
    words(&read(&IT_SERVICES.replacen(old, new, 1), "changed.toml"))
}

#[test]
fn other_regimes_stand_on_the_page_with_what_they_ask_and_by_when() {
    let text = words(&it_services());
    for part in [
        "If other rules apply too",
        "Their dates run beside ours, and ours do not wait for them:",
        "Complaint about personal data: we confirm that we have it within 30 days (Data Protection Act 2018, section 164A)",
        "Request for one's own data: we answer the request within 1 month (UK GDPR, article 12(3))",
        "Request for information: we answer the request within 20 working days (Freedom of Information Act 2000, section 10)",
        "Somebody's safety: we tell the safeguarding lead at once",
    ] {
        assert!(text.contains(part), "{part:?} in:\n{text}");
    }
    let silent = changed("asks = \"we confirm that we have it\"\n", "");
    assert!(!silent.contains("Complaint about personal data:"), "{silent}");
    let (before, rest) = IT_SERVICES.split_once("[[regime]]").unwrap();
    let (_, after) = rest.split_once("[[signpost]]").unwrap();
    let none = words(&read(&format!("{before}[[signpost]]{after}"), "none.toml"));
    assert!(!none.contains("If other rules apply too"), "{none}");
}

#[test]
fn the_page_of_it_services() {
    let text = words(&it_services());
    for part in [
        "Straight away: We confirm we have your complaint and give you a reference number.",
        "Within 3 working days: We give you a decision, if we can sort it out without an investigation.",
        "Within 20 working days: We give you a written decision, if we need to investigate.",
        "Stage 1: we try to put it right quickly",
        "Decision within 3 working days",
        "Stage 2: a manager investigates",
        "Written decision within 20 working days",
        "you are not happy with our stage 1 decision and ask us to look again",
        "you hear from us at least every working day",
        "you hear from us at least every 5 working days",
        "In exceptional circumstances we can take up to 2 working days more, once.",
        "up to 10 working days more at a time, and never more than 20 working days in all",
        "Then only the manager who deals with it can read it, beside the complaints coordinator, Customer Services Senior Managers and the data protection officer",
        "and Senior Management while a letter of ours waits for approval",
        "The person it is about has no part in it, and can neither read it nor find it.",
        "Helpline and frontline staff cannot either",
        "You have 20 working days after our decision to ask.",
        "Every month Customer Services Senior Managers review all complaints",
        "Every year the owner of this procedure, Customer Services Senior Managers and the training lead review this procedure itself",
        "Thanks and praise are passed on",
    ] {
        assert!(text.contains(part), "{part:?} in:\n{text}");
    }
    for never in [
        "VIP",
        "please note",
        "unfortunately",
        "stage_1",
        "working_days",
        "None",
        "  ",
    ] {
        assert!(!text.contains(never), "{never:?} in:\n{text}");
    }
}

#[test]
fn every_number_comes_from_the_data() {
    for (old, new, says) in [
        ("amount = 3\n", "amount = 4\n", "Decision within 4 working days"),
        (
            "amount = 20\n",
            "amount = 25\n",
            "Written decision within 25 working days",
        ),
        (
            "amount = 5\nreset_by",
            "amount = 7\nreset_by",
            "at least every 7 working days",
        ),
        ("amount = 15\n", "amount = 45\n", "within 45 minutes, at any hour"),
        (
            "max_each_days = 10",
            "max_each_days = 8",
            "up to 8 working days more at a time",
        ),
        (
            "max_each_days = 2\nmax_total_days = 2",
            "max_each_days = 1\nmax_total_days = 1",
            "up to 1 working day more, once",
        ),
        (
            "window_working_days = 20",
            "window_working_days = 15",
            "You have 15 working days after our decision",
        ),
        (
            "undo_working_days = 20",
            "undo_working_days = 12",
            "change your mind within 12 working days",
        ),
        (
            "within_working_days = 20",
            "within_working_days = 30",
            "within 30 working days after we have closed",
        ),
        ("keep_years = 6", "keep_years = 8", "8 years after we close it"),
    ] {
        assert!(!words(&it_services()).contains(says), "{says:?} before the change");
        let text = changed(old, new);
        assert!(text.contains(says), "{says:?} in:\n{text}");
    }
}

#[test]
fn every_rule_comes_from_the_data() {
    for (old, new, says) in [
        (
            "count = \"after\"",
            "count = \"inclusive\"",
            "That day is the first that is counted.",
        ),
        (
            "non_working = \"count_on\"",
            "non_working = \"deemed\"",
            "as if it came on the next one",
        ),
        (
            "due_time = \"end_of_day\"",
            "due_time = \"17:00\"",
            "by 5pm on the last day",
        ),
        (
            "complainant_reason = \"optional\"",
            "complainant_reason = \"required\"",
            "Tell us what we got wrong.",
        ),
        (
            "late = \"flag\"",
            "late = \"refuse\"",
            "only look at later requests if there is a good reason",
        ),
        (
            "called = \"Helpline and frontline staff\"",
            "called = \"Counter staff\"",
            "Counter staff cannot either",
        ),
        (
            "called = \"Senior Management\"",
            "called = \"The board\"",
            "and The board while a letter of ours waits",
        ),
        (
            "called = \"Customer Services Senior Managers\"",
            "called = \"Heads of Service\"",
            "Every month Heads of Service review",
        ),
        ("every = \"month\"", "every = \"quarter\"", "Every three months"),
        (
            "unit = \"IT Services\"",
            "unit = \"the Library\"",
            "outside the Library unless you agree",
        ),
    ] {
        assert!(!words(&it_services()).contains(says), "{says:?} before the change");
        let text = changed(old, new);
        assert!(text.contains(says), "{says:?} in:\n{text}");
    }
}

#[test]
fn nothing_is_promised_about_staff_where_the_procedure_has_no_rule_for_it() {
    let (before, rest) = IT_SERVICES.split_once("[confidential]").unwrap();
    let (_, after) = rest.split_once("# ----").unwrap();
    let text = words(&read(&format!("{before}# ----{after}"), "changed.toml"));
    assert!(!text.contains("member of staff, tell us so"), "{text}");
}

#[test]
fn presets_have_pages_too() {
    for (name, text) in PRESETS {
        let page = publish(&read(text, name));
        assert!(page.promises.len() >= 2, "{name}");
        let mut ids: Vec<&str> = page.sections.iter().map(|section| section.id.as_str()).collect();
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{name}: {ids:?}");
    }
    let spso = words(&super::desk::preset("spso-he-2021.toml"));
    assert!(spso.contains("Ask within 2 months from the day of our decision, or within 6 months from the day it happened if that is later."), "{spso}");
    let gdpr = words(&super::desk::preset("uk-gdpr-rights-request.toml"));
    assert!(gdpr.contains("Written decision within 1 month"), "{gdpr}");
    assert!(gdpr.contains("up to 2 months more, once"), "{gdpr}");
}
