//! One endorsement of this issuer: a page for people, the signed credential for programs in two forms. One of a private badge is there
//! only for whoever may see the badge; a revoked or expired one stays up, and says so.

use super::{
    Web,
    caching::{self, Keep},
    error::{Failure, Kind},
    format,
    frame::{Form, Reader, no_index},
    markdown, show,
    view::{EndorsementPage, Link, SaidFor, Standing, relation},
};
use crate::{
    actions::App,
    domain::{
        actor::Actor,
        endorsement::{Endorsement, EndorsementState},
        issuer::Issuer,
        personal_endorsement::{self, PersonalEndorsement},
    },
    store::{Conn, StoreError, endorsements, issuers, personal_endorsements, shown},
};
use axum::{
    Extension,
    extract::{Path, State},
    http::header,
    response::Response,
};
use jiff::Timestamp;
use std::sync::Arc;

pub async fn show(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    mut reader: Reader,
    Path(part): Path<String>,
) -> Result<Response, Failure> {
    let (id, suffix) = format::suffix(&part, &["json", "jwt"]);
    let nothing = || Failure::not_found("No endorsement");
    if let Some(said) = personal_endorsements::get(&mut reader.conn, id).await? {
        return personal(reader, &actor, suffix, said).await;
    }
    if endorsements::get(&mut reader.conn, id).await?.is_some_and(|endorsement| endorsement.is_erased()) {
        return Err(Failure::gone());
    }
    let endorsement = visible(&web.app, &actor, &mut reader.conn, id).await?.ok_or_else(nothing)?;
    if suffix == Some("jwt") {
        let accept = reader.header(header::ACCEPT);
        let media_type = format::choose(accept, &format::CREDENTIAL_JWT).unwrap_or("application/vc+jwt");
        return jwt(&reader, media_type, endorsement);
    }
    match reader.form(suffix, &format::BADGE)? {
        Form::Page => {
            let issuer = issuers::get(&mut reader.conn, &endorsement.issuer_id).await?.ok_or_else(nothing)?;
            reader.page(&page(&reader, issuer, endorsement), false)
        }
        Form::Document(media_type) if format::CREDENTIAL_JWT.contains(&media_type) => {
            jwt(&reader, media_type, endorsement)
        }
        Form::Document(media_type) => Ok(signed(&reader, media_type, endorsement.credential)),
    }
}

/// What someone said, once the holder shows it; withdrawn it stays up, and says so.
async fn personal(
    mut reader: Reader,
    actor: &Actor,
    suffix: Option<&str>,
    said: PersonalEndorsement,
) -> Result<Response, Failure> {
    if said.is_erased() {
        return Err(Failure::gone());
    }
    let nothing = || Failure::not_found("No endorsement");
    let badge = show::visible(shown::shown(&mut reader.conn, &said.award_id).await?, actor)
        .map_err(|why| if why.kind == Kind::Gone { why } else { nothing() })?;
    if said.standing != personal_endorsement::Standing::Shown || suffix == Some("jwt") {
        return Err(nothing());
    }
    match reader.form(suffix, &format::CREDENTIAL)? {
        Form::Document(media_type) => Ok(signed(&reader, media_type, said.credential)),
        Form::Page => {
            let path = format!("/badges/{}", badge.award.id);
            let page = EndorsementPage {
                site: reader.site.clone(),
                standing: match said.withdrawn_at {
                    Some(on) => Standing::Revoked { on, reason: None },
                    None => Standing::Valid { until: None },
                },
                issuer: Link { name: said.name.clone(), url: path.clone() },
                who: Some(relation(said.relation, &reader.site.text).into_owned()),
                language: Some(said.language.clone()),
                comment_html: markdown::to_html(&said.comment),
                subject: said.skill.map_or_else(
                    || reader.site.absolute(&path),
                    |skill| reader.site.absolute(&format!("{path}#skill-{skill}")),
                ),
                from: said.issued_at,
                valid_until: None,
                has_jwt: false,
                id: said.id,
            };
            reader.page(&page, false)
        }
    }
}

/// The endorsement as far as `actor` may see what it is about.
pub async fn visible(app: &App, actor: &Actor, conn: &mut Conn, id: &str) -> Result<Option<Endorsement>, StoreError> {
    let Some(endorsement) = endorsements::get(conn, id).await? else { return Ok(None) };
    let badge = match app.urls().id_in(&endorsement.subject, "badges") {
        Some(badge) => shown::shown(conn, badge).await?,
        None => return Ok(Some(endorsement)),
    };
    Ok(show::visible(badge, actor).is_ok().then_some(endorsement))
}

/// What stands now of what this issuer says for one thing.
pub async fn said_for(conn: &mut Conn, subject: &str, now: Timestamp) -> Result<Vec<SaidFor>, StoreError> {
    let all = endorsements::of_subject(conn, subject).await?;
    let standing = all.into_iter().filter(|endorsement| endorsement.state(now) == EndorsementState::Current);
    Ok(standing
        .map(|endorsement| SaidFor {
            url: format!("/endorsements/{}", endorsement.id),
            comment_html: markdown::to_html(&endorsement.comment),
            from: endorsement.valid_from,
        })
        .collect())
}

fn page(reader: &Reader, issuer: Issuer, endorsement: Endorsement) -> EndorsementPage {
    EndorsementPage {
        site: reader.site.clone(),
        standing: match (endorsement.state(reader.now), endorsement.valid_until) {
            (EndorsementState::Upcoming, _) => Standing::NotYet { from: endorsement.valid_from },
            (EndorsementState::Expired, Some(on)) => Standing::Expired { on },
            (EndorsementState::Revoked, _) => Standing::Revoked {
                on: endorsement.revoked_at.unwrap_or(endorsement.issued_at),
                reason: endorsement.revocation_reason.filter(|_| issuer.show_revocation_reason),
            },
            (EndorsementState::Current | EndorsementState::Expired, until) => Standing::Valid { until },
        },
        issuer: show::issuer_link(&issuer),
        who: None,
        language: None,
        comment_html: markdown::to_html(&endorsement.comment),
        subject: endorsement.subject,
        from: endorsement.valid_from,
        valid_until: endorsement.valid_until,
        has_jwt: endorsement.jwt.is_some(),
        id: endorsement.id,
    }
}

fn jwt(reader: &Reader, media_type: &str, endorsement: Endorsement) -> Result<Response, Failure> {
    let detail = "This endorsement is not to be had as a JWT yet: its issuer has made no key for JWT.";
    let (_, jwt) = endorsement.jwt.ok_or_else(|| Failure::new(Kind::NotFound, detail))?;
    Ok(signed(reader, media_type, jwt))
}

fn signed(reader: &Reader, media_type: &str, bytes: String) -> Response {
    let etag = caching::digest(bytes.as_bytes(), media_type);
    let mut response = caching::answer(&reader.headers, media_type, &etag, Keep::AskAgain, bytes);
    caching::set(&mut response, header::VARY, "Accept");
    no_index(&mut response);
    response
}
