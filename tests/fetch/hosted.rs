//! Badges of Open Badges 2.0 from end to end: each part is read at its own address.

use super::server::Reply;
use super::*;
use crate::cast::Site;
use laurel::{
    actions::verify::{Verification, verify},
    credential::verify::{CheckName, Verdict},
};
use serde_json::{Value, json};

const AT: &str = "https://issuer.example";

fn assertion() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": format!("{AT}/badge"),
        "recipient": {"type": "email", "hashed": false, "identity": "ana@example.org"},
        "badge": format!("{AT}/class"),
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-02-03T09:00:00Z",
    })
}

fn issuer(badge: impl Fn() -> Reply + Send + Sync + 'static) -> Server {
    Server::start(&["issuer.example", "other.example"], move |wanted| match wanted {
        "issuer.example/badge" => badge(),
        "other.example/badge" => Reply::json(assertion().to_string()),
        "issuer.example/class" => Reply::json(
            json!({"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": format!("{AT}/class"),
                   "name": "Welder", "description": "Welds.", "image": format!("{AT}/x.png"),
                   "criteria": {"narrative": "One seam."}, "issuer": format!("{AT}/profile")})
            .to_string(),
        ),
        "issuer.example/profile" => Reply::json(
            json!({"@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": format!("{AT}/profile"),
                   "name": "Acme Works", "url": AT})
            .to_string(),
        ),
        _ => Reply { status: 404, ..Reply::default() },
    })
}

async fn told(server: &Server, badge: &Value) -> Verification {
    let names: [(&str, &[&[&str]]); 2] = [("issuer.example", &[&[PUBLIC]]), ("other.example", &[&[PUBLIC]])];
    let site = Site::looking_up_with(World::new(&names, Some(server)).fetcher).await;
    verify(&site.app, badge.to_string().as_bytes(), None).await.unwrap()
}

fn proof(verified: &Verification) -> &str {
    &verified.report.check(CheckName::Proof).unwrap().code
}

#[tokio::test]
async fn a_hosted_badge_is_read_at_its_own_address() {
    let server = issuer(|| Reply::json(assertion().to_string()));
    let verified = told(&server, &assertion()).await;
    assert_eq!((verified.report.verdict, proof(&verified)), (Verdict::Attention, "hosted"), "{:?}", verified.report);
    let urls: Vec<String> = verified.fetched.iter().map(|look_up| look_up.url.replace(AT, "")).collect();
    assert_eq!(urls, ["/badge", "/class", "/profile"]);

    let mut altered = assertion();
    altered["issuedOn"] = json!("2020-01-01T00:00:00Z");
    assert_eq!(told(&server, &altered).await.report.verdict, Verdict::Invalid);
}

#[tokio::test]
async fn a_hosted_badge_that_is_gone_or_stands_elsewhere_is_not_valid() {
    let gone = json!({"id": format!("{AT}/badge"), "revoked": true}).to_string();
    let server = issuer(move || Reply { status: 410, ..Reply::json(gone.clone()) });
    let verified = told(&server, &assertion()).await;
    assert_eq!(proof(&verified), "hosted_revoked", "{:?}", verified.report);
    assert_ne!(verified.report.verdict, Verdict::Valid);

    let server = issuer(|| Reply::to("https://other.example/badge"));
    let verified = told(&server, &assertion()).await;
    assert_eq!((verified.report.verdict, proof(&verified)), (Verdict::Unknown, "hosted_unavailable"));
    assert_eq!(server.asked(), ["issuer.example/badge"]);
}

#[tokio::test]
async fn a_hosted_badge_is_saved_and_judged_again_when_nobody_is_there_any_more() {
    use laurel::{
        actions::{
            bundle::{Time, keep, rejudge},
            verify::verify_whole,
        },
        credential::verify::KnownIssuer,
    };
    let server = issuer(|| Reply::json(assertion().to_string()));
    let names: [(&str, &[&[&str]]); 1] = [("issuer.example", &[&[PUBLIC]])];
    let site = Site::looking_up_with(World::new(&names, Some(&server)).fetcher).await;
    let badge = assertion().to_string().into_bytes();
    let judged = verify_whole(&site.app, &badge, None).await.unwrap();
    let archive = keep(&judged, &badge, None).unwrap();
    let asked = server.asked().len();
    let now = site.app.clock.now();
    drop(site);
    let known = [KnownIssuer { id: format!("{AT}/profile"), name: "Acme Works".into(), ..KnownIssuer::default() }];
    let rejudged = rejudge(&archive, None, &known, Time::Now(now)).unwrap().verification;
    assert_eq!((rejudged.report.verdict, proof(&rejudged)), (Verdict::Valid, "hosted"), "{:?}", rejudged.report);
    assert!(rejudged.report.check(CheckName::Status).unwrap().message.contains("status as of"));
    assert_eq!(rejudged.report.claims, judged.verification.report.claims);
    assert_eq!(server.asked().len(), asked);

    let gone = issuer(|| Reply { status: 404, ..Reply::default() });
    let site = Site::looking_up_with(World::new(&names, Some(&gone)).fetcher).await;
    let judged = verify_whole(&site.app, &badge, None).await.unwrap();
    let rejudged = rejudge(&keep(&judged, &badge, None).unwrap(), None, &known, Time::Now(now)).unwrap().verification;
    assert_eq!(rejudged.report, judged.verification.report, "what could not be read is kept as that");
}
