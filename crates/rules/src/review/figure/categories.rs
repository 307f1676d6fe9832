//! What complaints were about (K12).

use super::Figure;
use crate::review::facts::CaseFacts;
use crate::review::ledger::{Book, Code};

/// The code of a category that nobody has chosen yet.
pub const NOT_CATEGORISED: &str = "none";

/// K12, base R: complaints by service, by problem, and by both (the group is [`service_group`], the item the problem). One main category each, so
/// that the parts add up to the whole (model 3.5).
pub(super) fn category(facts: &CaseFacts, book: &mut Book) {
    let code = |code: &Option<String>| Code::from(code.clone().unwrap_or_else(|| NOT_CATEGORISED.to_owned()));
    let (service, problem) = (code(&facts.service), code(&facts.problem));
    let mut page = book.on(facts.received_on);
    page.part(Figure::Category, "service", service.clone());
    page.part(Figure::Category, "problem", problem.clone());
    page.count(Figure::Category, service_group(&service), problem);
}

/// The group that breaks one service down by what went wrong.
pub fn service_group(service: &str) -> String {
    format!("service:{service}")
}
