//! What of a program is suspended, for its owners.

use super::{Link, Site};
use crate::actions::revoke::LONGEST_REASON;
use crate::domain::field::FieldError;
use askama::Template;
use jiff::Timestamp;

#[derive(Template)]
#[template(path = "suspensions.html")]
pub struct SuspensionsPage {
    pub site: Site,
    pub program: Link,
    pub url: String,
    /// The program as its owners see it.
    pub run_url: String,
    /// The last first.
    pub rows: Vec<SuspendedRow>,
    /// How many are shown, where there are more.
    pub more: Option<u32>,
    /// What was typed: a badge, and why.
    pub badge: String,
    pub reason: String,
    pub faults: Vec<FieldError>,
}

pub struct SuspendedRow {
    /// Of the award.
    pub id: String,
    pub person: String,
    pub level: String,
    pub since: Timestamp,
    pub reason: Option<String>,
    /// The certification's page; none while it is shown to nobody.
    pub url: Option<String>,
    /// Whose badge it is reads this: nobody decides on their own.
    pub own: bool,
}

impl SuspensionsPage {
    fn is_wrong(&self, field: &str) -> bool {
        self.faults.iter().any(|fault| fault.field == field)
    }

    /// In characters.
    fn longest(&self) -> usize {
        LONGEST_REASON
    }
}
