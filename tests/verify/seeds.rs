//! A genuine badge of every kind and form, and the documents their issuers serve: what other tests begin with.

use super::endorsement::endorsement;
use super::*;
use std::collections::BTreeMap;

/// The issuers of the badges.
pub fn issuers() -> [String; 2] {
    [DID.to_owned(), "https://a.example/issuer.json".to_owned()]
}

/// Badges that are valid when their issuers are known.
pub fn badges() -> Vec<Vec<u8>> {
    let several = proofs::badge();
    let proof = |kind| proofs::proof(&several, kind);
    let mut badges: Vec<Vec<u8>> = [
        signed(&facts()),
        models::sealed(&models::old()),
        proofs::with(&several, json!([proof("eddsa-jcs-2022"), proof("Ed25519Signature2020")])),
        signed_with(&endorsement(), METHOD, &key()),
        endorsements::endorsed(),
    ]
    .iter()
    .map(|badge| badge.to_string().into_bytes())
    .collect();
    for (signing, kid) in [(jwt::es(), jwt::KID), (jwt::rs(), "rsa")] {
        badges.push(signing.sign(kid, &jwt::payload()).unwrap().into_bytes());
    }
    badges.extend(ob2::seeds());
    badges
}

/// A presentation with one of the badges in it.
pub fn presentation() -> Vec<u8> {
    presentations::presentation().to_string().into_bytes()
}

/// A status list, which is a credential and no badge.
pub fn status_list() -> Vec<u8> {
    signed_with(&list(|bits| bits.set(7).unwrap()), METHOD, &key()).to_string().into_bytes()
}

/// A badge that is proved by its address.
pub fn hosted() -> Vec<u8> {
    ob2::seeds().swap_remove(0)
}

/// What the issuers serve, by address without `https://`.
pub fn documents() -> BTreeMap<String, Vec<u8>> {
    let methods = json!([jwt::method(jwt::ES, jwt::es(), jwt::KID), jwt::method(jwt::RS, jwt::rs(), "rsa")]);
    let keys = jwt::document_with(methods).to_string().into_bytes();
    let mut documents = ob2::documents();
    documents.insert("https://badges.example.org/.well-known/did.json".to_owned(), keys);
    documents.insert(LIST.to_owned(), status_list());
    documents.into_iter().map(|(address, bytes)| (address.replacen("https://", "", 1), bytes)).collect()
}

/// The document signed anew by the issuer of the first badges, so that what is wrong with it is met behind its proof.
pub fn signed_anew(document: &Value) -> Option<Vec<u8>> {
    let options = ProofOptions { created: at("2026-01-15T10:00:05Z"), verification_method: METHOD.to_owned() };
    sign(document, &options, &key()).ok().map(|signed| signed.to_string().into_bytes())
}
