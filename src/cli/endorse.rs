//! `laurel endorse`: says something for a badge, an achievement, or anyone or anything else with an identifier.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{self, ActionError, endorse::endorse},
    domain::{actor::Actor, endorsement::EndorsementRequest, field::Faults, recipients_csv::date_or_time},
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Args)]
pub(super) struct Endorse {
    /// The address of a badge or an achievement, of this issuer or another, or a DID
    #[arg(value_name = "ID")]
    subject: String,
    /// What is said for it, in Markdown; goes into the credential
    #[arg(long)]
    comment: String,
    /// A date or an RFC 3339 time; now when absent
    #[arg(long, value_name = "DATE")]
    valid_from: Option<String>,
    /// A date or an RFC 3339 time; no end when absent
    #[arg(long, value_name = "DATE")]
    valid_until: Option<String>,
    /// Print the endorsement as JSON
    #[arg(long)]
    json: bool,
}

impl Endorse {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::Yes).await?;
        let issuer = actions::issuer(&mut app.db.read().await.map_err(ActionError::from)?).await?;
        let zone = issuer.zone();
        let mut faults = Faults::default();
        let mut date = |field: &str, text: &Option<String>| {
            text.as_ref().and_then(|text| faults.take(field, date_or_time(text, &zone)))
        };
        let (valid_from, valid_until) =
            (date("--valid-from", &self.valid_from), date("--valid-until", &self.valid_until));
        let request = EndorsementRequest { subject: self.subject, comment: self.comment, valid_from, valid_until };
        let request = faults.or(request).map_err(ActionError::Invalid)?;
        let endorsed = endorse(&app, &Actor::Operator, &request, None).await?;
        if self.json {
            say(serde_json::to_string_pretty(&endorsed.view).map_err(ActionError::internal)?);
        } else {
            say(format!("Endorsed: {}", endorsed.view.endorsement_url));
        }
        Ok(ExitCode::SUCCESS)
    }
}
