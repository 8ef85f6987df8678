//! The profile of the person that an app acts for: what the company says of them, and what they or an app added. The company's words are
//! changed in its directory and nowhere else.

use super::{ActionError, App, require};
use crate::{
    domain::{
        actor::{Actor, Member, Right},
        field::Faults,
        recipient::Person,
    },
    store::{Conn, events, people, profile_additions},
};
use serde_json::{Map, Value, json};

/// What may be added, by the names that Open Badges 3.0 gives them in a Profile, and how long each may be, in characters.
pub const ADDABLE: [(&str, usize); 8] = [
    ("url", 2_000),
    ("phone", 40),
    ("description", 2_000),
    ("givenName", 100),
    ("familyName", 100),
    ("additionalName", 100),
    ("honorificPrefix", 40),
    ("honorificSuffix", 40),
];

/// Someone as apps that they let in see them.
pub struct OwnProfile {
    pub person: Person,
    pub added: Map<String, Value>,
}

pub async fn read(app: &App, actor: &Actor) -> Result<OwnProfile, ActionError> {
    let member = held(actor, Right::ReadOwnProfile)?;
    of(&mut app.db.read().await?, member).await
}

/// `asked` is the whole profile without its context, id and type: what is left out is taken away, and name and address are what they are.
pub async fn update(app: &App, actor: &Actor, asked: &Map<String, Value>) -> Result<OwnProfile, ActionError> {
    let member = held(actor, Right::UpdateOwnProfile)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let before = of(&mut conn, member).await?;
    let added = checked(asked, &before.person).map_err(ActionError::Invalid)?;
    if added == before.added {
        return Ok(before);
    }
    profile_additions::put(&mut conn, &member.id, &added, now).await?;
    let names: Vec<&String> = added.keys().collect();
    events::append(&mut conn, now, &actor.label(), "profile.added", &member.id, &json!({"fields": names})).await?;
    conn.commit().await?;
    Ok(OwnProfile { added, ..before })
}

async fn of(conn: &mut Conn, member: &Member) -> Result<OwnProfile, ActionError> {
    let person = people::get(conn, &member.id).await?.ok_or(ActionError::Unauthenticated)?;
    Ok(OwnProfile { person, added: profile_additions::get(conn, &member.id).await? })
}

fn checked(
    asked: &Map<String, Value>,
    person: &Person,
) -> Result<Map<String, Value>, Vec<crate::domain::field::FieldError>> {
    let mut faults = Faults::default();
    let mut added = Map::new();
    for (name, value) in asked {
        let fixed = match name.as_str() {
            "name" => Some(&person.name),
            "email" => Some(&person.email),
            _ => None,
        };
        let most = ADDABLE.iter().find(|(known, _)| known == name).map(|(_, most)| *most);
        match (fixed, most, value.as_str()) {
            (Some(fixed), _, Some(text)) if text == fixed => {}
            (Some(_), ..) => faults.add(name, "is kept by the company’s directory and can’t be changed here"),
            (None, None, _) => {
                let known = ADDABLE.map(|(name, _)| name).join(", ");
                faults.add(name, format!("is not kept here; what can be added is {known}"));
            }
            (None, Some(_), None) => faults.add(name, "is not a text"),
            (None, Some(most), Some(text)) => {
                let text = faults.text(name, text, most, name == "description");
                let text = if name == "url" { faults.url(name, &text) } else { text };
                added.insert(name.clone(), Value::from(text));
            }
        }
    }
    faults.or(added)
}

/// Whose things these are: of whoever is signed in, or of whom an app acts for when it was let do this.
pub(super) fn held(actor: &Actor, of_app: Right) -> Result<&Member, ActionError> {
    match actor {
        Actor::Person(member) => {
            require(actor, Right::SignedIn)?;
            Ok(member)
        }
        Actor::App { member, .. } => {
            require(actor, of_app)?;
            Ok(member)
        }
        _ => Err(require(actor, of_app).err().unwrap_or_else(|| {
            ActionError::refused("only someone who is signed in, or an app that they let in, has such things")
        })),
    }
}
