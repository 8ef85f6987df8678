//! The demo: a made-up company whose badges were earned, renewed, suspended and revoked by the same actions as anyone's, on a clock
//! that walks through its past: people enrol, hand in, sit on panels, decide, propose and vote, each as themselves. Nothing here writes to the
//! record by itself.

mod committee;
mod company;
mod courses;
mod pilot;
mod stage;
mod vouched;
mod words;

pub use company::Part;

use super::{
    ActionError, App,
    committee::close,
    import_directory::import_directory,
    import_program::import_program,
    init::{self, NewIssuer},
    renewals::remind,
    roles, tokens,
    versions::turn,
};
use crate::{
    domain::{
        actor::{Actor, Grant, Role, Scope},
        program_file,
        recipient::Person,
    },
    store::{Conn, people, roles as held_roles, settings},
};
use committee::{DEEDS, Deed, Desk};
use company::{BOGDAN, LEILANI, MARGUERITE, MATEUS, OLU, THANDIWE, TOMAS, Who};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use pilot::{Act, PRACTITIONER, PROFESSIONAL, WAYS};
use serde::{Deserialize, Serialize};
use stage::Stage;
use std::{cmp::Reverse, collections::HashMap};

/// Where `DemoFacts` are kept, so that a demo in a folder can be opened again.
const SETTING: &str = "demo";
/// When the story begins.
const BEGINS_DAYS_AGO: i64 = 1_000;
/// Before that nothing ends of which anyone would be reminded, and no criteria change.
const FIRST_END_DAYS_AGO: i64 = 275;
/// A real service looks every few seconds; for what is in the story so often is enough.
const DAYS_BETWEEN_LOOKS: i64 = 10;

/// What `GET /demo.json` gives to programs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DemoFacts {
    pub base_url: String,
    pub wall: String,
    pub program: String,
    pub badges: DemoBadges,
    /// Where a sample file of recipients is served.
    pub csv: String,
    /// May do everything that a token can.
    pub token: String,
}

/// A badge URL for each state.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DemoBadges {
    pub current: String,
    pub expiring: String,
    pub expired: String,
    /// The new badge of a renewed certification.
    pub renewed: String,
    pub suspended: String,
    pub revoked: String,
}

/// Someone that a visitor of the demo can be.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoPerson {
    pub person: Person,
    pub roles: Vec<Role>,
    /// Whether the directory names them as anyone's manager.
    pub manages: bool,
    /// What they are there to show; one person for each.
    pub part: Option<Part>,
}

/// Someone for each part, in the order of the parts, and then everyone else with a role, every manager, and a few learners, so that a
/// newcomer can look at the company as any of them.
pub async fn people(conn: &mut Conn) -> Result<Vec<DemoPerson>, ActionError> {
    let granted = held_roles::all(conn).await?;
    let everyone = people::all(conn).await?;
    let mut found: Vec<DemoPerson> = Vec::new();
    for person in everyone.iter().filter(|person| person.active) {
        let held = granted.iter().filter(|(granted, _)| granted.person_id == person.id);
        let mut roles: Vec<Role> = held.map(|(granted, _)| granted.grant.role).collect();
        roles.dedup();
        let manages = everyone.iter().any(|one| one.active && one.manager_id.as_ref() == Some(&person.id));
        let part = company::part_of(person);
        if part.is_some() || !roles.is_empty() || manages || company::is_learner_to_try(person) {
            found.push(DemoPerson { person: person.clone(), roles, manages, part });
        }
    }
    let rest = |one: &DemoPerson| (one.roles.first().map(|role| *role as u8), one.person.name.clone());
    found.sort_by_key(|one| (one.part.map_or(u8::MAX, |part| part as u8), rest(one)));
    Ok(found)
}

/// The path that `DemoFacts::csv` points at.
pub const CSV_PATH: &str = "/demo/recipients.csv";

/// What is served there.
pub fn recipients_csv() -> String {
    courses::recipients_csv()
}

/// The facts of a demo that was built before in this database.
pub async fn facts(app: &App) -> Result<Option<DemoFacts>, ActionError> {
    let kept = settings::get(&mut app.db.read().await?, SETTING).await?;
    kept.map(|text| serde_json::from_str(&text).map_err(ActionError::internal)).transpose()
}

/// Builds the company up to `now`. The clock of `app` must be a fixed one: it is walked forward from the story's beginning.
pub async fn build(app: &App, now: Timestamp) -> Result<DemoFacts, ActionError> {
    app.clock.set(before(now, BEGINS_DAYS_AGO, 0)?);
    let zone = found(app, now).await?;
    let badges = tell(app, now, zone).await?;
    app.clock.set(now);
    let token = tokens::create(app, &Actor::Operator, "demo", &Scope::ALL).await?;
    let base_url = app.config.base_url.clone();
    let facts = DemoFacts {
        wall: format!("{base_url}/"),
        program: app.urls().program(pilot::PROGRAM),
        csv: format!("{base_url}{CSV_PATH}"),
        token: token.secret,
        base_url,
        badges,
    };
    let text = serde_json::to_string(&facts).map_err(ActionError::internal)?;
    let mut conn = app.db.write().await?;
    settings::set(&mut conn, SETTING, &text).await?;
    conn.commit().await?;
    Ok(facts)
}

