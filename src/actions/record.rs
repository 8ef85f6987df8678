//! The record, read: what was done, newest first, and whether its chain holds (decision 0045).

use super::{ActionError, App, people, require};
use crate::{
    domain::actor::{Actor, Right},
    store::{
        self,
        events::{self, BEGINNING, Event, Head, Wanted},
    },
};
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
    loop {
        let page = events::links(conn, checked.head.seq, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for link in page {
            checked.events += 1;
            let last = std::mem::replace(&mut checked.head, Head { seq: link.seq, hash: String::new() });
            let right = link.hash_after(&last.hash);
            let hash = link.hash.unwrap_or_default();
            if hash != right {
                let gap = link.seq != last.seq + 1;
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

impl Checked {
    fn fault(&mut self, what: String) {
        if self.faults.len() < TOLD {
            self.faults.push(what);
        }
    }
}
