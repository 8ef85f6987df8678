//! Sets a deployment up for the W3C's test suites: an issuer that is a did:key, and its first status list. A did:key has one
//! key, which therefore signs everything; that is no way to set up a real issuer, and nothing but this makes one.

use super::{ActionError, App, keys, require, status};
use crate::{
    credential::{did::did_key, key::SecretKey},
    domain::{
        actor::{Actor, Right},
        issuer::Issuer,
    },
    outside::{random::Random, secret::Secret, vault::Purpose},
    store::{events, issuers},
};
use serde_json::json;

/// The issuer: a new one, or the one this record has from an earlier time under the same address.
pub async fn begin(app: &App, actor: &Actor) -> Result<Issuer, ActionError> {
    require(actor, Right::Operate)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    if let Some(known) = issuers::only(&mut conn).await? {
        if !known.did.starts_with("did:key:") || known.url != app.config.base_url {
            return Err(ActionError::refused(format!(
                "this folder's record was made for {}, and its lists stand there; take another folder or address",
                known.url
            )));
        }
        return Ok(known);
    }
    // A key is never drawn from a seeded generator, whatever else is.
    let key = Random::System.with(|rng| SecretKey::generate(rng));
    let issuer = Issuer {
        id: "conformance".to_owned(),
        did: did_key(&key.public()),
        name: "Conformance tests".to_owned(),
        url: app.config.base_url.clone(),
        email: None,
        linkedin_id: None,
        time_zone: "UTC".to_owned(),
        show_revocation_reason: false,
    };
    issuers::insert(&mut conn, &issuer, now).await?;
    keys::keep(app, &mut conn, actor, &issuer, Purpose::Credential, Secret::Ed25519(key), now).await?;
    let signer = keys::signer(app, &mut conn, &issuer).await?;
    status::open_list(app, &mut conn, &issuer, &signer, now).await?;
    let detail = json!({"did": issuer.did, "name": issuer.name});
    events::append(&mut conn, now, &actor.label(), "issuer.made", &issuer.id, &detail).await?;
    conn.commit().await?;
    Ok(issuer)
}
