//! From drafts to awards in the record: places in status lists, signatures, our own judge, rows, events. One transaction, the
//! caller's; the CPU's part runs off the async threads.

use super::{
    ActionError, App, documents,
    jwts::{self, JwtSigner},
    keys::{Hand, Signer},
    status,
    urls::Urls,
    webhooks,
};
use crate::{
    credential::verify::{Asked, CheckName, EndorsementReport, Evidence, Found, KnownIssuer, Need, Outcome, judge},
    domain::{award::Award, issuer::Issuer, level::LevelContent, recipient::Person, webhook::Topic},
    store::{Conn, award_jwts, awards, events, status_lists, suspensions},
};
use jiff::Timestamp;
use serde_json::json;
use std::{collections::HashSet, sync::Arc};

/// An award that lacks its place in a status list and its signature.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub award: Award,
    pub person: Person,
    pub content: Arc<LevelContent>,
}

/// Gives each draft its place, signs it, has it judged, and puts it into the record; an award it renews is superseded. `by` is whom the
/// record names.
pub(super) async fn seal(
    app: &App,
    conn: &mut Conn,
    by: &str,
    issuer: &Issuer,
    signer: Signer,
    mut drafts: Vec<Draft>,
    now: Timestamp,
) -> Result<Vec<Draft>, ActionError> {
    place(app, conn, issuer, &signer, &mut drafts, now).await?;
    let (drafts, jwts, jwt_key) = signed(app, conn, issuer, signer, drafts, now).await?;
    let mut jwts = jwts.into_iter();
    for Draft { award, .. } in &drafts {
        awards::insert(conn, award).await?;
        if let (Some(key), Some(jwt)) = (&jwt_key, jwts.next()) {
            award_jwts::insert(conn, &award.id, key, &jwt).await?;
        }
        if let Some(old) = &award.renews
            && !awards::supersede(conn, old, &award.id).await?
        {
            return Err(ActionError::Busy);
        }
        let detail = json!({"level": award.level_id, "version": award.level_version, "lineage": award.lineage_id, "renews": award.renews});
        events::append(conn, now, by, "award.issued", &award.id, &detail).await?;
    }
    for (topic, renewal) in [(Topic::AwardIssued, false), (Topic::AwardRenewed, true)] {
        let given = drafts.iter().filter(|draft| draft.award.renews.is_some() == renewal);
        let ids: Vec<String> = given.map(|draft| draft.award.id.clone()).collect();
        webhooks::awards(app, conn, topic, &ids, now).await?;
    }
    Ok(drafts)
}

/// Gives the credentials of awards in the record new places and signs them anew: of each the award as it is, and the draft of what it is to be.
/// The places and credentials before are done with.
pub(super) async fn sealed_anew(
    app: &App,
    conn: &mut Conn,
    Hand { issuer, signer }: Hand,
    awards: Vec<(Award, Draft)>,
    now: Timestamp,
) -> Result<Vec<Award>, ActionError> {
    let (old, mut drafts): (Vec<Award>, Vec<Draft>) = awards.into_iter().unzip();
    place(app, conn, &issuer, &signer, &mut drafts, now).await?;
    let (drafts, jwts, jwt_key) = signed(app, conn, &issuer, signer, drafts, now).await?;
    let mut jwts = jwts.into_iter();
    for (old, Draft { award, .. }) in old.iter().zip(&drafts) {
        if !suspensions::resume(conn, old, award).await? {
            return Err(ActionError::Busy);
        }
        award_jwts::remove(conn, &award.id).await?;
        if let (Some(key), Some(jwt)) = (&jwt_key, jwts.next()) {
            award_jwts::insert(conn, &award.id, key, &jwt).await?;
        }
    }
    if jwt_key.is_none() {
        // A key for them may be on its way.
        jwts::want(conn).await?;
    }
    Ok(drafts.into_iter().map(|draft| draft.award).collect())
}

/// A badge once more, made out to the key of its holder and signed now.
pub(super) struct MadeOut {
    pub credential: String,
    /// The same as a JWT, with the key that signed it; none without a key for it.
    pub jwt: Option<(String, String)>,
}

/// The badge of an award in the record for another `subject`, all else as it is: it is judged as every badge is, and revoked with it.
pub(super) async fn made_out(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    signer: Signer,
    draft: Draft,
    subject: &str,
    now: Timestamp,
) -> Result<MadeOut, ActionError> {
    let award = Award { subject_id: subject.to_owned(), issued_at: now, ..draft.award };
    let (drafts, jwts, jwt_key) = signed(app, conn, issuer, signer, vec![Draft { award, ..draft }], now).await?;
    let draft =
        drafts.into_iter().next().ok_or_else(|| ActionError::internal(anyhow::anyhow!("nothing was signed")))?;
    Ok(MadeOut { credential: draft.award.credential, jwt: jwts.into_iter().next().zip(jwt_key) })
}

