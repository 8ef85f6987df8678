//! Badges of issuers elsewhere, verified from end to end: their keys and lists are looked up, each look-up is named, and
//! nothing but the key is asked for before the proof holds.

use super::server::Reply;
use super::*;
use crate::{cast::Site, elsewhere};
use laurel::{
    actions::{
        lookup::Place,
        verify::{Verification, verify},
    },
    credential::{
        did::{DidKeyEntry, did_key, did_web_document},
        document::{AchievementFacts, StatusEntry, achievement_credential},
        key::SecretKey,
        proof::{ProofOptions, sign},
        status::{Bitstring, StatusListFacts, status_list_credential},
        verify::{CheckName, Outcome, Verdict},
    },
    domain::trust::TrustedIssuer,
};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

pub(super) const DID: &str = "did:web:issuer.example";
pub(super) const LIST: &str = "https://issuer.example/status/1";
pub(super) const KEYS: &str = "https://issuer.example/.well-known/did.json";
const REVOKED: u32 = 7;

pub(super) fn key() -> SecretKey {
    SecretKey::from_seed(&[21; 32])
}

pub(super) fn credential(issuer: &str, index: u32) -> Value {
    achievement_credential(&AchievementFacts {
        valid_from: later(-1_000),
        status: StatusEntry { list_url: LIST.into(), index },
        ..elsewhere::facts("https://issuer.example", (issuer, "Acme Works"), ("Welder", "Welds."))
    })
}

pub(super) fn signed(document: &Value, method: &str) -> Value {
    sign(document, &ProofOptions { created: later(-900), verification_method: method.into() }, &key()).unwrap()
}

pub(super) fn badge(index: u32) -> Value {
    signed(&credential(DID, index), &format!("{DID}#key-1"))
}

/// The issuer's server, which says `reply` in the place of its list when there is one.
pub(super) fn issuer(reply: Option<Reply>) -> Server {
    let entry = DidKeyEntry { fragment: "key-1".into(), public: key().public(), assertion: true };
    let keys = did_web_document(DID, &[entry]).to_string();
    let mut bits = Bitstring::new();
    bits.set(REVOKED).unwrap();
    let facts = StatusListFacts { id: LIST, issuer: DID, valid_from: later(-500), bits: &bits };
    let list = signed(&status_list_credential(&facts), &format!("{DID}#key-1")).to_string();
    Server::start(&["issuer.example"], move |wanted| match wanted {
        "issuer.example/.well-known/did.json" => Reply::json(keys.clone()).with("cache-control", "max-age=60"),
        "issuer.example/status/1" => reply.clone().unwrap_or_else(|| Reply::json(list.clone())),
        _ => Reply { status: 404, ..Reply::default() },
    })
}

pub(super) fn around(server: &Server) -> World {
    World::new(&[("issuer.example", &[&[PUBLIC]]), ("inside.example", &[&["10.0.0.1"]])], Some(server))
}

/// A site whose operator trusts the issuer by this name.
async fn trusting(fetcher: Fetcher, id: &str) -> Site {
    let known = TrustedIssuer { id: id.into(), name: "Acme".into(), ..TrustedIssuer::default() };
    Site::with(fetcher, vec![known]).await
}

pub(super) async fn told(site: &Site, badge: &Value) -> Verification {
    verify(&site.app, badge.to_string().as_bytes(), None).await.unwrap()
}

async fn page(site: &Site, badge: &Value) -> String {
    let form = url::form_urlencoded::Serializer::new(String::new()).append_pair("text", &badge.to_string()).finish();
    let sent = site.request(Method::POST, "/verify").header("content-type", "application/x-www-form-urlencoded");
    sent.body(form).send().await.unwrap().text().await.unwrap()
}

pub(super) fn code(verified: &Verification, name: CheckName) -> &str {
    &verified.report.check(name).unwrap().code
}

pub(super) fn urls(verified: &Verification) -> Vec<&str> {
    verified.fetched.iter().map(|look_up| look_up.url.as_str()).collect()
}

