//! Badges of Open Badges 2.0 and 1.x: here stand a hosted badge, the documents it leads to, and how they are looked up.

mod first;
mod hosted;
mod pictures;
mod signed;

use std::collections::BTreeMap;

use super::*;

const BADGE: &str = "https://a.example/badges/17";
const CLASS: &str = "https://a.example/classes/welding.json";
const ISSUER: &str = "https://a.example/issuer.json";
const KEY: &str = "https://a.example/key.json";
const LIST_OF_REVOKED: &str = "https://a.example/revoked.json";
const CONTEXT: &str = "https://w3id.org/openbadges/v2";

/// Documents by their addresses; what is not there can't be read.
type Web = BTreeMap<String, Vec<u8>>;

fn web(documents: &[(&str, Value)]) -> Web {
    documents.iter().map(|(address, document)| ((*address).to_owned(), document.to_string().into_bytes())).collect()
}

/// A badge of each kind.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    vec![assertion().to_string().into_bytes(), signed::signed_jws()]
}

/// What the issuer of both serves.
pub(super) fn documents() -> Web {
    let mut documents = site();
    documents.extend(signed::signed_site());
    documents
}

/// Looks up until nothing is missing: the evidence, and what each round asked for.
fn gather(document: &[u8], web: &Web) -> (Evidence, Vec<Vec<String>>) {
    let mut evidence = Evidence::new();
    let mut rounds = Vec::new();
    loop {
        let needs = needs(document, &evidence);
        if needs.is_empty() {
            return (evidence, rounds);
        }
        let mut round = Vec::new();
        for need in needs {
            let Need::Json(address) = &need else { panic!("{need:?}") };
            round.push(address.clone());
            let found = match web.get(address) {
                Some(bytes) => Found::Document(bytes.clone(), at("2026-11-24T11:59:58Z")),
                None => Found::Unavailable("the server did not answer in 5 seconds".into()),
            };
            evidence.put(need, found);
        }
        rounds.push(round);
        assert!(rounds.len() <= 6, "{rounds:?}");
    }
}

fn report_of(document: &[u8], web: &Web, email: Option<&str>) -> Report {
    let known = [KnownIssuer { id: ISSUER.into(), name: "Example Works".into(), ..KnownIssuer::default() }];
    let (evidence, _) = gather(document, web);
    judge(document, &evidence, now(), &Asked { email, known_issuers: &known, ..Asked::default() })
}

fn told_of(document: &Value, web: &Web) -> String {
    told(&report_of(document.to_string().as_bytes(), web, None))
}

fn assertion() -> Value {
    json!({
        "@context": CONTEXT,
        "type": "Assertion",
        "id": BADGE,
        "recipient": {
            "type": "email",
            "hashed": true,
            "salt": "Kosher",
            "identity": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
        },
        "badge": CLASS,
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-02-03T09:00:00+01:00",
        "expires": "2028-02-03T09:00:00+01:00",
        "evidence": [{"id": "https://a.example/work/3", "name": "A seam", "narrative": "Held two tonnes."}],
        "narrative": "Two weeks in the workshop.",
    })
}

fn class() -> Value {
    json!({
        "@context": CONTEXT,
        "type": "BadgeClass",
        "id": CLASS,
        "name": "Welder",
        "description": "Welds seams that hold.",
        "image": "https://a.example/welder.png",
        "criteria": {"narrative": "One seam, pulled apart."},
        "issuer": ISSUER,
        "tags": ["metal"],
        "alignment": [{"targetName": "Welding", "targetUrl": "https://skills.example/7"}],
    })
}

fn profile() -> Value {
    json!({"@context": CONTEXT, "type": "Issuer", "id": ISSUER, "name": "Example Works", "url": "https://a.example"})
}

fn site() -> Web {
    web(&[(BADGE, assertion()), (CLASS, class()), (ISSUER, profile())])
}

/// The site with one of its documents changed.
fn site_with(address: &str, change: impl FnOnce(&mut Value)) -> Web {
    let mut site = site();
    let mut document: Value = serde_json::from_slice(&site[address]).unwrap();
    change(&mut document);
    site.insert(address.to_owned(), document.to_string().into_bytes());
    site
}
