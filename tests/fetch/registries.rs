//! Registries read over the network: only for strangers whose badge is genuine, each look-up named.

use super::foreign::{DID, KEYS, LIST, badge, code, told, urls};
use super::server::{Reply, Server};
use super::*;
use crate::cast::Site;
use laurel::{
    credential::{
        did::{DidKeyEntry, did_web_document},
        jose::{Algorithm, SigningKey},
        status::{Bitstring, StatusListFacts, status_list_credential},
        verify::{CheckName, Registry, RegistryKind, Verdict},
    },
    domain::trust::TrustedIssuer,
};
use serde_json::json;

const LISTED: &str = "https://registry.example/list.json";
const CONFIGURATION: &str = "https://registry.example/.well-known/openid-federation";
const ABOUT_DID: &str = "https://registry.example/fetch?sub=did%3Aweb%3Aissuer.example";

fn list_registry() -> Registry {
    Registry { name: "Known Issuers".into(), kind: RegistryKind::List(LISTED.into()) }
}

/// The issuer and the registry behind one address; the registry answers as told.
fn server(registry: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Server {
    let entry = DidKeyEntry { fragment: "key-1".into(), public: super::foreign::key().public(), assertion: true };
    let keys = did_web_document(DID, &[entry]).to_string();
    let bits = Bitstring::new();
    let facts = StatusListFacts { id: LIST, issuer: DID, valid_from: later(-500), bits: &bits };
    let list = super::foreign::signed(&status_list_credential(&facts), &format!("{DID}#key-1")).to_string();
    Server::start(&["issuer.example", "registry.example"], move |wanted| match wanted {
        "issuer.example/.well-known/did.json" => Reply::json(keys.clone()),
        "issuer.example/status/1" => Reply::json(list.clone()),
        other => other.strip_prefix("registry.example").map_or(Reply { status: 404, ..Reply::default() }, &registry),
    })
}

async fn site(server: &Server, registries: Vec<Registry>, trusted: Vec<TrustedIssuer>) -> Site {
    let names: &[(&str, &[&[&str]])] = &[("issuer.example", &[&[PUBLIC]]), ("registry.example", &[&[PUBLIC]])];
    let world = World::new(names, Some(server));
    Site::asking(world.fetcher, registries, trusted).await
}

#[tokio::test]
async fn a_badge_of_an_issuer_in_a_registry_is_valid_and_the_look_up_is_named_and_kept() {
    let server = server(|_| {
        let list = json!({"registry": {DID: {"name": "Acme of the list"}}, "meta": {}}).to_string();
        Reply::json(list).with("cache-control", "max-age=600").with("x", "y")
    });
    let site = site(&server, vec![list_registry()], vec![]).await;
    for _ in 0..2 {
        let verified = told(&site, &badge(6)).await;
        assert_eq!(
            (verified.report.verdict, code(&verified, CheckName::Issuer)),
            (Verdict::Valid, "issuer_registered")
        );
        let mut urls = urls(&verified);
        urls.sort_unstable();
        assert_eq!(urls, [KEYS, LIST, LISTED]);
    }
    let asked = server.asked();
    assert_eq!(asked.iter().filter(|url| url.starts_with("registry")).count(), 1, "{asked:?}");
}

#[tokio::test]
async fn a_registry_is_not_asked_about_a_known_issuer_or_a_badge_that_is_not_genuine() {
    let server = server(|_| Reply::json("[]"));
    let known = TrustedIssuer { id: DID.into(), name: "Acme".into(), ..TrustedIssuer::default() };
    let trusting = site(&server, vec![list_registry()], vec![known]).await;
    assert_eq!(told(&trusting, &badge(6)).await.report.verdict, Verdict::Valid);
    let asking = site(&server, vec![list_registry()], vec![]).await;
    let mut altered = badge(6);
    altered["name"] = json!("Master welder");
    assert_eq!(told(&asking, &altered).await.report.verdict, Verdict::Invalid);
    assert!(server.asked().iter().all(|url| url.starts_with("issuer.example")), "{:?}", server.asked());
    let verified = told(&asking, &badge(6)).await;
    assert_eq!((verified.report.verdict, code(&verified, CheckName::Issuer)), (Verdict::Attention, "issuer_unknown"));
    assert!(server.asked().contains(&"registry.example/list.json".to_owned()));
}

#[tokio::test]
async fn a_registry_that_is_away_is_named_and_fails_no_badge() {
    let server = server(|_| Reply { status: 503, ..Reply::default() });
    let site = site(&server, vec![list_registry()], vec![]).await;
    let verified = told(&site, &badge(6)).await;
    assert_eq!(verified.report.verdict, Verdict::Attention);
    let message = &verified.report.check(CheckName::Issuer).unwrap().message;
    assert!(
        message.ends_with("The registry Known Issuers could not be read: the server answers with status 503."),
        "{message}"
    );
}

#[tokio::test]
async fn a_federation_that_knows_an_issuer_makes_it_known_and_says_when_it_does_not() {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    use josekit::jws::{ES256, JwsSigner};
    let key = SigningKey::generate(Algorithm::Es256).unwrap();
    let anchor = "https://registry.example";
    let statement = |sub: &str, metadata: serde_json::Value| {
        let times = (now().as_second() - 60, now().as_second() + 600);
        let payload = json!({"iss": anchor, "sub": sub, "iat": times.0, "exp": times.1, "metadata": metadata});
        let coded = |value: serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", coded(json!({"alg": "ES256", "typ": "entity-statement+jwt"})), coded(payload));
        let signature = ES256.signer_from_der(key.to_pkcs8()).unwrap().sign(signed.as_bytes()).unwrap();
        let body = format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)).into_bytes();
        Reply { status: 200, body, ..Reply::default() }.with("content-type", "application/entity-statement+jwt")
    };
    let endpoint = json!({"federation_entity": {"federation_fetch_endpoint": "https://registry.example/fetch"}});
    let own = statement(anchor, endpoint);
    let about = statement(DID, json!({"federation_entity": {"organization_name": "Acme of the federation"}}));
    let kind = RegistryKind::Federation { anchor: anchor.into(), keys: vec![key.public().clone()] };
    let federation = Registry { name: "Example Federation".into(), kind };
    for known in [true, false] {
        let (own, about) = (own.clone(), about.clone());
        let server = server(move |path| match path {
            "/.well-known/openid-federation" => own.clone(),
            "/fetch?sub=did%3aweb%3aissuer.example" if known => about.clone(),
            _ => Reply { status: 404, ..Reply::json(r#"{"error": "not_found"}"#) },
        });
        let site = site(&server, vec![federation.clone()], vec![]).await;
        let verified = told(&site, &badge(6)).await;
        let urls = urls(&verified);
        assert!(urls.contains(&CONFIGURATION) && urls.contains(&ABOUT_DID), "{urls:?}");
        let message = &verified.report.check(CheckName::Issuer).unwrap().message;
        if known {
            assert_eq!((verified.report.verdict, urls.len()), (Verdict::Valid, 4));
            assert!(message.contains("“Acme of the federation” in the registry Example Federation"), "{message}");
        } else {
            assert_eq!((verified.report.verdict, urls.len()), (Verdict::Attention, 5));
            assert!(message.ends_with("does not know who that is."), "{message}");
        }
    }
}
