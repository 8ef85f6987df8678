//! The profile of the person that an app acts for.

use super::{ActionError, App, require};
use crate::{
    domain::{
        actor::{Actor, Member, Right},
        recipient::Person,
    },
    store::people,
};

/// Someone as apps that they let in see them.
pub struct OwnProfile {
    pub person: Person,
}

pub async fn read(app: &App, actor: &Actor) -> Result<OwnProfile, ActionError> {
    let member = held(actor, Right::ReadOwnProfile)?;
    let person = people::get(&mut app.db.read().await?, &member.id).await?;
    Ok(OwnProfile { person: person.ok_or(ActionError::Unauthenticated)? })
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
