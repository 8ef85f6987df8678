//! Signs a credential that a program wrote, for the VC-API. It is held to VC Data Model 2.0 first, and every part that breaks it is
//! named by its path; it is signed with a key of its own purpose, judged by our own judge, and recorded, so that its status
//! can change.

use super::{ActionError, App, documents, issuer, keys, require, status, verify::aside};
use crate::{
    credential::{
        canon::{self, CanonError, Cause},
        data_model,
        document::{StatusEntry, status_entry},
        proof::{self, ProofOptions, Suite},
        verify::{Asked, Check, CheckName, Evidence, Found, KnownIssuer, Need, Outcome, judge_any},
    },
    domain::{
        actor::{Actor, Right},
        id::random_id,
        issuer::Issuer,
    },
    store::{
        Conn,
        api_credentials::{self, ApiCredential},
        events, status_lists,
    },
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// What a program asks for.
#[derive(Clone, Debug)]
pub struct SignRequest {
    /// Without a proof. Without an issuer it gets ours.
    pub credential: Map<String, Value>,
    /// `eddsa-rdfc-2022` or `eddsa-jcs-2022`.
    pub suite: Suite,
    /// Whether it gets a place in a status list.
    pub revocable: bool,
}

/// The signed credential.
pub async fn sign_credential(app: &App, actor: &Actor, request: SignRequest) -> Result<Value, ActionError> {
    require(actor, Right::SignCredentials)?;
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let issuer = issuer(&mut conn).await?;
    drop(conn);
    let mut credential = request.credential;
    name_issuer(&mut credential, &issuer)?;
    held(&credential)?;
    not_ours(app, &credential)?;
    let document = Value::Object(credential.clone());
    aside(move || canon::canonicalize(&document).map(drop).map_err(|why| unsignable(&why))).await??;
    let mut conn = app.db.write().await?;
    let signer = keys::signer_for(app, &mut conn, &issuer, keys::vc_api_purpose(&issuer)).await?;
    let place = match request.revocable {
        true => Some(place(app, &mut conn, &issuer, &mut credential, now).await?),
        false => None,
    };
    let evidence = evidence(app, &mut conn, &issuer, place.as_ref(), now).await?;
    let known = [KnownIssuer::from(&issuer)];
    let options = ProofOptions { created: now, verification_method: signer.method.clone() };
    let (suite, key) = (request.suite, signer.key);
    let document = Value::Object(credential);
    let work = move || {
        let signed = proof::sign_with(suite, &document, &options, &key).map_err(ActionError::internal)?;
        let asked = Asked { known_issuers: &known, ..Asked::default() };
        let report = judge_any(signed.to_string().as_bytes(), &evidence, now, &asked);
        match report.checks.iter().find(|check| !stands(check)) {
            None => Ok(signed),
            Some(fault) => Err(ActionError::invalid("credential", fault.message.trim_end_matches('.'))),
        }
    };
    let signed = aside(work).await??;
    let row = ApiCredential {
        id: app.random.with(random_id),
        issuer_id: issuer.id.clone(),
        credential_id: signed.get("id").and_then(Value::as_str).map(str::to_owned),
        key_fragment: signer.fragment,
        issued_at: now,
        place,
        revoked_at: None,
        credential: signed.to_string(),
    };
    api_credentials::insert(&mut conn, &row).await?;
    let detail = json!({"credential": row.credential_id, "revocable": row.place.is_some()});
    events::append(&mut conn, now, &actor.label(), "credential.signed", &row.id, &detail).await?;
    conn.commit().await?;
    Ok(signed)
}

/// Whether a check of our own judge lets a credential out. Its dates are what was asked for, and a status kept elsewhere is not ours
/// to read.
fn stands(check: &Check) -> bool {
    match check.check {
        CheckName::Dates => true,
        CheckName::Status | CheckName::Schema => check.outcome != Outcome::Failed,
        _ => check.outcome == Outcome::Passed,
    }
}

/// A credential says who issues it; another's name is refused, and a missing one is ours.
fn name_issuer(credential: &mut Map<String, Value>, issuer: &Issuer) -> Result<(), ActionError> {
    let own = || Value::String(issuer.did.clone());
    let id = match credential.get_mut("issuer") {
        None => {
            credential.insert("issuer".into(), own());
            return Ok(());
        }
        Some(Value::Object(profile)) => profile.entry("id").or_insert_with(own),
        Some(id) => id,
    };
    // What is no URL at all is named by the data model.
    match id.as_str() {
        Some(id) if id.contains(':') && id != issuer.did => {
            let why = format!("is {id}, and this service signs as {}; leave it out", issuer.did);
            Err(ActionError::invalid("credential.issuer", why))
        }
        _ => Ok(()),
    }
}

fn held(credential: &Map<String, Value>) -> Result<(), ActionError> {
    if credential.contains_key("proof") {
        return Err(ActionError::invalid("credential.proof", "is there already; send the credential without it"));
    }
    data_model::check(credential).map_err(|fault| at(&fault.path, fault.what))?;
    Ok(())
}

/// A place in a list of ours is given by this service, or one credential's revocation could be another's.
fn not_ours(app: &App, credential: &Map<String, Value>) -> Result<(), ActionError> {
    for (n, entry) in data_model::many(credential.get("credentialStatus")).iter().enumerate() {
        let list = entry.get("statusListCredential").and_then(Value::as_str);
        if list.is_some_and(|list| app.urls().id_in(list, "status").is_some()) {
            let why = "is a list of this service; ask for a place in it by options.credentialStatus";
            return Err(at(&format!("credentialStatus[{n}].statusListCredential"), why));
        }
    }
    Ok(())
}

/// Why a credential can't be put in canonical form, and where.
fn unsignable(why: &CanonError) -> ActionError {
    match &why.cause {
        Cause::UnknownContext(url) => {
            ActionError::invalid("credential.@context", format!("names {url}, which this service does not hold"))
        }
        cause if why.path().is_empty() => ActionError::invalid("credential", cause.to_string()),
        cause => at(&why.path(), cause.to_string()),
    }
}

fn at(path: &str, why: impl Into<String>) -> ActionError {
    ActionError::invalid(format!("credential.{path}"), why)
}

/// Draws a place and writes it into the credential, after the entries that are there.
async fn place(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    credential: &mut Map<String, Value>,
    now: Timestamp,
) -> Result<(String, u32), ActionError> {
    let signer = keys::signer(app, conn, issuer).await?;
    let places = status::allot(app, conn, issuer, &signer, 1, now).await?;
    let place =
        places.into_iter().next().ok_or_else(|| ActionError::internal(anyhow::anyhow!("no place was given")))?;
    let entry = status_entry(&StatusEntry { list_url: app.urls().status(&place.list_id), index: place.index });
    let entries = match credential.shift_remove("credentialStatus") {
        None => entry,
        Some(Value::Array(mut entries)) => {
            entries.push(entry);
            Value::Array(entries)
        }
        Some(one) => json!([one, entry]),
    };
    credential.insert("credentialStatus".into(), entries);
    Ok((place.list_id, place.index))
}

/// What a verifier would look up, as it will be once this is committed.
async fn evidence(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    place: Option<&(String, u32)>,
    now: Timestamp,
) -> Result<Evidence, ActionError> {
    let mut evidence = Evidence::new();
    let did_document = documents::did_document(app.urls(), conn, issuer).await?;
    let bytes = serde_json::to_vec(&did_document).map_err(ActionError::internal)?;
    evidence.put(Need::DidDocument(issuer.did.clone()), Found::Document(bytes, now));
    if let Some((list, _)) = place
        && let Some(publication) = status_lists::published(conn, list).await?
    {
        evidence.put(Need::StatusList(app.urls().status(list)), Found::Document(publication.json, now));
    }
    Ok(evidence)
}
