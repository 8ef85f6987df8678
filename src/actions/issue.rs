//! Gives awards. All of one call or none, in one transaction: rights, level, lineage, place in a status list, signature, our own
//! judge, row, event and the answer to a repeated request. What was answered is on disk.

pub use super::replay::IdempotencyKey;
use super::{
    ActionError, App, Conflict,
    award_view::AwardView,
    issuer, keys, mail,
    prepare::{Draft, seal},
    replay::{self, Begun},
    require,
};
use crate::{
    domain::{
        actor::{Actor, Right},
        award::{Award, Visibility},
        digesting::hex,
        field::FieldError,
        id::{random_id, random_urn},
        issuer::Issuer,
        letter::Letter,
        level::LevelContent,
        recipient::{AwardRequest, CheckedRequest, Person},
        rubric::Grades,
    },
    store::{Conn, awards, levels, lineages, people},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// The most awards of one call.
pub const MOST: usize = 1_000;

/// What is asked for; the fields of a single request are named without `awards[n]`.
#[derive(Clone, Debug)]
pub enum Batch {
    One(Box<AwardRequest>),
    Many(Vec<AwardRequest>),
}

/// The answer of the API, word for word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct IssuedBody {
    /// In the order they were asked for.
    pub awards: Vec<AwardView>,
}

#[derive(Debug)]
pub struct IssueOutcome {
    pub body: IssuedBody,
    /// `body` as JSON: byte for byte the same when it is replayed.
    pub response: String,
    /// The key had been answered before; nothing was written this time.
    pub replayed: bool,
}

pub async fn issue(
    app: &App,
    actor: &Actor,
    batch: Batch,
    key: Option<IdempotencyKey>,
) -> Result<IssueOutcome, ActionError> {
    require(actor, Right::Issue)?;
    let single = matches!(batch, Batch::One(_));
    let requests = checked(batch, app.clock.now())?;
    match attempt(app, actor, &requests, single, key.as_ref()).await {
        // Another request was quicker, perhaps this same one: then its answer is there now.
        Err(ActionError::Busy) => attempt(app, actor, &requests, single, key.as_ref()).await,
        done => done,
    }
}

async fn attempt(
    app: &App,
    actor: &Actor,
    requests: &[CheckedRequest],
    single: bool,
    key: Option<&IdempotencyKey>,
) -> Result<IssueOutcome, ActionError> {
    let mut turn = match replay::begin(app, actor, key).await? {
        Begun::Fresh(turn) => turn,
        Begun::Answered(response) => {
            let body = serde_json::from_str(&response).map_err(ActionError::internal)?;
            return Ok(IssueOutcome { body, response, replayed: true });
        }
    };
    let mut awards = Vec::with_capacity(requests.len());
    for (n, given) in give(app, &mut turn.conn, actor, requests).await?.into_iter().enumerate() {
        awards.push(given.map_err(|refusal| refusal.into_error(if single { None } else { Some(n) }))?);
    }
    let body = IssuedBody { awards };
    let response = serde_json::to_string(&body).map_err(ActionError::internal)?;
    turn.finish(&response).await?;
    Ok(IssueOutcome { body, response, replayed: false })
}

/// Why one request of several can't be done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Refusal {
    NoLevel(String),
    /// The person holds this level already.
    Held {
        award_id: String,
    },
    /// The grades don't earn the level.
    Results(FieldError),
    /// The same person and level twice in one call.
    Twice,
    OutOfCalendar,
}

impl Refusal {
    pub(super) fn as_fault(&self) -> FieldError {
        match self {
            Refusal::NoLevel(level) => {
                FieldError::new("level", format!("there is no level “{level}”; `laurel program list` names them all"))
            }
            Refusal::Held { award_id } => FieldError::new(
                "recipient",
                format!(
                    "this person holds an award of this level that stands or is suspended; renew {award_id} when its time comes, or decide on it"
                ),
            ),
            Refusal::Results(fault) => fault.clone(),
            Refusal::Twice => FieldError::new("recipient", "stands here twice for the same level; keep one of them"),
            Refusal::OutOfCalendar => FieldError::new("valid_from", "gives an end outside the calendar"),
        }
    }

    fn into_error(self, place: Option<usize>) -> ActionError {
        let fault = self.as_fault();
        let field = place.map_or(fault.field.clone(), |n| format!("awards[{n}].{}", fault.field));
        match self {
            Refusal::Held { .. } => ActionError::conflict(Conflict::AlreadyHeld, format!("{field}: {}", fault.message)),
            _ => ActionError::invalid(field, fault.message),
        }
    }
}

