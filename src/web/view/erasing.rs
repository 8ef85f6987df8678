//! What would go and what would stay if someone were erased, and the form that does it.

use askama::Template;

use super::Site;
use crate::domain::recipient::Person;

#[derive(Template)]
#[template(path = "admin_erase.html")]
pub struct ErasePage {
    pub site: Site,
    pub person: Person,
    pub badges: i64,
    /// How many of them still stand.
    pub standing: i64,
    /// What was chosen, where something was not right.
    pub taken_along: String,
    pub cause: String,
    /// Field and key of what was in the way.
    pub problems: Vec<(&'static str, &'static str)>,
}

impl ErasePage {
    fn at(&self, field: &str) -> Option<&'static str> {
        self.problems.iter().find(|(at, _)| *at == field).map(|(_, key)| *key)
    }
}
