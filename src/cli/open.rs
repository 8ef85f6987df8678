//! Opens a deployment for a command: database, vault, clock, randomness.

use super::{
    Failure, ask,
    config::{Settings, variable},
};
use crate::{
    actions::App,
    outside::{
        clock::Clock,
        depot::Depot,
        fetch::{Fetcher, Network},
        random::Random,
        vault::{Protection, Vault},
    },
    store::{Db, db::sqlite_path},
};
use std::path::Path;

/// Whether the command signs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unlock {
    /// The keys stay closed.
    No,
    /// The passphrase is asked for where there is none in the environment.
    Yes,
    /// Opened when it takes no question.
    IfGiven,
}

/// The deployment of this configuration; its database must be there.
pub(super) async fn open(settings: &Settings, unlock: Unlock) -> Result<App, Failure> {
    if let Some(path) = sqlite_path(&settings.database)
        && !path.exists()
    {
        return Err(Failure::Refused(format!("there is no database at {}; run `laurel init` first", path.display())));
    }
    let protection = match unlock {
        Unlock::No => None,
        Unlock::Yes => Some(protection(settings.key_file.as_deref())?),
        Unlock::IfGiven => given(settings.key_file.as_deref())?,
    };
    let db = database(&settings.database).await?;
    Ok(App {
        db,
        vault: Vault::folder(&settings.keys, protection, false),
        depot: Depot::folder(&settings.evidence),
        clock: Clock::System,
        random: Random::System,
        fetcher: Fetcher::new(settings.lookups.clone(), Network::System),
        mailer: settings.mailer()?,
        config: settings.config(false),
    })
}

pub(super) async fn database(url: &str) -> Result<Db, Failure> {
    Db::open(url).await.map_err(|why| Failure::Refused(why.to_string()))
}

/// What opens the keys: the key file, or the passphrase, asked for at the terminal when it isn't given.
pub(super) fn protection(key_file: Option<&Path>) -> Result<Protection, Failure> {
    if let Some(protection) = given(key_file)? {
        return Ok(protection);
    }
    ask::secret("Passphrase of the keys: ").map(Protection::passphrase).ok_or_else(|| {
        Failure::Refused(
            "the keys are encrypted; give their passphrase in LAUREL_KEY_PASSPHRASE or their key file in LAUREL_KEY_FILE"
                .to_owned(),
        )
    })
}

fn given(key_file: Option<&Path>) -> Result<Option<Protection>, Failure> {
    match (key_file, variable("LAUREL_KEY_PASSPHRASE")) {
        (Some(path), _) => Protection::key_file(path).map(Some).map_err(|why| Failure::Refused(why.to_string())),
        (None, Some(text)) => Ok(Some(Protection::passphrase(text))),
        (None, None) => Ok(None),
    }
}
