//! `/ims/ob/v3p0/profile`: the person that an app acts for, as Open Badges 3.0 writes a profile.

use super::{ROOT, json_answer};
use crate::{
    actions::own_profile::{self, OwnProfile},
    credential::document::OPEN_BADGES_CONTEXT,
    domain::actor::Actor,
    web::{Web, error::Failure},
};
use axum::{Extension, extract::State, response::Response};
use serde_json::{Value, json};
use std::sync::Arc;

pub async fn show(State(web): State<Arc<Web>>, Extension(actor): Extension<Actor>) -> Result<Response, Failure> {
    let profile = own_profile::read(&web.app, &actor).await?;
    Ok(json_answer(&document(&web, &profile)))
}

/// Its id tells people apart, and leads whoever may read it here.
fn document(web: &Web, profile: &OwnProfile) -> Value {
    let person = &profile.person;
    json!({
        "@context": [OPEN_BADGES_CONTEXT],
        "id": format!("{}#{}", web.app.urls().at(&format!("{ROOT}/profile")), person.id),
        "type": ["Profile"],
        "name": person.name,
        "email": person.email,
    })
}
