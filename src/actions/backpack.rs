//! A backpack: badges from elsewhere, kept byte for byte, judged whenever they are looked at, and given out again as they came (decision
//! 0060).
//!
//! - What is known to be no genuine badge is not taken; what can't be checked now is: its issuer may be gone, and it is still theirs.
//! - Another copy of a badge takes the place of the one that is there, but never an older version that of a newer, nor one whose signature
//!   can't be seen to hold: anyone can write a badge with another's id.
//! - A badge of our own is there already for whoever was given it.

use super::{ActionError, App, own_profile::held, verify};
use crate::{
    credential::{
        bake::LARGEST_PICTURE,
        summary::{Form, Summary, summary},
        verify::{Asked, CheckName, CredentialKind, Evidence, Outcome, Report, is_presentation, judge},
    },
    domain::{
        actor::{Actor, Member, Right},
        backpack::{CameBy, Kept, MOST, MOST_BYTES, file_name, sameness},
        digesting::sha256,
        id::random_id,
    },
    store::{Conn, StoreError, awards, backpack, backpack::After, events, issuers},
};
use jiff::Timestamp;
use serde_json::json;

/// Shown together.
pub const PAGE: u32 = 50;

/// A badge on its way into a backpack.
#[derive(Clone)]
pub struct Given<'a> {
    pub bytes: &'a [u8],
    /// What its file was called.
    pub name: Option<&'a str>,
    pub by: CameBy,
    /// The address, or the name of the app or platform.
    pub from: Option<String>,
}

/// Why it was not taken; each has its words on the page.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BackpackFault {
    #[error("it is no badge that can be read: {0}")]
    NoBadge(String),
    #[error("it is no badge but an endorsement or a presentation")]
    OtherThing,
    #[error("its signature does not hold: {0}")]
    NotGenuine(String),
    #[error("a copy of it is there already, and the signature of this one can't be checked now, so that one stays")]
    Unproven,
    #[error("it is larger than 8 MiB")]
    TooLarge,
    #[error("the backpack is full; remove what is not needed")]
    Full,
    #[error("there is no badge at this address: {0}")]
    Unreachable(String),
}

