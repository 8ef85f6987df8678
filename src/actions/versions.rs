//! Versions of levels in time: one begins when its day has come, those under way are told what it means for them, and when their time
//! to finish under an earlier one is over they go on under the current one, and are told again.
//!
//! Whoever enrols after they were told of a version is told when it begins. Work that is before a panel is judged to its end under
//! the version it was handed in under.

use super::{ActionError, App, issuer, mail};
use crate::{
    domain::{
        enrolment::{Aim, Enrolment},
        letter::Letter,
        level::LevelContent,
        progress::{Consequence, Fulfilment, Missing, Occasion, consequence},
    },
    store::{
        Conn, enrolments, events, fulfilments,
        levels::{self, LevelVersion},
        people, settings,
    },
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};
use std::collections::HashMap;

/// How the record names what comes by itself with time.
const BY: &str = "laurel";
/// On which day (UTC) it was last looked who is to be moved.
const LOOKED: &str = "versions_looked_on";

/// How much was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    pub started: usize,
    /// How many enrolments were told of a version, and how many were moved to one.
    pub told: usize,
    pub moved: usize,
}

/// Whether there is something to do: a version begins, is not told yet, or a day has passed.
pub async fn wanted(app: &App) -> Result<bool, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    Ok(levels::turning(&mut conn, now).await? || settings::get(&mut conn, LOOKED).await? != Some(day(now)))
}

/// Does it, a write for each version, so that no write is long.
pub async fn turn(app: &App) -> Result<Turned, ActionError> {
    let now = app.clock.now();
    let mut done = Turned::default();
    let mut conn = app.db.write().await?;
    let started = start_due(&mut conn, BY, now).await?;
    done.started = started.len();
    for (level_id, version) in &started {
        // Those whom the first telling could not reach.
        done.told += tell(app, &mut conn, level_id, *version, now, Reach::Since).await?;
    }
    conn.commit().await?;
    for (level_id, version) in levels::untold(&mut app.db.read().await?).await? {
        let mut conn = app.db.write().await?;
        done.told += tell(app, &mut conn, &level_id, version, now, Reach::All).await?;
        levels::told(&mut conn, &level_id, version, now).await?;
        conn.commit().await?;
    }
    let mut conn = app.db.write().await?;
    done.moved = move_all(app, &mut conn, now).await?;
    settings::set(&mut conn, LOOKED, &day(now)).await?;
    conn.commit().await?;
    Ok(done)
}

/// Lets begin what was to begin by now, with an event for each, in the caller's transaction.
pub(super) async fn start_due(conn: &mut Conn, by: &str, now: Timestamp) -> Result<Vec<(String, i64)>, ActionError> {
    let started = levels::start_due(conn, now).await?;
    for (level_id, version) in &started {
        events::append(conn, now, by, "level.version_started", level_id, &json!({"version": version})).await?;
    }
    Ok(started)
}

/// Who is told of a version.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    All,
    /// Those who enrolled after the others had been told.
    Since,
}

/// Tells those under way under an earlier version what this one means for them; how many they were.
async fn tell(
    app: &App,
    conn: &mut Conn,
    level_id: &str,
    version: i64,
    now: Timestamp,
    reach: Reach,
) -> Result<usize, ActionError> {
    let under_way = UnderWay::read(conn, level_id, now).await?;
    let Some(new) = under_way.version(version) else { return Ok(0) };
    let reached = |enrolment: &&Enrolment| {
        let missed = new.told_at.is_some_and(|told| told < enrolment.enrolled_at);
        enrolment.level_version < version && (reach == Reach::All || missed)
    };
    let active = enrolments::active_of_level(conn, level_id).await?;
    let zone = issuer(conn).await?.zone();
    let mut told = 0;
    for enrolment in active.iter().filter(reached) {
        let Some(found) = under_way.consequence(enrolment, version) else { continue };
        let mut detail = under_way.detail(enrolment, version, &found);
        if let Value::Object(detail) = &mut detail {
            detail.insert("starts".into(), json!(new.starts_at.to_string()));
            detail.insert("finish_by".into(), json!(new.transition_until.map(|end| end.to_string())));
        }
        events::append(conn, now, BY, "enrolment.version_announced", &enrolment.id, &detail).await?;
        let day = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date();
        let letter = Letter::new("version-announced")
            .day("starts", day(new.starts_at))
            .day("until", day(new.transition_until.unwrap_or(new.starts_at)))
            .with("page", version_page(app, level_id, version));
        write(app, conn, enrolment, letter, new, &found).await?;
        told += 1;
    }
    Ok(told)
}

