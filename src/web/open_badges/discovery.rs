//! `GET /ims/ob/v3p0/discovery`: the service description document (section B.4 of the standard), an OpenAPI 3.0 document of what this
//! service does of the API, with where apps register and get tokens.

use super::ROOT;
use crate::{
    actions::own_profile,
    domain::oauth::AppScope,
    web::{Web, caching::Keep, error::Failure, frame::Reader},
};
use axum::{extract::State, response::Response};
use serde_json::{Value, json};
use std::sync::Arc;

pub async fn show(State(web): State<Arc<Web>>, reader: Reader) -> Result<Response, Failure> {
    let at = |path: &str| web.app.urls().at(path);
    // Its terms and what it does with data about people are the organisation's to say, and it says so at its own address.
    let own = reader.issuer.as_ref().map_or_else(|| at("/"), |issuer| issuer.url.clone());
    let token = at("/oauth/token");
    let document = json!({
        "openapi": "3.0.3",
        "info": {
            "title": reader.site.organisation,
            "version": "3.0",
            "description": "The Open Badges API 3.0 of this service.",
            "termsOfService": own,
            "x-imssf-privacyPolicyUrl": own,
            "x-imssf-image": at(&crate::web::assets::url("icon.svg")),
        },
        "servers": [{"url": at(ROOT)}],
        "paths": paths(),
        "components": {
            "securitySchemes": {
                "OAuth2ACG": {
                    "type": "oauth2",
                    "description": "OAuth 2.0 Authorization Code Grant with PKCE (S256)",
                    "x-imssf-name": reader.site.organisation,
                    "x-imssf-privacyPolicyUrl": own,
                    "x-imssf-registrationUrl": at("/oauth/register"),
                    "x-imssf-termsOfServiceUrl": own,
                    "flows": {"authorizationCode": {
                        "authorizationUrl": at("/oauth/authorize"),
                        "tokenUrl": token,
                        "refreshUrl": token,
                        "scopes": scopes(),
                    }},
                },
            },
            "schemas": schemas(),
        },
    });
    reader.json(&document, "application/json", Keep::Seconds(3600))
}

fn scopes() -> Value {
    let words = |scope| match scope {
        AppScope::ReadCredentials => "Permission to read OpenBadgeCredentials for the authenticated entity.",
        AppScope::UpsertCredentials => {
            "Permission to create or update OpenBadgeCredentials for the authenticated entity."
        }
        AppScope::ReadProfile => "Permission to read the profile for the authenticated entity.",
        AppScope::UpdateProfile => "Permission to update the profile for the authenticated entity.",
        AppScope::Offline => "Permission to go on when the person is not there.",
    };
    AppScope::ALL.into_iter().map(|scope| (scope.as_str().to_owned(), Value::from(words(scope)))).collect()
}

fn paths() -> Value {
    json!({
        "/discovery": {"get": {
            "operationId": "getServiceDescription", "tags": ["Discovery"],
            "summary": "Fetch the Service Description Document from the resource server.",
            "responses": {
                "200": {
                    "description": "The service discovery document.",
                    "content": {"application/json": {"schema": {"type": "object"}}},
                },
                "default": refused(),
            },
        }},
        "/credentials": {
            "get": {
                "operationId": "getCredentials", "tags": ["OpenBadgeCredentials"],
                "summary": "Get issued OpenBadgeCredentials from the resource server for the supplied parameters and access token.",
                "security": needs(AppScope::ReadCredentials),
                "parameters": [
                    parameter("limit", "The most OpenBadgeCredentials of one page; at most 200.", json!({"type": "integer", "minimum": 1})),
                    parameter("offset", "The place of the first one; 0 is the first of all.", json!({"type": "integer", "minimum": 0})),
                    parameter("since", "Only those that were issued after this.", json!({"type": "string", "format": "date-time"})),
                ],
                "responses": {
                    "200": {
                        "description": "The set of OpenBadgeCredentials that meet the request parameters.",
                        "headers": {
                            "X-Total-Count": {"schema": {"type": "integer"}},
                            "Link": {"schema": {"type": "string"}},
                        },
                        "content": {"application/json": {
                            "schema": {"$ref": "#/components/schemas/GetOpenBadgeCredentialsResponse"},
                        }},
                    },
                    "default": refused(),
                },
            },
            "post": {
                "operationId": "upsertCredential", "tags": ["OpenBadgeCredentials"],
                "summary": "Create or replace an AchievementCredential on the resource server.",
                "security": needs(AppScope::UpsertCredentials),
                "requestBody": {"required": true, "content": credential()},
                "responses": {
                    "200": {"description": "It was replaced.", "content": credential()},
                    "201": {"description": "It was created.", "content": credential()},
                    "304": {"description": "A newer version is there, which stays."},
                    "default": refused(),
                },
            },
        },
        "/profile": {
            "get": {
                "operationId": "getProfile", "tags": ["Profiles"],
                "summary": "Fetch the profile from the resource server for the supplied access token.",
                "security": needs(AppScope::ReadProfile),
                "responses": {"200": profile(), "default": refused()},
            },
            "put": {
                "operationId": "putProfile", "tags": ["Profiles"],
                "summary": "Update the profile for the authenticated entity.",
                "security": needs(AppScope::UpdateProfile),
                "requestBody": {"required": true, "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Profile"},
                }}},
                "responses": {"200": profile(), "default": refused()},
            },
        },
    })
}

