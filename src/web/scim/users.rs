//! `/scim/v2/Users`: people. A user has one address here: the primary one, else the one at work, else the first, else the user
//! name. `department` is the job function that panels are put together by; `manager` is another user, by id.

use super::{
    ENTERPRISE, Object, PATCH, USER, document, done,
    error::{as_scim, fault},
    expect_version,
    list::{Asked, Shown},
    member,
    patch::{self, Change},
    resource, text, truth, with_meta,
};
use crate::{
    actions::directory,
    domain::{
        actor::Actor,
        directory::{Entry, Said},
        filter::{Holds, PersonField},
        recipient,
    },
    web::{Web, error::Failure},
};
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use serde_json::{Value, json};
use std::sync::Arc;

pub async fn list(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    uri: Uri,
) -> Result<Response, Failure> {
    let asked = Asked::read(&uri, &field)?;
    let (found, total) = directory::find(&web.app, &actor, asked.filter.as_ref(), asked.start - 1, asked.count)
        .await
        .map_err(as_scim)?;
    Ok(asked.answer(total, found.iter().map(|entry| shown(&web, entry)).collect()))
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let said = said(&document(&headers, body, USER).await?, true)?;
    let entry = directory::join(&web.app, &actor, &said).await.map_err(as_scim)?;
    Ok(resource(StatusCode::CREATED, &headers, &Shown::read(&uri), shown(&web, &entry)))
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let entry = directory::read(&web.app, &actor, &id).await?;
    Ok(resource(StatusCode::OK, &headers, &Shown::read(&uri), shown(&web, &entry)))
}

/// What is left out is taken away, but for whether they are active.
pub async fn replace(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let document = document(&headers, body, USER).await?;
    let change = |before: &Entry| {
        expect_version(&headers, &shown(&web, before))?;
        said(&document, before.person.active)
    };
    let entry = directory::change::<Failure>(&web.app, &actor, &id, change).await.map_err(as_scim)?;
    Ok(resource(StatusCode::OK, &HeaderMap::new(), &Shown::read(&uri), shown(&web, &entry)))
}

pub async fn modify(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let changes = patch::changes(&document(&headers, body, PATCH).await?)?;
    let change = |before: &Entry| {
        expect_version(&headers, &shown(&web, before))?;
        modified(before, &changes)
    };
    let entry = directory::change::<Failure>(&web.app, &actor, &id, change).await.map_err(as_scim)?;
    Ok(resource(StatusCode::OK, &HeaderMap::new(), &Shown::read(&uri), shown(&web, &entry)))
}

/// They have left; what they were given stays.
pub async fn remove(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let allowed = |before: &Entry| expect_version(&headers, &shown(&web, before));
    directory::remove::<Failure>(&web.app, &actor, &id, allowed).await.map_err(as_scim)?;
    Ok(done(None))
}

/// What users can be looked for by.
fn field(name: &str) -> Option<(PersonField, Holds)> {
    let field = match name {
        "id" => PersonField::Id,
        "externalid" => PersonField::ExternalId,
        "username" => PersonField::UserName,
        "emails" | "emails.value" => PersonField::Email,
        "emails.type" => PersonField::EmailKind,
        "emails.primary" => PersonField::EmailPrimary,
        "displayname" | "name.formatted" => PersonField::Name,
        "name.givenname" => PersonField::GivenName,
        "name.familyname" => PersonField::FamilyName,
        "active" => PersonField::Active,
        "department" => PersonField::Function,
        "manager" | "manager.value" => PersonField::Manager,
        "meta.created" => PersonField::Created,
        "meta.lastmodified" => PersonField::Updated,
        _ => return None,
    };
    Some((field, field.holds()))
}

