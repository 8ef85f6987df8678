//! Drafts of a program, by its owners: kept right or wrong, looked at as they would be published, and published where the program
//! has no committee. Where it has one, a draft is what an owner proposes to it.

use super::{ActionError, App, import_program, require};
use crate::{
    domain::{
        actor::{Actor, Member, Right, Role},
        field::{Faults, FieldError},
        id::random_id,
        level::LevelContent,
        program_file::{self, CheckedProgram},
        program_lines::at_lines,
    },
    store::{
        Conn, committees,
        drafts::{self, Draft},
        events, levels,
    },
};
use serde_json::json;
use std::collections::HashMap;

/// The largest file, in bytes.
pub const LARGEST: usize = 400 * 1024;

/// A draft as it would be published now.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviewed {
    pub draft: Draft,
    /// What would be refused, by its place; nothing is compared while there is any.
    pub faults: Vec<FieldError>,
    pub levels: Vec<Compared>,
    /// Whether a committee decides on it.
    pub governed: bool,
}

/// A level as it is and as it would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    pub name: String,
    /// In its newest version, which may lie ahead; none for a level that is new.
    pub before: Option<LevelContent>,
    pub after: LevelContent,
}

/// Whoever owns this program; to anyone else it has no drafts.
pub fn owner<'a>(actor: &'a Actor, program_id: &str) -> Result<&'a Member, ActionError> {
    require(actor, Right::RunProgram)?;
    match actor {
        Actor::Person(member) if member.has_in(Role::Owner, program_id) => Ok(member),
        _ => Err(ActionError::not_found("program of yours", program_id)),
    }
}

/// Keeps a file as a new draft.
pub async fn begin(app: &App, actor: &Actor, program_id: &str, file: &str) -> Result<Draft, ActionError> {
    let member = owner(actor, program_id)?;
    let file = sized(file)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let draft = Draft {
        id: app.random.with(random_id),
        program_id: program_id.to_owned(),
        file,
        author_id: member.id.clone(),
        created_at: now,
        updated_at: now,
    };
    drafts::insert(&mut conn, &draft).await?;
    events::append(&mut conn, now, &actor.label(), "draft.begun", &draft.id, &json!({"program": program_id})).await?;
    conn.commit().await?;
    Ok(draft)
}

/// Keeps another file in the draft's place.
pub async fn save(app: &App, actor: &Actor, id: &str, file: &str) -> Result<(), ActionError> {
    let file = sized(file)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    own(&mut conn, actor, id).await?;
    drafts::save(&mut conn, id, &file, now).await?;
    events::append(&mut conn, now, &actor.label(), "draft.saved", id, &json!({})).await?;
    Ok(conn.commit().await?)
}

pub async fn remove(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    own(&mut conn, actor, id).await?;
    drafts::remove(&mut conn, id).await?;
    events::append(&mut conn, now, &actor.label(), "draft.removed", id, &json!({})).await?;
    Ok(conn.commit().await?)
}

/// A draft with its faults, or with what it would change.
pub async fn review(app: &App, actor: &Actor, id: &str) -> Result<Reviewed, ActionError> {
    let mut conn = app.db.read().await?;
    let draft = own(&mut conn, actor, id).await?;
    let governed = committees::get(&mut conn, &draft.program_id).await?.is_some();
    let (levels, faults) = match compared(app, &mut conn, &draft.program_id, &draft.file).await? {
        Ok(levels) => (levels, Vec::new()),
        Err(faults) => (Vec::new(), faults),
    };
    Ok(Reviewed { draft, faults, levels, governed })
}

/// What a file would change of a program, level by level; or what would be refused of it, by line.
pub async fn compared(
    app: &App,
    conn: &mut Conn,
    program_id: &str,
    file: &str,
) -> Result<Result<Vec<Compared>, Vec<FieldError>>, ActionError> {
    Ok(compare(app, conn, program_id, file).await?.map_err(|faults| at_lines(file, faults)))
}

async fn compare(
    app: &App,
    conn: &mut Conn,
    program_id: &str,
    file: &str,
) -> Result<Result<Vec<Compared>, Vec<FieldError>>, ActionError> {
    let mut program = match read(program_id, file) {
        Ok(program) => program,
        Err(faults) => return Ok(Err(faults)),
    };
    let mut faults = Faults::default();
    import_program::ground(conn, &mut program, app.clock.now(), &mut faults).await?;
    if let Err(faults) = faults.or(()) {
        return Ok(Err(faults));
    }
    let images = match import_program::identities(&program).await {
        Ok(images) => images,
        Err(ActionError::Invalid(faults)) => return Ok(Err(faults)),
        Err(why) => return Err(why),
    };
    let mut newest: HashMap<String, LevelContent> = HashMap::new();
    for level in levels::of_program(conn, program_id).await? {
        newest.insert(level.id, level.content);
    }
    for ahead in levels::ahead(conn, program_id).await? {
        newest.insert(ahead.level_id, ahead.version.content);
    }
    let level = |(level, image): (program_file::CheckedLevel, String)| {
        let after = LevelContent { image, ..level.content };
        Compared { name: after.name.clone(), before: newest.remove(&level.id), after }
    };
    Ok(Ok(program.levels.into_iter().zip(images).map(level).collect()))
}

/// Publishes a draft as it is, and lets go of it. Where a committee decides it is for the committee.
pub async fn publish(app: &App, actor: &Actor, id: &str) -> Result<import_program::Imported, ActionError> {
    let draft = own(&mut app.db.read().await?, actor, id).await?;
    let program = read(&draft.program_id, &draft.file);
    let program = program.map_err(|faults| ActionError::Invalid(at_lines(&draft.file, faults)))?;
    let pictures = import_program::draw(&program, HashMap::new()).await?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    if own(&mut conn, actor, id).await?.file != draft.file {
        return Err(ActionError::Busy);
    }
    import_program::ungoverned(&mut conn, &draft.program_id).await?;
    let done = import_program::publish(app, &mut conn, &actor.label(), program, pictures, now).await?;
    drafts::remove(&mut conn, id).await?;
    events::append(&mut conn, now, &actor.label(), "draft.published", id, &json!({"program": draft.program_id}))
        .await?;
    conn.commit().await?;
    Ok(done)
}

async fn own(conn: &mut Conn, actor: &Actor, id: &str) -> Result<Draft, ActionError> {
    let nothing = || ActionError::not_found("draft", id);
    let draft = drafts::get(conn, id).await?.ok_or_else(nothing)?;
    owner(actor, &draft.program_id).map_err(|_| nothing())?;
    Ok(draft)
}

fn sized(file: &str) -> Result<String, ActionError> {
    // Browsers send a text's lines with CR LF.
    let file = file.replace("\r\n", "\n");
    match file.len() {
        0 => Err(ActionError::invalid("file", "is missing: give the program as TOML")),
        size if size > LARGEST => {
            Err(ActionError::invalid("file", format!("is {size} bytes long; at most {LARGEST} are taken")))
        }
        _ => Ok(file),
    }
}

fn read(program_id: &str, file: &str) -> Result<CheckedProgram, Vec<FieldError>> {
    let program = program_file::read(file, false)?;
    if program.id == program_id {
        return Ok(program);
    }
    Err(vec![FieldError::new("id", format!("is “{}”; this is a draft of “{program_id}”", program.id))])
}
