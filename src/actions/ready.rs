//! Whether this deployment may be served: what is missing or unsafe is refused before the first request.

use super::{ActionError, App, issuer, jwts, keys};
use crate::credential::did::did_web;

pub async fn ready(app: &App) -> Result<(), ActionError> {
    app.vault.check_modes()?;
    let mut conn = app.db.read().await?;
    let issuer = issuer(&mut conn).await?;
    let did = did_web(&app.config.base_url).map_err(ActionError::internal)?;
    if did != issuer.did {
        return Err(ActionError::refused(format!(
            "base_url {} makes the issuer {did}, but the record's is {}; badges name it, so set base_url back",
            app.config.base_url, issuer.did
        )));
    }
    keys::check_signer(app, &mut conn, &issuer).await?;
    jwts::check_signer(app, &mut conn, &issuer).await?;
    Ok(())
}
