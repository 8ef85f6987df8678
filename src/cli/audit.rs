//! `laurel audit`: exit code 1 when anything is not as it should be.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{actions::audit::audit, domain::actor::Actor};
use indicatif::{ProgressBar, ProgressStyle};
use std::{path::Path, process::ExitCode};

#[derive(clap::Args)]
pub(super) struct Audit {}

impl Audit {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        let style = ProgressStyle::with_template("{spinner} {pos} awards looked at");
        let bar = ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        let found = audit(&app, &Actor::Operator, |seen| bar.set_position(seen)).await?;
        bar.finish_and_clear();
        for fault in &found.told {
            say(format!("FAULT {fault}"));
        }
        if found.faults > found.told.len() as u64 {
            say(format!("and {} more", found.faults - found.told.len() as u64));
        }
        say(format!(
            "{} awards: {} verify, {} of them revoked as the {} status lists say; {} of {} JWT verify; {} of {} endorsements verify; {} signed by a compromised key; {} faults",
            found.awards,
            found.verified,
            found.revoked,
            found.lists,
            found.jwts_verified,
            found.jwts,
            found.endorsements_verified,
            found.endorsements,
            found.by_compromised_key,
            found.faults
        ));
        Ok(if found.faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
