//! Everything about one person, for that person: begun here, and told piece by piece by whoever writes it out (web/takeout.rs).

use super::{
    ActionError, App,
    clr::{self, no_badge},
    people::named,
    require,
};
use crate::{
    domain::{
        actor::{Actor, Right},
        recipient::Person,
    },
    store::{
        Conn, events, people,
        shown::{self, ShownAward},
    },
};
use serde_json::json;

/// Whose it is, and what was looked up or signed at its beginning.
#[derive(Debug)]
pub struct Begun {
    pub person: Person,
    /// Newest first, whatever became of them.
    pub badges: Vec<ShownAward>,
    /// The signed ClrCredential; none where no badge stands.
    pub clr: Option<String>,
}

/// Of oneself.
pub async fn begin(app: &App, actor: &Actor) -> Result<Begun, ActionError> {
    let mut conn = app.db.write().await?;
    let person = own(&mut conn, actor).await?;
    begun(app, conn, actor, person).await
}

/// Of someone named by address or id, for whoever runs the service to hand over.
pub async fn begin_of(app: &App, actor: &Actor, who: &str) -> Result<Begun, ActionError> {
    require(actor, Right::Operate)?;
    let mut conn = app.db.write().await?;
    let person = named(&mut conn, who).await?;
    begun(app, conn, actor, person).await
}

/// The ClrCredential of one's own badges that stand.
pub async fn clr(app: &App, actor: &Actor) -> Result<String, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let person = own(&mut conn, actor).await?;
    let record = clr::signed(app, &mut conn, &actor.label(), &person, now).await?.ok_or_else(no_badge)?;
    conn.commit().await?;
    Ok(record)
}

async fn begun(app: &App, mut conn: Conn, actor: &Actor, person: Person) -> Result<Begun, ActionError> {
    let (now, by) = (app.clock.now(), actor.label());
    let clr = match clr::signed(app, &mut conn, &by, &person, now).await {
        // Without a key nothing is signed, and the rest is theirs all the same.
        Err(ActionError::Refused { message }) => {
            tracing::warn!("someone takes their data along without a signed record: {message}");
            None
        }
        signed => signed?,
    };
    let badges = shown::shown_of_person(&mut conn, &person.id).await?;
    events::append(&mut conn, now, &by, "person.taken_out", &person.id, &json!({})).await?;
    conn.commit().await?;
    Ok(Begun { person, badges, clr })
}

async fn own(conn: &mut Conn, actor: &Actor) -> Result<Person, ActionError> {
    require(actor, Right::SignedIn)?;
    match actor {
        Actor::Person(member) => people::get(conn, &member.id).await?.ok_or(ActionError::Unauthenticated),
        _ => Err(ActionError::refused("only someone who is signed in is a person")),
    }
}
