//! The page on which a call is logged, with the lists of the procedure and the dates that can be promised.

use rules::case::Setting;
use rules::case::vocabulary::{Channel, ComplainantKind, FeedbackKind};

use super::LogComplaint;
use super::read::received_at;
use crate::http::Posted;
use crate::staff::desk::Promise;
use crate::staff::parts::form::{FormState, Pick};
use rules::sentence::capital;

/// The page with a form as it is.
pub(super) fn shown(setting: &Setting<'_>, posted: &Posted, form: FormState, file_limits: String) -> LogComplaint {
    let procedure = setting.procedure;
    let promise = Promise::of(received_at(posted, setting), setting);
    let channels = Channel::ALL.iter().filter(|channel| **channel != Channel::Web);
    LogComplaint {
        channels: channels
            .map(|channel| Pick::new(channel.code(), &capital(channel.words())))
            .collect(),
        feedback: FeedbackKind::ALL
            .iter()
            .map(|kind| Pick::new(kind.code(), &capital(kind.words())))
            .collect(),
        kinds: kinds(),
        services: axis(setting, "service"),
        problems: axis(setting, "problem"),
        resolutions: procedure
            .resolution_kinds
            .iter()
            .map(|kind| Pick::new(&kind.code, &kind.name))
            .collect(),
        say: format!(
            "“I am sorry about that. I am logging it now and you will have a reference before we finish. If we can sort it out \
             without an investigation, you will have our decision by {}.”",
            promise.first
        ),
        file_limits,
        drafts: Vec::new(),
        stage_1_due: promise.first,
        stage_2_due: promise.investigated,
        form,
    }
}

fn kinds() -> Vec<Pick> {
    let said = ComplainantKind::ALL
        .iter()
        .filter(|kind| **kind != ComplainantKind::NotSaid);
    said.map(|kind| Pick::new(kind.code(), &capital(kind.words())))
        .collect()
}

fn axis(setting: &Setting<'_>, code: &str) -> Vec<Pick> {
    let axis = setting.categories.iter().find(|axis| axis.code == code);
    let categories = axis.into_iter().flat_map(|axis| &axis.categories);
    categories
        .filter(|category| category.is_offered())
        .map(|category| Pick::new(&category.code, &category.name))
        .collect()
}
