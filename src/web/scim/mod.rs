//! SCIM 2.0 (RFC 7643, RFC 7644): the company's directory keeps people and teams in step (decision 0044).
//!
//! A change is made by working on the resource as it was shown, and reading what came of it the way a whole resource is read;
//! so PATCH, PUT and POST know the same attributes. Names of attributes are found whatever their capitals.

pub mod discovery;
mod error;
mod filter;
pub mod groups;
mod list;
mod patch;
mod path;
pub mod users;

pub use error::written;

use super::{
    api::input,
    body, caching,
    caching::Keep,
    error::{Failure, Kind},
    frame,
};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use error::fault;
use serde_json::{Map, Value, json};

pub const MEDIA_TYPE: &str = "application/scim+json";
const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

type Object = Map<String, Value>;

/// The body as an object that names `schema`, or names none.
async fn document(headers: &HeaderMap, body: Body, schema: &str) -> Result<Object, Failure> {
    let media_type = input::media_type(headers);
    if !matches!(media_type.as_str(), MEDIA_TYPE | "application/json") {
        return Err(input::unsupported(&media_type, MEDIA_TYPE));
    }
    let bytes = body::read(body, body::DOCUMENT_LIMIT).await?;
    let read = input::document(&bytes, body::DOCUMENT_LIMIT).map_err(error::as_scim)?;
    let Value::Object(object) = read else { return Err(fault("invalidSyntax", "The body is not a JSON object.")) };
    let named = member(&object, "schemas").and_then(Value::as_array);
    let is = |value: &Value| value.as_str().is_some_and(|urn| urn.eq_ignore_ascii_case(schema));
    if named.is_some_and(|schemas| !schemas.iter().any(is)) {
        return Err(fault("invalidSyntax", format!("schemas does not name {schema}.")));
    }
    Ok(object)
}

/// An attribute, whatever its capitals.
fn member<'a>(object: &'a Object, name: &str) -> Option<&'a Value> {
    object
        .get(name)
        .or_else(|| object.iter().find_map(|(found, value)| found.eq_ignore_ascii_case(name).then_some(value)))
}

/// A text; what is null, empty or not there is none. A number is taken as it is written.
fn text(object: &Object, name: &str) -> Result<Option<String>, Failure> {
    match member(object, name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(fault("invalidValue", format!("{name} is not a text."))),
    }
}

/// True or false, also as a text: Entra ID sends "False".
fn truth(object: &Object, name: &str) -> Result<Option<bool>, Failure> {
    match member(object, name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(truth)) => Ok(Some(*truth)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(_) => Err(fault("invalidValue", format!("{name} is neither true nor false."))),
    }
}

/// The resource with `meta`, whose version is made of all the rest.
fn with_meta(resource: Value, kind: &str, location: &str, times: [jiff::Timestamp; 2]) -> Value {
    let version = version(&resource);
    let mut resource = resource;
    if let Value::Object(object) = &mut resource {
        let meta = json!({
            "resourceType": kind, "created": times[0].to_string(), "lastModified": times[1].to_string(),
            "location": location, "version": version,
        });
        object.insert("meta".into(), meta);
    }
    resource
}

fn version(resource: &Value) -> String {
    format!("W/\"{}\"", caching::digest(resource.to_string().as_bytes(), "scim"))
}

fn meta<'a>(resource: &'a Value, name: &str) -> &'a str {
    resource["meta"][name].as_str().unwrap_or_default()
}

/// Refuses a change of what was changed since its reader saw it (RFC 7644 §3.14).
fn expect_version(headers: &HeaderMap, resource: &Value) -> Result<(), Failure> {
    let Some(expected) = frame::header(headers, header::IF_MATCH) else { return Ok(()) };
    if has(expected, meta(resource, "version")) {
        return Ok(());
    }
    Err(Failure::new(Kind::ChangedMeanwhile, "It was changed since you read it; read it again."))
}

/// Whether a list of entity tags holds this one; compared weakly.
fn has(list: &str, version: &str) -> bool {
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.split(',').any(|tag| tag.trim() == "*" || plain(tag) == plain(version))
}

fn answer(status: StatusCode, document: &Value) -> Response {
    let mut response = (status, document.to_string()).into_response();
    caching::set(&mut response, header::CONTENT_TYPE, MEDIA_TYPE);
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    response
}

/// One resource, as far as it is asked for, with its place and version; 304 where its reader has it.
fn resource(status: StatusCode, headers: &HeaderMap, shown: &list::Shown, resource: Value) -> Response {
    let (version, location) = (meta(&resource, "version").to_owned(), meta(&resource, "location").to_owned());
    let known = frame::header(headers, header::IF_NONE_MATCH).is_some_and(|known| has(known, &version));
    let mut response = match status == StatusCode::OK && known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => answer(status, &shown.of(resource)),
    };
    caching::set(&mut response, header::ETAG, &version);
    let place = if status == StatusCode::CREATED { header::LOCATION } else { header::CONTENT_LOCATION };
    caching::set(&mut response, place, &location);
    response
}

/// Done, with nothing to read; the new version where there is one.
fn done(version: Option<&str>) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(version) = version {
        caching::set(&mut response, header::ETAG, version);
    }
    caching::set(&mut response, HeaderName::from_static("cache-control"), &Keep::Never.directives());
    response
}
