//! `/me`: who I am here, what I may do, where I am signed in, and an administrator's passkeys.

use super::{
    Web,
    error::Failure,
    frame::Reader,
    session::{self, Me, Sent},
    sign_in::Nothing,
    view::{AccountPage, HeldRole, MorePasskeys, SessionRow},
};
use crate::{
    actions::{passkeys::are_possible, sessions},
    domain::{
        actor::{Grant, Right, may},
        passkey::is_fresh,
    },
    store::{awards, passkeys, people, programs},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use std::sync::Arc;

pub async fn show(State(web): State<Arc<Web>>, me: Me, mut reader: Reader) -> Result<Response, Failure> {
    let person = people::get(&mut reader.conn, &me.member.id).await?.ok_or_else(|| Failure::not_found("Nobody"))?;
    let programs = programs::all(&mut reader.conn).await?;
    let held = |Grant { role, program }: &Grant| HeldRole {
        role: *role,
        program: program
            .as_ref()
            .map(|id| programs.iter().find(|program| program.id == *id).map_or(id, |program| &program.name).to_owned()),
    };
    let sessions = sessions::own(&mut reader.conn, &me.member, reader.now).await?;
    let passkeys = passkeys::of_person(&mut reader.conn, &me.member.id).await?;
    let more_passkeys = match may(&me.actor(), Right::Administer) && are_possible(&web.app) {
        false => MorePasskeys::No,
        true if is_fresh(me.session.created_at, reader.now) => MorePasskeys::Now,
        true => MorePasskeys::AfterSigningInAgain,
    };
    let page = AccountPage {
        site: reader.site.clone(),
        person,
        roles: me.member.grants.iter().map(held).collect(),
        manages: me.member.manages,
        holds: !awards::levels_held(&mut reader.conn, &me.member.id, reader.now).await?.is_empty(),
        more_passkeys,
        passkeys,
        sessions: sessions
            .into_iter()
            .map(|session| SessionRow { here: session.id == me.session.id, session })
            .collect(),
    };
    reader.page(&page, false)
}

/// Ends one session; one's own is signing out.
pub async fn end(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    sessions::end(&web.app, &me.member, &id).await?;
    if id != me.session.id {
        return Ok(Redirect::to("/me#sessions").into_response());
    }
    let mut response = Redirect::to("/").into_response();
    session::forget(&web, &mut response);
    Ok(response)
}

pub async fn end_others(State(web): State<Arc<Web>>, Sent { me, .. }: Sent<Nothing>) -> Result<Response, Failure> {
    sessions::end_others(&web.app, &me.member, &me.session.id).await?;
    Ok(Redirect::to("/me#sessions").into_response())
}
