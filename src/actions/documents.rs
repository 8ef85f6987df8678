//! The issuer's documents, made from the record: its DID document, Profile, Achievements, and the credential of an award.
//!
//! A credential is a pure function of the award's row and what the row points at (person's address, level version, issuer):
//! signing it again gives the same bytes as long as the issuer's row stays as it is, and nothing changes that one.

use super::{ActionError, urls::Urls};
use crate::{
    credential::{
        clr::{ClrFacts, clr_credential},
        did::{DidKeyEntry, JsonWebKeyEntry, did_web_document, with_json_web_keys},
        document::{
            Achievement, AchievementFacts, Alignment, Evidence, IssuerFacts, ResultDescription, ResultFacts,
            RubricCriterionLevel, StatusEntry, achievement_credential, achievement_document, profile_document,
        },
        endorsement::{EndorsementFacts, endorsement_credential},
        jose::Jwk,
        key::{PublicKey, SecretKey},
        proof::{self, ProofOptions},
        status::{Bitstring, StatusListFacts, status_list_credential},
    },
    domain::{
        award::Award,
        endorsement::Endorsement,
        issuer::Issuer,
        level::LevelContent,
        personal_endorsement::{PersonalEndorsement, Relation},
        rubric::{Criterion, Rubric},
    },
    outside::vault::Purpose,
    store::{
        Conn,
        keys::{self, KeyRow},
        shown::ShownAward,
    },
};
use jiff::Timestamp;
use serde_json::Value;

/// The DID document: every key that was not compromised, so that what a retired one signed still verifies.
pub async fn did_document(urls: Urls<'_>, conn: &mut Conn, issuer: &Issuer) -> Result<Value, ActionError> {
    let (mut entries, mut jwks) = (Vec::new(), Vec::new());
    for key in keys::published(conn, &issuer.id).await? {
        if key.purpose == Purpose::Jwt.as_str() {
            jwks.push(json_web_key(urls, key)?);
            continue;
        }
        let public = PublicKey::from_multibase(&key.public_multibase).map_err(ActionError::internal)?;
        let assertion =
            [Purpose::Credential, Purpose::Panel, Purpose::VcApi].iter().any(|purpose| key.purpose == purpose.as_str());
        entries.push(DidKeyEntry { fragment: key.fragment, public, assertion });
    }
    Ok(with_json_web_keys(did_web_document(&issuer.did, &entries), &issuer.did, &jwks))
}

/// The bare JWK of a published key for JWT, as it is served at `/keys/{fragment}`.
pub async fn jwk(
    urls: Urls<'_>,
    conn: &mut Conn,
    issuer: &Issuer,
    fragment: &str,
) -> Result<Option<Value>, ActionError> {
    let published = keys::published(conn, &issuer.id).await?;
    let found = published.into_iter().find(|key| key.fragment == fragment && key.purpose == Purpose::Jwt.as_str());
    found.map(|key| Ok(json_web_key(urls, key)?.jwk())).transpose()
}

fn json_web_key(urls: Urls<'_>, key: KeyRow) -> Result<JsonWebKeyEntry, ActionError> {
    let public = Jwk::from_multibase(&key.public_multibase).map_err(ActionError::internal)?;
    Ok(JsonWebKeyEntry { kid: urls.key(&key.fragment), fragment: key.fragment, public })
}

/// The issuer's Profile as it is served at `/issuers/{id}.json`.
pub fn issuer_profile(issuer: &Issuer) -> Value {
    profile_document(&issuer_facts(issuer))
}

/// A level's Achievement as it is served at `/achievements/{level}.json`.
pub fn achievement(urls: Urls, issuer: &Issuer, level_id: &str, version: i64, content: &LevelContent) -> Value {
    achievement_document(&achievement_facts(urls, level_id, version, content), &issuer_facts(issuer))
}

/// Whom and what an award's row points at.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub urls: Urls<'a>,
    pub issuer: &'a Issuer,
    pub email: &'a str,
    pub content: &'a LevelContent,
}

/// The signed credential of an award, as it is given out.
pub fn sign_award(about: About, award: &Award, key: &SecretKey) -> Result<String, ActionError> {
    signed(&unsigned(about, award), award.issued_at, &award.verification_method, key)
}

