//! The verbs: one file each, one write transaction each.
//!
//! An action first asks the table of rights, then checks every field, then writes; it answers an outcome or an `ActionError`.
//! The time is asked for once at its start. Nothing it did is seen before it is on disk.

pub mod audit;
pub mod awaiting;
pub mod award_view;
pub mod backpack;
pub mod bundle;
pub mod certificate_look;
mod clr;
pub mod committee;
pub mod config;
mod conflict;
pub mod conformance;
pub mod credential_status;
pub mod demo;
pub mod designer;
pub mod directory;
pub mod doctor;
pub mod documents;
pub mod drafts;
pub mod endorse;
pub mod erase;
pub mod error;
pub mod export_program;
pub mod frameworks;
pub mod given_badges;
pub mod import_directory;
pub mod import_program;
pub mod init;
pub mod issue;
pub mod issue_csv;
pub mod jwts;
pub mod keys;
pub mod letter_choices;
mod line;
pub mod lookup;
pub mod mail;
mod morning;
pub mod oauth;
pub mod oidc;
pub mod own_badges;
pub mod own_credentials;
pub mod own_profile;
pub mod panel;
pub mod passkeys;
pub mod path;
pub mod people;
pub mod platforms;
mod prepare;
pub mod present;
pub mod program_renewals;
pub mod ready;
pub mod record;
pub mod refresh;
pub mod renew;
pub mod renewals;
mod replay;
pub mod revoke;
pub mod roles;
pub mod sessions;
pub mod sign_credential;
pub mod sign_in_links;
pub mod status;
pub mod suspend;
pub mod takeout;
pub mod team;
pub mod teams;
pub mod tokens;
pub mod trust;
pub mod urls;
pub mod verify;
pub mod verify_credential;
pub mod verify_presentation;
pub mod versions;
pub mod vouching;
pub mod wallet;
pub mod webhooks;

pub use config::Config;
pub use conflict::Conflict;
pub use error::ActionError;

use crate::{
    domain::{
        actor::{Actor, Member, Right, may},
        issuer::Issuer,
    },
    outside::{clock::Clock, depot::Depot, fetch::Fetcher, mailer::Mailer, random::Random, vault::Vault},
    store::{Conn, Db, issuers},
};

/// Everything an action works with.
pub struct App {
    pub db: Db,
    pub vault: Vault,
    /// Where the bytes of evidence lie.
    pub depot: Depot,
    pub clock: Clock,
    pub random: Random,
    /// Looks up documents of others.
    pub fetcher: Fetcher,
    pub mailer: Mailer,
    pub config: Config,
}

impl App {
    pub fn urls(&self) -> urls::Urls<'_> {
        urls::Urls(&self.config.base_url)
    }
}

/// The issuer of this deployment.
pub async fn issuer(conn: &mut Conn) -> Result<Issuer, ActionError> {
    issuers::only(conn).await?.ok_or_else(|| ActionError::refused("there is no issuer yet; run `laurel init` first"))
}

/// Whoever is signed in and may do this: what is a person's own, no token and no operator does for them.
fn member(actor: &Actor, right: Right) -> Result<&Member, ActionError> {
    require(actor, right)?;
    match actor {
        Actor::Person(member) => Ok(member),
        _ => Err(ActionError::refused("only someone who is signed in does this, for themselves")),
    }
}

/// Refuses whoever may not do this.
fn require(actor: &Actor, right: Right) -> Result<(), ActionError> {
    if may(actor, right) {
        return Ok(());
    }
    Err(match actor {
        Actor::Anyone | Actor::Tester => ActionError::Unauthenticated,
        _ => ActionError::Forbidden { right },
    })
}
