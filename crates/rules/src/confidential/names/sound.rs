//! How names are misspelled: a letter too many, too few, another or changed places; or written as they sound.

/// Whether two words differ by at most one letter that is added, left out, another, or has changed places with its neighbour.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (long, short): (Vec<char>, Vec<char>) = if one.len() >= other.len() {
        (one.chars().collect(), other.chars().collect())
    } else {
        (other.chars().collect(), one.chars().collect())
    };
    if long.len() > short.len() + 1 || short.len() > long.len() {
        return false;
    }
    let same = long.iter().zip(&short).take_while(|(one, other)| one == other).count();
    if long.len() > short.len() {
        return long[same + 1..] == short[same..];
    }
    let another = long[same + 1..] == short[same + 1..];
    let swapped = same + 1 < long.len()
        && long[same] == short[same + 1]
        && long[same + 1] == short[same]
        && long[same + 2..] == short[same + 2..];
    another || swapped
}

/// How a name sounds in English, roughly: `smith` and `smyth`, `catherine` and `kathryn` give the same.
pub(super) fn code(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut code = String::with_capacity(8);
    let mut at = 0;
    while at < letters.len() && code.len() < 8 {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let (sound, used) = sounded(letters[at], next, at == 0);
        if let Some(sound) = sound.filter(|sound| !code.ends_with(*sound)) {
            code.push(sound);
        }
        at += used;
    }
    code
}

fn sounded(letter: char, next: char, first: bool) -> (Option<char>, usize) {
    match (letter, next) {
        ('p', 'h') => (Some('f'), 2),
        ('c', 'k') | ('q', 'u') | ('k', 'h') | ('c', 'h') => (Some('k'), 2),
        ('g', 'h') => (None, 2),
        ('s', 'h') | ('s', 'c') => (Some('s'), 2),
        ('t', 'h') => (Some('t'), 2),
        ('w', 'r') => (Some('r'), 2),
        ('k', 'n') if first => (Some('n'), 2),
        ('c', 'e' | 'i' | 'y') => (Some('s'), 1),
        ('c' | 'q' | 'k', _) => (Some('k'), 1),
        ('z' | 's' | 'x', _) => (Some('s'), 1),
        ('v', _) => (Some('f'), 1),
        ('j' | 'g', 'e' | 'i' | 'y') => (Some('j'), 1),
        ('d', _) => (Some('t'), 1),
        ('a' | 'e' | 'i' | 'o' | 'u' | 'y', _) => (first.then_some('a'), 1),
        ('h' | 'w', _) => (first.then_some(letter), 1),
        (other, _) => (Some(other), 1),
    }
}