/// The signed credential of an endorsement, as it is given out.
pub fn sign_endorsement(
    urls: Urls,
    issuer: &Issuer,
    endorsement: &Endorsement,
    key: &SecretKey,
) -> Result<String, ActionError> {
    let document = unsigned_endorsement(urls, issuer, endorsement);
    signed(&document, endorsement.issued_at, &endorsement.verification_method, key)
}

/// The same without its proof.
pub(super) fn unsigned_endorsement(urls: Urls, issuer: &Issuer, endorsement: &Endorsement) -> Value {
    endorsement_credential(&EndorsementFacts {
        credential_id: urls.endorsement(&endorsement.id),
        name: Some(format!("Endorsement by {}", issuer.name)),
        issuer: issuer_facts(issuer),
        subject_id: endorsement.subject.clone(),
        comment: endorsement.comment.clone(),
        valid_from: endorsement.valid_from,
        valid_until: endorsement.valid_until,
        status: Some(StatusEntry {
            list_url: urls.status(&endorsement.status_list_id),
            index: endorsement.status_index,
        }),
    })
}

/// The keys with which this service signs what people say, as they stand in each one's DID document: those that sign badges.
pub async fn endorser_keys(conn: &mut Conn, issuer: &Issuer) -> Result<Vec<DidKeyEntry>, ActionError> {
    let published = keys::published(conn, &issuer.id).await?;
    let own = published.into_iter().filter(|key| key.purpose == Purpose::Credential.as_str());
    let entry = |key: KeyRow| {
        let public = PublicKey::from_multibase(&key.public_multibase).map_err(ActionError::internal)?;
        Ok(DidKeyEntry { fragment: key.fragment, public, assertion: true })
    };
    own.map(entry).collect()
}

/// Who someone is as an issuer: a DID below this service's.
pub fn endorser_did(issuer: &Issuer, endorser_id: &str) -> String {
    format!("{}:endorsers:{endorser_id}", issuer.did)
}

pub(super) fn endorser_method(issuer: &Issuer, endorser_id: &str, fragment: &str) -> String {
    format!("{}#{fragment}", endorser_did(issuer, endorser_id))
}

pub fn endorser_did_document(issuer: &Issuer, endorser_id: &str, keys: &[DidKeyEntry]) -> Value {
    did_web_document(&endorser_did(issuer, endorser_id), keys)
}

/// What someone said, signed in their name.
pub(super) fn sign_personal_endorsement(
    urls: Urls,
    issuer: &Issuer,
    said: &PersonalEndorsement,
    key: &SecretKey,
) -> Result<String, ActionError> {
    let document = unsigned_personal_endorsement(urls, issuer, said);
    signed(&document, said.issued_at, &said.verification_method, key)
}

/// The same without its proof. Who they are is told as far as this service knows it.
pub(super) fn unsigned_personal_endorsement(urls: Urls, issuer: &Issuer, said: &PersonalEndorsement) -> Value {
    let badge = urls.badge(&said.award_id);
    let known = match said.relation {
        Relation::Manager => format!("Manager of the badge's holder, signed in at {}", issuer.name),
        Relation::Peer => format!("Colleague of the badge's holder, signed in at {}", issuer.name),
        Relation::Client => format!("Outside {}, reached by e-mail at the wish of the badge's holder", issuer.name),
    };
    endorsement_credential(&EndorsementFacts {
        credential_id: urls.endorsement(&said.id),
        name: Some(format!("Endorsement by {}", said.name)),
        issuer: IssuerFacts {
            id: endorser_did(issuer, &said.endorser_id),
            name: said.name.clone(),
            url: None,
            email: None,
            description: Some(known),
            image: None,
        },
        // A skill stands on the badge's page, and its place in the level's list never changes.
        subject_id: said.skill.map_or_else(|| badge.clone(), |skill| format!("{badge}#skill-{skill}")),
        comment: said.comment.clone(),
        valid_from: said.issued_at,
        valid_until: None,
        status: Some(StatusEntry { list_url: urls.endorser_list(&said.endorser_id), index: said.status_index }),
    })
}

