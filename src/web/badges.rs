//! One award: a page for people, the signed credential for programs in two forms, pictures with either baked in, and the card
//! that is shown where the link is shared.
//!
//! A revoked or expired badge stays up, and says so. A private one is there only for whoever may read the record. Only
//! public ones may be listed by search engines.

use super::{
    Web,
    caching::{self, Keep},
    card::{self, CardFacts, CardPicture},
    certificate::{CertificateFacts, CertificateLook, SignaturePicture, certificate_pdf},
    endorsements,
    error::{Failure, Kind},
    format,
    frame::{Form, Reader, no_index},
    markdown, picture,
    qr::Qr,
    show,
    text::Text,
    view::{BadgePage, Link, PersonalSaid, Reached, Rung, ShownEvidence, Site, Standing},
};
use crate::{
    actions::{
        certificate_look::Chosen,
        verify::verify,
        vouching::{self, Seen},
    },
    credential::{
        bake,
        document::Evidence,
        verify::{Check, CheckName, Outcome, Report},
    },
    domain::{
        actor::Actor,
        award::{Award, AwardState, Visibility},
        level::Level,
        share::{Certification, linkedin_link},
    },
    store::{
        appeals, award_jwts, certificate_looks, images, levels,
        shown::{self, ShownAward},
    },
};
use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::Response,
};
use std::sync::Arc;

/// What an address may end in, beside the page's own.
pub(super) const FORMS: [&str; 7] = ["json", "jwt.png", "jwt.svg", "jwt", "png", "svg", "pdf"];
const PNG: &str = "image/png";
const SVG: &str = "image/svg+xml";
const PDF: &str = "application/pdf";
/// Of a code to print, in pixels.
const CODE_SIDE: u32 = 1024;

pub async fn show(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    mut reader: Reader,
    Path(part): Path<String>,
) -> Result<Response, Failure> {
    let (id, suffix) = format::suffix(&part, &FORMS);
    let badge = show::visible(shown::shown(&mut reader.conn, id).await?, &actor)?;
    answer(&web, reader, badge, suffix, To::Anyone).await
}

/// Whom a badge is shown to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum To {
    Anyone,
    /// Its holder: named on it whether others see the name or not. They have a page of their own only of what nobody else sees.
    Holder,
}

impl To {
    /// The name that stands on it.
    pub(super) fn name(self, badge: &ShownAward) -> Option<&str> {
        if self == To::Holder { Some(&badge.person.name) } else { badge.person.shown_name() }
    }
}

/// A badge in the form that was asked for.
pub(super) async fn answer(
    web: &Web,
    mut reader: Reader,
    badge: ShownAward,
    suffix: Option<&str>,
    to: To,
) -> Result<Response, Failure> {
    match suffix {
        Some(kind @ ("png" | "svg")) => {
            let credential = badge.award.credential.clone();
            baked(web, reader, badge, kind, credential).await
        }
        Some(kind @ ("jwt.png" | "jwt.svg")) => {
            let jwt = jwt(&mut reader, &badge).await?;
            baked(web, reader, badge, kind, jwt).await
        }
        Some("pdf") => certificate(web, reader, badge, to).await,
        Some("jwt") => {
            let jwt = jwt(&mut reader, &badge).await?;
            let accept = reader.header(header::ACCEPT);
            let media_type = format::choose(accept, &format::CREDENTIAL_JWT).unwrap_or("application/vc+jwt");
            Ok(signed(&reader, media_type, &badge, jwt))
        }
        _ => match reader.form(suffix, &format::BADGE)? {
            Form::Page => page(web, reader, badge, to).await,
            Form::Document(media_type) if format::CREDENTIAL_JWT.contains(&media_type) => {
                let jwt = jwt(&mut reader, &badge).await?;
                Ok(signed(&reader, media_type, &badge, jwt))
            }
            Form::Document(media_type) => Ok(document(&reader, media_type, &badge)),
        },
    }
}

/// The 1200 × 630 picture of a shared link.
pub async fn card(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    mut reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let badge = show::visible(shown::shown(&mut reader.conn, &id).await?, &actor)?;
    let svg = images::svg(&mut reader.conn, &badge.level.content.image).await?.unwrap_or_default();
    let facts = CardFacts { picture: CardPicture::Svg(svg), ..show::card(&badge, &reader.site) };
    // Everything that the card says, so that a kept one is never out of date.
    let key = format!("card\n{}", show::card_digest(&badge, &facts));
    let headers = reader.end();
    let faces = web.faces.clone();
    let picture = web.pictures.get(key, move || card::card_png(&facts, &faces)).await?;
    Ok(picture_answer(&headers, &badge, PNG, picture))
}

