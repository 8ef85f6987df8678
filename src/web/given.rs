//! What the verification form was sent with, and the badge it is about.
//!
//! A query names a badge of this service and nothing else: a page that is only opened, perhaps ahead of time, makes nobody look
//! anything up elsewhere.

use super::{
    Web,
    api::input,
    body, endorsements,
    error::{Failure, Kind},
    show,
    view::VerifyForm,
};
use crate::{
    actions::App,
    domain::{actor::Actor, endorsement::Endorsement, personal_endorsement::Standing, recipient},
    store::{
        Conn, awards, personal_endorsements,
        shown::{self, ShownAward},
    },
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart},
    http::{HeaderMap, Request, header},
};
use base64::{Engine, prelude::BASE64_STANDARD};

/// The fields of the form.
#[derive(Default)]
pub struct Given {
    link: String,
    text: String,
    file: Vec<u8>,
    email: String,
    /// The document of an earlier answer in base64, to be checked again.
    again: String,
    /// Whether a newer version may be asked for.
    refresh: bool,
}

impl Given {
    /// `?link=`, or `?url=` as QR codes on paper have it.
    pub fn from_query(query: &str) -> Self {
        let mut given = Given::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if matches!(name.as_ref(), "link" | "url") {
                given.take("link", value.into_owned().into_bytes());
            }
        }
        given
    }

    /// A form: multipart, or urlencoded without a file. The body's bytes come back too; while they are kept, so is their room.
    pub async fn from_form(headers: &HeaderMap, body: Body) -> Result<(Self, Bytes), Failure> {
        let media_type = input::media_type(headers);
        let bytes = body::read(body, body::FORM_LIMIT).await?;
        let given = match media_type.as_str() {
            "multipart/form-data" => multipart(headers, bytes.clone()).await?,
            "application/x-www-form-urlencoded" => {
                let mut given = Given::default();
                for (name, value) in url::form_urlencoded::parse(&bytes) {
                    given.take(&name, value.into_owned().into_bytes());
                }
                given
            }
            other => return Err(input::unsupported(other, "multipart/form-data or application/x-www-form-urlencoded")),
        };
        Ok((given, bytes))
    }

    pub fn is_empty(&self) -> bool {
        self.link.is_empty() && self.text.is_empty() && self.file.is_empty() && self.again.is_empty()
    }

    fn take(&mut self, name: &str, value: Vec<u8>) {
        let text = |value: Vec<u8>| String::from_utf8_lossy(&value).trim().to_owned();
        match name {
            "link" | "url" => self.link = text(value),
            "text" => self.text = text(value),
            "email" => self.email = text(value),
            "again" => self.again = text(value),
            "file" => self.file = value,
            "refresh" => self.refresh = value == b"yes",
            _ => {}
        }
    }

    pub fn shown_again(self) -> VerifyForm {
        VerifyForm { pasted: self.text, link: self.link, email: self.email, refresh: self.refresh, problem: None }
    }

    /// The badge to verify, and for whom.
    pub async fn asked(
        &mut self,
        app: &App,
        actor: &Actor,
        conn: &mut Conn,
    ) -> Result<Result<Asked, Problem>, Failure> {
        let email = match recipient::email(&self.email) {
            _ if self.email.is_empty() => None,
            // As it was typed: another issuer may have hashed it with its capitals.
            Ok(_) => Some(self.email.clone()),
            Err(_) => return Ok(Err(Problem::NoAddress)),
        };
        let refresh = self.refresh;
        let handed = |badge: Vec<u8>| Ok(Ok(Asked { badge, link: None, email: email.clone(), refresh }));
        let pasted_link = self.text.starts_with("https://") || self.text.starts_with("http://");
        let link = if !self.file.is_empty() {
            return handed(std::mem::take(&mut self.file));
        } else if !self.again.is_empty() {
            let unreadable = |_| Failure::new(Kind::Malformed, "again: is not base64; send the form as it was given.");
            return handed(BASE64_STANDARD.decode(&self.again).map_err(unreadable)?);
        } else if !self.text.is_empty() && !pasted_link {
            return handed(std::mem::take(&mut self.text).into_bytes());
        } else if pasted_link {
            &self.text
        } else if !self.link.is_empty() {
            &self.link
        } else {
            return Ok(Err(Problem::NothingGiven));
        };
        Ok(match linked(app, actor, conn, link).await? {
            Linked::Badge(badge) => {
                Ok(Asked { badge: badge.award.credential.into_bytes(), link: Some(link.clone()), email, refresh })
            }
            Linked::Endorsement(endorsement) => {
                Ok(Asked { badge: endorsement.credential.into_bytes(), link: Some(link.clone()), email, refresh })
            }
            Linked::Personal(badge) => Ok(Asked { badge, link: Some(link.clone()), email, refresh }),
            Linked::NotOurs => Err(Problem::NotOurs),
            Linked::NotThere => Err(Problem::NotThere),
        })
    }
}

