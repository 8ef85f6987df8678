//! The directory by hand: add someone, look someone up. What the record says of people is never more than their ids.

use super::{ActionError, App, require};
use crate::{
    domain::{
        actor::{Actor, Right},
        directory::{Entry, NewPerson, Team},
        id::random_id,
        recipient::{Person, email},
    },
    store::{
        Conn, events, people,
        roles::{self, Granted},
        teams,
    },
};
use serde_json::json;

/// One person with everything the directory knows.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonView {
    pub entry: Entry,
    pub manager: Option<Person>,
    pub teams: Vec<Team>,
    pub roles: Vec<Granted>,
}

/// Adds someone who can then be given roles and awards. The address must be new.
pub async fn add(app: &App, actor: &Actor, new: &NewPerson) -> Result<Entry, ActionError> {
    require(actor, Right::Administer)?;
    let new = new.check().map_err(ActionError::Invalid)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    if people::by_email(&mut conn, &new.email).await?.is_some() {
        return Err(ActionError::conflict("already_there", format!("{} is in the directory already", new.email)));
    }
    if let Some(external_id) = &new.external_id
        && let Some(other) = people::by_external_id(&mut conn, external_id).await?
    {
        let message = format!("the external id {external_id} is that of {}", other.person.email);
        return Err(ActionError::conflict("external_id_taken", message));
    }
    let person = Person {
        id: app.random.with(random_id),
        email: new.email,
        name: new.name,
        team: None,
        name_public: false,
        function: new.function,
        manager_id: None,
        active: true,
    };
    let entry = Entry { external_id: new.external_id, ..Entry::new(person, now) };
    people::insert(&mut conn, &entry).await?;
    events::append(&mut conn, now, &actor.label(), "person.added", &entry.person.id, &json!({})).await?;
    conn.commit().await?;
    Ok(entry)
}

/// Everyone, by address.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Entry>, ActionError> {
    require(actor, Right::Administer)?;
    Ok(people::entries(&mut app.db.read().await?).await?)
}

/// By address or id.
pub async fn show(app: &App, actor: &Actor, who: &str) -> Result<PersonView, ActionError> {
    require(actor, Right::Administer)?;
    let mut conn = app.db.read().await?;
    let person = named(&mut conn, who).await?;
    let entry = people::entry(&mut conn, &person.id).await?.ok_or_else(|| ActionError::not_found("person", who))?;
    let manager = match &person.manager_id {
        Some(id) => people::get(&mut conn, id).await?,
        None => None,
    };
    let teams = teams::of_person(&mut conn, &person.id).await?;
    let roles = roles::granted(&mut conn, &person.id).await?;
    Ok(PersonView { entry, manager, teams, roles })
}

/// Whoever has this address, or this id.
pub(super) async fn named(conn: &mut Conn, who: &str) -> Result<Person, ActionError> {
    let found = match email(who) {
        Ok(address) => people::by_email(conn, &address).await?,
        Err(_) => people::get(conn, who.trim()).await?,
    };
    found.ok_or_else(|| ActionError::not_found("person", who))
}
