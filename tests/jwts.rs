//! Every badge as a VC-JWT: where it is had, which key signed it, and what becomes of it when keys change.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use laurel::{
    actions::{
        App, audit, init,
        issue::{Batch, issue},
        jwts,
        keys::{self, Wanted},
        revoke::revoke,
        verify,
    },
    credential::{
        bake::unbake,
        jose::{Algorithm, Jwk},
        verify::{CheckName, Verdict},
    },
    domain::{
        actor::Actor,
        program_file,
        recipient::{AwardRequest, RecipientRequest},
    },
    jobs,
    outside::{random::Random, vault::Purpose},
    store::{Db, award_jwts, awards, keys as key_rows},
};
use reqwest::StatusCode;
use serde_json::Value;

use crate::cast::{ADA, BAO, BASE_URL, MASTER, Site};
use crate::setup::{self, on_both_engines};

const OPERATOR: Actor = Actor::Operator;
const RS256: Wanted = Wanted { purpose: Purpose::Jwt, algorithm: Some(Algorithm::Rs256) };

#[tokio::test]
async fn every_badge_is_to_be_had_as_a_jwt_whose_kid_leads_to_its_key() {
    let site = Site::open().await;
    let id = site.award(ADA, MASTER, "public").await.id;
    let answer = site.get(&format!("/badges/{id}.jwt")).await;
    assert_eq!(answer.headers()["content-type"], "application/vc+jwt");
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    let jwt = answer.text().await.unwrap();
    for (accept, media_type) in [("application/vc+jwt", "application/vc+jwt"), ("text/plain", "text/plain")] {
        let answer = site.get_as(&format!("/badges/{id}"), accept).await;
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with(media_type), "{accept}");
        assert_eq!(answer.text().await.unwrap(), jwt, "{accept}");
    }
    let usual = site.get_as(&format!("/badges/{id}"), "application/json, text/plain, */*").await;
    assert_eq!(usual.headers()["content-type"], "application/json");

    let header = part(&jwt, 0);
    assert_eq!((&header["alg"], &header["typ"]), (&"ES256".into(), &"JWT".into()));
    assert_eq!(header.as_object().unwrap().len(), 3);
    let kid = header["kid"].as_str().unwrap();
    let path = kid.strip_prefix(BASE_URL).unwrap();
    let jwk: Value = site.get(path).await.json().await.unwrap();
    assert_eq!((&jwk["kty"], &jwk["kid"], &jwk["use"]), (&"EC".into(), &kid.into(), &"sig".into()));
    assert!(Jwk::read(&jwk).is_ok() && jwk.get("d").is_none());
    assert_eq!(site.get_as(path, "application/jwk+json").await.headers()["content-type"], "application/jwk+json");
    let did: Value = site.get("/.well-known/did.json").await.json().await.unwrap();
    let method = did["verificationMethod"].as_array().unwrap().iter().find(|method| method["type"] == "JsonWebKey");
    let method = method.unwrap();
    assert_eq!(method["publicKeyJwk"], jwk);
    assert!(did["assertionMethod"].as_array().unwrap().contains(&method["id"]));

    let mut plain: Value = site.get(&format!("/badges/{id}.json")).await.json().await.unwrap();
    let payload = part(&jwt, 1);
    assert_eq!((&payload["iss"], &payload["jti"]), (&plain["issuer"]["id"], &plain["id"]));
    assert_eq!(payload["sub"], plain["credentialSubject"]["id"]);
    let from: Timestamp = plain["validFrom"].as_str().unwrap().parse().unwrap();
    assert_eq!(payload["nbf"], from.as_second());
    assert_eq!(payload.get("exp"), None, "it never ends");
    plain.as_object_mut().unwrap().remove("proof");
    let report = verify::verify(&site.app, jwt.as_bytes(), Some(ADA.email)).await.unwrap();
    assert_eq!(report.report.verdict, Verdict::Valid);
    assert_eq!(report.report.claims.unwrap().document, plain);

    for picture in ["png", "svg"] {
        let baked = site.get(&format!("/badges/{id}.jwt.{picture}")).await.bytes().await.unwrap();
        assert_eq!(unbake(&baked).unwrap(), jwt.as_bytes(), "{picture}");
        let other = site.get(&format!("/badges/{id}.{picture}")).await.bytes().await.unwrap();
        assert!(unbake(&other).unwrap().starts_with(b"{"));
    }
}