async fn multipart(headers: &HeaderMap, bytes: Bytes) -> Result<Given, Failure> {
    let unreadable = |_| Failure::new(Kind::Malformed, "The form can't be read; send it again.");
    let mut request = Request::new(Body::from(bytes));
    if let Some(kind) = headers.get(header::CONTENT_TYPE) {
        request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| Failure::new(Kind::Malformed, "The form can't be read; send it again."))?;
    let mut given = Given::default();
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        given.take(&name, part.bytes().await.map_err(unreadable)?.to_vec());
    }
    Ok(given)
}

/// What is to be verified.
pub struct Asked {
    pub badge: Vec<u8>,
    /// The link it came by.
    pub link: Option<String>,
    pub email: Option<String>,
    /// Whether a newer version may be asked for.
    pub refresh: bool,
}

/// Why there is nothing to verify.
pub enum Problem {
    NothingGiven,
    NotOurs,
    NotThere,
    NoAddress,
}

impl Problem {
    /// In a sentence that says what to do next.
    pub fn told(&self, web: &Web, t: super::text::Text) -> String {
        match self {
            Problem::NothingGiven => t.get("verify-nothing-given"),
            Problem::NotOurs => t.with("verify-not-ours", "start", format!("{}/badges/", web.app.config.base_url)),
            Problem::NotThere => t.get("verify-not-there"),
            Problem::NoAddress => t.get("verify-no-address"),
        }
        .into_owned()
    }
}

/// Where a link leads.
pub enum Linked {
    Badge(Box<ShownAward>),
    Endorsement(Box<Endorsement>),
    /// What a person said, signed.
    Personal(Vec<u8>),
    /// Not to a badge or certification of this service.
    NotOurs,
    NotThere,
}

/// The badge behind a link of ours, as far as `actor` may see it.
pub async fn linked(app: &App, actor: &Actor, conn: &mut Conn, link: &str) -> Result<Linked, Failure> {
    let urls = app.urls();
    if let Some(id) = urls.id_in(link, "endorsements") {
        if let Some(said) = personal_endorsements::get(conn, id).await? {
            let badge = shown::shown(conn, &said.award_id).await?;
            let there = said.standing == Standing::Shown && !said.is_erased() && show::visible(badge, actor).is_ok();
            return Ok(if there { Linked::Personal(said.credential.into_bytes()) } else { Linked::NotThere });
        }
        let found = endorsements::visible(app, actor, conn, id).await?;
        return Ok(found.map_or(Linked::NotThere, |endorsement| Linked::Endorsement(Box::new(endorsement))));
    }
    let id = if let Some(id) = urls.id_in(link, "badges") {
        Some(id.to_owned())
    } else if let Some(lineage) = urls.id_in(link, "certifications") {
        awards::latest_of_lineage(conn, lineage).await?.map(|award| award.id)
    } else {
        return Ok(Linked::NotOurs);
    };
    let found = match id {
        Some(id) => shown::shown(conn, &id).await?,
        None => None,
    };
    Ok(show::visible(found, actor).map_or(Linked::NotThere, |badge| Linked::Badge(Box::new(badge))))
}
