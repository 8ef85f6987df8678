//! The first steps of a deployment, all or none: the issuer, its keys, the first status list, the first token.

use super::{ActionError, App, Conflict, keys, require, status, tokens};
use crate::{
    credential::did::did_web,
    domain::{
        actor::{Actor, Right, Scope},
        field::Faults,
        id::slug,
        issuer::Issuer,
    },
    outside::vault::Purpose,
    store::{events, issuers, keys::KeyRow},
};
use jiff::tz::TimeZone;
use serde_json::json;

/// Who will sign.
#[derive(Clone, Debug)]
pub struct NewIssuer {
    /// A slug.
    pub id: String,
    pub name: String,
    /// The company's own site; the base URL when absent.
    pub url: Option<String>,
    pub email: Option<String>,
    pub linkedin_id: Option<String>,
    /// IANA name.
    pub time_zone: String,
    pub show_revocation_reason: bool,
}

#[derive(Debug)]
pub struct Begun {
    pub issuer: Issuer,
    pub key: KeyRow,
    pub token: Option<tokens::Created>,
}

/// Checks what was said of the issuer; `base_url` must have been checked before.
pub fn check(new: &NewIssuer, base_url: &str) -> Result<Issuer, ActionError> {
    let mut faults = Faults::default();
    let id = faults.take("id", slug(&new.id)).unwrap_or_default().to_owned();
    let name = faults.text("name", &new.name, 200, false);
    let url = faults.url("url", new.url.as_deref().unwrap_or(base_url));
    let email = new.email.as_deref().and_then(|text| faults.take("email", crate::domain::recipient::email(text)));
    if new.linkedin_id.as_deref().is_some_and(|id| id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit())) {
        faults.add("linkedin_id", "is not LinkedIn's number of a company, such as 1337");
    }
    if TimeZone::get(&new.time_zone).is_err() {
        faults.add("time_zone", format!("“{}” is not a time zone such as Europe/Berlin", new.time_zone));
    }
    let did = faults.take("base_url", did_web(base_url)).unwrap_or_default();
    faults
        .or(Issuer {
            id,
            did,
            name,
            url,
            email,
            linkedin_id: new.linkedin_id.clone(),
            time_zone: new.time_zone.clone(),
            show_revocation_reason: new.show_revocation_reason,
        })
        .map_err(ActionError::Invalid)
}

/// Makes the issuer with its key and its first status list, and a token when a name for it is given.
pub async fn init(app: &App, actor: &Actor, issuer: Issuer, token: Option<&str>) -> Result<Begun, ActionError> {
    require(actor, Right::Operate)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    if let Some(known) = issuers::only(&mut conn).await? {
        let message =
            format!("the database has an issuer already, “{}”; give another database to begin anew", known.name);
        return Err(ActionError::conflict(Conflict::IssuerExists, message));
    }
    issuers::insert(&mut conn, &issuer, now).await?;
    let key = keys::make(app, &mut conn, actor, &issuer, Purpose::Credential.into(), now).await?;
    keys::make(app, &mut conn, actor, &issuer, Purpose::Jwt.into(), now).await?;
    keys::make(app, &mut conn, actor, &issuer, Purpose::Panel.into(), now).await?;
    let signer = keys::signer(app, &mut conn, &issuer).await?;
    status::open_list(app, &mut conn, &issuer, &signer, now).await?;
    let detail = json!({"did": issuer.did, "name": issuer.name});
    events::append(&mut conn, now, &actor.label(), "issuer.made", &issuer.id, &detail).await?;
    conn.commit().await?;
    let token = match token {
        Some(name) => Some(tokens::create(app, actor, name, &Scope::ALL).await?),
        None => None,
    };
    Ok(Begun { issuer, key, token })
}
