//! People, known by one lower-case e-mail address each, with what the company's directory says of them.

use super::{
    Conn, StoreError, columns,
    db::{each_engine, push_list, row, rows, run},
    filtered::{Column, filtered},
};
use crate::domain::{
    actor::Role,
    directory::Entry,
    filter::{Filter, PersonField},
    recipient::Person,
};
use jiff::Timestamp;
use sqlx::QueryBuilder;

/// Bound by one statement, well below what either engine takes.
const AT_ONCE: usize = 500;

/// What is said of a person when they are given an award.
pub struct Said<'a> {
    /// Lower-case.
    pub email: &'a str,
    pub name: &'a str,
    /// `None` leaves the team as it was.
    pub team: Option<&'a str>,
    /// `None` leaves what the person chose before; a new person is not named in public.
    pub name_public: Option<bool>,
}

macro_rules! person_columns {
    () => {
        "p.id, p.email, p.name, p.team, p.name_public, p.job_function, p.manager_id, p.active"
    };
}
pub(super) use person_columns;

macro_rules! entry_columns {
    () => {
        concat!(
            person_columns!(),
            ", p.external_id, p.user_name, p.given_name, p.family_name, p.removed_at, p.created_at, p.updated_at"
        )
    };
}

/// Finds the person by address and takes over what is said of them, or adds them under `new_id`.
pub async fn upsert(conn: &mut Conn, new_id: &str, said: &Said<'_>, now: Timestamp) -> Result<Person, StoreError> {
    let found = row!(
        conn,
        PersonRow,
        "INSERT INTO people (id, email, name, team, name_public, created_at, updated_at)
         VALUES ($1, $2, $3, $4, COALESCE($5, FALSE), $6, $6)
         ON CONFLICT (email) DO UPDATE SET name = excluded.name, team = COALESCE(excluded.team, people.team),
             name_public = COALESCE($5, people.name_public), updated_at = excluded.updated_at
         RETURNING id, email, name, team, name_public, job_function, manager_id, active",
        new_id,
        said.email,
        said.name,
        said.team,
        said.name_public,
        now.as_second()
    )?;
    found.map(Person::from).ok_or(StoreError::Dangling)
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Person>, StoreError> {
    let found = row!(conn, PersonRow, concat!("SELECT ", person_columns!(), " FROM people p WHERE p.id = $1"), id)?;
    Ok(found.map(Person::from))
}

pub async fn by_email(conn: &mut Conn, email: &str) -> Result<Option<Person>, StoreError> {
    let found =
        row!(conn, PersonRow, concat!("SELECT ", person_columns!(), " FROM people p WHERE p.email = $1"), email)?;
    Ok(found.map(Person::from))
}

/// Everyone who was not erased, by address.
pub async fn all(conn: &mut Conn) -> Result<Vec<Person>, StoreError> {
    let found = rows!(
        conn,
        PersonRow,
        concat!("SELECT ", person_columns!(), " FROM people p WHERE p.erased_at IS NULL ORDER BY p.email")
    )?;
    Ok(found.into_iter().map(Person::from).collect())
}

pub async fn entry(conn: &mut Conn, id: &str) -> Result<Option<Entry>, StoreError> {
    columns::one(row!(conn, EntryRow, concat!("SELECT ", entry_columns!(), " FROM people p WHERE p.id = $1"), id)?)
}

pub async fn by_external_id(conn: &mut Conn, external_id: &str) -> Result<Option<Entry>, StoreError> {
    columns::one(row!(
        conn,
        EntryRow,
        concat!("SELECT ", entry_columns!(), " FROM people p WHERE p.external_id = $1"),
        external_id
    )?)
}

/// Whoever the directory has not dropped and has this user name, or this address where it gave none; in lower case.
pub async fn by_user_name(conn: &mut Conn, user_name: &str) -> Result<Option<Entry>, StoreError> {
    columns::one(row!(
        conn,
        EntryRow,
        concat!(
            "SELECT ",
            entry_columns!(),
            " FROM people p WHERE COALESCE(p.user_name, p.email) = $1 AND p.removed_at IS NULL"
        ),
        user_name
    )?)
}

/// Those the directory has and the filter lets through, by id: so many from a place on (0 is the first).
pub async fn matching(
    conn: &mut Conn,
    filter: Option<&Filter<PersonField>>,
    from: u32,
    limit: u32,
) -> Result<Vec<Entry>, StoreError> {
    columns::all(each_engine!(conn, c => async {
        let select = concat!("SELECT ", entry_columns!(), " FROM people p WHERE p.removed_at IS NULL");
        let mut sql = QueryBuilder::new(select);
        filtered(&mut sql, filter, &column);
        sql.push(" ORDER BY p.id LIMIT ").push_bind(i64::from(limit)).push(" OFFSET ").push_bind(i64::from(from));
        sql.build_query_as::<EntryRow>().fetch_all(c).await
    })?)
}

/// How many `matching` finds without a limit.
pub async fn count_matching(conn: &mut Conn, filter: Option<&Filter<PersonField>>) -> Result<i64, StoreError> {
    let (count,) = each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new("SELECT COUNT(*) FROM people p WHERE p.removed_at IS NULL");
        filtered(&mut sql, filter, &column);
        sql.build_query_as::<(i64,)>().fetch_one(c).await
    })?;
    Ok(count)
}

