//! Who holds which role, in one program or in all.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{each_engine, push_list, rows, run},
    people::{PersonRow, person_columns},
};
use crate::domain::{
    actor::{Grant, Role},
    recipient::Person,
};
use jiff::Timestamp;
use sqlx::QueryBuilder;

/// Bound by one statement, well below what either engine takes.
const AT_ONCE: usize = 500;

/// A role as it was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Granted {
    pub person_id: String,
    pub grant: Grant,
    pub at: Timestamp,
    /// As the record names them.
    pub by: String,
}

/// False when they hold it already.
pub async fn grant(conn: &mut Conn, granted: &Granted) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "INSERT INTO roles (person_id, role, program_id, granted_at, granted_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
        &granted.person_id,
        granted.grant.role.as_str(),
        &granted.grant.program,
        granted.at.as_second(),
        &granted.by
    )?;
    Ok(touched == 1)
}

/// False when they do not hold it just so: a role in all programs is not taken away for one.
pub async fn revoke(conn: &mut Conn, person_id: &str, grant: &Grant) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "DELETE FROM roles WHERE person_id = $1 AND role = $2 AND COALESCE(program_id, '') = COALESCE($3, '')",
        person_id,
        grant.role.as_str(),
        &grant.program
    )?;
    Ok(touched == 1)
}

/// What someone may do, as rights are asked.
pub async fn of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<Grant>, StoreError> {
    Ok(granted(conn, person_id).await?.into_iter().map(|granted| granted.grant).collect())
}

/// The same with when it was given and by whom.
pub async fn granted(conn: &mut Conn, person_id: &str) -> Result<Vec<Granted>, StoreError> {
    columns::all(rows!(
        conn,
        GrantRow,
        "SELECT person_id, role, program_id, granted_at, granted_by FROM roles WHERE person_id = $1
         ORDER BY role, program_id",
        person_id
    )?)
}

/// The same of several people.
pub async fn of_people(conn: &mut Conn, ids: &[String]) -> Result<Vec<Granted>, StoreError> {
    let mut granted = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let found: Vec<GrantRow> = each_engine!(conn, c => async {
            let select = "SELECT person_id, role, program_id, granted_at, granted_by FROM roles WHERE person_id IN (";
            let mut sql = QueryBuilder::new(select);
            push_list!(sql, some);
            sql.push(") ORDER BY person_id, role, program_id").build_query_as().fetch_all(c).await
        })?;
        granted.extend(columns::all(found)?);
    }
    Ok(granted)
}

/// Who holds a role anywhere. Until the write ends, nobody else takes it from one of them.
pub async fn held(conn: &mut Conn, role: Role) -> Result<Vec<String>, StoreError> {
    // Writing the rows locks them, on PostgreSQL too.
    let found = rows!(
        conn,
        (String,),
        "UPDATE roles SET granted_at = granted_at WHERE role = $1 RETURNING person_id",
        role.as_str()
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Every role of everyone with their address: a company's roles are few.
pub async fn all(conn: &mut Conn) -> Result<Vec<(Granted, String)>, StoreError> {
    let found = rows!(
        conn,
        HeldRow,
        "SELECT r.person_id, r.role, r.program_id, r.granted_at, r.granted_by, p.email
         FROM roles r JOIN people p ON p.id = r.person_id ORDER BY r.role, r.program_id, p.email"
    )?;
    found.into_iter().map(|row| Ok((Granted::try_from(row.grant)?, row.email))).collect()
}

/// Who holds a role in a program, by a grant for it or for all, and has not left; by name, each once.
pub async fn holders(conn: &mut Conn, role: Role, program_id: &str) -> Result<Vec<Person>, StoreError> {
    let found = rows!(
        conn,
        PersonRow,
        concat!(
            "SELECT DISTINCT ",
            person_columns!(),
            " FROM roles r JOIN people p ON p.id = r.person_id
              WHERE r.role = $1 AND (r.program_id = $2 OR r.program_id IS NULL) AND p.active ORDER BY p.name, p.id"
        ),
        role.as_str(),
        program_id
    )?;
    Ok(found.into_iter().map(Person::from).collect())
}

#[derive(sqlx::FromRow)]
struct GrantRow {
    person_id: String,
    role: String,
    program_id: Option<String>,
    granted_at: i64,
    granted_by: String,
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    #[sqlx(flatten)]
    grant: GrantRow,
    email: String,
}

impl TryFrom<GrantRow> for Granted {
    type Error = StoreError;

    fn try_from(row: GrantRow) -> Result<Self, StoreError> {
        let role = Role::parse(&row.role).map_err(|why| unreadable("roles.role", why))?;
        Ok(Granted {
            person_id: row.person_id,
            grant: Grant { role, program: row.program_id },
            at: columns::time("roles.granted_at", row.granted_at)?,
            by: row.granted_by,
        })
    }
}
