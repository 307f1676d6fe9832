//! Small numbers are hidden from readers who may not see cases: nobody is to be recognised in a table (model 3.7, R31, R81).

use super::rate::Rate;
use super::spread::Spread;
use crate::people::{Act, Person, permission};

/// The smallest number that everybody may read; below it lies somebody whom others may know.
pub const SMALLEST: u32 = 5;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// They may see the cases themselves, so that no number tells them more.
    Entitled,
    /// They may not: numbers from 1 to 4 are hidden.
    NotEntitled,
}

impl Reader {
    /// How a person reads.
    pub fn of(person: &Person) -> Reader {
        if permission::may(person, Act::SeeCases) {
            Reader::Entitled
        } else {
            Reader::NotEntitled
        }
    }
}

/// A number as a reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As it is. None is always shown: nobody stands behind it.
    Number(u32),
    /// Hidden: fewer than 5, or the only other way to work out one that is.
    Hidden,
}

/// One number by itself.
pub fn shown(number: u32, reader: Reader) -> Shown {
    match reader {
        Reader::NotEntitled if is_small(number) => Shown::Hidden,
        _ => Shown::Number(number),
    }
}

/// The parts of a whole that is shown too. Where only one part is small, the next smallest is hidden with it: the difference would tell it.
pub fn shown_parts(parts: &[u32], reader: Reader) -> Vec<Shown> {
    let mut answers: Vec<Shown> = parts.iter().map(|part| shown(*part, reader)).collect();
    let hidden = answers.iter().filter(|answer| **answer == Shown::Hidden).count();
    if hidden == 1 {
        let next = (0..parts.len())
            .filter(|at| answers[*at] != Shown::Hidden && parts[*at] > 0)
            .min_by_key(|at| parts[*at]);
        if let Some(next) = next {
            answers[next] = Shown::Hidden;
        }
    }
    answers
}

/// A share as a reader sees it: part, whole and percentage, or only the whole where part or rest is small, or nothing where the whole is.
pub fn shown_rate(rate: Rate, reader: Reader) -> (Shown, Shown) {
    let rest = rate.whole.saturating_sub(rate.part);
    let part = match (shown(rate.part, reader), shown(rest, reader)) {
        (Shown::Number(part), Shown::Number(_)) => Shown::Number(part),
        _ => Shown::Hidden,
    };
    (part, shown(rate.whole, reader))
}

/// What may be said of a share that is hidden because only a few are not part of it: the percentage that it reaches at least. Nothing where it is
/// shown, or where the few could be most of the whole.
pub fn at_least(rate: Rate, reader: Reader) -> Option<u32> {
    let few = SMALLEST - 1;
    let (part, whole) = shown_rate(rate, reader);
    let rest = rate.whole.saturating_sub(rate.part);
    let says = part == Shown::Hidden && whole != Shown::Hidden && is_small(rest) && rate.whole >= 2 * SMALLEST;
    says.then(|| (rate.whole - few) * 100 / rate.whole)
}

/// A spread as a reader sees it: hidden where fewer than 5 values make it.
pub fn shown_spread(spread: &Spread, reader: Reader) -> Option<&Spread> {
    (shown(spread.n(), reader) != Shown::Hidden).then_some(spread)
}

fn is_small(number: u32) -> bool {
    (1..SMALLEST).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    use Shown::{Hidden, Number};

    #[test]
    fn whoever_may_see_cases_sees_every_number() {
        assert_eq!(
            shown_parts(&[1, 40, 0], Reader::Entitled),
            [Number(1), Number(40), Number(0)]
        );
    }

    #[test]
    fn a_small_part_cannot_be_worked_out_from_the_whole() {
        assert_eq!(
            shown_parts(&[3, 40, 9, 0], Reader::NotEntitled),
            [Hidden, Number(40), Hidden, Number(0)]
        );
        assert_eq!(
            shown_parts(&[3, 2, 9], Reader::NotEntitled),
            [Hidden, Hidden, Number(9)]
        );
        assert_eq!(
            shown_parts(&[5, 0, 9], Reader::NotEntitled),
            [Number(5), Number(0), Number(9)]
        );
        assert_eq!(shown_parts(&[4], Reader::NotEntitled), [Hidden]);
    }

    #[test]
    fn a_few_that_were_not_tell_only_a_floor() {
        let floor = |part, whole| at_least(Rate::of(part, whole), Reader::NotEntitled);
        assert_eq!(
            (floor(33, 36), floor(35, 36)),
            (Some(88), Some(88)),
            "the same for one and for three"
        );
        assert_eq!((floor(36, 36), floor(30, 36)), (None, None), "these are shown");
        assert_eq!((floor(6, 9), floor(2, 36)), (None, None), "too few, or few were");
        assert_eq!(at_least(Rate::of(33, 36), Reader::Entitled), None);
    }

    #[test]
    fn a_percentage_tells_no_small_part_and_no_small_rest() {
        let seen = |part, whole| shown_rate(Rate::of(part, whole), Reader::NotEntitled);
        assert_eq!(seen(33, 38), (Number(33), Number(38)));
        assert_eq!(seen(33, 36), (Hidden, Number(36)));
        assert_eq!(seen(2, 36), (Hidden, Number(36)));
        assert_eq!(seen(36, 36), (Number(36), Number(36)));
        assert_eq!(seen(3, 4), (Hidden, Hidden));
    }
}
