//! `laurel committee`: who decides on a program, and for how long. What is proposed and how they vote is on the pages.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{
        self, ActionError,
        committee::members::{self, Appointment},
    },
    domain::{
        actor::Actor,
        committee::{Committee as Rule, TermStands},
        recipients_csv::date_or_time,
    },
    store::proposals,
};
use std::{path::Path, process::ExitCode};

#[derive(clap::Subcommand)]
pub(super) enum Committee {
    /// Give a program a committee; from then on nothing else publishes it
    SetUp {
        /// The program's id
        program: String,
        /// How many votes make a decision
        #[arg(long, value_name = "VOTES")]
        quorum: u32,
        /// How long one can vote
        #[arg(long, value_name = "DAYS", default_value_t = 14)]
        days: u32,
    },
    /// Appoint someone for a term
    Appoint {
        /// The program's id
        program: String,
        /// E-mail address
        email: String,
        /// A date; today when absent
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// A date
        #[arg(long, value_name = "DATE")]
        until: String,
        /// The term whose place it takes
        #[arg(long, value_name = "TERM")]
        follows: Option<String>,
    },
    /// End a running term before its time
    Leave {
        /// The term's id
        term: String,
        #[arg(long)]
        reason: String,
    },
    /// Show a committee: its rule, its terms and the last of its proposals
    Show {
        /// The program's id
        program: String,
    },
}

impl Committee {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        let (actor, now) = (&Actor::Operator, app.clock.now());
        match self {
            Committee::SetUp { program, quorum, days } => {
                members::set_up(&app, actor, &Rule { program_id: program.clone(), quorum, days }).await?;
                say(format!("{program} is published by its committee from now on, with at least {quorum} votes"));
            }
            Committee::Appoint { program, email, from, until, follows } => {
                let mut conn = app.db.read().await.map_err(ActionError::from)?;
                let zone = actions::issuer(&mut conn).await?.zone();
                drop(conn);
                let date = |field: &str, text: &str| {
                    date_or_time(text, &zone).map_err(|why| Failure::Action(ActionError::invalid(field, why)))
                };
                let starts_at = from.map_or(Ok(now), |text| date("from", &text))?;
                let ends_at = date("until", &until)?;
                let appointment = Appointment { program, who: email.clone(), starts_at, ends_at, follows };
                let term = members::appoint(&app, actor, &appointment).await?;
                say(format!("{email} sits until {:.0} (term {})", term.ends_at, term.id));
            }
            Committee::Leave { term, reason } => {
                members::leave(&app, actor, &term, &reason).await?;
                say(format!("the term {term} is over"));
            }
            Committee::Show { program } => {
                let (rule, members) = members::list(&app, actor, &program).await?;
                say(format!("{program}: {} votes make a decision, {} days to vote", rule.quorum, rule.days));
                for member in members {
                    let stands = match member.term.stands(member.followed, now) {
                        TermStands::Ahead => "begins",
                        TermStands::Running => "sits",
                        TermStands::Ending => "ends soon",
                        TermStands::Followed => "sat",
                        TermStands::Overdue => "OVERDUE: nobody took this place",
                    };
                    let (from, until) = (member.term.starts_at, member.term.ends_at);
                    say(format!("  {}  {from:.0} to {until:.0}  {stands}  (term {})", member.email, member.term.id));
                }
                let mut conn = app.db.read().await.map_err(ActionError::from)?;
                let last = proposals::of_program(&mut conn, &program, None, 20).await.map_err(ActionError::from)?;
                for proposal in last {
                    say(format!(
                        "  {}  {}  {}  {}",
                        proposal.state.as_str(),
                        proposal.matter.kind(),
                        proposal.title,
                        proposal.id
                    ));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
