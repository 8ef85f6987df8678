//! Publishes a program: its levels, their content and their pictures. Run again, a level gets a new version only when its content
//! has changed; a level that was published can't be left out, since awards point at it.
//!
//! A new version counts at once or from a day ahead; name, description, colour and the order of the levels always change at once.

use super::{ActionError, App, Conflict, frameworks, issuer, require, versions::start_due, webhooks};
use crate::{
    domain::{
        self,
        actor::{Actor, Right},
        art::{Colour, Design, badge_svg},
        field::Faults,
        issuer::Issuer,
        level::{Level, LevelContent, Program},
        program_file::{self, CheckedProgram, check_prerequisites},
    },
    outside::picture::{self, Picture, PictureError},
    store::{
        Conn, committees, events, images,
        levels::{self, Ahead, Release},
        programs,
    },
};
use jiff::Timestamp;
use serde_json::json;
use std::collections::HashMap;

#[derive(Debug, PartialEq)]
pub struct Imported {
    pub program: Program,
    /// Each level's id, and its newest version.
    pub levels: Vec<(String, i64)>,
    /// From when the new versions count, but for levels that are new themselves.
    pub starts_at: Timestamp,
    /// How many levels got a new version.
    pub changed: usize,
}

/// `pictures` holds the files that levels name, by that name; a level that names none gets the built-in laurel.
pub async fn import_program(
    app: &App,
    actor: &Actor,
    program: CheckedProgram,
    pictures: HashMap<String, Vec<u8>>,
) -> Result<Imported, ActionError> {
    require(actor, Right::Operate)?;
    let pictures = draw(&program, pictures).await?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    ungoverned(&mut conn, &program.id).await?;
    let done = publish(app, &mut conn, &actor.label(), program, pictures, now).await?;
    conn.commit().await?;
    Ok(done)
}

/// The same in the caller's transaction: `by` is whom the record names, `pictures` has one for each level.
pub(super) async fn publish(
    app: &App,
    conn: &mut Conn,
    by: &str,
    mut program: CheckedProgram,
    pictures: Vec<Picture>,
    now: Timestamp,
) -> Result<Imported, ActionError> {
    // What was to begin by now has begun, before something newer is put after it.
    start_due(conn, by, now).await?;
    let mut faults = Faults::default();
    let Ground { issuer, everything, ahead, release } = ground(conn, &mut program, now, &mut faults).await?;
    faults.or(()).map_err(ActionError::Invalid)?;
    let known = programs::all(conn).await?;
    let place = known.iter().position(|other| other.id == program.id).unwrap_or(known.len());
    let row = Program {
        id: program.id,
        issuer_id: issuer.id,
        name: program.name,
        description: program.description,
        accent: program.accent,
    };
    programs::upsert(conn, &row, place as i64 + 1, now).await?;
    let entry = Release {
        at: now,
        by,
        summary: release.summary.as_deref(),
        approved_by: release.approved_by.as_deref(),
        starts_at: release.starts_at,
        transition_until: release.transition_until,
    };
    let (mut published, mut changed) = (Vec::new(), 0);
    for ((level, picture), position) in program.levels.into_iter().zip(pictures).zip(1..) {
        images::put(conn, &picture.sha256, &picture.svg, &picture.png, now).await?;
        let content = LevelContent { image: picture.sha256, ..level.content };
        let coming = ahead.iter().rfind(|ahead| ahead.level_id == level.id).map(|ahead| ahead.version.version);
        let current = everything.iter().find(|known| known.id == level.id).map(|known| known.version);
        let before = coming.or(current).unwrap_or(0);
        let version = levels::upsert_version(conn, &row.id, &level.id, position, &content, &entry).await?;
        changed += usize::from(version != before);
        published.push((level.id, version));
    }
    let detail = json!({
        "levels": published,
        "summary": release.summary,
        "approved_by": release.approved_by,
        "starts": release.starts_at.to_string(),
        "transition_until": release.transition_until.to_string(),
    });
    events::append(conn, now, by, "program.imported", &row.id, &detail).await?;
    let imported = Imported { program: row, levels: published, starts_at: release.starts_at, changed };
    webhooks::program(app, conn, &imported, now).await?;
    Ok(imported)
}

