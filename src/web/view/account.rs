//! One's own account.

use askama::Template;

use super::{Site, role, signed_in::role_in};
use crate::domain::actor::Role;
use crate::domain::passkey::Passkey;
use crate::domain::recipient::Person;
use crate::domain::session::{Method, Session};
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    pub site: Site,
    pub person: Person,
    pub roles: Vec<HeldRole>,
    pub manages: bool,
    /// Whether any badge of theirs stands.
    pub holds: bool,
    /// The oldest first.
    pub passkeys: Vec<Passkey>,
    pub more_passkeys: MorePasskeys,
    /// The last seen first.
    pub sessions: Vec<SessionRow>,
}

/// Whether someone may add a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MorePasskeys {
    No,
    AfterSigningInAgain,
    Now,
}

impl AccountPage {
    fn may_have_passkeys(&self) -> bool {
        self.more_passkeys != MorePasskeys::No
    }

    fn may_add_now(&self) -> bool {
        self.more_passkeys == MorePasskeys::Now
    }
}

pub struct HeldRole {
    pub role: Role,
    /// Its name; none where the role is held in every program.
    pub program: Option<String>,
}

impl HeldRole {
    fn name(&self, t: &Text) -> String {
        role(self.role, t)
    }

    fn place(&self, t: &Text) -> String {
        role_in(self.role, self.program.as_deref(), t)
    }
}

pub struct SessionRow {
    pub session: Session,
    /// The one that this page is read in.
    pub here: bool,
}

impl SessionRow {
    /// “Firefox on Linux”, as far as the browser says so.
    pub(super) fn device(&self, t: &Text) -> String {
        let named = |known: &[(&str, &'static str)]| {
            known.iter().find(|(part, _)| self.session.user_agent.contains(part)).map(|(_, name)| *name)
        };
        match (named(&BROWSERS), named(&SYSTEMS)) {
            (Some(browser), Some(system)) => {
                t.with2("session-device", "browser", browser, "system", system).into_owned()
            }
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => t.get("session-device-unknown").into_owned(),
        }
    }

    pub(super) fn method(&self, t: &Text) -> String {
        signed_in_by(self.session.method, t)
    }
}

/// How someone signed in, in the reader's language.
pub(super) fn signed_in_by(method: Method, t: &Text) -> String {
    let words = match method {
        Method::Oidc => t.get("session-by-oidc"),
        Method::Link => t.get("session-by-link"),
        Method::Passkey => t.get("session-by-passkey"),
        Method::Demo => t.get("session-by-demo"),
    };
    words.into_owned()
}

/// Each calls itself by its forerunners too, so the more particular comes first.
const BROWSERS: [(&str, &str); 5] =
    [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];
