//! `laurel webhook`: where others are told of what happens, and what they were told.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{
        App,
        webhooks::{self, NewEndpoint},
    },
    domain::{
        actor::Actor,
        webhook::{Delivery, Topic},
    },
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Subcommand)]
pub(super) enum Webhook {
    /// Add an endpoint; its secret is shown once
    Add {
        /// Where messages are sent: https, and inside the company's network only where laurel.toml lists the host
        url: String,
        /// What it is called here
        #[arg(long)]
        name: String,
        /// standard, slack or teams
        #[arg(long, default_value = "standard")]
        kind: String,
        /// Such as award.issued; may be given several times. Everything when absent
        #[arg(long = "event", value_name = "EVENT")]
        topics: Vec<String>,
        /// Tell of private awards too, with their holder's id in the directory: for systems of the company's own
        #[arg(long)]
        all_awards: bool,
    },
    /// List every endpoint
    List,
    /// Remove an endpoint with everything that it was told
    Remove { id: String },
    /// List what an endpoint was told, newest first
    Log { id: String },
    /// Send one message again, as `laurel webhook log` lists it
    Replay { delivery: String },
    /// Send a trial
    Try { id: String },
    /// Give an endpoint another secret; the one before signs as well for a day
    Rotate { id: String },
    /// Send nothing until it is switched on
    Off { id: String },
    /// Send again, and what was not taken before too
    On { id: String },
}

impl Webhook {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let seals = matches!(self, Webhook::Add { .. } | Webhook::Rotate { .. });
        let app = open(&Settings::load(config)?, if seals { Unlock::Yes } else { Unlock::No }).await?;
        let actor = &Actor::Operator;
        match self {
            Webhook::Add { url, name, kind, mut topics, all_awards } => {
                if topics.is_empty() && kind == "standard" {
                    topics = Topic::choices().map(|topic| topic.as_str().to_owned()).collect();
                }
                let awards = if all_awards { "all" } else { "" }.to_owned();
                let added = webhooks::add(&app, actor, &NewEndpoint { name, url, kind, topics, awards }).await?;
                say(&added.endpoint.id);
                if let Some(secret) = added.secret {
                    say(secret.as_str());
                    super::complain("the second line is its secret, which is shown once");
                }
            }
            Webhook::List => list(&app, actor).await?,
            Webhook::Remove { id } => {
                webhooks::remove(&app, actor, &id).await?;
                say(format!("Removed {id}"));
            }
            Webhook::Log { id } => {
                let (page, more) = webhooks::deliveries(&app, actor, &id, None).await?;
                page.iter().for_each(|delivery| say(line(delivery)));
                if more {
                    super::complain("there are more; the page under /admin/webhooks shows them all");
                }
            }
            Webhook::Replay { delivery } => {
                webhooks::replay(&app, actor, &delivery).await?;
                say(format!("{delivery} is sent again by `laurel serve`"));
            }
            Webhook::Try { id } => {
                let delivery = webhooks::try_out(&app, actor, &id).await?;
                say(format!("{} is sent by `laurel serve`", delivery.id));
            }
            Webhook::Rotate { id } => {
                say(webhooks::rotate(&app, actor, &id).await?.as_str());
                super::complain("this secret is shown once; the one before signs as well for a day");
            }
            Webhook::Off { id } => {
                webhooks::switch_off(&app, actor, &id).await?;
                say(format!("Nothing is sent to {id} any more"));
            }
            Webhook::On { id } => {
                let again = webhooks::switch_on(&app, actor, &id).await?;
                say(format!("On: {id}; {again} messages are sent again"));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(app: &App, actor: &Actor) -> Result<(), Failure> {
    for endpoint in webhooks::list(app, actor).await? {
        let topics: Vec<&str> = endpoint.topics.iter().map(|topic| topic.as_str()).collect();
        let state = match (endpoint.off, endpoint.failing_since) {
            (Some((at, why)), _) => format!("off since {at:.0} ({})", why.as_str()),
            (None, Some(at)) => format!("takes nothing since {at:.0}"),
            (None, None) => "on".to_owned(),
        };
        say(format!(
            "{}  {}  {}  {}  {} awards  {}  {state}",
            endpoint.id,
            endpoint.kind.as_str(),
            endpoint.name,
            endpoint.shown_as,
            endpoint.awards.as_str(),
            topics.join(" ")
        ));
    }
    Ok(())
}

fn line(delivery: &Delivery) -> String {
    let state = match (delivery.delivered_at, delivery.next_at) {
        (Some(at), None) => format!("arrived {at:.0}"),
        (_, Some(at)) if delivery.attempts == 0 => format!("waits since {at:.0}"),
        (_, Some(at)) => format!("tried {} times, again at {at:.0}", delivery.attempts),
        (None, None) => format!("given up after {} attempts", delivery.attempts),
    };
    let last = delivery.last.as_ref().map(|attempt| match (attempt.status, &attempt.why) {
        (Some(status), _) => format!("  {status} in {} ms", attempt.millis),
        (None, why) => format!("  {}", why.as_deref().unwrap_or_default()),
    });
    format!(
        "{}  {:.0}  {}  {state}{}",
        delivery.id,
        delivery.created_at,
        delivery.topic.as_str(),
        last.unwrap_or_default()
    )
}
