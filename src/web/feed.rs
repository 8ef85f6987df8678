//! The newest public awards as an Atom feed (RFC 4287) at `/feed.atom`: what the wall shows, and nothing that it does not.

use super::{
    caching::{self, Keep},
    error::Failure,
    frame::Reader,
    show,
};
use crate::store::shown::{self, ShownAward};
use askama::Template;
use axum::{http::header, response::Response};
use jiff::Timestamp;

const NEWEST: u32 = 50;
const ATOM: &str = "application/atom+xml; charset=utf-8";

pub async fn show(mut reader: Reader) -> Result<Response, Failure> {
    let newest = shown::wall(&mut reader.conn, reader.now, NEWEST).await?;
    let (site, t) = (&reader.site, reader.site.text);
    let feed = Feed {
        language: t.tag(),
        title: t.with("feed-title", "organisation", &site.organisation).into_owned(),
        author: site.organisation.clone(),
        base_url: site.base_url.clone(),
        // A feed has to say when it last changed; one without entries never has.
        updated: newest.iter().map(|shown| shown.award.issued_at).max().unwrap_or(Timestamp::UNIX_EPOCH),
        entries: newest.iter().map(|shown| entry(&reader, shown)).collect(),
    };
    let body = feed.render().map_err(|why| Failure::internal(&why))?;
    let etag = caching::digest(body.as_bytes(), ATOM);
    let mut response = caching::answer(&reader.headers, ATOM, &etag, Keep::AskAgain, body);
    caching::set(&mut response, header::VARY, "Accept-Language");
    Ok(response)
}

fn entry(reader: &Reader, shown: &ShownAward) -> Entry {
    let (site, t, title) = (&reader.site, reader.site.text, show::title(shown));
    let issuer = &shown.issuer.name;
    let (title, words) = match shown.person.shown_name() {
        Some(person) => {
            (format!("{person}: {title}"), t.with2("badge-summary-named", "person", person, "issuer", issuer))
        }
        None => (title, t.with("badge-summary", "issuer", issuer)),
    };
    Entry {
        url: site.absolute(&format!("/badges/{}", shown.award.id)),
        title,
        summary: format!("{words} {}", shown.level.content.description),
        image: site.absolute(&show::image_url(&shown.level.content.image)),
        published: shown.award.valid_from,
        updated: shown.award.issued_at,
        program: shown.program.name.clone(),
    }
}

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed {
    language: &'static str,
    title: String,
    author: String,
    base_url: String,
    updated: Timestamp,
    entries: Vec<Entry>,
}

/// One award. Its address is its id: an award's never changes.
struct Entry {
    url: String,
    title: String,
    summary: String,
    image: String,
    published: Timestamp,
    updated: Timestamp,
    program: String,
}
