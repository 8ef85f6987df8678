//! What is written once a day, after six in the morning of the issuer's time zone: batch by batch, each in a transaction of its own. The day is noted
//! once there is nothing left, so it is begun again as often as it must.

use super::{ActionError, App, issuer};
use crate::store::{Conn, issuers, settings};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// How many are written to in one transaction.
pub(super) const AT_ONCE: u32 = 50;
/// How many transactions one run makes; the rest follows at once.
const MOST_BATCHES: usize = 20;
const MORNING: SignedDuration = SignedDuration::from_hours(6);

/// When a batch is written, and where it is a day.
pub(super) struct Desk<'a> {
    pub app: &'a App,
    pub zone: TimeZone,
    pub now: Timestamp,
}

impl Desk<'_> {
    /// The day that is being worked off: it begins at six.
    pub fn today(&self) -> Date {
        today(self.now, &self.zone)
    }
}

/// Whether today's are still to be written; `done` is the setting that holds the last day on which all were.
pub(super) async fn wanted(app: &App, done: &str) -> Result<bool, ActionError> {
    let mut conn = app.db.read().await?;
    // Before `laurel init` there is nobody to write to.
    let Some(issuer) = issuers::only(&mut conn).await? else { return Ok(false) };
    let today = today(app.clock.now(), &issuer.zone()).to_string();
    Ok(settings::get(&mut conn, done).await? != Some(today))
}

/// Writes today's by `batch`, which says how many it wrote, until there are none left; how many in all.
pub(super) async fn work(
    app: &App,
    done: &str,
    batch: impl AsyncFn(&mut Conn, &Desk<'_>) -> Result<usize, ActionError>,
) -> Result<usize, ActionError> {
    let mut written = 0;
    for _ in 0..MOST_BATCHES {
        let mut conn = app.db.write().await?;
        let zone = issuer(&mut conn).await?.zone();
        let desk = Desk { app, zone, now: app.clock.now() };
        let some = batch(&mut conn, &desk).await?;
        if some == 0 {
            settings::set(&mut conn, done, &desk.today().to_string()).await?;
        }
        conn.commit().await?;
        written += some;
        if some == 0 {
            break;
        }
    }
    Ok(written)
}

fn today(now: Timestamp, zone: &TimeZone) -> Date {
    day_of(now - MORNING, zone)
}

pub(super) fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned_datetime(zone.clone()).date()
}
