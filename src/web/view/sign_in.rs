//! The ways to sign in.

use std::borrow::Cow;

use askama::Template;

use super::{Site, role};
use crate::actions::{
    demo::{DemoPerson, Part},
    oidc::Refusal,
};
use crate::domain::actor::Role;
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    pub site: Site,
    /// The path to be led to, one of ours.
    pub next: String,
    /// Why the last try came to nothing.
    pub problem: Option<Refusal>,
    /// The company's OpenID provider, by name.
    pub provider: Option<String>,
    /// Whether letters are sent.
    pub by_mail: bool,
    /// What was typed, and whether it is no address.
    pub email: String,
    pub refused: bool,
    /// Whether anyone has a passkey.
    pub passkeys: bool,
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
    fn problem(&self, why: &Refusal) -> Cow<'static, str> {
        let t = self.site.text;
        match why {
            Refusal::Provider => t.get("sign-in-provider"),
            Refusal::Late => t.get("sign-in-late"),
            Refusal::Denied => t.get("sign-in-denied"),
            Refusal::NoEmail => t.get("sign-in-no-email"),
            Refusal::Unverified => t.get("sign-in-unverified"),
            Refusal::Unknown => t.get("sign-in-unknown"),
            Refusal::Left => t.get("sign-in-left"),
        }
    }

    /// Where the link to the provider leads.
    fn provider_url(&self) -> String {
        let next = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", &self.next).finish();
        format!("/sign-in/oidc?{next}")
    }

    /// One for each part there is to see.
    fn parts(&self) -> Vec<&DemoChoice> {
        self.demo.iter().filter(|one| one.part.is_some()).collect()
    }

    fn others(&self) -> Vec<&DemoChoice> {
        self.demo.iter().filter(|one| one.part.is_none()).collect()
    }

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
    pub part: Option<Part>,
}

impl DemoChoice {
    /// What there is to see as this person.
    fn sees(&self, t: &Text) -> Option<Cow<'static, str>> {
        Some(match self.part? {
            Part::Learner => t.get("demo-sees-learner"),
            Part::Mentor => t.get("demo-sees-mentor"),
            Part::Assessor => t.get("demo-sees-assessor"),
            Part::Manager => t.get("demo-sees-manager"),
            Part::Owner => t.get("demo-sees-owner"),
            Part::Committee => t.get("demo-sees-committee"),
            Part::Auditor => t.get("demo-sees-auditor"),
            Part::Administrator => t.get("demo-sees-administrator"),
        })
    }

    /// “Assessor, mentor”; a learner is whoever is nothing else.
    fn roles(&self, t: &Text) -> String {
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
        DemoChoice { id: one.person.id, name: one.person.name, roles: one.roles, manages: one.manages, part: one.part }
    }
}
