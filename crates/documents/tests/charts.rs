//! Charts: golden files, the same numbers in drawing and table, nothing that a strict content policy would refuse.

use std::fs;
use std::path::PathBuf;

use documents::chart::{About, Bar, Column, Columns, Drawing, Line, Look, Part, Point, Stack, bar};

const MONTHS: [&str; 12] = [
    "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
];

fn about(id: &str, title: &str) -> About {
    About {
        id: id.to_owned(),
        title: title.to_owned(),
        description: "September has the most, 46, & August < that.".to_owned(),
        rows: "Month".to_owned(),
        numbers: "Complaints".to_owned(),
    }
}

fn columns(values: &[Option<u32>]) -> Columns {
    let column = |(label, value): (&&str, &Option<u32>)| Column {
        label: (*label).to_owned(),
        name: format!("{label} 2026"),
        value: *value,
        shown: value.map_or("fewer than 5".to_owned(), |value| value.to_string()),
    };
    Columns {
        about: about("received", "Complaints received each month"),
        columns: MONTHS.iter().zip(values).map(column).collect(),
    }
}

fn line(values: &[Option<u32>], aim: Option<u32>) -> Line {
    let point = |(label, percent): (&&str, &Option<u32>)| Point {
        label: (*label).to_owned(),
        name: format!("{label} 2026"),
        percent: *percent,
        shown: percent.map_or("none decided".to_owned(), |percent| format!("{percent}% (9 of 10)")),
    };
    Line {
        about: about("on-time", "Decisions on time"),
        points: MONTHS.iter().zip(values).map(point).collect(),
        aim,
    }
}

fn stack() -> Stack {
    let part = |name: &str, value: Option<u32>, look| Part {
        name: name.to_owned(),
        value,
        shown: value.map_or("fewer than 5".to_owned(), |value| value.to_string()),
        look,
    };
    Stack {
        about: about("outcomes", "Outcomes of decisions"),
        parts: vec![
            part("Upheld", Some(17), Look::Full),
            part("Partly upheld", Some(12), Look::Hatched),
            part("Not upheld", Some(8), Look::Quiet),
            part("Resolved", Some(6), Look::Outlined),
            part("Hidden", None, Look::Quiet),
            part("None", Some(0), Look::Quiet),
        ],
    }
}

fn some(values: [u32; 12]) -> Vec<Option<u32>> {
    values.into_iter().map(Some).collect()
}

fn drawings() -> Vec<(&'static str, String)> {
    let received = some([38, 41, 22, 35, 33, 36, 29, 31, 24, 21, 27, 46]);
    let on_time = some([88, 90, 95, 91, 89, 93, 94, 92, 96, 97, 95, 92]);
    let mut gaps = on_time.clone();
    (gaps[3], gaps[4], gaps[11]) = (None, Some(40), None);
    let mut hidden = received.clone();
    hidden[2] = None;
    vec![
        ("chart-columns", columns(&received).draw().svg),
        ("chart-columns-hidden", columns(&hidden).draw().svg),
        ("chart-columns-none", columns(&[Some(0), Some(0)]).draw().svg),
        ("chart-line", line(&on_time, Some(95)).draw().svg),
        ("chart-line-gaps", line(&gaps, None).draw().svg),
        ("chart-line-one", line(&[Some(100)], Some(95)).draw().svg),
        ("chart-line-none", line(&[None, None], None).draw().svg),
        ("chart-stack", stack().draw().svg),
        (
            "chart-bar",
            bar(Bar {
                value: Some(6),
                before: Some(8),
                most: 14,
            }),
        ),
        (
            "chart-bar-none",
            bar(Bar {
                value: None,
                before: None,
                most: 0,
            }),
        ),
    ]
}

#[test]
fn the_drawings_are_those_of_the_golden_files() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let rewrite = std::env::var_os("UPDATE_GOLDEN").is_some();
    for (name, svg) in drawings() {
        let path = folder.join(format!("{name}.svg"));
        let written = format!("{}\n", svg.replace("><", ">\n<"));
        if rewrite {
            fs::write(&path, &written).expect("the golden file can be written");
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            written,
            golden,
            "{} differs; UPDATE_GOLDEN=1 rewrites it",
            path.display()
        );
    }
}

#[test]
fn nothing_in_a_drawing_is_style_script_or_loaded_and_words_are_escaped() {
    for (name, svg) in drawings() {
        for refused in ["style", "<script", "href", "\" on", "<image", "<use", "& ", "< "] {
            assert!(!svg.contains(refused), "{refused:?} in {name}: {svg}");
        }
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"), "{name}");
        assert!(
            !svg.contains("NaN") && !svg.contains("inf") && !svg.contains("\"-"),
            "{name}: {svg}"
        );
    }
}

#[test]
fn the_table_holds_every_number_of_the_drawing() {
    let Drawing { svg, table } = columns(&some([38, 41, 22, 35, 33, 36, 29, 31, 24, 21, 27, 46])).draw();
    assert_eq!(table.rows.len(), 12);
    for row in &table.rows {
        assert_eq!(row.len(), table.heads.len());
        assert!(svg.contains(&format!(">{}</text>", row[1])), "{row:?}");
    }
    let Drawing { svg, table } = stack().draw();
    assert_eq!(table.rows.len(), 6, "what is hidden or none stands in the table");
    assert_eq!(svg.matches("class=\"o-").count(), 4, "and is not drawn");
}

#[test]
fn a_hidden_number_has_no_height_that_would_tell_it() {
    let svg = columns(&[Some(40), None, Some(20)]).draw().svg;
    assert_eq!(svg.matches("<rect").count(), 2);
    assert!(svg.contains("&lt;5</text>"), "{svg}");
}

#[test]
fn the_heights_are_in_proportion() {
    let svg = columns(&[Some(10), Some(20), Some(40)]).draw().svg;
    let heights: Vec<f64> = svg
        .split(" height=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect();
    let [one, two, four] = heights.as_slice() else {
        panic!("{heights:?}")
    };
    assert!(
        (two / one - 2.0).abs() < 0.01 && (four / one - 4.0).abs() < 0.01,
        "{heights:?}"
    );
}
