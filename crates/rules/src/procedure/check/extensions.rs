//! Extensions add up.

use crate::data_file::Reading;
use crate::procedure::{ExtensionReasons, ExtensionRule, Procedure, Stage};

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    for stage in &procedure.stages {
        if let Some(extension) = &stage.extension {
            of_stage(stage, extension, reading);
        }
    }
}

fn of_stage(stage: &Stage, extension: &ExtensionRule, reading: &Reading) {
    let path = format!("stage.{}.extension", stage.id);
    let (each, total) = (extension.max_each_days, extension.max_total_days);
    if each == 0 || total == 0 {
        reading.fault_at(
            &format!("{path}.max_each_days"),
            "an extension of 0 days is none; leave the extension out",
        );
    }
    if each > total {
        let reason = format!(
            "one extension may be {each} days, but all together only {total}: a single one is more than the total"
        );
        reading.fault_at(&format!("{path}.max_each_days"), reason);
    }
    if extension.max_count == Some(0) {
        reading.fault_at(
            &format!("{path}.max_count"),
            "an extension that may happen 0 times is none; leave the extension out",
        );
    }
    if let Some(count) = extension
        .max_count
        .filter(|count| *count > 0 && count.saturating_mul(each) < total)
    {
        let reason = format!("{count} of at most {each} days never reach the total of {total}");
        reading.fault_at(&format!("{path}.max_total_days"), reason);
    }
    if extension.reasons == ExtensionReasons::Codes(Vec::new()) {
        reading.fault_at(
            &format!("{path}.reasons"),
            "the list of reasons is empty, so no extension could be approved",
        );
    }
    if let Some(then) = extension.then.as_ref().filter(|then| !stage.next.contains(then)) {
        let reason = format!(
            "the case is to go on to \"{then}\", but that is not among the next stages of \"{}\"",
            stage.id
        );
        reading.fault_at(&format!("{path}.then"), reason);
    }
}
