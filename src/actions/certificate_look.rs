//! How a program's certificates look is its owners' to choose: it is no criterion, so no committee decides on it (decision 0064). What was
//! chosen counts at once for every certificate that is made from then on.

use super::{ActionError, App, drafts::owner, verify::aside};
use crate::{
    domain::{
        actor::Actor,
        certificate_look::{Look, LookRequest},
        digesting::sha256,
        field::FieldError,
    },
    outside::picture,
    store::{Conn, certificate_looks, events, programs},
};
use serde_json::json;

/// What is to become of the picture of a signature.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Signature {
    #[default]
    Keep,
    Remove,
    Put(Vec<u8>),
}

/// A look with the picture of a signature, as a PNG of ours.
pub type Chosen = (Look, Option<Vec<u8>>);

/// The look as it is; the usual one where nobody chose.
pub async fn current(conn: &mut Conn, actor: &Actor, program_id: &str) -> Result<Chosen, ActionError> {
    owner(actor, program_id)?;
    let none = || ActionError::not_found("program of yours", program_id);
    programs::get(conn, program_id).await?.ok_or_else(none)?;
    Ok(certificate_looks::get(conn, program_id).await?.unwrap_or_default())
}

/// What the look would be; nothing is kept.
pub async fn asked(
    conn: &mut Conn,
    actor: &Actor,
    program_id: &str,
    request: &LookRequest,
    signature: &Signature,
) -> Result<Chosen, ActionError> {
    owner(actor, program_id)?;
    let chosen = checked(request, signature).await?;
    whole(conn, actor, program_id, chosen).await
}

pub async fn change(
    app: &App,
    actor: &Actor,
    program_id: &str,
    request: &LookRequest,
    signature: &Signature,
) -> Result<(), ActionError> {
    owner(actor, program_id)?;
    let now = app.clock.now();
    // Before the transaction: a picture takes a while.
    let chosen = checked(request, signature).await?;
    let mut conn = app.db.write().await?;
    let (look, signature) = whole(&mut conn, actor, program_id, chosen).await?;
    certificate_looks::put(&mut conn, program_id, &look, signature.as_deref(), now).await?;
    let detail = json!({"look": look, "signature": signature.map(sha256)});
    events::append(&mut conn, now, &actor.label(), "program.certificate", program_id, &detail).await?;
    Ok(conn.commit().await?)
}

/// The look, and what becomes of the signature, whose picture is a PNG of ours by now.
async fn checked(request: &LookRequest, signature: &Signature) -> Result<(Look, Signature), ActionError> {
    let mut faults = Vec::new();
    let look = Look::checked(request).unwrap_or_else(|wrong| {
        faults.extend(wrong);
        Look::default()
    });
    let mut signature = signature.clone();
    if let Signature::Put(bytes) = &mut signature {
        let given = std::mem::take(bytes);
        match aside(move || picture::signature(&given)).await? {
            Ok(png) => *bytes = png,
            Err(why) => faults.push(FieldError::new("signature", why.to_string())),
        }
    }
    if faults.is_empty() { Ok((look, signature)) } else { Err(ActionError::Invalid(faults)) }
}

/// With the signature that is there, where it stays.
async fn whole(
    conn: &mut Conn,
    actor: &Actor,
    program_id: &str,
    (look, signature): (Look, Signature),
) -> Result<Chosen, ActionError> {
    let (_, kept) = current(conn, actor, program_id).await?;
    let signature = match signature {
        Signature::Keep => kept,
        Signature::Remove => None,
        Signature::Put(png) => Some(png),
    };
    Ok((look, signature))
}
