//! The OpenAPI document says what the router does, no more and no less.

use crate::cast::Site;
use laurel::web::{Web, router::routes};
use serde_json::Value;
use std::sync::Arc;

#[tokio::test]
async fn the_description_of_the_api_names_every_call_that_the_router_has() {
    let site = Site::open().await;
    let document: Value = site.get("/api/openapi.json").await.json().await.unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let described: Vec<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, calls)| {
            calls.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let web = Arc::new(Web::new(site.app.clone()));
    let mut served: Vec<String> = routes(web)
        .list
        .into_iter()
        .filter(|route| {
            ["/api/v1/", "/credentials/", "/presentations/"].iter().any(|start| route.path.starts_with(start))
        })
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let mut sorted = described.clone();
    sorted.sort();
    served.sort();
    assert_eq!(sorted, served);
    let text = document.to_string();
    for part in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(document["components"]["schemas"].get(name).is_some(), "{name} is referred to and not described");
    }
    // Two types of one name would be one description, and wrong for one of them.
    let answer = |path: &str| {
        let schema = &document["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]["schema"];
        schema["$ref"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    };
    assert_ne!(answer("/api/v1/verify"), answer("/credentials/verify"));
    assert_eq!(answer("/presentations/verify"), answer("/credentials/verify"));
    let result = &document["components"]["schemas"][answer("/credentials/verify")];
    assert!(result.to_string().contains("warnings"), "{result}");
    let page = site.page("/api").await;
    // The last two are fields of one schema, the second of them by another that it is made of.
    for call in ["/api/v1/awards", "/api/v1/verify", "Idempotency-Key", ">fetched</span>", ">checked_at</span>"] {
        assert!(page.contains(call), "{call}");
    }
}
