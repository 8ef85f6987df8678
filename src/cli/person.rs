//! `laurel person`: the directory by hand.

use super::{
    Failure, ask,
    config::Settings,
    open::{Unlock, open},
    role::in_words,
    say,
};
use crate::{
    actions::{erase, people},
    domain::{
        actor::Actor,
        directory::NewPerson,
        erasing::{Cause, TakenAlong},
    },
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Subcommand)]
pub(super) enum Person {
    /// Add someone
    Add {
        /// E-mail address
        email: String,
        #[arg(long)]
        name: String,
        /// What they do, such as Engineering
        #[arg(long)]
        function: Option<String>,
        /// What the company's directory calls them
        #[arg(long)]
        external_id: Option<String>,
    },
    /// List everyone
    List,
    /// Show one person with teams, manager and roles
    Show {
        /// E-mail address, or id
        person: String,
    },
    /// Erase everything that tells of someone, for good
    Erase {
        /// E-mail address, or id
        person: String,
        /// What becomes of badges they took along: `leave` lets them run to their end, `revoke` revokes them
        #[arg(long, value_name = "leave|revoke", value_parser = TakenAlong::parse)]
        badges: TakenAlong,
        /// Why: they asked for it (`wish`), or the time to keep is over (`retention`)
        #[arg(long, value_name = "wish|retention", value_parser = Cause::parse)]
        because: Cause,
        /// Don't ask
        #[arg(long)]
        yes: bool,
    },
}

impl Person {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        // Whoever revokes signs.
        let signs = matches!(self, Person::Erase { badges: TakenAlong::Revoke, .. });
        let app = open(&Settings::load(config)?, if signs { Unlock::Yes } else { Unlock::No }).await?;
        let actor = &Actor::Operator;
        match self {
            Person::Add { email, name, function, external_id } => {
                let new = NewPerson { email, name, function, external_id };
                let entry = people::add(&app, actor, &new).await?;
                say(format!("Added {} as {}", entry.person.email, entry.person.id));
            }
            Person::List => {
                for entry in people::list(&app, actor).await? {
                    let person = entry.person;
                    let function = person.function.map(|function| format!(", {function}")).unwrap_or_default();
                    let left = if person.active { "" } else { ", has left" };
                    say(format!("{}  {}  {}{function}{left}", person.id, person.email, person.name));
                }
            }
            Person::Show { person } => {
                let shown = people::show(&app, actor, &person).await?;
                let person = shown.entry.person;
                say(format!("{}  {}", person.name, person.email));
                say(format!("id           {}", person.id));
                say(format!("external id  {}", shown.entry.external_id.as_deref().unwrap_or("none")));
                say(format!("function     {}", person.function.as_deref().unwrap_or("none")));
                say(format!("manager      {}", shown.manager.map_or_else(|| "none".into(), |manager| manager.email)));
                let teams: Vec<_> = shown.teams.into_iter().map(|team| team.name).collect();
                say(format!("teams        {}", if teams.is_empty() { "none".into() } else { teams.join(", ") }));
                let roles: Vec<_> = shown.roles.iter().map(|granted| in_words(&granted.grant)).collect();
                say(format!("roles        {}", if roles.is_empty() { "none".into() } else { roles.join(", ") }));
                say(format!("state        {}", if person.active { "active" } else { "has left" }));
            }
            Person::Erase { person, badges, because, yes } => {
                let before = erase::look(&app, actor, &person).await?;
                let email = &before.entry.person.email;
                let question = format!(
                    "This can't be undone. {email} has {} badges, of which {} stand. Type the address to erase them",
                    before.badges, before.standing
                );
                if !yes && ask::line(&question, None).as_ref() != Some(email) {
                    return Err(Failure::Refused("nobody was erased; type the address, or give --yes".to_owned()));
                }
                let asked = erase::Asked { taken_along: badges, cause: because };
                let erased = erase::erase(&app, actor, &before.entry.person.id, asked).await?;
                erase::scrub(&app).await?;
                say(format!("Erased {}; of {} badges {} were revoked", erased.id, erased.badges, erased.revoked));
                say("Backups made before still hold them: keep none longer than you must.");
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
