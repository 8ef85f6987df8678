//! `/record`: what was done, for auditors and administrators; as a page, as JSON and as a table.

use super::{
    Web,
    api::query::Query,
    caching::Keep,
    error::Failure,
    frame::Reader,
    session::Me,
    table::csv_file,
    view::{RecordAsked, RecordPage, RecordRow},
};
use crate::{
    actions::{ActionError, record},
    store::events::{Event, Wanted},
};
use axum::{extract::State, http::Uri, response::Response};
use serde_json::json;
use std::{collections::HashMap, sync::Arc};

/// Events of a page.
const PAGE: u32 = 50;
/// Events of a file.
const FILE: u32 = 1_000;
const PARAMETERS: [&str; 4] = ["subject", "kind", "person", "before"];

pub async fn show(State(web): State<Arc<Web>>, me: Me, uri: Uri, reader: Reader) -> Result<Response, Failure> {
    let asked = read(&uri)?;
    let found = find(&web, &me, &asked, PAGE).await?;
    let names = record::names(&web.app, &me.actor(), &found.events).await?;
    let end = record::end(&web.app, &me.actor()).await?;
    let page = RecordPage {
        site: reader.site.clone(),
        nobody: found.nobody,
        next: found.next,
        rows: found.events.into_iter().map(|event| row(event, &names)).collect(),
        asked,
        end: (end.seq > 0).then(|| format!("{}:{}", end.seq, end.hash)),
    };
    reader.page(&page, false)
}

/// `next` is what to send as `before` for what comes after; absent at the end.
pub async fn json(State(web): State<Arc<Web>>, me: Me, uri: Uri, reader: Reader) -> Result<Response, Failure> {
    let found = find(&web, &me, &read(&uri)?, FILE).await?;
    let events: Vec<_> = found
        .events
        .iter()
        .map(|event| {
            json!({
                "seq": event.seq, "at": event.at.to_string(), "actor": event.actor, "verb": event.verb,
                "subject": event.subject, "version": event.version(), "why": event.why(), "detail": event.detail,
                "hash": event.hash,
            })
        })
        .collect();
    reader.json(&json!({"events": events, "next": found.next}), "application/json", Keep::Never)
}

pub async fn table(State(web): State<Arc<Web>>, me: Me, uri: Uri) -> Result<Response, Failure> {
    let found = find(&web, &me, &read(&uri)?, FILE).await?;
    let mut rows =
        vec![["seq", "at", "actor", "verb", "subject", "version", "why", "detail", "hash"].map(str::to_owned)];
    for event in found.events {
        rows.push([
            event.seq.to_string(),
            event.at.to_string(),
            event.actor.clone(),
            event.verb.clone(),
            event.subject.clone(),
            event.version().map(|version| version.to_string()).unwrap_or_default(),
            event.why().unwrap_or_default().to_owned(),
            event.detail.to_string(),
            event.hash,
        ]);
    }
    csv_file(&rows, "record.csv")
}

struct Found {
    events: Vec<Event>,
    /// The last of these, where there are more.
    next: Option<i64>,
    /// A person was named whom nobody knows.
    nobody: bool,
}

fn read(uri: &Uri) -> Result<RecordAsked, Failure> {
    let query = Query::read(uri, &PARAMETERS)?;
    let text = |name: &str| query.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let before = match query.get("before").filter(|text| !text.is_empty()) {
        Some(text) => Some(text.parse().map_err(|_| Failure::field("before", "is not the number of an event"))?),
        None => None,
    };
    Ok(RecordAsked { subject: text("subject"), kind: text("kind"), person: text("person"), before })
}

async fn find(web: &Web, me: &Me, asked: &RecordAsked, limit: u32) -> Result<Found, Failure> {
    let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let person = match said(&asked.person) {
        None => None,
        Some(who) => match record::person(&web.app, &me.actor(), &who).await {
            Ok(id) => Some(id),
            Err(ActionError::NotFound { .. }) => return Ok(Found { events: Vec::new(), next: None, nobody: true }),
            Err(why) => return Err(why.into()),
        },
    };
    let wanted = Wanted { subject: said(&asked.subject), kind: said(&asked.kind), person };
    let mut events = record::page(&web.app, &me.actor(), &wanted, asked.before, limit + 1).await?;
    let more = events.len() > limit as usize;
    events.truncate(limit as usize);
    let next = events.last().map(|event| event.seq).filter(|_| more);
    Ok(Found { events, next, nobody: false })
}

fn row(event: Event, names: &HashMap<String, String>) -> RecordRow {
    let actor = match event.actor.strip_prefix("person:") {
        Some(id) => names.get(id).cloned().unwrap_or_else(|| event.actor.clone()),
        None => event.actor.clone(),
    };
    RecordRow {
        actor,
        about: names.get(&event.subject).cloned(),
        why: event.why().map(str::to_owned),
        version: event.version(),
        seq: event.seq,
        at: event.at,
        verb: event.verb,
        subject: event.subject,
    }
}
