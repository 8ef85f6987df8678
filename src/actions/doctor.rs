//! Looks over an installation, from inside and from outside. Each finding says what to do.

use super::{ActionError, App, documents, issuer, require, status};
use crate::{
    credential::did::did_web_document_url,
    domain::{
        actor::{Actor, Right},
        issuer::Issuer,
    },
    outside::{
        fetch::{Fetcher, Network, Reach},
        vault::{Purpose, VaultError},
    },
    store::{Conn, awards, jobs, keys, levels, mails, status_lists},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    Ok,
    Warn,
    Fail,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub health: Health,
    /// Such as `keys` or `did.json`.
    pub what: &'static str,
    pub message: String,
}

/// 2026: a clock before this was never set.
const EARLIEST: i64 = 1_767_225_600;

pub async fn doctor(app: &App, actor: &Actor) -> Result<Vec<Finding>, ActionError> {
    require(actor, Right::Operate)?;
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let issuer = issuer(&mut conn).await?;
    Ok(vec![
        modes(app),
        key(app, &mut conn, &issuer).await?,
        jwt_key(app, &mut conn, &issuer).await?,
        clock(&mut conn, now).await?,
        version(app).await?,
        integrity(app).await?,
        lists(&mut conn, &issuer, now).await?,
        jobs(&mut conn).await?,
        mail(app, &mut conn, now).await?,
        reviews(&mut conn, &issuer, now).await?,
        depot(app).await,
        sign_in(app, now).await,
        reachable(app, &mut conn, &issuer).await?,
    ])
}

fn modes(app: &App) -> Finding {
    match app.vault.check_modes() {
        Ok(()) => ok("keys", "only their owner can open the key files"),
        Err(why) => fail("keys", why.to_string()),
    }
}

async fn key(app: &App, conn: &mut Conn, issuer: &Issuer) -> Result<Finding, ActionError> {
    let Some(active) = keys::active(conn, &issuer.id, Purpose::Credential.as_str()).await? else {
        return Ok(fail("active key", "there is none, so nothing can be issued; run `laurel keys generate`"));
    };
    Ok(match app.vault.signer(&active.fragment, Purpose::Credential) {
        Ok(key) if key.public().to_multibase() == active.public_multibase => {
            ok("active key", format!("{} can be opened and is the one in the record", active.fragment))
        }
        Ok(_) => {
            fail("active key", format!("{} is not the key in the record; restore the right files", active.fragment))
        }
        Err(why @ VaultError::Locked(..)) => fail("active key", why.to_string()),
        Err(why) => fail("active key", why.to_string()),
    })
}

async fn jwt_key(app: &App, conn: &mut Conn, issuer: &Issuer) -> Result<Finding, ActionError> {
    let Some(active) = keys::active(conn, &issuer.id, Purpose::Jwt.as_str()).await? else {
        let how = "there is none, so new badges are not to be had as JWT; run `laurel keys generate --purpose jwt`";
        return Ok(warn("key for JWT", how));
    };
    Ok(match app.vault.jwt_signer(&active.fragment) {
        Ok(key) if key.public().to_multibase() == active.public_multibase => {
            ok("key for JWT", format!("{} can be opened and is the one in the record", active.fragment))
        }
        Ok(_) => {
            fail("key for JWT", format!("{} is not the key in the record; restore the right files", active.fragment))
        }
        Err(why) => fail("key for JWT", why.to_string()),
    })
}

/// A clock that runs behind what was recorded would sign dates in the past.
async fn clock(conn: &mut Conn, now: Timestamp) -> Result<Finding, ActionError> {
    let newest = awards::page(conn, None, 1).await?.first().map(|award| award.issued_at);
    Ok(match newest {
        _ if now.as_second() < EARLIEST => fail("clock", format!("says {now:.0}, which is long past; set it")),
        Some(newest) if newest > now => {
            let behind = newest.duration_since(now).as_secs();
            fail("clock", format!("says {now:.0}, {behind} seconds before the newest award; set it, best by NTP"))
        }
        _ => ok("clock", format!("says {now:.0}")),
    })
}

async fn version(app: &App) -> Result<Finding, ActionError> {
    Ok(ok("database", app.db.version().await?))
}

async fn integrity(app: &App) -> Result<Finding, ActionError> {
    let wrong = app.db.integrity().await?;
    Ok(match wrong.first() {
        None => ok("integrity", "the database finds nothing wrong with itself"),
        Some(first) => fail("integrity", format!("{first} ({} findings); restore the last backup", wrong.len())),
    })
}

async fn lists(conn: &mut Conn, issuer: &Issuer, now: Timestamp) -> Result<Finding, ActionError> {
    let lists = status_lists::all(conn, &issuer.id).await?;
    if lists.iter().any(|list| list.pending) {
        return Ok(fail("status lists", "a revocation is not published yet; restart `laurel serve` and look again"));
    }
    let age = |at: Timestamp| now.duration_since(at);
    Ok(match lists.iter().map(|list| age(list.published_at)).max() {
        None => warn("status lists", "there is none yet; the first is made with the first award"),
        Some(oldest) if oldest >= status::FRESH + SignedDuration::from_hours(1) => {
            let hours = oldest.as_hours();
            warn(
                "status lists",
                format!("the oldest was signed {hours} hours ago; `laurel serve` renews them daily, is it running?"),
            )
        }
        Some(_) => ok("status lists", format!("{} published, each signed within a day", lists.len())),
    })
}

