//! Asks whoever stands before a page for a badge from their wallet (OpenID4VP 1.0), and keeps what came of it while the page may be open
//! (docs/decisions/0058).
//!
//! The request is signed once, when it is made, by the issuer's key for JWT: a wallet finds the key in our DID document, and needs nobody
//! else to trust. It is known to wallets by one id and to the page by another, so that whoever scans the code can't read what was shown.

use super::{
    ActionError, App, Conflict, issuer,
    jwts::{self, JwtSigner},
    sessions::hash,
    verify_presentation::{PresentationVerification, verify_presentation},
};
use crate::{
    credential::json,
    domain::{id::random_id, issuer::Issuer},
    outside::{random::Random, vault::Purpose},
    store::{
        StoreError, keys,
        presentations::{self, PresentationRequest},
    },
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How long a request is open, and what came of it is kept, in minutes.
pub const MINUTES: i64 = 10;
/// How many may be open at a time, whoever asks.
const MOST: i64 = 5_000;
/// The media type of the request, without `application/` (RFC 9101, section 10.8).
const REQUEST_TYPE: &str = "oauth-authz-req+jwt";
/// Both forms that are asked for, by the name the answer has for each.
const FORMS: [(&str, &str); 2] = [("badge_ldp_vc", "ldp_vc"), ("badge_jwt_vc_json", "jwt_vc_json")];

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The wallet, or who holds it, would not.
    Declined,
    Shown(Box<PresentationVerification>),
}

/// A request as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// `openid4vp://…`: leads a wallet to the request.
    pub link: String,
    pub expires_at: Timestamp,
    pub answer: Option<Answer>,
}

/// Whether wallets can be asked: there must be a key to sign with.
pub async fn is_possible(app: &App) -> Result<bool, ActionError> {
    let mut conn = app.db.read().await?;
    let issuer = issuer(&mut conn).await?;
    Ok(keys::active(&mut conn, &issuer.id, Purpose::Jwt.as_str()).await?.is_some())
}

/// Opens a request; answers the secret by which its page is known.
pub async fn begin(app: &App) -> Result<String, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    presentations::sweep(&mut conn, now).await?;
    if presentations::count(&mut conn, now).await? >= MOST {
        return Err(ActionError::Busy);
    }
    let issuer = issuer(&mut conn).await?;
    let signer = jwts::signer(app, &mut conn, &issuer).await?.ok_or_else(|| {
        let message = "there is no key to sign the request with; make one with `laurel keys generate --purpose jwt`";
        ActionError::conflict(Conflict::NoKeyToAsk, message)
    })?;
    // Never drawn from a seeded generator, whatever else is.
    let [secret, id, nonce] = std::array::from_fn(|_| Random::System.with(random_id));
    let expires_at = now + SignedDuration::from_mins(MINUTES);
    let request = signed(app, &issuer, &signer, (&id, &nonce), (now, expires_at))?;
    let asked = PresentationRequest { id, page_hash: hash(&secret), nonce, request, expires_at, answer: None };
    presentations::insert(&mut conn, &asked).await?;
    conn.commit().await?;
    Ok(secret)
}

/// Whether there is something for [`forget`] to do.
pub async fn any_ended(app: &App) -> Result<bool, ActionError> {
    Ok(presentations::any_ended(&mut app.db.read().await?, app.clock.now()).await?)
}

/// Forgets what has ended.
pub async fn forget(app: &App) -> Result<(), ActionError> {
    let mut conn = app.db.write().await?;
    presentations::sweep(&mut conn, app.clock.now()).await?;
    Ok(conn.commit().await?)
}

/// The request of a page; none when it has ended.
pub async fn look(app: &App, secret: &str) -> Result<Option<Asked>, ActionError> {
    let mut conn = app.db.read().await?;
    let Some(found) = presentations::by_page(&mut conn, &hash(secret), app.clock.now()).await? else { return Ok(None) };
    let answer = found.answer.map(|answer| serde_json::from_str(&answer)).transpose().map_err(ActionError::internal)?;
    let issuer = issuer(&mut conn).await?;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &client_id(&issuer))
        .append_pair("request_uri", &format!("{}/present/requests/{}", app.config.base_url, found.id))
        .finish();
    Ok(Some(Asked { link: format!("openid4vp://?{query}"), expires_at: found.expires_at, answer }))
}

/// The signed request, for a wallet; none once it was answered or has ended.
pub async fn request(app: &App, id: &str) -> Result<Option<String>, ActionError> {
    let found = presentations::by_id(&mut app.db.read().await?, id, app.clock.now()).await?;
    Ok(found.filter(|found| found.answer.is_none()).map(|found| found.request))
}

