//! `laurel keys`: the signing keys.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{
        ActionError,
        keys::{self, Wanted},
    },
    credential::jose::Algorithm,
    domain::actor::Actor,
    outside::vault::Purpose,
    store::keys::KeyRow,
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Subcommand)]
pub(super) enum Keys {
    /// Make the first key of a purpose
    Generate {
        /// credential, panel or jwt
        #[arg(long, default_value = "credential")]
        purpose: String,
        /// For jwt: ES256 or RS256
        #[arg(long)]
        alg: Option<String>,
    },
    /// List every key there ever was
    List,
    /// Make a new key that takes over; what the old one signed still verifies
    Rotate {
        #[arg(long, default_value = "credential")]
        purpose: String,
        /// For jwt: ES256 or RS256; as before when not given
        #[arg(long)]
        alg: Option<String>,
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
            Keys::Generate { purpose, alg } => {
                let key = keys::generate(&app, actor, wanted(&purpose, alg.as_deref())?).await?;
                say(format!("Made {} ({})", key.fragment, key.public_multibase));
            }
            Keys::List => keys::list(&app, actor).await?.iter().for_each(|key| say(line(key))),
            Keys::Rotate { purpose, alg, compromised } => {
                let done = keys::rotate(&app, actor, wanted(&purpose, alg.as_deref())?, compromised).await?;
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

fn wanted(purpose: &str, alg: Option<&str>) -> Result<Wanted, Failure> {
    let purpose = Purpose::parse(purpose).map_err(|why| ActionError::invalid("--purpose", why))?;
    let algorithm = match alg {
        None => None,
        Some("ES256") => Some(Algorithm::Es256),
        Some("RS256") => Some(Algorithm::Rs256),
        Some(other) => {
            let why = format!("“{other}” is not an algorithm for badges; use ES256 or RS256");
            return Err(ActionError::invalid("--alg", why).into());
        }
    };
    Ok(Wanted { purpose, algorithm })
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
