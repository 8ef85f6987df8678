//! What the site serves: every form of every resource, who may see what, and that nothing breaks it.

use crate::cast::{ADA, BAO, BASE_URL, CHIARA, DEV, MASTER, PRACTITIONER, PROFESSIONAL, Site, token};
use laurel::{
    domain::actor::Right,
    web::{Web, router::routes},
};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::{io::Read, sync::Arc};

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_badge_is_a_page_for_browsers_and_the_signed_json_for_programs() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let path = format!("/badges/{}", award.id);
    let page = site.page(&path).await;
    assert!(page.contains("Ada Obi") && page.contains("Software Craft: Professional"), "{page}");

    let plain = site.get_as(&format!("{path}.json"), "*/*").await;
    assert_eq!(header(&plain, "content-type"), "application/json");
    let signed = plain.text().await.unwrap();
    let document: Value = serde_json::from_str(&signed).unwrap();
    assert_eq!(document["id"], format!("{BASE_URL}{path}"));
    assert_eq!(document["proof"][0]["cryptosuite"], "eddsa-rdfc-2022");

    let mut etags = vec![];
    for media_type in ["application/json", "application/vc", "application/vc+ld+json", "application/ld+json"] {
        for address in [path.clone(), format!("{path}.json")] {
            let response = site.get_as(&address, media_type).await;
            assert_eq!(header(&response, "content-type"), media_type);
            assert!(header(&response, "vary").contains("Accept"));
            assert_eq!(header(&response, "access-control-allow-origin"), "*");
            etags.push(header(&response, "etag").to_owned());
            assert_eq!(response.text().await.unwrap(), signed);
        }
    }
    etags.dedup();
    assert_eq!(etags.len(), 4, "each media type has an ETag of its own");
    assert_eq!(site.get_as(&path, "image/webp").await.status(), StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn pictures_carry_the_badge_and_the_card_has_its_size() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let signed = site.get(&format!("/badges/{}.json", award.id)).await.bytes().await.unwrap();
    for (kind, media_type) in [("png", "image/png"), ("svg", "image/svg+xml")] {
        let response = site.get(&format!("/badges/{}.{kind}", award.id)).await;
        assert_eq!(header(&response, "content-type"), media_type);
        let picture = response.bytes().await.unwrap();
        assert_eq!(laurel::credential::bake::unbake(&picture).unwrap(), signed, "{kind}");
    }
    let card = site.get(&format!("/badges/{}/card.png", award.id)).await;
    assert_eq!(header(&card, "content-type"), "image/png");
    let card = card.bytes().await.unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&card)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (1200, 630));

    let page = site.page(&format!("/badges/{}", award.id)).await;
    let picture = page.split("/images/").nth(1).unwrap().split('"').next().unwrap();
    for kind in ["svg", "png"] {
        let image = site.get(&format!("/images/{}.{kind}", picture.trim_end_matches(".svg"))).await;
        assert_eq!(image.status(), StatusCode::OK);
        assert!(header(&image, "cache-control").contains("immutable"));
    }
}

#[tokio::test]
async fn the_page_says_what_a_shared_link_needs() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let page = site.page(&format!("/badges/{}", award.id)).await;
    let url = format!("{BASE_URL}/badges/{}", award.id);
    for tag in [
        "property=\"og:title\" content=\"Software Craft: Professional\"".to_owned(),
        format!("property=\"og:url\" content=\"{url}\""),
        format!("property=\"og:image\" content=\"{url}/card.png\""),
        "property=\"og:image:width\" content=\"1200\"".to_owned(),
        "property=\"og:image:height\" content=\"630\"".to_owned(),
        "property=\"og:description\" content=\"".to_owned(),
    ] {
        assert!(page.contains(&tag), "{tag}");
    }
    let text = page.replace("&#38;", "&").replace("&amp;", "&");
    let link = text.split("https://www.linkedin.com/profile/add?").nth(1).unwrap().split('"').next().unwrap();
    let certification =
        format!("certUrl=https%3A%2F%2Fbadges.acme.example%2Fcertifications%2F{}", lineage(&award.certification_url));
    for field in [
        "issueYear=2026&issueMonth=11",
        "expirationYear=2028&expirationMonth=11",
        "organizationName=Acme+%26+Sons",
        &certification,
    ] {
        assert!(link.contains(field), "{field} in {link}");
    }
    assert!(page.contains("<svg") && page.contains(&format!("/verify?url={url}")), "the QR code and its link");

    let endless = site.award(ADA, MASTER, "public").await;
    let page = site.page(&format!("/badges/{}", endless.id)).await;
    assert!(page.contains("linkedin.com/profile/add") && !page.contains("expirationYear"));
}

