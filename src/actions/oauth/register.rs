//! An app registers itself, without anyone's leave (RFC 7591; Open Badges 3.0, section 7.1.1): what it says of itself is its word alone.
//!
//! Nobody is let in by it, so it is in no record. What nobody let in is forgotten after a day, and only so many wait at a time; how often
//! one address may register is for the web to count.

use super::{OauthError, SECRET, hash, oauth, secret};
use crate::{
    actions::{ActionError, App},
    domain::{
        field::FieldError,
        id::random_id,
        oauth::{AuthMethod, Client, ClientMetadata, RegistrationRequest},
    },
};
use jiff::SignedDuration;

const WAITS: SignedDuration = SignedDuration::from_hours(24);
const MOST_WAITING: i64 = 5_000;

pub struct Registered {
    pub client: Client,
    /// Given now and never again; none of an app that keeps none.
    pub secret: Option<String>,
}

pub async fn register(app: &App, request: RegistrationRequest) -> Result<Registered, OauthError> {
    let metadata = ClientMetadata::checked(request).map_err(refused)?;
    let now = app.clock.now();
    let since = now - WAITS;
    let secret = (metadata.token_endpoint_auth_method != AuthMethod::None).then(|| secret(SECRET));
    let client =
        Client { id: app.random.with(random_id), secret_hash: secret.as_deref().map(hash), metadata, created_at: now };
    let mut conn = app.db.write().await?;
    oauth::sweep(&mut conn, since).await?;
    oauth::sweep_clients(&mut conn, since).await?;
    if oauth::count_unconnected(&mut conn, since).await? >= MOST_WAITING {
        return Err(ActionError::Busy.into());
    }
    oauth::insert_client(&mut conn, &client).await?;
    conn.commit().await?;
    Ok(Registered { client, secret })
}

fn refused(faults: Vec<FieldError>) -> OauthError {
    let redirects = faults.iter().any(|fault| fault.field.starts_with("redirect_uris"));
    let error = if redirects { "invalid_redirect_uri" } else { "invalid_client_metadata" };
    OauthError::refused(error, faults.iter().map(FieldError::to_string).collect::<Vec<_>>().join("; "))
}
