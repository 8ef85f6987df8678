//! Panels and who sits on them. A seat is never removed: who left it stays with the reason.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
    people::{PersonRow, person_columns},
};
use crate::domain::{
    level::LevelContent,
    panel::{Lacking, Panel, PanelPurpose, PanelState, Seat},
    recipient::Person,
};
use jiff::Timestamp;

macro_rules! panel_columns {
    () => {
        "p.id, p.submission_id, p.program_id, p.purpose, p.state, p.seats, p.short, p.due_at, p.drawn_at, p.drawn_by, p.dissolved_at"
    };
}

macro_rules! seat_columns {
    () => {
        "t.panel_id, t.person_id, t.reason, t.scored_at, t.settled_at, t.named, t.seated_at"
    };
}

/// A panel in a list, with what it is about. The first value of every query is whose list it is.
macro_rules! select_listed {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            panel_columns!(),
            ", w.name AS learner, v.content, g.name AS program_name,
               (SELECT COUNT(*) FROM seats o WHERE o.panel_id = p.id AND o.state = 'seated' AND o.scored_at IS NOT NULL) AS scored,
               (SELECT COUNT(*) FROM seats o WHERE o.panel_id = p.id AND o.state = 'seated' AND o.settled_at IS NOT NULL) AS settled,
               (SELECT o.scored_at FROM seats o WHERE o.panel_id = p.id AND o.person_id = $1) AS own_scored,
               (SELECT o.settled_at FROM seats o WHERE o.panel_id = p.id AND o.person_id = $1) AS own_settled,
               (SELECT d.id FROM decisions d WHERE d.panel_id = p.id AND d.state = 'proposed') AS proposed
             FROM panels p JOIN submissions s ON s.id = p.submission_id JOIN enrolments e ON e.id = s.enrolment_id
             JOIN people w ON w.id = e.person_id
             JOIN level_versions v ON v.level_id = e.level_id AND v.version = e.level_version
             JOIN programs g ON g.id = e.program_id ",
            $rest
        )
    };
}

/// A panel in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub panel: Panel,
    pub learner: String,
    pub level: String,
    pub program: String,
    /// How many of those who sit have handed in.
    pub scored: i64,
    /// How many of them have agreed.
    pub settled: i64,
    /// When whoever's list it is handed in, and agreed.
    pub own_scored: Option<Timestamp>,
    pub own_settled: Option<Timestamp>,
    /// The decision that waits for its second look.
    pub proposed: Option<String>,
}

/// A seat with who sits there.
#[derive(Clone, Debug, PartialEq)]
pub struct Seated {
    pub seat: Seat,
    pub name: String,
    pub function: Option<String>,
    pub active: bool,
}

/// A second panel for the same purpose is `Taken` (`panels_submission_id_purpose_key`).
pub async fn insert(conn: &mut Conn, panel: &Panel) -> Result<(), StoreError> {
    let short = written(panel.short)?;
    run!(
        conn,
        "INSERT INTO panels (id, submission_id, program_id, purpose, state, seats, short, due_at, drawn_at, drawn_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &panel.id,
        &panel.submission_id,
        &panel.program_id,
        panel.purpose.as_str(),
        panel.state.as_str(),
        i64::from(panel.seats),
        short,
        panel.due_at.as_second(),
        panel.drawn_at.as_second(),
        &panel.drawn_by
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Panel>, StoreError> {
    columns::one(row!(conn, PanelRow, concat!("SELECT ", panel_columns!(), " FROM panels p WHERE p.id = $1"), id)?)
}

/// The same, held until the commit, so that of two who write to one panel the second sees what the first did.
pub async fn hold(conn: &mut Conn, id: &str) -> Result<Option<Panel>, StoreError> {
    run!(conn, "UPDATE panels SET state = state WHERE id = $1", id)?;
    get(conn, id).await
}

/// Of one submission: the first one, then that of an appeal.
pub async fn of_submission(conn: &mut Conn, submission_id: &str) -> Result<Vec<Panel>, StoreError> {
    columns::all(rows!(
        conn,
        PanelRow,
        concat!(
            "SELECT ",
            panel_columns!(),
            " FROM panels p WHERE p.submission_id = $1 ORDER BY p.drawn_at, p.purpose DESC"
        ),
        submission_id
    )?)
}

/// False when it is in another state, or dissolved.
pub async fn advance(conn: &mut Conn, id: &str, from: PanelState, to: PanelState) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE panels SET state = $3 WHERE id = $1 AND state = $2 AND dissolved_at IS NULL",
        id,
        from.as_str(),
        to.as_str()
    )?;
    Ok(touched == 1)
}

/// How many are to sit from now on, what is lacking of them, and when scores are due.
pub async fn reseat(
    conn: &mut Conn,
    id: &str,
    seats: u32,
    short: Option<Lacking>,
    due_at: Timestamp,
) -> Result<(), StoreError> {
    let short = written(short)?;
    run!(
        conn,
        "UPDATE panels SET seats = $2, short = $3, due_at = $4 WHERE id = $1",
        id,
        i64::from(seats),
        short,
        due_at.as_second()
    )?;
    Ok(())
}

