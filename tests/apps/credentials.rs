//! The Open Badges API: what a person holds, page by page; new ones into their backpack; their profile; and what is refused.

use super::{CHANGE_PROFILE, PUT_BADGES, READ_BADGES, READ_PROFILE, Wallet, guild::badge, text, told};
use crate::{
    cast::{ADA, BAO, BASE_URL, PRACTITIONER, PROFESSIONAL, Site, token},
    verify::seeds,
};
use reqwest::{Method, StatusCode, header::HeaderMap};
use serde_json::{Value, json};

const CREDENTIALS: &str = "/ims/ob/v3p0/credentials";
const PROFILE: &str = "/ims/ob/v3p0/profile";

/// What an app may do that Ada let do everything.
async fn let_in(site: &Site) -> String {
    let scope = [READ_BADGES, PUT_BADGES, READ_PROFILE, CHANGE_PROFILE].join(" ");
    let tokens = Wallet::registered(site).await.let_in(&site.signed_in(ADA).await, &scope).await;
    text(&tokens["access_token"]).to_owned()
}

async fn read(site: &Site, token: &str, query: &str) -> (HeaderMap, String) {
    let request = site.request(Method::GET, &format!("{CREDENTIALS}{query}")).bearer_auth(token);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    (answer.headers().clone(), answer.text().await.unwrap())
}

async fn put(site: &Site, token: &str, media_type: &str, body: &str) -> (StatusCode, String, Value) {
    let request = site.request(Method::POST, CREDENTIALS).bearer_auth(token).header("content-type", media_type);
    let answer = request.body(body.to_owned()).send().await.unwrap();
    let kind = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
    let (status, told) = told_text(answer).await;
    (status, kind, told)
}

async fn told_text(answer: reqwest::Response) -> (StatusCode, Value) {
    let status = answer.status();
    (status, Value::String(answer.text().await.unwrap()))
}

#[tokio::test]
async fn an_app_that_asks_for_what_is_new_finds_a_badge_that_was_suspended_and_is_good_again() {
    let site = Site::open().await;
    let token = let_in(&site).await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let dates = async |query: &str| {
        let (_, body) = read(&site, &token, query).await;
        let found: Value = serde_json::from_str(&body).unwrap();
        let all = found["credential"].as_array().unwrap().clone();
        all.iter().map(|one| text(&one["validFrom"]).to_owned()).collect::<Vec<_>>()
    };
    let since = "?since=2026-11-25T00%3A00%3A00Z";
    assert_eq!((dates("").await.len(), dates(since).await.len()), (1, 0));
    site.post(&format!("/api/v1/awards/{}/suspend", award.id), &json!({"reason": "Looked at again."})).await;
    assert_eq!(dates("").await.len(), 0);
    site.at("2026-11-24T12:20:00Z");
    site.post(&format!("/api/v1/awards/{}/resume", award.id), &json!({})).await;
    assert_eq!(dates("?since=2026-11-24T12%3A10%3A00Z").await, ["2026-11-24T12:20:00Z"]);
    assert_eq!(dates(since).await.len(), 0);
}

#[tokio::test]
async fn an_app_reads_what_its_person_holds_here_and_in_the_backpack_and_nothing_of_others() {
    let site = Site::open().await;
    let token = let_in(&site).await;
    let own = site.award(ADA, PROFESSIONAL, "private").await;
    let gone = site.award(ADA, PRACTITIONER, "public").await;
    site.post(&format!("/api/v1/awards/{}/revoke", gone.id), &json!({"reason": "By mistake"})).await;
    site.award(BAO, PROFESSIONAL, "public").await;
    let welder = badge(1, "Welder", "02-01");
    assert_eq!(put(&site, &token, "application/json", &welder).await.0, StatusCode::CREATED);
    let (headers, body) = read(&site, &token, "").await;
    let found: Value = serde_json::from_str(&body).unwrap();
    let mut ids: Vec<&str> = found["credential"].as_array().unwrap().iter().map(|one| text(&one["id"])).collect();
    // Both came in the same second, and those stand in either order.
    ids.sort_unstable();
    assert_eq!(ids, [&format!("{BASE_URL}/badges/{}", own.id), "https://guild.example/badges/1"]);
    assert_eq!(found["compactJwsString"], json!([]));
    assert_eq!(
        (&headers["x-total-count"], &headers["content-type"]),
        (&"2".parse().unwrap(), &"application/json".parse().unwrap())
    );
    assert!(body.contains(welder.trim()), "as it was put in, byte for byte");
    let (headers, body) = read(&site, &token, "?since=2026-06-01T00:00:00Z").await;
    assert!(body.contains(&own.id) && !body.contains("guild.example"), "the other was issued before");
    assert_eq!(headers["x-total-count"], "1");
}