/// The code that leads to the certification, to be printed where people look.
pub async fn code(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    mut reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let badge = show::visible(shown::shown(&mut reader.conn, &id).await?, &actor)?;
    let url = web.app.urls().certification(&badge.award.lineage_id);
    let headers = reader.end();
    let code = Qr::of(&url).ok_or_else(|| Failure::not_found("No code of so long an address"))?;
    let picture = web.pictures.get(format!("code\n{url}"), move || picture::square_png(&code.svg(), CODE_SIDE)).await?;
    Ok(picture_answer(&headers, &badge, PNG, picture))
}

/// A certificate to print, of today; none of a badge that was taken back.
async fn certificate(web: &Web, mut reader: Reader, badge: ShownAward, to: To) -> Result<Response, Failure> {
    if badge.award.is_taken_back() {
        return Err(Failure::not_found("No certificate of a badge that was revoked or is suspended"));
    }
    let svg = images::svg(&mut reader.conn, &badge.level.content.image).await?.unwrap_or_default();
    let look = certificate_looks::get(&mut reader.conn, &badge.program.id).await?.unwrap_or_default();
    let url = web.app.urls().certification(&badge.award.lineage_id);
    let facts = certificate_facts(&reader.site, &badge, to.name(&badge), svg, url, &look);
    let key = format!("pdf\n{}", caching::digest(format!("{facts:?}").as_bytes(), PDF));
    let headers = reader.end();
    let faces = web.faces.clone();
    let file = web.pictures.get(key, move || certificate_pdf(&facts, &faces)).await?;
    let mut response = picture_answer(&headers, &badge, PDF, file);
    caching::set(&mut response, header::VARY, "Accept-Language");
    let name = format!("inline; filename=\"{}-{}.pdf\"", badge.award.level_id, badge.award.id);
    caching::set(&mut response, header::CONTENT_DISPOSITION, &name);
    Ok(response)
}

/// What the certificate of a badge says on the day of `site`, with this name on it; `svg` is the badge's picture, `url` the page that it
/// leads to.
pub(super) fn certificate_facts(
    site: &Site,
    badge: &ShownAward,
    person: Option<&str>,
    svg: String,
    url: String,
    look: &Chosen,
) -> CertificateFacts {
    let (t, award) = (site.text, &badge.award);
    let standing = show::standing(badge, site.now);
    let mut labelled = vec![
        (t.get("label-issuer").into_owned(), badge.issuer.name.clone()),
        (t.get("label-awarded").into_owned(), site.date(&award.valid_from)),
    ];
    labelled.extend(award.valid_until.map(|until| (t.get("label-valid-until").into_owned(), site.date(&until))));
    CertificateFacts {
        language: t.tag(),
        look: chosen(look),
        heading: t.get("certificate-heading").into_owned(),
        title: show::title(badge),
        description: badge.level.content.description.clone(),
        awarded_to: words_above(look, t),
        person: person.map(str::to_owned),
        facts: labelled,
        standing: t
            .with2("certificate-on", "date", site.date(&site.now), "standing", standing.headline(site))
            .into_owned(),
        tone: standing.tone(),
        today: t.get("certificate-today").into_owned(),
        url,
        attached: t.get("certificate-attached").into_owned(),
        picture: svg,
        credential: award.credential.clone(),
        issued_at: award.issued_at,
        on: site.now.to_zoned_datetime(site.zone.clone()).date(),
        id: award.id.clone(),
    }
}

pub(super) fn chosen((look, signature): &Chosen) -> CertificateLook {
    CertificateLook {
        accent: look.accent(),
        paper: look.paper,
        signatory: look.signatory.clone(),
        signatory_title: look.signatory_title.clone(),
        signature: signature.clone().map(SignaturePicture),
    }
}

/// What stands above the name.
pub(super) fn words_above((look, _): &Chosen, t: Text) -> String {
    look.words(t.tag()).map_or_else(|| t.get("certificate-to").into_owned(), str::to_owned)
}

