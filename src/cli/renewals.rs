//! `laurel renewals`: what ends, and how each stands on its way to being renewed.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::renewals,
    domain::{actor::Actor, renewal::Stand},
};
use jiff::SignedDuration;
use std::{path::Path, process::ExitCode};

const PAGE: u32 = 500;

#[derive(clap::Args)]
pub(super) struct Renewals {
    /// Of this program only
    #[arg(long, value_name = "ID")]
    program: Option<String>,
    /// What ends within so many days
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(i64).range(0..=36_500))]
    days: i64,
}

impl Renewals {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        let before = app.clock.now() + SignedDuration::from_hours(self.days * 24);
        let mut after = None;
        loop {
            let page = renewals::list(&app, &Actor::Operator, self.program.as_deref(), (after, before), PAGE).await?;
            for renewals::Listed { ending, stand } in &page {
                let state = match stand {
                    _ if ending.enrolment_id.is_some() => "under way".to_owned(),
                    Stand::Endless => "never ends".to_owned(),
                    Stand::NotYet { opens } if *opens < ending.valid_until => format!("opens {opens:.0}"),
                    Stand::NotYet { .. } => "no renewal before its end".to_owned(),
                    Stand::Open { .. } => "can be renewed".to_owned(),
                    Stand::Grace { last } => format!("can be renewed before {last:.0}"),
                    Stand::Lapsed => "lapsed".to_owned(),
                };
                let (end, level, person) = (ending.valid_until, &ending.level_id, &ending.person);
                say(format!("{end:.0}  {level}  {person}  {state}  {}", app.urls().certification(&ending.lineage_id)));
            }
            match page.last() {
                Some(last) if page.len() == PAGE as usize => {
                    after = Some((last.ending.valid_until, last.ending.award_id.clone()));
                }
                _ => return Ok(ExitCode::SUCCESS),
            }
        }
    }
}
