//! The frame of someone who is signed in: their name, and the pages that their roles open.

use super::Link;
use crate::domain::actor::{Actor, Member, Right, Role, may};
use crate::web::text::Text;

/// What stands beside the name, in this order, for whoever has the right.
const PAGES: [(Right, &str, &str); 15] = [
    (Right::SignedIn, "/me/path", "mine-path"),
    (Right::SignedIn, "/me/badges", "own-badges-title"),
    (Right::SignedIn, "/me/backpack", "backpack-title"),
    (Right::Mentor, "/mentor", "mine-mentor"),
    (Right::RunProgram, "/me/learners", "mine-learners"),
    (Right::Assess, "/me/learners", "mine-learners"),
    (Right::SignedIn, "/me/decisions", "mine-decisions"),
    (Right::Assess, "/assess", "mine-assess"),
    (Right::RunProgram, "/run", "run-title"),
    (Right::Govern, "/govern", "govern-title"),
    (Right::SeeTeam, "/team", "mine-team"),
    (Right::ReadRecord, "/record", "mine-record"),
    (Right::Administer, "/admin", "mine-admin"),
    (Right::Administer, "/admin/webhooks", "mine-webhooks"),
    (Right::SignedIn, "/me", "mine-account"),
];

#[derive(Clone, Debug)]
pub struct SignedIn {
    pub name: String,
    /// Path and the key of its words.
    pages: Vec<(&'static str, &'static str)>,
}

impl SignedIn {
    pub fn of(member: &Member) -> Self {
        let actor = Actor::Person(member.clone());
        let mut pages: Vec<_> =
            PAGES.iter().filter(|(right, ..)| may(&actor, *right)).map(|(_, path, key)| (*path, *key)).collect();
        // Two rights may open the same page.
        pages.dedup();
        SignedIn { name: member.name.clone(), pages }
    }

    pub fn links(&self, t: &Text) -> Vec<Link> {
        self.pages.iter().map(|(path, key)| Link::new(t.get(key), *path)).collect()
    }
}

/// A role in the reader's language.
pub fn role(role: Role, t: &Text) -> String {
    let words = match role {
        Role::Assessor => t.get("role-assessor"),
        Role::Mentor => t.get("role-mentor"),
        Role::Owner => t.get("role-owner"),
        Role::Committee => t.get("role-committee"),
        Role::Auditor => t.get("role-auditor"),
        Role::Administrator => t.get("role-administrator"),
    };
    words.into_owned()
}

/// Where a role is held: in a program, in every one, or in the service, of which some roles are.
pub(super) fn role_in(role: Role, program: Option<&str>, t: &Text) -> String {
    match (program, role) {
        (Some(name), _) => name.to_owned(),
        (None, Role::Auditor | Role::Administrator) => t.get("role-whole-service").into_owned(),
        (None, _) => t.get("account-role-everywhere").into_owned(),
    }
}
