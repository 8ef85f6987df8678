//! What the judge can't know by itself: documents of others, and how they were come by.

use std::collections::HashMap;

use jiff::Timestamp;

/// Something to look up before a badge can be judged.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Need {
    /// The DID document of a did:web.
    DidDocument(String),
    /// The page of an issuer that is an https URL, at that URL, as JSON. Its keys stand there.
    IssuerProfile(String),
    /// The status list credential at a URL.
    StatusList(String),
    /// The document at an https address: a badge, badge class, profile, key or revocation list of Open Badges 2 or 1. It must come from the
    /// origin of the address: the address is the proof, so a redirect to another origin counts as unavailable. An answer of 410 with JSON in
    /// it is a document too, because that is how a hosted badge says that it was revoked. A key of 1.0 is a PEM file.
    Json(String),
    /// The entity statement at an https address of a federation. An answer of 404 with JSON in it is a document too, because that is how a
    /// federation says that it knows no such entity (OpenID Federation 1.0, section 8).
    EntityStatement(String),
}

/// What came of a look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The raw bytes, unread, and when they were fetched.
    Document(Vec<u8>, Timestamp),
    /// Why there is none: one sentence without its full stop, such as "the server did not answer in 5 seconds".
    Unavailable(String),
}

/// The look-ups made so far for one badge.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    found: Vec<(Need, Found)>,
    gathered_at: Option<Timestamp>,
    /// By the URL of a list, its places of which the issuer says that what they take back is only suspended.
    suspended: HashMap<String, Vec<u32>>,
}

impl Evidence {
    pub fn new() -> Self {
        Self::default()
    }

    /// Evidence from an earlier time. A status is then judged, and told, as of that time: what came later can't be known.
    pub fn gathered_at(time: Timestamp) -> Self {
        Evidence { gathered_at: Some(time), ..Self::default() }
    }

    /// When it was gathered, if not just now.
    pub(super) fn earlier(&self) -> Option<Timestamp> {
        self.gathered_at
    }

    /// The look-ups, in the order they were first put.
    pub fn iter(&self) -> impl Iterator<Item = (&Need, &Found)> {
        self.found.iter().map(|(need, found)| (need, found))
    }

    /// Adds a look-up; a later one of the same need replaces the earlier.
    pub fn put(&mut self, need: Need, found: Found) {
        match self.found.iter_mut().find(|(known, _)| *known == need) {
            Some(entry) => entry.1 = found,
            None => self.found.push((need, found)),
        }
    }

    /// A list that tells of revocation has one mark for what is taken back. Where its issuer says that a place is taken back for a time only,
    /// the judge says that it is suspended; of a place that is not marked this says nothing.
    pub fn put_suspended(&mut self, list: &str, places: Vec<u32>) {
        if !places.is_empty() {
            self.suspended.insert(list.to_owned(), places);
        }
    }

    /// The same without that: what its lists say, as anyone finds it.
    pub fn of_lists_alone(&self) -> Self {
        Evidence { suspended: HashMap::new(), ..self.clone() }
    }

    /// Whether more is known than its lists say.
    pub fn tells_of_suspensions(&self) -> bool {
        !self.suspended.is_empty()
    }

    pub(super) fn is_suspended(&self, list: &str, index: u32) -> bool {
        self.suspended.get(list).is_some_and(|places| places.contains(&index))
    }

    pub fn did_document(&self, did: &str) -> Option<&Found> {
        self.found(|need| matches!(need, Need::DidDocument(known) if known == did))
    }

    pub fn issuer_profile(&self, url: &str) -> Option<&Found> {
        self.found(|need| matches!(need, Need::IssuerProfile(known) if known == url))
    }

    pub fn entity_statement(&self, url: &str) -> Option<&Found> {
        self.found(|need| matches!(need, Need::EntityStatement(known) if known == url))
    }

    pub fn status_list(&self, url: &str) -> Option<&Found> {
        self.found(|need| matches!(need, Need::StatusList(known) if known == url))
    }

    fn found(&self, is_meant: impl Fn(&Need) -> bool) -> Option<&Found> {
        self.found.iter().find_map(|(need, found)| is_meant(need).then_some(found))
    }

    pub fn json(&self, url: &str) -> Option<&Found> {
        self.found.iter().find_map(|(need, found)| matches!(need, Need::Json(known) if known == url).then_some(found))
    }
}
