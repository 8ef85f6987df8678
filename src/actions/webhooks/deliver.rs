//! Sends what is due. Every endpoint has a line of its own, so that one that answers slowly holds up no other and no letter; a line
//! pauses at the first failure.
//!
//! At least once: a message whose sender died comes again after its lease, under the same id. 2xx is success, 410 switches the endpoint
//! off, and so does a message that is given up when nothing was taken for three days.

use super::{announce::expire, settle::put_off};
use crate::{
    actions::{ActionError, App},
    domain::{
        webhook::{Attempt, Delivery, Endpoint, KEPT, OffWhy, PATIENCE, wait_after},
        webhook_signature::sign,
    },
    store::{webhook_deliveries, webhooks},
};
use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use std::{sync::Arc, time::Instant};
use tokio::task::JoinSet;
use zeroize::Zeroizing;

/// One that is not done by then is due again: twice as long as an exchange takes at most.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// Messages that a line sends before the others are looked at again.
const A_TURN: usize = 200;
/// The longest that a server may ask us to wait.
const LONGEST_WAIT: u64 = 24 * 3_600;
/// Characters of an answer that are kept.
const ANSWER: usize = 500;
/// How the record names what comes by itself.
const BY: &str = "laurel";

/// Sends what is due, after writing what became due with time and removing what is old; how many arrived.
pub async fn deliver_due(app: &Arc<App>) -> Result<usize, ActionError> {
    sweep(app).await?;
    while expire(app).await? {}
    let mut lines = JoinSet::new();
    let mut conn = app.db.read().await?;
    for endpoint in webhooks::all(&mut conn).await?.into_iter().filter(|endpoint| endpoint.off.is_none()) {
        if webhook_deliveries::is_due(&mut conn, &endpoint.id, app.clock.now()).await? {
            let app = Arc::clone(app);
            lines.spawn(async move { line(&app, &endpoint).await });
        }
    }
    drop(conn);
    let mut arrived = 0;
    while let Some(done) = lines.join_next().await {
        arrived += done.map_err(ActionError::internal)??;
    }
    Ok(arrived)
}

async fn sweep(app: &App) -> Result<(), ActionError> {
    let old = app.clock.now() - KEPT;
    if !webhook_deliveries::has_older(&mut app.db.read().await?, old).await? {
        return Ok(());
    }
    let mut conn = app.db.write().await?;
    webhook_deliveries::remove_older(&mut conn, old).await?;
    Ok(conn.commit().await?)
}

/// Sends what one endpoint has due, one after the other; how many it took.
async fn line(app: &App, endpoint: &Endpoint) -> Result<usize, ActionError> {
    let open = Open::of(app, endpoint)?;
    let mut arrived = 0;
    while arrived < A_TURN {
        let mut conn = app.db.write().await?;
        let claimed = webhook_deliveries::claim(&mut conn, &endpoint.id, app.clock.now(), LEASE).await?;
        conn.commit().await?;
        let Some(delivery) = claimed else { break };
        let (attempt, retry_after) = open.send(app, &delivery).await?;
        let took = attempt.succeeded();
        note(app, endpoint, &delivery, attempt, retry_after).await?;
        if !took {
            break;
        }
        arrived += 1;
    }
    Ok(arrived)
}

/// What is sealed of an endpoint, opened.
struct Open {
    url: Zeroizing<String>,
    secrets: Vec<Zeroizing<String>>,
}

impl Open {
    fn of(app: &App, endpoint: &Endpoint) -> Result<Self, ActionError> {
        let now = app.clock.now();
        let old = endpoint.old_secret.iter().filter(|(_, until)| now < *until).map(|(secret, _)| secret);
        let secrets = endpoint.secret.iter().chain(old).map(|sealed| app.vault.unseal(sealed));
        Ok(Open { url: app.vault.unseal(&endpoint.address)?, secrets: secrets.collect::<Result<_, _>>()? })
    }

    /// One attempt, and after how many seconds the server wants the next.
    async fn send(&self, app: &App, delivery: &Delivery) -> Result<(Attempt, Option<u64>), ActionError> {
        let (at, begun) = (app.clock.now(), Instant::now());
        let mut headers = Vec::new();
        if !self.secrets.is_empty() {
            let secrets = self.secrets.iter().map(|secret| secret.as_str());
            let signature = sign(secrets, &delivery.id, at, &delivery.body)
                .ok_or_else(|| ActionError::internal(anyhow::anyhow!("a webhook's secret can't be read")))?;
            headers.push(("webhook-id", delivery.id.clone()));
            headers.push(("webhook-timestamp", at.as_second().to_string()));
            headers.push(("webhook-signature", signature));
        }
        let answered = app.fetcher.send(&self.url, &headers, &delivery.body, at).await;
        let millis = u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX);
        Ok(match answered {
            Ok(answered) => {
                let (status, answer) = (Some(answered.status), plain(&answered.body));
                (Attempt { at, millis, status, answer, why: None }, answered.retry_after)
            }
            Err(why) => {
                let why = Some(why.to_string());
                (Attempt { at, millis, status: None, answer: String::new(), why }, None)
            }
        })
    }
}

async fn note(
    app: &App,
    endpoint: &Endpoint,
    delivery: &Delivery,
    attempt: Attempt,
    retry_after: Option<u64>,
) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    if attempt.succeeded() {
        webhook_deliveries::attempted(&mut conn, &delivery.id, &attempt, None).await?;
        webhooks::took(&mut conn, &endpoint.id).await?;
    } else if attempt.status == Some(410) {
        webhook_deliveries::attempted(&mut conn, &delivery.id, &attempt, None).await?;
        put_off(app, &mut conn, BY, endpoint, OffWhy::Gone, now).await?;
    } else {
        let since = webhooks::failed(&mut conn, &endpoint.id, attempt.at).await?;
        let next_at = next_at(app, delivery.attempts, retry_after, now);
        webhook_deliveries::attempted(&mut conn, &delivery.id, &attempt, next_at).await?;
        let long = since.is_some_and(|since| now.duration_since(since) >= PATIENCE);
        if next_at.is_none() && long {
            put_off(app, &mut conn, BY, endpoint, OffWhy::Failing, now).await?;
        }
    }
    Ok(conn.commit().await?)
}

/// When it is tried again; never before the server wants it to be.
fn next_at(app: &App, attempts: u32, retry_after: Option<u64>, now: Timestamp) -> Option<Timestamp> {
    let wait = wait_after(attempts, app.random.with(|rng| rng.random_range(0.0..1.0)))?;
    let asked = retry_after.unwrap_or(0).min(LONGEST_WAIT);
    now.checked_add(wait.max(SignedDuration::from_secs(i64::try_from(asked).unwrap_or(0)))).ok()
}

/// How an answer begins, as a page can show it and a database keep it.
fn plain(answer: &str) -> String {
    let letters = answer.chars().map(|letter| if letter.is_control() && letter != '\n' { ' ' } else { letter });
    letters.take(ANSWER).collect()
}
