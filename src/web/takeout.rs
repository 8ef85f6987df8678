//! Everything about one person as one ZIP, made while it is taken: no more than one piece of it is ever in memory. Also for the command line.
//!
//! `README.txt` says what is what; `data/` has a file a table, `badges/` each badge in every form, `backpack/` those from elsewhere, `evidence/`
//! their files, and `career.json` the badges that stand as one signed document (a ClrCredential).

use super::{
    Web,
    badges::certificate_facts,
    caching,
    certificate::certificate_pdf,
    error::Failure,
    session::Sent,
    sign_in::Nothing,
    streamed::{self, BrokenOff},
    text::Text,
    view::Site,
};
use crate::{
    actions::{
        ActionError, issuer,
        takeout::{self, Begun},
    },
    credential::bake,
    outside::streamed::{StreamedArchive, plain_name},
    store::{
        award_jwts, backpack, certificate_looks, endorsements,
        events::{self, Wanted},
        evidence, images,
        shown::ShownAward,
        takeout::{HELD, Held, files, rows},
    },
};
use axum::{
    body::Bytes,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::{collections::VecDeque, sync::Arc};

/// Events that are read together.
const PAGE: u32 = 500;
const README: &str = "\
Everything that this service holds on you.

data/       what stands in its tables, one file each (JSON); times are in UTC
data/events.jsonl   what was done by you and to what is yours, newest first; other people stand in it by number only
badges/     each badge as signed JSON, as JWT, as picture with the badge in it, and as a certificate
backpack/   your badges from elsewhere, byte for byte as they came
evidence/   the files that you handed in
career.json the badges that stand at the moment as one signed document (1EdTech CLR 2.0), for whoever is to check them all at once

What others wrote about other people, or for themselves, is theirs and not in here.
";

/// `POST /me/everything`.
pub async fn everything(State(web): State<Arc<Web>>, Sent { me, .. }: Sent<Nothing>) -> Result<Response, Failure> {
    let begun = takeout::begin(&web.app, &me.actor()).await?;
    let mut taking = Taking::new(web.clone(), begun).await?;
    let (sender, response) = streamed::zip("everything.zip");
    tokio::spawn(async move {
        while let Some(piece) = taking.next().await.transpose() {
            let piece = piece.map_err(|why| {
                tracing::error!("a person's own data could not be written out: {why}");
                BrokenOff
            });
            let last = piece.is_err();
            // Whoever has gone needs no more.
            if sender.send(piece).await.is_err() || last {
                return;
            }
        }
    });
    Ok(response)
}

/// `POST /me/career`: the badges that stand as one signed document.
pub async fn career(State(web): State<Arc<Web>>, Sent { me, .. }: Sent<Nothing>) -> Result<Response, Failure> {
    let record = takeout::clr(&web.app, &me.actor()).await?;
    let mut response = record.into_response();
    caching::set(&mut response, header::CONTENT_TYPE, "application/vc");
    caching::set(&mut response, header::CONTENT_DISPOSITION, "attachment; filename=\"career.json\"");
    Ok(response)
}

/// An archive that is being written.
pub struct Taking {
    web: Arc<Web>,
    site: Site,
    begun: Begun,
    rest: VecDeque<Piece>,
    /// None once it has ended.
    archive: Option<StreamedArchive>,
}

enum Piece {
    Readme,
    Career,
    Table(&'static Held),
    /// The place of a badge in the list.
    Badge(usize, Form),
    File {
        id: String,
        name: String,
        size: i64,
    },
    Part(String),
    /// A badge from elsewhere, by its id and the name of its file.
    Kept(String, String),
    /// From just before this number on.
    Events(Option<i64>),
}

#[derive(Clone, Copy)]
enum Form {
    Json,
    Jwt,
    Endorsements,
    Png,
    Svg,
    Pdf,
}

impl Taking {
    pub async fn new(web: Arc<Web>, begun: Begun) -> Result<Self, ActionError> {
        let mut conn = web.app.db.read().await?;
        let issuer = issuer(&mut conn).await?;
        let mut rest = VecDeque::from([Piece::Readme, Piece::Career]);
        rest.extend(HELD.iter().map(Piece::Table));
        rest.push_back(Piece::Events(None));
        for at in 0..begun.badges.len() {
            let forms = [Form::Json, Form::Jwt, Form::Endorsements, Form::Png, Form::Svg, Form::Pdf];
            rest.extend(forms.map(|form| Piece::Badge(at, form)));
        }
        let kept = backpack::file_names(&mut conn, &begun.person.id).await?;
        rest.extend(kept.into_iter().map(|(id, name)| Piece::Kept(id, name)));
        let files = files(&mut conn, &begun.person.id).await?;
        rest.extend(files.into_iter().map(|(id, name, size)| Piece::File { id, name, size }));
        let site = Site {
            text: Text::of(web.app.config.language),
            organisation: issuer.name.clone(),
            base_url: web.app.config.base_url.clone(),
            path: "/me".into(),
            now: web.app.clock.now(),
            zone: issuer.zone(),
            demo: web.app.config.demo,
            copied: false,
            signed_in: None,
            csrf: String::new(),
        };
        drop(conn);
        Ok(Taking { web, site, begun, rest, archive: Some(StreamedArchive::new()) })
    }

    /// The next bytes of the archive; none after its end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, ActionError> {
        loop {
            let Some(piece) = self.rest.pop_front() else {
                let Some(archive) = self.archive.take() else { return Ok(None) };
                return Ok(Some(archive.finish().map_err(ActionError::internal)?.into()));
            };
            self.write(piece).await?;
            let written = self.archive.as_ref().map(StreamedArchive::take).unwrap_or_default();
            if !written.is_empty() {
                return Ok(Some(written.into()));
            }
        }
    }

    async fn write(&mut self, piece: Piece) -> Result<(), ActionError> {
        match piece {
            Piece::Readme => self.member("README.txt", README.as_bytes()),
            Piece::Career => match self.begun.clr.take() {
                Some(record) => self.member("career.json", record.as_bytes()),
                None => Ok(()),
            },
            Piece::Table(held) => {
                let told = rows(&mut self.web.app.db.read().await?, held, &self.begun.person.id).await?;
                self.json(&format!("data/{}.json", held.name), &Value::Array(told))
            }
            Piece::Events(before) => self.events(before).await,
            Piece::Badge(at, form) => match self.begun.badges.get(at).cloned() {
                Some(badge) => self.badge(badge, form).await,
                None => Ok(()),
            },
            Piece::File { id, name, size } => {
                let parts = evidence::parts(&mut self.web.app.db.read().await?, &id).await?;
                parts.into_iter().rev().for_each(|part| self.rest.push_front(Piece::Part(part.object)));
                let size = u64::try_from(size).unwrap_or(0);
                self.begin(&format!("evidence/{id}/{}", plain_name(&name)), size)
            }
            Piece::Kept(id, name) => {
                let person = &self.begun.person.id;
                let kept = backpack::file(&mut self.web.app.db.read().await?, person, &id).await?;
                // It may have been removed since.
                let Some(bytes) = kept else { return Ok(()) };
                self.member(&format!("backpack/{id}/{}", plain_name(&name)), &bytes)
            }
            Piece::Part(object) => {
                let bytes = self.web.app.depot.get(&object).await?;
                self.bytes(&bytes)
            }
        }
    }

    /// The record of one person may be long, so it is read in pages into one member.
    async fn events(&mut self, before: Option<i64>) -> Result<(), ActionError> {
        let wanted = Wanted { person: Some(self.begun.person.id.clone()), ..Wanted::default() };
        let page = events::newest(&mut self.web.app.db.read().await?, &wanted, before, PAGE).await?;
        if before.is_none() {
            self.begin("data/events.jsonl", 0)?;
        }
        for event in &page {
            let told = json!({"number": event.seq, "at": event.at.to_string(), "by": event.actor, "what": event.verb,
                "to": event.subject, "detail": event.detail});
            self.bytes(format!("{told}\n").as_bytes())?;
        }
        if let Some(last) = page.last().filter(|_| page.len() == PAGE as usize) {
            self.rest.push_front(Piece::Events(Some(last.seq)));
        }
        Ok(())
    }

    async fn badge(&mut self, badge: ShownAward, form: Form) -> Result<(), ActionError> {
        let folder = format!("badges/{}-{}", badge.award.level_id, badge.award.id);
        let mut conn = self.web.app.db.read().await?;
        let (credential, image) = (badge.award.credential.clone(), &badge.level.content.image);
        match form {
            Form::Json => self.member(&format!("{folder}/badge.json"), credential.as_bytes()),
            Form::Jwt => match award_jwts::get(&mut conn, &badge.award.id).await? {
                Some(jwt) => self.member(&format!("{folder}/badge.jwt"), jwt.as_bytes()),
                None => Ok(()),
            },
            Form::Endorsements => {
                let said = endorsements::of_subject(&mut conn, &self.web.app.urls().badge(&badge.award.id)).await?;
                for one in said {
                    self.member(&format!("{folder}/endorsement-{}.json", one.id), one.credential.as_bytes())?;
                }
                Ok(())
            }
            Form::Png => {
                let Some(picture) = images::png(&mut conn, image).await? else { return Ok(()) };
                drop(conn);
                let baked = self.web.pictures.once(move || bake::bake_png(&picture, &credential)).await?;
                self.member(&format!("{folder}/badge.png"), &baked)
            }
            Form::Svg => {
                let Some(picture) = images::svg(&mut conn, image).await? else { return Ok(()) };
                drop(conn);
                let baked = self
                    .web
                    .pictures
                    .once(move || bake::bake_svg(&picture, &credential).map(String::into_bytes))
                    .await?;
                self.member(&format!("{folder}/badge.svg"), &baked)
            }
            // There is no certificate of a badge that was taken back.
            Form::Pdf if badge.award.is_taken_back() => Ok(()),
            Form::Pdf => {
                let svg = images::svg(&mut conn, image).await?.unwrap_or_default();
                let url = self.web.app.urls().certification(&badge.award.lineage_id);
                let look = certificate_looks::get(&mut conn, &badge.program.id).await?.unwrap_or_default();
                let facts = certificate_facts(&self.site, &badge, badge.person.shown_name(), svg, url, &look);
                drop(conn);
                let faces = self.web.faces.clone();
                let file = self.web.pictures.once(move || certificate_pdf(&facts, &faces)).await?;
                self.member(&format!("{folder}/certificate.pdf"), &file)
            }
        }
    }

    fn json(&mut self, name: &str, told: &Value) -> Result<(), ActionError> {
        self.member(name, &serde_json::to_vec_pretty(told).map_err(ActionError::internal)?)
    }

    fn member(&mut self, name: &str, bytes: &[u8]) -> Result<(), ActionError> {
        self.begin(name, bytes.len() as u64)?;
        self.bytes(bytes)
    }

    fn begin(&mut self, name: &str, size: u64) -> Result<(), ActionError> {
        let Some(archive) = &mut self.archive else { return Ok(()) };
        archive.begin(name, size).map_err(ActionError::internal)
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), ActionError> {
        let Some(archive) = &mut self.archive else { return Ok(()) };
        archive.write(bytes).map_err(ActionError::internal)
    }
}
