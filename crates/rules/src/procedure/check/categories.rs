//! Something is left to choose on each axis of categories.

use crate::data_file::Reading;
use crate::procedure::{CategoryStanding, Procedure};

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    for axis in &procedure.categories {
        let is_offered = axis
            .categories
            .iter()
            .any(|category| category.standing == CategoryStanding::Offered);
        if !is_offered {
            let reason = "every category of this axis is retired; keep at least one that can be chosen";
            reading.fault_at(&format!("axis.{}", axis.code), reason);
        }
    }
}
