//! Signs what someone said, in their name, and their status list.

use super::{evidence, fault};
use crate::{
    actions::{
        ActionError, App, Conflict, documents, issuer,
        keys::{self, Signer},
    },
    credential::status::{Bitstring, LENGTH},
    domain::{
        id::random_id,
        issuer::Issuer,
        personal_endorsement::{CheckedWords, PersonalEndorsement, Relation, Standing},
    },
    store::{
        Conn,
        personal_endorsements::{self, Endorser, Listed},
        shown::ShownAward,
    },
};
use jiff::Timestamp;
use rand::RngExt;

/// Endorsers that are read together.
const PAGE: u32 = 200;

/// Someone new gets their list first: published with nothing withdrawn before a place of it is given.
pub(super) async fn signed(
    app: &App,
    conn: &mut Conn,
    endorser: &Endorser,
    badge: &ShownAward,
    relation: Relation,
    words: CheckedWords,
) -> Result<PersonalEndorsement, ActionError> {
    let now = app.clock.now();
    let issuer = issuer(conn).await?;
    if !issuer.did.starts_with("did:web:") {
        let message = "people endorse where the issuer is a did:web, under which they have a DID of their own";
        return Err(ActionError::conflict(Conflict::NoDomain, message));
    }
    // Held until the commit, so that one writer at a time signs a list.
    let signer = keys::signer(app, conn, &issuer).await?;
    let list = match &endorser.list {
        Some(list) => list.clone(),
        None => {
            let list = list(app, &issuer, &signer, &endorser.id, &Bitstring::new(), now)?;
            personal_endorsements::insert_endorser(
                conn,
                &Endorser { list: Some(list.clone()), ..endorser.clone() },
                now,
            )
            .await?;
            list
        }
    };
    let mut said = PersonalEndorsement {
        id: app.random.with(random_id),
        endorser_id: endorser.id.clone(),
        award_id: badge.award.id.clone(),
        skill: words.skill,
        relation,
        name: words.name,
        comment: words.comment,
        language: words.language,
        issued_at: now,
        verification_method: documents::endorser_method(&issuer, &endorser.id, &signer.fragment),
        status_index: app.random.with(|rng| rng.random_range(0..LENGTH)),
        credential: String::new(),
        standing: Standing::Waiting,
        withdrawn_at: None,
    };
    said.credential = documents::sign_personal_endorsement(app.urls(), &issuer, &said, &signer.key)?;
    let listed = [Listed { said, list: Some(list) }];
    let evidence = evidence(app.urls(), conn, &issuer, &listed, now).await?;
    let [Listed { said, .. }] = listed;
    match fault(&issuer, &said, &evidence, now) {
        None => Ok(said),
        Some(check) => Err(ActionError::refused(format!(
            "nothing was endorsed, because the endorsement did not stand before Laurel’s own verifier: {}",
            check.message
        ))),
    }
}

/// Publishes someone’s list with all that they withdrew.
pub(super) async fn publish(app: &App, conn: &mut Conn, endorser_id: &str) -> Result<(), ActionError> {
    let issuer = issuer(conn).await?;
    let signer = keys::signer(app, conn, &issuer).await?;
    published(app, conn, &issuer, &signer, endorser_id).await
}

async fn published(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    signer: &Signer,
    endorser_id: &str,
) -> Result<(), ActionError> {
    let mut bits = Bitstring::new();
    for index in personal_endorsements::withdrawn(conn, endorser_id).await? {
        bits.set(index).map_err(ActionError::internal)?;
    }
    let list = list(app, issuer, signer, endorser_id, &bits, app.clock.now())?;
    Ok(personal_endorsements::publish(conn, endorser_id, &list).await?)
}

/// Signs every list anew: after the key has changed. Answers how many.
pub(in crate::actions) async fn publish_all(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    signer: &Signer,
) -> Result<usize, ActionError> {
    let (mut after, mut count) = (String::new(), 0);
    loop {
        let page = personal_endorsements::endorsers_after(conn, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(count) };
        after.clone_from(&last.id);
        for endorser in page.iter().filter(|endorser| endorser.list.is_some()) {
            published(app, conn, issuer, signer, &endorser.id).await?;
            count += 1;
        }
    }
}

fn list(
    app: &App,
    issuer: &Issuer,
    signer: &Signer,
    endorser_id: &str,
    bits: &Bitstring,
    at: Timestamp,
) -> Result<String, ActionError> {
    let method = documents::endorser_method(issuer, endorser_id, &signer.fragment);
    documents::sign_endorser_list(app.urls(), issuer, endorser_id, bits, (&method, at), &signer.key)
}