async fn jobs(conn: &mut Conn) -> Result<Finding, ActionError> {
    Ok(match jobs::given_up(conn).await? {
        (0, _) => ok("jobs", "none was given up"),
        (n, why) => warn("jobs", format!("{n} were given up, the last of them: {}", why.unwrap_or_default())),
    })
}

/// Whether the mail server lets us in, and what it did not take.
async fn mail(app: &App, conn: &mut Conn, now: Timestamp) -> Result<Finding, ActionError> {
    let (unsent, given_up) = mails::count_unsent(conn, now).await?;
    if !app.mailer.is_set_up() {
        let how = "name a server under [mail] in laurel.toml";
        return Ok(match unsent {
            0 => ok("mail", format!("is not set up, so no letters are sent; to change that, {how}")),
            n => warn("mail", format!("is not set up, and {n} letters wait; {how}")),
        });
    }
    Ok(match app.mailer.try_out().await {
        Err(why) => fail("mail", format!("{why}; {unsent} letters wait")),
        Ok(()) if given_up > 0 => {
            let how = "`laurel mail list` says why, and `laurel mail retry` has them tried again";
            warn("mail", format!("{given_up} letters were given up; {how}"))
        }
        Ok(()) => ok("mail", format!("the server lets us in; {unsent} letters wait")),
    })
}

/// Criteria that nobody has looked at in time.
async fn reviews(conn: &mut Conn, issuer: &Issuer, now: Timestamp) -> Result<Finding, ActionError> {
    let today = now.to_zoned_datetime(issuer.zone()).date();
    let levels = levels::all(conn).await?;
    let late: Vec<&str> = levels
        .iter()
        .filter(|level| level.content.review_by.is_some_and(|day| day < today))
        .map(|level| level.id.as_str())
        .collect();
    Ok(match late.as_slice() {
        [] => ok("reviews", "no level's criteria are past their review date"),
        late => {
            warn("reviews", format!("overdue for the criteria of {}; publish them with a new date", late.join(", ")))
        }
    })
}

/// A place is made for evidence when it is first needed, and here: better now than while a learner waits.
async fn depot(app: &App) -> Finding {
    match app.depot.check().await {
        Ok(place) => ok("evidence", format!("files can be kept in {place}")),
        Err(why) => fail("evidence", format!("{why}; nobody can hand in files until this is mended")),
    }
}

/// Whether the company's provider can be asked.
async fn sign_in(app: &App, now: Timestamp) -> Finding {
    let Some(provider) = &app.config.provider else {
        return ok("sign-in", "no provider is set up; to let people sign in, name one under [oidc] in laurel.toml");
    };
    match provider.try_out(&app.fetcher, now).await {
        Ok(()) => ok("sign-in", format!("the configuration of {} can be read", provider.issuer)),
        Err(why) => fail("sign-in", format!("{}: {why}", provider.issuer)),
    }
}

/// What the world gets as did.json must be what the record says, or no badge verifies.
async fn reachable(app: &App, conn: &mut Conn, issuer: &Issuer) -> Result<Finding, ActionError> {
    let own = documents::did_document(app.urls(), conn, issuer).await?;
    let mut url = did_web_document_url(&issuer.did).map_err(ActionError::internal)?;
    if app.config.base_url.starts_with("http://") {
        url = url.replacen("https://", "http://", 1);
    }
    Ok(match own_fetcher(&url).fetch(&url, app.clock.now()).await.outcome {
        Err(why) => {
            fail("did.json", format!("{url}: {why}; check that `laurel serve` runs and the proxy passes it on"))
        }
        Ok(bytes) => match serde_json::from_slice::<Value>(&bytes) {
            Ok(found) if found == own => ok("did.json", format!("{url} is what the record says")),
            Ok(_) => {
                fail("did.json", format!("{url} is not what the record says; is another service there, or a cache?"))
            }
            Err(_) => fail("did.json", format!("{url} is not JSON; check where the proxy sends it")),
        },
    })
}

/// Our own address may be inside a company and at any port.
fn own_fetcher(url: &str) -> Fetcher {
    let own = url::Url::parse(url).ok();
    let port = own.as_ref().and_then(url::Url::port);
    let host = own.as_ref().and_then(url::Url::host_str).map(str::to_owned);
    let reach = Reach { ports: port.into_iter().collect(), private_hosts: host.into_iter().collect() };
    Fetcher::new(reach, Network::System)
}

fn ok(what: &'static str, message: impl Into<String>) -> Finding {
    Finding { health: Health::Ok, what, message: message.into() }
}

fn warn(what: &'static str, message: impl Into<String>) -> Finding {
    Finding { health: Health::Warn, what, message: message.into() }
}

fn fail(what: &'static str, message: impl Into<String>) -> Finding {
    Finding { health: Health::Fail, what, message: message.into() }
}