#[derive(Debug, thiserror::Error)]
pub enum BackpackError {
    #[error(transparent)]
    Refused(#[from] BackpackFault),
    #[error(transparent)]
    Failed(#[from] ActionError),
}

impl From<StoreError> for BackpackError {
    fn from(why: StoreError) -> Self {
        BackpackError::Failed(why.into())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Added,
    /// In the place of another copy.
    Replaced,
    /// Byte for byte what is there.
    Unchanged,
    /// A newer version is there, which stays.
    Older,
    /// It is one that they were given here.
    OwnAward,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    pub came: Came,
    /// Of the badge in the backpack, or of the award.
    pub id: String,
}

/// Takes a badge into one's own backpack, or into that of the person an app acts for.
pub async fn take(app: &App, actor: &Actor, given: Given<'_>) -> Result<Taken, BackpackError> {
    let member = held(actor, Right::UpsertOwnCredentials)?;
    let now = app.clock.now();
    let mut read = read(app, given.bytes).await?;
    let same = sameness(&read.said, read.document.as_bytes());
    let issued_at = read.said.issued.unwrap_or(now);
    let copy = Copy { person_id: &member.id, same: &same, issued_at, bytes: given.bytes };
    // Before the transaction: whether one may take another's place can only be said by asking its issuer.
    let (_, came) = copy.beside(&mut app.db.read().await?).await?;
    if came == Came::Replaced && !read.proven {
        read.proven = proven(&verify::verify(app, read.document.as_bytes(), None).await?.report);
    }
    let mut conn = app.db.write().await?;
    if let Some(award) = own_award(app, &mut conn, member, &read.said).await? {
        return Ok(Taken { came: Came::OwnAward, id: award });
    }
    let (before, came) = copy.beside(&mut conn).await?;
    let media_type = media_type(given.bytes, read.said.form);
    let short = |name: Option<String>| name.map(|name| Summary::short(&name));
    let mut kept = Kept {
        id: app.random.with(random_id),
        person_id: member.id.clone(),
        file_name: file_name(given.name, media_type),
        media_type: media_type.to_owned(),
        size: i64::try_from(given.bytes.len()).unwrap_or(i64::MAX),
        form: read.said.form,
        same: same.clone(),
        title: short(read.said.title),
        issuer: short(read.said.issuer_name.or(read.said.issuer_id)),
        issued_at,
        ends_at: read.said.ends,
        by: given.by,
        from: given.from.map(|from| Summary::short(&from)),
        added_at: now,
    };
    if let Some(before) = &before {
        (kept.id, kept.added_at) = (before.id.clone(), before.added_at);
    }
    let done = Taken { came, id: kept.id.clone() };
    match came {
        Came::Older | Came::Unchanged => return Ok(done),
        Came::Replaced if !read.proven => return Err(BackpackFault::Unproven.into()),
        _ => {}
    }
    let (count, bytes) = backpack::totals(&mut conn, &member.id).await?;
    let freed = before.as_ref().map_or(0, |before| before.size);
    if (before.is_none() && count >= MOST) || bytes - freed + kept.size > MOST_BYTES {
        return Err(BackpackFault::Full.into());
    }
    let verb = match &before {
        None => {
            backpack::insert(&mut conn, &kept, given.bytes, &read.document).await?;
            "backpack.added"
        }
        Some(_) => {
            backpack::replace(&mut conn, &kept, given.bytes, &read.document).await?;
            "backpack.replaced"
        }
    };
    let detail = json!({"badge": kept.id, "sha256": sha256(given.bytes), "by": kept.by.as_str()});
    events::append(&mut conn, now, &actor.label(), verb, &member.id, &detail).await?;
    conn.commit().await?;
    Ok(done)
}

/// The same from an address: a badge of ours by its link, or whatever another server has there.
pub async fn take_from(app: &App, actor: &Actor, address: &str) -> Result<Taken, BackpackError> {
    held(actor, Right::UpsertOwnCredentials)?;
    let (address, urls) = (address.trim(), app.urls());
    let from = Some(address.to_owned());
    if ["badges", "certifications"].iter().any(|room| urls.id_in(address, room).is_some()) {
        let bytes = verify::linked(app, address).await?;
        return take(app, actor, Given { bytes: &bytes, name: None, by: CameBy::Address, from }).await;
    }
    let fetched = app.fetcher.fetch_badge(address, app.clock.now()).await;
    let bytes = fetched.outcome.map_err(|why| BackpackFault::Unreachable(why.to_string()))?;
    let name = url::Url::parse(address).ok().map(|url| url.path().to_owned());
    take(app, actor, Given { bytes: &bytes, name: name.as_deref(), by: CameBy::Address, from }).await
}

/// One's own, newest first, from just after a place on; and how many there are, with their bytes.
pub async fn list(app: &App, actor: &Actor, after: Option<&After>) -> Result<(Vec<Kept>, (i64, i64)), ActionError> {
    let member = held(actor, Right::ReadOwnCredentials)?;
    let mut conn = app.db.read().await?;
    let found = backpack::page(&mut conn, &member.id, after, PAGE).await?;
    Ok((found, backpack::totals(&mut conn, &member.id).await?))
}

/// One of one's own, with its bytes as they came.
pub async fn get(app: &App, actor: &Actor, id: &str) -> Result<(Kept, Vec<u8>), ActionError> {
    let member = held(actor, Right::ReadOwnCredentials)?;
    let mut conn = app.db.read().await?;
    let none = || ActionError::not_found("badge", id);
    let kept = backpack::get(&mut conn, &member.id, id).await?.ok_or_else(none)?;
    let file = backpack::file(&mut conn, &member.id, id).await?.ok_or_else(none)?;
    Ok((kept, file))
}

/// For good.
pub async fn remove(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    // No app may.
    super::require(actor, Right::SignedIn)?;
    let member = held(actor, Right::UpsertOwnCredentials)?;
    let mut conn = app.db.write().await?;
    if !backpack::remove(&mut conn, &member.id, id).await? {
        return Err(ActionError::not_found("badge", id));
    }
    let detail = json!({"badge": id});
    events::append(&mut conn, app.clock.now(), &actor.label(), "backpack.removed", &member.id, &detail).await?;
    Ok(conn.commit().await?)
}

/// A copy of a badge, to be held beside what is there.
struct Copy<'a> {
    person_id: &'a str,
    same: &'a str,
    issued_at: Timestamp,
    bytes: &'a [u8],
}

impl Copy<'_> {
    /// The copy that is there, and what would become of this one.
    async fn beside(&self, conn: &mut Conn) -> Result<(Option<Kept>, Came), StoreError> {
        let before = backpack::by_sameness(conn, self.person_id, self.same).await?;
        let came = match &before {
            None => Came::Added,
            Some(before) if before.issued_at > self.issued_at => Came::Older,
            Some(before) => {
                match backpack::file(conn, self.person_id, &before.id).await?.as_deref() == Some(self.bytes) {
                    true => Came::Unchanged,
                    false => Came::Replaced,
                }
            }
        };
        Ok((before, came))
    }
}

struct Read {
    said: Summary,
    document: String,
    /// Whether its signature was seen to hold: by its bytes alone, to begin with.
    proven: bool,
}

/// What it is and says of itself; an error when it is known to be no genuine badge.
async fn read(app: &App, bytes: &[u8]) -> Result<Read, BackpackError> {
    if bytes.len() > LARGEST_PICTURE {
        return Err(BackpackFault::TooLarge.into());
    }
    let now = app.clock.now();
    let first = |report: &Report| report.checks.first().map(|check| check.message.clone()).unwrap_or_default();
    let document = verify::document_in(bytes, now).map_err(|report| BackpackFault::NoBadge(first(&report)))?;
    if is_presentation(&document) {
        return Err(BackpackFault::OtherThing.into());
    }
    // Nobody is asked: what can be known from its bytes alone decides whether it is taken.
    let judged = document.clone();
    let alone = move || judge(&judged, &Evidence::new(), now, &Asked::default());
    let report = verify::aside(alone).await?;
    let failed = |name| report.check(name).filter(|check| check.outcome == Outcome::Failed);
    if let Some(check) = failed(CheckName::Format) {
        return Err(BackpackFault::NoBadge(check.message.clone()).into());
    }
    if let Some(check) = failed(CheckName::Proof) {
        return Err(BackpackFault::NotGenuine(check.message.clone()).into());
    }
    let unreadable = || BackpackFault::NoBadge("it is not UTF-8".to_owned());
    let (mut said, proven) = (summary(&document).ok_or_else(unreadable)?, proven(&report));
    if !said.is_badge {
        return Err(BackpackFault::OtherThing.into());
    }
    // Only its own address knows what an older one is for.
    if said.form == Form::Older && said.title.is_none() {
        let verification = verify::verify(app, &document, None).await?;
        if let Some(claims) = verification.report.claims.filter(|claims| claims.kind == CredentialKind::Badge) {
            said.title = Some(claims.achievement_name);
            said.issuer_name = claims.issuer_name.or(Some(claims.issuer_id));
        }
    }
    Ok(Read { said, document: String::from_utf8(document).map_err(|_| unreadable())?, proven })
}

fn proven(report: &Report) -> bool {
    report.check(CheckName::Proof).is_some_and(|check| check.outcome == Outcome::Passed)
}

/// The award that it is a copy of, when this person was given it here.
async fn own_award(app: &App, conn: &mut Conn, member: &Member, said: &Summary) -> Result<Option<String>, ActionError> {
    let Some(id) = said.id.as_deref().and_then(|id| app.urls().id_in(id, "badges")) else { return Ok(None) };
    let issuers = issuers::all(conn).await?;
    if !issuers.iter().any(|issuer| Some(&issuer.did) == said.issuer_id.as_ref()) {
        return Ok(None);
    }
    let award = awards::get(conn, id).await?.filter(|award| award.person_id == member.id);
    Ok(award.map(|award| award.id))
}

fn media_type(bytes: &[u8], form: Form) -> &'static str {
    let first = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start().first();
    match (first, form) {
        (Some(0x89), _) => "image/png",
        (Some(b'<'), _) => "image/svg+xml",
        (Some(b'{'), _) => "application/json",
        (_, Form::Jwt) => "application/vc+jwt",
        _ => "application/jose",
    }
}
