//! The configuration: laurel.toml, and over it LAUREL_* and DATABASE_URL from the environment, and over those the flags.
//!
//! Paths in the file are relative to the file. Without a file, LAUREL_BASE_URL alone is enough.

use super::{Failure, fonts, mail_rules::MailRules, oidc_rules::OidcRules};
use crate::{
    actions::{
        Config,
        config::{EvidenceLimits, Fonts, Limits, checked_base_url},
    },
    credential::{
        jose::Jwk,
        profile::is_profile_url,
        verify::{Registry, RegistryKind},
    },
    domain::{
        trust::{TrustRequest, TrustedIssuer},
        words::Language,
    },
    outside::{
        fetch::Reach,
        mailer::{Mailer, Relay},
        provider::Provider,
    },
};
use serde::{Deserialize, Serialize};
use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    path::{Path, PathBuf},
    sync::Arc,
};

pub(super) const FILE: &str = "laurel.toml";
const LISTEN: &str = "127.0.0.1:8080";
/// Each may take some memory.
const MOST_CONNECTIONS: usize = 65_536;
const MOST_CLIENTS: u64 = 10_000_000;

/// What the file may say. Unknown names are refused, so that a slip of the pen is heard of.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfigFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,
    /// A path, `sqlite:PATH` or `postgres://…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keys: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_file: Option<PathBuf>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trusted_proxies: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lookups: Option<LookUpRules>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trusted_issuers: Vec<TrustedEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub registries: Vec<RegistryEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<LimitRules>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailRules>,
    pub evidence: Option<EvidenceRules>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oidc: Option<OidcRules>,
    /// A folder of fonts beside the bundled ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fonts: Option<PathBuf>,
}

/// An issuer elsewhere whose badges count as issued by someone known.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrustedEntry {
    /// Its identifier, as in `issuer.id` of its badges.
    pub id: String,
    /// What it is called here, whatever it calls itself.
    pub name: String,
    /// Why it is trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Issuers whose status lists it may sign in their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs_status_for: Vec<String>,
}

/// A registry that is asked about issuers that are not on the list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegistryEntry {
    /// What it is called here.
    pub name: String,
    /// The https address of a list in JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// The entity identifier of a trust anchor of OpenID Federation, in place of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The anchor's public keys, as JWK.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<serde_json::Value>,
}

/// Where look-ups may go beyond https to public addresses.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LookUpRules {
    #[serde(default)]
    pub ports: Vec<u16>,
    #[serde(default)]
    pub private_hosts: Vec<String>,
}

/// How much one client may ask; what is not said stays as it is by default, and 0 requests a minute lift a limit.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitRules {
    pub reading: Option<u32>,
    pub status: Option<u32>,
    pub verifying: Option<u32>,
    pub tokens: Option<u32>,
    pub wrong_tokens: Option<u32>,
    pub letters: Option<u32>,
    pub registrations: Option<u32>,
    pub clients: Option<u64>,
    pub connections: Option<usize>,
    pub connections_per_client: Option<usize>,
}

/// Where evidence lies and how large it may be, in MiB; what is not said stays as it is by default.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceRules {
    pub folder: Option<PathBuf>,
    pub file_mib: Option<u64>,
    pub video_mib: Option<u64>,
    pub submission_mib: Option<u64>,
}

/// The configuration as it counts.
#[derive(Clone)]
pub(super) struct Settings {
    pub base_url: String,
    pub listen: SocketAddr,
    pub database: String,
    pub keys: PathBuf,
    pub key_file: Option<PathBuf>,
    pub trusted_proxies: Vec<IpAddr>,
    pub lookups: Reach,
    pub trusted_issuers: Vec<TrustedIssuer>,
    pub registries: Arc<[Registry]>,
    pub limits: Limits,
    /// The server that sends mail; letters wait where there is none.
    pub relay: Option<Relay>,
    /// Where the company's people sign in.
    pub provider: Option<Provider>,
    pub language: Language,
    /// The folder of evidence.
    pub evidence: PathBuf,
    pub evidence_limits: EvidenceLimits,
    pub fonts: Fonts,
}