#[tokio::test]
async fn pages_hold_every_badge_once() {
    let site = Site::open().await;
    let token = let_in(&site).await;
    for n in 0..7 {
        let status = put(&site, &token, "application/vc+ld+json", &badge(n, "Welder", "02-01")).await.0;
        assert_eq!(status, StatusCode::CREATED);
    }
    site.award(ADA, PROFESSIONAL, "link").await;
    let (mut next, mut ids, mut pages) = (format!("{BASE_URL}{CREDENTIALS}?limit=3"), Vec::new(), 0);
    loop {
        let query = next.strip_prefix(&format!("{BASE_URL}{CREDENTIALS}")).unwrap().to_owned();
        let (headers, body) = read(&site, &token, &query).await;
        assert_eq!(headers["x-total-count"], "8");
        let found: Value = serde_json::from_str(&body).unwrap();
        ids.extend(found["credential"].as_array().unwrap().iter().map(|one| text(&one["id"]).to_owned()));
        pages += 1;
        let links = headers["link"].to_str().unwrap().to_owned();
        assert!(links.contains("rel=\"first\"") && links.contains("offset=6>; rel=\"last\""), "{links}");
        assert_eq!(links.contains("rel=\"prev\""), pages > 1);
        let link = links.split(", ").find(|link| link.ends_with("rel=\"next\""));
        let Some(link) = link else { break };
        next = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
    }
    ids.sort();
    ids.dedup();
    assert_eq!((pages, ids.len()), (3, 8));
}

#[tokio::test]
async fn another_copy_takes_the_place_of_the_one_that_is_there_and_an_older_version_does_not() {
    let site = Site::open().await;
    let token = let_in(&site).await;
    let [first, newer] = [badge(1, "Welder", "02-01"), badge(1, "Master Welder", "03-01")];
    let (status, kind, body) = put(&site, &token, "application/json", &first).await;
    assert_eq!((status, kind.as_str(), text(&body)), (StatusCode::CREATED, "application/json", first.as_str()));
    assert_eq!(put(&site, &token, "application/json", &first).await.0, StatusCode::OK, "the same again");
    assert_eq!(put(&site, &token, "application/json", &newer).await.0, StatusCode::OK, "replaced");
    assert_eq!(put(&site, &token, "application/json", &first).await.0, StatusCode::NOT_MODIFIED, "older");
    let (headers, body) = read(&site, &token, "").await;
    assert!(body.contains("Master Welder"));
    assert_eq!(headers["x-total-count"], "1");
    // What was given here is there already, and is not kept twice.
    let own = site.award(ADA, PROFESSIONAL, "link").await;
    let signed = site.get(&format!("/badges/{}.json", own.id)).await.text().await.unwrap();
    assert_eq!(put(&site, &token, "application/json", &signed).await.0, StatusCode::OK);
    assert_eq!(read(&site, &token, "").await.0["x-total-count"], "2");
}

