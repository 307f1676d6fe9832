//! What the stories share: how an act was refused, and an office on the usual Tuesday.

use casework::ActError;
use rules::case::Refused;
use testkit::office::OpenOffice;
use testkit::story::TUESDAY;

/// An office at Tuesday 9 June 2026, 9:15am: what arrives now is due at stage 1 on Friday 12 June.
pub(crate) async fn open() -> OpenOffice {
    OpenOffice::at(TUESDAY).await
}

/// The words of a refusal.
#[track_caller]
pub(crate) fn refusal<T: std::fmt::Debug>(answer: Result<T, ActError>) -> String {
    match answer {
        Err(ActError::Refused(refused)) => refused.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

/// The fields that a form must look at again.
#[track_caller]
pub(crate) fn fields<T: std::fmt::Debug>(answer: Result<T, ActError>) -> Vec<&'static str> {
    match answer {
        Err(ActError::Refused(Refused::Fields { fields })) => fields.iter().map(|error| error.field).collect(),
        other => panic!("no fields: {other:?}"),
    }
}

/// How many entries the log has of cases: the office's own begin with its opening.
pub(crate) async fn of_cases(office: &OpenOffice) -> usize {
    let all = office.read(|tx| Box::pin(async move { storage::events::raw_scan(tx, 0, 1_000).await }));
    let of_cases = |event: &storage::events::SealedEvent| event.stream != storage::stream_keys::OFFICE;
    all.await.into_iter().filter(of_cases).count()
}
