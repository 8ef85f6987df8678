//! `laurel revoke`, `laurel suspend`, `laurel resume` and `laurel renew`.

use super::{
    Failure,
    config::Settings,
    issue::graded,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{
        ActionError,
        renew::{RenewRequest, renew},
        revoke::{revoke, revoke_endorsement},
        suspend::{resume, suspend},
    },
    domain::actor::Actor,
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Args)]
pub(super) struct Revoke {
    /// The id of an award or an endorsement: the last part of its address
    id: String,
    /// Why, for the record
    #[arg(long)]
    reason: String,
}

impl Revoke {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::Yes).await?;
        let address = match revoke(&app, &Actor::Operator, &self.id, &self.reason).await {
            Ok(award) => app.urls().badge(&award.id),
            Err(ActionError::NotFound { .. }) => {
                let endorsement = revoke_endorsement(&app, &Actor::Operator, &self.id, &self.reason).await;
                app.urls().endorsement(&endorsement.map_err(|why| named(why, &self.id))?.id)
            }
            Err(why) => return Err(why.into()),
        };
        say(format!("Revoked {address}"));
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(clap::Args)]
pub(super) struct Suspend {
    /// The id of an award: the last part of its address
    id: String,
    /// Why, for the record and the holder
    #[arg(long)]
    reason: String,
}

impl Suspend {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::Yes).await?;
        let award = suspend(&app, &Actor::Operator, &self.id, &self.reason).await?;
        say(format!("Suspended {}", app.urls().badge(&award.id)));
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(clap::Args)]
pub(super) struct Resume {
    /// The id of an award that is suspended
    id: String,
}

impl Resume {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::Yes).await?;
        let award = resume(&app, &Actor::Operator, &self.id).await?;
        say(format!("Not suspended any more, with a newer version of its credential: {}", app.urls().badge(&award.id)));
        Ok(ExitCode::SUCCESS)
    }
}

/// Neither was there.
fn named(why: ActionError, id: &str) -> ActionError {
    match why {
        ActionError::NotFound { .. } => ActionError::not_found("award or endorsement", id),
        other => other,
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
