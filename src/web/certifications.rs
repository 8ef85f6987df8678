//! A certification over its renewals: the page that people share always shows how it stands today.
//!
//! The newest award decides who may see it; earlier private ones are left out for whoever may not see them. A program
//! gets the signed credential of the newest.

use super::{
    badges,
    caching::{self, Keep},
    error::Failure,
    format,
    frame::{Form, Reader},
    show,
    view::{CertificationPage, EarlierCredential},
};
use crate::{
    domain::{actor::Actor, award::Visibility, level::LevelContent, renewal::stand},
    store::{
        appeals, levels,
        shown::{self, ShownAward},
    },
};
use axum::{Extension, extract::Path, http::header, response::Response};
use jiff::Timestamp;

pub async fn show(
    Extension(actor): Extension<Actor>,
    mut reader: Reader,
    Path(part): Path<String>,
) -> Result<Response, Failure> {
    let (lineage, suffix) = format::suffix(&part, &["json"]);
    let mut awards = shown::shown_lineage(&mut reader.conn, lineage).await?.into_iter();
    let newest = show::visible(awards.next(), &actor)?;
    match reader.form(suffix, &format::CREDENTIAL)? {
        Form::Document(media_type) => {
            let mut response = badges::document(&reader, media_type, &newest);
            caching::set(&mut response, header::CONTENT_LOCATION, &format!("/badges/{}", newest.award.id));
            Ok(response)
        }
        Form::Page => {
            let appealed = appeals::open_of_award(&mut reader.conn, &newest.award.id).await?;
            // A renewal goes by the level as it is now.
            let level = levels::get(&mut reader.conn, &newest.award.level_id).await?;
            page(
                &reader,
                newest,
                appealed,
                awards.filter_map(|award| show::visible(Some(award), &actor).ok()).collect(),
                level.map(|level| level.content),
            )
        }
    }
}

fn page(
    reader: &Reader,
    newest: ShownAward,
    appealed: Option<Timestamp>,
    earlier: Vec<ShownAward>,
    rules: Option<LevelContent>,
) -> Result<Response, Failure> {
    let visibility = newest.award.visibility;
    let private = earlier.iter().chain([&newest]).any(|shown| shown.award.visibility == Visibility::Private);
    let line = |shown: &ShownAward| EarlierCredential {
        id: shown.award.id.clone(),
        awarded: shown.award.valid_from,
        valid_until: shown.award.valid_until,
        standing: show::standing(shown, reader.now),
    };
    let counts = !newest.award.is_taken_back() && newest.award.superseded_by.is_none();
    let end = newest.award.valid_until;
    let stands = |rules: LevelContent| stand(&rules, end, reader.now, &newest.issuer.zone());
    let page = CertificationPage {
        renewal: rules.filter(|_| counts).map(stands),
        appealed,
        site: reader.site.clone(),
        lineage: newest.award.lineage_id.clone(),
        title: show::title(&newest),
        image_url: show::image_url(&newest.level.content.image),
        level: show::level_link(&newest.level),
        program: show::program_link(&newest.program),
        issuer: show::issuer_link(&newest.issuer),
        person: newest.person.shown_name().map(str::to_owned),
        current: line(&newest),
        held_since: earlier.iter().map(|shown| shown.award.valid_from).fold(newest.award.valid_from, Ord::min),
        earlier: earlier.iter().map(line).collect(),
        public: visibility == Visibility::Public,
        card_url: show::card_url(&newest, &reader.site),
    };
    let mut response = reader.page(&page, visibility == Visibility::Public)?;
    // With a private one on it, it is for this reader only.
    if private {
        caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    }
    Ok(response)
}
