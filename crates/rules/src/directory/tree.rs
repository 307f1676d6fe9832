//! Who is above whom, and how far; a circle is walked once.

use std::collections::{BTreeMap, VecDeque};

use super::Directory;

/// Everybody above somebody, by their place, with the number of steps on the shortest way up; the person themselves only where a circle leads back
/// to them.
pub(super) fn above(directory: &Directory, from: usize) -> BTreeMap<usize, u32> {
    let mut steps: BTreeMap<usize, u32> = BTreeMap::new();
    let mut next = VecDeque::from([(from, 0)]);
    while let Some((at, far)) = next.pop_front() {
        for manager in directory.managers(at) {
            steps.entry(manager).or_insert_with(|| {
                next.push_back((manager, far + 1));
                far + 1
            });
        }
    }
    steps
}

/// Whether somebody reports to one of these, directly or through others; all by key. Nobody reports to themselves.
pub fn reports_to(directory: &Directory, who: &str, to: &[String]) -> bool {
    let Some(at) = directory.at(who) else { return false };
    let up = above(directory, at);
    to.iter()
        .filter_map(|key| directory.at(key))
        .any(|manager| manager != at && up.contains_key(&manager))
}

/// The circles: everybody who is, over whatever steps, above themselves; by place.
pub(super) fn in_circles(directory: &Directory) -> Vec<usize> {
    // Whoever has nobody left under them stands in no circle, and those above lose one; what cannot be taken away so is in a circle or above one.
    let count = directory.people().len();
    let mut under = vec![0_usize; count];
    (0..count)
        .flat_map(|at| directory.managers(at))
        .for_each(|manager| under[manager] += 1);
    let mut bare: Vec<usize> = (0..count).filter(|at| under[*at] == 0).collect();
    let mut taken = vec![false; count];
    while let Some(at) = bare.pop() {
        taken[at] = true;
        for manager in directory.managers(at) {
            under[manager] -= 1;
            if under[manager] == 0 {
                bare.push(manager);
            }
        }
    }
    (0..count)
        .filter(|at| !taken[*at] && above(directory, *at).contains_key(at))
        .collect()
}
