//! What programs read: status lists as finished bytes, the issuer's documents, and ETags that hold.

use super::header;
use crate::cast::{ADA, BASE_URL, PROFESSIONAL, Site};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::io::Read;

#[tokio::test]
async fn a_status_list_is_finished_bytes_that_pollers_may_keep() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let signed: Value = site.get(&format!("/badges/{}.json", award.id)).await.json().await.unwrap();
    let list = signed["credentialStatus"]["statusListCredential"].as_str().unwrap().strip_prefix(BASE_URL).unwrap();
    let poll = |encoding: &'static str, etag: String| {
        site.request(Method::GET, list).header("accept-encoding", encoding).header("if-none-match", etag).send()
    };
    let plain = poll("identity", String::new()).await.unwrap();
    let zipped = poll("gzip", String::new()).await.unwrap();
    assert_eq!(header(&plain, "content-encoding"), "");
    assert_eq!(header(&zipped, "content-encoding"), "gzip");
    for response in [&plain, &zipped] {
        assert!(header(response, "etag").starts_with('"'), "a strong ETag");
        assert!(header(response, "cache-control").starts_with("public, max-age="));
        assert!(header(response, "vary").contains("Accept-Encoding"));
        assert_eq!(header(response, "access-control-allow-origin"), "*");
    }
    assert_ne!(header(&plain, "etag"), header(&zipped, "etag"));
    for (encoding, etag) in [("identity", header(&plain, "etag")), ("gzip", header(&zipped, "etag"))] {
        let again = poll(encoding, etag.to_owned()).await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(header(&again, "etag"), etag);
        assert!(again.bytes().await.unwrap().is_empty());
    }
    let head = site.request(Method::HEAD, list).header("accept-encoding", "identity").send().await.unwrap();
    assert_eq!((head.status(), header(&head, "etag")), (StatusCode::OK, header(&plain, "etag")));
    let etag = header(&plain, "etag").to_owned();
    let bytes = plain.bytes().await.unwrap();
    assert_eq!(header(&head, "content-length"), bytes.len().to_string());
    let mut unzipped = Vec::new();
    flate2::read::GzDecoder::new(&zipped.bytes().await.unwrap()[..]).read_to_end(&mut unzipped).unwrap();
    assert_eq!(unzipped, bytes);

    // A revocation is seen at once.
    site.post(&format!("/api/v1/awards/{}/revoke", award.id), &json!({"reason": "A mistake"})).await;
    let changed = poll("identity", etag).await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
    assert_ne!(changed.bytes().await.unwrap(), bytes);
}

#[tokio::test]
async fn pages_and_documents_have_etags_that_hold_until_they_change() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    for path in [
        "/",
        "/programs",
        "/.well-known/did.json",
        "/achievements/craft.master.json",
        &format!("/badges/{}", award.id),
        &format!("/badges/{}.png", award.id),
    ] {
        let first = site.get(path).await;
        let etag = header(&first, "etag").to_owned();
        let again = site.request(Method::GET, path).header("if-none-match", &etag).send().await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
    }
}

#[tokio::test]
async fn the_issuers_documents_are_served_to_everyone() {
    let site = Site::open().await;
    let did: Value = site.get("/.well-known/did.json").await.json().await.unwrap();
    assert_eq!(did["id"], "did:web:badges.acme.example");
    assert_eq!(did["assertionMethod"].as_array().unwrap().len(), 3, "one for the proof, one for JWT, one for panels");
    for (path, id) in [
        ("/achievements/craft.professional", format!("{BASE_URL}/achievements/craft.professional")),
        ("/issuers/acme", "did:web:badges.acme.example".into()),
    ] {
        assert!(site.page(path).await.contains("<!doctype html>"));
        for response in [site.get_as(path, "application/ld+json").await, site.get(&format!("{path}.json")).await] {
            assert_eq!(header(&response, "access-control-allow-origin"), "*");
            assert_eq!(response.json::<Value>().await.unwrap()["id"], id, "{path}");
        }
    }
    let preflight = site.request(Method::OPTIONS, "/.well-known/did.json").send().await.unwrap();
    assert_eq!((preflight.status(), header(&preflight, "access-control-allow-origin")), (StatusCode::NO_CONTENT, "*"));
    let closed = site.request(Method::OPTIONS, "/api/v1/awards/x").send().await.unwrap();
    assert_eq!(closed.status(), StatusCode::METHOD_NOT_ALLOWED);
}