/// The status list of someone who endorses.
pub(super) fn sign_endorser_list(
    urls: Urls,
    issuer: &Issuer,
    endorser_id: &str,
    bits: &Bitstring,
    (method, at): (&str, Timestamp),
    key: &SecretKey,
) -> Result<String, ActionError> {
    let (id, did) = (urls.endorser_list(endorser_id), endorser_did(issuer, endorser_id));
    let facts = StatusListFacts { id: &id, issuer: &did, valid_from: at, bits };
    signed(&status_list_credential(&facts), at, method, key)
}

/// A record of what one person reached, before it is signed.
pub(super) struct Record<'a> {
    pub id: String,
    pub subject_id: String,
    pub email: &'a str,
    pub salt: String,
    pub at: Timestamp,
    /// The newest first.
    pub badges: &'a [ShownAward],
}

/// The signed ClrCredential of someone's badges. The ladder of a program tells which level comes before which.
pub(super) fn sign_record(
    urls: Urls,
    issuer: &Issuer,
    record: &Record,
    method: &str,
    key: &SecretKey,
) -> Result<String, ActionError> {
    let mut levels: Vec<&ShownAward> = Vec::new();
    for shown in record.badges {
        if !levels.iter().any(|known| known.level.id == shown.level.id) {
            levels.push(shown);
        }
    }
    levels.sort_by_key(|shown| (&shown.program.id, shown.level.position));
    let achievement =
        |shown: &&ShownAward| achievement_facts(urls, &shown.level.id, shown.level.version, &shown.level.content);
    let steps = levels.iter().zip(levels.iter().skip(1)).filter(|(one, next)| one.program.id == next.program.id);
    let credentials = record.badges.iter().map(|shown| serde_json::from_str(&shown.award.credential));
    let document = clr_credential(&ClrFacts {
        credential_id: record.id.clone(),
        name: format!("Certifications by {}", issuer.name),
        issuer: issuer_facts(issuer),
        valid_from: record.at,
        subject_id: record.subject_id.clone(),
        email: record.email.to_owned(),
        salt: record.salt.clone(),
        credentials: credentials.collect::<Result<_, _>>().map_err(ActionError::internal)?,
        achievements: levels.iter().map(achievement).collect(),
        precedes: steps
            .map(|(one, next)| (urls.achievement(&one.level.id), urls.achievement(&next.level.id)))
            .collect(),
    });
    signed(&document, record.at, method, key)
}

/// A document as it is given out: with its proof, as text.
fn signed(document: &Value, created: Timestamp, method: &str, key: &SecretKey) -> Result<String, ActionError> {
    let options = ProofOptions { created, verification_method: method.to_owned() };
    let signed = proof::sign(document, &options, key).map_err(ActionError::internal)?;
    serde_json::to_string(&signed).map_err(ActionError::internal)
}

/// What a panel says for the badge it gave.
pub(super) struct PanelEndorsement<'a> {
    pub badge_id: &'a str,
    pub comment: String,
    pub at: Timestamp,
    /// The panel's key.
    pub method: &'a str,
}

/// It is signed to stand in the badge for good; it ends and is revoked with it, so it has no status of its own.
pub(super) fn sign_panel_endorsement(
    urls: Urls,
    issuer: &Issuer,
    said: PanelEndorsement,
    key: &SecretKey,
) -> Result<Value, ActionError> {
    let badge = urls.badge(said.badge_id);
    let document = endorsement_credential(&EndorsementFacts {
        credential_id: format!("{badge}#panel"),
        name: Some("Decision of the panel".to_owned()),
        issuer: issuer_facts(issuer),
        subject_id: badge,
        comment: said.comment,
        valid_from: said.at,
        valid_until: None,
        status: None,
    });
    let options = ProofOptions { created: said.at, verification_method: said.method.to_owned() };
    proof::sign(&document, &options, key).map_err(ActionError::internal)
}

/// The signed credential of an award, without its proof.
pub(super) fn unsigned(about: About, award: &Award) -> Value {
    achievement_credential(&award_facts(about, award))
}

