//! Teams and who belongs to them. One of someone's teams is also shown with their awards (`people.team`); where they leave that
//! one, another of theirs takes its place.

use super::{
    Conn, StoreError, columns,
    db::{each_engine, push_list, row, rows, run},
    filtered::{Column, filtered},
    people::{PersonRow, person_columns},
};
use crate::domain::{
    directory::Team,
    filter::{Filter, TeamField},
    recipient::Person,
};
use sqlx::QueryBuilder;

/// Rows of one statement, well below what either engine binds.
const AT_ONCE: usize = 500;

macro_rules! team_columns {
    () => {
        "t.id, t.name, t.external_id, t.created_at, t.updated_at"
    };
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Team>, StoreError> {
    columns::one(row!(conn, TeamRow, concat!("SELECT ", team_columns!(), " FROM teams t WHERE t.id = $1"), id)?)
}

pub async fn by_name(conn: &mut Conn, name: &str) -> Result<Option<Team>, StoreError> {
    columns::one(row!(conn, TeamRow, concat!("SELECT ", team_columns!(), " FROM teams t WHERE t.name = $1"), name)?)
}

pub async fn by_external_id(conn: &mut Conn, external_id: &str) -> Result<Option<Team>, StoreError> {
    columns::one(row!(
        conn,
        TeamRow,
        concat!("SELECT ", team_columns!(), " FROM teams t WHERE t.external_id = $1"),
        external_id
    )?)
}

/// Those the filter lets through, by id: so many from a place on (0 is the first).
pub async fn matching(
    conn: &mut Conn,
    filter: Option<&Filter<TeamField>>,
    from: u32,
    limit: u32,
) -> Result<Vec<Team>, StoreError> {
    columns::all(each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new(concat!("SELECT ", team_columns!(), " FROM teams t WHERE TRUE"));
        filtered(&mut sql, filter, &column);
        sql.push(" ORDER BY t.id LIMIT ").push_bind(i64::from(limit)).push(" OFFSET ").push_bind(i64::from(from));
        sql.build_query_as::<TeamRow>().fetch_all(c).await
    })?)
}

/// How many `matching` finds without a limit.
pub async fn count_matching(conn: &mut Conn, filter: Option<&Filter<TeamField>>) -> Result<i64, StoreError> {
    let (count,) = each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new("SELECT COUNT(*) FROM teams t WHERE TRUE");
        filtered(&mut sql, filter, &column);
        sql.build_query_as::<(i64,)>().fetch_one(c).await
    })?;
    Ok(count)
}

/// Who belongs to which of these teams: team, and the person's id and name.
pub async fn members_of(conn: &mut Conn, ids: &[String]) -> Result<Vec<(String, String, String)>, StoreError> {
    let mut members = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let found: Vec<(String, String, String)> = each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new(
                "SELECT m.team_id, p.id, p.name FROM team_members m JOIN people p ON p.id = m.person_id
                 WHERE m.team_id IN (",
            );
            push_list!(sql, some);
            sql.push(") ORDER BY m.team_id, p.id").build_query_as().fetch_all(c).await
        })?;
        members.extend(found);
    }
    Ok(members)
}

/// Every team, by name.
pub async fn all(conn: &mut Conn) -> Result<Vec<Team>, StoreError> {
    columns::all(rows!(conn, TeamRow, concat!("SELECT ", team_columns!(), " FROM teams t ORDER BY t.name"))?)
}

pub async fn insert(conn: &mut Conn, team: &Team) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO teams (id, name, external_id, created_at, updated_at) VALUES ($1, $2, $3, $4, $5)",
        &team.id,
        &team.name,
        &team.external_id,
        team.created_at.as_second(),
        team.updated_at.as_second()
    )?;
    Ok(())
}

/// Its name and what the directory calls it. A new name is shown with its people's awards too.
pub async fn update(conn: &mut Conn, team: &Team) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE people SET team = $2 WHERE id IN (SELECT person_id FROM team_members WHERE team_id = $1)
             AND team = (SELECT name FROM teams WHERE id = $1)",
        &team.id,
        &team.name
    )?;
    let touched = run!(
        conn,
        "UPDATE teams SET name = $2, external_id = $3, updated_at = $4 WHERE id = $1",
        &team.id,
        &team.name,
        &team.external_id,
        team.updated_at.as_second()
    )?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Dangling) }
}

/// With everyone's belonging to it. False when there was none.
pub async fn remove(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    let members: Vec<String> = member_ids(conn, id).await?;
    drop_members(conn, id, &members).await?;
    Ok(run!(conn, "DELETE FROM teams WHERE id = $1", id)? == 1)
}

