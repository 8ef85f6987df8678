//! The record, read: what was done, newest first, and whether its chain holds (decision 0045).

use super::{ActionError, App, people, require};
use crate::{
    domain::actor::{Actor, Right},
    store::{
        self,
        events::{self, BEGINNING, BLANK, Event, Head, Link, Wanted},
    },
};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Rows that are looked at together.
const PAGE: u32 = 1_000;
/// As many breaks are told; after so many it is clear.
const TOLD: usize = 20;

/// Newest first, from just before an event on.
pub async fn page(
    app: &App,
    actor: &Actor,
    wanted: &Wanted,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Event>, ActionError> {
    require(actor, Right::ReadRecord)?;
    Ok(events::newest(&mut app.db.read().await?, wanted, before, limit).await?)
}

/// The id of a person who is named by address or id.
pub async fn person(app: &App, actor: &Actor, who: &str) -> Result<String, ActionError> {
    require(actor, Right::ReadRecord)?;
    Ok(people::named(&mut app.db.read().await?, who).await?.id)
}

/// The names of those who did it or to whom it was done, by their ids, where they are known.
pub async fn names(app: &App, actor: &Actor, events: &[Event]) -> Result<HashMap<String, String>, ActionError> {
    require(actor, Right::ReadRecord)?;
    let ids: BTreeSet<String> = events
        .iter()
        .flat_map(|event| [event.actor.strip_prefix("person:"), Some(event.subject.as_str())])
        .flatten()
        .map(str::to_owned)
        .collect();
    let ids: Vec<String> = ids.into_iter().collect();
    Ok(store::people::names(&mut app.db.read().await?, &ids).await?.into_iter().collect())
}

/// Where the record ends, by the number and hash of its last event.
pub async fn end(app: &App, actor: &Actor) -> Result<Head, ActionError> {
    require(actor, Right::ReadRecord)?;
    Ok(events::head(&mut app.db.read().await?).await?)
}

/// What was found of the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub events: u64,
    /// Where it ends, to be noted elsewhere.
    pub head: Head,
    /// The first break first, a sentence each.
    pub faults: Vec<String>,
}

/// Goes along the whole chain. `noted` is a head that was noted elsewhere before: without one, nobody can tell whether the end was cut
/// off or all of it written anew.
pub async fn check(app: &App, actor: &Actor, noted: Option<&Head>) -> Result<Checked, ActionError> {
    require(actor, Right::ReadRecord)?;
    let conn = &mut app.db.read().await?;
    let mut checked = Checked { events: 0, head: Head { seq: 0, hash: BEGINNING.into() }, faults: Vec::new() };
    let begun = events::head(conn).await?;
    // Where others write at this moment there is more in the end, and this is in it.
    let mut known: Vec<(Head, &str)> = vec![(begun, "the head of the record")];
    known.extend(noted.map(|noted| (noted.clone(), "the head that was noted")));
    known.retain(|(head, _)| head.seq > 0);
    let mut blanks = Blanks::default();
    loop {
        let page = events::links(conn, checked.head.seq, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for link in page {
            checked.events += 1;
            let last = std::mem::replace(&mut checked.head, Head { seq: link.seq, hash: String::new() });
            let blank = blanks.note(&link);
            let right = link.hash_after(&last.hash);
            let hash = link.hash.unwrap_or_default();
            let gap = link.seq != last.seq + 1;
            // What it said was hashed with it; that is gone, and the event after it goes on from its hash.
            let follows = if blank { !gap && !hash.is_empty() } else { hash == right };
            if !follows {
                checked.fault(match (gap, hash.is_empty()) {
                    (_, true) => format!("event {} is in no chain: it was not written by Laurel", link.seq),
                    (true, _) => format!(
                        "event {} does not follow event {}: what was between them is missing",
                        link.seq, last.seq
                    ),
                    (false, _) => format!("event {} is not as it was recorded, or the one before it is not", link.seq),
                });
            }
            if let Some((_, what)) = known.iter().find(|(head, _)| head.seq == link.seq && head.hash != hash) {
                checked.fault(format!("event {} is not the one that {what} names", link.seq));
            }
            // From here on it is told what else is broken.
            checked.head.hash = hash;
        }
    }
    for seq in blanks.unaccounted() {
        checked.fault(format!("event {seq} was emptied, and no erasing of a person names it"));
    }
    let end = checked.head.clone();
    for (head, what) in known.iter().filter(|(head, _)| head.seq > end.seq) {
        checked.fault(format!(
            "the record ends with event {}, and {what} is event {}: its end is missing",
            end.seq, head.seq
        ));
    }
    if end.seq > events::head(conn).await?.seq {
        checked.fault(format!("event {} is past the head of the record: it was not written by Laurel", end.seq));
    }
    Ok(checked)
}

/// Events whose words were taken out, and those that an erasing says it took them out of (decision 0063).
#[derive(Default)]
struct Blanks {
    found: BTreeSet<i64>,
    named: BTreeSet<i64>,
}

impl Blanks {
    /// Whether this is one.
    fn note(&mut self, link: &Link) -> bool {
        if link.verb == "person.erased"
            && let Ok(detail) = serde_json::from_str::<Value>(&link.detail)
        {
            let named = detail.get("events").and_then(Value::as_array);
            self.named.extend(named.into_iter().flatten().filter_map(Value::as_i64).filter(|seq| *seq < link.seq));
        }
        let blank = link.detail == BLANK;
        if blank {
            self.found.insert(link.seq);
        }
        blank
    }

    fn unaccounted(&self) -> impl Iterator<Item = &i64> {
        self.found.difference(&self.named)
    }
}

impl Checked {
    fn fault(&mut self, what: String) {
        if self.faults.len() < TOLD {
            self.faults.push(what);
        }
    }
}