fn shown(web: &Web, entry: &Entry) -> Value {
    let location = format!("{}/scim/v2/Users/{}", web.app.config.base_url, entry.person.id);
    let mut user = known(entry);
    if let Some(manager) = &entry.person.manager_id {
        let place = format!("{}/scim/v2/Users/{manager}", web.app.config.base_url);
        user[ENTERPRISE]["manager"]["$ref"] = json!(place);
    }
    user["id"] = json!(entry.person.id);
    with_meta(user, "User", &location, [entry.created_at, entry.updated_at])
}

/// The attributes that can be changed.
fn known(entry: &Entry) -> Value {
    let person = &entry.person;
    let mut user = json!({
        "schemas": [USER],
        "userName": entry.user_name(),
        "name": {"formatted": person.name},
        "displayName": person.name,
        "emails": [{"value": person.email, "type": "work", "primary": true}],
        "active": person.active,
    });
    for (name, value) in [("givenName", &entry.given_name), ("familyName", &entry.family_name)] {
        if let Some(value) = value {
            user["name"][name] = json!(value);
        }
    }
    if let Some(external_id) = &entry.external_id {
        user["externalId"] = json!(external_id);
    }
    if person.function.is_some() || person.manager_id.is_some() {
        user["schemas"] = json!([USER, ENTERPRISE]);
        if let Some(function) = &person.function {
            user[ENTERPRISE]["department"] = json!(function);
        }
        if let Some(manager) = &person.manager_id {
            user[ENTERPRISE]["manager"] = json!({"value": manager});
        }
    }
    user
}

/// What a whole user says.
fn said(user: &Object, active: bool) -> Result<Said, Failure> {
    let none = Object::new();
    let part = |name: &str| match member(user, name) {
        Some(Value::Object(parts)) => Ok(parts),
        None | Some(Value::Null) => Ok(&none),
        Some(_) => Err(fault("invalidValue", format!("{name} is not an object."))),
    };
    let (name, work) = (part("name")?, part(ENTERPRISE)?);
    let user_name = text(user, "userName")?.ok_or_else(|| fault("invalidValue", "userName: is missing."))?;
    let email = match address(user)? {
        Some(email) => email,
        None if recipient::email(&user_name).is_ok() => user_name.clone(),
        None => return Err(fault("invalidValue", "emails: is missing, and userName is not an e-mail address.")),
    };
    let (given_name, family_name) = (text(name, "givenName")?, text(name, "familyName")?);
    let full = text(user, "displayName")?.or(text(name, "formatted")?).or(joined(&given_name, &family_name));
    Ok(Said {
        email,
        name: full.unwrap_or_else(|| user_name.clone()),
        user_name: Some(user_name),
        given_name,
        family_name,
        function: text(work, "department")?,
        manager_id: manager(work)?,
        external_id: text(user, "externalId")?,
        active: truth(user, "active")?.unwrap_or(active),
    })
}

fn joined(given: &Option<String>, family: &Option<String>) -> Option<String> {
    let names: Vec<&str> = [given, family].into_iter().flatten().map(String::as_str).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// The last that is called primary: who adds one means it.
fn address(user: &Object) -> Result<Option<String>, Failure> {
    let given: Vec<&Value> = match member(user, "emails") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(several)) => several.iter().collect(),
        Some(one) => vec![one],
    };
    let (mut primary, mut work, mut first) = (None, None, None);
    for email in given {
        let Value::Object(parts) = email else {
            return Err(fault("invalidValue", "emails: holds something that is not an object."));
        };
        let Some(value) = text(parts, "value")? else { continue };
        if truth(parts, "primary")? == Some(true) {
            primary = Some(value.clone());
        }
        if work.is_none() && text(parts, "type")?.is_some_and(|kind| kind.eq_ignore_ascii_case("work")) {
            work = Some(value.clone());
        }
        first = first.or(Some(value));
    }
    Ok(primary.or(work).or(first))
}