/// Ends those of a submission that have not decided; answers their ids.
pub async fn dissolve(conn: &mut Conn, submission_id: &str, at: Timestamp) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "UPDATE panels SET dissolved_at = $2 WHERE submission_id = $1 AND state <> 'decided' AND dissolved_at IS NULL
         RETURNING id",
        submission_id,
        at.as_second()
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

pub async fn seat(conn: &mut Conn, panel_id: &str, person_id: &str, at: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO seats (panel_id, person_id, state, seated_at) VALUES ($1, $2, 'seated', $3)",
        panel_id,
        person_id,
        at.as_second()
    )?;
    Ok(())
}

/// False when they don't sit there.
pub async fn leave(conn: &mut Conn, panel_id: &str, person_id: &str, reason: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE seats SET state = 'recused', reason = $3 WHERE panel_id = $1 AND person_id = $2 AND state = 'seated'",
        panel_id,
        person_id,
        reason
    )?;
    Ok(touched == 1)
}

/// Notes that someone handed in, and whether they agreed to be named. False when they had before.
pub async fn note_scored(
    conn: &mut Conn,
    panel_id: &str,
    person_id: &str,
    named: bool,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE seats SET scored_at = $4, named = $3
         WHERE panel_id = $1 AND person_id = $2 AND state = 'seated' AND scored_at IS NULL",
        panel_id,
        person_id,
        named,
        at.as_second()
    )?;
    Ok(touched == 1)
}

pub async fn note_settled(conn: &mut Conn, panel_id: &str, person_id: &str, at: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE seats SET settled_at = $3 WHERE panel_id = $1 AND person_id = $2",
        panel_id,
        person_id,
        at.as_second()
    )?;
    Ok(())
}

/// Nobody has agreed any more: what they agreed to has changed.
pub async fn unsettle(conn: &mut Conn, panel_id: &str) -> Result<(), StoreError> {
    run!(conn, "UPDATE seats SET settled_at = NULL WHERE panel_id = $1", panel_id)?;
    Ok(())
}

/// Every seat there ever was, in the order they were taken.
pub async fn seats(conn: &mut Conn, panel_id: &str) -> Result<Vec<Seated>, StoreError> {
    columns::all(rows!(
        conn,
        SeatedRow,
        concat!(
            "SELECT ",
            seat_columns!(),
            ", t.state, w.name, w.job_function, w.active FROM seats t JOIN people w ON w.id = t.person_id
              WHERE t.panel_id = $1 ORDER BY t.seated_at, t.person_id"
        ),
        panel_id
    )?)
}

/// Whoever sits, as the directory has them.
pub async fn members(conn: &mut Conn, panel_id: &str) -> Result<Vec<Person>, StoreError> {
    let found = rows!(
        conn,
        PersonRow,
        concat!(
            "SELECT ",
            person_columns!(),
            " FROM seats t JOIN people p ON p.id = t.person_id WHERE t.panel_id = $1 AND t.state = 'seated'
              ORDER BY t.seated_at, t.person_id"
        ),
        panel_id
    )?;
    Ok(found.into_iter().map(Person::from).collect())
}

/// The open panels on which someone sits, the first to be due first.
pub async fn queue_of(conn: &mut Conn, person_id: &str) -> Result<Vec<Listed>, StoreError> {
    columns::all(rows!(
        conn,
        ListedRow,
        select_listed!(
            "JOIN seats t ON t.panel_id = p.id
             WHERE t.person_id = $1 AND t.state = 'seated' AND p.state IN ('scoring', 'settling')
                 AND p.dissolved_at IS NULL ORDER BY p.due_at, p.id"
        ),
        person_id
    )?)
}

/// The panels of a program in one state, the first to be due first, as `viewer` sees them.
pub async fn of_program(
    conn: &mut Conn,
    viewer: &str,
    program_id: &str,
    state: PanelState,
    limit: u32,
) -> Result<Vec<Listed>, StoreError> {
    columns::all(rows!(
        conn,
        ListedRow,
        select_listed!(
            "WHERE p.program_id = $2 AND p.state = $3 AND p.dissolved_at IS NULL ORDER BY p.due_at, p.id LIMIT $4"
        ),
        viewer,
        program_id,
        state.as_str(),
        i64::from(limit)
    )?)
}