/// The signed credential of an award, byte for byte as it was given out.
pub fn document(reader: &Reader, media_type: &str, badge: &ShownAward) -> Response {
    signed(reader, media_type, badge, badge.award.credential.clone())
}

/// The award as a VC-JWT. There is none while the issuer has no key for it; nothing is signed by reading.
async fn jwt(reader: &mut Reader, badge: &ShownAward) -> Result<String, Failure> {
    let none = || {
        let detail = "This badge is not to be had as a JWT yet: its issuer has made no key for JWT. Its page has it in other forms.";
        Failure { code: Some("no_jwt"), ..Failure::new(Kind::NotFound, detail) }
    };
    award_jwts::get(&mut reader.conn, &badge.award.id).await?.ok_or_else(none)
}

fn signed(reader: &Reader, media_type: &str, badge: &ShownAward, bytes: String) -> Response {
    let mut response = caching::text(&reader.headers, media_type, media_type, keep(badge), bytes.into_bytes());
    caching::set(&mut response, header::VARY, "Accept, Accept-Encoding");
    unlisted(&mut response, badge);
    response
}

async fn page(web: &Web, reader: Reader, badge: ShownAward, to: To) -> Result<Response, Failure> {
    let Reader { conn, site, issuer, now, headers } = reader;
    // Whoever has a judge called holds no connection meanwhile.
    drop(conn);
    let report = verify(&web.app, badge.award.credential.as_bytes(), None).await?.report;
    let people = said_by_people(&badge, vouching::seen(&web.app, &badge.award.id).await?);
    let mut reader = Reader { conn: web.app.db.read().await?, site, issuer, now, headers };
    // Whoever is not named on it is endorsed by those alone whom they ask.
    let stands = matches!(show::state(&badge, now), AwardState::Current | AwardState::Expiring);
    let can_be_endorsed = stands && badge.person.name_public && badge.award.visibility != Visibility::Private;
    let subject = web.app.urls().badge(&badge.award.id);
    let said = endorsements::said_for(&mut reader.conn, &subject, reader.now).await?;
    let appealed = appeals::open_of_award(&mut reader.conn, &badge.award.id).await?;
    let has_jwt = award_jwts::get(&mut reader.conn, &badge.award.id).await?.is_some();
    let ladder = ladder(&levels::of_program(&mut reader.conn, &badge.program.id).await?, &badge.level.id);
    let public = badge.award.visibility == Visibility::Public;
    let title = show::title(&badge);
    let linkedin_url = linkedin_link(
        &Certification {
            name: &title,
            valid_from: badge.award.valid_from,
            valid_until: badge.award.valid_until,
            url: &web.app.urls().certification(&badge.award.lineage_id),
            id: &badge.award.id,
        },
        &badge.issuer,
    );
    let person = to.name(&badge).map(str::to_owned);
    let panel = panel_words(&badge.award);
    let (evidence, evidence_kept) = told_evidence(&badge.award);
    let private = badge.award.visibility == Visibility::Private;
    let card_url = show::card_url(&badge, &reader.site);
    let page = BadgePage {
        site: reader.site.clone(),
        standing: if is_broken(&report) { Standing::Broken } else { show::standing(&badge, reader.now) },
        checks: report.checks,
        title,
        description: badge.level.content.description.clone(),
        image_url: show::image_url(&badge.level.content.image),
        level: show::level_link(&badge.level),
        program: show::program_link(&badge.program),
        issuer: show::issuer_link(&badge.issuer),
        team: badge.person.team.filter(|_| person.is_some()),
        person,
        awarded: badge.award.valid_from,
        resumed: badge.award.begun_anew(),
        valid_until: badge.award.valid_until,
        version: Link::new(
            badge.level.version.to_string(),
            format!("/achievements/{}/versions/{}", badge.level.id, badge.level.version),
        ),
        ladder,
        criteria_html: markdown::to_html(&badge.level.content.criteria),
        results: Reached::all(&badge.level.content, badge.award.results.as_ref()),
        skills: badge.level.content.alignments,
        narrative: badge.award.narrative,
        evidence,
        evidence_kept,
        evidence_url: badge.award.evidence_url,
        panel,
        appealed,
        said,
        people,
        can_be_endorsed,
        linkedin_url,
        card_url,
        public,
        own: to == To::Holder,
        has_jwt,
        id: badge.award.id,
        lineage: badge.award.lineage_id,
    };
    let mut response = reader.page(&page, public)?;
    if private {
        caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    }
    Ok(response)
}

