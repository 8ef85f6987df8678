//! A CSV of recipients: what can be given is given, every refused row is reported with its line and reason.
//!
//! From the API all rows are one transaction (at most 1,000, with an Idempotency-Key when wanted); from the command line a
//! hundred rows at a time, each hundred on disk before it is reported. A row whose person holds the level already is
//! reported as such and gives nothing, so a file may safely be run again.

use super::{
    ActionError, App,
    issue::{MOST, Refusal, give, standing},
    issuer,
    replay::{self, Begun, IdempotencyKey},
    require,
};
use crate::{
    domain::{
        actor::{Actor, Right},
        recipient::CheckedRequest,
        recipients_csv::{self, Row},
    },
    store::{Conn, levels},
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// How many rows the command line gives in one transaction.
const CHUNK: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    Issued,
    /// In a dry run: it would be.
    WouldBeIssued,
    /// The person holds a current award of this level; `award` says which.
    AlreadyHeld,
    Refused,
}

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RowReport {
    /// 1 is the header.
    pub line: u64,
    pub email: String,
    pub outcome: RowOutcome,
    /// The award given, or the one that is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub award: Option<String>,
    /// Why it was refused: each names its field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CsvReport {
    pub issued: usize,
    pub already_held: usize,
    pub refused: usize,
    /// Nothing was written; `issued` counts what would have been.
    pub dry_run: bool,
    /// In the order of the file.
    pub rows: Vec<RowReport>,
}

impl CsvReport {
    fn add(&mut self, rows: Vec<RowReport>) {
        for row in &rows {
            match row.outcome {
                RowOutcome::Issued | RowOutcome::WouldBeIssued => self.issued += 1,
                RowOutcome::AlreadyHeld => self.already_held += 1,
                RowOutcome::Refused => self.refused += 1,
            }
        }
        self.rows.extend(rows);
    }
}

#[derive(Debug)]
pub struct CsvOutcome {
    pub body: CsvReport,
    /// `body` as JSON: byte for byte the same when it is replayed.
    pub response: String,
    pub replayed: bool,
}

/// The whole file in one transaction, for the API.
pub async fn issue_csv(
    app: &App,
    actor: &Actor,
    csv: &[u8],
    dry_run: bool,
    key: Option<IdempotencyKey>,
) -> Result<CsvOutcome, ActionError> {
    require(actor, Right::Issue)?;
    let rows = read(app, csv).await?;
    if rows.len() > MOST {
        let message = format!("has {} rows; send at most {MOST} in one call", rows.len());
        return Err(ActionError::invalid("csv", message));
    }
    if dry_run {
        let body = plan(app, &rows).await?;
        let response = serde_json::to_string(&body).map_err(ActionError::internal)?;
        return Ok(CsvOutcome { body, response, replayed: false });
    }
    match attempt(app, actor, &rows, key.as_ref()).await {
        Err(ActionError::Busy) => attempt(app, actor, &rows, key.as_ref()).await,
        done => done,
    }
}

/// The file a hundred rows at a time, for the command line; `told` hears of each hundred once it is on disk.
pub async fn issue_file(
    app: &App,
    actor: &Actor,
    csv: &[u8],
    dry_run: bool,
    mut told: impl FnMut(usize, &[RowReport]) -> Result<(), ActionError>,
) -> Result<CsvReport, ActionError> {
    require(actor, Right::Issue)?;
    let rows = read(app, csv).await?;
    if dry_run {
        let report = plan(app, &rows).await?;
        told(rows.len(), &report.rows)?;
        return Ok(report);
    }
    let mut report = CsvReport::default();
    for chunk in rows.chunks(CHUNK) {
        let mut conn = app.db.write().await?;
        let reports = give_rows(app, &mut conn, actor, chunk).await?;
        conn.commit().await?;
        told(rows.len(), &reports)?;
        report.add(reports);
    }
    Ok(report)
}

async fn attempt(
    app: &App,
    actor: &Actor,
    rows: &[Row],
    key: Option<&IdempotencyKey>,
) -> Result<CsvOutcome, ActionError> {
    let mut turn = match replay::begin(app, actor, key).await? {
        Begun::Fresh(turn) => turn,
        Begun::Answered(response) => {
            let body = serde_json::from_str(&response).map_err(ActionError::internal)?;
            return Ok(CsvOutcome { body, response, replayed: true });
        }
    };
    let mut body = CsvReport::default();
    body.add(give_rows(app, &mut turn.conn, actor, rows).await?);
    let response = serde_json::to_string(&body).map_err(ActionError::internal)?;
    turn.finish(&response).await?;
    Ok(CsvOutcome { body, response, replayed: false })
}

async fn read(app: &App, csv: &[u8]) -> Result<Vec<Row>, ActionError> {
    let issuer = issuer(&mut app.db.read().await?).await?;
    recipients_csv::read(csv, &issuer.zone(), app.clock.now()).map_err(|fault| ActionError::Invalid(vec![fault]))
}

async fn give_rows(app: &App, conn: &mut Conn, actor: &Actor, rows: &[Row]) -> Result<Vec<RowReport>, ActionError> {
    let good: Vec<CheckedRequest> = rows.iter().filter_map(|row| row.request.as_ref().ok().cloned()).collect();
    let mut given = give(app, conn, actor, &good).await?.into_iter();
    let mut reports = Vec::with_capacity(rows.len());
    for row in rows {
        reports.push(match &row.request {
            Err(faults) => refused(row, faults.iter().map(ToString::to_string).collect()),
            Ok(_) => match given.next() {
                Some(Ok(award)) => reported(row, RowOutcome::Issued, Some(award.id)),
                Some(Err(refusal)) => of_refusal(row, &refusal),
                None => return Err(ActionError::internal(anyhow::anyhow!("a row got no answer"))),
            },
        });
    }
    Ok(reports)
}

/// What would become of each row, without writing.
async fn plan(app: &App, rows: &[Row]) -> Result<CsvReport, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let mut seen = HashSet::new();
    let mut reports = Vec::with_capacity(rows.len());
    for row in rows {
        let request = match &row.request {
            Ok(request) => request,
            Err(faults) => {
                reports.push(refused(row, faults.iter().map(ToString::to_string).collect()));
                continue;
            }
        };
        let refusal = if levels::get(&mut conn, &request.level).await?.is_none() {
            Some(Refusal::NoLevel(request.level.clone()))
        } else if !seen.insert((request.email.clone(), request.level.clone())) {
            Some(Refusal::Twice)
        } else {
            let standing = standing(&mut conn, &request.email, &request.level, now).await?;
            standing.map(|award| Refusal::Held { award_id: award.id })
        };
        reports.push(match refusal {
            Some(refusal) => of_refusal(row, &refusal),
            None => reported(row, RowOutcome::WouldBeIssued, None),
        });
    }
    let mut report = CsvReport { dry_run: true, ..CsvReport::default() };
    report.add(reports);
    Ok(report)
}

fn of_refusal(row: &Row, refusal: &Refusal) -> RowReport {
    match refusal {
        Refusal::Held { award_id } => reported(row, RowOutcome::AlreadyHeld, Some(award_id.clone())),
        other => refused(row, vec![other.as_fault().to_string()]),
    }
}

fn refused(row: &Row, reasons: Vec<String>) -> RowReport {
    RowReport { reasons, ..reported(row, RowOutcome::Refused, None) }
}

fn reported(row: &Row, outcome: RowOutcome, award: Option<String>) -> RowReport {
    RowReport { line: row.line, email: row.email.clone(), outcome, award, reasons: Vec::new() }
}
