//! Who is signed in, as pages know it: the session's cookie, and that what changes something comes from a page of ours.
//!
//! - The cookie is `__Host-laurel` over https: this host's alone, never sent in the clear, out of reach for scripts, and not
//!   sent along when another site posts. Over http, which only localhost may have, it is `laurel`. A sign-in that was begun
//!   elsewhere has one like it until it ends.
//! - A request that changes something must say that it comes from our own origin, and carry a token that only our pages of this
//!   session hold: an HMAC of the cookie's secret, so that nothing more is kept and it ends with the session.
//! - A handler gets [`Me`], or [`Sent`] for a form. A `Me` for a request that changes something is given out only with
//!   the token: from the header `x-csrf-token`, or by [`Unproven`] for a body of another kind than a form.

use super::{
    Web, body,
    error::{Failure, Kind},
    frame,
};
use crate::{
    actions::sessions::{self, Browser},
    domain::{
        actor::{Actor, Member},
        digesting::hex,
        session::{Session, longest_seconds},
    },
};
use axum::{
    Form,
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts},
    response::Response,
};
use ring::hmac;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// What a form of someone who is signed in may hold.
pub const FORM_LIMIT: usize = 512 * 1024;
pub const CSRF: HeaderName = HeaderName::from_static("x-csrf-token");
/// What the HMAC is made over, so that it stands for nothing else.
const PURPOSE: &[u8] = b"laurel csrf";

/// Whoever is signed in.
#[derive(Clone, Debug)]
pub struct Me {
    pub member: Member,
    pub session: Session,
    csrf: String,
}

impl Me {
    pub fn actor(&self) -> Actor {
        Actor::Person(self.member.clone())
    }

    /// The token that our pages carry in the hidden field `csrf`.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    fn proven_by(&self, token: &str) -> Result<(), Failure> {
        // Compared in a time that says nothing about where they differ.
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.csrf.as_bytes());
        let given = hmac::sign(&key, token.as_bytes());
        hmac::verify(&key, self.csrf.as_bytes(), given.as_ref()).map_err(|_| Failure::not_our_form())
    }
}

impl FromRequestParts<Arc<Web>> for Me {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Failure> {
        let unproven = Unproven::from_request_parts(parts, web).await?;
        if parts.method.is_safe() {
            return Ok(unproven.0);
        }
        unproven.proven(frame::header(&parts.headers, CSRF).unwrap_or_default())
    }
}

/// Whoever is signed in, before the token was seen: for a body that is read piece by piece.
pub struct Unproven(Me);

impl Unproven {
    pub fn proven(self, token: &str) -> Result<Me, Failure> {
        self.0.proven_by(token)?;
        Ok(self.0)
    }
}

impl FromRequestParts<Arc<Web>> for Unproven {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Web>) -> Result<Self, Failure> {
        let me = parts.extensions.get::<Me>().cloned();
        me.map(Unproven).ok_or_else(|| Failure::internal(&"a route for people is not counted as Class::SignedIn"))
    }
}

/// A form (`application/x-www-form-urlencoded`) that one of our pages sent. Where a field may come more than once, `T` is a
/// `Vec<(String, String)>`.
pub struct Sent<T> {
    pub me: Me,
    pub form: T,
}

impl<T: DeserializeOwned> FromRequest<Arc<Web>> for Sent<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let unproven = Unproven::from_request_parts(&mut parts, web).await?;
        let bytes = form_body(&parts.headers, body).await?;
        let token = url::form_urlencoded::parse(&bytes).find(|(name, _)| name == "csrf");
        let me = unproven.proven(token.map(|(_, token)| token).as_deref().unwrap_or_default())?;
        Ok(Sent { me, form: read(parts, bytes).await? })
    }
}

/// A form of whoever is not signed in yet, sent by a page of ours.
pub struct Signing<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Web>> for Signing<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        from_our_pages(web, &parts.headers)?;
        let bytes = form_body(&parts.headers, body).await?;
        read(parts, bytes).await.map(Signing)
    }
}

async fn form_body(headers: &HeaderMap, body: Body) -> Result<Bytes, Failure> {
    let kind = frame::header(headers, header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Failure::new(Kind::UnsupportedMediaType, "Send the fields as application/x-www-form-urlencoded."));
    }
    body::read(body, FORM_LIMIT).await
}

async fn read<T: DeserializeOwned>(parts: Parts, bytes: Bytes) -> Result<T, Failure> {
    body::without_nulls(&bytes)?;
    let form = Form::from_request(Request::from_parts(parts, Body::from(bytes)), &()).await;
    form.map(|Form(form)| form).map_err(|why| Failure::new(Kind::Invalid, format!("{}.", why.body_text())))
}

/// Who is signed in by the cookie of this request.
pub async fn find(web: &Web, headers: &HeaderMap) -> Result<Option<Me>, Failure> {
    let Some(secret) = Cookie::Session.secret(web, headers) else { return Ok(None) };
    let known = sessions::authenticate(&web.app, secret).await?;
    Ok(known.map(|known| Me { member: known.member, session: known.session, csrf: csrf(secret) }))
}

/// What the forms of this session carry.
pub fn csrf(secret: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hex(hmac::sign(&key, PURPOSE).as_ref())
}

/// Refuses what changes something unless the browser says that a page of ours sent it. `Sec-Fetch-Site` decides where it is
/// there, since no page can set it; else `Origin` does, and one of them must be there: every browser of these years sends one.
pub fn from_our_pages(web: &Web, headers: &HeaderMap) -> Result<(), Failure> {
    let ours = match frame::header(headers, HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin",
        None => frame::header(headers, header::ORIGIN) == Some(web.app.config.base_url.as_str()),
    };
    if ours { Ok(()) } else { Err(Failure::not_our_form()) }
}

/// What is known of the browser that signs in.
pub fn browser<'a>(web: &Web, headers: &'a HeaderMap) -> Browser<'a> {
    Browser {
        user_agent: frame::header(headers, header::USER_AGENT).unwrap_or_default(),
        before: Cookie::Session.secret(web, headers),
    }
}

/// Hands the session to the browser.
pub fn begin(web: &Web, response: &mut Response, secret: &str) {
    Cookie::Session.set(web, response, secret, longest_seconds());
}

/// Has the browser forget it.
pub fn forget(web: &Web, response: &mut Response) {
    Cookie::Session.set(web, response, "", 0);
}

/// What a browser keeps of us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    Session,
    /// Of a sign-in that was begun and ends in the same browser.
    Begun,
}

impl Cookie {
    pub fn set(self, web: &Web, response: &mut Response, secret: &str, seconds: i64) {
        let secure = if is_secure(web) { "; Secure" } else { "" };
        let name = self.name(web);
        let cookie = format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    pub fn secret<'a>(self, web: &Web, headers: &'a HeaderMap) -> Option<&'a str> {
        let fields = headers.get_all(header::COOKIE).iter().filter_map(|field| field.to_str().ok());
        let mut pairs = fields.flat_map(|field| field.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(given, _)| *given == self.name(web)).map(|(_, secret)| secret)
    }

    fn name(self, web: &Web) -> &'static str {
        match (self, is_secure(web)) {
            (Cookie::Session, true) => "__Host-laurel",
            (Cookie::Session, false) => "laurel",
            (Cookie::Begun, true) => "__Host-laurel-sign-in",
            (Cookie::Begun, false) => "laurel-sign-in",
        }
    }
}

fn is_secure(web: &Web) -> bool {
    web.app.config.base_url.starts_with("https://")
}