/// Someone in a list, with the name of their manager.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub person: Person,
    pub manager: Option<String>,
}

/// Whose name or address holds these letters, whatever their capitals, and who holds a role where one is asked for; by address, from
/// just after one on. No letter stands for others.
pub async fn found(
    conn: &mut Conn,
    letters: &str,
    role: Option<Role>,
    after: &str,
    limit: u32,
) -> Result<Vec<Listed>, StoreError> {
    // SQLite makes only the letters of ASCII small, so the others are looked for as names write them, too.
    let like = |letters: String| format!("%{}%", letters.replace('!', "!!").replace('%', "!%").replace('_', "!_"));
    let found = rows!(
        conn,
        ListedRow,
        concat!(
            "SELECT ",
            person_columns!(),
            ", m.name AS manager FROM people p LEFT JOIN people m ON m.id = p.manager_id
              WHERE p.email > $1 AND p.erased_at IS NULL
                  AND (LOWER(p.name) LIKE LOWER($2) ESCAPE '!' OR LOWER(p.name) LIKE LOWER($3) ESCAPE '!'
                      OR LOWER(p.name) LIKE LOWER($4) ESCAPE '!' OR p.email LIKE $2 ESCAPE '!')
                  AND ($5 = '' OR EXISTS (SELECT 1 FROM roles r WHERE r.person_id = p.id AND r.role = $5))
              ORDER BY p.email LIMIT $6"
        ),
        after,
        like(letters.to_lowercase()),
        like(as_a_name(letters)),
        like(letters.to_uppercase()),
        role.map_or("", Role::as_str),
        i64::from(limit)
    )?;
    Ok(found.into_iter().map(|row| Listed { person: Person::from(row.person), manager: row.manager }).collect())
}

/// “Émile Beaulieu”, whatever the capitals were.
fn as_a_name(letters: &str) -> String {
    let mut starts = true;
    let mut name = String::with_capacity(letters.len());
    for letter in letters.chars() {
        if starts {
            name.extend(letter.to_uppercase());
        } else {
            name.extend(letter.to_lowercase());
        }
        starts = !letter.is_alphanumeric();
    }
    name
}

/// Which of these the directory has.
pub async fn known(conn: &mut Conn, ids: &[String]) -> Result<Vec<String>, StoreError> {
    let mut known = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let found: Vec<(String,)> = each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new("SELECT id FROM people WHERE removed_at IS NULL AND id IN (");
            push_list!(sql, some);
            sql.push(")").build_query_as().fetch_all(c).await
        })?;
        known.extend(found.into_iter().map(|(id,)| id));
    }
    Ok(known)
}

/// Their names, by id, of those that are people's.
pub async fn names(conn: &mut Conn, ids: &[String]) -> Result<Vec<(String, String)>, StoreError> {
    let mut names = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let found: Vec<(String, String)> = each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new("SELECT id, name FROM people WHERE id IN (");
            push_list!(sql, some);
            sql.push(")").build_query_as().fetch_all(c).await
        })?;
        names.extend(found);
    }
    Ok(names)
}

