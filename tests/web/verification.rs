//! Verification on the page: a link, a text, a file; without JavaScript.

use super::header;
use crate::cast::{ADA, BASE_URL, PROFESSIONAL, Site};
use reqwest::{Method, Response, StatusCode};
use serde_json::json;

#[tokio::test]
async fn a_badge_is_verified_by_link_text_and_file_without_javascript() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let url = format!("{BASE_URL}/badges/{}", award.id);
    let signed = site.get(&format!("/badges/{}.json", award.id)).await.text().await.unwrap();
    let picture = site.get(&format!("/badges/{}.png", award.id)).await.bytes().await.unwrap();

    assert_eq!(verdict(site.get(&format!("/verify?url={url}")).await).await, "valid");
    assert_eq!(verdict(site.get(&format!("/verify?url={}", award.certification_url)).await).await, "valid");
    let form = async |fields: &[(&str, &str)]| {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let sent = site.request(Method::POST, "/verify").header("content-type", "application/x-www-form-urlencoded");
        sent.body(body).send().await.unwrap()
    };
    assert_eq!(verdict(form(&[("link", &url)]).await).await, "valid");
    assert_eq!(verdict(form(&[("text", &signed)]).await).await, "valid");
    assert_eq!(verdict(form(&[("text", &url)]).await).await, "valid");
    assert_eq!(verdict(form(&[("text", &signed), ("email", "ADA.Obi@acme.example")]).await).await, "valid");
    assert_eq!(verdict(form(&[("text", &signed), ("email", "bao.nguyen@acme.example")]).await).await, "invalid");
    assert_eq!(verdict(form(&[("text", &signed.replace("Builds well alone", "Rules alone"))]).await).await, "invalid");
    assert_eq!(verdict(form(&[("text", "not a badge")]).await).await, "invalid");
    assert_eq!(verdict(upload(&site, "badge.png", &picture).await).await, "valid");
    assert_eq!(verdict(upload(&site, "badge.json", signed.as_bytes()).await).await, "valid");

    for fields in [
        &[][..],
        &[("link", "")],
        &[("link", "https://elsewhere.example/badges/x")],
        &[("link", &format!("{BASE_URL}/badges/none"))],
        &[("text", "{}"), ("email", "nobody")],
    ] {
        let response = form(fields).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(response.text().await.unwrap().contains("role=\"alert\""), "{fields:?}");
    }

    site.at("2029-01-01T00:00:00Z");
    assert_eq!(verdict(form(&[("text", &signed)]).await).await, "attention", "expired");
    site.post(&format!("/api/v1/awards/{}/revoke", award.id), &json!({"reason": "A mistake"})).await;
    assert_eq!(verdict(site.get(&format!("/verify?url={url}")).await).await, "invalid", "revoked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_may_verify_at_the_same_time() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let path = format!("/verify?url={BASE_URL}/badges/{}", award.id);
    // More at once than there are connections to the database.
    let asked: Vec<_> = (0..40)
        .map(|_| {
            let request = site.request(Method::GET, &path).timeout(std::time::Duration::from_secs(12));
            tokio::spawn(async move { request.send().await })
        })
        .collect();
    for answer in asked {
        assert_eq!(verdict(answer.await.unwrap().unwrap()).await, "valid");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_sends_slowly_keeps_no_one_else_waiting() {
    use tokio::{io::AsyncWriteExt, net::TcpStream};
    let site = Site::open().await;
    let mut slow = Vec::new();
    // More than there are connections to the database, each with a body that never ends.
    for _ in 0..24 {
        let mut stream = TcpStream::connect(site.address.strip_prefix("http://").unwrap()).await.unwrap();
        let head = "POST /verify HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nte";
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let page = site.request(Method::GET, "/").timeout(std::time::Duration::from_secs(10)).send().await;
    assert_eq!(page.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_strangers_badge_with_our_address_in_it_shows_nothing_of_ours() {
    use laurel::credential::{did, document::email_hash, key::SecretKey, proof};
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let ours = site.get(&format!("/badges/{}.json", award.id)).await.text().await.unwrap();
    // Hashed with its capitals, as some issuers do.
    let address = "Ada.Obi@Acme.Example";
    let page = |badge: String| {
        let fields = [("text", badge.as_str()), ("email", address)];
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let sent = site.request(Method::POST, "/verify").header("content-type", "application/x-www-form-urlencoded");
        sent.body(body).send()
    };
    assert!(page(ours.clone()).await.unwrap().text().await.unwrap().contains(ADA.name));

    let key = SecretKey::from_seed(&[9; 32]);
    let stranger = did::did_key(&key.public());
    let mut forged: serde_json::Value = serde_json::from_str(&ours).unwrap();
    forged["issuer"]["id"] = json!(stranger);
    forged.as_object_mut().unwrap().remove("credentialStatus");
    let identity = &mut forged["credentialSubject"]["identifier"][0];
    identity["identityHash"] = json!(email_hash(address, identity["salt"].as_str().unwrap()));
    let options = proof::ProofOptions {
        created: site.app.clock.now(),
        verification_method: format!("{stranger}#{}", key.public().to_multibase()),
    };
    let forged = proof::sign(&forged, &options, &key).unwrap().to_string();
    let response = page(forged).await.unwrap().text().await.unwrap();
    assert!(response.contains("class=\"status verdict attention\""));
    assert!(response.contains("It was issued to Ada.Obi@Acme.Example."));
    for secret in [ADA.name, "src=\"/images/", &format!("href=\"/badges/{}\"", award.id)] {
        assert!(!response.contains(secret), "{secret}");
    }
}

async fn upload(site: &Site, name: &str, bytes: &[u8]) -> Response {
    let head = format!(
        "--line\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n\r\n--line\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--line--\r\n"].concat();
    let sent = site.request(Method::POST, "/verify").header("content-type", "multipart/form-data; boundary=line");
    sent.body(body).send().await.unwrap()
}

/// The tone of the answer on a verification page.
async fn verdict(response: Response) -> String {
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header(&response, "x-robots-tag"), "noindex");
    let page = response.text().await.unwrap();
    page.split("class=\"status verdict ").nth(1).unwrap_or("none").split('"').next().unwrap().to_owned()
}
