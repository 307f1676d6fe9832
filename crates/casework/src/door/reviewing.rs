//! What the staff door offers to whoever reviews and learns: months, reports, follow-on actions (R41, R42, R80).

use rules::follow_on::FollowOnId;
use rules::review::Month;

use super::StaffDoor;
use crate::ActError;
use crate::review::file::Look;
use crate::review::follow::FollowUp;
use crate::review::months::{Months, Waiting};
use crate::review::register::{FollowOnFile, OpenActions, Part};
use crate::review::report::Report;
use crate::review::{self, Register, ReviewFile};

impl StaffDoor {
    /// The list of months with their reviews.
    ///
    /// # Errors
    /// When they may not read reviews.
    pub async fn months(&self, page: u32) -> Result<Months, ActError> {
        review::months::months(&self.office, page, &self.person).await
    }

    /// All reviews that wait, the latest first.
    ///
    /// # Errors
    /// When they may not read reviews.
    pub async fn reviews_waiting(&self) -> Result<Vec<Waiting>, ActError> {
        review::months::waiting(&self.office, &self.person).await
    }

    /// The review of a month, with every case of it.
    ///
    /// # Errors
    /// When they may not read reviews, or there is none.
    pub async fn review(&self, month: Month) -> Result<ReviewFile, ActError> {
        review::file::review(&self.office, (month, Look::Every), &self.person).await
    }

    /// The review of a month as far as somebody looks at it.
    ///
    /// # Errors
    /// When they may not read reviews, or there is none.
    pub async fn review_page(&self, month: Month, look: Look) -> Result<ReviewFile, ActError> {
        review::file::review(&self.office, (month, look), &self.person).await
    }

    /// A report on the days that two dates as typed name.
    ///
    /// # Errors
    /// When they may not read reviews, or the dates name no range that can be counted.
    pub async fn report(&self, from: &str, until: &str) -> Result<Report, ActError> {
        review::report::report(&self.office, (from, until), &self.person).await
    }

    /// At work on the review of a month.
    pub fn review_desk<'a>(&'a self, month: Month, once: &'a str) -> review::Desk<'a> {
        review::Desk {
            office: &self.office,
            by: &self.person,
            month,
            once,
        }
    }

    /// A page of one part of the register of follow-on actions, counted from 1.
    ///
    /// # Errors
    /// When they may not see it.
    pub async fn register(&self, part: Part, page: u32) -> Result<Register, ActError> {
        review::register::page(&self.office, (part, page), &self.person).await
    }

    /// How many follow-on actions are to be done and overdue; none for whoever may not see them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn action_counts(&self) -> Result<OpenActions, ActError> {
        review::register::counts(&self.office, &self.person).await
    }

    /// One follow-on action.
    ///
    /// # Errors
    /// When they may not see it, or there is none.
    pub async fn follow_on(&self, id: &FollowOnId) -> Result<FollowOnFile, ActError> {
        review::register::one(&self.office, id, &self.person).await
    }

    /// At work on a follow-on action.
    pub fn follow_up<'a>(&'a self, id: &'a FollowOnId, once: &'a str) -> FollowUp<'a> {
        FollowUp {
            office: &self.office,
            by: &self.person,
            id,
            once,
        }
    }
}
