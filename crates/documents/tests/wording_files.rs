//! A department's own wording files: they replace the built-in ones one by one, and mistakes in them are explained (R16, P44).

use std::fs;
use std::path::{Path, PathBuf};

use documents::letter::{Wording, WordingError, sample};
use rules::letters::{LetterFacts, LetterKind, PointAnswer};

/// A folder of wording files that is removed at the end of the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("wording-{}-{name}", std::process::id()));
        fs::create_dir_all(path.join("en")).expect("a folder can be made");
        Self(path)
    }

    fn with(name: &str, file: &str, content: impl AsRef<[u8]>) -> Self {
        let folder = Self::new(name);
        fs::write(folder.0.join("en").join(file), content).expect("a file can be written");
        folder
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the folder can be removed");
    }
}

fn mistake(name: &str, content: impl AsRef<[u8]>) -> WordingError {
    Wording::with_folder(Folder::with(name, "update.txt", content).path()).expect_err("the file has a mistake")
}

fn update(body: &str, facts: &LetterFacts) -> documents::letter::Letter {
    let source = format!("Subject: News {{{{ about }}}}\n\n{body}\n");
    let folder = Folder::with(
        &format!("{:x}", body.len() * 31 + facts.body.len()),
        "update.txt",
        source,
    );
    let wording = Wording::with_folder(folder.path()).expect("the file can be used");
    wording
        .render(LetterKind::Update, facts)
        .expect("the letter can be written")
}

#[test]
fn a_file_of_the_department_replaces_one_letter_only() {
    let folder = Folder::with(
        "own",
        "update.txt",
        "\u{feff}Subject: News, {{ reference }}\r\n\r\nDear reader\r\n",
    );
    let wording = Wording::with_folder(folder.path()).unwrap();
    let facts = sample::full(LetterKind::Update);
    let own = wording.render(LetterKind::Update, &facts).unwrap();
    assert_eq!(
        (own.subject.as_str(), own.text.as_str()),
        ("News, FC-10482", "Dear reader\n")
    );
    assert!(wording.file(LetterKind::Update).ends_with("update.txt"));

    let built_in = Wording::built_in().unwrap();
    for kind in LetterKind::ALL.into_iter().filter(|kind| *kind != LetterKind::Update) {
        let facts = sample::full(kind);
        assert_eq!(wording.render(kind, &facts), built_in.render(kind, &facts));
    }
}

#[test]
fn a_folder_without_files_changes_nothing_and_a_missing_folder_is_refused() {
    let folder = Folder::new("empty");
    fs::remove_dir(folder.path().join("en")).unwrap();
    assert!(Wording::with_folder(folder.path()).is_ok());
    let error = Wording::with_folder(&folder.path().join("gone")).unwrap_err();
    assert!(error.reason.contains("cannot be read"), "{error}");
}

#[test]
fn mistakes_are_named_with_file_line_and_reason() {
    let unknown = mistake("fact", "Subject: News\n\nHello\n\nYour {{ refrence }} is here.\n");
    assert!(unknown.file.ends_with("en/update.txt"));
    assert_eq!(unknown.line, Some(5));
    assert_eq!(unknown.reason, "\"refrence\" asks for a fact that does not exist");
    assert!(
        unknown
            .to_string()
            .ends_with("update.txt, line 5: \"refrence\" asks for a fact that does not exist")
    );

    let cases: [(&str, &str, usize, &str); 9] = [
        ("subject", "News\n\nHello\n", 1, "Subject: "),
        ("subject-fact", "Subject: {{ nothing }}\n\nHello\n", 1, "\"nothing\""),
        ("second", "Subject: News\nHello\n", 2, "second line"),
        ("open", "Subject: News\n\nHello {{ reference }\n", 3, "not complete"),
        ("if", "Subject: News\n\n{% if phone %}\nCall\n", 3, "not complete"),
        (
            "stars",
            "Subject: News\n\nHello\nthis is **bold\nand this** too\n",
            4,
            "**",
        ),
        (
            "link",
            "Subject: News\n\nHello\n\nSee [this page](javascript:alert(1)) now\n",
            5,
            "must begin with https://",
        ),
        (
            "empty-link",
            "Subject: News\n\nHello\nSee [your complaint]({{ tracking_link }})\n",
            4,
            "must begin with https://",
        ),
        (
            "link-end",
            "Subject: News\n\n{% if true %}\nSee [this page](https://a.example\n{% endif %}\n",
            4,
            "a \")\" is missing",
        ),
    ];
    for (name, content, line, reason) in cases {
        let error = mistake(name, content);
        assert_eq!(error.line, Some(line), "{name}: {error}");
        assert!(error.reason.contains(reason), "{name}: {error}");
    }
}

