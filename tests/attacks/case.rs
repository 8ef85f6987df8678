//! One case: a file in the folder of its group.

use super::{folder, recipe::Recipe};
use laurel::credential::verify::{CheckName, Verdict};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Case {
    /// `ssrf/decimal.toml`.
    #[serde(skip)]
    pub file: String,
    /// What is tried and what comes of it, in a sentence.
    pub case: String,
    pub input: Recipe,
    /// As what it is sent; otherwise as what it looks like.
    media_type: Option<String>,
    /// Names that lead elsewhere than to the issuer's server.
    #[serde(default, rename = "host")]
    pub hosts: Vec<Host>,
    /// Answers of the issuer's server that are not the usual ones.
    #[serde(default, rename = "page")]
    pub pages: Vec<Page>,
    pub expect: Expect,
    pub limits: Limits,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Host {
    pub name: String,
    /// What the name is answered, one after the other.
    pub addresses: Vec<Vec<std::net::IpAddr>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Host and path.
    pub at: String,
    #[serde(default = "ok")]
    pub status: u16,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    pub document: Option<Recipe>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    #[serde(default = "ok")]
    pub status: u16,
    pub verdict: Option<Verdict>,
    pub check: Option<CheckName>,
    pub code: Option<String>,
    /// Every document that the issuer's server is asked for, as host and path.
    #[serde(default)]
    pub asked: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub ms: u64,
    pub mib: usize,
}

fn ok() -> u16 {
    200
}

impl Case {
    /// Every case there is, by the names of their files.
    pub fn all() -> Vec<Case> {
        let mut cases = Vec::new();
        for group in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
            if group.is_dir() && !group.ends_with("bases") {
                cases.extend(fs::read_dir(&group).unwrap().map(|entry| Case::read(entry.unwrap().path())));
            }
        }
        cases.sort_by(|one, other| one.file.cmp(&other.file));
        cases
    }

    fn read(path: PathBuf) -> Case {
        let text = fs::read_to_string(&path).unwrap();
        let case: Case = toml::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        assert!(case.case.ends_with('.') && case.case.len() > 20, "{}: a sentence, please", path.display());
        let answered = case.expect.verdict.is_some() && case.expect.check.is_some() && case.expect.code.is_some();
        assert!(answered == (case.expect.status == 200), "{}: a report has a verdict and a code", path.display());
        Case { file: path.strip_prefix(folder()).unwrap().to_string_lossy().into_owned(), ..case }
    }

    pub fn group(&self) -> &str {
        self.file.split_once('/').unwrap().0
    }

    pub fn name(&self) -> &str {
        self.file.split_once('/').unwrap().1
    }

    /// Whether it is the unaltered twin of others, which is found valid.
    pub fn is_control(&self) -> bool {
        self.name().starts_with("control-")
    }

    pub fn media_type(&self, body: &[u8]) -> String {
        let seen = match body.first() {
            Some(0x89) => "image/png",
            Some(b'<') => "image/svg+xml",
            Some(b'e') => "application/vc+jwt",
            _ => "application/vc",
        };
        self.media_type.clone().unwrap_or_else(|| seen.to_owned())
    }
}
