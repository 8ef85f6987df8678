//! `laurel role`: who may do what beyond a learner.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{ActionError, roles},
    domain::actor::{self, Actor, Grant},
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Subcommand)]
pub(super) enum Role {
    /// Give someone a role
    Grant(Said),
    /// Take a role away
    Revoke(Said),
    /// List everyone's roles, or one person's
    List {
        /// E-mail address
        email: Option<String>,
    },
}

#[derive(clap::Args)]
pub(super) struct Said {
    /// E-mail address
    email: String,
    /// assessor, mentor, owner, committee, auditor or administrator
    role: String,
    /// In this program only; in all when absent
    #[arg(long, value_name = "ID")]
    program: Option<String>,
    /// Why; stands in the record
    #[arg(long, default_value = "")]
    reason: String,
}

impl Role {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        let actor = &Actor::Operator;
        match self {
            Role::Grant(said) => {
                let grant = said.grant()?;
                roles::grant(&app, actor, &said.email, &grant, &said.reason).await?;
                say(format!("{} is now {}", said.email, in_words(&grant)));
            }
            Role::Revoke(said) => {
                let grant = said.grant()?;
                roles::revoke(&app, actor, &said.email, &grant, &said.reason).await?;
                say(format!("{} is no longer {}", said.email, in_words(&grant)));
            }
            Role::List { email } => {
                for (granted, email) in roles::list(&app, actor, email.as_deref()).await? {
                    say(format!("{email}  {}  since {:.0}, by {}", in_words(&granted.grant), granted.at, granted.by));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Said {
    fn grant(&self) -> Result<Grant, ActionError> {
        let role = actor::Role::parse(&self.role).map_err(|why| ActionError::invalid("ROLE", why))?;
        Ok(Grant { role, program: self.program.clone() })
    }
}

/// `owner in software-craft`, `auditor in all programs`.
pub(super) fn in_words(grant: &Grant) -> String {
    let place = grant.program.as_deref().map_or_else(|| "all programs".to_owned(), str::to_owned);
    format!("{} in {place}", grant.role.as_str())
}