#[tokio::test]
async fn a_jwt_comes_and_goes_as_a_jwt() {
    let site = Site::open().await;
    let token = let_in(&site).await;
    let jwts = seeds::badges().into_iter().filter(|badge| badge.starts_with(b"eyJ"));
    let jwt = jwts.map(|jwt| String::from_utf8(jwt).unwrap()).next().unwrap();
    let (status, kind, body) = put(&site, &token, "text/plain", &jwt).await;
    assert_eq!((status, kind.as_str(), text(&body)), (StatusCode::CREATED, "text/plain", jwt.as_str()));
    let found: Value = serde_json::from_str(&read(&site, &token, "").await.1).unwrap();
    assert_eq!((&found["credential"], &found["compactJwsString"]), (&json!([]), &json!([jwt])));
    // Each kind by its own media type.
    assert_eq!(put(&site, &token, "application/json", &jwt).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let plain = badge(1, "Welder", "02-01");
    assert_eq!(put(&site, &token, "text/plain", &plain).await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_no_genuine_badge_is_not_taken() {
    let site = Site::open().await;
    let token = let_in(&site).await;
    let altered = badge(1, "Welder", "02-01").replace("Joins metal", "Rules");
    let before = site.written().await;
    for (media_type, body, status) in [
        ("application/json", altered.as_str(), 422),
        ("application/json", "{}", 422),
        ("application/json", "", 422),
        ("application/json", "{\"id\":1,\"id\":2}", 422),
        ("text/plain", "not.a.jws", 422),
        ("image/png", "", 415),
        ("application/json", &" ".repeat(1_100_000), 413),
    ] {
        let (found, kind, info) = put(&site, &token, media_type, body).await;
        let info: Value = serde_json::from_str(text(&info)).unwrap();
        assert_eq!((found.as_u16(), kind.as_str()), (status, "application/json"), "{info}");
        assert_eq!((&info["imsx_codeMajor"], &info["imsx_severity"]), (&json!("failure"), &json!("error")));
        let minor = &info["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"];
        assert_eq!(minor, if status == 422 { "invalid_data" } else { "unknown" }, "{info}");
    }
    let older = String::from_utf8(seeds::hosted()).unwrap();
    let (status, _, info) = put(&site, &token, "application/json", &older).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(&info).contains("is not a credential of Open Badges 3.0"), "{}", text(&info));
    assert_eq!(site.written().await, before);
    assert_eq!(read(&site, &token, "").await.0["x-total-count"], "0");
}

#[tokio::test]
async fn each_call_needs_its_own_scope_and_a_token_that_stands() {
    let site = Site::open().await;
    let wallet = Wallet::registered(&site).await;
    let ada = site.signed_in(ADA).await;
    let calls = [
        (Method::GET, CREDENTIALS, READ_BADGES),
        (Method::POST, CREDENTIALS, PUT_BADGES),
        (Method::GET, PROFILE, READ_PROFILE),
        (Method::PUT, PROFILE, CHANGE_PROFILE),
    ];
    let minor = |info: &Value| info["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"].clone();
    for (_, _, scope) in &calls {
        let tokens = wallet.let_in(&ada, scope).await;
        for (method, path, needed) in &calls {
            let request = site.request(method.clone(), path).bearer_auth(text(&tokens["access_token"]));
            let answer = request.send().await.unwrap();
            if needed == scope {
                assert!(!matches!(answer.status().as_u16(), 401 | 403), "{method} {path}");
                continue;
            }
            let challenge = answer.headers()["www-authenticate"].to_str().unwrap().to_owned();
            assert!(challenge.contains("insufficient_scope") && challenge.contains(needed), "{challenge}");
            let (status, info) = told(answer).await;
            assert_eq!(
                (status, minor(&info)),
                (StatusCode::FORBIDDEN, json!("forbidden")),
                "{method} {path} with {scope}"
            );
        }
    }
    for (method, path, _) in &calls {
        for request in [
            site.request(method.clone(), path),
            site.request(method.clone(), path).bearer_auth("lra_none"),
            ada.request(method.clone(), path).header("origin", BASE_URL),
        ] {
            let answer = request.send().await.unwrap();
            assert!(answer.headers()["www-authenticate"].to_str().unwrap().starts_with("Bearer "));
            let (status, info) = told(answer).await;
            assert_eq!(
                (status, minor(&info)),
                (StatusCode::UNAUTHORIZED, json!("unauthorizedrequest")),
                "{method} {path}"
            );
        }
        let answer = site.request(method.clone(), path).bearer_auth(token("all")).send().await.unwrap();
        assert_eq!(told(answer).await.0, StatusCode::FORBIDDEN, "an operator's token is no person's");
    }
    // An app's token opens nothing else.
    let tokens = wallet.let_in(&ada, &[READ_BADGES, PUT_BADGES, READ_PROFILE, CHANGE_PROFILE].join(" ")).await;
    for path in ["/api/v1/awards", "/scim/v2/Users", "/me/backpack", "/record"] {
        let answer = site.request(Method::GET, path).bearer_auth(text(&tokens["access_token"])).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn what_is_asked_wrongly_is_said_in_the_words_of_the_standard() {
    let site = Site::open().await;
    let token = let_in(&site).await;
    let minor = |info: &Value| info["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"].clone();
    for query in ["?limit=0", "?limit=many", "?offset=-1", "?since=yesterday", "?page=2"] {
        let request = site.request(Method::GET, &format!("{CREDENTIALS}{query}")).bearer_auth(&token);
        let (status, info) = told(request.send().await.unwrap()).await;
        assert_eq!((status, minor(&info)), (StatusCode::BAD_REQUEST, json!("invalid_query_parameter")), "{query}");
    }
    let answer = site.request(Method::DELETE, CREDENTIALS).bearer_auth(&token).send().await.unwrap();
    let (status, info) = told(answer).await;
    assert_eq!((status, minor(&info)), (StatusCode::METHOD_NOT_ALLOWED, json!("not_allowed")));
    assert_eq!(info["imsx_codeMajor"], "unsupported");
    let (status, info) = told(site.get("/ims/ob/v3p0/none").await).await;
    assert_eq!((status, minor(&info)), (StatusCode::NOT_FOUND, json!("not_found")));
    assert_eq!(info["imsx_severity"], "status");
}

#[tokio::test]
async fn the_profile_is_the_companys_and_what_was_added_to_it() {
    let site = Site::open().await;
    let token = let_in(&site).await;
    let call = |method: Method, body: Value| {
        let request = site.request(method, PROFILE).bearer_auth(&token);
        async move { told(request.json(&body).send().await.unwrap()).await }
    };
    let (status, profile) = call(Method::GET, json!(null)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!((&profile["name"], &profile["email"]), (&json!(ADA.name), &json!(ADA.email)));
    assert_eq!(profile["type"], json!(["Profile"]));
    let mut asked = profile.clone();
    asked["url"] = json!("https://ada.example");
    asked["description"] = json!("Builds.\nAnd teaches.");
    let (status, changed) = call(Method::PUT, asked.clone()).await;
    assert_eq!((status, &changed), (StatusCode::OK, &asked));
    assert_eq!(call(Method::GET, json!(null)).await.1, asked);
    let before = site.written().await;
    for (name, value) in [
        ("name", json!("Ada the Great")),
        ("email", json!("ada@elsewhere.example")),
        ("dateOfBirth", json!("1990-01-01")),
        ("url", json!("javascript:alert(1)")),
        ("phone", json!(7)),
    ] {
        let mut wrong = asked.clone();
        wrong[name] = value;
        let (status, info) = call(Method::PUT, wrong).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(text(&info["imsx_description"]).contains(name), "{info}");
    }
    assert_eq!(site.written().await, before);
    // What is left out is taken away.
    assert_eq!(call(Method::PUT, profile.clone()).await, (StatusCode::OK, profile));
}

#[tokio::test]
async fn the_service_says_what_it_does_and_where_apps_register() {
    let site = Site::open().await;
    let document: Value = site.get("/ims/ob/v3p0/discovery").await.json().await.unwrap();
    assert!(text(&document["openapi"]).starts_with("3.0"));
    let scheme = &document["components"]["securitySchemes"]["OAuth2ACG"];
    assert_eq!(scheme["x-imssf-registrationUrl"], format!("{BASE_URL}/oauth/register"));
    let flow = &scheme["flows"]["authorizationCode"];
    assert_eq!(
        (&flow["tokenUrl"], &flow["refreshUrl"]),
        (&json!(format!("{BASE_URL}/oauth/token")), &flow["tokenUrl"])
    );
    for scope in [READ_BADGES, PUT_BADGES, READ_PROFILE, CHANGE_PROFILE] {
        assert!(flow["scopes"][scope].is_string());
    }
    let info = &document["info"];
    for name in ["termsOfService", "x-imssf-privacyPolicyUrl", "x-imssf-image"] {
        assert!(text(&info[name]).starts_with("https://"), "{name}");
    }
    let calls = |path: &str| document["paths"][path].as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!([calls("/credentials"), calls("/profile"), calls("/discovery")], ["get post", "get put", "get"]);
    for part in document.to_string().split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(document["components"]["schemas"].get(name).is_some(), "{name} is referred to and not described");
    }
}