/// Gives what can be given and refuses the rest, in the caller's transaction.
pub(super) async fn give(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    requests: &[CheckedRequest],
) -> Result<Vec<Result<AwardView, Refusal>>, ActionError> {
    let issuer = issuer(conn).await?;
    let signer = keys::signer(app, conn, &issuer).await?;
    let now = app.clock.now();
    let mut desk = Desk { app, issuer: &issuer, now, levels: HashMap::new(), seen: HashSet::new() };
    let (mut drafts, mut refusals) = (Vec::new(), Vec::new());
    for request in requests {
        match desk.draft(conn, request).await? {
            Ok(draft) => {
                drafts.push(draft);
                refusals.push(None);
            }
            Err(refusal) => refusals.push(Some(refusal)),
        }
    }
    let mut sealed = seal(app, conn, &actor.label(), &issuer, signer, drafts, now).await?.into_iter();
    let zone = issuer.zone();
    let mut outcomes = Vec::with_capacity(requests.len());
    for (refusal, request) in refusals.into_iter().zip(requests) {
        match refusal {
            Some(refusal) => outcomes.push(Err(refusal)),
            None => {
                let Some(Draft { award, person, content }) = sealed.next() else { continue };
                if request.letter {
                    write(app, conn, &award, &person, &content).await?;
                }
                outcomes.push(Ok(AwardView::of(&award, &person, &content, app.urls(), now, &zone)));
            }
        }
    }
    Ok(outcomes)
}

/// Its holder hears of it, and how to take it: whoever was given a badge can sign in, by this very address.
async fn write(
    app: &App,
    conn: &mut Conn,
    award: &Award,
    person: &Person,
    content: &LevelContent,
) -> Result<(), ActionError> {
    let letter = Letter::new("badge-awarded")
        .with("level", &content.name)
        .with("shown", if award.visibility == Visibility::Private { "no" } else { "yes" })
        .with("badge", app.urls().certification(&award.lineage_id))
        .with("page", format!("{}/me/badges", app.config.base_url));
    mail::post(app, conn, person, &letter).await
}

/// The award of this level that stands for this person: given, neither ended nor revoked. A suspended one keeps its place, also past its end:
/// it is to be decided on first.
pub(super) async fn standing(
    conn: &mut Conn,
    email: &str,
    level_id: &str,
    now: Timestamp,
) -> Result<Option<Award>, ActionError> {
    let Some(person) = people::by_email(conn, email).await? else { return Ok(None) };
    Ok(awards::newest(conn, &person.id, level_id).await?.filter(|award| stands(award, now)))
}

pub(super) fn stands(award: &Award, now: Timestamp) -> bool {
    let lasts = award.suspended_at.is_some() || award.valid_until.is_none_or(|end| now < end);
    award.revoked_at.is_none() && lasts
}

/// What the drafts of one call share.
struct Desk<'a> {
    app: &'a App,
    issuer: &'a Issuer,
    now: Timestamp,
    levels: HashMap<String, Option<(i64, Arc<LevelContent>)>>,
    seen: HashSet<(String, String)>,
}

