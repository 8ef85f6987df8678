//! `/me/badges`: one's own badges, who sees each, and whether one is named on them.

use super::{
    Web,
    error::Failure,
    frame::Reader,
    session::{Me, Sent},
    show,
    view::{OwnBadge, OwnBadgesPage},
};
use crate::{actions::own_badges, domain::award::Visibility, store::shown::ShownAward};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::Arc;

pub async fn list(State(web): State<Arc<Web>>, me: Me, reader: Reader) -> Result<Response, Failure> {
    let (person, badges) = own_badges::list(&web.app, &me.actor()).await?;
    let badge = |shown: &ShownAward| OwnBadge {
        id: shown.award.id.clone(),
        title: show::title(shown),
        image_url: show::image_url(&shown.level.content.image),
        // A page that is shown to nobody has no link.
        url: (shown.award.visibility != Visibility::Private)
            .then(|| format!("/certifications/{}", shown.award.lineage_id)),
        standing: show::standing(shown, reader.now),
        reason: shown.award.suspension_reason.clone().filter(|_| shown.award.is_suspended()),
        visibility: shown.award.visibility,
    };
    let page = OwnBadgesPage {
        site: reader.site.clone(),
        named: person.name_public,
        badges: badges.iter().map(badge).collect(),
    };
    reader.page(&page, false)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    visibility: String,
}

pub async fn show_to(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, form }: Sent<Shown>,
) -> Result<Response, Failure> {
    own_badges::show_to(&web.app, &me.actor(), &id, &form.visibility).await?;
    Ok(Redirect::to(&format!("/me/badges#{id}")).into_response())
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Named {
    named: String,
}

pub async fn be_named(State(web): State<Arc<Web>>, Sent { me, form }: Sent<Named>) -> Result<Response, Failure> {
    own_badges::be_named(&web.app, &me.actor(), form.named == "yes").await?;
    Ok(Redirect::to("/me/badges").into_response())
}
