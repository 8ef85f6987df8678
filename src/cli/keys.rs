//! `laurel keys`: the signing keys.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{ActionError, keys},
    domain::actor::Actor,
    outside::vault::Purpose,
    store::keys::KeyRow,
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Subcommand)]
pub(super) enum Keys {
    /// Make the first key of a purpose
    Generate {
        /// credential or panel
        #[arg(long, default_value = "credential")]
        purpose: String,
    },
    /// List every key there ever was
    List,
    /// Make a new key that takes over; what the old one signed still verifies
    Rotate {
        #[arg(long, default_value = "credential")]
        purpose: String,
        /// The old key may be in other hands: what it signed no longer verifies
        #[arg(long)]
        compromised: bool,
    },
    /// End a key without a new one
    Retire {
        /// key-…, as `laurel keys list` shows it
        key: String,
        #[arg(long)]
        compromised: bool,
    },
}

impl Keys {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let unlock = match self {
            Keys::Generate { .. } | Keys::Rotate { .. } => Unlock::Yes,
            Keys::List | Keys::Retire { .. } => Unlock::No,
        };
        let app = open(&Settings::load(config)?, unlock).await?;
        let actor = &Actor::Operator;
        match self {
            Keys::Generate { purpose } => {
                let key = keys::generate(&app, actor, parsed(&purpose)?).await?;
                say(format!("Made {} ({})", key.fragment, key.public_multibase));
            }
            Keys::List => keys::list(&app, actor).await?.iter().for_each(|key| say(line(key))),
            Keys::Rotate { purpose, compromised } => {
                let done = keys::rotate(&app, actor, parsed(&purpose)?, compromised).await?;
                say(format!(
                    "{} signs from now on; {} is {}",
                    done.new.fragment,
                    done.old.fragment,
                    done.old.state.as_str()
                ));
                say(format!("{} status lists were signed anew; back up the keys folder now", done.lists));
            }
            Keys::Retire { key, compromised } => {
                let row = keys::retire(&app, actor, &key, compromised).await?;
                say(format!("{} is {}", row.fragment, row.state.as_str()));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn parsed(purpose: &str) -> Result<Purpose, Failure> {
    Purpose::parse(purpose).map_err(|why| ActionError::invalid("--purpose", why).into())
}

fn line(key: &KeyRow) -> String {
    let ended = key.retired_at.map(|at| format!(" since {at:.0}")).unwrap_or_default();
    let development = if key.development { " (development)" } else { "" };
    format!(
        "{}  {}  {}{ended}{development}  made {:.0}  {}",
        key.fragment,
        key.purpose,
        key.state.as_str(),
        key.created_at,
        key.public_multibase
    )
}
