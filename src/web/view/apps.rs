//! Apps of others: one that asks to be let in, and those that were.

use std::borrow::Cow;

use askama::Template;
use jiff::Timestamp;

use super::Site;
use crate::actions::oauth::Asked;
use crate::domain::oauth::{AppScope, host};
use crate::store::oauth::Connected;
use crate::web::text::Text;

/// What is asked of whoever is signed in.
#[derive(Template)]
#[template(path = "consent.html")]
pub struct ConsentPage {
    pub site: Site,
    pub person: String,
    /// What it calls itself.
    pub app: String,
    /// Where it leads back to: all that is known of it for sure.
    pub host: String,
    pub website: Option<String>,
    pub policy: Option<String>,
    pub terms: Option<String>,
    pub may: Vec<Permission>,
    /// Whether it goes on when its first hour is over.
    pub lasts: bool,
    /// The request, to be sent again with the answer.
    pub request: Vec<(String, String)>,
}

impl ConsentPage {
    pub fn of(site: Site, person: String, asked: Asked, request: Vec<(String, String)>) -> Self {
        let Asked { client, redirect_uri, scopes, .. } = asked;
        ConsentPage {
            site,
            person,
            app: client.metadata.name(),
            host: host(&redirect_uri).unwrap_or(redirect_uri),
            lasts: client.metadata.refreshes(),
            website: client.metadata.client_uri,
            policy: client.metadata.policy_uri,
            terms: client.metadata.tos_uri,
            may: permissions(&scopes),
            // Nothing else that stood in the address: it could answer for the person.
            request: request.into_iter().filter(|(name, _)| REQUEST.contains(&name.as_str())).collect(),
        }
    }
}

const REQUEST: [&str; 7] =
    ["response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"];

/// One thing that an app may do, in plain words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    ReadCredentials,
    UpsertCredentials,
    ReadProfile,
    UpdateProfile,
}

impl Permission {
    fn title(self, t: &Text) -> Cow<'static, str> {
        match self {
            Permission::ReadCredentials => t.get("app-reads-badges"),
            Permission::UpsertCredentials => t.get("app-puts-badges"),
            Permission::ReadProfile => t.get("app-reads-profile"),
            Permission::UpdateProfile => t.get("app-changes-profile"),
        }
    }

    fn meaning(self, t: &Text) -> Cow<'static, str> {
        match self {
            Permission::ReadCredentials => t.get("app-reads-badges-means"),
            Permission::UpsertCredentials => t.get("app-puts-badges-means"),
            Permission::ReadProfile => t.get("app-reads-profile-means"),
            Permission::UpdateProfile => t.get("app-changes-profile-means"),
        }
    }
}

fn permissions(scopes: &[AppScope]) -> Vec<Permission> {
    let of = |scope: &AppScope| match scope {
        AppScope::ReadCredentials => Some(Permission::ReadCredentials),
        AppScope::UpsertCredentials => Some(Permission::UpsertCredentials),
        AppScope::ReadProfile => Some(Permission::ReadProfile),
        AppScope::UpdateProfile => Some(Permission::UpdateProfile),
        AppScope::Offline => None,
    };
    scopes.iter().filter_map(of).collect()
}

/// An app that nobody is led on to.
#[derive(Template)]
#[template(path = "no_consent.html")]
pub struct NoConsentPage {
    pub site: Site,
    /// Else it is known, and wants to lead to an address that it did not register.
    pub unknown_app: bool,
}

#[derive(Template)]
#[template(path = "apps.html")]
pub struct AppsPage {
    pub site: Site,
    /// The newest first.
    pub apps: Vec<AppRow>,
}

pub struct AppRow {
    pub id: String,
    pub name: String,
    pub host: String,
    pub may: Vec<Permission>,
    pub since: Timestamp,
    pub used: Option<Timestamp>,
}

impl AppRow {
    fn what(&self, t: &Text) -> String {
        self.may.iter().map(|one| one.title(t)).collect::<Vec<_>>().join(" · ")
    }
}

impl From<Connected> for AppRow {
    fn from(Connected { grant, client }: Connected) -> Self {
        let host = client.metadata.redirect_uris.first().and_then(|uri| host(uri));
        AppRow {
            id: grant.id,
            name: client.metadata.name(),
            host: host.unwrap_or_default(),
            may: permissions(&grant.scopes),
            since: grant.created_at,
            used: grant.last_used_at,
        }
    }
}
