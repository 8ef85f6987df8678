//! A form of someone who is signed in, sent in several parts since a file may be among them, or plainly where there is none. Its token is one of
//! its fields, so whose form it is is known only once it was read.

use super::{
    Web,
    body::{self, is_multipart, unreadable},
    error::Failure,
    session::{Me, Sent, Unproven},
};
use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Request},
};
use std::sync::Arc;

pub struct SentParts {
    pub me: Me,
    pub parts: Vec<SentPart>,
}

pub struct SentPart {
    pub name: String,
    /// Of a file.
    pub file_name: Option<String>,
    pub bytes: Bytes,
}

impl SentParts {
    /// Reads at most `limit` bytes.
    pub async fn read(request: Request, web: &Arc<Web>, limit: usize) -> Result<Self, Failure> {
        if !is_multipart(request.headers()) {
            let Sent { me, form } = Sent::<Vec<(String, String)>>::from_request(request, web).await?;
            let part = |(name, value): (String, String)| SentPart { name, file_name: None, bytes: value.into() };
            return Ok(SentParts { me, parts: form.into_iter().map(part).collect() });
        }
        let (mut parts, body) = request.into_parts();
        let unproven = Unproven::from_request_parts(&mut parts, web).await?;
        let bytes = body::read(body, limit).await?;
        let mut request = Request::from_parts(parts, bytes.into());
        // What it may hold was held already.
        DefaultBodyLimit::disable().apply(&mut request);
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        let mut parts = Vec::new();
        while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
            let (name, file_name) = (field.name().unwrap_or_default().to_owned(), field.file_name().map(str::to_owned));
            parts.push(SentPart { name, file_name, bytes: field.bytes().await.map_err(|_| unreadable())? });
        }
        let token = parts.iter().find(|part| part.name == "csrf").map(SentPart::text).unwrap_or_default();
        Ok(SentParts { me: unproven.proven(&token)?, parts })
    }
}

impl SentPart {
    /// As text without space around it.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).trim().to_owned()
    }
}