/// Everyone who had a hand in what a submission's panels did: who sat, who left, and who had the second look; but for those who had
/// it at `panel_id`, since they may look again at what they returned.
pub async fn hands(conn: &mut Conn, submission_id: &str, panel_id: &str) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT t.person_id FROM panels p JOIN seats t ON t.panel_id = p.id WHERE p.submission_id = $1
         UNION SELECT d.confirmed_by FROM panels p JOIN decisions d ON d.panel_id = p.id
             WHERE p.submission_id = $1 AND p.id <> $2 AND d.confirmed_by IS NOT NULL",
        submission_id,
        panel_id
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// How many seats each assessor holds on panels that have not decided.
pub async fn open_seats(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
    rows!(
        conn,
        (String, i64),
        "SELECT t.person_id, COUNT(*) FROM panels p JOIN seats t ON t.panel_id = p.id
         WHERE p.state IN ('scoring', 'settling') AND p.dissolved_at IS NULL AND t.state = 'seated' GROUP BY t.person_id"
    )
}

/// The mentors with whom a learner noted something on this path.
pub async fn mentors_noted(conn: &mut Conn, enrolment_id: &str) -> Result<Vec<String>, StoreError> {
    let found =
        rows!(conn, (String,), "SELECT DISTINCT mentor_id FROM check_ins WHERE enrolment_id = $1", enrolment_id)?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// The open panels on which one sits about what the other handed in.
pub async fn open_about(conn: &mut Conn, assessor_id: &str, learner_id: &str) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT p.id FROM seats t JOIN panels p ON p.id = t.panel_id
         JOIN submissions s ON s.id = p.submission_id JOIN enrolments e ON e.id = s.enrolment_id
         WHERE t.person_id = $1 AND t.state = 'seated' AND p.state IN ('scoring', 'settling')
             AND p.dissolved_at IS NULL AND e.person_id = $2",
        assessor_id,
        learner_id
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

fn written(short: Option<Lacking>) -> Result<Option<String>, StoreError> {
    short.map(|lacking| serde_json::to_string(&lacking)).transpose().map_err(|why| unreadable("panels.short", why))
}

#[derive(sqlx::FromRow)]
struct PanelRow {
    id: String,
    submission_id: String,
    program_id: Option<String>,
    purpose: String,
    state: String,
    seats: i64,
    short: Option<String>,
    due_at: i64,
    drawn_at: i64,
    drawn_by: String,
    dissolved_at: Option<i64>,
}

impl TryFrom<PanelRow> for Panel {
    type Error = StoreError;

    fn try_from(row: PanelRow) -> Result<Self, StoreError> {
        let state = PanelState::parse(&row.state).map_err(|why| unreadable("panels.state", why))?;
        Ok(Panel {
            id: row.id,
            submission_id: row.submission_id,
            program_id: row.program_id.ok_or_else(|| unreadable("panels.program_id", "there is none"))?,
            purpose: PanelPurpose::parse(&row.purpose).map_err(|why| unreadable("panels.purpose", why))?,
            state: if row.dissolved_at.is_some() { PanelState::Dissolved } else { state },
            seats: columns::index("panels.seats", row.seats)?,
            short: row.short.map(|short| columns::json("panels.short", &short)).transpose()?,
            due_at: columns::time("panels.due_at", row.due_at)?,
            drawn_at: columns::time("panels.drawn_at", row.drawn_at)?,
            drawn_by: row.drawn_by,
        })
    }
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    panel: PanelRow,
    learner: String,
    content: String,
    program_name: String,
    scored: i64,
    settled: i64,
    own_scored: Option<i64>,
    own_settled: Option<i64>,
    proposed: Option<String>,
}

impl TryFrom<ListedRow> for Listed {
    type Error = StoreError;

    fn try_from(row: ListedRow) -> Result<Self, StoreError> {
        let content: LevelContent = columns::json("level_versions.content", &row.content)?;
        Ok(Listed {
            panel: row.panel.try_into()?,
            learner: row.learner,
            level: content.name,
            program: row.program_name,
            scored: row.scored,
            settled: row.settled,
            own_scored: columns::maybe_time("seats.scored_at", row.own_scored)?,
            own_settled: columns::maybe_time("seats.settled_at", row.own_settled)?,
            proposed: row.proposed,
        })
    }
}

#[derive(sqlx::FromRow)]
struct SeatedRow {
    panel_id: String,
    person_id: String,
    state: String,
    reason: Option<String>,
    scored_at: Option<i64>,
    settled_at: Option<i64>,
    named: bool,
    seated_at: i64,
    name: String,
    job_function: Option<String>,
    active: bool,
}

impl TryFrom<SeatedRow> for Seated {
    type Error = StoreError;

    fn try_from(row: SeatedRow) -> Result<Self, StoreError> {
        let seat = Seat {
            panel_id: row.panel_id,
            person_id: row.person_id,
            left_for: (row.state == "recused").then(|| row.reason.unwrap_or_default()),
            scored_at: columns::maybe_time("seats.scored_at", row.scored_at)?,
            settled_at: columns::maybe_time("seats.settled_at", row.settled_at)?,
            named: row.named,
            seated_at: columns::time("seats.seated_at", row.seated_at)?,
        };
        Ok(Seated { seat, name: row.name, function: row.job_function, active: row.active })
    }
}
