//! What is said on the telephone.

use documents::letter::sample;
use documents::spoken;
use rules::letters::{LetterFacts, LetterKind};

#[test]
fn an_acknowledgement_can_be_read_out() {
    let facts = sample::full(LetterKind::Acknowledgement);
    assert_eq!(
        spoken::acknowledgement(&facts),
        "I am sorry about that, Priya, and thank you for telling us. Your reference is F C, one zero four eight two. \
         It is at stage 1: we will give you a decision by the end of Thursday 15 October. \
         You will hear from us by Tuesday 13 October, even if there is no news. \
         Your receipt code is seven four two nine, zero three one six, five five eight eight. \
         How would you like to hear from us?"
    );
}

#[test]
fn thanks_are_not_met_with_sorry() {
    let facts = LetterFacts {
        feedback: "compliment".into(),
        reference: "FC-7".into(),
        ..LetterFacts::default()
    };
    assert_eq!(
        spoken::acknowledgement(&facts),
        "Thank you for telling us. Your reference is F C, seven. You do not need to do anything more."
    );
}

#[test]
fn a_complaint_about_a_person_is_promised_a_closed_door() {
    let facts = LetterFacts {
        confidential: true,
        reference: "FC-7".into(),
        ..LetterFacts::default()
    };
    assert!(spoken::acknowledgement(&facts).contains("The person it is about cannot read it."));
}
