//! `laurel init`: from nothing to an issuer, by flags, and by questions where a terminal is. Nothing is written before all of it
//! is known to be right, and nothing is written over.

use super::{
    Failure, ask,
    config::{ConfigFile, FILE, beside, variable},
    open::database,
    say,
};
use crate::{
    actions::{
        App, Config,
        config::checked_base_url,
        init::{self, Begun, NewIssuer},
    },
    domain::{actor::Actor, issuer::Issuer},
    outside::{
        clock::Clock,
        depot::Depot,
        fetch::{Fetcher, Network, Reach},
        mailer::Mailer,
        random::Random,
        vault::{Protection, Vault},
    },
};
use jiff::tz::TimeZone;
use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The key file that is made when neither a passphrase nor a key file is given.
const KEY_FILE: &str = "laurel.key";

#[derive(clap::Args)]
pub(super) struct Init {
    /// Where the world will reach this service, such as https://badges.example.com
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The issuer's name, as badges will show it
    #[arg(long)]
    name: Option<String>,
    /// The issuer's word in addresses; made from the name when absent
    #[arg(long, value_name = "WORD")]
    id: Option<String>,
    /// The company's own site
    #[arg(long)]
    url: Option<String>,
    /// An address for questions about badges
    #[arg(long)]
    email: Option<String>,
    /// LinkedIn's number of the company
    #[arg(long, value_name = "NUMBER")]
    linkedin_id: Option<String>,
    /// IANA name, such as Europe/Berlin; certifications end on its calendar
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Show the reason of a revocation to everyone
    #[arg(long)]
    show_revocation_reason: bool,
    /// A path, or postgres://…; DATABASE_URL or laurel.db when absent
    #[arg(long, value_name = "DATABASE")]
    database: Option<String>,
    /// Encrypt the keys with this age key file; it is made when it isn't there
    #[arg(long, env = "LAUREL_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Where to listen; 127.0.0.1:8080 or the port of a localhost base URL when absent
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// The name of the first API token
    #[arg(long, value_name = "NAME", default_value = "first")]
    token_name: String,
    /// Make no API token
    #[arg(long)]
    no_token: bool,
}

impl Init {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let path = config.unwrap_or(Path::new(FILE));
        if path.exists() {
            return Err(Failure::Refused(format!("{} is there already; it is not written over", path.display())));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let base_url =
            asked(self.base_url.clone(), "--base-url", "Base URL, such as https://badges.example.com", None)?;
        let base_url = checked_base_url(&base_url).map_err(|why| Failure::Usage(format!("--base-url: {why}")))?;
        let issuer = self.issuer(&base_url)?;
        let database_url = match (&self.database, variable("DATABASE_URL")) {
            (Some(given), _) => given.clone(),
            (None, Some(url)) => url,
            (None, None) => "laurel.db".to_owned(),
        };
        let listen = self.listen.clone().unwrap_or_else(|| listen_for(&base_url));
        super::config::address("--listen", &listen)?;
        let (protection, key_file) = self.protection(folder)?;
        let file = ConfigFile {
            base_url: Some(base_url.clone()),
            listen: Some(listen),
            // What the environment says stays there, since it may hold a password.
            database: (self.database.is_some() || variable("DATABASE_URL").is_none()).then(|| database_url.clone()),
            keys: Some(PathBuf::from("keys")),
            key_file,
            trusted_proxies: Vec::new(),
            lookups: None,
            trusted_issuers: Vec::new(),
            registries: Vec::new(),
            limits: None,
            mail: None,
            evidence: None,
            oidc: None,
            fonts: None,
        };
        write(path, &file)?;
        let begun = self.begin(folder, &database_url, base_url, issuer, protection).await;
        if begun.is_err() {
            let _as_before = fs::remove_file(path);
        }
        tell(path, &begun?);
        Ok(ExitCode::SUCCESS)
    }

    fn issuer(&self, base_url: &str) -> Result<Issuer, Failure> {
        let name = asked(self.name.clone(), "--name", "Name of the issuer, as badges will show it", None)?;
        let word = slug_of(&name);
        let system_zone = TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
        let new = NewIssuer {
            id: or_asked(self.id.clone(), "Its word in addresses", &word),
            url: self.url.clone(),
            email: self.email.clone(),
            linkedin_id: self.linkedin_id.clone(),
            time_zone: or_asked(self.time_zone.clone(), "Time zone", &system_zone),
            show_revocation_reason: self.show_revocation_reason,
            name,
        };
        Ok(init::check(&new, base_url)?)
    }

