//! The runner: looks at the table every few seconds, and puts down what has come due: old status lists and lacking JWT to sign,
//! reminders to write, mail to send, uploads to sweep.

use super::Job;
use crate::{
    actions::{
        ActionError, App, committee, erase, jwts, mail, panel::reminders, path::sweep, present, renewals, status,
        versions,
    },
    store::{jobs, mails},
};
use jiff::{SignedDuration, Timestamp};
use std::{sync::Arc, time::Duration};

const PAUSE: Duration = Duration::from_secs(5);
/// A claimed job that is not done by then is due again.
const LEASE_SECONDS: i64 = 300;
const AT_ONCE: u32 = 20;
const MOST_ATTEMPTS: i64 = 8;
/// Mails that get their jobs at once.
const MAILS: u32 = 100;

/// Runs for ever; the caller drops it to stop. What is half done then comes again after its lease.
pub async fn run(app: Arc<App>) {
    tokio::join!(work(Arc::clone(&app)), super::webhooks::run(app));
}

async fn work(app: Arc<App>) {
    loop {
        if let Err(why) = plan(&app).await {
            tracing::error!("what is to be done could not be looked for: {why}");
        }
        match run_due(&app).await {
            // There may be more.
            Ok(done) if done == AT_ONCE as usize => continue,
            Ok(_) => {}
            Err(why) => tracing::error!("jobs could not be run: {why}"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Runs what is due now; answers how many were done.
pub async fn run_due(app: &App) -> Result<usize, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let claimed = jobs::claim_due(&mut conn, now, LEASE_SECONDS, AT_ONCE).await?;
    conn.commit().await?;
    let mut done = 0;
    for job in claimed {
        let outcome = match serde_json::from_str::<Job>(&job.payload) {
            Ok(work) => work.work(app).await,
            Err(why) => Err(ActionError::internal(why)),
        };
        let mut conn = app.db.write().await?;
        match outcome {
            Ok(()) => {
                jobs::done(&mut conn, job.id).await?;
                done += 1;
            }
            Err(why) => {
                let retry = retry_at(now, job.attempts);
                match retry {
                    Some(at) => {
                        tracing::warn!("the job {} ({}) failed and is tried again at {at}: {why}", job.id, job.kind)
                    }
                    None => tracing::error!(
                        "the job {} ({}) failed {} times and is given up: {why}",
                        job.id,
                        job.kind,
                        job.attempts
                    ),
                }
                jobs::failed(&mut conn, job.id, &why.to_string(), retry).await?;
            }
        }
        conn.commit().await?;
    }
    Ok(done)
}

/// Puts down a job for each list that is older than a day, one when awards may lack their JWT, one when versions of levels turn, one
/// for the reminders of the day, one when a committee's time is up, one for each mail that waits, one when bytes of evidence can go, and one when what wallets showed can;
/// none that is waiting already.
pub async fn plan(app: &App) -> Result<(), ActionError> {
    for list in status::stale(app).await? {
        let mut conn = app.db.write().await?;
        Job::RefreshStatusList { list }.enqueue(&mut conn, app.clock.now()).await?;
        conn.commit().await?;
    }
    if jwts::wanted(app).await? {
        let mut conn = app.db.write().await?;
        Job::FillJwts {}.enqueue(&mut conn, app.clock.now()).await?;
        conn.commit().await?;
    }
    if versions::wanted(app).await? {
        let mut conn = app.db.write().await?;
        Job::TurnVersions {}.enqueue(&mut conn, app.clock.now()).await?;
        conn.commit().await?;
    }
    if renewals::wanted(app).await? || reminders::wanted(app).await? {
        let mut conn = app.db.write().await?;
        Job::Remind {}.enqueue(&mut conn, app.clock.now()).await?;
        conn.commit().await?;
    }
    if present::any_ended(app).await? {
        let mut conn = app.db.write().await?;
        Job::ForgetShown {}.enqueue(&mut conn, app.clock.now()).await?;
        conn.commit().await?;
    }
    if committee::close::wanted(app).await? {
        let mut conn = app.db.write().await?;
        Job::CloseProposals {}.enqueue(&mut conn, app.clock.now()).await?;
        conn.commit().await?;
    }
    let waiting = mail::waiting(app, MAILS).await?;
    if !waiting.is_empty() {
        let mut conn = app.db.write().await?;
        for mail in waiting {
            let job = Job::SendMail { mail: mail.clone() }.put_down(&mut conn, app.clock.now()).await?;
            if !mails::give_to(&mut conn, &mail, job).await? {
                // Another runner was quicker; what is left comes the next time.
                return Ok(());
            }
        }
        conn.commit().await?;
    }
    if erase::is_unscrubbed(app).await? {
        let mut conn = app.db.write().await?;
        Job::Scrub {}.enqueue(&mut conn, app.clock.now()).await?;
        conn.commit().await?;
    }
    if sweep::is_due(app).await? {
        let mut conn = app.db.write().await?;
        Job::SweepUploads {}.enqueue(&mut conn, app.clock.now()).await?;
        conn.commit().await?;
    }
    Ok(())
}

/// 30 seconds, then twice as long each time; none after the last attempt.
fn retry_at(now: Timestamp, attempts: i64) -> Option<Timestamp> {
    let exponent = u32::try_from(attempts).ok()?.saturating_sub(1);
    if attempts >= MOST_ATTEMPTS {
        return None;
    }
    now.checked_add(SignedDuration::from_secs(30 << exponent.min(10))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_job_waits_twice_as_long_each_time_and_is_given_up_at_last() {
        let wait = |attempts| retry_at(Timestamp::UNIX_EPOCH, attempts).map(Timestamp::as_second);
        assert_eq!(wait(1), Some(30));
        assert_eq!(wait(2), Some(60));
        assert_eq!(wait(7), Some(1_920));
        assert_eq!(wait(8), None);
    }
}
