//! Everything public as files, each under the name of its address (`laurel export --static`): any web server can host the copy in this
//! service's place, and badges still verify in it.
//!
//! - The router itself is asked, as anyone would ask it: a copy holds what anyone may see, and nothing else.
//! - It begins with every award that is not private, every endorsement, status list and the issuer's keys, and goes on with whatever those name.
//! - A page becomes `…/index.html`, anything else a file of its own name. Nothing in it leads to what only a running service has.

use super::{Web, assets, router::router};
use crate::{
    actions::{ActionError, App},
    domain::award::Visibility,
    store::{awards, endorsements, issuers, status_lists},
};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{Request, StatusCode, header},
};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};

/// Marks a request whose answer is for a copy.
#[derive(Clone, Copy, Debug)]
pub struct Copied;

/// The rooms of the service that a copy has.
const ROOMS: [&str; 15] = [
    "",
    ".well-known",
    "achievements",
    "assets",
    "badges",
    "certifications",
    "endorsers",
    "endorsements",
    "feed.atom",
    "images",
    "issuers",
    "keys",
    "programs",
    "robots.txt",
    "status",
];
/// Awards or endorsements read at once.
const AT_ONCE: u32 = 200;
/// The largest answer there is, a picture with a badge in it, is far smaller.
const LONGEST: usize = 64 << 20;

/// One file of the copy.
pub struct File {
    /// Below the copy's folder, with plain names between slashes.
    pub path: String,
    pub bytes: Bytes,
}

/// A copy that is being made, file by file.
pub struct Copying {
    app: Arc<App>,
    router: TowerToHyperService<Router>,
    waiting: VecDeque<Named>,
    seen: HashSet<String>,
    /// The last award and endorsement that were read; none after the end.
    awards: Option<String>,
    endorsements: Option<String>,
    /// What something in the copy names and is not there: an address, and where it is named.
    pub missing: Vec<(String, String)>,
}

/// An address to be copied, and what names it; nothing where the copy begins.
struct Named {
    address: String,
    by: Option<String>,
}

impl Copying {
    pub async fn begin(app: Arc<App>) -> Result<Self, ActionError> {
        let mut conn = app.db.read().await?;
        let mut first: Vec<String> =
            ["/", "/programs", "/.well-known/did.json", "/robots.txt", "/feed.atom"].map(str::to_owned).into();
        if let Some(issuer) = issuers::only(&mut conn).await? {
            first.push(format!("/issuers/{}", issuer.id));
            let lists = status_lists::all(&mut conn, &issuer.id).await?;
            first.extend(lists.into_iter().map(|list| format!("/status/{}", list.id)));
        }
        first.extend(assets::addresses().map(|name| format!("/assets/{name}")));
        drop(conn);
        let router = TowerToHyperService::new(router(Arc::new(Web::new(app.clone()))));
        let begun = Some(String::new());
        let mut copying = Copying {
            app,
            router,
            waiting: VecDeque::new(),
            seen: HashSet::new(),
            awards: begun.clone(),
            endorsements: begun,
            missing: Vec::new(),
        };
        first.into_iter().for_each(|address| copying.want(address, None));
        Ok(copying)
    }

    /// The next file; none when the copy is whole.
    pub async fn next(&mut self) -> Result<Option<File>, ActionError> {
        loop {
            // A page of private ones only is not the end.
            while self.waiting.is_empty() && (self.awards.is_some() || self.endorsements.is_some()) {
                self.read_on().await?;
            }
            let Some(named) = self.waiting.pop_front() else { return Ok(None) };
            if let Some(file) = self.ask(&named).await? {
                return Ok(Some(file));
            }
        }
    }

    /// The next awards and endorsements of the record.
    async fn read_on(&mut self) -> Result<(), ActionError> {
        let mut conn = self.app.db.read().await?;
        let mut found = Vec::new();
        if let Some(after) = self.awards.take() {
            let read = awards::after_id(&mut conn, &after, AT_ONCE).await?;
            self.awards = read.last().map(|award| award.id.clone());
            for award in read.into_iter().filter(|award| award.visibility != Visibility::Private) {
                found.push(format!("/badges/{}", award.id));
                found.push(format!("/certifications/{}", award.lineage_id));
            }
        }
        if let Some(after) = self.endorsements.take() {
            let read = endorsements::after_id(&mut conn, &after, AT_ONCE).await?;
            self.endorsements = read.last().map(|endorsement| endorsement.id.clone());
            found.extend(read.into_iter().map(|endorsement| format!("/endorsements/{}", endorsement.id)));
        }
        found.into_iter().for_each(|address| self.want(address, None));
        Ok(())
    }

