//! What a program gave, to be handed out: its owners take along every badge of it, or of one level, of some days. What its holder shows to
//! nobody is left out. It is read page by page, however much there is.

use super::{ActionError, App, drafts::owner};
use crate::{
    domain::actor::Actor,
    store::{
        levels,
        shown::{self, ShownAward},
    },
};
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;

/// Awards read at once.
const PAGE: u32 = 50;
/// After every id of one second.
const LAST: &str = "~";

/// Which badges: of one level where one is named, valid from `from` on and before `before`.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub level: Option<&'a str>,
    pub from: Timestamp,
    pub before: Timestamp,
}

/// Reading what a program gave, level by level and the earliest first.
#[derive(Debug)]
pub struct Giving {
    levels: VecDeque<String>,
    from: Timestamp,
    before: Timestamp,
    after: (Timestamp, String),
}

/// Where to begin, for whoever runs the program.
pub async fn begin(app: &App, actor: &Actor, program_id: &str, wanted: Wanted<'_>) -> Result<Giving, ActionError> {
    owner(actor, program_id)?;
    let mut conn = app.db.read().await?;
    let mut levels: VecDeque<String> =
        levels::of_program(&mut conn, program_id).await?.into_iter().map(|level| level.id).collect();
    if let Some(level) = wanted.level {
        levels.retain(|id| id == level);
        if levels.is_empty() {
            return Err(ActionError::not_found("level", level));
        }
    }
    let Wanted { from, before, .. } = wanted;
    Ok(Giving { levels, from, before, after: beginning(from) })
}

impl Giving {
    /// The next badges; none at the end.
    pub async fn next(&mut self, app: &App) -> Result<Vec<ShownAward>, ActionError> {
        while let Some(level) = self.levels.front() {
            let mut conn = app.db.read().await?;
            let after = (self.after.0, self.after.1.as_str());
            let page = shown::given(&mut conn, level, after, self.before, PAGE).await?;
            match page.last() {
                Some(last) => {
                    self.after = (last.award.valid_from, last.award.id.clone());
                    return Ok(page);
                }
                None => {
                    self.levels.pop_front();
                    self.after = beginning(self.from);
                }
            }
        }
        Ok(Vec::new())
    }
}

/// Just before everything of a time.
fn beginning(from: Timestamp) -> (Timestamp, String) {
    (from.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(from), LAST.to_owned())
}
