//! `/ims/ob/v3p0/credentials`: what the person holds, page by page, and new ones into their backpack.

use super::{QUERY, ROOT, answer};
use crate::{
    actions::{
        backpack::{self, BackpackError, BackpackFault, Came, Given},
        oauth, own_credentials,
    },
    credential::{
        date,
        summary::{Form, summary},
    },
    domain::{actor::Actor, backpack::CameBy},
    store::backpack::Held,
    web::{
        Web,
        api::{input, query::Query},
        body, caching,
        error::{Failure, Kind},
    },
};
use axum::{
    Extension,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderName, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use std::sync::Arc;

/// As many as one answer has at most, and where no number is asked for.
const MOST: u32 = 200;
const USUAL: u32 = 100;

pub async fn list(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    uri: Uri,
) -> Result<Response, Failure> {
    let asked = Asked::read(&uri)?;
    let (held, total) = own_credentials::page(&web.app, &actor, asked.since, asked.limit, asked.offset).await?;
    let mut response = answer(StatusCode::OK, "application/json", document(&held)?);
    caching::set(&mut response, HeaderName::from_static("x-total-count"), &total.to_string());
    let root = web.app.urls().at(&format!("{ROOT}/credentials"));
    caching::set(&mut response, header::LINK, &asked.links(&root, total));
    Ok(response)
}

/// `GetOpenBadgeCredentialsResponse`. Each credential stands in it as it is kept: read and written anew it could be another.
fn document(held: &[Held]) -> Result<String, Failure> {
    let of = |jwt: bool| held.iter().filter(move |one| (one.form == Form::Jwt) == jwt);
    let credentials = of(false).map(|one| one.document.trim()).collect::<Vec<_>>().join(",");
    let jwts: Vec<&str> = of(true).map(|one| one.document.trim()).collect();
    let jwts = serde_json::to_string(&jwts).map_err(|why| Failure::internal(&why))?;
    Ok(format!("{{\"credential\":[{credentials}],\"compactJwsString\":{jwts}}}"))
}

/// Which part of the list is asked for.
struct Asked {
    limit: u32,
    offset: u32,
    since: Option<Timestamp>,
    /// As it was written.
    said: Option<String>,
}

impl Asked {
    fn read(uri: &Uri) -> Result<Self, Failure> {
        let fault = |why: String| Failure { code: Some(QUERY), ..Failure::new(Kind::Malformed, why) };
        let query = Query::read(uri, &["limit", "offset", "since"]).map_err(|why| fault(why.detail))?;
        let number = |name: &str, least: u32, usual: u32| match query.get(name).map(str::parse::<u32>) {
            None => Ok(usual),
            Some(Ok(number)) if number >= least => Ok(number),
            Some(_) => Err(fault(format!("{name} is not a whole number from {least} on."))),
        };
        let since = match query.get("since") {
            None => None,
            Some(text) => Some(date::parse(text).ok_or_else(|| {
                fault("since is not a date and time such as 2026-11-01T12:00:00Z; write + as %2B.".to_owned())
            })?),
        };
        Ok(Asked {
            limit: number("limit", 1, USUAL)?.min(MOST),
            offset: number("offset", 0, 0)?,
            since,
            said: query.get("since").map(str::to_owned),
        })
    }

    /// RFC 8288, with the relations of section 6.4 of the standard.
    fn links(&self, root: &str, total: i64) -> String {
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        let last = total.saturating_sub(1) / self.limit * self.limit;
        let next = self.offset.saturating_add(self.limit);
        let mut places = vec![("first", 0), ("last", last)];
        if next < total {
            places.push(("next", next));
        }
        if self.offset > 0 {
            places.push(("prev", self.offset.saturating_sub(self.limit)));
        }
        let link = |(relation, offset): (&str, u32)| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("limit", &self.limit.to_string()).append_pair("offset", &offset.to_string());
            if let Some(since) = &self.said {
                query.append_pair("since", since);
            }
            format!("<{root}?{}>; rel=\"{relation}\"", query.finish())
        };
        places.into_iter().map(link).collect::<Vec<_>>().join(", ")
    }
}

/// 201 for a new one, 200 for another copy of one that is there, 304 where a newer version is.
pub async fn upsert(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let (form, media_type) = match input::media_type(&headers).as_str() {
        "application/json" | "application/vc+ld+json" | "application/vc" | "application/ld+json" => {
            (Form::Credential, "application/json")
        }
        "text/plain" | "application/jwt" | "application/vc+jwt" => (Form::Jwt, "text/plain"),
        other => return Err(input::unsupported(other, "application/json or text/plain")),
    };
    let bytes = body::read(body, body::DOCUMENT_LIMIT).await?;
    if summary(&bytes).is_none_or(|said| said.form != form) {
        let what = match form {
            Form::Jwt => "is not a compact JWS with a credential of Open Badges 3.0 in it",
            _ => "is not a credential of Open Badges 3.0 in JSON",
        };
        return Err(Failure::field("credential", what));
    }
    let from = match &actor {
        Actor::App { client, .. } => oauth::name(&web.app, client).await?,
        _ => None,
    };
    let given = Given { bytes: &bytes, name: None, by: CameBy::App, from };
    let taken = backpack::take(&web.app, &actor, given).await.map_err(refused)?;
    Ok(match taken.came {
        Came::Added => answer(StatusCode::CREATED, media_type, bytes),
        Came::Replaced | Came::Unchanged | Came::OwnAward => answer(StatusCode::OK, media_type, bytes),
        Came::Older => StatusCode::NOT_MODIFIED.into_response(),
    })
}

fn refused(why: BackpackError) -> Failure {
    match why {
        BackpackError::Refused(BackpackFault::Full) => Failure::new(Kind::Forbidden, "The backpack is full."),
        BackpackError::Refused(fault) => Failure::field("credential", fault.to_string()),
        BackpackError::Failed(why) => why.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(query: &str, total: i64) -> String {
        Asked::read(&format!("/x?{query}").parse().unwrap()).unwrap().links("r", total)
    }

    #[test]
    fn a_page_leads_to_those_around_it() {
        assert_eq!(
            links("limit=10&offset=20", 35),
            "<r?limit=10&offset=0>; rel=\"first\", <r?limit=10&offset=30>; rel=\"last\", \
             <r?limit=10&offset=30>; rel=\"next\", <r?limit=10&offset=10>; rel=\"prev\""
        );
        assert_eq!(links("limit=10", 10), "<r?limit=10&offset=0>; rel=\"first\", <r?limit=10&offset=0>; rel=\"last\"");
        assert_eq!(links("limit=9999&offset=5", 0).matches("limit=200&offset=0").count(), 3);
        let since = links("since=2026-11-01T12:00:00%2B01:00&limit=1", 2);
        assert!(
            since.contains("<r?limit=1&offset=1&since=2026-11-01T12%3A00%3A00%2B01%3A00>; rel=\"next\""),
            "{since}"
        );
    }

    #[test]
    fn what_is_asked_wrongly_is_a_wrong_parameter() {
        for bad in ["limit=0", "limit=x", "offset=-1", "since=yesterday", "since=", "page=2", "limit=1&limit=2"] {
            let Err(failure) = Asked::read(&format!("/x?{bad}").parse().unwrap()) else { panic!("{bad}") };
            assert_eq!((failure.kind, failure.code), (Kind::Malformed, Some(QUERY)), "{bad}");
        }
    }
}