impl Settings {
    /// Reads the configuration; refused when there is none.
    pub fn load(file: Option<&Path>) -> Result<Self, Failure> {
        Settings::find(file)?.ok_or_else(|| {
            Failure::Refused(format!("there is no {FILE} here; run `laurel init`, or name one with --config"))
        })
    }

    /// Reads the configuration; none when neither a file nor the environment says anything.
    pub fn find(file: Option<&Path>) -> Result<Option<Self>, Failure> {
        let (path, named) = (file.unwrap_or(Path::new(FILE)), file.is_some());
        let said = match std::fs::read_to_string(path) {
            Ok(text) => Some(read(path, &text)?),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound && !named => None,
            Err(why) => return Err(Failure::Usage(format!("--config {}: {why}", path.display()))),
        };
        if said.is_none() && variable("LAUREL_BASE_URL").is_none() {
            return Ok(None);
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        settle(said.unwrap_or_default(), folder).map(Some)
    }

    pub fn config(&self, demo: bool) -> Config {
        Config {
            base_url: self.base_url.clone(),
            demo,
            trusted_proxies: self.trusted_proxies.clone(),
            trusted_issuers: self.trusted_issuers.clone(),
            open_vc_api: false,
            registries: self.registries.clone(),
            limits: self.limits.clone(),
            language: self.language,
            evidence: self.evidence_limits.clone(),
            provider: self.provider.clone(),
            fonts: self.fonts.clone(),
        }
    }

    pub fn mailer(&self) -> Result<Mailer, Failure> {
        let Some(relay) = self.relay.clone() else { return Ok(Mailer::None) };
        let url = url::Url::parse(&self.base_url).ok();
        let host = url.as_ref().and_then(url::Url::host_str).unwrap_or("localhost");
        Mailer::smtp(relay, host).map_err(|why| Failure::Usage(format!("mail.{why}")))
    }
}

/// A variable of the environment; an empty one counts as absent.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

pub(super) fn address(field: &str, text: &str) -> Result<SocketAddr, Failure> {
    text.parse().map_err(|_| Failure::Usage(format!("{field}: “{text}” is not an address such as 127.0.0.1:8080")))
}

fn read(path: &Path, text: &str) -> Result<ConfigFile, Failure> {
    toml::from_str(text).map_err(|why| {
        let why = why.to_string();
        let why: Vec<&str> = why.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        Failure::Usage(format!("{}: {}", path.display(), why.join(" ")))
    })
}

fn settle(said: ConfigFile, folder: &Path) -> Result<Settings, Failure> {
    let base_url = variable("LAUREL_BASE_URL")
        .or(said.base_url)
        .ok_or_else(|| Failure::Usage("base_url: is missing in the configuration".to_owned()))?;
    let base_url = checked_base_url(&base_url).map_err(|why| Failure::Usage(format!("base_url: {why}")))?;
    let listen = variable("LAUREL_LISTEN").or(said.listen);
    let trusted_proxies = said.trusted_proxies.iter().map(|text| {
        text.parse().map_err(|_| Failure::Usage(format!("trusted_proxies: “{text}” is not an IP address")))
    });
    let key_file = variable("LAUREL_KEY_FILE").map(PathBuf::from);
    let keys = variable("LAUREL_KEYS").map(PathBuf::from);
    let evidence = said.evidence.unwrap_or_default();
    let evidence_folder = variable("LAUREL_EVIDENCE").map(PathBuf::from);
    Ok(Settings {
        base_url,
        listen: address("listen", listen.as_deref().unwrap_or(LISTEN))?,
        database: match variable("DATABASE_URL") {
            Some(url) => url,
            None => beside(folder, said.database.as_deref().unwrap_or("laurel.db")),
        },
        keys: keys.unwrap_or_else(|| folder.join(said.keys.unwrap_or_else(|| PathBuf::from("keys")))),
        key_file: key_file.or_else(|| said.key_file.map(|path| folder.join(path))),
        trusted_proxies: trusted_proxies.collect::<Result<_, _>>()?,
        lookups: reach(said.lookups.unwrap_or_default())?,
        trusted_issuers: trusted(said.trusted_issuers)?,
        registries: registries(said.registries)?,
        limits: limits(said.limits.unwrap_or_default())?,
        relay: said.mail.as_ref().map(|mail| mail.relay(folder)).transpose()?.flatten(),
        provider: said.oidc.as_ref().map(|oidc| oidc.provider(folder)).transpose()?,
        language: said.mail.map(|mail| mail.language).unwrap_or_default(),
        evidence_limits: evidence_limits(&evidence)?,
        fonts: said.fonts.map_or_else(|| Ok(Fonts::default()), |fonts| fonts::read(&folder.join(fonts)))?,
        evidence: evidence_folder
            .unwrap_or_else(|| folder.join(evidence.folder.unwrap_or_else(|| PathBuf::from("evidence")))),
    })
}

fn reach(rules: LookUpRules) -> Result<Reach, Failure> {
    let hosts = rules.private_hosts.into_iter().map(|host| match url::Host::parse(&host) {
        Ok(plain) if plain.to_string() == host.to_lowercase() => Ok(plain.to_string()),
        _ => Err(Failure::Usage(format!(
            "lookups.private_hosts: “{host}” is not a host name such as badges.corp.example"
        ))),
    });
    Ok(Reach { ports: rules.ports, private_hosts: hosts.collect::<Result<_, _>>()? })
}

fn trusted(said: Vec<TrustedEntry>) -> Result<Vec<TrustedIssuer>, Failure> {
    let mut entries: Vec<TrustedIssuer> = Vec::new();
    for TrustedEntry { id, name, note, signs_status_for } in said {
        let wrong = |why: &str| Failure::Usage(format!("trusted_issuers: “{id}”: {why}"));
        let entry = TrustedIssuer::checked(&id, TrustRequest { name, note, signs_status_for });
        let entry = entry.map_err(|faults| wrong(&faults.first().map(ToString::to_string).unwrap_or_default()))?;
        if entries.iter().any(|other| other.id == entry.id) {
            return Err(wrong("stands there twice"));
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn limits(rules: LimitRules) -> Result<Limits, Failure> {
    let usual = Limits::default();
    let connections = rules.connections.unwrap_or(usual.connections);
    let share = rules.connections_per_client.unwrap_or(usual.connections_per_client.min(connections));
    if connections == 0 || share == 0 || share > connections {
        return Err(Failure::Usage(
            "limits: connections and connections_per_client are at least 1, and the second is no more than the first"
                .to_owned(),
        ));
    }
    if connections > MOST_CONNECTIONS {
        return Err(Failure::Usage(format!("limits: connections is at most {MOST_CONNECTIONS}")));
    }
    let clients = rules.clients.unwrap_or(usual.clients);
    if clients == 0 || clients > MOST_CLIENTS {
        return Err(Failure::Usage(format!("limits: clients is from 1 to {MOST_CLIENTS}")));
    }
    let rate = |said: Option<u32>, usual| said.map_or(usual, NonZeroU32::new);
    Ok(Limits {
        reading: rate(rules.reading, usual.reading),
        status: rate(rules.status, usual.status),
        verifying: rate(rules.verifying, usual.verifying),
        tokens: rate(rules.tokens, usual.tokens),
        wrong_tokens: rate(rules.wrong_tokens, usual.wrong_tokens),
        letters: rate(rules.letters, usual.letters),
        registrations: rate(rules.registrations, usual.registrations),
        clients,
        connections,
        connections_per_client: share,
    })
}

/// None of them may be nothing: then no file could be handed in at all.
fn evidence_limits(rules: &EvidenceRules) -> Result<EvidenceLimits, Failure> {
    let usual = EvidenceLimits::default();
    let bytes = |name: &str, said: Option<u64>, usual: u64| match said {
        None => Ok(usual),
        Some(mib @ 1..=MOST_EVIDENCE) => Ok(mib * 1024 * 1024),
        Some(mib) => Err(Failure::Usage(format!("evidence: {name} is {mib}; give from 1 to {MOST_EVIDENCE}"))),
    };
    Ok(EvidenceLimits {
        file: bytes("file_mib", rules.file_mib, usual.file)?,
        video: bytes("video_mib", rules.video_mib, usual.video)?,
        submission: bytes("submission_mib", rules.submission_mib, usual.submission)?,
    })
}

/// In MiB: a terabyte is no evidence.
const MOST_EVIDENCE: u64 = 1024 * 1024;

/// Each is asked for every badge of a stranger.
const MOST_REGISTRIES: usize = 8;

fn registries(said: Vec<RegistryEntry>) -> Result<Arc<[Registry]>, Failure> {
    if said.len() > MOST_REGISTRIES {
        return Err(Failure::Usage(format!("registries: at most {MOST_REGISTRIES} are asked")));
    }
    said.into_iter().map(registry).collect()
}

fn registry(said: RegistryEntry) -> Result<Registry, Failure> {
    let RegistryEntry { name, list, anchor, keys } = said;
    let wrong = |why: &str| Err(Failure::Usage(format!("registries: “{name}” {why}")));
    if name.trim().is_empty() {
        return wrong("needs a name");
    }
    let plain = |url: &str| is_profile_url(url) && !url.contains('?');
    let kind = match (list, anchor) {
        (Some(list), None) if is_profile_url(&list) && keys.is_empty() => RegistryKind::List(list),
        (Some(_), None) => return wrong("needs an https address as its list, and no keys"),
        (None, Some(anchor)) if plain(&anchor) => {
            let keys: Result<Vec<Jwk>, _> = keys.iter().map(Jwk::read).collect();
            match keys {
                Ok(keys) if !keys.is_empty() => RegistryKind::Federation { anchor, keys },
                Ok(_) => return wrong("needs the keys of its anchor"),
                Err(why) => return wrong(&format!("has a key that can't be used: {why}")),
            }
        }
        (None, Some(_)) => return wrong("needs an https address as its anchor"),
        _ => return wrong("needs a list or an anchor, and not both"),
    };
    Ok(Registry { name: name.trim().to_owned(), kind })
}

/// A database path relative to the configuration's folder; URLs stay as they are.
pub(super) fn beside(folder: &Path, database: &str) -> String {
    if database.contains("://") {
        return database.to_owned();
    }
    let path = database.strip_prefix("sqlite:").unwrap_or(database);
    folder.join(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_path_is_beside_the_configuration_and_a_url_stays() {
        assert_eq!(beside(Path::new("/srv/laurel"), "laurel.db"), "/srv/laurel/laurel.db");
        assert_eq!(beside(Path::new("/srv/laurel"), "sqlite:/var/l.db"), "/var/l.db");
        assert_eq!(beside(Path::new("/srv"), "postgres://h/d"), "postgres://h/d");
    }

    #[test]
    fn an_unknown_name_in_the_file_is_refused_in_one_line() {
        let Err(Failure::Usage(why)) = read(Path::new("laurel.toml"), "base_ulr = \"x\"") else { panic!() };
        assert!(why.contains("base_ulr") && !why.contains('\n'), "{why}");
    }

    #[test]
    fn look_ups_go_nowhere_private_unless_the_file_names_it() {
        let rules = |text: &str| reach(read(Path::new("laurel.toml"), text).ok()?.lookups.unwrap_or_default()).ok();
        assert_eq!(rules(""), Some(Reach::default()));
        let opened = rules("[lookups]\nports = [8443]\nprivate_hosts = [\"Badges.corp.example\"]").unwrap();
        assert_eq!((opened.ports, opened.private_hosts), (vec![8443], vec!["badges.corp.example".to_owned()]));
        for bad in
            ["ports = [\"x\"]", "private_hosts = [\"https://a.example\"]", "private_hosts = [\"a/b\"]", "hosts = []"]
        {
            assert_eq!(rules(&format!("[lookups]\n{bad}")), None, "{bad}");
        }
    }

    #[test]
    fn a_registry_is_a_list_or_an_anchor_with_its_keys() {
        let rules = |text: &str| {
            let said = format!("[[registries]]\nname = \"Known\"\n{text}");
            registries(read(Path::new("laurel.toml"), &said).ok()?.registries).ok()
        };
        let list = rules("list = \"https://a.example/registry.json\"").unwrap();
        assert_eq!(list[0].kind, RegistryKind::List("https://a.example/registry.json".into()));
        let key =
            "{ kty = \"OKP\", crv = \"Ed25519\", x = \"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\", kid = \"1\" }";
        let federation = rules(&format!("anchor = \"https://a.example\"\nkeys = [{key}]")).unwrap();
        assert!(matches!(&federation[0].kind, RegistryKind::Federation { keys, .. } if keys.len() == 1));
        for bad in [
            "",
            "list = \"http://a.example/registry.json\"",
            "list = \"https://a.example/\"\nanchor = \"https://a.example\"",
            "anchor = \"https://a.example\"",
            "anchor = \"https://a.example\"\nkeys = [{ kty = \"oct\", k = \"AAAA\" }]",
            &format!("anchor = \"a.example\"\nkeys = [{key}]"),
        ] {
            assert!(rules(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn trusted_issuers_are_named_once_by_identifier() {
        let entry = |id: &str, name: &str| format!("[[trusted_issuers]]\nid = \"{id}\"\nname = \"{name}\"\n");
        let rules = |text: &str| trusted(read(Path::new("laurel.toml"), text).ok()?.trusted_issuers).ok();
        let partner = entry("did:web:badges.partner.example", "Partner");
        let known = rules(&format!("{partner}{}", entry("https://old.example/issuer", "Old"))).unwrap();
        assert_eq!((known.len(), known[0].name.as_str()), (2, "Partner"));
        for bad in [
            entry("badges.partner.example", "Partner"),
            entry("did:web:a.example ", "A"),
            entry("did:web:a.example", " "),
            format!("{partner}{partner}"),
            "[[trusted_issuers]]\nid = \"did:web:a.example\"".to_owned(),
        ] {
            assert_eq!(rules(&bad), None, "{bad}");
        }
    }

    #[test]
    fn evidence_is_limited_in_mebibytes_and_as_it_is_by_default_where_nothing_is_said() {
        let rules = |text: &str| {
            let said = read(Path::new("laurel.toml"), text).ok()?.evidence.unwrap_or_default();
            evidence_limits(&said).ok()
        };
        assert_eq!(rules(""), Some(EvidenceLimits::default()));
        let said = rules("[evidence]\nfolder = \"/srv/evidence\"\nvideo_mib = 3").unwrap();
        assert_eq!(said, EvidenceLimits { video: 3 * 1024 * 1024, ..EvidenceLimits::default() });
        for bad in ["file_mib = 0", "submission_mib = -1", "video_mib = 1048577", "flie_mib = 1"] {
            assert_eq!(rules(&format!("[evidence]\n{bad}")), None, "{bad}");
        }
    }

    #[test]
    fn limits_are_as_they_are_by_default_where_the_file_says_nothing() {
        let rules = |text: &str| limits(read(Path::new("laurel.toml"), text).ok()?.limits.unwrap_or_default()).ok();
        assert_eq!(rules(""), Some(Limits::default()));
        let said = rules("[limits]\nconnections = 100").unwrap();
        assert_eq!((said.connections, said.connections_per_client), (100, 100));
        let said = rules("[limits]\nreading = 7\nverifying = 0\nclients = 5").unwrap();
        assert_eq!((said.reading, said.verifying, said.clients), (NonZeroU32::new(7), None, 5));
        assert_eq!(said.status, Limits::default().status);
        for bad in [
            "connections = 0",
            "connections_per_client = 0",
            "connections = 10\nconnections_per_client = 11",
            "connections = 100000000",
            "connections = -1",
            "clients = 0",
            "reading = -1",
            "conections = 1",
        ] {
            assert_eq!(rules(&format!("[limits]\n{bad}")), None, "{bad}");
        }
    }
}