/// Gives each draft a place of its own in a status list.
async fn place(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    signer: &Signer,
    drafts: &mut [Draft],
    now: Timestamp,
) -> Result<(), ActionError> {
    let places = status::allot(app, conn, issuer, signer, drafts.len(), now).await?;
    for (draft, place) in drafts.iter_mut().zip(places) {
        draft.award.status_list_id = place.list_id;
        draft.award.status_index = place.index;
    }
    Ok(())
}

/// The drafts with their credentials, each as a JWT too, and the key of those, when there is one.
async fn signed(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    signer: Signer,
    drafts: Vec<Draft>,
    now: Timestamp,
) -> Result<(Vec<Draft>, Vec<String>, Option<String>), ActionError> {
    let lists: HashSet<&str> = drafts.iter().map(|draft| draft.award.status_list_id.as_str()).collect();
    let evidence = own_evidence(app.urls(), conn, issuer, lists, now).await?;
    let jwt_signer = jwts::signer(app, conn, issuer).await?;
    let jwt_key = jwt_signer.as_ref().map(|signer| signer.fragment.clone());
    let bench =
        Bench { base_url: app.config.base_url.clone(), issuer: issuer.clone(), signer, jwt_signer, evidence, now };
    let work = move || bench.sign_and_judge(drafts);
    let (drafts, jwts) = tokio::task::spawn_blocking(work).await.map_err(ActionError::internal)??;
    Ok((drafts, jwts, jwt_key))
}

/// What a verifier would look up, as it will be once this is committed.
pub(super) async fn own_evidence<'l>(
    urls: Urls<'_>,
    conn: &mut Conn,
    issuer: &Issuer,
    lists: impl IntoIterator<Item = &'l str>,
    now: Timestamp,
) -> Result<Evidence, ActionError> {
    let mut evidence = Evidence::new();
    let did_document = documents::did_document(urls, conn, issuer).await?;
    let bytes = serde_json::to_vec(&did_document).map_err(ActionError::internal)?;
    evidence.put(Need::DidDocument(issuer.did.clone()), Found::Document(bytes, now));
    for list in lists {
        if let Some(publication) = status_lists::published(conn, list).await? {
            evidence.put(Need::StatusList(urls.status(list)), Found::Document(publication.json, now));
        }
    }
    Ok(evidence)
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
    /// The drafts with their credentials, and when there is a key for it each as a JWT.
    fn sign_and_judge(&self, mut drafts: Vec<Draft>) -> Result<(Vec<Draft>, Vec<String>), ActionError> {
        let mut jwts = Vec::new();
        let known = [KnownIssuer::from(&self.issuer)];
        for draft in &mut drafts {
            let about = documents::About {
                urls: Urls(&self.base_url),
                issuer: &self.issuer,
                email: &draft.person.email,
                content: &draft.content,
            };
            draft.award.verification_method = self.signer.method.clone();
            draft.award.credential = documents::sign_award(about, &draft.award, &self.signer.key)?;
            self.judge(draft, &draft.award.credential, &known)?;
            if let Some(signer) = &self.jwt_signer {
                let jwt = jwts::secure(&draft.award.credential, signer)?;
                self.judge(draft, &jwt, &known)?;
                jwts.push(jwt);
            }
        }
        Ok((drafts, jwts))
    }

    /// Our own output must stand before our own verifier. Its dates may lie outside now: that is what was asked for.
    fn judge(&self, draft: &Draft, badge: &str, known_issuers: &[KnownIssuer]) -> Result<(), ActionError> {
        let asked = Asked { email: Some(&draft.person.email), known_issuers, ..Asked::default() };
        let report = judge(badge.as_bytes(), &self.evidence, self.now, &asked);
        let fault =
            report.checks.iter().find(|check| check.outcome != Outcome::Passed && check.check != CheckName::Dates);
        // What stands in it must stand, too.
        let fault = fault.or_else(|| report.endorsements.iter().find_map(EndorsementReport::deciding));
        match fault {
            None => Ok(()),
            Some(check) => Err(ActionError::refused(format!(
                "nothing was issued, because the new badge did not stand before Laurel's own verifier: {}",
                check.message
            ))),
        }
    }
}
