//! Endorses something with an identifier. In one transaction: rights, place in a status list, signature in both forms, our own judge, row,
//! event and the answer to a repeated request. What was answered is on disk.

pub use super::replay::IdempotencyKey;
use super::{
    ActionError, App, documents, issuer,
    jwts::{self, JwtSigner},
    keys::{self, Signer},
    prepare::own_evidence,
    replay::{self, Begun},
    require, status,
    urls::Urls,
};
use crate::{
    credential::verify::{Asked, CheckName, Evidence, KnownIssuer, Outcome, judge},
    domain::{
        actor::{Actor, Right},
        endorsement::{CheckedEndorsement, Endorsement, EndorsementRequest},
        id::random_id,
        issuer::Issuer,
    },
    store::{awards, endorsements, events},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// An endorsement as the API and the command line show it to whoever may issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EndorsementView {
    pub id: String,
    /// Its page, and the `id` of its credential.
    pub endorsement_url: String,
    /// The signed credential, JSON.
    pub credential_url: String,
    pub subject: String,
    pub comment: String,
    /// `upcoming`, `current`, `expired` or `revoked`.
    pub state: String,
    #[schema(value_type = String, format = DateTime)]
    pub valid_from: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub revoked_at: Option<Timestamp>,
    pub revocation_reason: Option<String>,
}

impl EndorsementView {
    pub fn of(endorsement: &Endorsement, urls: Urls, now: Timestamp) -> Self {
        let url = urls.endorsement(&endorsement.id);
        EndorsementView {
            id: endorsement.id.clone(),
            credential_url: format!("{url}.json"),
            endorsement_url: url,
            subject: endorsement.subject.clone(),
            comment: endorsement.comment.clone(),
            state: endorsement.state(now).as_str().to_owned(),
            valid_from: endorsement.valid_from,
            valid_until: endorsement.valid_until,
            issued_at: endorsement.issued_at,
            revoked_at: endorsement.revoked_at,
            revocation_reason: endorsement.revocation_reason.clone(),
        }
    }
}

/// What was endorsed, and the answer as JSON: byte for byte the same when it is replayed.
#[derive(Debug)]
pub struct Endorsed {
    pub view: EndorsementView,
    pub response: String,
}

pub async fn endorse(
    app: &App,
    actor: &Actor,
    request: &EndorsementRequest,
    key: Option<IdempotencyKey>,
) -> Result<Endorsed, ActionError> {
    require(actor, Right::Issue)?;
    let request = request.check(app.clock.now()).map_err(ActionError::Invalid)?;
    match attempt(app, actor, &request, key.as_ref()).await {
        // Another request was quicker, perhaps this same one: then its answer is there now.
        Err(ActionError::Busy) => attempt(app, actor, &request, key.as_ref()).await,
        done => done,
    }
}

async fn attempt(
    app: &App,
    actor: &Actor,
    request: &CheckedEndorsement,
    key: Option<&IdempotencyKey>,
) -> Result<Endorsed, ActionError> {
    let mut turn = match replay::begin(app, actor, key).await? {
        Begun::Fresh(turn) => turn,
        Begun::Answered(response) => {
            return Ok(Endorsed { view: serde_json::from_str(&response).map_err(ActionError::internal)?, response });
        }
    };
    let (conn, now, urls) = (&mut turn.conn, app.clock.now(), app.urls());
    if let Some(id) = urls.id_in(&request.subject, "badges") {
        let own = urls.badge(id);
        if awards::get(conn, id).await?.is_none() {
            return Err(ActionError::invalid("subject", "leads to no badge of this service"));
        }
        if request.subject != own {
            return Err(ActionError::invalid("subject", format!("is not how the badge is called; write {own}")));
        }
    }
    let issuer = issuer(conn).await?;
    let signer = keys::signer(app, conn, &issuer).await?;
    let places = status::allot(app, conn, &issuer, &signer, 1, now).await?;
    let place = places.into_iter().next().ok_or(ActionError::Busy)?;
    let endorsement = Endorsement {
        id: app.random.with(random_id),
        issuer_id: issuer.id.clone(),
        subject: request.subject.clone(),
        comment: request.comment.clone(),
        valid_from: request.valid_from,
        valid_until: request.valid_until,
        issued_at: now,
        verification_method: signer.method.clone(),
        status_list_id: place.list_id,
        status_index: place.index,
        revoked_at: None,
        revocation_reason: None,
        credential: String::new(),
        jwt: None,
    };
    let evidence = own_evidence(urls, conn, &issuer, [endorsement.status_list_id.as_str()], now).await?;
    let jwt_signer = jwts::signer(app, conn, &issuer).await?;
    let bench = Bench { base_url: app.config.base_url.clone(), issuer, signer, jwt_signer, evidence, now };
    let endorsement = tokio::task::spawn_blocking(move || bench.sign_and_judge(endorsement))
        .await
        .map_err(ActionError::internal)??;
    endorsements::insert(conn, &endorsement).await?;
    let detail = json!({"subject": endorsement.subject});
    events::append(conn, now, &actor.label(), "endorsement.issued", &endorsement.id, &detail).await?;
    let view = EndorsementView::of(&endorsement, urls, now);
    let response = serde_json::to_string(&view).map_err(ActionError::internal)?;
    turn.finish(&response).await?;
    Ok(Endorsed { view, response })
}

/// All that signing and judging needs, to take to another thread.
struct Bench {
    base_url: String,
    issuer: Issuer,
    signer: Signer,
    jwt_signer: Option<JwtSigner>,
    evidence: Evidence,
    now: Timestamp,
}

impl Bench {
    fn sign_and_judge(&self, mut endorsement: Endorsement) -> Result<Endorsement, ActionError> {
        let urls = Urls(&self.base_url);
        endorsement.credential = documents::sign_endorsement(urls, &self.issuer, &endorsement, &self.signer.key)?;
        self.judge(&endorsement.credential)?;
        if let Some(signer) = &self.jwt_signer {
            let jwt = jwts::secure(&endorsement.credential, signer)?;
            self.judge(&jwt)?;
            endorsement.jwt = Some((signer.fragment.clone(), jwt));
        }
        Ok(endorsement)
    }

    /// Our own output must stand before our own verifier. Its dates may lie outside now: that is what was asked for.
    fn judge(&self, credential: &str) -> Result<(), ActionError> {
        let known = [KnownIssuer::from(&self.issuer)];
        let asked = Asked { known_issuers: &known, ..Asked::default() };
        let report = judge(credential.as_bytes(), &self.evidence, self.now, &asked);
        let fault =
            report.checks.iter().find(|check| check.outcome != Outcome::Passed && check.check != CheckName::Dates);
        match fault {
            None => Ok(()),
            Some(check) => Err(ActionError::refused(format!(
                "nothing was endorsed, because the endorsement did not stand before Laurel's own verifier: {}",
                check.message
            ))),
        }
    }
}