impl Desk<'_> {
    async fn draft(
        &mut self,
        conn: &mut Conn,
        request: &CheckedRequest,
    ) -> Result<Result<Draft, Refusal>, ActionError> {
        let now = self.now;
        let Some((version, content)) = self.level(conn, &request.level).await? else {
            return Ok(Err(Refusal::NoLevel(request.level.clone())));
        };
        if let Err(fault) = earned(request.results.as_ref(), &content) {
            return Ok(Err(Refusal::Results(fault)));
        }
        if !self.seen.insert((request.email.clone(), request.level.clone())) {
            return Ok(Err(Refusal::Twice));
        }
        if let Some(award) = standing(conn, &request.email, &request.level, now).await? {
            return Ok(Err(Refusal::Held { award_id: award.id }));
        }
        let valid_from = request.valid_from.unwrap_or(now);
        let valid_until = match (request.valid_until, content.validity) {
            (Some(until), _) => Some(until),
            (None, None) => None,
            (None, Some(validity)) => match validity.after(valid_from, &self.issuer.zone()) {
                Some(until) => Some(until),
                None => return Ok(Err(Refusal::OutOfCalendar)),
            },
        };
        let said = people::Said {
            email: &request.email,
            name: &request.name,
            team: request.team.as_deref(),
            name_public: request.name_public,
        };
        let random = &self.app.random;
        let person = people::upsert(conn, &random.with(random_id), &said, now).await?;
        let lineage = lineages::find_or_create(conn, &random.with(random_id), &person.id, &request.level, now).await?;
        // From here on no one else gives to this lineage; ask again, since someone may have just before.
        let latest = awards::latest_of_lineage(conn, &lineage.id).await?;
        if let Some(award) = latest.as_ref().filter(|award| stands(award, now)) {
            return Ok(Err(Refusal::Held { award_id: award.id.clone() }));
        }
        let award = Award {
            id: random.with(random_id),
            lineage_id: lineage.id,
            issuer_id: self.issuer.id.clone(),
            person_id: person.id.clone(),
            level_id: request.level.clone(),
            level_version: version,
            valid_from,
            valid_until,
            issued_at: now,
            subject_id: random.with(random_urn),
            salt: random.with(salt),
            narrative: request.narrative.clone(),
            evidence_url: request.evidence_url.clone(),
            results: request.results.clone(),
            visibility: request.visibility,
            // One that has ended is followed by the new one, as in a late renewal.
            renews: latest.filter(|old| old.revoked_at.is_none() && old.superseded_by.is_none()).map(|old| old.id),
            ..unsealed()
        };
        Ok(Ok(Draft { award, person, content }))
    }

    async fn level(&mut self, conn: &mut Conn, id: &str) -> Result<Option<(i64, Arc<LevelContent>)>, ActionError> {
        if !self.levels.contains_key(id) {
            let level = levels::get(conn, id).await?.map(|level| (level.version, Arc::new(level.content)));
            self.levels.insert(id.to_owned(), level);
        }
        Ok(self.levels.get(id).cloned().flatten())
    }
}

/// Whether the grades, where they are told, earn the level by its rubric; the first fault, if not.
pub(super) fn earned(results: Option<&Grades>, content: &LevelContent) -> Result<(), FieldError> {
    let Some(grades) = results else { return Ok(()) };
    let Some(rubric) = &content.rubric else {
        return Err(FieldError::new("results", "are told, and this level has no rubric to hold them against"));
    };
    let first = |faults: Vec<FieldError>| faults.into_iter().next();
    rubric.passed(grades).or_else(|faults| first(faults).map_or(Ok(()), Err))
}

/// The parts of an award that `seal` fills in, and those that come later in its life.
pub(super) fn unsealed() -> Award {
    Award {
        id: String::new(),
        lineage_id: String::new(),
        issuer_id: String::new(),
        person_id: String::new(),
        level_id: String::new(),
        level_version: 0,
        valid_from: Timestamp::UNIX_EPOCH,
        valid_until: None,
        issued_at: Timestamp::UNIX_EPOCH,
        verification_method: String::new(),
        subject_id: String::new(),
        salt: String::new(),
        narrative: None,
        evidence_url: None,
        evidence: Vec::new(),
        endorsement: None,
        results: None,
        visibility: Default::default(),
        status_list_id: String::new(),
        status_index: 0,
        renews: None,
        superseded_by: None,
        revoked_at: None,
        revocation_reason: None,
        suspended_at: None,
        suspension_reason: None,
        resumed_at: None,
        credential: String::new(),
    }
}

/// 128 random bits, in hex.
pub(super) fn salt(rng: &mut dyn rand::Rng) -> String {
    let mut bytes = [0u8; 16];
    rng.fill_bytes(&mut bytes);
    hex(&bytes)
}

fn checked(batch: Batch, now: Timestamp) -> Result<Vec<CheckedRequest>, ActionError> {
    let (requests, single) = match batch {
        Batch::One(request) => (vec![*request], true),
        Batch::Many(requests) => (requests, false),
    };
    if !(1..=MOST).contains(&requests.len()) {
        let message = format!("has {} awards; give 1 to {MOST} in one call", requests.len());
        return Err(ActionError::invalid("awards", message));
    }
    let (mut checked, mut faults) = (Vec::with_capacity(requests.len()), Vec::new());
    for (n, request) in requests.iter().enumerate() {
        let at = if single { String::new() } else { format!("awards[{n}].") };
        match request.check(&at, now) {
            Ok(request) => checked.push(request),
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() { Ok(checked) } else { Err(ActionError::Invalid(faults)) }
}
