//! `laurel token`: API tokens.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{ActionError, tokens},
    domain::{
        actor::{Actor, Scope},
        field::Faults,
    },
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Subcommand)]
pub(super) enum Token {
    /// Make a token; it is shown once
    Create {
        /// What it is for
        #[arg(long)]
        name: String,
        /// issue, revoke, read, trust, provision or webhooks; may be given several times
        #[arg(long = "scope", value_name = "SCOPE", required = true)]
        scopes: Vec<String>,
    },
    /// List every token there ever was, without its secret
    List,
    /// From now on it opens nothing
    Revoke {
        /// As `laurel token list` shows it
        id: String,
    },
}

impl Token {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        let actor = &Actor::Operator;
        match self {
            Token::Create { name, scopes } => {
                let mut faults = Faults::default();
                let scopes: Vec<Scope> =
                    scopes.iter().filter_map(|text| faults.take("--scope", Scope::parse(text))).collect();
                let scopes = faults.or(scopes).map_err(ActionError::Invalid)?;
                let created = tokens::create(&app, actor, &name, &scopes).await?;
                say(created.secret);
                super::complain("this token is shown once; only its hash is kept");
            }
            Token::List => {
                for token in tokens::list(&app, actor).await? {
                    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
                    let state = match (token.revoked_at, token.last_used_at) {
                        (Some(at), _) => format!("revoked {at:.0}"),
                        (None, Some(at)) => format!("last used {at:.0}"),
                        (None, None) => "never used".to_owned(),
                    };
                    say(format!(
                        "{}  {}  {}  made {:.0}, {state}",
                        token.id,
                        token.name,
                        scopes.join(" "),
                        token.created_at
                    ));
                }
            }
            Token::Revoke { id } => {
                tokens::revoke(&app, actor, &id).await?;
                say(format!("Revoked {id}"));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
