//! Something is left to choose on each axis of categories.

use crate::data_file::Reading;
use crate::procedure::{Category, Procedure};

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    for axis in &procedure.categories {
        if !axis.categories.iter().any(Category::is_offered) {
            let reason = "every category of this axis is retired; keep at least one that can be chosen";
            reading.fault_at(&format!("axis.{}", axis.code), reason);
        }
    }
}
