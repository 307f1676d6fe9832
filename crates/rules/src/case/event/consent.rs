//! The consent of somebody on whose behalf another complains (A29).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::vocabulary::Means;
use crate::coded::coded;

coded! {
    /// How somebody said that another may act for them.
    pub enum ConsentWay {
        /// Signed, on paper.
        Paper = "paper", "on paper, signed";
        /// In a message of their own.
        Email = "email", "by email, from their own address";
        /// On the phone.
        Phone = "phone", "on the phone";
        /// Face to face.
        InPerson = "in_person", "in person";
    }
}

/// Whoever complains was asked to bring the consent of the person they act for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentAsked {
    /// By what means.
    pub by: Means,
    /// What was said besides.
    pub words: Option<String>,
}

/// The person agreed that we speak about them with whoever complains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentGiven {
    /// How they said so.
    pub way: ConsentWay,
    /// On which day.
    pub on: Date,
    /// Their words, or where the paper lies.
    pub words: String,
}
