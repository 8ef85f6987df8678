//! `laurel trust`: issuers elsewhere whose badges count as issued by someone trusted.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::trust::{self, KeptIn},
    domain::{actor::Actor, trust::TrustRequest},
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Subcommand)]
pub(super) enum Trust {
    /// Trust an issuer, or change what is said of it
    Add {
        /// As in issuer.id of its badges: a DID or an https address
        id: String,
        /// What it is called here
        #[arg(long)]
        name: String,
        /// Why it is trusted
        #[arg(long)]
        note: Option<String>,
        /// An issuer whose status lists it may sign; may be given several times
        #[arg(long, value_name = "ID")]
        signs_status_for: Vec<String>,
    },
    /// Trust an issuer no longer
    Remove { id: String },
    /// List every trusted issuer, those of laurel.toml first
    List,
}

impl Trust {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        let actor = &Actor::Operator;
        match self {
            Trust::Add { id, name, note, signs_status_for } => {
                let request = TrustRequest { name, note, signs_status_for };
                let (entry, is_new) = trust::trust(&app, actor, &id, request).await?;
                let done = if is_new { "Trusted" } else { "Changed" };
                say(format!("{done}: {}, called {} here", entry.id, entry.name));
            }
            Trust::Remove { id } => {
                trust::distrust(&app, actor, &id).await?;
                say(format!("No longer trusted: {id}"));
            }
            Trust::List => {
                for entry in trust::list(&app, actor).await? {
                    let origin = match (entry.kept_in, entry.added_at, entry.added_by) {
                        (KeptIn::Record, Some(at), Some(by)) => format!("added {at:.0} by {by}"),
                        _ => "in laurel.toml".to_owned(),
                    };
                    let signs = match entry.signs_status_for.is_empty() {
                        true => String::new(),
                        false => format!(", signs status lists for {}", entry.signs_status_for.join(" ")),
                    };
                    let note = entry.note.map(|note| format!(", {note}")).unwrap_or_default();
                    say(format!("{}  {}  {origin}{signs}{note}", entry.id, entry.name));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
