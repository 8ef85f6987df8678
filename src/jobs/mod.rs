//! Work that follows a write or comes with time: an enum, and a runner over the table of jobs.
//!
//! A job is put into the table in the transaction that causes it. A claimed job comes again when its runner died; one that
//! fails is tried again after a longer and longer while, and after eight attempts given up and said so in the log and in the table.

mod runner;
mod webhooks;

pub use runner::{plan, run, run_due};

use crate::{
    actions::{
        ActionError, App, committee, erase, jwts, mail, panel::reminders, path::sweep, present, renewals, status,
        versions,
    },
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
    /// Write today's reminders of what ends, and of scores that are due.
    Remind {},
    /// Send one mail.
    SendMail { mail: String },
    /// Remove uploads that never came to their end, and bytes that no file holds.
    SweepUploads {},
    /// Forget what was shown from wallets, when its time is over.
    ForgetShown {},
    /// Let versions of levels begin, tell those under way, and move those whose time to finish is over.
    TurnVersions {},
    /// Rewrite the database's file without what was removed with a person.
    Scrub {},
    /// Close proposals whose time is up, and announce which terms end.
    CloseProposals {},
}

impl Job {
    /// Puts the job down, unless the same one is waiting.
    pub async fn enqueue(&self, conn: &mut Conn, run_at: Timestamp) -> Result<(), ActionError> {
        if !jobs::waiting(conn, self.kind(), &self.payload()?).await? {
            self.put_down(conn, run_at).await?;
        }
        Ok(())
    }

    /// Puts the job down, though the same one may be waiting; its id.
    async fn put_down(&self, conn: &mut Conn, run_at: Timestamp) -> Result<i64, ActionError> {
        Ok(jobs::enqueue(conn, self.kind(), &self.payload()?, run_at).await?)
    }

    fn payload(&self) -> Result<String, ActionError> {
        serde_json::to_string(self).map_err(ActionError::internal)
    }

    fn kind(&self) -> &'static str {
        match self {
            Job::RefreshStatusList { .. } => "refresh_status_list",
            Job::FillJwts {} => "fill_jwts",
            Job::Remind {} => "remind",
            Job::SendMail { .. } => "send_mail",
            Job::SweepUploads {} => "sweep_uploads",
            Job::ForgetShown {} => "forget_shown",
            Job::TurnVersions {} => "turn_versions",
            Job::Scrub {} => "scrub",
            Job::CloseProposals {} => "close_proposals",
        }
    }

    async fn work(&self, app: &App) -> Result<(), ActionError> {
        match self {
            Job::RefreshStatusList { list } => status::refresh_one(app, list).await,
            Job::FillJwts {} => jwts::fill(app).await.map(|_| ()),
            Job::Remind {} => {
                renewals::remind(app).await?;
                reminders::remind(app).await.map(|_| ())
            }
            Job::SendMail { mail } => mail::send(app, mail).await,
            Job::SweepUploads {} => sweep::sweep(app).await,
            Job::ForgetShown {} => present::forget(app).await,
            Job::TurnVersions {} => versions::turn(app).await.map(|_| ()),
            Job::Scrub {} => erase::scrub(app).await,
            Job::CloseProposals {} => committee::close::close_due(app).await.map(|_| ()),
        }
    }
}
