//! What an administrator sees: everyone, and one person with roles and sessions.

use askama::Template;
use jiff::Timestamp;

use super::account::signed_in_by;
use super::signed_in::role_in;
use super::{SessionRow, Site, role};
use crate::domain::actor::Role;
use crate::domain::passkey::Passkey;
use crate::domain::recipient::Person;
use crate::domain::session::Method;
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "admin_people.html")]
pub struct PeoplePage {
    pub site: Site,
    /// What was looked for; empty for everyone.
    pub letters: String,
    pub role: Option<Role>,
    /// By address.
    pub people: Vec<PersonRow>,
    /// The address that the next page begins after.
    pub next: Option<String>,
    /// Someone was just erased.
    pub erased: bool,
}

pub struct PersonRow {
    pub person: Person,
    pub manager: Option<String>,
    pub roles: Vec<RoleRow>,
}

/// A role as it was given.
pub struct RoleRow {
    pub role: Role,
    /// Id and name; none where it is held in every program.
    pub program: Option<(String, String)>,
    pub at: Timestamp,
    pub by: By,
}

/// Who did something.
pub enum By {
    Name(String),
    /// Whoever runs the service, on the machine.
    Operator,
}

#[derive(Template)]
#[template(path = "admin_person.html")]
pub struct PersonPage {
    pub site: Site,
    pub person: Person,
    /// Id and name.
    pub manager: Option<(String, String)>,
    pub teams: Vec<String>,
    /// Whether the company's directory keeps them, by SCIM or from a file.
    pub provisioned: bool,
    pub last_sign_in: Option<(Timestamp, Option<Method>)>,
    pub roles: Vec<RoleRow>,
    /// Newest first.
    pub changes: Vec<ChangeRow>,
    /// Id and name of each.
    pub programs: Vec<(String, String)>,
    /// The oldest first.
    pub passkeys: Vec<Passkey>,
    pub sessions: Vec<SessionRow>,
    pub typed: Typed,
    /// What was in the way, and where on the page it is said.
    pub problem: Option<Problem>,
}

/// A role that was given or taken.
pub struct ChangeRow {
    pub role: Role,
    pub program: Option<(String, String)>,
    pub given: bool,
    pub at: Timestamp,
    pub by: By,
    pub why: Option<String>,
}

/// What was typed into a form that was not right.
#[derive(Clone, Default)]
pub struct Typed {
    pub role: String,
    pub program: String,
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    pub at: Place,
    /// The key of its words.
    pub key: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Top,
    Role,
    Program,
    Reason,
    Sessions,
}

impl By {
    fn words(&self, t: &Text) -> String {
        match self {
            By::Name(name) => name.clone(),
            By::Operator => t.get("admin-by-operator").into_owned(),
        }
    }
}

impl RoleRow {
    fn name(&self, t: &Text) -> String {
        role(self.role, t)
    }

    fn program_id(&self) -> &str {
        self.program.as_ref().map_or("", |(id, _)| id)
    }

    fn place(&self, t: &Text) -> String {
        place(self.role, self.program.as_ref(), t)
    }
}

impl ChangeRow {
    fn words(&self, t: &Text) -> String {
        let (name, place) = (role(self.role, t), place(self.role, self.program.as_ref(), t));
        let words = if self.given {
            t.with2("admin-change-given", "role", name, "place", place)
        } else {
            t.with2("admin-change-taken", "role", name, "place", place)
        };
        words.into_owned()
    }
}

fn place(role: Role, program: Option<&(String, String)>, t: &Text) -> String {
    role_in(role, program.map(|(_, name)| name.as_str()), t)
}

impl PeoplePage {
    fn next_url(&self, after: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !self.letters.is_empty() {
            query.append_pair("q", &self.letters);
        }
        if let Some(role) = self.role {
            query.append_pair("role", role.as_str());
        }
        format!("/admin?{}", query.append_pair("after", after).finish())
    }

    fn is_filtered(&self) -> bool {
        !self.letters.is_empty() || self.role.is_some()
    }

    fn is_asked(&self, role: &str) -> bool {
        self.role.is_some_and(|asked| asked.as_str() == role)
    }

    fn choices(&self) -> Vec<(&'static str, String)> {
        choices(&self.site.text)
    }
}

impl PersonPage {
    fn choices(&self) -> Vec<(&'static str, String)> {
        choices(&self.site.text)
    }

    fn is_typed(&self, role: &str) -> bool {
        self.typed.role == role
    }

    fn method(&self, method: &Method) -> String {
        signed_in_by(*method, &self.site.text)
    }

    fn at(&self, place: &str) -> Option<&'static str> {
        let here = |problem: &Problem| problem.at.name() == place;
        self.problem.filter(here).map(|problem| problem.key)
    }
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::Top => "top",
            Place::Role => "role",
            Place::Program => "program",
            Place::Reason => "reason",
            Place::Sessions => "sessions",
        }
    }
}

/// Every role, with its words.
fn choices(t: &Text) -> Vec<(&'static str, String)> {
    Role::ALL.into_iter().map(|one| (one.as_str(), role(one, t))).collect()
}
