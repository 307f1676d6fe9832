//! How long a case is kept, for the preview (P40).

use rules::case::{Case, Setting};
use rules::retention::{NotYet, class_of, keeping};
use storage::keeping::KeepingRow;

/// How long a case is kept; nothing while it is open and nobody holds it.
pub fn keeping_row(case: &Case, setting: &Setting<'_>) -> Option<KeepingRow> {
    let kept = keeping(case, setting);
    if kept == Err(NotYet::Open) && case.hold.is_none() {
        return None;
    }
    let class = class_of(case, setting.procedure).map(|rule| rule.class.clone());
    Some(KeepingRow {
        number: case.reference.number(),
        reference: case.reference.to_string(),
        class: class.as_ref().map(|class| class.code.clone()),
        class_name: class.map(|class| class.name),
        goes_on: kept.ok().map(|kept| kept.goes_on),
        held: case.hold.is_some(),
    })
}
