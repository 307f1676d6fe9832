//! What is odd in a directory.

use proptest::prelude::*;
use rules::case::facts::Complainant;
use rules::case::vocabulary::VipSource;
use rules::directory::check::{SHOWN, check};
use rules::directory::groups::{is_group, short, vips};
use rules::directory::{Away, Directory, DirectoryPerson, Finding, Kind};
use rules::intake::read as read_form;
use rules::office::vips::member;
use testkit::words::form;

use super::support::{office, person};

fn found(people: Vec<DirectoryPerson>, kind: Kind) -> Option<Finding> {
    let all = check(&Directory::new(people));
    all.into_iter().find(|finding| finding.kind == kind)
}

fn names(people: Vec<DirectoryPerson>, kind: Kind) -> Vec<String> {
    found(people, kind).map(|finding| finding.some).unwrap_or_default()
}

#[test]
fn a_directory_in_order_says_only_who_stands_at_the_top() {
    let findings = check(&Directory::new(office()));
    assert_eq!(findings.len(), 1);
    assert_eq!(
        findings[0].words(),
        "Nobody above them, so the nominated person is asked: 2 (bea, nell)."
    );
    assert!(!findings[0].wants_mending());
}

#[test]
fn what_is_odd_is_found() {
    let with = |changed: &dyn Fn(&mut Vec<DirectoryPerson>)| {
        let mut people = office();
        changed(&mut people);
        people
    };
    let dangling = with(&|people| people[2].managers = vec!["gone".to_owned()]);
    assert_eq!(names(dangling, Kind::Dangling), ["tom"]);
    let circle = with(&|people| people[0].managers = vec!["tom".to_owned()]);
    assert_eq!(
        names(circle, Kind::Circle),
        ["ada", "bea", "tom"],
        "tim is only below it"
    );
    let away = with(&|people| {
        people[1].away = Some(Away::Closed);
        people[2].away = Some(Away::Absent);
    });
    assert_eq!(names(away, Kind::ManagerAway), ["ada"], "tom manages nobody");
    let silent = with(&|people| people.iter_mut().for_each(|person| person.emails.clear()));
    assert_eq!(names(silent, Kind::ManagerWithoutEmail), ["ada", "bea"]);
    let several = with(&|people| people[2].managers.push("nell".to_owned()));
    assert_eq!(names(several, Kind::Several), ["tom"]);
    let shared = with(&|people| people[2].emails.push("u-tim".to_owned()));
    assert_eq!(names(shared, Kind::Shared), ["tim (u-tim)", "tom (u-tom)"]);
    let own = with(&|people| people[2].emails.push("u-tom".to_owned()));
    assert_eq!(names(own, Kind::Shared), [""; 0], "one's own is not shared");
    let same = with(&|people| people[2].name = "Tim".to_owned());
    assert_eq!(names(same, Kind::SameName), ["Tim (u-tom)", "tim (u-tim)"]);
}

#[test]
fn a_finding_names_the_first_and_counts_all() {
    let people = (0..20)
        .map(|number| person(&format!("p{number:02}"), &["gone"]))
        .collect();
    let finding = found(people, Kind::Dangling).expect("a finding");
    assert_eq!((finding.count, finding.some.len()), (20, SHOWN));
    assert!(finding.words().ends_with("p07 and 12 more)."), "{}", finding.words());
}

#[test]
fn groups_are_known_by_their_whole_name_or_its_first_part() {
    let whole = "CN=Executive Board,OU=Groups,DC=office,DC=example";
    assert_eq!(short(whole), "Executive Board");
    assert!(is_group(whole, "executive board") && is_group(whole, &whole.to_lowercase()));
    assert!(!is_group(whole, "cn=executive board,ou=others,dc=office,dc=example") && !is_group(whole, "board"));
    assert_eq!(short("executive"), "executive");
}

#[test]
fn members_of_vip_groups_are_marked_and_the_directory_is_the_source() {
    let mut people = office();
    people[0].groups = vec!["cn=executive,ou=groups,dc=office,dc=example".to_owned()];
    let groups = ["executive".to_owned(), "governors".to_owned()];
    let (entries, empty) = vips(&Directory::new(people), &groups);
    assert_eq!(empty.expect("governors have nobody").some, ["governors"]);
    let complainant = |email: &str, username: &str| Complainant {
        email: Some(email.to_owned()),
        username: Some(username.to_owned()),
        ..read_form(&form()).expect("a form").complainant
    };
    let flag = member(&entries, &complainant(" Bea@office.example", "")).expect("a VIP");
    assert_eq!((flag.source, &*flag.detail), (VipSource::Directory, "executive"));
    assert_eq!(member(&entries, &complainant("ada@office.example", "")), None);
    assert!(member(&entries, &complainant("", "U-BEA")).is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Circles, by walking up from each as many steps as there are people.
    #[test]
    fn circles_are_those_above_themselves(managers in prop::collection::vec(prop::collection::vec(0_usize..9, 0..3), 1..9)) {
        let key = |at: usize| format!("k{at}");
        let people: Vec<DirectoryPerson> = managers.iter().enumerate().map(|(at, managers)| {
            let keys: Vec<String> = managers.iter().map(|manager| key(*manager)).collect();
            person(&key(at), &keys.iter().map(String::as_str).collect::<Vec<_>>())
        }).collect();
        let above_themselves = |from: usize| {
            let mut reached = vec![from];
            for _ in 0..managers.len() {
                reached = reached.iter().flat_map(|at| managers[*at].iter().copied().filter(move |to| to != at))
                    .filter(|to| *to < managers.len()).collect();
                reached.sort_unstable();
                reached.dedup();
                if reached.contains(&from) {
                    return true;
                }
            }
            false
        };
        let wanted: Vec<String> = (0..managers.len()).filter(|at| above_themselves(*at)).map(key).take(SHOWN).collect();
        prop_assert_eq!(names(people, Kind::Circle), wanted);
    }
}