fn parameter(name: &str, description: &str, schema: Value) -> Value {
    json!({"name": name, "in": "query", "required": false, "description": description, "schema": schema})
}

fn credential() -> Value {
    let of = |name: &str| json!({"schema": {"$ref": format!("#/components/schemas/{name}")}});
    json!({"application/json": of("AchievementCredential"), "text/plain": of("CompactJws")})
}

fn needs(scope: AppScope) -> Value {
    json!([{"OAuth2ACG": [scope.as_str()]}])
}

fn profile() -> Value {
    let schema = json!({"$ref": "#/components/schemas/Profile"});
    json!({"description": "The matching profile.", "content": {"application/json": {"schema": schema}}})
}

fn refused() -> Value {
    let schema = json!({"$ref": "#/components/schemas/Imsx_StatusInfo"});
    json!({
        "description": "The request was invalid or cannot be served.",
        "content": {"application/json": {"schema": schema}},
    })
}

fn schemas() -> Value {
    let text = json!({"type": "string"});
    let minor = json!({
        "type": "object", "required": ["imsx_codeMinorFieldName", "imsx_codeMinorFieldValue"],
        "properties": {
            "imsx_codeMinorFieldName": text,
            "imsx_codeMinorFieldValue": {"type": "string", "enum": [
                "forbidden", "fullsuccess", "internal_server_error", "invalid_data", "invalid_query_parameter",
                "misdirected_request", "not_acceptable", "not_allowed", "not_found", "not_modified", "server_busy",
                "unauthorizedrequest", "unknown",
            ]},
        },
    });
    let added = own_profile::ADDABLE
        .iter()
        .map(|(name, most)| ((*name).to_owned(), json!({"type": "string", "maxLength": most})));
    let mut profile = json!({
        "@context": {"type": "array", "items": text},
        "id": {"type": "string", "format": "uri"},
        "type": {"type": "array", "items": text},
        "name": text,
        "email": {"type": "string", "format": "email"},
    });
    if let Value::Object(members) = &mut profile {
        members.extend(added);
    }
    json!({
        "AchievementCredential": {
            "type": "object", "required": ["@context", "id", "type", "issuer", "validFrom", "credentialSubject"],
            "description": "A credential of Open Badges 3.0 that is not signed with the VC-JWT Proof Format.",
        },
        "CompactJws": {
            "type": "string", "pattern": "^[-A-Za-z0-9_]+\\.[-A-Za-z0-9_]+\\.[-A-Za-z0-9_]*$",
            "description": "A credential of Open Badges 3.0 that is signed with the VC-JWT Proof Format.",
        },
        "GetOpenBadgeCredentialsResponse": {
            "type": "object",
            "properties": {
                "credential": {"type": "array", "items": {"$ref": "#/components/schemas/AchievementCredential"}},
                "compactJwsString": {"type": "array", "items": {"$ref": "#/components/schemas/CompactJws"}},
            },
        },
        "Profile": {
            "type": "object", "required": ["id", "type"],
            "properties": profile,
        },
        "Imsx_StatusInfo": {
            "type": "object", "required": ["imsx_codeMajor", "imsx_severity"],
            "properties": {
                "imsx_codeMajor": {"type": "string", "enum": ["failure", "processing", "success", "unsupported"]},
                "imsx_severity": {"type": "string", "enum": ["error", "status", "warning"]},
                "imsx_description": text,
                "imsx_codeMinor": {
                    "type": "object", "required": ["imsx_codeMinorField"],
                    "properties": {"imsx_codeMinorField": {"type": "array", "items": minor}},
                },
            },
        },
    })
}
