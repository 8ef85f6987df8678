//! `/team`: a manager's reporting line, as a page, checked again, and as a table to take along.

use super::{
    Web,
    error::Failure,
    frame::Reader,
    session::Me,
    show,
    table::csv_file,
    view::{Next, TeamAward, TeamPage, TeamPerson, UnderWay},
};
use crate::{
    actions::team::{self, TeamView},
    domain::{award::Visibility, renewal::Stand},
    store::{enrolments::Enrolled, shown::ShownAward},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use jiff::Timestamp;
use serde::Deserialize;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

#[derive(Default, Deserialize)]
pub struct Asked {
    /// After whom the list goes on.
    after: Option<String>,
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Asked>,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    let team = team::view(&web.app, &me.actor(), asked.after.as_deref()).await?;
    page(&reader, &me, team, asked, None)
}

/// Every award that is shown is judged again, as this page is opened.
pub async fn verify(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Asked>,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    let (team, judged) = team::verified(&web.app, &me.actor(), asked.after.as_deref()).await?;
    page(&reader, &me, team, asked, Some(judged))
}

/// One line for each award; who holds none has one, too.
pub async fn table(State(web): State<Arc<Web>>, me: Me, reader: Reader) -> Result<Response, Failure> {
    let team = team::whole(&web.app, &me.actor()).await?;
    let under_way = ways(&team);
    let TeamView { people, awards, stands, .. } = team;
    let mut held: HashMap<&str, Vec<&ShownAward>> = HashMap::new();
    for shown in &awards {
        held.entry(&shown.person.id).or_default().push(shown);
    }
    let site = &reader.site;
    let day = |at: Timestamp| at.to_zoned_datetime(site.zone.clone()).date().to_string();
    let mut rows = vec![
        [
            "name",
            "email",
            "team",
            "function",
            "program",
            "level",
            "state",
            "valid_from",
            "valid_until",
            "badge",
            "renewal",
        ]
        .map(str::to_owned),
    ];
    for person in people {
        let own = held.remove(person.id.as_str()).unwrap_or_default();
        let who = [person.name, person.email, person.team.unwrap_or_default(), person.function.unwrap_or_default()];
        let none = own.is_empty();
        for shown in own {
            let award = &shown.award;
            let [name, email, team, function] = who.clone();
            rows.push([
                name,
                email,
                team,
                function,
                shown.program.name.clone(),
                shown.level.content.name.clone(),
                show::standing(shown, reader.now).word(site),
                day(award.valid_from),
                award.valid_until.map(day).unwrap_or_default(),
                badge_url(shown).map(|url| site.absolute(&url)).unwrap_or_default(),
                next(shown, &stands, &under_way).map(|next| next.words(site)).unwrap_or_default(),
            ]);
        }
        if none {
            let [name, email, team, function] = who;
            let nothing = String::new;
            let none = [nothing(), nothing(), nothing(), nothing(), nothing(), nothing(), nothing()];
            let [a, b, c, d, e, f, g] = none;
            rows.push([name, email, team, function, a, b, c, d, e, f, g]);
        }
    }
    csv_file(&rows, "team.csv")
}

fn page(
    reader: &Reader,
    me: &Me,
    team: TeamView,
    asked: Asked,
    judged: Option<HashMap<String, Option<String>>>,
) -> Result<Response, Failure> {
    let on_the_way = ways(&team);
    let TeamView { people, awards, under_way, managers, stands, of, next: more } = team;
    let mut held: HashMap<String, Vec<TeamAward>> = HashMap::new();
    for shown in &awards {
        let fault = judged.as_ref().and_then(|judged| judged.get(&shown.award.id).cloned());
        let next = next(shown, &stands, &on_the_way);
        held.entry(shown.person.id.clone()).or_default().push(award(shown, (reader.now, next), fault));
    }
    let mut ways: HashMap<String, Vec<UnderWay>> = HashMap::new();
    for enrolled in &under_way {
        ways.entry(enrolled.enrolment.person_id.clone()).or_default().push(way(enrolled));
    }
    let people = people.into_iter().map(|person| TeamPerson {
        held: held.remove(&person.id).unwrap_or_default(),
        under_way: ways.remove(&person.id).unwrap_or_default(),
        reports_to: person.manager_id.filter(|id| *id != me.member.id).and_then(|id| managers.get(&id).cloned()),
        name: person.name,
        function: person.function,
        team: person.team,
    });
    let page = TeamPage {
        site: reader.site.clone(),
        people: people.collect(),
        checked: judged.is_some(),
        of,
        verify_url: address("/team/verify", asked.after.as_deref()),
        next_url: more.map(|next| address("/team", Some(&next))),
    };
    reader.page(&page, false)
}

fn address(path: &str, after: Option<&str>) -> String {
    let Some(after) = after else { return path.to_owned() };
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("after", after).finish();
    format!("{path}?{query}")
}

fn award(shown: &ShownAward, (now, next): (Timestamp, Option<Next>), judged: Option<Option<String>>) -> TeamAward {
    TeamAward { title: show::title(shown), url: badge_url(shown), standing: show::standing(shown, now), next, judged }
}

/// Who is on the way to which level.
fn ways(team: &TeamView) -> HashSet<(String, String)> {
    let way = |one: &Enrolled| (one.enrolment.person_id.clone(), one.enrolment.level_id.clone());
    team.under_way.iter().map(way).collect()
}

/// What comes next of what ends.
fn next(shown: &ShownAward, stands: &HashMap<String, Stand>, ways: &HashSet<(String, String)>) -> Option<Next> {
    let award = &shown.award;
    let under_way = ways.contains(&(award.person_id.clone(), award.level_id.clone()));
    Some(Next { stand: *stands.get(&award.id)?, ends: award.valid_until?, under_way })
}

/// None where its holder shows it to nobody.
fn badge_url(shown: &ShownAward) -> Option<String> {
    (shown.award.visibility != Visibility::Private).then(|| format!("/badges/{}", shown.award.id))
}

fn way(enrolled: &Enrolled) -> UnderWay {
    let (program, level) = (&enrolled.program, &enrolled.content.name);
    let title = if level.contains(program.as_str()) { level.clone() } else { format!("{program}: {level}") };
    UnderWay { title, since: enrolled.enrolment.enrolled_at, mentor: enrolled.mentor.clone() }
}
