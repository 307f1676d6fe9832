//! The elements that are open, so that what is written is balanced: a reader of broken HTML may repeat elements without end.

use super::tags;

/// Elements inside each other beyond this depth are left out; their text stays.
const DEEPEST: usize = 64;

/// The elements that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Stack(Vec<&'static str>);

impl Stack {
    /// Makes room for an element: closes what cannot go on around it. Answers false when it cannot stand here.
    pub(super) fn prepare(&mut self, name: &'static str, out: &mut String) -> bool {
        match name {
            "tr" => return self.close_above("table", out),
            "td" | "th" => {
                let Some(table) = self.last("table", &[]) else {
                    return false;
                };
                match self.0.iter().rposition(|open| *open == "tr").filter(|row| *row > table) {
                    Some(row) => self.close_from(row + 1, out),
                    None => {
                        self.close_from(table + 1, out);
                        self.open("tr", out);
                    }
                }
            }
            "li" => self.close_last("li", &["ul", "ol", "td", "th"], out),
            "a" => self.close_last("a", &["td", "th"], out),
            _ if tags::is_block(name) => {
                self.close_last("p", &["td", "th"], out);
                if name.starts_with('h') && name.len() == 2 {
                    (1..=6).for_each(|level| self.close_last(HEADINGS[level - 1], &["td", "th"], out));
                }
            }
            _ => {}
        }
        self.0.len() < DEEPEST
    }

    /// Opens an element; what is written between its name and its end is the caller's.
    pub(super) fn open(&mut self, name: &'static str, out: &mut String) {
        out.push('<');
        out.push_str(name);
        out.push('>');
        self.0.push(name);
    }

    /// Counts an element as open that was written already.
    pub(super) fn opened(&mut self, name: &'static str) {
        self.0.push(name);
    }

    /// Closes the innermost element of a name, with everything in it. One that is not open, or outside the cell, stays.
    pub(super) fn close(&mut self, name: &'static str, out: &mut String) {
        let barriers: &[&str] = if matches!(name, "table" | "tr" | "td" | "th") {
            &[]
        } else {
            &["td", "th"]
        };
        self.close_last(name, barriers, out);
    }

    /// Closes everything.
    pub(super) fn close_all(&mut self, out: &mut String) {
        self.close_from(0, out);
    }

    fn close_last(&mut self, name: &'static str, barriers: &[&str], out: &mut String) {
        if let Some(place) = self.last(name, barriers) {
            self.close_from(place, out);
        }
    }

    fn close_above(&mut self, name: &'static str, out: &mut String) -> bool {
        let place = self.last(name, &[]);
        if let Some(place) = place {
            self.close_from(place + 1, out);
        }
        place.is_some()
    }

    fn last(&self, name: &str, barriers: &[&str]) -> Option<usize> {
        let place = self
            .0
            .iter()
            .rposition(|open| *open == name || barriers.contains(open))?;
        (self.0[place] == name).then_some(place)
    }

    fn close_from(&mut self, place: usize, out: &mut String) {
        for name in self.0.drain(place..).rev() {
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        }
    }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
