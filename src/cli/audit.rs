//! `laurel audit`: exit code 1 when anything is not as it should be. The end of the record is told so that it can be noted elsewhere.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{audit::audit, record},
    domain::actor::Actor,
    store::events::Head,
};
use indicatif::{ProgressBar, ProgressStyle};
use std::{path::Path, process::ExitCode};

#[derive(clap::Args)]
pub(super) struct Audit {
    /// The end of the record as an earlier audit told it: whatever was changed or removed up to there is found
    #[arg(long, value_name = "NUMBER:HASH", value_parser = head)]
    head: Option<Head>,
}

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
            "{} awards: {} verify, {} of them revoked and {} suspended as the {} status lists say; {} of {} JWT verify; {} of {} endorsements verify; {} signed by a compromised key; {} faults",
            found.awards,
            found.verified,
            found.revoked,
            found.suspended,
            found.lists,
            found.jwts_verified,
            found.jwts,
            found.endorsements_verified,
            found.endorsements,
            found.by_compromised_key,
            found.faults
        ));
        if found.erased > 0 {
            say(format!("{} awards are of people who were erased", found.erased));
        }
        let chain = record::check(&app, &Actor::Operator, self.head.as_ref()).await?;
        for fault in &chain.faults {
            say(format!("FAULT {fault}"));
        }
        let (events, Head { seq, hash }) = (chain.events, &chain.head);
        match chain.faults.is_empty() {
            true => say(format!("{events} events in one unbroken chain, whose end is {seq}:{hash}")),
            false => say(format!("{events} events, and their chain is broken")),
        }
        let sound = found.faults == 0 && chain.faults.is_empty();
        Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn head(text: &str) -> Result<Head, String> {
    let wrong = || "give it as `laurel audit` told it, such as 17:3f5a…".to_owned();
    let (seq, hash) = text.split_once(':').ok_or_else(wrong)?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let seq = seq.parse().map_err(|_| wrong())?;
    if is_hash { Ok(Head { seq, hash: hash.to_lowercase() }) } else { Err(wrong()) }
}
