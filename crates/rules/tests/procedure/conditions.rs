//! Conditions: read, asked, and written again.

use proptest::prelude::{ProptestConfig, Strategy, prop_assert_eq, prop_oneof, proptest};
use proptest::test_runner::RngSeed;
use rules::procedure::{FactName, Facts, Predicate};

fn holds(text: &str, facts: &Facts) -> bool {
    Predicate::parse(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
        .holds(facts)
}

#[test]
fn a_condition_asserts_what_must_be_so_and_nothing_that_need_not() {
    let asserted = |text: &str| Predicate::parse(text).unwrap().asserted();
    assert_eq!(asserted("regime.safeguarding"), [FactName::RegimeSafeguarding]);
    assert_eq!(
        asserted("regime.information_request and not regime.data_protection"),
        [FactName::RegimeInformationRequest]
    );
    assert_eq!(
        asserted("(complainant.vip or triage.complex) and regime.safeguarding"),
        [FactName::RegimeSafeguarding]
    );
    for text in [
        "always",
        "not complainant.vip",
        "complainant.vip or triage.complex",
        "risk == 'high'",
    ] {
        assert_eq!(asserted(text), [], "{text}");
    }
}

#[test]
fn facts_decide() {
    let nothing = Facts::new();
    let vip = Facts::new().yes(FactName::ComplainantVip);
    let risky = Facts::new()
        .with(FactName::Risk, "high")
        .when(true, FactName::TriageComplex);
    for (text, of_nothing, of_vip, of_risky) in [
        ("complainant.vip", false, true, false),
        ("not complainant.vip", true, false, true),
        ("risk == 'high'", false, false, true),
        ("risk == \"low\"", false, false, false),
        ("complainant.vip or risk == 'high'", false, true, true),
        ("triage.complex and risk == 'high'", false, false, true),
        ("not (complainant.vip or triage.complex)", true, false, false),
        ("always", true, true, true),
        (
            "triage.complex or triage.high_risk or triage.needs_investigation",
            false,
            false,
            true,
        ),
    ] {
        assert_eq!(holds(text, &nothing), of_nothing, "{text}, nothing known");
        assert_eq!(holds(text, &vip), of_vip, "{text}, VIP");
        assert_eq!(holds(text, &risky), of_risky, "{text}, risky");
    }
}

#[test]
fn and_binds_before_or_and_not_before_both() {
    let vip = Facts::new().yes(FactName::ComplainantVip);
    assert!(holds("complainant.vip or triage.complex and remedy.money", &vip));
    assert!(!holds("(complainant.vip or triage.complex) and remedy.money", &vip));
    assert!(holds("not remedy.money and complainant.vip", &vip));
}

#[test]
fn what_cannot_be_read_is_said() {
    for (text, says) in [
        ("", "breaks off"),
        ("complainant.vip or", "breaks off"),
        ("(complainant.vip", "a bracket is not closed"),
        ("complainant.vip)", "\")\" is not expected"),
        ("complainant.vip triage.complex", "\"triage.complex\" is not expected"),
        ("VIP", "no fact is called \"VIP\""),
        ("risk", "\"risk\" has values; say which"),
        ("complainant.vip == 'yes'", "is yes or no"),
        ("risk == 'enormous'", "it can be: low, medium, high"),
        ("risk = 'high'", "\"=\" means nothing"),
        ("risk == 'high", "a quote is not closed"),
        ("complainant.vip && remedy.money", "\"&\" means nothing"),
    ] {
        let error = Predicate::parse(text).unwrap_err();
        assert!(error.contains(says), "{text}: {error}");
    }
    let deep = format!("{}remedy.money{}", "(".repeat(40), ")".repeat(40));
    assert!(Predicate::parse(&deep).unwrap_err().contains("nested too deeply"));
}

fn predicates() -> impl Strategy<Value = Predicate> {
    let yes = (0..FactName::ALL.len())
        .prop_map(|place| FactName::ALL[place])
        .prop_map(|fact| match fact.values() {
            [] => Predicate::Is(fact),
            values => Predicate::Equals(fact, values[0].to_owned()),
        });
    yes.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| Predicate::Not(Box::new(part))),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Predicate::All),
            proptest::collection::vec(inner, 2..4).prop_map(Predicate::Any),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(predicate in predicates()) {
        prop_assert_eq!(Predicate::parse(&predicate.to_string()).unwrap(), predicate);
    }

    #[test]
    fn no_text_is_too_strange_to_refuse(text in "[a-z.()='\" ]{0,40}") {
        let _ = Predicate::parse(&text);
    }
}