/// Everyone who was not erased with what the directory says, by address.
pub async fn entries(conn: &mut Conn) -> Result<Vec<Entry>, StoreError> {
    columns::all(rows!(
        conn,
        EntryRow,
        concat!("SELECT ", entry_columns!(), " FROM people p WHERE p.erased_at IS NULL ORDER BY p.email")
    )?)
}

pub async fn insert(conn: &mut Conn, entry: &Entry) -> Result<(), StoreError> {
    let person = &entry.person;
    run!(
        conn,
        "INSERT INTO people (id, email, name, team, name_public, job_function, manager_id, active, external_id, user_name,
             given_name, family_name, removed_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        &person.id,
        &person.email,
        &person.name,
        &person.team,
        person.name_public,
        &person.function,
        &person.manager_id,
        person.active,
        &entry.external_id,
        &entry.user_name,
        &entry.given_name,
        &entry.family_name,
        entry.removed_at.map(Timestamp::as_second),
        entry.created_at.as_second(),
        entry.updated_at.as_second()
    )?;
    Ok(())
}

/// Everything the entry says, but for when it was made.
pub async fn update(conn: &mut Conn, entry: &Entry) -> Result<(), StoreError> {
    let person = &entry.person;
    let touched = run!(
        conn,
        "UPDATE people SET email = $2, name = $3, team = $4, name_public = $5, job_function = $6, manager_id = $7, active = $8,
             external_id = $9, user_name = $10, given_name = $11, family_name = $12, removed_at = $13, updated_at = $14
         WHERE id = $1",
        &person.id,
        &person.email,
        &person.name,
        &person.team,
        person.name_public,
        &person.function,
        &person.manager_id,
        person.active,
        &entry.external_id,
        &entry.user_name,
        &entry.given_name,
        &entry.family_name,
        entry.removed_at.map(Timestamp::as_second),
        entry.updated_at.as_second()
    )?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Dangling) }
}

/// Someone's manager, that one's manager and so on, the nearest first.
pub async fn above(conn: &mut Conn, id: &str) -> Result<Vec<Person>, StoreError> {
    // Managers make no ring, and if they ever did, a hundred steps end it.
    let found = rows!(
        conn,
        PersonRow,
        concat!(
            "WITH RECURSIVE above (id, step) AS (
                 SELECT manager_id, 1 FROM people WHERE id = $1 AND manager_id IS NOT NULL
                 UNION SELECT m.manager_id, above.step + 1 FROM above JOIN people m ON m.id = above.id
                     WHERE m.manager_id IS NOT NULL AND above.step < 100)
             SELECT ",
            person_columns!(),
            " FROM above JOIN people p ON p.id = above.id ORDER BY above.step"
        ),
        id
    )?;
    Ok(found.into_iter().map(Person::from).collect())
}

// Whoever is below someone has one manager each, so a walk down a line that never goes back to its top meets nobody twice, and ends even where
// managers make a ring: `UNION ALL`, which remembers nobody, is enough, and takes half the time.

/// Everyone whom someone manages, straight or through others, by name; those who have left too.
pub async fn below(conn: &mut Conn, id: &str) -> Result<Vec<Person>, StoreError> {
    let found = rows!(
        conn,
        PersonRow,
        concat!(
            "WITH RECURSIVE below (id) AS (
                 SELECT id FROM people WHERE manager_id = $1 AND id <> $1
                 UNION ALL SELECT m.id FROM below JOIN people m ON m.manager_id = below.id WHERE m.id <> $1)
             SELECT ",
            person_columns!(),
            " FROM below JOIN people p ON p.id = below.id ORDER BY p.name, p.id"
        ),
        id
    )?;
    Ok(found.into_iter().map(Person::from).collect())
}

