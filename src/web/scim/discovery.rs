//! What a SCIM client asks first: what this service can, which resources there are, and their attributes (RFC 7644 §4).

use super::{ENTERPRISE, GROUP, LIST, USER, answer, list::MOST};
use crate::{
    domain::actor::Right,
    web::{Web, error::Failure},
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::Response,
};
use serde_json::{Value, json};
use std::sync::Arc;

pub async fn configuration(State(web): State<Arc<Web>>) -> Response {
    let no = json!({"supported": false});
    let configuration = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": {"supported": true},
        "bulk": {"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": true, "maxResults": MOST},
        "changePassword": no,
        "sort": no,
        "etag": {"supported": true},
        "authenticationSchemes": [{
            "type": "oauthbearertoken", "name": "API token", "primary": true,
            "description": "A token of this service with the scope provision, in the header Authorization: Bearer …",
        }],
        "meta": {"resourceType": "ServiceProviderConfig", "location": place(&web, "ServiceProviderConfig")},
    });
    answer(StatusCode::OK, &configuration)
}

pub async fn resource_types(State(web): State<Arc<Web>>, uri: Uri) -> Result<Response, Failure> {
    listed(&uri, types(&web))
}

pub async fn resource_type(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Failure> {
    one(types(&web), &id, "No resource type")
}

pub async fn schemas(State(web): State<Arc<Web>>, uri: Uri) -> Result<Response, Failure> {
    listed(&uri, all_schemas(&web))
}

pub async fn schema(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Failure> {
    one(all_schemas(&web), &id, "No schema")
}

/// The standard wants these not to be filtered (RFC 7644 §4).
fn listed(uri: &Uri, all: Vec<Value>) -> Result<Response, Failure> {
    let asked = uri.query().unwrap_or_default();
    if url::form_urlencoded::parse(asked.as_bytes()).any(|(name, _)| name == "filter") {
        return Err(Failure {
            detail: "This list is not filtered; read all of it.".into(),
            ..Failure::forbidden(Right::See)
        });
    }
    let list = json!({
        "schemas": [LIST], "totalResults": all.len(), "startIndex": 1, "itemsPerPage": all.len(), "Resources": all,
    });
    Ok(answer(StatusCode::OK, &list))
}

fn one(all: Vec<Value>, id: &str, what: &str) -> Result<Response, Failure> {
    let found = all.into_iter().find(|one| one["id"].as_str().is_some_and(|found| found.eq_ignore_ascii_case(id)));
    found.map(|one| answer(StatusCode::OK, &one)).ok_or_else(|| Failure::not_found(what))
}

fn types(web: &Web) -> Vec<Value> {
    let kind = |name: &str, endpoint: &str, schema: &str, extensions: Value, description: &str| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": name, "name": name, "description": description, "endpoint": endpoint, "schema": schema,
            "schemaExtensions": extensions,
            "meta": {"resourceType": "ResourceType", "location": place(web, &format!("ResourceTypes/{name}"))},
        })
    };
    let extensions = json!([{"schema": ENTERPRISE, "required": false}]);
    vec![
        kind("User", "/Users", USER, extensions, "A person of the company"),
        kind("Group", "/Groups", GROUP, json!([]), "A team"),
    ]
}

fn all_schemas(web: &Web) -> Vec<Value> {
    let schema = |id: &str, name: &str, description: &str, attributes: Vec<Value>| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
            "id": id, "name": name, "description": description, "attributes": attributes,
            "meta": {"resourceType": "Schema", "location": place(web, &format!("Schemas/{id}"))},
        })
    };
    let part = |name: &str, description: &str| text(name, description, json!({}));
    let user = vec![
        text(
            "userName",
            "What they sign in with; kept in lower case",
            json!({"required": true, "uniqueness": "server"}),
        ),
        text("externalId", "What the directory calls them", json!({"caseExact": true, "uniqueness": "server"})),
        text("displayName", "The name on their badges", json!({})),
        complex(
            "name",
            false,
            "The parts of their name",
            vec![
                part("formatted", "The name on their badges, where there is no displayName"),
                part("givenName", "Given name"),
                part("familyName", "Family name"),
            ],
        ),
        complex(
            "emails",
            true,
            "One is kept: the primary one, else the one at work, else the first",
            vec![
                text("value", "The address", json!({"uniqueness": "server"})),
                part("type", "Always work"),
                attribute("primary", "boolean", "Always true"),
            ],
        ),
        attribute("active", "boolean", "Has not left: may sign in and sit on panels"),
    ];
    let enterprise = vec![
        text("department", "Their job function, such as Engineering, by which panels are put together", json!({})),
        complex(
            "manager",
            false,
            "Who sees what they hold",
            vec![
                text("value", "The id of a user", json!({"caseExact": true})),
                with(
                    attribute("$ref", "reference", "Where that user is"),
                    json!({"mutability": "readOnly", "referenceTypes": ["User"]}),
                ),
            ],
        ),
    ];
    let group = vec![
        text("displayName", "The team's name", json!({"required": true, "uniqueness": "server"})),
        text("externalId", "What the directory calls it", json!({"caseExact": true, "uniqueness": "server"})),
        complex(
            "members",
            true,
            "Who belongs to it",
            vec![
                text("value", "The id of a user", json!({"caseExact": true, "mutability": "immutable"})),
                text("display", "The user's name", json!({"mutability": "readOnly"})),
                text("type", "Always User", json!({"mutability": "immutable", "canonicalValues": ["User"]})),
                with(
                    attribute("$ref", "reference", "Where that user is"),
                    json!({"mutability": "readOnly", "referenceTypes": ["User"]}),
                ),
            ],
        ),
    ];
    vec![
        schema(USER, "User", "A person of the company", user),
        schema(ENTERPRISE, "EnterpriseUser", "What the company adds", enterprise),
        schema(GROUP, "Group", "A team", group),
    ]
}

/// An attribute with the standard's defaults (RFC 7643 §2.2).
fn attribute(name: &str, kind: &str, description: &str) -> Value {
    json!({
        "name": name, "type": kind, "multiValued": false, "description": description, "required": false,
        "mutability": "readWrite", "returned": "default",
    })
}

fn text(name: &str, description: &str, differs: Value) -> Value {
    with(with(attribute(name, "string", description), json!({"caseExact": false, "uniqueness": "none"})), differs)
}

fn complex(name: &str, several: bool, description: &str, parts: Vec<Value>) -> Value {
    with(attribute(name, "complex", description), json!({"multiValued": several, "subAttributes": parts}))
}

fn with(mut attribute: Value, differs: Value) -> Value {
    if let (Value::Object(attribute), Value::Object(differs)) = (&mut attribute, differs) {
        attribute.extend(differs);
    }
    attribute
}

fn place(web: &Web, path: &str) -> String {
    format!("{}/scim/v2/{path}", web.app.config.base_url)
}
