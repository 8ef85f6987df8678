//! The ways to sign in.

use askama::Template;

use super::{Site, role};
use crate::actions::demo::DemoPerson;
use crate::domain::actor::Role;
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    pub site: Site,
    /// The path to be led to, one of ours.
    pub next: String,
    /// Whether letters are sent.
    pub by_mail: bool,
    /// What was typed, and whether it is no address.
    pub email: String,
    pub refused: bool,
    /// The demo's people; empty anywhere else.
    pub demo: Vec<DemoChoice>,
}

/// A letter may be on its way.
#[derive(Template)]
#[template(path = "sign_in_sent.html")]
pub struct SignInSentPage {
    pub site: Site,
    pub minutes: i64,
}

/// Where the link of a letter leads.
#[derive(Template)]
#[template(path = "sign_in_link.html")]
pub struct SignInLinkPage {
    pub site: Site,
    /// Name, address and the link's secret; none once it can't be used.
    pub whose: Option<(String, String, String)>,
}

impl SignInPage {
    pub fn wrong_email(&mut self, typed: String) {
        self.email = typed;
        self.refused = true;
    }
}

/// Someone that a visitor of the demo can be.
pub struct DemoChoice {
    pub id: String,
    pub name: String,
    pub roles: Vec<Role>,
    pub manages: bool,
}

impl DemoChoice {
    /// “Assessor, mentor”; a learner is whoever is nothing else.
    fn parts(&self, t: &Text) -> String {
        let mut words: Vec<String> = self.roles.iter().map(|held| role(*held, t)).collect();
        if self.manages {
            words.push(t.get("role-manager").into_owned());
        }
        if words.is_empty() {
            words.push(t.get("role-learner").into_owned());
        }
        words.join(", ")
    }
}

impl From<DemoPerson> for DemoChoice {
    fn from(one: DemoPerson) -> Self {
        DemoChoice { id: one.person.id, name: one.person.name, roles: one.roles, manages: one.manages }
    }
}
