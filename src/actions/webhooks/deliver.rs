//! Sends what is due. Every endpoint has a line of its own, and all go side by side: what fails in one stops no other, and one that answers
//! slowly holds the others up by a turn at most. A line pauses at the first failure.
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
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;
use zeroize::Zeroizing;

/// One that is not done by then is due again: twice as long as an exchange takes at most.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// What a line sends before all are looked at again, and after how long it begins nothing more.
const A_TURN: usize = 200;
const TURN: Duration = Duration::from_secs(5);
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
            lines.spawn(async move { line(&app, &endpoint).await.map_err(|why| (endpoint.id, why)) });
        }
    }
    drop(conn);
    let mut arrived = 0;
    while let Some(done) = lines.join_next().await {
        match done.map_err(ActionError::internal)? {
            Ok(took) => arrived += took,
            Err((endpoint, why)) => tracing::error!("messages to webhook {endpoint} could not be sent: {why}"),
        }
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
    let (begun, mut arrived) = (Instant::now(), 0);
    while arrived < A_TURN && begun.elapsed() < TURN {
        let mut conn = app.db.write().await?;
        let claimed = webhook_deliveries::claim(&mut conn, &endpoint.id, app.clock.now(), LEASE).await?;
        conn.commit().await?;
        let Some(delivery) = claimed else { break };
        let (attempt, retry_after) = attempt(app, endpoint, &delivery).await;
        let took = attempt.succeeded();
        note(app, endpoint, &delivery, attempt, retry_after).await?;
        if !took {
            break;
        }
        arrived += 1;
    }
    Ok(arrived)
}

/// One attempt, and after how many seconds the server wants the next. What can't be unsealed is one that failed, and is seen as that.
async fn attempt(app: &App, endpoint: &Endpoint, delivery: &Delivery) -> (Attempt, Option<u64>) {
    let (at, begun) = (app.clock.now(), Instant::now());
    let answered = match opened(app, endpoint, delivery, at) {
        Ok((url, headers)) => app.fetcher.send(&url, &headers, &delivery.body, at).await.map_err(|why| why.to_string()),
        Err(why) => Err(why.to_string()),
    };
    let millis = u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX);
    match answered {
        Ok(answered) => {
            let (status, answer) = (Some(answered.status), plain(&answered.body));
            (Attempt { at, millis, status, answer, why: None }, answered.retry_after)
        }
        Err(why) => (Attempt { at, millis, status: None, answer: String::new(), why: Some(why) }, None),
    }
}

type Opened = (Zeroizing<String>, Vec<(&'static str, String)>);

/// Its address and what is signed of the message, out of what is sealed.
fn opened(app: &App, endpoint: &Endpoint, delivery: &Delivery, at: Timestamp) -> Result<Opened, ActionError> {
    let url = app.vault.unseal(&endpoint.address)?;
    let old = endpoint.old_secret.iter().filter(|(_, until)| at < *until).map(|(secret, _)| secret);
    let sealed = endpoint.secret.iter().chain(old);
    let secrets: Vec<_> = sealed.map(|sealed| app.vault.unseal(sealed)).collect::<Result<_, _>>()?;
    if secrets.is_empty() {
        return Ok((url, Vec::new()));
    }
    let signature = sign(secrets.iter().map(|secret| secret.as_str()), &delivery.id, at, &delivery.body)
        .ok_or_else(|| ActionError::refused("its secret can't be read; make a new one"))?;
    let headers = vec![
        ("webhook-id", delivery.id.clone()),
        ("webhook-timestamp", at.as_second().to_string()),
        ("webhook-signature", signature),
    ];
    Ok((url, headers))
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
