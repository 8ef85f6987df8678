//! The demo: a made-up company whose awards were given, renewed and revoked by the same actions as anyone's, on a clock that
//! walks through its past. Nothing here writes to the record by itself.

use super::{
    ActionError, App,
    award_view::AwardView,
    demo_story::{self as story, Chapter, Fate, PEOPLE, PRACTITIONER, PROFESSIONAL},
    import_program::import_program,
    init::{self, NewIssuer},
    issue::{Batch, issue},
    renew::{RenewRequest, renew},
    revoke::revoke,
    roles, tokens,
};
use crate::{
    domain::{
        actor::{Actor, Grant, Role, Scope},
        recipient::{AwardRequest, Person, RecipientRequest},
    },
    store::{Conn, people, roles as held_roles, settings},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Where `DemoFacts` are kept, so that a demo in a folder can be opened again.
const SETTING: &str = "demo";
/// When the story begins.
const BEGINS_DAYS_AGO: i64 = 900;

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
    pub revoked: String,
}

/// Someone that a visitor of the demo can be.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoPerson {
    pub person: Person,
    pub roles: Vec<Role>,
    /// Whether the directory names them as anyone's manager.
    pub manages: bool,
}

/// Everyone with a role, every manager, and a few learners, so that a newcomer can look at the company as any of them.
pub async fn people(conn: &mut Conn) -> Result<Vec<DemoPerson>, ActionError> {
    let granted = held_roles::all(conn).await?;
    let everyone = people::all(conn).await?;
    let mut found: Vec<DemoPerson> = Vec::new();
    for person in everyone.iter().filter(|person| person.active) {
        let held = granted.iter().filter(|(granted, _)| granted.person_id == person.id);
        let mut roles: Vec<Role> = held.map(|(granted, _)| granted.grant.role).collect();
        roles.dedup();
        let manages = everyone.iter().any(|one| one.active && one.manager_id.as_ref() == Some(&person.id));
        if !roles.is_empty() || manages || story::is_learner_to_try(&person.email) {
            found.push(DemoPerson { person: person.clone(), roles, manages });
        }
    }
    found.sort_by_key(|one| (one.roles.first().map(|role| *role as u8), one.person.name.clone()));
    Ok(found)
}

/// The path that `DemoFacts::csv` points at.
pub const CSV_PATH: &str = "/demo/recipients.csv";

/// What is served there.
pub fn recipients_csv() -> String {
    story::recipients_csv()
}

/// The facts of a demo that was built before in this database.
pub async fn facts(app: &App) -> Result<Option<DemoFacts>, ActionError> {
    let kept = settings::get(&mut app.db.read().await?, SETTING).await?;
    kept.map(|text| serde_json::from_str(&text).map_err(ActionError::internal)).transpose()
}