/// Some of those who have not left, in the same order, from just after a name and id on; and how many there are in all, unless these are none.
pub async fn some_below(
    conn: &mut Conn,
    id: &str,
    (name, after): (&str, &str),
    limit: u32,
) -> Result<(Vec<Person>, Option<i64>), StoreError> {
    let found = rows!(
        conn,
        CountedRow,
        concat!(
            "WITH RECURSIVE line (id, name, active) AS (
                 SELECT id, name, active FROM people WHERE manager_id = $1 AND id <> $1
                 UNION ALL SELECT m.id, m.name, m.active FROM line JOIN people m ON m.manager_id = line.id WHERE m.id <> $1),
             here AS MATERIALIZED (SELECT id, name FROM line WHERE active),
             page AS MATERIALIZED (
                 SELECT id, name FROM here WHERE (name, id) > ($2, $3) ORDER BY name, id LIMIT $4)
             SELECT (SELECT COUNT(*) FROM here) AS counted, ",
            person_columns!(),
            " FROM page JOIN people p ON p.id = page.id ORDER BY page.name, page.id"
        ),
        id,
        name,
        after,
        i64::from(limit)
    )?;
    let counted = found.first().map(|row| row.counted);
    Ok((found.into_iter().map(|row| Person::from(row.person)).collect(), counted))
}

/// How many there are below someone who have not left.
pub async fn count_below(conn: &mut Conn, id: &str) -> Result<i64, StoreError> {
    let found = row!(
        conn,
        (i64,),
        "WITH RECURSIVE counted (id, active) AS (
             SELECT id, active FROM people WHERE manager_id = $1 AND id <> $1
             UNION ALL SELECT m.id, m.active FROM counted JOIN people m ON m.manager_id = counted.id WHERE m.id <> $1)
         SELECT COUNT(*) FROM counted WHERE active",
        id
    )?;
    Ok(found.map_or(0, |(count,)| count))
}

/// Whether the directory names them as the manager of anyone who has not left.
pub async fn manages(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    let found =
        row!(conn, (i64,), "SELECT CAST(1 AS BIGINT) FROM people WHERE manager_id = $1 AND active LIMIT 1", id)?;
    Ok(found.is_some())
}

fn column(field: PersonField) -> Column {
    match field {
        PersonField::Id => Column::Plain("p.id"),
        PersonField::ExternalId => Column::Plain("p.external_id"),
        PersonField::UserName => Column::Lower("COALESCE(p.user_name, p.email)"),
        PersonField::Email => Column::Lower("p.email"),
        PersonField::EmailKind => Column::Lower("'work'"),
        PersonField::EmailPrimary => Column::Plain("TRUE"),
        PersonField::Name => Column::Folded("p.name"),
        PersonField::GivenName => Column::Folded("p.given_name"),
        PersonField::FamilyName => Column::Folded("p.family_name"),
        PersonField::Function => Column::Folded("p.job_function"),
        PersonField::Manager => Column::Plain("p.manager_id"),
        PersonField::Active => Column::Plain("p.active"),
        PersonField::Created => Column::Plain("p.created_at"),
        PersonField::Updated => Column::Plain("p.updated_at"),
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct PersonRow {
    id: String,
    email: String,
    name: String,
    team: Option<String>,
    name_public: bool,
    job_function: Option<String>,
    manager_id: Option<String>,
    active: bool,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    person: PersonRow,
    manager: Option<String>,
}

#[derive(sqlx::FromRow)]
struct CountedRow {
    #[sqlx(flatten)]
    person: PersonRow,
    counted: i64,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    #[sqlx(flatten)]
    person: PersonRow,
    external_id: Option<String>,
    user_name: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
    removed_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Person {
            id: row.id,
            email: row.email,
            name: row.name,
            team: row.team,
            name_public: row.name_public,
            function: row.job_function,
            manager_id: row.manager_id,
            active: row.active,
        }
    }
}

impl TryFrom<EntryRow> for Entry {
    type Error = StoreError;

    fn try_from(row: EntryRow) -> Result<Self, StoreError> {
        Ok(Entry {
            person: Person::from(row.person),
            external_id: row.external_id,
            user_name: row.user_name,
            given_name: row.given_name,
            family_name: row.family_name,
            removed_at: columns::maybe_time("people.removed_at", row.removed_at)?,
            created_at: columns::time("people.created_at", row.created_at)?,
            updated_at: columns::time("people.updated_at", row.updated_at)?,
        })
    }
}