/// What a wallet sends.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    /// `vp_token`.
    Token(String),
    /// `error`, whichever it is.
    Error,
}

/// Why an answer is not taken.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    #[error("there is no such request, it was answered before, or it has ended")]
    NotOpen,
    #[error("{0}")]
    Malformed(&'static str),
    #[error("{0}")]
    Failed(#[from] ActionError),
}

impl From<StoreError> for AnswerError {
    fn from(why: StoreError) -> Self {
        AnswerError::Failed(why.into())
    }
}

/// Judges what a wallet shows, for the page to tell. The first answer that can be read counts, whatever is found.
pub async fn answer(app: &App, id: &str, sent: Sent) -> Result<(), AnswerError> {
    let mut conn = app.db.read().await?;
    let found = presentations::by_id(&mut conn, id, app.clock.now()).await?;
    let found = found.filter(|found| found.answer.is_none()).ok_or(AnswerError::NotOpen)?;
    let client_id = client_id(&issuer(&mut conn).await?);
    // The judge asks for connections of its own.
    drop(conn);
    let answer = match sent {
        Sent::Error => Answer::Declined,
        Sent::Token(token) => {
            let presentation = presentation(&token).map_err(AnswerError::Malformed)?;
            let shown = verify_presentation(app, &presentation, Some(&found.nonce), Some(&client_id)).await?;
            Answer::Shown(Box::new(shown))
        }
    };
    let text = serde_json::to_string(&answer).map_err(ActionError::internal)?;
    let mut conn = app.db.write().await?;
    let taken = presentations::answer(&mut conn, id, &text, app.clock.now()).await?;
    conn.commit().await?;
    if taken { Ok(()) } else { Err(AnswerError::NotOpen) }
}

/// We are whom our DID document says: the wallet looks the key up there.
fn client_id(issuer: &Issuer) -> String {
    format!("decentralized_identifier:{}", issuer.did)
}

fn signed(
    app: &App,
    issuer: &Issuer,
    signer: &JwtSigner,
    (id, nonce): (&str, &str),
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<String, ActionError> {
    let client_id = client_id(issuer);
    let asked = FORMS.map(|(name, format)| json!({"id": name, "format": format, "meta": {"type_values": types()}}));
    let payload = json!({
        "aud": "https://self-issued.me/v2",
        "iat": now.as_second(),
        "exp": expires_at.as_second(),
        "client_id": client_id,
        "response_type": "vp_token",
        "response_mode": "direct_post",
        "response_uri": format!("{}/present/answers/{id}", app.config.base_url),
        "nonce": nonce,
        "dcql_query": {
            "credentials": asked,
            "credential_sets": [{"options": FORMS.map(|(name, _)| [name])}],
        },
        "client_metadata": {
            "client_name": issuer.name,
            "vp_formats_supported": {
                "ldp_vc": {
                    "proof_type_values": ["DataIntegrityProof", "Ed25519Signature2020"],
                    "cryptosuite_values": ["eddsa-rdfc-2022", "ecdsa-rdfc-2019", "eddsa-jcs-2022"],
                },
                "jwt_vc_json": {"alg_values": ["ES256", "EdDSA", "RS256"]},
            },
        },
    });
    let kid = format!("{}#{}", issuer.did, signer.fragment);
    signer.key.sign_as(REQUEST_TYPE, &kid, &payload).map_err(ActionError::internal)
}

/// A badge by its types: as JSON-LD makes them, and as they are written (OpenID4VP 1.0, appendix B.1.1).
fn types() -> Value {
    const VC: &str = "https://www.w3.org/2018/credentials#VerifiableCredential";
    const BADGE: &str = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential";
    json!([
        [VC, BADGE],
        ["VerifiableCredential", "OpenBadgeCredential"],
        ["VerifiableCredential", "AchievementCredential"]
    ])
}

/// The one presentation of a `vp_token` (OpenID4VP 1.0, section 8.1): an object, or a JWT.
fn presentation(token: &str) -> Result<Vec<u8>, &'static str> {
    let Ok(Value::Object(answers)) = json::parse(token.as_bytes()) else {
        return Err("vp_token is not an object in strict JSON");
    };
    let mut answers = answers.iter();
    let (Some((name, Value::Array(shown))), None) = (answers.next(), answers.next()) else {
        return Err("vp_token has an array for exactly one of what was asked for");
    };
    if !FORMS.iter().any(|(form, _)| form == name) {
        return Err("vp_token answers what was not asked for");
    }
    match shown.as_slice() {
        [Value::String(jwt)] => Ok(jwt.clone().into_bytes()),
        [object @ Value::Object(_)] => Ok(object.to_string().into_bytes()),
        _ => Err("vp_token has exactly one presentation, as an object or a JWT"),
    }
}
