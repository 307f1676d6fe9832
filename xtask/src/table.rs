//! Sets rows in columns, so that a person can read them at a terminal.

/// The rows as lines of text: the first column to the left, the others to the right, with the heading first.
///
/// Rows that are shorter than the heading are filled with blanks.
pub fn lines(heading: &[&str], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = heading
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let widest = rows
                .iter()
                .filter_map(|row| row.get(at))
                .map(|cell| cell.chars().count())
                .max();
            widest.unwrap_or(0).max(name.chars().count())
        })
        .collect();
    let mut text = line(heading.iter().copied(), &widths);
    for row in rows {
        text.push_str(&line(row.iter().map(String::as_str), &widths));
    }
    text
}

fn line<'a>(cells: impl Iterator<Item = &'a str>, widths: &[usize]) -> String {
    let mut line = String::new();
    for (at, (cell, width)) in cells.zip(widths).enumerate() {
        let blanks = " ".repeat(width.saturating_sub(cell.chars().count()));
        match at {
            0 => line.extend([cell, &blanks]),
            _ => line.extend(["  ", &blanks, cell]),
        }
    }
    format!("{}\n", line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn the_first_column_stands_left_and_the_others_right() {
        let rows = vec![
            vec!["a".to_owned(), "1".to_owned()],
            vec!["long name".to_owned(), "1000".to_owned()],
        ];
        assert_eq!(
            lines(&["step", "ms"], &rows),
            "step         ms\na             1\nlong name  1000\n"
        );
    }
}
