//! Asks for a newer version of a badge that was verified: once, at the address that the badge itself names, and only when whoever asked
//! allowed it. The answer is verified by itself and may not lead on to a further one.

use super::{
    ActionError, App,
    lookup::LookUps,
    verify::{Verification, verify, verify_alone},
};
use crate::{
    credential::verify::{Found, Need, Offer, Refresh, not_refreshed, refresh_offer, refreshed},
    outside::fetch::Fetcher,
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// What came of asking for a newer version.
#[derive(Serialize, Clone, Debug, PartialEq, ToSchema)]
pub struct Refreshed {
    #[serde(flatten)]
    pub refresh: Refresh,
    /// The newer version with a verdict of its own; there only with `refresh_newer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    pub newer: Option<Box<Verification>>,
}

/// Asks for the newer version of what was verified, and notes it there. Every look-up is named with the others.
pub async fn refresh(app: &App, verified: &mut Verification, email: Option<&str>) -> Result<(), ActionError> {
    let answer = match ask(&app.fetcher, app.clock.now(), verified).await {
        Ok(bytes) => Ok(verify(app, &bytes, email).await?),
        Err(refresh) => Err(refresh),
    };
    settle(verified, answer);
    Ok(())
}

/// The same where there is no record.
pub async fn refresh_alone(
    fetcher: &Fetcher,
    verified: &mut Verification,
    email: Option<&str>,
    now: Timestamp,
) -> Result<(), ActionError> {
    let answer = match ask(fetcher, now, verified).await {
        Ok(bytes) => Ok(verify_alone(fetcher, &bytes, email, now).await?.verification),
        Err(refresh) => Err(refresh),
    };
    settle(verified, answer);
    Ok(())
}

/// The bytes of the answer, or what came of it without one.
async fn ask(fetcher: &Fetcher, now: Timestamp, verified: &mut Verification) -> Result<Vec<u8>, Refresh> {
    let address = match refresh_offer(&verified.report) {
        Offer::At(address) => address,
        Offer::Nowhere(refresh) => return Err(refresh),
    };
    let mut look_ups = LookUps::new(fetcher, now);
    let found = look_ups.look_up(&Need::Json(address)).await;
    verified.fetched.append(&mut look_ups.done);
    match found {
        Found::Document(bytes, _) => Ok(bytes),
        Found::Unavailable(why) => Err(not_refreshed(&why)),
    }
}

fn settle(verified: &mut Verification, answer: Result<Verification, Refresh>) {
    let (refresh, answer) = match answer {
        Ok(answer) => (refreshed(&verified.report, &answer.report), Some(answer)),
        Err(refresh) => (refresh, None),
    };
    let newer = match answer {
        Some(answer) if refresh.code == "refresh_newer" => Some(Box::new(answer)),
        Some(mut other) => {
            verified.fetched.append(&mut other.fetched);
            None
        }
        None => None,
    };
    verified.refreshed = Some(Refreshed { refresh, newer });
}