/// Moves everyone whose time is over to the version that is current; how many they were.
async fn move_all(app: &App, conn: &mut Conn, now: Timestamp) -> Result<usize, ActionError> {
    let mut by_level: HashMap<String, Vec<Enrolment>> = HashMap::new();
    for enrolment in enrolments::to_move(conn, now).await? {
        by_level.entry(enrolment.level_id.clone()).or_default().push(enrolment);
    }
    let mut moved = 0;
    for (level_id, late) in by_level {
        let Some(level) = levels::get(conn, &level_id).await? else { continue };
        let under_way = UnderWay::read(conn, &level_id, now).await?;
        for enrolment in &late {
            let Some(found) = under_way.consequence(enrolment, level.version) else { continue };
            if enrolments::move_to_version(conn, &enrolment.id, level.version).await? {
                let detail = under_way.detail(enrolment, level.version, &found);
                events::append(conn, now, BY, "enrolment.version_moved", &enrolment.id, &detail).await?;
                if let Some(current) = under_way.version(level.version) {
                    let letter = Letter::new("version-moved").with("page", version_page(app, &level_id, level.version));
                    write(app, conn, enrolment, letter, current, &found).await?;
                }
                moved += 1;
            }
        }
    }
    Ok(moved)
}

/// Sends the letter with what is still to be done.
async fn write(
    app: &App,
    conn: &mut Conn,
    enrolment: &Enrolment,
    letter: Letter,
    version: &LevelVersion,
    found: &Consequence,
) -> Result<(), ActionError> {
    let Some(person) = people::get(conn, &enrolment.person_id).await? else { return Ok(()) };
    let missing: Vec<String> = found.missing.iter().map(Missing::to_string).collect();
    let letter = letter
        .with("level", version.content.name.as_str())
        .with("count", missing.len())
        .with("missing", missing.join("; "));
    mail::post(app, conn, &person, &letter).await
}

fn version_page(app: &App, level_id: &str, version: i64) -> String {
    format!("{}/versions/{version}", app.urls().achievement(level_id))
}

/// All that is to be known of those on the way to one level, read at once.
struct UnderWay {
    versions: Vec<LevelVersion>,
    held: HashMap<String, Vec<String>>,
    met: HashMap<String, Vec<Fulfilment>>,
}

impl UnderWay {
    async fn read(conn: &mut Conn, level_id: &str, now: Timestamp) -> Result<Self, ActionError> {
        let mut held: HashMap<String, Vec<String>> = HashMap::new();
        for (person, level) in enrolments::held_of_level(conn, level_id, now).await? {
            held.entry(person).or_default().push(level);
        }
        let mut met: HashMap<String, Vec<Fulfilment>> = HashMap::new();
        for one in fulfilments::of_level(conn, level_id).await? {
            let noted = Fulfilment { requirement: one.requirement_id, route: one.route_id };
            met.entry(one.enrolment_id).or_default().push(noted);
        }
        Ok(UnderWay { versions: levels::versions(conn, level_id).await?, held, met })
    }

    fn version(&self, version: i64) -> Option<&LevelVersion> {
        self.versions.iter().find(|known| known.version == version)
    }

    fn consequence(&self, enrolment: &Enrolment, version: i64) -> Option<Consequence> {
        let occasion = match enrolment.aim {
            Aim::First => Occasion::First,
            Aim::Renewal { .. } => Occasion::Renewal,
        };
        let content = |version: i64| self.version(version).map(|known| &known.content);
        let (old, new): (&LevelContent, &LevelContent) = (content(enrolment.level_version)?, content(version)?);
        let held = self.held.get(&enrolment.person_id).map(Vec::as_slice).unwrap_or_default();
        let met = self.met.get(&enrolment.id).map(Vec::as_slice).unwrap_or_default();
        Some(consequence(&old.asked(occasion), &new.asked(occasion), held, met))
    }

    fn detail(&self, enrolment: &Enrolment, version: i64, found: &Consequence) -> Value {
        json!({
            "level": enrolment.level_id,
            "person": enrolment.person_id,
            "from": enrolment.level_version,
            "to": version,
            "missing": found.missing.iter().map(Missing::to_string).collect::<Vec<_>>(),
            "added": found.added,
            "dropped": found.dropped,
            "kept": found.kept,
            "lost": found.lost,
        })
    }
}

fn day(now: Timestamp) -> String {
    now.to_zoned_datetime(TimeZone::UTC).date().to_string()
}
