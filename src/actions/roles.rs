//! Roles: given, taken away, listed. Each change is in the record with who did it and why.

use super::{ActionError, App, Conflict, people::named, require};
use crate::{
    domain::{
        actor::{Actor, Grant, Right, Role},
        field::Faults,
    },
    store::{
        events, programs,
        roles::{self, Granted},
    },
};
use serde_json::json;

/// Gives a person (by address or id) a role in one program, or in all.
pub async fn grant(app: &App, actor: &Actor, who: &str, grant: &Grant, reason: &str) -> Result<(), ActionError> {
    require(actor, Right::Administer)?;
    let reason = checked(actor, reason)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let person = named(&mut conn, who).await?;
    if !person.active {
        let message = format!("{} has left; whoever has left holds no new role", person.email);
        return Err(ActionError::conflict(Conflict::LeftNoRole, message));
    }
    if let Some(program) = &grant.program {
        if matches!(grant.role, Role::Auditor | Role::Administrator) {
            let message = format!("{} is a role for the whole service, not of one program", grant.role.as_str());
            return Err(ActionError::invalid("program", message));
        }
        if programs::get(&mut conn, program).await?.is_none() {
            return Err(ActionError::not_found("program", program));
        }
    }
    let granted = Granted { person_id: person.id, grant: grant.clone(), at: now, by: actor.label() };
    if !roles::grant(&mut conn, &granted).await? {
        return Err(ActionError::conflict(Conflict::RoleHeld, format!("{} holds that role already", person.email)));
    }
    let detail = json!({"role": grant.role.as_str(), "program": grant.program, "reason": reason});
    events::append(&mut conn, now, &actor.label(), "role.granted", &granted.person_id, &detail).await?;
    Ok(conn.commit().await?)
}

/// Takes a role away that was given just so. Nobody takes the administrator's role from themselves, so that one is always left.
pub async fn revoke(app: &App, actor: &Actor, who: &str, grant: &Grant, reason: &str) -> Result<(), ActionError> {
    require(actor, Right::Administer)?;
    let reason = checked(actor, reason)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let person = named(&mut conn, who).await?;
    if let (Actor::Person(member), Role::Administrator) = (actor, grant.role) {
        if member.id == person.id {
            let message = "another administrator must take this role from you";
            return Err(ActionError::conflict(Conflict::OwnRole, message));
        }
        // Of two who take it from each other at once, the second comes too late.
        if !roles::held(&mut conn, Role::Administrator).await?.contains(&member.id) {
            return Err(ActionError::Forbidden { right: Right::Administer });
        }
    }
    if !roles::revoke(&mut conn, &person.id, grant).await? {
        return Err(ActionError::conflict(Conflict::RoleNotHeld, format!("{} does not hold that role", person.email)));
    }
    let detail = json!({"role": grant.role.as_str(), "program": grant.program, "reason": reason});
    events::append(&mut conn, now, &actor.label(), "role.revoked", &person.id, &detail).await?;
    Ok(conn.commit().await?)
}

/// One person's roles, or everyone's.
pub async fn list(app: &App, actor: &Actor, who: Option<&str>) -> Result<Vec<(Granted, String)>, ActionError> {
    require(actor, Right::Administer)?;
    let mut conn = app.db.read().await?;
    Ok(match who {
        Some(who) => {
            let person = named(&mut conn, who).await?;
            let granted = roles::granted(&mut conn, &person.id).await?;
            granted.into_iter().map(|granted| (granted, person.email.clone())).collect()
        }
        None => roles::all(&mut conn).await?,
    })
}

/// Whoever is at the machine may leave it out.
fn checked(actor: &Actor, reason: &str) -> Result<Option<String>, ActionError> {
    if reason.trim().is_empty() && *actor == Actor::Operator {
        return Ok(None);
    }
    let mut faults = Faults::default();
    let reason = faults.text("reason", reason, 500, false);
    faults.or(Some(reason)).map_err(ActionError::Invalid)
}