#[tokio::test]
async fn a_jwt_shows_no_more_than_the_badge_and_no_key_that_is_not_for_jwt() {
    let site = Site::open().await;
    let private = site.award(ADA, MASTER, "private").await.id;
    for suffix in ["jwt", "jwt.png", "jwt.svg"] {
        let answer = site.get(&format!("/badges/{private}.{suffix}")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{suffix}");
    }
    let rows = keys::list(&site.app, &OPERATOR).await.unwrap();
    let credential = rows.iter().find(|row| row.purpose == "credential").unwrap();
    for key in [credential.fragment.as_str(), "key-none", "x", "..%2F..%2Fetc%2Fpasswd"] {
        assert_eq!(site.get(&format!("/keys/{key}")).await.status(), StatusCode::NOT_FOUND, "{key}");
    }
}

#[tokio::test]
async fn a_badge_from_before_the_first_key_gets_its_jwt_once_there_is_one() {
    let site = Site::open().await;
    drop_key(&site.app).await;
    let id = site.award(BAO, MASTER, "public").await.id;
    let path = format!("/badges/{id}.jwt");
    let answer = site.get_as(&path, "application/json").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(answer.text().await.unwrap().contains("made no key for JWT"));
    let page = site.get_as(&path, "text/html").await;
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert!(page.text().await.unwrap().contains("not to be had as a JWT yet"), "a browser is told what is missing");
    assert!(!site.page(&format!("/badges/{id}")).await.contains(".jwt"), "and its page offers none");
    assert_eq!(site.get(&format!("/badges/{id}.json")).await.status(), StatusCode::OK);
    keys::generate(&site.app, &OPERATOR, RS256).await.unwrap();
    assert_eq!(site.get(&path).await.status(), StatusCode::NOT_FOUND, "reads never sign");
    work(&site.app).await;
    let jwt = site.get(&path).await.text().await.unwrap();
    assert_eq!(part(&jwt, 0)["alg"], "RS256");
    assert_eq!(verify::verify(&site.app, jwt.as_bytes(), None).await.unwrap().report.verdict, Verdict::Valid);
}

on_both_engines! {
    async fn a_rotation_keeps_the_jwt_that_were_given_out_and_a_compromised_key_takes_them_along(db: Db) {
        let app = deployment(db).await;
        let (first, jwt) = give(&app, "ada@example.com").await;
        let rotated = keys::rotate(&app, &OPERATOR, RS256, false).await.unwrap();
        work(&app).await;
        let (_, by_new) = give(&app, "bob@example.com").await;
        assert_eq!((part(&jwt, 0)["alg"].clone(), part(&by_new, 0)["alg"].clone()), ("ES256".into(), "RS256".into()));
        assert_eq!(kept(&app, &first).await.as_deref(), Some(jwt.as_str()), "not signed again");
        assert_eq!(verify::verify(&app, jwt.as_bytes(), None).await.unwrap().report.verdict, Verdict::Valid);

        keys::retire(&app, &OPERATOR, &rotated.old.fragment, true).await.unwrap();
        let report = verify::verify(&app, jwt.as_bytes(), None).await.unwrap().report;
        assert_eq!(report.check(CheckName::Proof).unwrap().code, "key_unknown");
        assert_eq!(kept(&app, &first).await, None);
        work(&app).await;
        let again = kept(&app, &first).await.unwrap();
        assert_eq!(part(&again, 0)["kid"], app.urls().key(&rotated.new.fragment));
        let next = keys::rotate(&app, &OPERATOR, Purpose::Jwt, true).await.unwrap();
        assert_eq!(Jwk::from_multibase(&next.new.public_multibase).unwrap().algorithm(), Algorithm::Rs256);
        work(&app).await;
        let report = audit::audit(&app, &OPERATOR, |_| {}).await.unwrap();
        assert_eq!((report.jwts, report.jwts_verified, report.faults), (2, 2, 0), "{:?}", report.told);
    }

    async fn a_revoked_badge_is_revoked_in_both_its_forms_by_one_entry(db: Db) {
        let app = deployment(db).await;
        let (id, jwt) = give(&app, "ada@example.com").await;
        revoke(&app, &OPERATOR, &id, "left").await.unwrap();
        let report = verify::verify(&app, jwt.as_bytes(), None).await.unwrap().report;
        assert_eq!(report.check(CheckName::Status).unwrap().code, "revoked");
        let report = audit::audit(&app, &OPERATOR, |_| {}).await.unwrap();
        assert_eq!((report.jwts, report.jwts_verified, report.faults), (1, 1, 0), "{:?}", report.told);
    }

    async fn the_audit_finds_a_jwt_that_is_not_the_awards_own(db: Db) {
        let app = deployment(db).await;
        let (first, _) = give(&app, "ada@example.com").await;
        let (_, other) = give(&app, "bob@example.com").await;
        let mut conn = app.db.write().await.unwrap();
        let key = key_rows::active(&mut conn, "acme", "jwt").await.unwrap().unwrap().fragment;
        award_jwts::drop_of_key(&mut conn, &key).await.unwrap();
        assert!(award_jwts::insert(&mut conn, &first, &key, &other).await.unwrap());
        assert!(!award_jwts::insert(&mut conn, &first, &key, "x").await.unwrap(), "what is there stays");
        conn.commit().await.unwrap();
        let report = audit::audit(&app, &OPERATOR, |_| {}).await.unwrap();
        assert_eq!((report.jwts, report.jwts_verified, report.faults), (1, 0, 1));
        assert!(report.told[0].contains(&first), "{:?}", report.told);
    }

    async fn a_key_has_one_algorithm_and_only_those_for_jwt_have_a_choice(db: Db) {
        let app = deployment(db).await;
        let other = Wanted { purpose: Purpose::Panel, algorithm: Some(Algorithm::Es256) };
        assert!(keys::generate(&app, &OPERATOR, other).await.is_err());
        assert!(keys::generate(&app, &OPERATOR, Purpose::Jwt).await.is_err(), "there is one already");
        assert!(!jwts::wanted(&app).await.unwrap(), "nothing is lacking at the beginning");
    }
}

async fn deployment(db: Db) -> App {
    let app = crate::cast::deployment(db, setup::BASE_URL, "2026-05-03T12:00:00Z", Random::seeded(7));
    let new = init::NewIssuer {
        id: "acme".into(),
        name: "Acme".into(),
        url: None,
        email: None,
        linkedin_id: None,
        time_zone: "UTC".into(),
        show_revocation_reason: false,
    };
    let issuer = init::check(&new, &app.config.base_url).unwrap();
    init::init(&app, &OPERATOR, issuer, None).await.unwrap();
    let program = program_file::read(crate::actions::PROGRAM, false).unwrap();
    laurel::actions::import_program::import_program(&app, &OPERATOR, program, Default::default()).await.unwrap();
    app
}

/// A new award's id and JWT.
async fn give(app: &App, email: &str) -> (String, String) {
    let recipient = RecipientRequest { name: "Ada Obi".into(), email: email.into(), ..Default::default() };
    let request = AwardRequest { level: "craft.pro".into(), recipient, ..Default::default() };
    let outcome = issue(app, &OPERATOR, Batch::One(Box::new(request)), None).await.unwrap();
    let id = outcome.body.awards[0].id.clone();
    let jwt = kept(app, &id).await.unwrap();
    (id, jwt)
}

async fn kept(app: &App, id: &str) -> Option<String> {
    let mut conn = app.db.read().await.unwrap();
    assert!(awards::get(&mut conn, id).await.unwrap().is_some());
    award_jwts::get(&mut conn, id).await.unwrap()
}

/// As on a deployment from before keys for JWT: none is active.
async fn drop_key(app: &App) {
    let rows = keys::list(app, &OPERATOR).await.unwrap();
    let key = rows.iter().find(|row| row.purpose == "jwt").unwrap();
    keys::retire(app, &OPERATOR, &key.fragment, true).await.unwrap();
    work(app).await;
}

/// What the server does every few seconds.
async fn work(app: &App) {
    jobs::plan(app).await.unwrap();
    jobs::run_due(app).await.unwrap();
    assert!(!jwts::wanted(app).await.unwrap());
}

fn part(jwt: &str, at: usize) -> Value {
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(jwt.split('.').nth(at).unwrap()).unwrap()).unwrap()
}
