//! `/scim/v2/Groups`: teams. Their members are users, by id; a group within a group is refused.

use super::{
    GROUP, Object, PATCH, document, done,
    error::{as_scim, fault},
    expect_version,
    list::{Asked, Shown},
    member, meta,
    patch::{self, Change, Kind},
    resource, text, with_meta,
};
use crate::{
    actions::teams::{self, Membership, Said},
    domain::{
        actor::Actor,
        directory::Team,
        filter::{Comparison, Filter, Holds, TeamField},
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
use std::{collections::BTreeSet, sync::Arc};

pub async fn list(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    uri: Uri,
) -> Result<Response, Failure> {
    let asked = Asked::read(&uri, &field)?;
    refuse_order_of_members(asked.filter.as_ref())?;
    let with_members = asked.shown.wants("members");
    let (found, total, members) =
        teams::find(&web.app, &actor, asked.filter.as_ref(), asked.start - 1, asked.count, with_members)
            .await
            .map_err(as_scim)?;
    // Both are in the order of the teams' ids.
    let mut rest = members.as_slice();
    let resources = found.iter().map(|team| {
        let own = rest.iter().take_while(|(of, ..)| *of == team.id).count();
        let (of_team, after) = rest.split_at_checked(own).unwrap_or((rest, &[]));
        rest = after;
        shown(&web, team, of_team)
    });
    Ok(asked.answer(total, resources.collect()))
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let said = said(&document(&headers, body, GROUP).await?)?;
    let (team, members) = teams::add(&web.app, &actor, &said).await.map_err(as_scim)?;
    Ok(resource(StatusCode::CREATED, &headers, &Shown::read(&uri), shown(&web, &team, &members)))
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (team, members) = teams::read(&web.app, &actor, &id).await?;
    Ok(resource(StatusCode::OK, &headers, &Shown::read(&uri), shown(&web, &team, &members)))
}

pub async fn replace(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let document = document(&headers, body, GROUP).await?;
    let change = |team: &Team, _: Said, members: &[Membership]| {
        expect_version(&headers, &shown(&web, team, members))?;
        said(&document)
    };
    let (team, members) = teams::change::<Failure>(&web.app, &actor, &id, change).await.map_err(as_scim)?;
    Ok(resource(StatusCode::OK, &HeaderMap::new(), &Shown::read(&uri), shown(&web, &team, &members)))
}

/// Answers without the group, which may have many members.
pub async fn modify(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let changes = patch::changes(&document(&headers, body, PATCH).await?)?;
    let change = |team: &Team, known: Said, members: &[Membership]| {
        expect_version(&headers, &shown(&web, team, members))?;
        changes.iter().try_fold(known, modified)
    };
    let (team, members) = teams::change::<Failure>(&web.app, &actor, &id, change).await.map_err(as_scim)?;
    Ok(done(Some(meta(&shown(&web, &team, &members), "version"))))
}

/// Its people stay.
pub async fn remove(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let allowed = |team: &Team, members: &[Membership]| expect_version(&headers, &shown(&web, team, members));
    teams::remove::<Failure>(&web.app, &actor, &id, allowed).await.map_err(as_scim)?;
    Ok(done(None))
}

/// What groups can be looked for by.
fn field(name: &str) -> Option<(TeamField, Holds)> {
    let field = match name {
        "id" => TeamField::Id,
        "externalid" => TeamField::ExternalId,
        "displayname" => TeamField::Name,
        "members" | "members.value" => TeamField::Member,
        "meta.created" => TeamField::Created,
        "meta.lastmodified" => TeamField::Updated,
        _ => return None,
    };
    Some((field, field.holds()))
}

/// One belongs to a group or does not; ids have no order that means anything.
fn refuse_order_of_members(filter: Option<&Filter<TeamField>>) -> Result<(), Failure> {
    match filter {
        None | Some(Filter::Present(_)) => Ok(()),
        Some(Filter::And(one, other) | Filter::Or(one, other)) => {
            refuse_order_of_members(Some(one))?;
            refuse_order_of_members(Some(other))
        }
        Some(Filter::Not(inner)) => refuse_order_of_members(Some(inner)),
        Some(Filter::Test(TeamField::Member, comparison, _))
            if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) =>
        {
            Err(fault("invalidFilter", "filter: members are looked for by eq and ne."))
        }
        Some(Filter::Test(..)) => Ok(()),
    }
}

fn shown(web: &Web, team: &Team, members: &[Membership]) -> Value {
    let base = format!("{}/scim/v2", web.app.config.base_url);
    let members: Vec<Value> = members
        .iter()
        .map(
            |(_, id, name)| json!({"value": id, "display": name, "type": "User", "$ref": format!("{base}/Users/{id}")}),
        )
        .collect();
    let mut group = json!({"schemas": [GROUP], "id": team.id, "displayName": team.name, "members": members});
    if let Some(external_id) = &team.external_id {
        group["externalId"] = json!(external_id);
    }
    with_meta(group, "Group", &format!("{base}/Groups/{}", team.id), [team.created_at, team.updated_at])
}

/// What a whole group says.
fn said(group: &Object) -> Result<Said, Failure> {
    let name = text(group, "displayName")?.ok_or_else(|| fault("invalidValue", "displayName: is missing."))?;
    let members = member(group, "members").map(ids).transpose()?.unwrap_or_default();
    Ok(Said { name, external_id: text(group, "externalId")?, members })
}

/// The users of a list of members, or of one.
fn ids(members: &Value) -> Result<BTreeSet<String>, Failure> {
    let wrong = || fault("invalidValue", "members: each needs the id of a user as its value.");
    let one = |member: &Value| match member {
        Value::String(id) => Ok(id.clone()),
        Value::Object(parts) => {
            if text(parts, "type")?.is_some_and(|kind| !kind.eq_ignore_ascii_case("user")) {
                return Err(fault("invalidValue", "members: a group within a group is not kept here; add its users."));
            }
            text(parts, "value")?.ok_or_else(wrong)
        }
        _ => Err(wrong()),
    };
    match members {
        Value::Null => Ok(BTreeSet::new()),
        Value::Array(several) => several.iter().map(one).collect(),
        single => Ok(BTreeSet::from([one(single)?])),
    }
}

/// What is said of a team after one more change.
fn modified(mut known: Said, change: &Change) -> Result<Said, Failure> {
    let Change { kind, path, value, pointed } = change;
    let only = |name: &str| text(&Object::from_iter([(name.to_owned(), value.clone())]), name);
    match (path.enterprise, path.attribute.as_str(), path.part.as_deref()) {
        (false, "displayname", None) => {
            let name = if *kind == Kind::Remove { None } else { only("displayName")? };
            known.name = name.ok_or_else(|| fault("invalidValue", "displayName: a group needs a name."))?;
        }
        (false, "externalid", None) => {
            known.external_id = if *kind == Kind::Remove { None } else { only("externalId")? };
        }
        (false, "members", None | Some("value")) => {
            let chosen = |id: &String| {
                let parts = Object::from_iter([("value".to_owned(), json!(id)), ("type".to_owned(), json!("User"))]);
                path.filter.as_ref().is_none_or(|filter| patch::passes(filter, &parts))
            };
            match (kind, &path.filter) {
                // Entra ID names those to remove in the value, others by a filter; neither means all of them.
                (Kind::Remove, _) => {
                    let named = ids(value)?;
                    known.members.retain(|id| !(chosen(id) && (named.is_empty() || named.contains(id))));
                }
                (_, Some(_)) => return Err(fault("invalidPath", "members: they are added and replaced as a whole.")),
                (Kind::Add, None) => known.members.extend(ids(value)?),
                (Kind::Replace, None) => known.members = ids(value)?,
            }
        }
        (false, "id" | "meta", _) if *pointed => {
            return Err(fault("mutability", format!("{} can't be changed.", path.attribute)));
        }
        (false, "id" | "meta" | "schemas", _) => {}
        (_, other, _) => {
            return Err(fault("invalidPath", format!("A group has no attribute “{other}” to be changed so.")));
        }
    }
    Ok(known)
}
