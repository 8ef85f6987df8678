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

#[tokio::test]
async fn an_address_alone_verifies_only_badges_of_ours_and_a_form_repeats_the_check_of_any_other() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let url = format!("{BASE_URL}/badges/{}", award.id);
    let signed = site.get(&format!("/badges/{}.json", award.id)).await.text().await.unwrap();
    let query = |fields: &[(&str, &str)]| {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        format!("/verify?{query}")
    };
    // What only stands in an address is not looked at: opening it must look nothing up elsewhere.
    for fields in [&[("text", "not a badge")][..], &[("again", "e30=")], &[("file", "{}"), ("email", ADA.email)]] {
        assert!(!site.page(&query(fields)).await.contains("status verdict"), "{fields:?}");
    }
    let mixed = query(&[("link", &url), ("text", "not a badge"), ("again", "e30="), ("email", "bob@example.com")]);
    let page = site.page(&mixed).await;
    assert!(page.contains("status verdict valid") && !page.contains("bob@example.com"));

    let repeat = query(&[("link", &url)]);
    assert!(page.contains(&format!("href=\"{repeat}\"")), "{page}");
    assert!(page.contains(&format!("value=\"{BASE_URL}{repeat}\"")));
    assert_eq!(verdict(site.get(&repeat).await).await, "valid");

    let form = async |fields: &[(&str, &str)]| {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let sent = site.request(Method::POST, "/verify").header("content-type", "application/x-www-form-urlencoded");
        sent.body(body).send().await.unwrap().text().await.unwrap()
    };
    let hidden = |page: &str, name: &str| {
        let field = page.split(&format!("type=\"hidden\" name=\"{name}\" value=\"")).nth(1)?;
        Some(field.split('"').next().unwrap().replace("&#43;", "+").replace("&#61;", "=").replace("&#47;", "/"))
    };
    let asked = form(&[("text", &signed), ("email", ADA.email)]).await;
    let (again, email) = (hidden(&asked, "again").unwrap(), hidden(&asked, "email").unwrap());
    let repeated = form(&[("again", &again), ("email", &email)]).await;
    assert!(repeated.contains("status verdict valid") && repeated.contains(&format!("It was issued to {}", ADA.email)));
    let mail = form(&[("link", &url), ("email", ADA.email)]).await;
    assert_eq!((hidden(&mail, "link").as_deref(), hidden(&mail, "email").as_deref()), (Some(&*url), Some(ADA.email)));
    assert!(form(&[("again", "%%%")]).await.contains("could not understand"));
}

#[tokio::test]
async fn the_page_shows_every_text_that_is_signed_and_none_of_an_altered_badge() {
    use laurel::credential::{did, key::SecretKey, proof};
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let ours = site.get(&format!("/badges/{}.json", award.id)).await.text().await.unwrap();
    let mut badge: serde_json::Value = serde_json::from_str(&ours).unwrap();
    let key = SecretKey::from_seed(&[7; 32]);
    let stranger = did::did_key(&key.public());
    badge["issuer"]["id"] = json!(stranger);
    for name in ["credentialStatus", "credentialSchema", "proof"] {
        badge.as_object_mut().unwrap().remove(name);
    }
    badge["description"] = json!("The badge itself");
    badge["evidence"] = json!([{"id": "javascript:alert(1)", "type": ["Evidence"], "name": "Seam no. 3",
        "genre": "Weld", "digestSRI": "sha256-abc", "narrative": "Held two tonnes"}]);
    let subject = &mut badge["credentialSubject"];
    subject.as_object_mut().unwrap().remove("identifier");
    subject["licenseNumber"] = json!("W-4711");
    subject["role"] = json!("Foreman");
    subject["narrative"] = json!("Two weeks in the workshop");
    subject["result"] =
        json!([{"type": ["Result"], "resultDescription": "urn:uuid:d1", "achievedLevel": "urn:uuid:l2"}]);
    subject["achievement"]["humanCode"] = json!("WELD101");
    subject["achievement"]["resultDescription"] = json!([{
        "id": "urn:uuid:d1", "type": ["ResultDescription"], "name": "Pulls apart", "resultType": "RubricCriterionLevel",
        "requiredLevel": "urn:uuid:l1",
        "rubricCriterionLevel": [
            {"id": "urn:uuid:l1", "type": ["RubricCriterionLevel"], "name": "At one tonne", "level": "I"},
            {"id": "urn:uuid:l2", "type": ["RubricCriterionLevel"], "name": "At two tonnes", "description": "Bends first"},
        ],
    }]);
    let options = proof::ProofOptions {
        created: site.app.clock.now(),
        verification_method: format!("{stranger}#{}", key.public().to_multibase()),
    };
    let signed = proof::sign(&badge, &options, &key).unwrap();
    let show = async |badge: &serde_json::Value| {
        let body =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("text", &badge.to_string()).finish();
        let sent = site.request(Method::POST, "/verify").header("content-type", "application/x-www-form-urlencoded");
        let page = sent.body(body).send().await.unwrap().text().await.unwrap();
        let page = page.replace("&#38;", "&").replace("&#39;", "'").replace("&amp;", "&");
        // The whole document stands at the end anyway.
        page.split("<details class=\"document\"").next().unwrap().to_owned()
    };
    let page = show(&signed).await;
    assert!(page.contains("class=\"status verdict attention\""), "{page}");
    let mut texts = Vec::new();
    gather_texts(&badge, "", &mut texts);
    assert!(texts.len() > 25, "{texts:?}");
    for (name, text) in &texts {
        assert!(page.contains(text.as_str()), "{name}: {text} is not on the page");
    }
    assert!(!page.contains("href=\"javascript:"));
    assert!(page.contains("Judged by the rules of Open Badges 3.0."));

    let mut altered = signed.clone();
    altered["credentialSubject"]["licenseNumber"] = json!("W-9999");
    for refused in [altered, json!({"name": "W-9999", "type": "Foreman"})] {
        let page = show(&refused).await;
        assert!(page.contains("class=\"status verdict invalid\""));
        for text in ["W-9999", "W-4711", "Foreman", "At two tonnes", "Seam no. 3"] {
            assert!(!page.contains(text), "{text}");
        }
    }
}

/// Every text for people in a document, with its name: not the ids that only hold it together, nor dates, types and contexts.
fn gather_texts(value: &serde_json::Value, name: &str, texts: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| !["@context", "type"].contains(&name.as_str()));
            members.for_each(|(name, member)| gather_texts(member, name, texts));
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| gather_texts(value, name, texts)),
        serde_json::Value::String(text) if text.starts_with("urn:uuid:d1") || text.starts_with("urn:uuid:l") => {}
        serde_json::Value::String(text) if name.starts_with("valid") => assert!(text.ends_with('Z')),
        // Markdown comes out as HTML.
        serde_json::Value::String(text) => texts.extend(
            text.split(['*', '\n'])
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(|text| (name.into(), text.into())),
        ),
        _ => {}
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
