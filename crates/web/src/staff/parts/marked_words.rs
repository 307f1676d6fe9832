//! Words in which somebody seems to be named: each place is marked and numbered, and a list beneath says who may be meant (A13).

use hypertext::prelude::*;

/// A place in the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedPlace {
    /// Its first byte.
    pub from: usize,
    /// The byte after its last one.
    pub to: usize,
    /// Who may be meant, and what is said of them: "seems to be complained about: Jo Wren, adviser".
    pub says: String,
}

/// A line of words, in pieces: those with a number are marked.
type Line<'w> = Vec<(&'w str, Option<usize>)>;

/// Draws words as paragraphs with the places marked, and the list of who may be meant. Places that do not fit the words are left out.
pub fn marked_words<'w>(words: &'w str, places: &'w [MarkedPlace]) -> impl Renderable + 'w {
    let paragraphs = paragraphs(words, places);
    maud! {
        @for paragraph in &paragraphs {
            p {
                @for (n, line) in paragraph.iter().enumerate() {
                    @if n > 0 { br; }
                    @for (piece, number) in line {
                        @match number {
                            Some(number) => { mark.fc-named { (*piece) sup { (*number) } } }
                            None => { (*piece) }
                        }
                    }
                }
            }
        }
    }
}

/// Draws who may be meant, by the numbers in the words.
pub fn who_may_be_meant(words: &str, places: &[MarkedPlace]) -> impl Renderable {
    let lines: Vec<(String, String)> = fitting(words, places)
        .map(|(_, place)| (words[place.from..place.to].to_owned(), place.says.clone()))
        .collect();
    maud! {
        ol.fc-named-list {
            @for (named, says) in &lines { li { strong { (named) } ": " (says) } }
        }
    }
}

/// The places that lie in the words on whole characters and apart from each other, numbered from 1.
fn fitting<'p>(words: &str, places: &'p [MarkedPlace]) -> impl Iterator<Item = (usize, &'p MarkedPlace)> {
    let mut end = 0;
    let fits = places.iter().filter(move |place| {
        let fits = place.from >= end && place.from < place.to && words.get(place.from..place.to).is_some();
        end = if fits { place.to } else { end };
        fits
    });
    (1..).zip(fits.collect::<Vec<_>>())
}

fn paragraphs<'w>(words: &'w str, places: &[MarkedPlace]) -> Vec<Vec<Line<'w>>> {
    let places: Vec<(usize, &MarkedPlace)> = fitting(words, places).collect();
    let mut paragraphs: Vec<Vec<Line<'w>>> = vec![Vec::new()];
    let mut from = 0;
    for whole in words.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        if line.trim().is_empty() {
            paragraphs.push(Vec::new());
        } else if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.push(pieces(words, (from, from + line.len()), &places));
        }
        from += whole.len();
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn pieces<'w>(words: &'w str, (from, to): (usize, usize), places: &[(usize, &MarkedPlace)]) -> Line<'w> {
    let mut pieces = Vec::new();
    let mut at = from;
    for (number, place) in places.iter().filter(|(_, place)| place.from < to && place.to > from) {
        let (begin, end) = (place.from.max(from), place.to.min(to));
        pieces.push((&words[at..begin], None));
        pieces.push((&words[begin..end], Some(*number)));
        at = end;
    }
    pieces.push((&words[at..to], None));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(from: usize, to: usize) -> MarkedPlace {
        MarkedPlace {
            from,
            to,
            says: "may be Jo".to_owned(),
        }
    }

    #[test]
    fn places_are_marked_and_numbered_in_their_paragraphs() {
        let words = "Jo was rude.\n\nSo was Zo\u{eb}\nagain.";
        let drawn = marked_words(words, &[place(0, 2), place(21, 25)]).render().into_inner();
        assert_eq!(
            drawn,
            "<p><mark class=\"fc-named\">Jo<sup>1</sup></mark> was rude.</p>\
             <p>So was <mark class=\"fc-named\">Zo\u{eb}<sup>2</sup></mark><br>again.</p>"
        );
    }

    #[test]
    fn places_that_do_not_fit_are_left_out() {
        let drawn = marked_words("Zo\u{eb} <b>", &[place(0, 3), place(2, 90)])
            .render()
            .into_inner();
        assert_eq!(drawn, "<p>Zo\u{eb} &lt;b&gt;</p>");
    }
}
