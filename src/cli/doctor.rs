//! `laurel doctor`: a line for each thing looked at; exit code 1 when one fails.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::doctor::{Health, doctor},
    domain::actor::Actor,
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Args)]
pub(super) struct Doctor {}

impl Doctor {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::IfGiven).await?;
        let findings = doctor(&app, &Actor::Operator).await?;
        for finding in &findings {
            let word = match finding.health {
                Health::Ok => "ok  ",
                Health::Warn => "warn",
                Health::Fail => "FAIL",
            };
            say(format!("{word}  {:<12}  {}", finding.what, finding.message));
        }
        let failed = findings.iter().any(|finding| finding.health == Health::Fail);
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}
