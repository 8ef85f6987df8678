//! Work that follows a write or comes with time: an enum, and a runner over the table of jobs.
//!
//! A job is put into the table in the transaction that causes it. A claimed job comes again when its runner died; one that
//! fails is tried again after a longer and longer while, and after eight attempts given up and said so in the log and in the table.

mod runner;

pub use runner::{plan, run, run_due};

use crate::{
    actions::{ActionError, App, jwts, status},
    store::{Conn, jobs},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What there is to do. `kind` names it in the table, the fields are its payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Sign one status list anew.
    RefreshStatusList { list: String },
    /// Sign the JWT of the awards that lack theirs.
    FillJwts {},
}

impl Job {
    /// Puts the job down, unless the same one is waiting.
    pub async fn enqueue(&self, conn: &mut Conn, run_at: Timestamp) -> Result<(), ActionError> {
        let payload = serde_json::to_string(self).map_err(ActionError::internal)?;
        if !jobs::waiting(conn, self.kind(), &payload).await? {
            jobs::enqueue(conn, self.kind(), &payload, run_at).await?;
        }
        Ok(())
    }

    fn kind(&self) -> &'static str {
        match self {
            Job::RefreshStatusList { .. } => "refresh_status_list",
            Job::FillJwts {} => "fill_jwts",
        }
    }

    async fn work(&self, app: &App) -> Result<(), ActionError> {
        match self {
            Job::RefreshStatusList { list } => status::refresh_one(app, list).await,
            Job::FillJwts {} => jwts::fill(app).await.map(|_| ()),
        }
    }
}
