//! `[mail]` in laurel.toml: by which server letters are sent, and in which language.

use super::{Failure, config::variable};
use crate::{
    domain::words::Language,
    outside::mailer::{Mailer, Relay, Security},
};
use serde::{Deserialize, Serialize};
use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailRules {
    /// The server; letters wait where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// `starttls` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<Security>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The password is its first line; LAUREL_MAIL_PASSWORD counts before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_file: Option<PathBuf>,
    /// A certificate (PEM) that is trusted beside the machine's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(default)]
    pub language: Language,
}

impl MailRules {
    /// The server as it counts; paths are relative to `folder`.
    pub fn relay(&self, folder: &Path) -> Result<Option<Relay>, Failure> {
        let wrong = |why: String| Failure::Usage(format!("mail.{why}"));
        let Some(host) = self.host.clone() else { return Ok(None) };
        let from =
            self.from.clone().ok_or_else(|| wrong("from: is missing; give the address letters are from".into()))?;
        let read = |field: &str, path: &Path| {
            let path = folder.join(path);
            std::fs::read(&path).map_err(|why| wrong(format!("{field}: {}: {why}", path.display())))
        };
        let credentials = match &self.user {
            Some(user) => Some((user.clone(), self.password(&read)?)),
            None => None,
        };
        let security = self.tls.unwrap_or(Security::StartTls);
        if security == Security::None && credentials.is_some() && !is_this_machine(&host) {
            return Err(wrong(
                "tls: a password goes to another machine encrypted only; use starttls or implicit".into(),
            ));
        }
        let authority = self.authority.as_deref().map(|path| read("authority", path)).transpose()?;
        let relay = Relay { host, port: self.port, security, credentials, authority, from };
        // Whatever is wrong with it is heard of now.
        Mailer::smtp(relay.clone(), "localhost").map_err(wrong)?;
        Ok(Some(relay))
    }

    fn password(&self, read: &impl Fn(&str, &Path) -> Result<Vec<u8>, Failure>) -> Result<Zeroizing<String>, Failure> {
        if let Some(password) = variable("LAUREL_MAIL_PASSWORD") {
            return Ok(Zeroizing::new(password));
        }
        let missing = "mail.user: needs a password; name its file in password_file, or give it in LAUREL_MAIL_PASSWORD";
        let path = self.password_file.as_deref().ok_or_else(|| Failure::Usage(missing.to_owned()))?;
        let bytes = Zeroizing::new(read("password_file", path)?);
        let text =
            std::str::from_utf8(&bytes).map_err(|_| Failure::Usage("mail.password_file: is not text".to_owned()))?;
        Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "host = \"smtp.acme.example\"\nfrom = \"Acme <badges@acme.example>\"\n";

    fn relay(text: &str, folder: &Path) -> Result<Option<Relay>, String> {
        let rules: MailRules = toml::from_str(text).map_err(|why| why.to_string())?;
        rules.relay(folder).map_err(|why| why.to_string())
    }

    #[test]
    fn a_server_is_spoken_to_encrypted_unless_the_file_says_otherwise() {
        let here = Path::new("");
        let security = |text: &str| relay(text, here).map(|relay| relay.map(|relay| relay.security));
        assert_eq!(security(GOOD), Ok(Some(Security::StartTls)));
        assert_eq!(security(&format!("{GOOD}tls = \"implicit\"")), Ok(Some(Security::Implicit)));
        assert_eq!(security(&format!("{GOOD}tls = \"none\"")), Ok(Some(Security::None)));
        assert_eq!(security("language = \"de\""), Ok(None));
        for bad in [
            "host = \"smtp.acme.example\"".to_owned(),
            "host = \"smtp.acme.example\"\nfrom = \"nobody\"".to_owned(),
            format!("{GOOD}tls = \"maybe\""),
            format!("{GOOD}language = \"fr\""),
            format!("{GOOD}prot = 25"),
            format!("{GOOD}user = \"laurel\""),
            format!("{GOOD}authority = \"not-there.pem\""),
        ] {
            assert!(security(&bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_is_the_first_line_of_its_file_and_never_leaves_the_machine_in_the_open() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "s3cret\n").unwrap();
        let known = format!("{GOOD}user = \"laurel\"\npassword_file = \"secret\"\n");
        let found = relay(&known, folder.path()).unwrap().unwrap().credentials.unwrap();
        assert_eq!((found.0.as_str(), found.1.as_str()), ("laurel", "s3cret"));
        let open = format!("{known}tls = \"none\"");
        assert!(relay(&open, folder.path()).is_err_and(|why| why.starts_with("mail.tls:")));
        assert!(relay(&open.replace("smtp.acme.example", "127.0.0.1"), folder.path()).is_ok());
    }
}