fn award_facts(about: About, award: &Award) -> AchievementFacts {
    let About { urls, issuer, email, content } = about;
    let linked = award.evidence_url.as_ref().map(|url| Evidence { id: Some(url.clone()), ..Evidence::default() });
    AchievementFacts {
        credential_id: urls.badge(&award.id),
        name: content.name.clone(),
        description: Some(content.description.clone()),
        issuer: issuer_facts(issuer),
        awarded: award.begun_anew().map(|_| award.valid_from),
        valid_from: award.in_force_from(),
        valid_until: award.valid_until,
        subject_id: award.subject_id.clone(),
        email: Some(email.to_owned()),
        salt: award.salt.clone(),
        achievement: achievement_facts(urls, &award.level_id, award.level_version, content),
        evidence: linked.into_iter().chain(award.evidence.iter().cloned()).collect(),
        results: results(urls, award, content),
        narrative: award.narrative.clone(),
        status: StatusEntry { list_url: urls.status(&award.status_list_id), index: award.status_index },
        endorsements: award.endorsement.iter().cloned().collect(),
    }
}

fn issuer_facts(issuer: &Issuer) -> IssuerFacts {
    IssuerFacts {
        id: issuer.did.clone(),
        name: issuer.name.clone(),
        url: Some(issuer.url.clone()),
        email: issuer.email.clone(),
        description: None,
        image: None,
    }
}

fn achievement_facts(urls: Urls, level_id: &str, version: i64, content: &LevelContent) -> Achievement {
    Achievement {
        id: urls.achievement(level_id),
        version: Some(version.to_string()),
        name: content.name.clone(),
        description: content.description.clone(),
        achievement_type: Some("Certification".to_owned()),
        criteria_id: Some(urls.achievement(level_id)),
        criteria_narrative: Some(content.criteria.clone()),
        image_id: Some(urls.image(&content.image)),
        tags: content.tags.clone(),
        alignments: content
            .alignments
            .iter()
            .map(|alignment| Alignment {
                name: alignment.name.clone(),
                url: alignment.url.clone(),
                framework: alignment.framework.clone(),
                code: alignment.code.clone(),
            })
            .collect(),
        result_descriptions: content
            .rubric
            .iter()
            .flat_map(|rubric| described(urls, level_id, version, rubric))
            .collect(),
    }
}

/// The criteria of a rubric. Their addresses name the version, since the next one may mean something else by the same name.
fn described(urls: Urls, level_id: &str, version: i64, rubric: &Rubric) -> Vec<ResultDescription> {
    let criteria = urls.achievement_version(level_id, version);
    let one = |criterion: &Criterion| ResultDescription {
        id: format!("{criteria}#{}", criterion.id),
        name: criterion.name.clone(),
        required_level: graded(&criteria, criterion, rubric, &criterion.required),
        levels: rubric
            .grades
            .iter()
            .zip(&criterion.described)
            .enumerate()
            .map(|(place, (grade, description))| RubricCriterionLevel {
                id: graded(&criteria, criterion, rubric, grade),
                name: grade.clone(),
                description: description.clone(),
                level: place.to_string(),
                points: rubric.points(criterion, grade).to_string(),
            })
            .collect(),
    };
    rubric.criteria.iter().map(one).collect()
}

/// The address of a grade of a criterion. No slug has a full stop.
fn graded(criteria: &str, criterion: &Criterion, rubric: &Rubric, grade: &str) -> String {
    format!("{criteria}#{}.{}", criterion.id, rubric.place(grade).unwrap_or(0))
}

/// What was reached, in the order of the rubric.
fn results(urls: Urls, award: &Award, content: &LevelContent) -> Vec<ResultFacts> {
    let (Some(rubric), Some(grades)) = (&content.rubric, &award.results) else { return Vec::new() };
    let criteria = urls.achievement_version(&award.level_id, award.level_version);
    let one = |criterion: &Criterion| {
        let grade = grades.get(&criterion.id)?;
        Some(ResultFacts {
            result_description: format!("{criteria}#{}", criterion.id),
            achieved_level: graded(&criteria, criterion, rubric, grade),
        })
    };
    rubric.criteria.iter().filter_map(one).collect()
}