fn ladder(levels: &[Level], own: &str) -> Vec<Rung> {
    let here = levels.iter().position(|level| level.id == own);
    let rung = |(at, level): (usize, &Level)| Rung {
        level: show::level_link(level),
        here: here == Some(at),
        next: here.is_some_and(|here| here + 1 == at),
    };
    levels.iter().enumerate().map(rung).collect()
}

/// Whether what we keep is not what was signed: then nothing else about it matters.
fn is_broken(report: &Report) -> bool {
    let fails =
        |check: &Check| matches!(check.check, CheckName::Format | CheckName::Proof) && check.outcome == Outcome::Failed;
    report.checks.iter().any(fails)
}

/// What people say for it that its holder shows.
fn said_by_people(badge: &ShownAward, seen: Vec<Seen>) -> Vec<PersonalSaid> {
    let skills = &badge.level.content.alignments;
    let shown = |Seen { said, fault }: Seen| {
        let skill = said.skill.and_then(|skill| skills.get((skill as usize).checked_sub(1)?));
        PersonalSaid { skill: skill.map(|skill| skill.name.clone()), said, fault }
    };
    seen.into_iter().map(shown).collect()
}

/// What was handed in, where its holder lets it be told of, and how much more there is. A linked work stands before it in the badge.
fn told_evidence(award: &Award) -> (Vec<ShownEvidence>, u64) {
    let first = usize::from(award.evidence_url.is_some());
    let told = |(at, evidence): (usize, &Evidence)| {
        Some(ShownEvidence {
            pointer: format!("/evidence/{}", first + at),
            name: evidence.name.clone()?,
            genre: evidence.genre.clone(),
            url: evidence.id.clone(),
            description: evidence.description.clone(),
            html: evidence.narrative.as_deref().map(markdown::to_html),
        })
    };
    let shown: Vec<ShownEvidence> = award.evidence.iter().enumerate().filter_map(told).collect();
    let kept = award.evidence.len() - shown.len();
    (shown, kept as u64)
}

/// What the panel says for it, as it stands in the badge.
fn panel_words(award: &Award) -> Option<String> {
    let words = award.endorsement.as_ref()?.pointer("/credentialSubject/endorsementComment")?;
    words.as_str().map(str::to_owned)
}

type Draw = Box<dyn FnOnce() -> Result<Vec<u8>, bake::BakeError> + Send>;

async fn baked(
    web: &Web,
    mut reader: Reader,
    badge: ShownAward,
    kind: &str,
    credential: String,
) -> Result<Response, Failure> {
    let image = &badge.level.content.image;
    let nothing = || Failure::not_found("No picture");
    // A JWT may be signed anew when its key was compromised, so the picture is kept by what is in it.
    let key = format!("{kind}\n{}\n{}", badge.award.id, caching::digest(credential.as_bytes(), kind));
    let (media_type, draw): (_, Draw) = if kind.ends_with("png") {
        let picture = images::png(&mut reader.conn, image).await?.ok_or_else(nothing)?;
        (PNG, Box::new(move || bake::bake_png(&picture, &credential)))
    } else {
        let picture = images::svg(&mut reader.conn, image).await?.ok_or_else(nothing)?;
        (SVG, Box::new(move || bake::bake_svg(&picture, &credential).map(String::into_bytes)))
    };
    let headers = reader.end();
    let mut response = picture_answer(&headers, &badge, media_type, web.pictures.get(key, draw).await?);
    let name = format!("inline; filename=\"{}-{}.{kind}\"", badge.award.level_id, badge.award.id);
    caching::set(&mut response, header::CONTENT_DISPOSITION, &name);
    Ok(response)
}

fn picture_answer(headers: &HeaderMap, badge: &ShownAward, media_type: &str, picture: Bytes) -> Response {
    let etag = caching::digest(&picture, media_type);
    let mut response = caching::answer(headers, media_type, &etag, keep(badge), picture);
    unlisted(&mut response, badge);
    response
}

/// The holder may make an award private at any time, so nobody keeps it without asking.
fn keep(badge: &ShownAward) -> Keep {
    if badge.award.visibility == Visibility::Private { Keep::Never } else { Keep::AskAgain }
}

fn unlisted(response: &mut Response, badge: &ShownAward) {
    if badge.award.visibility != Visibility::Public {
        no_index(response);
    }
}
