//! `laurel log`: the record of what was done, newest first.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{ActionError, record},
    domain::actor::Actor,
    store::events::{Event, Wanted},
};
use serde_json::json;
use std::{path::Path, process::ExitCode};

#[derive(clap::Args)]
pub(super) struct Record {
    /// Only what was done to this, by its id
    #[arg(long, value_name = "ID")]
    subject: Option<String>,
    /// Only what this person did or what was done to them: address or id
    #[arg(long, value_name = "WHO")]
    person: Option<String>,
    /// Only this, such as award.revoked, or all of a kind, such as award
    #[arg(long, value_name = "VERB")]
    kind: Option<String>,
    /// Only what was before this event, by its number
    #[arg(long, value_name = "NUMBER")]
    before: Option<i64>,
    /// How many
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: u32,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

impl Record {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        let person = match &self.person {
            Some(who) => Some(record::person(&app, &Actor::Operator, who).await?),
            None => None,
        };
        let wanted = Wanted { subject: self.subject, kind: self.kind, person };
        for event in record::page(&app, &Actor::Operator, &wanted, self.before, self.limit).await? {
            say(if self.json { as_json(&event)? } else { line(&event) });
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn line(event: &Event) -> String {
    let Event { seq, at, actor, verb, subject, .. } = event;
    let version = event.version().map(|version| format!("  version {version}")).unwrap_or_default();
    let why = event.why().map(|why| format!("  “{why}”")).unwrap_or_default();
    format!("{seq}  {at}  {actor}  {verb}  {subject}{version}{why}")
}

fn as_json(event: &Event) -> Result<String, ActionError> {
    let Event { seq, at, actor, verb, subject, detail, hash } = event;
    let object = json!({
        "seq": seq, "at": at.to_string(), "actor": actor, "verb": verb, "subject": subject, "detail": detail, "hash": hash,
    });
    serde_json::to_string(&object).map_err(ActionError::internal)
}