    fn want(&mut self, address: String, by: Option<&str>) {
        // Whose list that is stands beside it, and is named by a DID alone.
        if let Some(endorser) = address.strip_suffix("/status").filter(|address| address.starts_with("/endorsers/")) {
            self.want(format!("{endorser}/did.json"), by);
        }
        if self.seen.insert(address.clone()) {
            self.waiting.push_back(Named { address, by: by.map(str::to_owned) });
        }
    }

    /// The answer at an address as a file; what it names is wanted next.
    async fn ask(&mut self, named: &Named) -> Result<Option<File>, ActionError> {
        let address = &named.address;
        let request = Request::get(address).header(header::ACCEPT, "text/html, */*;q=0.5").extension(Copied);
        let request = request.body(Body::empty()).map_err(ActionError::internal)?;
        let answer = self.router.call(request).await.map_err(ActionError::internal)?;
        let status = answer.status();
        let is_page =
            answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let bytes = to_bytes(answer.into_body(), LONGEST).await.map_err(ActionError::internal)?;
        match (status, file_path(address, is_page)) {
            (StatusCode::OK, Some(path)) => {
                if let Ok(text) = std::str::from_utf8(&bytes) {
                    linked(text, &self.app.config.base_url).into_iter().for_each(|link| self.want(link, Some(address)));
                }
                Ok(Some(File { path, bytes }))
            }
            (status, _) if status.is_server_error() => {
                Err(ActionError::internal(std::io::Error::other(format!("{address} answers {status}"))))
            }
            _ => {
                // Where nothing names it, it is about something private.
                self.missing.extend(named.by.clone().map(|by| (address.clone(), by)));
                Ok(None)
            }
        }
    }
}

/// The addresses of this service in a page or document: whatever stands between quotes and leads into a room of the copy.
fn linked(text: &str, base_url: &str) -> Vec<String> {
    let own = text.split('"').filter_map(|part| match part.strip_prefix(base_url) {
        Some("") => None,
        Some(rest) => Some(rest),
        None => Some(part),
    });
    own.filter(|link| link.starts_with('/') && !link.starts_with("//"))
        .map(|link| link.split('#').next().unwrap_or(link).replace("&amp;", "&").replace("&#38;", "&"))
        .filter(|link| ROOMS.contains(&link[1..].split(['/', '?']).next().unwrap_or_default()))
        .collect()
}

/// Where an address is kept; none for one with anything but plain names in it.
fn file_path(address: &str, is_page: bool) -> Option<String> {
    let path = address.split('?').next().unwrap_or(address).trim_matches('/');
    let is_plain = |name: &str| {
        !name.is_empty()
            && (!name.starts_with('.') || name == ".well-known")
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    match (path, is_page) {
        ("", _) => Some("index.html".into()),
        (path, _) if !path.split('/').all(is_plain) => None,
        (path, true) => Some(format!("{path}/index.html")),
        (path, false) => Some(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_into_a_copied_room_is_found_wherever_it_stands_between_quotes() {
        let page = r#"<a href="/badges/x#take"><a href="/verify?url=y"><img src="/images/1.svg"><a href="//other.example/badges/z">
            <meta content="https://a.example/badges/x/card.png?01&amp;2"><a href="https://a.example.evil/badges/q">"#;
        assert_eq!(linked(page, "https://a.example"), ["/badges/x", "/images/1.svg", "/badges/x/card.png?01&2"]);
        let document = r#"{"id":"https://a.example/status/1","name":"https://b.example/status/2"}"#;
        assert_eq!(linked(document, "https://a.example"), ["/status/1"]);
    }

    #[test]
    fn a_file_has_the_name_of_its_address_and_never_leaves_the_folder() {
        let page = |address| file_path(address, true);
        assert_eq!(page("/").as_deref(), Some("index.html"));
        assert_eq!(page("/achievements/craft.master").as_deref(), Some("achievements/craft.master/index.html"));
        let file = |address| file_path(address, false);
        assert_eq!(file("/.well-known/did.json").as_deref(), Some(".well-known/did.json"));
        assert_eq!(file("/badges/x/card.png?0123").as_deref(), Some("badges/x/card.png"));
        for wrong in
            ["/badges/../../etc/passwd", "/badges/..", "/badges//x", "/badges/%2e%2e", "/badges/a\\b", "/.git/x"]
        {
            assert_eq!(file(wrong), None, "{wrong}");
        }
    }
}
