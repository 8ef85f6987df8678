//! The directory by hand: add someone, look someone up, go through everyone. What the record says of people is never more than their ids.

use super::{ActionError, App, Conflict, require};
use crate::{
    domain::{
        actor::{Actor, Right, Role},
        directory::{Entry, NewPerson, Team},
        erasing::is_erased,
        id::random_id,
        passkey::Passkey,
        recipient::{Person, email},
        session::Session,
    },
    store::{
        Conn,
        events::{self, Event, Wanted},
        passkeys,
        people::{self, Listed},
        roles::{self, Granted},
        sessions, teams,
    },
};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};

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
        return Err(ActionError::conflict(
            Conflict::AlreadyThere,
            format!("{} is in the directory already", new.email),
        ));
    }
    if let Some(external_id) = &new.external_id
        && let Some(other) = people::by_external_id(&mut conn, external_id).await?
    {
        let message = format!("the external id {external_id} is that of {}", other.person.email);
        return Err(ActionError::conflict(Conflict::ExternalIdTaken, message));
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

/// People of one page of the list.
const PAGE: u32 = 50;
/// Changes of roles that are shown with a person.
const CHANGES: u32 = 10;

/// What is looked for in the list; everyone where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// A part of a name or an address.
    pub letters: String,
    pub role: Option<Role>,
    /// The address that the page before ended with.
    pub after: String,
}

/// One page of the list, with the roles of those on it.
#[derive(Clone, Debug)]
pub struct Found {
    pub people: Vec<Listed>,
    pub roles: Vec<Granted>,
    /// The address that the next page begins after.
    pub next: Option<String>,
}

/// By address, a page at a time.
pub async fn search(app: &App, actor: &Actor, asked: &Asked) -> Result<Found, ActionError> {
    require(actor, Right::Administer)?;
    let mut conn = app.db.read().await?;
    let mut people = people::found(&mut conn, asked.letters.trim(), asked.role, &asked.after, PAGE + 1).await?;
    let more = people.len() > PAGE as usize;
    people.truncate(PAGE as usize);
    let next = people.last().map(|last| last.person.email.clone()).filter(|_| more);
    let ids: Vec<String> = people.iter().map(|one| one.person.id.clone()).collect();
    let roles = roles::of_people(&mut conn, &ids).await?;
    Ok(Found { people, roles, next })
}

/// One person as an administrator sees them.
#[derive(Clone, Debug)]
pub struct Account {
    pub view: PersonView,
    /// Where they are signed in, the last seen first.
    pub sessions: Vec<Session>,
    pub passkeys: Vec<Passkey>,
    /// When they last signed in, whether or not that session still stands.
    pub last_sign_in: Option<Event>,
    /// The last changes of their roles, newest first.
    pub changes: Vec<Event>,
    /// Of those who gave and changed them, by id.
    pub names: HashMap<String, String>,
}

pub async fn account(app: &App, actor: &Actor, id: &str) -> Result<Account, ActionError> {
    let view = show(app, actor, id).await?;
    let mut conn = app.db.read().await?;
    let id = &view.entry.person.id;
    let sessions = sessions::of_person(&mut conn, id, app.clock.now()).await?;
    let passkeys = passkeys::of_person(&mut conn, id).await?;
    let of = |kind: &str| Wanted { subject: Some(id.clone()), kind: Some(kind.into()), person: None };
    let last_sign_in = events::newest(&mut conn, &of("session.opened"), None, 1).await?.pop();
    let changes = events::newest(&mut conn, &of("role"), None, CHANGES).await?;
    let labels = view.roles.iter().map(|held| &held.by).chain(changes.iter().map(|event| &event.actor));
    let ids: BTreeSet<String> = labels.filter_map(|label| label.strip_prefix("person:")).map(str::to_owned).collect();
    let names = people::names(&mut conn, &ids.into_iter().collect::<Vec<_>>()).await?.into_iter().collect();
    Ok(Account { view, sessions, passkeys, last_sign_in, changes, names })
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
    let found: Option<Person> = match email(who) {
        Ok(address) => people::by_email(conn, &address).await?,
        Err(_) => people::get(conn, who.trim()).await?,
    };
    found.filter(|person| !is_erased(person)).ok_or_else(|| ActionError::not_found("person", who))
}
