//! Many badges as one ZIP, each with its certificate and its picture: one's own, or what a program gave.
//!
//! It is sent as it is made, one badge after the other, so however many there are, a few are in memory. When one can't be made the answer
//! breaks off: half an archive must not look like a whole one.

use super::{
    Web,
    api::query::Query,
    badges::{self, To},
    certificate::certificate_pdf,
    error::Failure,
    frame::Reader,
    session::Me,
    streamed::{self, BrokenOff, Sender},
    view::Site,
};
use crate::{
    actions::{
        certificate_look::Chosen,
        given_badges::{self, Giving, Wanted},
        own_badges,
    },
    credential::bake,
    outside::streamed::StreamedArchive,
    store::{certificate_looks, images, shown::ShownAward},
};
use axum::{
    extract::{Path, State},
    http::Uri,
    response::Response,
};
use jiff::{Timestamp, ToSpan, civil::Date};
use std::{collections::HashMap, sync::Arc};

const LONGEST_NAME: usize = 60;

/// All that the reader holds. The name is on them: whoever takes them along is whom they name.
pub async fn own(State(web): State<Arc<Web>>, me: Me, reader: Reader) -> Result<Response, Failure> {
    let (_, mut badges) = own_badges::list(&web.app, &me.actor()).await?;
    badges.retain(|shown| !shown.award.is_taken_back());
    let site = reader.site.clone();
    drop(reader);
    Ok(sent(web, site, Source { waiting: badges, giving: None, to: To::Holder }, "badges.zip"))
}

/// What a program gave: all of it, or one level, or some days.
pub async fn of_program(
    State(web): State<Arc<Web>>,
    me: Me,
    uri: Uri,
    Path(program): Path<String>,
    reader: Reader,
) -> Result<Response, Failure> {
    let query = Query::read(&uri, &["level", "from", "until"])?;
    let asked = |name: &str| query.get(name).map(str::trim).filter(|text| !text.is_empty());
    let day = |name: &'static str| asked(name).map(|text| text.parse().map_err(|_| no_day(name))).transpose();
    let begins = |day: Date| day.to_zoned_datetime(reader.site.zone.clone()).map(|moment| moment.timestamp()).ok();
    let from = day("from")?.and_then(begins).unwrap_or(Timestamp::UNIX_EPOCH);
    // The last day is one of them.
    let before =
        day("until")?.and_then(|day: Date| day.checked_add(1.day()).ok()).and_then(begins).unwrap_or(Timestamp::MAX);
    let wanted = Wanted { level: asked("level"), from, before };
    let giving = given_badges::begin(&web.app, &me.actor(), &program, wanted).await?;
    let site = reader.site.clone();
    drop(reader);
    Ok(sent(web, site, Source { waiting: Vec::new(), giving: Some(giving), to: To::Anyone }, &format!("{program}.zip")))
}

fn no_day(field: &'static str) -> Failure {
    Failure::field(field, "is not a day such as 2026-11-24")
}

/// Where the badges come from.
struct Source {
    waiting: Vec<ShownAward>,
    giving: Option<Giving>,
    to: To,
}

impl Source {
    async fn next(&mut self, web: &Web) -> Result<Vec<ShownAward>, Failure> {
        match &mut self.giving {
            None => Ok(std::mem::take(&mut self.waiting)),
            Some(giving) => Ok(giving.next(&web.app).await?),
        }
    }
}

fn sent(web: Arc<Web>, site: Site, source: Source, name: &str) -> Response {
    let (pieces, response) = streamed::zip(name);
    tokio::spawn(async move {
        if let Err(why) = pack(&web, &site, source, &pieces).await {
            tracing::warn!("an archive of badges broke off: {why:?}");
            let _gone = pieces.send(Err(BrokenOff)).await;
        }
    });
    response
}

/// Ends early where nobody reads on.
async fn pack(web: &Web, site: &Site, mut source: Source, pieces: &Sender) -> Result<(), Failure> {
    let mut archive = StreamedArchive::new();
    // There are as many as versions of levels.
    let mut pictures: HashMap<String, (String, Vec<u8>)> = HashMap::new();
    let mut looks: HashMap<String, Chosen> = HashMap::new();
    loop {
        let page = source.next(web).await?;
        if page.is_empty() {
            break;
        }
        for badge in page {
            let image = &badge.level.content.image;
            if !pictures.contains_key(image) {
                let mut conn = web.app.db.read().await?;
                let svg = images::svg(&mut conn, image).await?.unwrap_or_default();
                let png = images::png(&mut conn, image).await?.unwrap_or_default();
                pictures.insert(image.clone(), (svg, png));
            }
            let program = &badge.program.id;
            if !looks.contains_key(program) {
                let mut conn = web.app.db.read().await?;
                let look = certificate_looks::get(&mut conn, program).await?.unwrap_or_default();
                looks.insert(program.clone(), look);
            }
            let look = looks.get(program).cloned().unwrap_or_default();
            let (svg, png) = pictures.get(image).cloned().unwrap_or_default();
            let shown = source.to.name(&badge);
            let name = file_name(&badge, shown);
            let url = web.app.urls().certification(&badge.award.lineage_id);
            let facts = badges::certificate_facts(site, &badge, shown, svg, url, &look);
            let faces = web.faces.clone();
            let certificate = web.pictures.once(move || certificate_pdf(&facts, &faces)).await?;
            let credential = badge.award.credential;
            let picture = web.pictures.once(move || bake::bake_png(&png, &credential)).await?;
            for (ending, bytes) in [("pdf", certificate), ("png", picture)] {
                let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                archive.begin(&format!("{name}.{ending}"), size).map_err(|why| Failure::internal(&why))?;
                archive.write(&bytes).map_err(|why| Failure::internal(&why))?;
                if pieces.send(Ok(archive.take().into())).await.is_err() {
                    return Ok(());
                }
            }
        }
    }
    let end = archive.finish().map_err(|why| Failure::internal(&why))?;
    let _gone = pieces.send(Ok(end.into())).await;
    Ok(())
}

/// Whose it is first, so that a folder of them is in order; the id makes it the only one of its name.
fn file_name(badge: &ShownAward, person: Option<&str>) -> String {
    let plain = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '\'');
    let person: String = person.unwrap_or_default().chars().filter(plain).take(LONGEST_NAME).collect();
    let own = format!("{}-{}", badge.award.level_id, badge.award.id);
    format!("{} {own}", person.trim()).trim_start().to_owned()
}
