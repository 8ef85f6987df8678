//! How often a client may ask, and what it is told when that was too often.

use super::header;
use crate::cast::{ADA, NOW, PROFESSIONAL, Site, no_network, token};
use jiff::{SignedDuration, Timestamp};
use laurel::{
    actions::config::Limits,
    domain::actor::{Right, app_scope_of, scope_of},
    web::{Web, limits::Class, router::routes},
};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::{num::NonZeroU32, sync::Arc};

const OK: u16 = 200;
const TOO_MANY: u16 = 429;

fn only(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::lifted();
    change(&mut limits);
    limits
}

async fn status(site: &Site, path: &str) -> u16 {
    site.get(path).await.status().as_u16()
}

async fn statuses(site: &Site, path: &str, times: usize) -> Vec<u16> {
    let mut all = Vec::new();
    for _ in 0..times {
        all.push(status(site, path).await);
    }
    all
}

fn later(site: &Site, seconds: i64) {
    let now = NOW.parse::<Timestamp>().unwrap();
    site.at(&(now + SignedDuration::from_secs(seconds)).to_string());
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_try_again_and_may_do_so_then() {
    let site = Site::limited_to(only(|limits| limits.reading = NonZeroU32::new(4))).await;
    assert_eq!(statuses(&site, "/healthz", 5).await, [OK, OK, OK, OK, TOO_MANY]);
    let refused = site.get_as("/healthz", "application/json").await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!((header(&refused, "retry-after"), header(&refused, "access-control-allow-origin")), ("15", "*"));
    assert!(header(&refused, "access-control-expose-headers").contains("retry-after"));
    let problem: Value = refused.json().await.unwrap();
    assert!(problem["type"].as_str().unwrap().ends_with("#too-many-requests"));
    assert_eq!(problem["detail"], "Too many requests came from your address; try again in 15 seconds.");
    for path in ["/", "/nothing"] {
        let page = site.get_as(path, "text/html").await;
        assert_eq!((page.status(), header(&page, "retry-after")), (StatusCode::TOO_MANY_REQUESTS, "15"), "{path}");
        assert!(header(&page, "content-type").starts_with("text/html"));
        assert!(page.text().await.unwrap().contains("try again in 15 seconds"));
    }
    later(&site, 14);
    assert_eq!(status(&site, "/healthz").await, TOO_MANY);
    later(&site, 15);
    assert_eq!(statuses(&site, "/healthz", 2).await, [OK, TOO_MANY]);
    later(&site, 1_000);
    assert_eq!(statuses(&site, "/healthz", 5).await, [OK, OK, OK, OK, TOO_MANY]);
}

#[tokio::test]
async fn reading_polling_and_verifying_have_each_their_own_limit() {
    let site = Site::limited_to(only(|limits| {
        limits.reading = NonZeroU32::new(1);
        limits.verifying = NonZeroU32::new(2);
        limits.status = NonZeroU32::new(3);
    }))
    .await;
    assert_eq!(statuses(&site, "/", 2).await, [OK, TOO_MANY]);
    let verify = async || {
        let sent = site.request(Method::POST, "/api/v1/verify").header("content-type", "application/vc").body("{}");
        sent.send().await.unwrap().status().as_u16()
    };
    assert_eq!([verify().await, status(&site, "/verify").await, verify().await], [OK, OK, TOO_MANY]);
    assert_eq!(statuses(&site, "/status/none", 4).await, [404, 404, 404, TOO_MANY]);
}

#[tokio::test]
async fn a_platform_that_polls_a_status_list_all_the_time_is_always_answered() {
    let site = Site::limited_to(Limits::default()).await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let badge: Value = site.get(&format!("/badges/{}.json", award.id)).await.json().await.unwrap();
    let list = badge["credentialStatus"]["statusListCredential"].as_str().unwrap();
    let list = list.strip_prefix(crate::cast::BASE_URL).unwrap().to_owned();
    // Twenty a second, for a minute.
    for second in 0..60 {
        later(&site, second);
        assert_eq!(statuses(&site, &list, 20).await, [OK; 20]);
    }
}

#[tokio::test]
async fn clients_behind_a_trusted_proxy_are_told_apart_and_others_are_one() {
    let limits = only(|limits| limits.reading = NonZeroU32::new(1));
    let trusting = |config: &mut laurel::actions::Config| {
        config.limits = limits.clone();
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    };
    let behind = Site::set_up(no_network(), trusting).await;
    let alone = Site::limited_to(limits.clone()).await;
    let ask = async |site: &Site, client: &str| {
        let sent = site.request(Method::GET, "/healthz").header("x-forwarded-for", client).send().await.unwrap();
        sent.status().as_u16()
    };
    for (client, expected) in [
        ("203.0.113.7", OK),
        ("203.0.113.7", TOO_MANY),
        ("198.51.100.9, 203.0.113.7", TOO_MANY),
        ("203.0.113.8", OK),
        ("2001:db8:1:2::1", OK),
        ("2001:db8:1:2:ffff::9", TOO_MANY),
        ("2001:db8:1:3::1", OK),
    ] {
        assert_eq!(ask(&behind, client).await, expected, "{client}");
    }
    assert_eq!([ask(&alone, "203.0.113.7").await, ask(&alone, "203.0.113.8").await], [OK, TOO_MANY]);
}

#[tokio::test]
async fn a_token_is_counted_by_itself_and_wrong_ones_by_address() {
    let site = Site::limited_to(only(|limits| {
        limits.tokens = NonZeroU32::new(2);
        limits.wrong_tokens = NonZeroU32::new(3);
    }))
    .await;
    let ask = async |token: Option<&str>| {
        let mut request = site.request(Method::GET, "/api/v1/awards");
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.unwrap()
    };
    let wrong = format!("lrl_{}", "a".repeat(52));
    for (token, expected) in
        [(Some(wrong.as_str()), 401), (None, 401), (Some("x"), 401), (Some(wrong.as_str()), TOO_MANY), (None, TOO_MANY)]
    {
        assert_eq!(ask(token).await.status().as_u16(), expected, "{token:?}");
    }
    let refused: Value = ask(Some("x")).await.json().await.unwrap();
    let told = "Too many requests without a valid API token came from your address; try again in 20 seconds.";
    assert_eq!(refused["detail"], told);
    // A right one of the same address is not barred by them.
    for expected in [OK, OK, TOO_MANY] {
        assert_eq!(ask(Some(token("read"))).await.status().as_u16(), expected);
    }
    let refused = ask(Some(token("read"))).await;
    assert_eq!(header(&refused, "retry-after"), "30");
    assert_eq!(ask(Some(token("all"))).await.status().as_u16(), OK);
    // What everyone may see does not count tokens.
    for _ in 0..5 {
        let seen = site.request(Method::GET, "/healthz").bearer_auth("x").send().await.unwrap();
        assert_eq!(seen.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn every_route_is_counted_as_what_it_does() {
    let site = Site::open().await;
    for route in routes(Arc::new(Web::new(site.app.clone()))).list {
        let of_people = route.class == Class::SignedIn;
        let of_token = route.class == Class::Token;
        assert_eq!(of_token || of_people, route.right != Right::See, "{route:?}");
        // What a token opens is not for people's pages, but for what both may read.
        let scope = scope_of(route.right).is_some() || app_scope_of(route.right).is_some();
        assert!(!of_token || scope, "{route:?}");
        assert!(of_people || route.right == Right::See || scope, "{route:?}");
        assert!(route.method != Method::POST || route.class != Class::Reading, "{route:?}");
    }
}
