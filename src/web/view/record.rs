//! The record of what was done.

use askama::Template;
use jiff::Timestamp;

use super::Site;

#[derive(Template)]
#[template(path = "record.html")]
pub struct RecordPage {
    pub site: Site,
    pub asked: RecordAsked,
    /// A person was asked for whom nobody knows.
    pub nobody: bool,
    /// Newest first.
    pub rows: Vec<RecordRow>,
    /// Where older ones begin.
    pub next: Option<i64>,
    /// The end of the chain, as `laurel audit --head` takes it.
    pub end: Option<String>,
}

/// What was asked for, as it was typed; empty where nothing was.
#[derive(Clone, Debug, Default)]
pub struct RecordAsked {
    pub subject: String,
    pub kind: String,
    pub person: String,
    pub before: Option<i64>,
}

pub struct RecordRow {
    pub seq: i64,
    pub at: Timestamp,
    /// A name, or what else acted.
    pub actor: String,
    pub verb: String,
    pub subject: String,
    /// Whose name it is, where it was done to a person.
    pub about: Option<String>,
    pub why: Option<String>,
    pub version: Option<i64>,
}

impl RecordPage {
    /// The same question at another address, from an event on where one is named.
    fn link(&self, path: &str, before: Option<i64>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            [("subject", &self.asked.subject), ("kind", &self.asked.kind), ("person", &self.asked.person)]
        {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    fn older(&self) -> Option<String> {
        self.next.map(|next| self.link("/record", Some(next)))
    }

    /// The same events and those after them as a file.
    fn file(&self, path: &str) -> String {
        self.link(path, self.asked.before)
    }

    fn is_filtered(&self) -> bool {
        !self.link("", None).is_empty()
    }
}