/// The issuer, its directory and programs, an administrator, and the roles that they give; the issuer's time zone.
async fn found(app: &App, now: Timestamp) -> Result<TimeZone, ActionError> {
    let operator = &Actor::Operator;
    let new = NewIssuer {
        id: company::COMPANY_ID.to_owned(),
        name: company::COMPANY.to_owned(),
        url: Some(company::COMPANY_URL.to_owned()),
        email: Some(company::COMPANY_EMAIL.to_owned()),
        linkedin_id: None,
        time_zone: company::TIME_ZONE.to_owned(),
        show_revocation_reason: false,
    };
    let issuer = init::check(&new, &app.config.base_url)?;
    let zone = issuer.zone();
    init::init(app, operator, issuer, None).await?;
    import_directory(app, operator, company::directory_csv().as_bytes(), false, false).await?;
    let pilot = committee::program(now, &zone)?;
    let pilot = program_file::read(&pilot, false).map_err(ActionError::Invalid)?;
    let courses = courses::programs().map_err(ActionError::Invalid)?;
    for program in [pilot].into_iter().chain(courses) {
        import_program(app, operator, program, HashMap::new()).await?;
    }
    let first = Grant { role: Role::Administrator, program: None };
    roles::grant(app, operator, &company::email(THANDIWE), &first, "the first administrator").await?;
    let mut stage = Stage::new(app, zone.clone());
    let administrator = stage.person(THANDIWE).await?;
    for (who, role) in company::ROLES {
        let program = (role != Role::Auditor).then(|| pilot::PROGRAM.to_owned());
        roles::grant(app, &administrator, &company::email(who), &Grant { role, program }, "for the pilot").await?;
    }
    Ok(zone)
}

/// One thing that happens on one day.
#[derive(Clone, Copy)]
enum Scene {
    OnTheWay(Who, &'static str, Act),
    Beside(Deed),
    /// Colleagues say for a badge what they saw.
    Vouched,
}

/// Everything that happened, in the order of time; answers a badge for each state.
async fn tell(app: &App, now: Timestamp, zone: TimeZone) -> Result<DemoBadges, ActionError> {
    let ways = WAYS.iter().flat_map(|(who, level, acts)| {
        acts.iter().map(|(days_ago, act)| (*days_ago, Scene::OnTheWay(*who, level, *act)))
    });
    let beside = courses::days().map(|day| (day, Deed::Courses)).chain(DEEDS.iter().copied());
    let beside = beside.map(|(day, deed)| (day, Scene::Beside(deed))).chain([(vouched::DAYS_AGO, Scene::Vouched)]);
    let mut scenes: Vec<(i64, Scene)> = beside.chain(ways).collect();
    scenes.sort_by_key(|(days_ago, _)| Reverse(*days_ago));
    let mut stage = Stage::new(app, zone.clone());
    let mut desk = Desk::default();
    let (mut day, mut minutes, mut looked) = (BEGINS_DAYS_AGO, 0, FIRST_END_DAYS_AGO);
    for (days_ago, scene) in scenes {
        minutes = if days_ago == day { minutes + 25 } else { 0 };
        app.clock.set(before(now, days_ago, minutes)?);
        day = days_ago;
        if days_ago <= looked - DAYS_BETWEEN_LOOKS {
            come_by_itself(app).await?;
            looked = days_ago;
        }
        match scene {
            Scene::OnTheWay(who, level, act) => stage.play(who, level, act).await?,
            Scene::Vouched => vouched::play(&mut stage).await?,
            Scene::Beside(deed) => desk.play(&mut stage, (days_ago, deed), (now, &zone)).await?,
        }
    }
    let badge = |who, level| stage.award(who, level).map(|award| app.urls().badge(award));
    Ok(DemoBadges {
        current: badge(MATEUS, PROFESSIONAL)?,
        expiring: badge(OLU, PRACTITIONER)?,
        expired: badge(MARGUERITE, PRACTITIONER)?,
        renewed: badge(TOMAS, PRACTITIONER)?,
        suspended: badge(LEILANI, PRACTITIONER)?,
        revoked: badge(BOGDAN, PRACTITIONER)?,
    })
}

/// What comes with time: reminders, versions that begin, terms that end.
async fn come_by_itself(app: &App) -> Result<(), ActionError> {
    remind(app).await?;
    turn(app).await?;
    close::close_due(app).await?;
    Ok(())
}

/// So many days before now, and some minutes into the twelve hours after that.
fn before(now: Timestamp, days: i64, minutes: i64) -> Result<Timestamp, ActionError> {
    let long = SignedDuration::from_mins(24 * 60 * days - minutes);
    now.checked_sub(long).map_err(ActionError::internal)
}
