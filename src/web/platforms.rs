//! `/me/platforms`: one's badges of another platform into one's backpack. Who is there is shown before anyone is led on.

use super::{
    Web, backpack,
    error::Failure,
    frame::Reader,
    session::{Me, Sent},
    view::{BackpackPage, BroughtPage, PlatformPage},
};
use crate::actions::platforms::{self, Pending, PlatformsError, TAKES};
use axum::{
    extract::{Query, State},
    http::request::Parts,
    response::Response,
};
use moka::sync::Cache;
use serde::Deserialize;
use std::sync::Arc;

/// Those who were led on and are to come back: by the state they bring, for whom, once.
pub struct Waiting(Cache<String, (String, Pending)>);

impl Default for Waiting {
    fn default() -> Self {
        Waiting(Cache::builder().max_capacity(1_000).time_to_live(TAKES.unsigned_abs()).build())
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    platform: String,
}

pub async fn begin(
    State(web): State<Arc<Web>>,
    parts: Parts,
    Sent { me, form }: Sent<Asked>,
) -> Result<Response, Failure> {
    let begun = platforms::begin(&web.app, &me.actor(), &form.platform).await;
    let reader = Reader::open(&web, &parts).await?;
    let begun = match begun {
        Ok(begun) => begun,
        Err(PlatformsError::Failed(why)) => return Err(why.into()),
        Err(why) => {
            let page = backpack::page(&web, &me, &reader, None).await?;
            let platform_problem = Some(why.to_string());
            return reader.again(&BackpackPage { platform: form.platform, platform_problem, ..page });
        }
    };
    web.waiting.0.insert(begun.state, (me.member.id.clone(), begun.pending));
    let (name, host) = (begun.platform.name, begun.platform.host);
    reader.page(&PlatformPage { site: reader.site.clone(), name, host, leads_to: begun.leads_to }, false)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Back {
    state: String,
    code: String,
}

pub async fn back(
    State(web): State<Arc<Web>>,
    Query(back): Query<Back>,
    me: Me,
    parts: Parts,
) -> Result<Response, Failure> {
    let waited = web.waiting.0.remove(&back.state).filter(|(person, _)| *person == me.member.id);
    let brought = match waited {
        Some((_, pending)) if !back.code.is_empty() => {
            match platforms::finish(&web.app, &me.actor(), &pending, &back.code).await {
                Ok(brought) => Ok(brought),
                Err(PlatformsError::Failed(why)) => return Err(why.into()),
                Err(why) => Err(Some(why.to_string())),
            }
        }
        // Not allowed there, or opened once more.
        _ => Err(None),
    };
    let reader = Reader::open(&web, &parts).await?;
    reader.page(&BroughtPage { site: reader.site.clone(), brought }, false)
}