#[test]
fn files_that_are_no_wording_are_refused() {
    let error = Wording::with_folder(Folder::with("typo", "updates.txt", "Subject: x\n\ny\n").path()).unwrap_err();
    assert!(
        error.file.ends_with("updates.txt") && error.reason.contains("no letter has this name"),
        "{error}"
    );
    let latin = mistake("latin", b"Subject: News\n\nCaf\xe9\n");
    assert_eq!(latin.line, Some(3));
    assert!(latin.reason.contains("UTF-8"), "{latin}");
    assert!(
        mistake("large", vec![b'x'; 70_000])
            .reason
            .contains("larger than 64 KB")
    );
    assert!(
        mistake("nothing", "Subject: News\n\n{# only a note #}\n")
            .reason
            .contains("empty")
    );
    assert!(
        mistake("include", "Subject: News\n\n{% include 'a' %}\n")
            .reason
            .contains("not complete")
    );
}

#[test]
fn a_loop_that_runs_wild_is_stopped() {
    let error = mistake(
        "fuel",
        "Subject: News\n\n{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}\n",
    );
    assert_eq!(error.reason, "this letter repeats itself too often");
}

const HOSTILE: &str = "{{ phone }} {% raw %} **bold** [click](javascript:alert(1)) [x](https://evil.example)\n- item\n1. one\n\n\
                       <script>alert('1')</script> <img src=x onerror=\"y\"> &amp;";