#[tokio::test]
async fn a_private_award_is_there_for_nobody_but_whoever_may_read_the_record() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "private").await;
    let lineage = lineage(&award.certification_url);
    let paths = ["", ".json", ".png", ".svg", "/card.png"].map(|end| format!("/badges/{}{end}", award.id));
    for path in paths.iter().chain([&format!("/certifications/{lineage}"), &format!("/certifications/{lineage}.json")])
    {
        assert_eq!(site.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
        let with = |may| site.request(Method::GET, path).bearer_auth(token(may)).send();
        assert_eq!(with("issue").await.unwrap().status(), StatusCode::NOT_FOUND, "{path}");
        let read = with("read").await.unwrap();
        assert_eq!(read.status(), StatusCode::OK, "{path}");
        assert_eq!(header(&read, "cache-control"), "private, no-store", "{path}");
    }
    // Verification by link says no more than the page does.
    let url = format!("{BASE_URL}/badges/{}", award.id);
    let page = site.get(&format!("/verify?url={url}")).await;
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let text = page.text().await.unwrap();
    assert!(!text.contains("Ada") && !text.contains("Professional"), "{text}");
    let (status, _) = site.post("/api/v1/verify", &json!({"credential": url})).await;
    assert_eq!(status, StatusCode::OK, "with the right to read");
    let anyone = site.request(Method::POST, "/api/v1/verify").json(&json!({"credential": url})).send().await.unwrap();
    assert_eq!(anyone.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn only_public_awards_are_on_the_wall_and_may_be_listed_by_search_engines() {
    let site = Site::open().await;
    let public = site.award(ADA, PROFESSIONAL, "public").await;
    let nameless = site.award(CHIARA, PRACTITIONER, "public").await;
    let link = site.award(BAO, PROFESSIONAL, "link").await;
    let private = site.award(DEV, PROFESSIONAL, "private").await;
    for path in ["/", "/programs/craft"] {
        let page = site.page(path).await;
        assert!(page.contains(&public.id) && page.contains("Ada Obi"), "{path}");
        assert!(page.contains(&nameless.id) && !page.contains("Chiara"), "{path}: named only by consent");
        for hidden in [&link.id, &private.id, "Bao", "Dev Patel"] {
            assert!(!page.contains(hidden), "{hidden} on {path}");
        }
    }
    let wall = site.page("/").await;
    assert!(wall.contains("Platform"), "the team of Ada");
    for (award, listed) in [(&public, true), (&link, false)] {
        for path in ["", ".json", ".png", ".svg", "/card.png"] {
            let response = site.get(&format!("/badges/{}{path}", award.id)).await;
            assert_eq!(header(&response, "x-robots-tag"), if listed { "" } else { "noindex" }, "{path}");
        }
        let page = site.page(&format!("/badges/{}", award.id)).await;
        assert_eq!(page.contains("name=\"robots\" content=\"noindex"), !listed);
    }
    let robots = site.get("/robots.txt").await.text().await.unwrap();
    assert!(robots.starts_with("User-agent: *\n"), "{robots}");
}

#[tokio::test]
async fn a_badge_stays_up_through_all_its_states() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let path = format!("/badges/{}", award.id);
    let tone = async || {
        let page = site.page(&path).await;
        page.split("class=\"status ").nth(1).unwrap().split(['"', ' ']).next().unwrap().to_owned()
    };
    assert_eq!(tone().await, "valid");
    site.at("2028-10-01T12:00:00Z");
    assert_eq!(tone().await, "attention", "expiring");
    site.at("2028-12-01T12:00:00Z");
    assert_eq!(tone().await, "attention", "expired");
    let (status, _) =
        site.post(&format!("/api/v1/awards/{}/revoke", award.id), &json!({"reason": "Copied work"})).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(tone().await, "invalid");
    let page = site.page(&path).await;
    assert!(!page.contains("Copied work"), "the reason is for the record");
    assert_eq!(site.get(&format!("{path}.json")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_certification_shows_its_current_state_and_every_earlier_credential() {
    let site = Site::open().await;
    let old = site.award(ADA, PROFESSIONAL, "public").await;
    let path = format!("/certifications/{}", lineage(&old.certification_url));
    assert!(site.page(&path).await.contains(&old.id));
    site.at("2028-10-01T12:00:00Z");
    let (status, new) = site.post(&format!("/api/v1/awards/{}/renew", old.id), &json!({})).await;
    assert_eq!(status, StatusCode::CREATED, "{new}");
    assert_eq!(new["certification_url"], old.certification_url.as_str());
    assert_eq!(new["valid_until"], "2030-11-24T12:00:00Z", "it extends from the old end");
    let page = site.page(&path).await;
    let (current, earlier) = (page.find(new["id"].as_str().unwrap()).unwrap(), page.rfind(&old.id).unwrap());
    assert!(current < earlier, "the newest comes first");
    let signed = site.get_as(&path, "application/vc").await;
    assert_eq!(header(&signed, "content-location"), format!("/badges/{}", new["id"].as_str().unwrap()));
    assert_eq!(signed.json::<Value>().await.unwrap()["id"], new["badge_url"]);
    let page = site.page(&format!("/badges/{}", old.id)).await;
    assert!(page.contains(new["id"].as_str().unwrap()), "the old badge leads to the new one");
}

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
    assert_eq!(did["assertionMethod"].as_array().unwrap().len(), 1);
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

#[tokio::test]
async fn every_answer_protects_its_reader() {
    let site = Site::open().await;
    for path in ["/", "/verify", "/nothing", "/api", "/.well-known/did.json", "/assets/nothing.css"] {
        let response = site.get(path).await;
        let policy = header(&response, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert!(!header(&response, "referrer-policy").is_empty(), "{path}");
        let page = response.text().await.unwrap();
        for inline in ["<script>", " style=\"", " onclick=", "<style"] {
            assert!(!page.contains(inline), "{inline} on {path}");
        }
    }
}

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

#[tokio::test]
async fn what_is_not_there_is_said_in_plain_words() {
    let site = Site::open().await;
    for path in [
        "/nothing",
        "/badges/none",
        "/certifications/none",
        "/programs/none",
        "/achievements/none",
        "/issuers/none",
        "/demo",
        "/badges/none/card.png",
        "/badges/none.png",
    ] {
        let response = site.get_as(path, "text/html").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(header(&response, "x-robots-tag"), "noindex");
        assert!(response.text().await.unwrap().contains("There is nothing at this address"), "{path}");
    }
    for path in
        ["/demo.json", "/demo/recipients.csv", "/status/none", "/images/none.svg", "/images/none", "/badges/none.json"]
    {
        let response = site.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let problem = site.get_as("/badges/none", "application/vc").await;
    assert_eq!(header(&problem, "content-type"), "application/problem+json");
}

#[tokio::test]
async fn odd_requests_never_break_the_server() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let long = format!("/badges/{}", "x".repeat(7_000));
    let longer = format!("/verify?url={}", "x".repeat(20_000));
    let paths = [
        "/%00",
        "/badges/%00",
        "/badges/%ff%fe",
        "/badges/..%2f..%2fetc%2fpasswd",
        "/badges/%2e%2e",
        "/assets/..%2f..%2fCargo.toml",
        "/status/%F0%9F%8F%85",
        "/badges/",
        "/badges//x",
        "//",
        "//evil.example/",
        "/\\evil.example/",
        "/programs/?a=b",
        "/verify?url=%ff&url=&email=%00",
        "/verify?url=https://badges.acme.example/badges/%00",
        "/api/v1/awards?limit=99999999999999999999",
        "/api/v1/awards?after=%00",
        "/api/v1/awards/%ff",
        "/images/%00.svg",
        "/achievements/.json",
        &long,
        &longer,
    ];
    for path in paths {
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            for signed_in in [false, true] {
                let mut request = site.request(method.clone(), path);
                if signed_in {
                    request = request.bearer_auth(token("all"));
                }
                let Ok(response) = request.send().await else { panic!("{method} {path} broke off") };
                assert!(response.status().as_u16() < 500, "{method} {path}: {}", response.status());
                let location = header(&response, "location");
                assert!(!location.starts_with("//") && !location.contains("evil"), "{path} leads to {location}");
            }
        }
    }
    let encoded: String = award.id.bytes().map(|byte| format!("%{byte:02x}")).collect();
    assert_eq!(site.get(&format!("/badges/{encoded}")).await.status(), StatusCode::OK);
    let slash = site.get(&format!("/badges/{}/?a=b", award.id)).await;
    assert_eq!(slash.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(header(&slash, "location"), format!("/badges/{}?a=b", award.id));
    assert_eq!(site.get(&longer).await.status(), StatusCode::URI_TOO_LONG);
    let wrong = site.request(Method::DELETE, &format!("/badges/{}", award.id)).send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(header(&wrong, "allow").contains("GET"), "{}", header(&wrong, "allow"));
    for path in ["/", "/programs", "/verify", "/badges/none"] {
        let head = site.request(Method::HEAD, path).send().await.unwrap();
        assert_eq!(head.status(), site.get(path).await.status(), "{path}");
        assert!(head.bytes().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn every_route_lets_in_exactly_whom_its_right_names() {
    let site = Site::open().await;
    let list = routes(Arc::new(Web::new(site.app.clone()))).list;
    assert!(list.len() > 20);
    for route in list {
        let path = route.path.replace("{id}", "none").replace("{slug}", "none").replace("{lineage}", "none");
        let path = path.replace("{list}", "none").replace("{file}", "none").replace("{*file}", "none");
        for actor in ["anyone", "wrong", "issue", "revoke", "read", "all"] {
            let mut request = site.request(route.method.clone(), &path);
            request = match actor {
                "anyone" => request,
                "wrong" => request.bearer_auth("lrl_0000000000000000000000000000000000000000000"),
                may => request.bearer_auth(token(may)),
            };
            let response = request.send().await.unwrap();
            let scope = match route.right {
                Right::See => None,
                Right::ReadAwards => Some("read"),
                Right::Issue => Some("issue"),
                Right::Revoke => Some("revoke"),
                Right::Operate => panic!("{} can only be done on the machine", route.path),
            };
            let expected = match (scope, actor) {
                (None, _) | (_, "all") => None,
                (Some(_), "anyone" | "wrong") => Some(StatusCode::UNAUTHORIZED),
                (Some(scope), may) => (scope != may).then_some(StatusCode::FORBIDDEN),
            };
            let name = format!("{} {} as {actor}", route.method, route.path);
            match expected {
                None => {
                    assert!(!matches!(response.status().as_u16(), 401 | 403 | 500..), "{name}: {}", response.status())
                }
                Some(status) => {
                    assert_eq!(response.status(), status, "{name}");
                    assert!(header(&response, "www-authenticate").starts_with("Bearer "), "{name}");
                    assert_eq!(header(&response, "content-type"), "application/problem+json", "{name}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_client_that_stalls_does_not_keep_its_connection() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let site = Site::open().await;
    let mut stream = tokio::net::TcpStream::connect(site.address.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
    let mut answer = Vec::new();
    let closed = tokio::time::timeout(std::time::Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
    assert!(closed.is_ok(), "the server waits for ever");
}

fn lineage(certification_url: &str) -> &str {
    certification_url.rsplit('/').next().unwrap()
}
