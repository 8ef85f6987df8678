//! From one service to another: a person's badges of there, by the API that both speak.

use super::{PUT_BADGES, Wallet, guild::badge, text};
use crate::cast::{ADA, BAO, BASE_URL, Browser, Site};
use axum::{Json, Router, extract::Query, routing::get};
use laurel::{
    actions::sessions,
    domain::session::Method as SignIn,
    outside::{
        fetch::{Fetcher, Network, Reach},
        platform::Platform,
    },
    web::session,
};
use reqwest::{Method, Response, StatusCode};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use tokio::net::TcpListener;

/// This one may ask its own machine.
fn near() -> Fetcher {
    Fetcher::new(Reach { private_hosts: vec!["localhost".into()], ..Reach::default() }, Network::System)
}

/// Someone signed in at a service that is known by another address than the tests' usual one.
struct There<'a> {
    site: &'a Site,
    secret: String,
}

impl<'a> There<'a> {
    async fn signed_in(site: &'a Site) -> Self {
        let id = site.person(ADA).await;
        let opened = sessions::open(&site.app, &id, SignIn::Oidc, sessions::Browser::default()).await.unwrap();
        There { site, secret: opened.secret }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.site.request(method, path).header("accept", "text/html");
        request.header("cookie", format!("laurel={}", self.secret)).header("origin", &self.site.app.config.base_url)
    }

    /// What the one who asked hears when they allow it.
    async fn allows(&self, address: &str) -> Response {
        let (path, query) = address.strip_prefix(&self.site.app.config.base_url).unwrap().split_once('?').unwrap();
        let page = self.request(Method::GET, &format!("{path}?{query}")).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        assert!(page.text().await.unwrap().contains("asks for access"));
        let csrf = session::csrf(&self.secret);
        let asked: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut fields: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.extend([("csrf", csrf.as_str()), ("decision", "allow")]);
        crate::cast::form(self.request(Method::POST, path), &fields).send().await.unwrap()
    }
}

/// Where the page would lead, when someone asks to go on to this platform.
async fn led_to(browser: &Browser<'_>, platform: &str) -> String {
    let answer = browser.send("/me/platforms", &[("platform", platform)]).await;
    assert_eq!(answer.status(), StatusCode::OK, "{platform}");
    let page = answer.text().await.unwrap();
    let link = page.split("<a class=\"button\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    link.replace("&#38;", "&")
}

#[tokio::test]
async fn badges_of_another_platform_are_copied_once_they_are_allowed_there() {
    let (here, there) = (Site::looking_up_with(near()).await, Site::known_as_itself().await);
    let ada = here.signed_in(ADA).await;
    let person = There::signed_in(&there).await;
    // What she holds there: more than one page, and one that she has here already.
    let wallet = Wallet::registered(&there).await;
    let code = super::parameter(&person.allows(&wallet.address(PUT_BADGES)).await, "code").unwrap();
    let (_, tokens) = wallet.exchanges(&code).await;
    let mut held = BTreeSet::new();
    for n in 0..60 {
        let welder = badge(n, "Welder", "02-01");
        let put = there.request(Method::POST, "/ims/ob/v3p0/credentials").bearer_auth(text(&tokens["access_token"]));
        let status = put.header("content-type", "application/json").body(welder.clone()).send().await.unwrap().status();
        assert_eq!(status, StatusCode::CREATED);
        held.insert(welder);
    }
    let head = "content-disposition: form-data; name=\"text\"\r\n\r\n";
    ada.send_parts("/me/backpack", &[], (head, badge(7, "Welder", "02-01").as_bytes())).await;

    let leads_to = led_to(&ada, &there.app.config.base_url).await;
    let back = person.allows(&leads_to).await;
    let back = back.headers()["location"].to_str().unwrap().to_owned();
    let back = back.strip_prefix(BASE_URL).unwrap();
    // Somebody else who opens the address gets nothing, and nobody gets it twice.
    assert!(here.signed_in(BAO).await.page(back).await.contains("Nothing was copied"));
    assert!(ada.page(back).await.contains("Nothing was copied"), "it was used up");
    let back = person.allows(&led_to(&ada, &format!("{}/ims/ob/v3p0/", there.app.config.base_url)).await).await;
    let back = back.headers()["location"].to_str().unwrap().to_owned();
    let page = ada.page(back.strip_prefix(BASE_URL).unwrap()).await;
    assert!(page.contains("59 badges are new in your backpack.") && page.contains("One was there already."), "{page}");
    let list = ada.page("/me/backpack").await;
    assert!(list.contains("From the platform Acme &#38; Sons"), "{list}");
    // Byte for byte, over two services.
    let mut found = BTreeSet::new();
    let next = list.split("href=\"/me/backpack?after=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for list in [list, ada.page(&format!("/me/backpack?after={next}")).await] {
        for id in list.split("<li id=\"").skip(1).map(|part| part.split('"').next().unwrap()) {
            found.insert(ada.get(&format!("/me/backpack/{id}/file")).await.text().await.unwrap());
        }
    }
    assert_eq!(found, held);
}

#[tokio::test]
async fn an_address_where_no_platform_is_leads_nowhere() {
    let site = Site::looking_up_with(near()).await;
    let ada = site.signed_in(ADA).await;
    let before = site.written().await;
    for platform in
        ["", "http://127.0.0.1:9", "http://localhost:9", "https://10.0.0.1", "javascript:alert(1)", &site.address]
    {
        let answer = ada.send("/me/platforms", &[("platform", platform)]).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{platform}");
        assert!(answer.text().await.unwrap().contains("That did not work"), "{platform}");
    }
    assert!(ada.page("/me/platforms/back?state=none&code=none").await.contains("Nothing was copied"));
    assert_eq!(site.written().await, before);
}

#[tokio::test]
async fn a_platform_that_gives_one_badge_a_page_is_read_to_its_end() {
    const PAGES: usize = 45;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let (root, own) = ("/ims/ob/v3p0", base.clone());
    let discovery = json!({"components": {"securitySchemes": {"OAuth2ACG": {
        "x-imssf-registrationUrl": format!("{own}/register"),
        "flows": {"authorizationCode": {"authorizationUrl": format!("{own}/allow"), "tokenUrl": format!("{own}/token")}},
    }}}});
    let page = |Query(asked): Query<HashMap<String, usize>>| async move {
        let badge = format!("{{\"credential\":[{{\"n\":{}}}]}}", asked["offset"]);
        ([("x-total-count", PAGES.to_string()), ("content-type", "application/json".into())], badge)
    };
    let router = Router::new()
        .route(&format!("{root}/discovery"), get(move || async move { Json(discovery) }))
        .route(&format!("{root}/credentials"), get(page));
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    let (fetcher, now) = (near(), "2026-11-24T12:00:00Z".parse().unwrap());
    let platform = Platform::find(&fetcher, &base, now).await.unwrap();
    let found = platform.credentials(&fetcher, "token", now).await.unwrap();
    serving.abort();
    assert_eq!(found, (0..PAGES).map(|n| format!("{{\"n\":{n}}}")).collect::<Vec<_>>());
}