#[tokio::test]
async fn a_foreign_badge_is_verified_by_its_issuers_key_and_list() {
    let server = issuer(None);
    let site = Site::looking_up_with(around(&server).fetcher).await;
    let verified = told(&site, &badge(6)).await;
    assert_eq!(verified.report.verdict, Verdict::Attention);
    assert_eq!(code(&verified, CheckName::Proof), "genuine");
    assert_eq!(code(&verified, CheckName::Issuer), "issuer_unknown");
    assert_eq!(code(&verified, CheckName::Status), "in_force");
    assert_eq!(urls(&verified), [KEYS, LIST]);
    assert!(verified.fetched.iter().all(|look_up| look_up.from == Place::Network && look_up.problem.is_none()));

    // The key is kept as long as its server allows, and a list that says nothing is asked for again.
    let revoked = told(&site, &badge(REVOKED)).await;
    assert_eq!((revoked.report.verdict, code(&revoked, CheckName::Status)), (Verdict::Invalid, "revoked"));
    let from: Vec<Place> = revoked.fetched.iter().map(|look_up| look_up.from).collect();
    assert_eq!(from, [Place::Cache, Place::Network]);
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn a_badge_of_an_issuer_that_the_operator_trusts_is_valid() {
    let server = issuer(None);
    let site = trusting(around(&server).fetcher, DID).await;
    let verified = told(&site, &badge(6)).await;
    assert_eq!(verified.report.verdict, Verdict::Valid);
    let line = verified.report.check(CheckName::Issuer).unwrap();
    assert_eq!(
        (line.code.as_str(), line.message.as_str()),
        ("issuer_known", "Issued by Acme, whom this service trusts.")
    );
    assert_eq!(told(&site, &badge(REVOKED)).await.report.verdict, Verdict::Invalid);
    // A name like a trusted one is no trust: what counts is the identifier, and it stands before the name.
    let site = trusting(around(&server).fetcher, "did:web:other.example").await;
    let verified = told(&site, &badge(6)).await;
    assert_eq!((verified.report.verdict, verified.report.issuer_shown()), (Verdict::Attention, Some(DID)));
    let page = page(&site, &badge(6)).await;
    assert!(page.contains("did:web:issuer.example says that"), "{page}");
    assert!(page.find(DID) < page.find("Acme Works") && page.contains("It calls itself “"), "{page}");
}

#[tokio::test]
async fn trust_given_over_the_api_counts_from_the_next_verification() {
    let server = issuer(None);
    let site = Site::looking_up_with(around(&server).fetcher).await;
    assert_eq!(told(&site, &badge(6)).await.report.verdict, Verdict::Attention);
    let change = async |method: Method, body: Option<Value>| {
        let sent = site.request(method, "/api/v1/trusted-issuers/did%3Aweb%3Aissuer.example");
        let sent = sent.bearer_auth(crate::cast::token("trust"));
        let sent = match body {
            Some(body) => sent.json(&body),
            None => sent,
        };
        assert!(sent.send().await.unwrap().status().is_success());
    };
    change(Method::PUT, Some(json!({"name": "Acme"}))).await;
    let verified = told(&site, &badge(6)).await;
    assert_eq!((verified.report.verdict, code(&verified, CheckName::Issuer)), (Verdict::Valid, "issuer_known"));
    change(Method::DELETE, None).await;
    assert_eq!(told(&site, &badge(6)).await.report.verdict, Verdict::Attention);
}

#[tokio::test]
async fn the_page_and_the_api_name_every_look_up() {
    let server = issuer(Some(Reply { status: 503, ..Reply::default() }));
    let site = Site::looking_up_with(around(&server).fetcher).await;
    let answer: Value = site
        .request(Method::POST, "/api/v1/verify")
        .json(&json!({"credential": badge(6)}))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(answer["verdict"], "unknown");
    assert_eq!(
        answer["fetched"][0],
        json!({"url": KEYS, "at": "2026-11-24T12:00:00Z", "from": "network", "problem": null})
    );
    assert_eq!(answer["fetched"][1]["problem"], "the server answers with status 503");
    let page = page(&site, &badge(6)).await;
    for said in ["What was looked up", KEYS, LIST, "and kept since", "the server answers with status 503"] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[tokio::test]
async fn a_list_that_can_not_be_read_leaves_the_answer_open() {
    for reply in [
        Reply { status: 404, ..Reply::default() },
        Reply::to("https://inside.example/"),
        Reply { headers: vec![("content-type", "text/html".into())], ..Reply::json("<p>") },
        Reply::json(vec![b' '; 1024 * 1024 + 1]),
    ] {
        let server = issuer(Some(reply));
        let world = around(&server);
        let memory = world.memory.clone();
        let site = Site::looking_up_with(world.fetcher).await;
        let verified = told(&site, &badge(6)).await;
        assert_eq!(verified.report.verdict, Verdict::Unknown);
        assert_eq!(code(&verified, CheckName::Status), "status_unreadable");
        assert!(verified.fetched[1].problem.is_some());
        assert!(memory.dialled.lock().unwrap().iter().all(|address| address.ip().to_string() == PUBLIC));
    }
}

#[tokio::test]
async fn before_the_proof_holds_nothing_but_the_issuers_key_is_asked_for() {
    let server = issuer(None);
    let site = Site::looking_up_with(around(&server).fetcher).await;
    let mut altered = badge(6);
    altered["credentialSubject"]["achievement"]["name"] = json!("Master welder");
    let verified = told(&site, &altered).await;
    assert_eq!((verified.report.verdict, code(&verified, CheckName::Proof)), (Verdict::Invalid, "altered"));
    assert_eq!(urls(&verified), [KEYS]);
    // Signed by another than its issuer, or by nobody: not even the key could help.
    let strange =
        signed(&credential(DID, 6), &format!("{0}#{1}", did_key(&key().public()), key().public().to_multibase()));
    for hopeless in [strange, credential(DID, 6), json!({"issuer": DID})] {
        let verified = told(&site, &hopeless).await;
        assert_eq!((verified.report.verdict, urls(&verified)), (Verdict::Invalid, vec![]));
    }
    assert_eq!(server.asked(), ["issuer.example/.well-known/did.json"]);
}

#[tokio::test]
async fn an_issuer_that_can_not_be_reached_leaves_the_answer_open() {
    let site = Site::looking_up_with(World::new(&[("issuer.example", &[&["192.168.0.9"]])], None).fetcher).await;
    let verified = told(&site, &badge(6)).await;
    let proof = verified.report.check(CheckName::Proof).unwrap();
    assert_eq!((verified.report.verdict, proof.outcome), (Verdict::Unknown, Outcome::Unchecked));
    assert_eq!(
        proof.message,
        "We could not read the key of its issuer: it is not looked up, because issuer.example leads to a private address."
    );
}

#[tokio::test]
async fn a_badge_can_not_send_this_service_to_any_number_of_places() {
    let server = issuer(None);
    let site = Site::looking_up_with(around(&server).fetcher).await;
    let own = did_key(&key().public());
    let mut many = credential(&own, 6);
    let entry = |n: usize| {
        json!({"id": format!("https://h{n}.example/s#1"), "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
               "statusListIndex": "1", "statusListCredential": format!("https://h{n}.example/s")})
    };
    // The schema knows one status only.
    many.as_object_mut().unwrap().remove("credentialSchema");
    many["credentialStatus"] = (0..40).map(entry).collect();
    let many = signed(&many, &format!("{own}#{}", key().public().to_multibase()));
    let verified = told(&site, &many).await;
    assert_eq!(code(&verified, CheckName::Proof), "genuine", "{:?}", verified.report);
    assert_eq!(code(&verified, CheckName::Status), "status_unreadable", "{:?}", verified.report.checks);
    assert_eq!(
        (verified.report.verdict, verified.fetched.len()),
        (Verdict::Unknown, 12),
        "{:?}",
        verified.report.checks
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_others_are_waited_for_the_site_answers() {
    let server = issuer(Some(Reply { pause: Some(Duration::from_millis(400)), ..Reply::json(vec![b' '; 60]) }));
    let site = Arc::new(Site::looking_up_with(around(&server).fetcher).await);
    let waiting: Vec<_> = (0..24)
        .map(|_| {
            let site = site.clone();
            tokio::spawn(async move {
                let form = url::form_urlencoded::Serializer::new(String::new())
                    .append_pair("text", &badge(6).to_string())
                    .finish();
                let sent =
                    site.request(Method::POST, "/verify").header("content-type", "application/x-www-form-urlencoded");
                sent.body(form).send().await.unwrap().status()
            })
        })
        .collect();
    while server.asked().len() < 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let start = Instant::now();
    assert_eq!(site.get("/").await.status(), 200);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    for waited in waiting {
        assert_eq!(waited.await.unwrap(), 200);
    }
    assert_eq!(server.asked().len(), 2);
}
