//! Evidence: added, described and removed in a draft; and a file handed out to one who may see it.
//!
//! A file is only ever a download. Its kind is what its bytes said, which is never a page; the browser is told not to guess, and a policy
//! keeps it from running anything even if it were opened (decision 0041).

use super::{problems, submissions::page};
use crate::{
    actions::path::{evidence, submission},
    domain::{
        evidence::{Said, SaidBody, StoredFile},
        media::Media,
    },
    outside::depot::{Depot, DepotError},
    store::evidence::Part,
    web::{
        Web, caching,
        error::Failure,
        session::{Me, Sent},
        sign_in::Nothing,
        view::NewEvidence,
    },
};
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Path, State},
    http::{HeaderName, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use hyper::body::Frame;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use std::{
    collections::VecDeque,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    note: String,
    /// Ticked or not there.
    public: Option<String>,
    #[serde(default)]
    url: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    held_on: String,
}

impl Given {
    fn said(&self) -> Said<'_> {
        let body = match self.kind.as_str() {
            "link" => SaidBody::Link { url: &self.url },
            "text" => SaidBody::Text { text: &self.text },
            "session" => SaidBody::Session { held_on: &self.held_on },
            _ => SaidBody::File,
        };
        Said { title: &self.title, note: &self.note, public: self.public.is_some(), body }
    }
}

pub async fn add(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Given>,
) -> Result<Response, Failure> {
    let Err(why) = evidence::add(&web.app, &me.actor(), &id, &form.said()).await else { return Ok(to_evidence(&id)) };
    let (mut page, reader) = page(&web, &me, &id, &parts).await?;
    page.problems = problems::sentences(&page.site.text, why)?;
    page.new = NewEvidence {
        kind: form.kind,
        title: form.title,
        note: form.note,
        public: form.public.is_some(),
        url: form.url,
        text: form.text,
        held_on: form.held_on,
    };
    reader.again(&page)
}

/// Says something else of it.
pub async fn describe(
    State(web): State<Arc<Web>>,
    Path((submission, id)): Path<(String, String)>,
    parts: Parts,
    Sent { me, form }: Sent<Given>,
) -> Result<Response, Failure> {
    belongs(&web, &me, &submission, &id).await?;
    let Err(why) = evidence::describe(&web.app, &me.actor(), &id, &form.said()).await else {
        return Ok(to_evidence(&submission));
    };
    let (mut page, reader) = page(&web, &me, &submission, &parts).await?;
    page.problems = problems::sentences(&page.site.text, why)?;
    reader.again(&page)
}

pub async fn remove(
    State(web): State<Arc<Web>>,
    Path((submission, id)): Path<(String, String)>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    belongs(&web, &me, &submission, &id).await?;
    evidence::remove(&web.app, &me.actor(), &id).await?;
    Ok(to_evidence(&submission))
}

/// What is of another submission is not there at this one's address.
async fn belongs(web: &Web, me: &Me, submission: &str, id: &str) -> Result<(), Failure> {
    let whole = submission::read(&web.app, &me.actor(), submission).await?;
    match whole.evidence.iter().any(|one| one.id == id) {
        true => Ok(()),
        false => Err(Failure::not_found("No evidence")),
    }
}

pub async fn download(State(web): State<Arc<Web>>, Path(id): Path<String>, me: Me) -> Result<Response, Failure> {
    let found = evidence::download(&web.app, &me.actor(), &id).await?;
    let file = found.evidence.file().cloned().ok_or_else(|| Failure::not_found("No file"))?;
    let pieces = Pieces { depot: web.app.depot.clone(), rest: found.parts.into(), reading: None };
    let mut response = Response::new(Body::new(pieces));
    let kind = match file.media {
        Some(Media::Text) => "text/plain; charset=utf-8",
        Some(media) => media.as_str(),
        None => "application/octet-stream",
    };
    for (name, value) in [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_LENGTH, file.size.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&file)),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
    ] {
        caching::set(&mut response, name, &value);
    }
    Ok(response)
}

/// RFC 6266 with the name as RFC 8187 has it, and a plain one for whoever knows no better.
fn disposition(file: &StoredFile) -> String {
    let plain: String = file
        .name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    const ALL_BUT_PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');
    let coded = utf8_percent_encode(&file.name, ALL_BUT_PLAIN);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}")
}

fn to_evidence(submission: &str) -> Response {
    Redirect::to(&format!("/me/submissions/{submission}#evidence")).into_response()
}

/// The parts of a file, one after the other; no more than one is in memory.
struct Pieces {
    depot: Depot,
    rest: VecDeque<Part>,
    reading: Option<Reading>,
}

type Reading = Pin<Box<dyn Future<Output = Result<Bytes, DepotError>> + Send>>;

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = DepotError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, DepotError>>> {
        if self.reading.is_none() {
            let Some(part) = self.rest.pop_front() else { return Poll::Ready(None) };
            let depot = self.depot.clone();
            self.reading = Some(Box::pin(async move { depot.get(&part.object).await }));
        }
        let Some(reading) = &mut self.reading else { return Poll::Ready(None) };
        reading.as_mut().poll(context).map(|read| {
            self.reading = None;
            if let Err(why) = &read {
                tracing::error!("a part of evidence can't be read: {why}");
            }
            Some(read.map(Frame::data))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_plainly_and_as_it_is() {
        let of = |name: &str| disposition(&StoredFile { name: name.into(), ..StoredFile::default() });
        assert_eq!(of("plan.pdf"), "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf");
        assert_eq!(of("Ü\"b\r\n.pdf"), "attachment; filename=\"__b__.pdf\"; filename*=UTF-8''%C3%9C%22b%0D%0A.pdf");
    }
}