/// Refuses where a committee decides what is published.
pub(super) async fn ungoverned(conn: &mut Conn, program_id: &str) -> Result<(), ActionError> {
    if committees::get(conn, program_id).await?.is_none() {
        return Ok(());
    }
    let message = format!("“{program_id}” has a committee; propose the file to it, and what it accepts is published");
    Err(ActionError::conflict(Conflict::CommitteeDecides, message))
}

/// What a publication builds on.
pub(super) struct Ground {
    issuer: Issuer,
    /// Every level of every program.
    everything: Vec<Level>,
    ahead: Vec<Ahead>,
    release: domain::release::Release,
}

/// Looks at all that only the record knows: whatever would be refused at `now` is noted, and what the levels name as items of a
/// framework is put in its place.
pub(super) async fn ground(
    conn: &mut Conn,
    program: &mut CheckedProgram,
    now: Timestamp,
    faults: &mut Faults,
) -> Result<Ground, ActionError> {
    let issuer = issuer(conn).await?;
    let everything = levels::all(conn).await?;
    let ahead = levels::ahead(conn, &program.id).await?;
    let release = program.release.check(now, &issuer.zone(), faults);
    if let Some(later) = ahead.iter().map(|ahead| ahead.version.starts_at).max()
        && release.starts_at < later
    {
        let message = format!(
            "is before {later:.0}, when a version begins that is published already; a newer one can't come first"
        );
        faults.add("release.starts", message);
    }
    check_prerequisites(&program.id, &program.levels, Some(&everything), faults);
    frameworks::resolve(conn, &mut program.levels, faults).await?;
    for level in everything.iter().filter(|level| level.program_id == program.id) {
        if !program.levels.iter().any(|kept| kept.id == level.id) {
            let message = format!("leaves out “{}”, which is published; keep it, since awards point at it", level.id);
            faults.add("levels", message);
        }
    }
    Ok(Ground { issuer, everything, ahead, release })
}

/// The picture of each level, off the async threads.
pub(super) async fn draw(
    program: &CheckedProgram,
    files: HashMap<String, Vec<u8>>,
) -> Result<Vec<Picture>, ActionError> {
    let drawn = program.clone();
    tokio::task::spawn_blocking(move || draw_all(&drawn, &files)).await.map_err(ActionError::internal)?
}

/// The hash of the picture of each level, in order, for which nothing is drawn; the same faults.
pub(super) async fn identities(program: &CheckedProgram) -> Result<Vec<String>, ActionError> {
    let program = program.clone();
    let work = move || {
        let (mut faults, mut hashes) = (Faults::default(), Vec::new());
        for (place, level) in program.levels.iter().enumerate() {
            let hash = match &level.image {
                None => picture::identity(built_in(&program, place).as_bytes()),
                Some(text) if program_file::is_inline(text) => picture::identity_inline(text),
                Some(_) => Err(PictureError::Unknown),
            };
            hashes.extend(faults.take(&format!("levels[{place}].image"), hash));
        }
        faults.or(hashes).map_err(ActionError::Invalid)
    };
    tokio::task::spawn_blocking(work).await.map_err(ActionError::internal)?
}

/// The laurel of a level's rung.
fn built_in(program: &CheckedProgram, place: usize) -> String {
    let (accent, levels) = (Colour::parse(&program.accent), program.levels.len() as u32);
    badge_svg(&Design { accent, level: place as u32 + 1, levels })
}

/// The picture of each level, in order; every fault is named by its level.
fn draw_all(program: &CheckedProgram, files: &HashMap<String, Vec<u8>>) -> Result<Vec<Picture>, ActionError> {
    let (mut faults, mut pictures) = (Faults::default(), Vec::new());
    for (place, level) in program.levels.iter().enumerate() {
        let read = match &level.image {
            None => picture::read(built_in(program, place).as_bytes()),
            Some(text) if program_file::is_inline(text) => picture::read_inline(text),
            Some(name) => files.get(name).map_or(Err(PictureError::Unknown), |bytes| picture::read(bytes)),
        };
        pictures.extend(faults.take(&format!("levels[{place}].image"), read));
    }
    faults.or(pictures).map_err(ActionError::Invalid)
}
