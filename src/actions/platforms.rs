//! Someone's badges of another platform, copied into their backpack by the Open Badges API (decision 0061).
//!
//! They allow it there, for once: the token is used at once and forgotten, and nothing of it is written down. What waits for them to come back
//! is kept in memory by the caller, for ten minutes.

use super::{
    ActionError, App,
    backpack::{self, BackpackError, BackpackFault, Came, Given, Taken},
    issuer, require,
};
use crate::{
    domain::{
        actor::{Actor, Right},
        backpack::CameBy,
    },
    outside::{
        platform::{Platform, PlatformError, Registered},
        random,
    },
};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// How long someone may take there.
pub const TAKES: SignedDuration = SignedDuration::from_mins(10);
/// How often a badge is tried again when too much is judged at once, and how long it waits for that.
const PATIENCE: usize = 5;
const WAIT: Duration = Duration::from_millis(500);
/// Where platforms send people back to.
pub const BACK: &str = "/me/platforms/back";

/// What waits for someone to come back.
#[derive(Clone, Debug)]
pub struct Pending {
    platform: Platform,
    registered: Registered,
    verifier: String,
    until: Timestamp,
}

pub struct Begun {
    pub platform: Platform,
    /// By which it is known again.
    pub state: String,
    /// Where the person allows it.
    pub leads_to: String,
    pub pending: Pending,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brought {
    pub platform: String,
    pub new: usize,
    /// Another copy, or byte for byte the same.
    pub known: usize,
    /// Why the others were not taken, each reason once.
    pub refused: Vec<BackpackFault>,
}

#[derive(Debug, thiserror::Error)]
pub enum PlatformsError {
    #[error(transparent)]
    Platform(#[from] PlatformError),
    #[error("it took longer than ten minutes")]
    Late,
    #[error(transparent)]
    Failed(#[from] ActionError),
}

/// Finds the platform and registers there.
pub async fn begin(app: &App, actor: &Actor, address: &str) -> Result<Begun, PlatformsError> {
    require(actor, Right::SignedIn)?;
    let now = app.clock.now();
    let organisation = issuer(&mut app.db.read().await.map_err(ActionError::from)?).await?.name;
    let platform = Platform::find(&app.fetcher, address, now).await?;
    let redirect = app.urls().at(BACK);
    let base_url = &app.config.base_url;
    let registered = platform.register(&app.fetcher, &organisation, base_url, &redirect, now).await?;
    let (state, verifier) = (random::secret(), random::secret());
    let leads_to = platform.leads_to(&registered, &redirect, &state, &verifier);
    let pending = Pending { platform: platform.clone(), registered, verifier, until: now + TAKES };
    Ok(Begun { platform, state, leads_to, pending })
}

/// They came back with a code: their badges of there into their backpack.
pub async fn finish(app: &App, actor: &Actor, pending: &Pending, code: &str) -> Result<Brought, PlatformsError> {
    require(actor, Right::SignedIn)?;
    let now = app.clock.now();
    if now >= pending.until {
        return Err(PlatformsError::Late);
    }
    let Pending { platform, registered, verifier, .. } = pending;
    let redirect = app.urls().at(BACK);
    let token = platform.exchange(&app.fetcher, registered, (code, &redirect, verifier), now).await?;
    let mut brought = Brought { platform: platform.name.clone(), ..Brought::default() };
    for document in platform.credentials(&app.fetcher, &token, now).await? {
        let from = Some(platform.name.clone());
        let given = Given { bytes: document.as_bytes(), name: None, by: CameBy::Platform, from };
        match taken(app, actor, given).await {
            Ok(taken) if taken.came == Came::Added => brought.new += 1,
            Ok(_) => brought.known += 1,
            Err(BackpackError::Refused(fault)) => {
                if !brought.refused.contains(&fault) {
                    brought.refused.push(fault);
                }
            }
            Err(BackpackError::Failed(why)) => return Err(why.into()),
        }
    }
    Ok(brought)
}

/// One badge of many: where too much is judged at this moment, it waits a little before the whole copy fails.
async fn taken(app: &App, actor: &Actor, given: Given<'_>) -> Result<Taken, BackpackError> {
    for _ in 0..PATIENCE {
        match backpack::take(app, actor, given.clone()).await {
            Err(BackpackError::Failed(ActionError::Busy)) => tokio::time::sleep(WAIT).await,
            done => return done,
        }
    }
    backpack::take(app, actor, given).await
}