    /// The passphrase, or a key file; with neither given, one is asked for, or a key file is made beside the configuration.
    fn protection(&self, folder: &Path) -> Result<(Protection, Option<PathBuf>), Failure> {
        let refused = |why: crate::outside::vault::VaultError| Failure::Refused(why.to_string());
        if let Some(path) = &self.key_file {
            let found = if path.exists() { Protection::key_file(path) } else { Protection::new_key_file(path) };
            let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            return Ok((found.map_err(refused)?, Some(absolute)));
        }
        if let Some(text) = variable("LAUREL_KEY_PASSPHRASE") {
            return Ok((Protection::passphrase(text), None));
        }
        if let Some(text) = ask::secret("Passphrase for the keys (empty: a key file instead): ") {
            if ask::secret("The same again: ").as_deref() != Some(text.as_str()) {
                return Err(Failure::Usage("passphrase: the two are not the same".to_owned()));
            }
            return Ok((Protection::passphrase(text), None));
        }
        let path = folder.join(KEY_FILE);
        let found = if path.exists() { Protection::key_file(&path) } else { Protection::new_key_file(&path) };
        Ok((found.map_err(refused)?, Some(PathBuf::from(KEY_FILE))))
    }

    async fn begin(
        &self,
        folder: &Path,
        database_url: &str,
        base_url: String,
        issuer: Issuer,
        protection: Protection,
    ) -> Result<Begun, Failure> {
        let app = App {
            db: database(&beside(folder, database_url)).await?,
            vault: Vault::folder(&folder.join("keys"), Some(protection), false),
            depot: Depot::folder(folder.join("evidence")),
            clock: Clock::System,
            random: Random::System,
            fetcher: Fetcher::new(Reach::default(), Network::System),
            mailer: Mailer::None,
            config: Config { base_url, ..Config::default() },
        };
        let token = (!self.no_token).then_some(self.token_name.as_str());
        Ok(init::init(&app, &Actor::Operator, issuer, token).await?)
    }
}

fn tell(path: &Path, begun: &Begun) {
    let Begun { issuer, key, token } = begun;
    say(format!("{} is ready: {}", issuer.name, issuer.did));
    say(format!("  configuration  {}", path.display()));
    say(format!("  signing key    {} (back up the keys folder and what opens it)", key.fragment));
    if let Some(token) = token {
        say(format!("  API token      {} (shown once)", token.secret));
    }
    say("Next: laurel program import FILE, then laurel serve");
}

/// Where a base URL on localhost says, so that it is true.
fn listen_for(base_url: &str) -> String {
    let port = url::Url::parse(base_url).ok().filter(|url| url.scheme() == "http").and_then(|url| url.port());
    format!("127.0.0.1:{}", port.unwrap_or(8080))
}

fn asked(given: Option<String>, flag: &str, question: &str, default: Option<&str>) -> Result<String, Failure> {
    given
        .or_else(|| ask::line(question, default))
        .ok_or_else(|| Failure::Usage(format!("{flag}: is missing, and there is no terminal to ask at")))
}

fn or_asked(given: Option<String>, question: &str, default: &str) -> String {
    given.or_else(|| ask::line(question, Some(default))).unwrap_or_else(|| default.to_owned())
}

/// A name as a word in addresses: `Acme & Sons` is `acme-sons`.
fn slug_of(name: &str) -> String {
    let plain = name.to_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut slug = words.join("-");
    slug.truncate(60);
    if slug.is_empty() { "issuer".to_owned() } else { slug.trim_end_matches('-').to_owned() }
}

fn write(path: &Path, file: &ConfigFile) -> Result<(), Failure> {
    let failed = |why: &dyn std::fmt::Display| Failure::Refused(format!("{} can't be written: {why}", path.display()));
    let text = toml::to_string(file).map_err(|why| failed(&why))?;
    let text = format!("# Laurel. LAUREL_* and DATABASE_URL in the environment count before this file.\n{text}");
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|why| failed(&why))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|why| failed(&why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_word_for_addresses() {
        assert_eq!(slug_of("Acme & Sons"), "acme-sons");
        assert_eq!(slug_of("株式会社"), "issuer");
        assert_eq!(listen_for("http://localhost:9000"), "127.0.0.1:9000");
        assert_eq!(listen_for("https://badges.example"), "127.0.0.1:8080");
    }
}
