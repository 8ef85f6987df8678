//! `laurel revoke` and `laurel renew`.

use super::{
    Failure,
    config::Settings,
    issue::graded,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{
        renew::{RenewRequest, renew},
        revoke::revoke,
    },
    domain::actor::Actor,
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Args)]
pub(super) struct Revoke {
    /// The award's id: the last part of its badge's address
    id: String,
    /// Why, for the record
    #[arg(long)]
    reason: String,
}

impl Revoke {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::Yes).await?;
        let award = revoke(&app, &Actor::Operator, &self.id, &self.reason).await?;
        say(format!("Revoked {}", app.urls().badge(&award.id)));
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(clap::Args)]
pub(super) struct Renew {
    /// The id of the award about to end
    id: String,
    /// How the person showed it again; goes into the credential
    #[arg(long)]
    narrative: Option<String>,
    #[arg(long, value_name = "URL")]
    evidence_url: Option<String>,
    /// The grade reached on a criterion of the level's rubric as it is now, such as testing=Solid; once for each criterion
    #[arg(long = "result", value_name = "CRITERION=GRADE", value_parser = graded)]
    results: Vec<(String, String)>,
    /// private, link or public; as before when absent
    #[arg(long)]
    visibility: Option<String>,
}

impl Renew {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::Yes).await?;
        let results = (!self.results.is_empty()).then(|| self.results.into_iter().collect());
        let request = RenewRequest {
            narrative: self.narrative,
            evidence_url: self.evidence_url,
            results,
            visibility: self.visibility,
        };
        let award = renew(&app, &Actor::Operator, &self.id, &request).await?;
        let until = award.valid_until.map(|end| format!(", valid until {end:.0}")).unwrap_or_default();
        say(format!("Renewed: {}{until}", award.badge_url));
        say(format!("To share: {}", award.certification_url));
        Ok(ExitCode::SUCCESS)
    }
}
