//! `laurel issue`: one award by flags, or those of a CSV file with a progress bar and a report of every row.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{
        self, ActionError, App,
        issue::{Batch, issue},
        issue_csv::{CsvReport, RowOutcome, RowReport, issue_file},
    },
    domain::{
        actor::Actor,
        field::Faults,
        recipient::{AwardRequest, RecipientRequest},
        recipients_csv::date_or_time,
    },
};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::tz::TimeZone;
use std::{
    fs::File,
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(clap::Args)]
pub(super) struct Issue {
    /// A file of recipients: name, email, level, and when wanted team, narrative, evidence_url, valid_from, valid_until, visibility, name_public, results, letter
    #[arg(long, value_name = "FILE", conflicts_with_all = ["level", "name", "email"])]
    csv: Option<PathBuf>,
    /// Say what would be done with each row, and do nothing
    #[arg(long, requires = "csv")]
    dry_run: bool,
    /// Write what became of each row to this file, as CSV
    #[arg(long, value_name = "FILE", requires = "csv")]
    report: Option<PathBuf>,
    /// The level's id, such as software-craft.professional
    #[arg(long, required_unless_present = "csv")]
    level: Option<String>,
    /// The recipient's name
    #[arg(long, required_unless_present = "csv")]
    name: Option<String>,
    /// The recipient's e-mail address
    #[arg(long, required_unless_present = "csv")]
    email: Option<String>,
    #[arg(long)]
    team: Option<String>,
    /// How this person earned it; goes into the credential
    #[arg(long)]
    narrative: Option<String>,
    #[arg(long, value_name = "URL")]
    evidence_url: Option<String>,
    /// The grade reached on a criterion of the level's rubric, such as testing=Solid; once for each criterion
    #[arg(long = "result", value_name = "CRITERION=GRADE", value_parser = graded)]
    results: Vec<(String, String)>,
    /// A date or an RFC 3339 time; now when absent
    #[arg(long, value_name = "DATE")]
    valid_from: Option<String>,
    /// A date or an RFC 3339 time; by the level's validity when absent
    #[arg(long, value_name = "DATE")]
    valid_until: Option<String>,
    /// private, link (the default) or public
    #[arg(long)]
    visibility: Option<String>,
    /// The person agreed to be named on public pages
    #[arg(long)]
    name_public: bool,
    /// Write the recipient a letter with the badge, and how to sign in and take it
    #[arg(long, conflicts_with = "csv")]
    letter: bool,
    /// Print the award as JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
}

impl Issue {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let settings = Settings::load(config)?;
        match &self.csv {
            Some(file) => {
                let unlock = if self.dry_run { Unlock::No } else { Unlock::Yes };
                let app = open(&settings, unlock).await?;
                many(&app, file, self.dry_run, self.report.as_deref()).await
            }
            None => one(&open(&settings, Unlock::Yes).await?, self).await,
        }
    }
}

async fn one(app: &App, said: Issue) -> Result<ExitCode, Failure> {
    let issuer = actions::issuer(&mut app.db.read().await.map_err(ActionError::from)?).await?;
    let request = request(&said, &issuer.zone())?;
    let outcome = issue(app, &Actor::Operator, Batch::One(Box::new(request)), None).await?;
    for award in &outcome.body.awards {
        if said.json {
            say(serde_json::to_string_pretty(award).map_err(ActionError::internal)?);
        } else {
            say(format!("Issued {}", award.badge_url));
            say(format!("To share: {}", award.certification_url));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A criterion and its grade, as `--result` names them.
pub(super) fn graded(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(id, grade)| (id.trim().to_owned(), grade.trim().to_owned()))
        .ok_or_else(|| "give a criterion and its grade, such as testing=Solid".to_owned())
}

fn request(said: &Issue, zone: &TimeZone) -> Result<AwardRequest, ActionError> {
    let mut faults = Faults::default();
    let mut date = |field: &str, text: &Option<String>| {
        text.as_ref().and_then(|text| faults.take(field, date_or_time(text, zone)))
    };
    let (valid_from, valid_until) = (date("--valid-from", &said.valid_from), date("--valid-until", &said.valid_until));
    let results = (!said.results.is_empty()).then(|| said.results.iter().cloned().collect());
    faults
        .or(AwardRequest {
            level: said.level.clone().unwrap_or_default(),
            recipient: RecipientRequest {
                name: said.name.clone().unwrap_or_default(),
                email: said.email.clone().unwrap_or_default(),
                team: said.team.clone(),
                name_public: said.name_public.then_some(true),
            },
            narrative: said.narrative.clone(),
            evidence_url: said.evidence_url.clone(),
            results,
            valid_from,
            valid_until,
            visibility: said.visibility.clone(),
            letter: said.letter.then_some(true),
        })
        .map_err(ActionError::Invalid)
}

async fn many(app: &App, file: &Path, dry_run: bool, report: Option<&Path>) -> Result<ExitCode, Failure> {
    let csv = std::fs::read(file).map_err(|why| Failure::Usage(format!("--csv {}: {why}", file.display())))?;
    let mut report = report.map(Report::create).transpose()?;
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} rows");
    let bar = ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let done = issue_file(app, &Actor::Operator, &csv, dry_run, |of, rows| {
        bar.set_length(of as u64);
        bar.inc(rows.len() as u64);
        for row in rows.iter().filter(|row| row.outcome == RowOutcome::Refused) {
            bar.suspend(|| super::complain(&format!("line {}: {}", row.line, row.reasons.join("; "))));
        }
        match &mut report {
            Some(report) => report.add(rows),
            None => Ok(()),
        }
    })
    .await?;
    bar.finish_and_clear();
    say(counts(&done));
    Ok(if done.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn counts(done: &CsvReport) -> String {
    let issued = if done.dry_run { "would be issued" } else { "issued" };
    format!("{} {issued}, {} held already, {} refused", done.issued, done.already_held, done.refused)
}

/// What became of each row, on disk as soon as the row itself is.
struct Report(csv::Writer<File>, PathBuf);

impl Report {
    fn create(path: &Path) -> Result<Self, Failure> {
        let file = File::create(path).map_err(|why| Failure::Usage(format!("--report {}: {why}", path.display())))?;
        let mut report = Report(csv::Writer::from_writer(file), path.to_owned());
        report.write(["line", "email", "outcome", "award", "reasons"])?;
        Ok(report)
    }

    fn add(&mut self, rows: &[RowReport]) -> Result<(), ActionError> {
        for row in rows {
            let outcome = match row.outcome {
                RowOutcome::Issued => "issued",
                RowOutcome::WouldBeIssued => "would_be_issued",
                RowOutcome::AlreadyHeld => "already_held",
                RowOutcome::Refused => "refused",
            };
            let award = row.award.as_deref().unwrap_or_default();
            self.write([&row.line.to_string(), &row.email, outcome, award, &row.reasons.join("; ")])?;
        }
        self.0.flush().map_err(|why| self.failed(&why))
    }

    fn write<const N: usize>(&mut self, cells: [&str; N]) -> Result<(), ActionError> {
        self.0.write_record(cells).map_err(|why| self.failed(&why))
    }

    fn failed(&self, why: &dyn std::fmt::Display) -> ActionError {
        ActionError::refused(format!("--report {}: {why}", self.1.display()))
    }
}