/// Builds the company up to `now`. The clock of `app` must be a fixed one: it is walked forward from the story's beginning.
pub async fn build(app: &App, now: Timestamp) -> Result<DemoFacts, ActionError> {
    let actor = &Actor::Operator;
    let begins = SignedDuration::from_hours(24 * BEGINS_DAYS_AGO);
    app.clock.set(now.checked_sub(begins).map_err(ActionError::internal)?);
    let new = NewIssuer {
        id: story::COMPANY_ID.to_owned(),
        name: story::COMPANY.to_owned(),
        url: Some(story::COMPANY_URL.to_owned()),
        email: Some(story::COMPANY_EMAIL.to_owned()),
        linkedin_id: None,
        time_zone: story::TIME_ZONE.to_owned(),
        show_revocation_reason: false,
    };
    let issuer = init::check(&new, &app.config.base_url)?;
    init::init(app, actor, issuer, None).await?;
    let program = story::program().map_err(ActionError::Invalid)?;
    let program = import_program(app, actor, program, HashMap::new()).await?.program;

    let badges = tell(app, actor, now).await?;
    app.clock.set(now);
    for (person, role) in story::ROLES {
        let whole = matches!(role, Role::Auditor | Role::Administrator);
        let grant = Grant { role, program: (!whole).then(|| program.id.clone()) };
        roles::grant(app, actor, &story::email(person), &grant, "set up for the demo").await?;
    }

    let token = tokens::create(app, actor, "demo", &Scope::ALL).await?;
    let base_url = app.config.base_url.clone();
    let facts = DemoFacts {
        wall: format!("{base_url}/"),
        program: app.urls().program(&program.id),
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

/// One thing that happens on one day.
#[derive(Clone, Copy)]
enum Scene {
    Given,
    Renewed,
    Revoked(&'static str),
}

/// Everything that happened, in the order of time; answers a badge for each state.
async fn tell(app: &App, actor: &Actor, now: Timestamp) -> Result<DemoBadges, ActionError> {
    let chapters = story::story();
    let mut scenes: Vec<(i64, usize, Scene)> = Vec::new();
    for (n, chapter) in chapters.iter().enumerate() {
        scenes.push((chapter.days_ago, n, Scene::Given));
        match chapter.fate {
            Fate::Stands => {}
            Fate::Renewed(days_ago) => scenes.push((days_ago, n, Scene::Renewed)),
            Fate::Revoked(days_ago, why) => scenes.push((days_ago, n, Scene::Revoked(why))),
        }
    }
    scenes.sort_by_key(|(days_ago, n, _)| (std::cmp::Reverse(*days_ago), *n));
    let mut given: HashMap<usize, AwardView> = HashMap::new();
    for (days_ago, n, scene) in scenes {
        let Some(chapter) = chapters.get(n) else { continue };
        // People work at different hours.
        let earlier = 24 * 3_600 * days_ago + (chapter.person as i64 * 977) % 28_800;
        app.clock.set(now.checked_sub(SignedDuration::from_secs(earlier)).map_err(ActionError::internal)?);
        let before = given.get(&n).map(|award| award.id.clone()).unwrap_or_default();
        match scene {
            Scene::Given => {
                let outcome = issue(app, actor, Batch::One(Box::new(request(chapter))), None).await?;
                given.extend(outcome.body.awards.into_iter().map(|award| (n, award)));
            }
            Scene::Renewed => {
                let said = RenewRequest {
                    narrative: Some("Showed two years of further work, and helped to assess others.".to_owned()),
                    ..RenewRequest::default()
                };
                given.insert(n, renew(app, actor, &before, &said).await?);
            }
            Scene::Revoked(why) => {
                revoke(app, actor, &before, why).await?;
            }
        }
    }
    let badge = |wanted: &dyn Fn(&Chapter) -> bool| {
        let found = chapters.iter().position(wanted).and_then(|n| given.get(&n));
        found.map(|award| award.badge_url.clone()).unwrap_or_default()
    };
    let stands = |chapter: &Chapter, days: std::ops::Range<i64>| {
        chapter.fate == Fate::Stands && chapter.level == PRACTITIONER && days.contains(&chapter.days_ago)
    };
    Ok(DemoBadges {
        current: badge(&|chapter| chapter.level == PROFESSIONAL),
        expiring: badge(&|chapter| stands(chapter, 640..730)),
        expired: badge(&|chapter| stands(chapter, 731..BEGINS_DAYS_AGO)),
        renewed: badge(&|chapter| matches!(chapter.fate, Fate::Renewed(_))),
        revoked: badge(&|chapter| matches!(chapter.fate, Fate::Revoked(..))),
    })
}

fn request(chapter: &Chapter) -> AwardRequest {
    let member = &PEOPLE[chapter.person % PEOPLE.len()];
    let narrative = story::narrative(chapter);
    AwardRequest {
        level: chapter.level.to_owned(),
        recipient: RecipientRequest {
            name: member.name.to_owned(),
            email: story::email(chapter.person),
            team: Some(member.team.to_owned()),
            name_public: Some(member.public),
        },
        narrative: narrative.map(str::to_owned),
        // The address of the work, not of the person: it is signed into a document that says no name.
        evidence_url: narrative
            .map(|_| format!("https://wiki.northwind.example/work/{}", 1_200 + chapter.days_ago * 7)),
        results: story::results(chapter),
        visibility: Some(if member.public { "public" } else { "link" }.to_owned()),
        ..AwardRequest::default()
    }
}
