//! A badge in a frame on any page (`/embed/{id}`), and what oEmbed consumers are told of it (`/oembed`; oEmbed 1.0, section 2.3).
//!
//! The id is a certification's, which shows how it stands today, or one badge's. The frame is the same for everyone, signed in or
//! not: it holds no script and no form, and is the one page that others may frame. A private badge is not there.

use super::{
    Web, caching, card,
    error::{Failure, Kind},
    frame::{Reader, no_index},
    show,
    view::{EMBED_SIZE, EmbedPage, LEAST_EMBED, embed_html},
};
use crate::{
    domain::actor::Actor,
    store::{
        Conn,
        shown::{self, ShownAward},
    },
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::header,
    response::Response,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Nothing but our own styles and pictures, and anyone may frame it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors *";
/// Seconds for which a consumer may keep an answer: as long as a badge may stand differently unseen on its page.
const KEPT_FOR: u32 = 3600;

pub async fn show(mut reader: Reader, Path(id): Path<String>) -> Result<Response, Failure> {
    let badge = found(&mut reader.conn, &id).await?;
    let mut site = reader.site.clone();
    site.signed_in = None;
    let page = EmbedPage {
        title: show::title(&badge),
        image_url: show::image_url(&badge.level.content.image),
        issuer: show::issuer_link(&badge.issuer),
        person: badge.person.shown_name().map(str::to_owned),
        standing: show::standing(&badge, reader.now),
        page_url: site.absolute(&format!("/certifications/{}", badge.award.lineage_id)),
        site,
    };
    let html = page.render().map_err(|why| Failure::internal(&why))?;
    let etag = caching::digest(html.as_bytes(), "embed");
    let kept = caching::Keep::AskAgain;
    let mut response = caching::answer(&reader.headers, "text/html; charset=utf-8", &etag, kept, html);
    caching::set(&mut response, header::VARY, "Accept-Language");
    caching::set(&mut response, header::CONTENT_SECURITY_POLICY, POLICY);
    no_index(&mut response);
    Ok(response)
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    url: String,
    /// In CSS pixels; anything that is no number asks for nothing.
    maxwidth: Option<String>,
    maxheight: Option<String>,
    format: Option<String>,
}

pub async fn oembed(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let xml = match asked.format.as_deref() {
        None | Some("json") => false,
        Some("xml") => true,
        Some(other) => {
            return Err(Failure::new(Kind::NotImplemented, format!("format: there is json and xml, not “{other}”.")));
        }
    };
    let urls = web.app.urls();
    let id = urls.id_in(&asked.url, "certifications").or_else(|| urls.id_in(&asked.url, "badges"));
    let id = id.ok_or_else(nothing)?;
    let badge = found(&mut reader.conn, id).await?;
    let answer = OEmbed::of(&reader, &badge, id, asked.room());
    let (media_type, body) = if xml {
        ("text/xml; charset=utf-8", answer.render().map_err(|why| Failure::internal(&why))?)
    } else {
        ("application/json", serde_json::to_string(&answer).map_err(|why| Failure::internal(&why))?)
    };
    let etag = caching::digest(body.as_bytes(), media_type);
    let mut response = caching::answer(&reader.headers, media_type, &etag, caching::Keep::Seconds(KEPT_FOR), body);
    caching::set(&mut response, header::VARY, "Accept-Language");
    Ok(response)
}

/// The newest award of the certification, or the badge, with this id.
async fn found(conn: &mut Conn, id: &str) -> Result<ShownAward, Failure> {
    let newest = shown::shown_lineage(conn, id).await?.into_iter().next();
    let shown = match newest {
        Some(newest) => Some(newest),
        None => shown::shown(conn, id).await?,
    };
    // Whoever may read the record sees no more here: the frame is part of a page that others see.
    show::visible(shown, &Actor::Anyone).map_err(|why| if why.kind == Kind::Gone { why } else { nothing() })
}

fn nothing() -> Failure {
    Failure::not_found("No badge that can be shown elsewhere")
}

impl Asked {
    /// How much room there is, in CSS pixels.
    fn room(&self) -> (u32, u32) {
        let most = |asked: &Option<String>| asked.as_deref().and_then(|most| most.parse().ok()).unwrap_or(u32::MAX);
        (most(&self.maxwidth), most(&self.maxheight))
    }
}

/// The parameters of an answer (oEmbed 1.0, section 2.3.4). Where the frame has no room it is a link.
#[derive(Serialize, Template)]
#[template(path = "oembed.xml")]
struct OEmbed {
    #[serde(rename = "type")]
    kind: &'static str,
    version: &'static str,
    title: String,
    provider_name: String,
    provider_url: String,
    cache_age: u32,
    #[serde(flatten)]
    thumbnail: Option<Thumbnail>,
    #[serde(flatten)]
    frame: Option<Framed>,
}

/// The card of a shared badge; left out where it has no room, as the standard asks.
#[derive(Serialize)]
struct Thumbnail {
    thumbnail_url: String,
    thumbnail_width: u32,
    thumbnail_height: u32,
}

#[derive(Serialize)]
struct Framed {
    html: String,
    width: u32,
    height: u32,
}

impl OEmbed {
    fn of(reader: &Reader, badge: &ShownAward, id: &str, (width, height): (u32, u32)) -> Self {
        let site = &reader.site;
        let title = show::title(badge);
        let named = badge.person.shown_name().map(|person| format!("{title}, {person}"));
        let fits = width >= LEAST_EMBED.0 && height >= LEAST_EMBED.1;
        let size = (EMBED_SIZE.0.min(width), EMBED_SIZE.1);
        let html = || embed_html(&site.absolute(&format!("/embed/{id}")), &title, size);
        OEmbed {
            kind: if fits { "rich" } else { "link" },
            version: "1.0",
            provider_name: site.organisation.clone(),
            provider_url: site.base_url.clone(),
            cache_age: KEPT_FOR,
            thumbnail: (width >= card::WIDTH && height >= card::HEIGHT).then(|| Thumbnail {
                thumbnail_url: show::card_url(badge, site),
                thumbnail_width: card::WIDTH,
                thumbnail_height: card::HEIGHT,
            }),
            frame: fits.then(|| Framed { html: html(), width: size.0, height: size.1 }),
            title: named.unwrap_or(title),
        }
    }
}
