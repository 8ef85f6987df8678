//! `/me/badges`: one's own badges, who sees each, and whether one is named on them. A private one has its page here, since sessions do not
//! count on public pages (docs/decisions/0036).

use super::{
    Web, badges,
    error::Failure,
    format,
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
        url: match shown.award.visibility {
            Visibility::Private => format!("/me/badges/{}", shown.award.id),
            Visibility::Link | Visibility::Public => format!("/certifications/{}", shown.award.lineage_id),
        },
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

/// `GET /me/badges/{id}`, in the forms of a badge. One that others may see has its own address.
pub async fn one(
    State(web): State<Arc<Web>>,
    Path(part): Path<String>,
    me: Me,
    mut reader: Reader,
) -> Result<Response, Failure> {
    let (id, suffix) = format::suffix(&part, &badges::FORMS);
    let badge = own_badges::one(&mut reader.conn, &me.actor(), id).await?;
    if badge.award.visibility != Visibility::Private {
        return Ok(Redirect::to(&format!("/badges/{part}")).into_response());
    }
    badges::answer(&web, reader, badge, suffix, badges::To::Holder).await
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
