//! `laurel mail`: what waits to be sent, trying it again, and a trial letter.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{actions::mail, domain::actor::Actor};
use std::{path::Path, process::ExitCode};

/// No more are listed.
const MOST: u32 = 200;

#[derive(clap::Subcommand)]
pub(super) enum Mail {
    /// List what waits to be sent, or was given up and why
    List,
    /// Have everything that was given up, or waits for its next attempt, tried again now
    Retry,
    /// Send someone of the directory a trial letter, now
    Try {
        /// E-mail address or id
        who: String,
    },
}

impl Mail {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        let actor = &Actor::Operator;
        match self {
            Mail::List => {
                for unsent in mail::list(&app, actor, MOST).await? {
                    let state = match (unsent.given_up, unsent.attempts) {
                        (true, n) => format!("given up after {n} attempts"),
                        (false, 0) => "waits".to_owned(),
                        (false, n) => format!("waits, tried {n} times"),
                    };
                    let why = unsent.why.map(|why| format!(": {why}")).unwrap_or_default();
                    let mail = unsent.mail;
                    say(format!(
                        "{}  {:.0}  {}  “{}”  {state}{why}",
                        mail.id, mail.created_at, mail.recipient, mail.subject
                    ));
                }
            }
            Mail::Retry => {
                let revived = mail::retry(&app, actor).await?;
                say(format!("{revived} letters are tried again by `laurel serve`"));
            }
            Mail::Try { who } => {
                let sent = mail::try_out(&app, actor, &who).await?;
                say(format!("the mail server took “{}” for {}", sent.subject, sent.recipient));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
