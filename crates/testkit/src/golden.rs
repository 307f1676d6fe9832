//! Golden files: what the program makes, held against what is stored; `UPDATE_GOLDEN=1` rewrites them.

use std::path::Path;

/// Holds a text against a stored file.
///
/// # Panics
/// When they differ, with the first line that does; when the file cannot be written although that was asked for.
#[track_caller]
pub fn check(path: &Path, made: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let folder = path.parent().unwrap_or(path);
        std::fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        std::fs::write(path, made).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        stored == made,
        "{} is not what the program makes; UPDATE_GOLDEN=1 rewrites it.\n{}",
        path.display(),
        first_difference(&stored, made)
    );
}

fn first_difference(stored: &str, made: &str) -> String {
    let mut lines = stored
        .lines()
        .map(Some)
        .chain(std::iter::repeat(None))
        .zip(made.lines().map(Some).chain(std::iter::repeat(None)));
    let found = lines.by_ref().take(100_000).position(|(a, b)| a != b || a.is_none());
    let at = found.unwrap_or(0);
    let line = |text: &str| text.lines().nth(at).unwrap_or("(nothing)").to_owned();
    format!("line {}\n  stored: {}\n  made:   {}", at + 1, line(stored), line(made))
}
