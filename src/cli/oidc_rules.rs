//! `[oidc]` in laurel.toml: at which provider the company's people sign in.

use super::{Failure, config::variable};
use crate::outside::provider::Provider;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OidcRules {
    /// The provider's address, as its tokens name it.
    pub issuer: String,
    pub client_id: String,
    /// The secret is its first line; LAUREL_OIDC_SECRET counts before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret_file: Option<PathBuf>,
    /// What the button says; the issuer's host when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether someone the directory does not know is added when they first sign in.
    #[serde(default)]
    pub adds_people: bool,
}

impl OidcRules {
    /// The provider as it counts; the path is relative to `folder`.
    pub fn provider(&self, folder: &Path) -> Result<Provider, Failure> {
        let wrong = |why: String| Failure::Usage(format!("oidc.{why}"));
        let no_address = || wrong(format!("issuer: “{}” is not an https address", self.issuer));
        let issuer = url::Url::parse(&self.issuer).map_err(|_| no_address())?;
        let host = issuer.host_str().ok_or_else(no_address)?;
        let here = issuer.scheme() == "http" && host == "localhost";
        if (issuer.scheme() != "https" && !here) || issuer.query().is_some() || issuer.fragment().is_some() {
            return Err(no_address());
        }
        if self.client_id.trim().is_empty() {
            return Err(wrong("client_id: is missing; the provider gives it".to_owned()));
        }
        Ok(Provider {
            issuer: self.issuer.clone(),
            name: self.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(host).to_owned(),
            client_id: self.client_id.clone(),
            client_secret: self.secret(folder)?,
            adds_people: self.adds_people,
        })
    }

    fn secret(&self, folder: &Path) -> Result<Zeroizing<String>, Failure> {
        let wrong = |why: &str| Failure::Usage(format!("oidc.client_secret_file: {why}"));
        if let Some(secret) = variable("LAUREL_OIDC_SECRET") {
            return Ok(Zeroizing::new(secret));
        }
        let path = self.client_secret_file.as_deref();
        let path = path.ok_or_else(|| wrong("is missing; name a file, or give the secret in LAUREL_OIDC_SECRET"))?;
        let path = folder.join(path);
        let bytes = std::fs::read(&path).map_err(|why| wrong(&format!("{}: {why}", path.display())))?;
        let bytes = Zeroizing::new(bytes);
        let text = std::str::from_utf8(&bytes).map_err(|_| wrong("is not text"))?;
        match text.lines().next().unwrap_or_default().trim() {
            "" => Err(wrong("is empty")),
            secret => Ok(Zeroizing::new(secret.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(text: &str, folder: &Path) -> Result<Provider, String> {
        let rules: OidcRules = toml::from_str(text).map_err(|why| why.to_string())?;
        rules.provider(folder).map_err(|why| why.to_string())
    }

    #[test]
    fn a_provider_is_named_by_an_https_address_and_its_secret_is_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "s3cret\n").unwrap();
        std::fs::write(folder.path().join("empty"), "\n").unwrap();
        let rules = |issuer: &str, file: &str| {
            format!("issuer = \"{issuer}\"\nclient_id = \"laurel\"\nclient_secret_file = \"{file}\"")
        };
        let found = provider(&rules("https://login.acme.example/tenant", "secret"), folder.path()).unwrap();
        assert_eq!((found.client_secret.as_str(), found.name.as_str()), ("s3cret", "login.acme.example"));
        assert!(!found.adds_people && !format!("{found:?}").contains("s3cret"));
        let named = format!("{}\nname = \"Acme\"\nadds_people = true", rules("http://localhost:9000", "secret"));
        let found = provider(&named, folder.path()).unwrap();
        assert_eq!((found.name.as_str(), found.adds_people), ("Acme", true));
        for bad in [
            rules("http://login.acme.example", "secret"),
            rules("login.acme.example", "secret"),
            rules("https://login.acme.example?a=b", "secret"),
            rules("https://login.acme.example", "empty"),
            rules("https://login.acme.example", "not-there"),
            "issuer = \"https://login.acme.example\"\nclient_id = \"laurel\"".to_owned(),
            format!("{}\nscope = \"x\"", rules("https://login.acme.example", "secret")),
        ] {
            assert!(provider(&bad, folder.path()).is_err(), "{bad}");
        }
    }
}
