//! The command line: one file a command. What is wrong is one sentence on stderr that names the field.
//!
//! Exit codes: 0 done; 1 refused or failed, or a CSV row was refused; 2 the command or a field is wrong. `laurel verify` has its
//! own: 0 valid, 1 invalid, 2 needs attention, 3 could not be checked, 4 the command is wrong or there was nothing to verify.

mod ask;
mod audit;
mod award;
mod backup;
mod committee;
mod config;
mod conformance;
mod demo;
mod directory;
mod doctor;
mod endorse;
mod export;
mod fonts;
mod framework;
mod init;
mod issue;
mod keys;
mod log;
mod mail;
mod mail_rules;
mod offline;
mod oidc_rules;
mod open;
mod person;
mod program;
mod record;
mod renewals;
mod report;
mod role;
mod serve;
mod token;
mod trust;
mod verify;
mod webhook;

use crate::actions::ActionError;
use clap::{Parser, Subcommand, error::ErrorKind};
use std::{io::Write, path::PathBuf, process::ExitCode};

#[derive(Parser)]
#[command(
    name = "laurel",
    version,
    about = "Issues, hosts and verifies Open Badges 3.0 for a company's own certifications"
)]
struct Arguments {
    /// The configuration; laurel.toml in this folder when absent.
    #[arg(long, global = true, env = "LAUREL_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show a made-up company with badges in every state
    Demo(demo::Demo),
    /// Set up an issuer: configuration, database, key and first token
    Init(init::Init),
    /// Serve pages, documents and the API
    Serve(serve::Serve),
    /// Publish or list programs and their levels
    #[command(subcommand)]
    Program(program::Program),
    /// Set up committees and appoint to them
    #[command(subcommand)]
    Committee(committee::Committee),
    /// Read or list the skill frameworks that levels name
    #[command(subcommand)]
    Framework(framework::Framework),
    /// Give one award, or those of a CSV file
    Issue(Box<issue::Issue>),
    /// Say something for a badge, an achievement or anyone else, as a signed endorsement
    Endorse(endorse::Endorse),
    /// Check a badge: a file, a picture, or a link to one of this issuer
    Verify(verify::Verify),
    /// Take an award or an endorsement back, for ever
    Revoke(award::Revoke),
    /// Take an award back until that is lifted
    Suspend(award::Suspend),
    /// Lift a suspension: the award has a newer version of its credential
    Resume(award::Resume),
    /// Give a new award that extends one about to end
    Renew(award::Renew),
    /// List certifications that end, and how each stands
    Renewals(renewals::Renewals),
    /// Make, list, rotate and retire signing keys
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Make, list and revoke API tokens
    #[command(subcommand)]
    Token(token::Token),
    /// Add, list and show people
    #[command(subcommand)]
    Person(person::Person),
    /// Give, take away and list roles
    #[command(subcommand)]
    Role(role::Role),
    /// Name issuers elsewhere whom this service trusts
    #[command(subcommand)]
    Trust(trust::Trust),
    /// List letters that wait, try them again, and send a trial
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Have others told of what happens, and see what they were told
    #[command(subcommand)]
    Webhook(webhook::Webhook),
    /// Take over the company's people from a file
    #[command(subcommand)]
    Directory(directory::Directory),
    /// Show the record of what was done, newest first
    Log(record::Record),
    /// Copy an SQLite database whole while it is in use
    Backup(backup::Backup),
    /// Write everything public as files that any web server can host
    Export(export::Export),
    /// Verify every award again, and that the record is one unbroken chain
    Audit(audit::Audit),
    /// Look over an installation, from inside and outside
    Doctor(doctor::Doctor),
}

/// Why a command was not done, for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The command or a field is wrong.
    #[error("{0}")]
    Usage(String),
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Action(#[from] ActionError),
}

/// Runs the command of this process.
pub fn main() -> ExitCode {
    let verifying = std::env::args_os().nth(1).is_some_and(|word| word == "verify");
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(why) if matches!(why.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            let _closed_pipe = why.print();
            return ExitCode::SUCCESS;
        }
        Err(why) => {
            complain(&sentence(&why));
            return ExitCode::from(if verifying { verify::NOT_VERIFIED } else { 2 });
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(why) => {
            complain(&format!("the program can't start: {why}"));
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(arguments)) {
        Ok(code) => code,
        Err(why) => {
            complain(&why.to_string());
            let code = match why {
                _ if verifying => verify::NOT_VERIFIED,
                Failure::Usage(_) | Failure::Action(ActionError::Invalid(_)) => 2,
                Failure::Refused(_) | Failure::Action(_) => 1,
            };
            ExitCode::from(code)
        }
    }
}

async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let file = arguments.config.as_deref();
    match arguments.command {
        Command::Demo(demo) => demo.run().await,
        Command::Init(init) => init.run(file).await,
        Command::Serve(serve) => serve.run(file).await,
        Command::Program(program) => program.run(file).await,
        Command::Committee(committee) => committee.run(file).await,
        Command::Framework(framework) => framework.run(file).await,
        Command::Issue(issue) => issue.run(file).await,
        Command::Endorse(endorse) => endorse.run(file).await,
        Command::Verify(verify) => verify.run(file).await,
        Command::Revoke(revoke) => revoke.run(file).await,
        Command::Suspend(suspend) => suspend.run(file).await,
        Command::Resume(resume) => resume.run(file).await,
        Command::Renew(renew) => renew.run(file).await,
        Command::Renewals(renewals) => renewals.run(file).await,
        Command::Keys(keys) => keys.run(file).await,
        Command::Token(token) => token.run(file).await,
        Command::Person(person) => person.run(file).await,
        Command::Role(role) => role.run(file).await,
        Command::Trust(trust) => trust.run(file).await,
        Command::Mail(mail) => mail.run(file).await,
        Command::Webhook(webhook) => webhook.run(file).await,
        Command::Directory(directory) => directory.run(file).await,
        Command::Log(record) => record.run(file).await,
        Command::Backup(backup) => backup.run(file).await,
        Command::Export(export) => export.run(file).await,
        Command::Audit(audit) => audit.run(file).await,
        Command::Doctor(doctor) => doctor.run(file).await,
    }
}

/// Writes a line to stdout; a reader that went away is no fault.
fn say(line: impl std::fmt::Display) {
    let _closed_pipe = writeln!(std::io::stdout(), "{line}");
}

/// One line on stderr, whatever was quoted in it: what moves a terminal's cursor is written out.
fn complain(line: &str) {
    let plain: String =
        line.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect();
    let _closed_pipe = writeln!(std::io::stderr(), "laurel: {plain}");
}

/// What clap found wrong, as one sentence without its usage block.
fn sentence(why: &clap::Error) -> String {
    if matches!(why.kind(), ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand) {
        return "a command is missing; see `laurel --help`".to_owned();
    }
    let text = why.to_string();
    let first: Vec<&str> = text.lines().take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
    let first = first.join(" ");
    format!("{}; see `laurel --help`", first.strip_prefix("error: ").unwrap_or(&first).trim_end_matches('.'))
}
