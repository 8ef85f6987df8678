//! People and teams over SCIM 2.0, by requests as directories send them.

mod answers;
mod dialects;
mod faults;
mod filters;
mod groups;
mod users;

use crate::cast::{Site, token};
use reqwest::{Method, StatusCode, header::HeaderMap};
use serde_json::{Value, json};

const USERS: &str = "/scim/v2/Users";
const GROUPS: &str = "/scim/v2/Groups";
const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_else(|| panic!("no id: {}", self.body)).to_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn send(site: &Site, method: &str, path: &str, body: &Value) -> Answer {
    send_with(site, method, path, body, &[]).await
}

async fn send_with(site: &Site, method: &str, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answer {
    let mut request = site.request(Method::from_bytes(method.as_bytes()).unwrap(), path);
    request = request.bearer_auth(token("provision"));
    if !body.is_null() {
        request = request.header("content-type", "application/scim+json").body(body.to_string());
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.bytes().await.unwrap();
    if !bytes.is_empty() {
        assert_eq!(headers["content-type"], "application/scim+json", "{method} {path}");
    }
    if status == StatusCode::NO_CONTENT {
        assert!(bytes.is_empty());
    }
    Answer { status: status.as_u16(), headers, body: serde_json::from_slice(&bytes).unwrap_or_default() }
}

async fn get(site: &Site, path: &str) -> Answer {
    send(site, "GET", path, &Value::Null).await
}

/// Ids that a filter finds, or the fault's scimType.
async fn found(site: &Site, list: &str, filter: &str) -> Result<Vec<String>, String> {
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("filter", filter).finish();
    let answer = get(site, &format!("{list}?{query}")).await;
    if answer.status != 200 {
        return Err(answer.body["scimType"].as_str().unwrap_or_default().to_owned());
    }
    let resources = answer.body["Resources"].as_array().unwrap();
    assert_eq!(answer.body["totalResults"], resources.len());
    Ok(resources.iter().map(|resource| resource["id"].as_str().unwrap().to_owned()).collect())
}

async fn patch(site: &Site, path: &str, operations: Value) -> Answer {
    send(site, "PATCH", path, &json!({"schemas": [PATCH_OP], "Operations": operations})).await
}

/// A user as Okta creates one.
fn user(name: &str) -> Value {
    let (given, family) = name.split_once(' ').unwrap();
    let address = format!("{}.{}@acme.example", given.to_lowercase(), family.to_lowercase());
    json!({
        "schemas": [USER],
        "userName": address,
        "name": {"givenName": given, "familyName": family},
        "emails": [{"primary": true, "value": address, "type": "work"}],
        "displayName": name,
        "locale": "en-US",
        "externalId": format!("00u-{given}"),
        "groups": [],
        "active": true
    })
}

async fn created(site: &Site, name: &str) -> String {
    let answer = send(site, "POST", USERS, &user(name)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.id()
}

/// The verbs of what was done to one thing.
async fn done(site: &Site, id: &str) -> Vec<String> {
    let mut conn = site.app.db.read().await.unwrap();
    let events = laurel::store::events::of_subject(&mut conn, id).await.unwrap();
    events.into_iter().map(|event| event.verb).collect()
}
