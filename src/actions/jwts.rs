//! Awards and endorsements as VC-JWT (Open Badges 3.0, section 8.2): signed once, when the award is given, with a key of their own, and kept. A deployment
//! without such a key gives none; once it has one, a job signs those of the awards from before. Reads never sign.

use super::{ActionError, App, issuer};
use crate::{
    credential::{
        date,
        jose::{Jws, SigningKey},
    },
    domain::issuer::Issuer,
    outside::vault::{Purpose, VaultError},
    store::{
        Conn, award_jwts, endorsements,
        keys::{self, KeyRow},
        settings,
    },
};
use serde_json::Value;

/// Set while there may be awards without a JWT that could have one.
const WANTED: &str = "jwts_wanted";
/// How many are signed in one transaction.
const AT_ONCE: u32 = 200;

/// The key that signs JWT now.
#[derive(Clone)]
pub(super) struct JwtSigner {
    pub fragment: String,
    /// The URL of its bare JWK.
    pub kid: String,
    pub key: SigningKey,
}

/// The active key for JWT, held until the commit of the write transaction `conn`; none when none was made.
pub(super) async fn signer(app: &App, conn: &mut Conn, issuer: &Issuer) -> Result<Option<JwtSigner>, ActionError> {
    let row = keys::hold_active(conn, &issuer.id, Purpose::Jwt.as_str()).await?;
    row.map(|row| of_row(app, row)).transpose()
}

/// Whether the active key for JWT, if there is one, can be used, without holding it.
pub(super) async fn check_signer(app: &App, conn: &mut Conn, issuer: &Issuer) -> Result<(), ActionError> {
    let row = keys::active(conn, &issuer.id, Purpose::Jwt.as_str()).await?;
    row.map(|row| of_row(app, row).map(drop)).unwrap_or(Ok(()))
}

fn of_row(app: &App, row: KeyRow) -> Result<JwtSigner, ActionError> {
    if row.development && !app.config.demo {
        return Err(VaultError::Development(row.fragment).into());
    }
    let key = app.vault.jwt_signer(&row.fragment)?;
    if key.public().to_multibase() != row.public_multibase {
        return Err(ActionError::refused(format!(
            "the key {} in the keys folder is not the one in the record; restore the right files from the backup",
            row.fragment
        )));
    }
    Ok(JwtSigner { kid: app.urls().key(&row.fragment), fragment: row.fragment, key })
}

/// A signed credential as a JWT: without its proof, and with the registered claims that say the same again.
pub(super) fn secure(credential: &str, signer: &JwtSigner) -> Result<String, ActionError> {
    let mut payload: Value = serde_json::from_str(credential).map_err(ActionError::internal)?;
    let claims = claims(&payload);
    if let Some(payload) = payload.as_object_mut() {
        payload.shift_remove("proof");
        payload.extend(claims);
    }
    let jwt = signer.key.sign(&signer.kid, &payload).map_err(ActionError::internal)?;
    let (signed, _) = Jws::read(jwt.as_bytes()).map_err(ActionError::internal)?;
    signed.verify(signer.key.public()).map_err(ActionError::internal)?;
    Ok(jwt)
}

fn claims(credential: &Value) -> Vec<(String, Value)> {
    let at = |pointer: &str| credential.pointer(pointer).cloned();
    let seconds = |pointer: &str| {
        let when = credential.pointer(pointer).and_then(Value::as_str).and_then(date::parse)?;
        Some(Value::from(when.as_second()))
    };
    [
        ("iss", at("/issuer/id")),
        ("jti", at("/id")),
        ("sub", at("/credentialSubject/id")),
        ("nbf", seconds("/validFrom")),
        ("exp", seconds("/validUntil")),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect()
}

/// Notes that awards may lack a JWT, in the transaction that made it so.
pub(super) async fn want(conn: &mut Conn) -> Result<(), ActionError> {
    Ok(settings::set(conn, WANTED, "yes").await?)
}

/// Whether there may be any to sign.
pub async fn wanted(app: &App) -> Result<bool, ActionError> {
    let mut conn = app.db.read().await?;
    Ok(settings::get(&mut conn, WANTED).await?.as_deref() == Some("yes"))
}

/// What is signed.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Awards,
    Endorsements,
}

/// Signs those that are lacking; answers how many.
pub async fn fill(app: &App) -> Result<u64, ActionError> {
    let (mut filled, mut of, mut after) = (0, Of::Awards, String::new());
    loop {
        let mut conn = app.db.write().await?;
        let issuer = issuer(&mut conn).await?;
        let signer = signer(app, &mut conn, &issuer).await?;
        let lacking = match (&signer, of) {
            (Some(_), Of::Awards) => award_jwts::lacking(&mut conn, &after, AT_ONCE).await?,
            (Some(_), Of::Endorsements) => endorsements::lacking_jwt(&mut conn, &after, AT_ONCE).await?,
            (None, _) => Vec::new(),
        };
        if lacking.is_empty() && signer.is_some() && of == Of::Awards {
            (of, after) = (Of::Endorsements, String::new());
            continue;
        }
        let Some(signer) = signer.filter(|_| !lacking.is_empty()) else {
            settings::set(&mut conn, WANTED, "no").await?;
            conn.commit().await?;
            return Ok(filled);
        };
        if let Some((last, _)) = lacking.last() {
            after.clone_from(last);
        }
        let fragment = signer.fragment.clone();
        let sign = move || {
            let pairs = lacking.into_iter().map(|(id, credential)| Ok((id, secure(&credential, &signer)?)));
            pairs.collect::<Result<Vec<_>, ActionError>>()
        };
        for (id, jwt) in tokio::task::spawn_blocking(sign).await.map_err(ActionError::internal)?? {
            filled += u64::from(match of {
                Of::Awards => award_jwts::insert(&mut conn, &id, &fragment, &jwt).await?,
                Of::Endorsements => endorsements::set_jwt(&mut conn, &id, &fragment, &jwt).await?,
            });
        }
        conn.commit().await?;
    }
}