/// By `{"value": id}`, by the id alone, or in a list of one, as Entra ID has sent it.
fn manager(work: &Object) -> Result<Option<String>, Failure> {
    let given = match member(work, "manager") {
        Some(Value::Array(several)) => several.first(),
        other => other,
    };
    match given {
        Some(Value::Object(parts)) => text(parts, "value"),
        _ => text(&Object::from_iter(given.cloned().map(|value| ("manager".to_owned(), value))), "manager"),
    }
}

/// What is said of someone once these changes are made to what was known.
fn modified(before: &Entry, changes: &[Change]) -> Result<Said, Failure> {
    let Value::Object(mut user) = known(before) else { return Err(fault("invalidSyntax", "There is no user.")) };
    // The name that is shown has two places; what stands in one of them after the changes was put there by them.
    user.remove("displayName");
    user.insert("name".into(), json!({"givenName": before.given_name, "familyName": before.family_name}));
    for change in changes {
        modify_one(&mut user, change)?;
    }
    let (old, mut new) = (before.said(), said(&user, before.person.active)?);
    let formatted = member(&user, "name").and_then(Value::as_object).is_some_and(|name| name.contains_key("formatted"));
    if !formatted && member(&user, "displayName").is_none() {
        // Made of its parts, it follows them.
        let made = joined(&old.given_name, &old.family_name).is_some_and(|made| made == old.name);
        let follows = if made { joined(&new.given_name, &new.family_name) } else { None };
        new.name = follows.unwrap_or(old.name);
    }
    // An address that was the user name follows it, too.
    let user_name = new.user_name.clone().unwrap_or_default();
    let renamed = !user_name.eq_ignore_ascii_case(before.user_name());
    if new.email == old.email && old.user_name.is_none() && renamed && recipient::email(&user_name).is_ok() {
        new.email = user_name;
    }
    Ok(new)
}

/// The attributes that are kept: as they are compared, and as they are written.
const KEPT: [(&str, &str); 6] = [
    ("externalid", "externalId"),
    ("username", "userName"),
    ("name", "name"),
    ("displayname", "displayName"),
    ("emails", "emails"),
    ("active", "active"),
];
const KEPT_AT_WORK: [(&str, &str); 2] = [("department", "department"), ("manager", "manager")];
/// The service's own.
const READ_ONLY: [&str; 3] = ["id", "meta", "groups"];
/// Known and not kept: whoever sends them has done nothing wrong.
const PASSED_OVER: [&str; 16] = [
    "schemas",
    "nickname",
    "profileurl",
    "title",
    "usertype",
    "preferredlanguage",
    "locale",
    "timezone",
    "password",
    "phonenumbers",
    "ims",
    "photos",
    "addresses",
    "entitlements",
    "roles",
    "x509certificates",
];
const PASSED_OVER_AT_WORK: [&str; 4] = ["employeenumber", "costcenter", "organization", "division"];

fn modify_one(user: &mut Object, change: &Change) -> Result<(), Failure> {
    let attribute = change.path.attribute.as_str();
    let (kept, passed_over): (&[_], &[_]) = match change.path.enterprise {
        true => (&KEPT_AT_WORK, &PASSED_OVER_AT_WORK),
        false => (&KEPT, &PASSED_OVER),
    };
    if let Some((_, name)) = kept.iter().find(|(known, _)| *known == attribute) {
        return match change.path.enterprise {
            true => match user.entry(ENTERPRISE).or_insert_with(|| json!({})) {
                Value::Object(work) => patch::apply(work, name, change),
                _ => Err(fault("invalidPath", format!("{ENTERPRISE} is not an object."))),
            },
            false => patch::apply(user, name, change),
        };
    }
    if passed_over.contains(&attribute) {
        return Ok(());
    }
    if !READ_ONLY.contains(&attribute) || change.path.enterprise {
        return Err(fault("invalidPath", format!("A user has no attribute “{attribute}”.")));
    }
    // Okta writes the id among the values; only a path to it is a wish to change it.
    if change.pointed { Err(fault("mutability", format!("{attribute} can't be changed."))) } else { Ok(()) }
}
