//! `/ims/ob/v3p0/profile`: the person that an app acts for, as Open Badges 3.0 writes a profile.

use super::{ROOT, json_answer};
use crate::{
    actions::own_profile::{self, OwnProfile},
    credential::document::OPEN_BADGES_CONTEXT,
    domain::actor::Actor,
    web::{
        Web,
        api::input,
        body,
        error::{Failure, Kind},
    },
};
use axum::{Extension, body::Body, extract::State, http::HeaderMap, response::Response};
use serde_json::{Value, json};
use std::sync::Arc;

pub async fn show(State(web): State<Arc<Web>>, Extension(actor): Extension<Actor>) -> Result<Response, Failure> {
    let profile = own_profile::read(&web.app, &actor).await?;
    Ok(json_answer(&document(&web, &profile)))
}

/// The whole profile, with what is to be in it from now on.
pub async fn update(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let media_type = input::media_type(&headers);
    if !matches!(media_type.as_str(), "application/json" | "application/ld+json") {
        return Err(input::unsupported(&media_type, "application/json"));
    }
    let bytes = body::read(body, body::SMALL_LIMIT).await?;
    let Value::Object(mut asked) = input::document(&bytes, body::SMALL_LIMIT)? else {
        return Err(Failure::new(Kind::Malformed, "The body is not a JSON object."));
    };
    for name in ["@context", "id", "type"] {
        asked.shift_remove(name);
    }
    let profile = own_profile::update(&web.app, &actor, &asked).await?;
    Ok(json_answer(&document(&web, &profile)))
}

/// Its id tells people apart, and leads whoever may read it here.
fn document(web: &Web, profile: &OwnProfile) -> Value {
    let person = &profile.person;
    let mut document = json!({
        "@context": [OPEN_BADGES_CONTEXT],
        "id": format!("{}#{}", web.app.urls().at(&format!("{ROOT}/profile")), person.id),
        "type": ["Profile"],
        "name": person.name,
        "email": person.email,
    });
    if let Value::Object(members) = &mut document {
        members.extend(profile.added.clone());
    }
    document
}