/// Who belongs to a team, by name; those who have left too.
pub async fn members(conn: &mut Conn, team_id: &str) -> Result<Vec<Person>, StoreError> {
    let found = rows!(
        conn,
        PersonRow,
        concat!(
            "SELECT ",
            person_columns!(),
            " FROM team_members m JOIN people p ON p.id = m.person_id WHERE m.team_id = $1 ORDER BY p.name, p.id"
        ),
        team_id
    )?;
    Ok(found.into_iter().map(Person::from).collect())
}

/// The same, by their ids alone.
pub async fn member_ids(conn: &mut Conn, team_id: &str) -> Result<Vec<String>, StoreError> {
    let found = rows!(conn, (String,), "SELECT person_id FROM team_members WHERE team_id = $1", team_id)?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

pub async fn of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<Team>, StoreError> {
    columns::all(rows!(
        conn,
        TeamRow,
        concat!(
            "SELECT ",
            team_columns!(),
            " FROM team_members m JOIN teams t ON t.id = m.team_id WHERE m.person_id = $1 ORDER BY t.name"
        ),
        person_id
    )?)
}

/// Who belongs to what: (team, person).
pub async fn memberships(conn: &mut Conn) -> Result<Vec<(String, String)>, StoreError> {
    rows!(conn, (String, String), "SELECT team_id, person_id FROM team_members ORDER BY team_id, person_id")
}

/// Everyone who is in a team with this person, themselves left out.
pub async fn colleagues(conn: &mut Conn, person_id: &str) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT DISTINCT o.person_id FROM team_members m JOIN team_members o ON o.team_id = m.team_id
         WHERE m.person_id = $1 AND o.person_id <> $1",
        person_id
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// These people belong to the team from now on, those who did before among them.
pub async fn add_members(conn: &mut Conn, team_id: &str, people: &[String]) -> Result<(), StoreError> {
    for some in people.chunks(AT_ONCE) {
        each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new("INSERT INTO team_members (team_id, person_id) ");
            sql.push_values(some, |mut row, person| {
                row.push_bind(team_id).push_bind(person);
            });
            sql.push(" ON CONFLICT (team_id, person_id) DO NOTHING");
            sql.build().execute(c).await.map(drop)
        })?;
        show_some_team(conn, some).await?;
    }
    Ok(())
}

/// These people no longer belong to the team.
pub async fn drop_members(conn: &mut Conn, team_id: &str, people: &[String]) -> Result<(), StoreError> {
    for some in people.chunks(AT_ONCE) {
        each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new("DELETE FROM team_members WHERE team_id = ");
            sql.push_bind(team_id).push(" AND person_id IN (");
            push_list!(sql, some);
            sql.push(")").build().execute(c).await.map(drop)
        })?;
        show_some_team(conn, some).await?;
    }
    Ok(())
}

/// Someone's shown team is one they belong to; who belongs to none has none. Called for whoever's teams have just changed.
async fn show_some_team(conn: &mut Conn, people: &[String]) -> Result<(), StoreError> {
    each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new(
            "UPDATE people SET team = (SELECT MIN(t.name) FROM team_members m JOIN teams t ON t.id = m.team_id
                 WHERE m.person_id = people.id)
             WHERE NOT EXISTS (SELECT 1 FROM team_members m JOIN teams t ON t.id = m.team_id
                 WHERE m.person_id = people.id AND t.name = people.team) AND id IN (",
        );
        push_list!(sql, people);
        sql.push(")").build().execute(c).await.map(drop)
    })?;
    Ok(())
}

fn column(field: TeamField) -> Column {
    match field {
        TeamField::Id => Column::Plain("t.id"),
        TeamField::ExternalId => Column::Plain("t.external_id"),
        TeamField::Name => Column::Folded("t.name"),
        TeamField::Member => {
            Column::Among("EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = t.id", "m.person_id")
        }
        TeamField::Created => Column::Plain("t.created_at"),
        TeamField::Updated => Column::Plain("t.updated_at"),
    }
}

#[derive(sqlx::FromRow)]
struct TeamRow {
    id: String,
    name: String,
    external_id: Option<String>,
    created_at: i64,
    updated_at: i64,
}

impl TryFrom<TeamRow> for Team {
    type Error = StoreError;

    fn try_from(row: TeamRow) -> Result<Self, StoreError> {
        Ok(Team {
            id: row.id,
            name: row.name,
            external_id: row.external_id,
            created_at: columns::time("teams.created_at", row.created_at)?,
            updated_at: columns::time("teams.updated_at", row.updated_at)?,
        })
    }
}