#[test]
fn what_a_person_writes_is_shown_and_never_obeyed() {
    let facts = LetterFacts {
        greeting: HOSTILE.to_owned(),
        about: HOSTILE.to_owned(),
        body: HOSTILE.to_owned(),
        signed_by: HOSTILE.to_owned(),
        signed_job: HOSTILE.to_owned(),
        points: vec![PointAnswer {
            number: 1,
            text: HOSTILE.into(),
            finding: HOSTILE.into(),
            outcome: HOSTILE.into(),
            outcome_sentence: HOSTILE.into(),
        }],
        ..sample::full(LetterKind::Stage2Decision)
    };
    let wording = Wording::built_in().unwrap();
    for kind in LetterKind::ALL {
        let letter = wording.render(kind, &facts).unwrap();
        let tame = wording.render(kind, &sample::full(kind)).unwrap();
        assert!(
            letter
                .text
                .contains("{{ phone }} {% raw %} **bold** [click](javascript:alert(1))"),
            "{}",
            letter.text
        );
        assert!(!letter.subject.contains('\n'));
        for element in [
            "<script",
            "<img",
            "javascript:alert(1)\"",
            "evil.example\"",
            "onerror=\"",
            "<li>item",
            "<li>one",
            "<strong>bold",
        ] {
            assert!(
                !letter.html.contains(element),
                "{} lets {element} through:\n{}",
                kind.code(),
                letter.html
            );
        }
        assert!(letter.html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"));
        assert!(
            letter.html.matches("<a href=").count() <= tame.html.matches("<a href=").count() + 1,
            "{}",
            kind.code()
        );
    }
}

#[test]
fn a_name_cannot_pretend_to_be_a_paragraph_of_ours() {
    let facts = LetterFacts {
        about: "x\r\n\r\nYour complaint is closed.".to_owned(),
        ..sample::full(LetterKind::Update)
    };
    let letter = update("About {{ about }}.", &facts);
    assert_eq!(letter.text, "About x Your complaint is closed..\n");
    assert_eq!(letter.subject, "News x Your complaint is closed.");
}

#[test]
fn the_markup_is_what_the_guide_says() {
    let facts = LetterFacts {
        body: "one\ntwo\n\nthree".to_owned(),
        ..sample::full(LetterKind::Update)
    };
    let body = "Hello\nthere **{{ greeting }}**.\n\n- first\n- second\n\n1. a\n\n1. b\n\n{# note #}\n{{ body }}\n\n{{ \"**\" }} [call](tel:01632)";
    let letter = update(body, &facts);
    assert_eq!(
        letter.text,
        "Hello\nthere Priya.\n\n- first\n- second\n\n1. a\n2. b\n\none\ntwo\n\nthree\n\n** call: tel:01632\n"
    );
    for part in [
        "<p>Hello<br>\nthere <strong>Priya</strong>.</p>",
        "<ul>\n<li>first</li>\n<li>second</li>\n</ul>",
        "<ol>\n<li>a</li>\n<li>b</li>\n</ol>",
        "<p>one<br>\ntwo</p>\n<p>three</p>",
        "<p>** <a href=\"tel:01632\"",
    ] {
        assert!(letter.html.contains(part), "{part} is not in\n{}", letter.html);
    }
}

mod in_the_office {
    use documents::letter::trial::FACTS;
    use documents::letter::{Origin, Wording, built_in_wording, sample, try_out};
    use rules::letters::LetterKind;
    use rules::procedure::MustSay;

    const OURS: &str = "Subject: We have it ({{ reference }})\n\nHello from the office. {{ reference }}\n";

    fn reasons(source: &str, must_say: &[MustSay]) -> Vec<String> {
        let unfit = try_out(LetterKind::Acknowledgement, source, must_say).expect_err("it lacks something");
        unfit.0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_the_office_writes_is_in_the_next_letter_and_can_be_taken_back() {
        let (wording, kind) = (
            Wording::built_in().expect("it can be used"),
            LetterKind::Acknowledgement,
        );
        let facts = sample::full(kind);
        let before = wording.render(kind, &facts).expect("it can be used");
        wording.write(kind, Some(OURS)).expect("it can be used");
        assert_eq!(wording.origin(kind), Origin::Office);
        assert_eq!(
            wording.render(kind, &facts).expect("it can be used").text,
            "Hello from the office. FC-10482\n"
        );
        assert_eq!(wording.installed(kind), built_in_wording(kind));
        assert!(wording.write(kind, Some("no subject")).is_err());
        assert_eq!(
            wording.source(kind),
            OURS,
            "a wording that cannot be used changes nothing"
        );
        wording.write(kind, None).expect("it can be used");
        assert_eq!(
            (
                wording.origin(kind),
                wording.render(kind, &facts).expect("it can be used")
            ),
            (Origin::BuiltIn, before)
        );
    }

    #[test]
    fn a_trial_says_everything_that_is_to_be_put_right_with_its_line() {
        let tried = try_out(LetterKind::Acknowledgement, OURS, &[MustSay::Reference]).expect("it can be used");
        assert_eq!(tried.full.subject, "We have it (FC-10482)");
        assert_eq!(
            reasons(OURS, &[MustSay::DecisionDate, MustSay::NameAndJob, MustSay::Reference]),
            [
                "acknowledgement.txt: it does not say the date of the decision. Write {{ decision_date }} where it belongs.",
                "acknowledgement.txt: it does not say the name and job of the person who writes. Write {{ signed_by }} and {{ signed_job }} where it belongs.",
            ]
        );
        assert_eq!(
            reasons("Subject: a\n\nb {{ nobody }}\n", &[]),
            ["acknowledgement.txt, line 3: \"nobody\" asks for a fact that does not exist"]
        );
        assert_eq!(
            reasons("Subject: a\n\nb\u{202e}c\nd\u{e000}\n\u{fffd}", &[]),
            [
                "acknowledgement.txt, line 3: the character U+202E cannot be seen or is shown differently everywhere; take it out",
                "acknowledgement.txt, line 4: the character U+E000 cannot be seen or is shown differently everywhere; take it out",
                "acknowledgement.txt, line 5: a character here was broken on its way; type it again",
            ]
        );
        assert!(reasons(&"x".repeat(65 * 1024), &[])[0].contains("longer than 64 KB"));
    }

    #[test]
    fn every_built_in_wording_passes_its_own_trial() {
        let text = include_str!("../../../procedures/it-services.toml");
        let procedure = rules::procedure::Procedure::parse(text, "it-services.toml").expect("it can be used");
        for kind in LetterKind::ALL {
            let rule = procedure.letter(kind);
            let must_say = rule.map_or(&[][..], |rule| &rule.must_say);
            let tried = try_out(kind, built_in_wording(kind), must_say);
            assert!(tried.is_ok(), "{}: {:?}", kind.code(), tried.err());
        }
    }

    #[test]
    fn every_fact_that_is_offered_exists() {
        for (name, _) in FACTS {
            let source = format!("Subject: a\n\n{{% if {name} %}}b{{% endif %}} c\n");
            assert!(try_out(LetterKind::Acknowledgement, &source, &[]).is_ok(), "{name}");
        }
    }
}
