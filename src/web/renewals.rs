//! `/run/{program}/renewals`: what is to be renewed, what ends later and what lapsed, for whoever runs the program; as a page and as a table.

use super::{
    Web,
    api::query::Query,
    error::Failure,
    frame::Reader,
    session::Me,
    table::csv_file,
    view::{Link, Next, RenewalRow, RenewalsPage},
};
use crate::{
    actions::{
        program_renewals::{self, Found, Wanted},
        renewals::Listed,
    },
    domain::renewal::Turn,
    store::renewals::Ending,
};
use axum::{
    extract::{Path, State},
    http::Uri,
    response::Response,
};
use std::sync::Arc;

/// Certifications of a page.
const PAGE: usize = 50;
/// Certifications of a file.
const FILE: usize = 2_000;
const PARAMETERS: [&str; 3] = ["show", "level", "after"];

pub async fn show(
    State(web): State<Arc<Web>>,
    me: Me,
    uri: Uri,
    Path(program): Path<String>,
    reader: Reader,
) -> Result<Response, Failure> {
    let asked = Asked::read(&uri)?;
    let found = program_renewals::find(&web.app, &me.actor(), &program, asked.wanted(PAGE)).await?;
    let path = format!("/run/{program}/renewals");
    let page = RenewalsPage {
        site: reader.site.clone(),
        program: Link::new(&found.program.name, format!("/run/{program}")),
        turn: asked.turn,
        level: asked.level.clone(),
        levels: found.levels.iter().map(|level| (level.id.clone(), level.content.name.clone())).collect(),
        rows: found.listed.into_iter().map(|one| row(one, &me.member.id)).collect(),
        next_url: found.next.map(|next| asked.link(&path, Some(&next))),
        csv_url: asked.link(&format!("{path}/csv"), None),
        path,
    };
    reader.page(&page, false)
}

/// One line for each, from the first to end on.
pub async fn table(
    State(web): State<Arc<Web>>,
    me: Me,
    uri: Uri,
    Path(program): Path<String>,
    reader: Reader,
) -> Result<Response, Failure> {
    let asked = Asked::read(&uri)?;
    let Found { listed, .. } = program_renewals::find(&web.app, &me.actor(), &program, asked.wanted(FILE)).await?;
    let site = &reader.site;
    let mut rows = vec![["name", "email", "level", "valid_until", "renewal", "certification"].map(str::to_owned)];
    for Listed { ending, stand } in listed {
        let next = Next { stand, ends: ending.valid_until, under_way: ending.enrolment_id.is_some() };
        let url = certification(&ending).map(|url| site.absolute(&url)).unwrap_or_default();
        let day = ending.valid_until.to_zoned_datetime(site.zone.clone()).date().to_string();
        rows.push([ending.person, ending.email, ending.content.name, day, next.words(site), url]);
    }
    csv_file(&rows, "renewals.csv")
}

/// What the address asks for.
struct Asked {
    turn: Turn,
    /// Empty for all.
    level: String,
    after: Option<String>,
}

impl Asked {
    fn read(uri: &Uri) -> Result<Self, Failure> {
        let query = Query::read(uri, &PARAMETERS)?;
        let turn = match query.get("show").filter(|text| !text.is_empty()) {
            None => Turn::Due,
            Some(text) => Turn::parse(text).map_err(|why| Failure::field("show", why))?,
        };
        let after = query.get("after").filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(Asked { turn, level: query.get("level").unwrap_or_default().to_owned(), after })
    }

    fn wanted(&self, limit: usize) -> Wanted<'_> {
        let level = Some(self.level.as_str()).filter(|level| !level.is_empty());
        Wanted { turn: self.turn, level, after: self.after.as_deref(), limit }
    }

    /// The same question at another address, from a place on where one is named.
    fn link(&self, path: &str, after: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("show", self.turn.as_str());
        for (name, value) in [("level", self.level.as_str()), ("after", after.unwrap_or_default())] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        format!("{path}?{}", query.finish())
    }
}

fn row(Listed { ending, stand }: Listed, reader: &str) -> RenewalRow {
    let own = ending.person_id == reader;
    let way = |id: &String| if own { format!("/me/path/{id}") } else { format!("/me/learners/{id}") };
    RenewalRow {
        way_url: ending.enrolment_id.as_ref().map(way),
        next: Next { stand, ends: ending.valid_until, under_way: ending.enrolment_id.is_some() },
        certification_url: certification(&ending),
        level: ending.content.name,
        person: ending.person,
    }
}

fn certification(ending: &Ending) -> Option<String> {
    (!ending.private).then(|| format!("/certifications/{}", ending.lineage_id))
}
