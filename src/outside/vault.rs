//! Where the secret keys are.
//!
//! - One file a key, encrypted, in a folder that only its owner can open; looser modes are refused, with the command that
//!   mends them.
//! - A key has one purpose and is refused for any other. A development key is refused unless the vault allows it.
//! - A key is decrypted when it is first needed, stays in memory, and wipes itself when the vault goes.

use super::{secret::Secret, vault_folder::Folder, vault_seal};
use crate::credential::{jose::SigningKey, key::SecretKey};
use age::secrecy::SecretString;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use zeroize::Zeroizing;

/// What a key signs. One purpose's key never signs for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Badges and status lists.
    Credential,
    /// Decisions of panels.
    Panel,
    /// Badges as JWT.
    Jwt,
    /// Credentials that programs send to the VC-API.
    VcApi,
}

impl Purpose {
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Credential => "credential",
            Purpose::Panel => "panel",
            Purpose::Jwt => "jwt",
            Purpose::VcApi => "vc_api",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "credential" => Ok(Purpose::Credential),
            "panel" => Ok(Purpose::Panel),
            "jwt" => Ok(Purpose::Jwt),
            "vc_api" => Ok(Purpose::VcApi),
            other => Err(format!("“{other}” is not a purpose; use credential, panel, jwt or vc_api")),
        }
    }
}

/// What stands beside a secret key, open for anyone to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyLabel {
    /// `key-…`, the part after `#` in the key's DID URL and the name of its files.
    pub fragment: String,
    pub public_multibase: String,
    pub purpose: Purpose,
    pub created: Timestamp,
    /// As of its last change, for people who look into the folder; the database decides.
    pub state: String,
    /// Made for the demo: refused everywhere else.
    #[serde(default)]
    pub development: bool,
}

/// What opens the key files.
#[derive(Clone)]
pub enum Protection {
    Passphrase(SecretString),
    /// An age X25519 identity.
    KeyFile(Box<age::x25519::Identity>),
}

#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("the keys folder {0} does not exist; make a key with `laurel keys generate`")]
    NoFolder(PathBuf),
    #[error("{what} {path} can be opened by others (mode {mode:03o}); run: chmod {wanted:03o} {path}", path = .path.display())]
    TooOpen { what: &'static str, path: PathBuf, mode: u32, wanted: u32 },
    #[error(
        "the key {0} is not in the keys folder; restore its files from the backup or rotate with `laurel keys rotate`"
    )]
    Missing(String),
    #[error("the key {fragment} was made for {} and can't be used for {}", .made.as_str(), .asked.as_str())]
    OtherPurpose { fragment: String, made: Purpose, asked: Purpose },
    #[error(
        "the key {0} is a development key; it is good for `laurel demo` only, so make a real one with `laurel keys rotate`"
    )]
    Development(String),
    #[error("the key {0} can't be decrypted: {1}")]
    Locked(String, &'static str),
    #[error("the key file {path} can't be used: {why}", path = .0.display(), why = .1)]
    BadKeyFile(PathBuf, String),
    #[error("what was sealed can't be read: {0}")]
    Unsealable(&'static str),
    #[error("the files of the key {0} can't be used: {1}")]
    Damaged(String, String),
    #[error("{doing} {path} failed: {source}", path = .path.display())]
    Io { doing: &'static str, path: PathBuf, source: std::io::Error },
}

/// The keys of one deployment.
pub struct Vault {
    place: Place,
    development_allowed: bool,
    held: Mutex<HashMap<String, (KeyLabel, Secret)>>,
    /// What seals, once it was needed.
    sealing: Mutex<Option<age::x25519::Identity>>,
}

enum Place {
    /// Nothing outlives the process.
    Memory,
    Folder(Folder, Option<Protection>),
}

impl Vault {
    /// For tests and the demo.
    pub fn memory() -> Self {
        Vault { place: Place::Memory, development_allowed: true, held: Mutex::default(), sealing: Mutex::default() }
    }

    /// The vault in a folder. Without `protection` keys can be listed but not used.
    pub fn folder(path: &Path, protection: Option<Protection>, development_allowed: bool) -> Self {
        let place = Place::Folder(Folder::at(path), protection);
        Vault { place, development_allowed, held: Mutex::default(), sealing: Mutex::default() }
    }

    /// The key named `fragment`, when it may be used for `purpose`.
    pub fn signer(&self, fragment: &str, purpose: Purpose) -> Result<SecretKey, VaultError> {
        match self.secret(fragment, purpose)? {
            Secret::Ed25519(key) => Ok(key),
            Secret::Jwt(_) => Err(VaultError::Damaged(fragment.to_owned(), "it is a key for JWT".to_owned())),
        }
    }

    /// The key named `fragment`, when it was made for JWT.
    pub fn jwt_signer(&self, fragment: &str) -> Result<SigningKey, VaultError> {
        match self.secret(fragment, Purpose::Jwt)? {
            Secret::Jwt(key) => Ok(key),
            Secret::Ed25519(_) => Err(VaultError::Damaged(fragment.to_owned(), "it is no key for JWT".to_owned())),
        }
    }

    fn secret(&self, fragment: &str, purpose: Purpose) -> Result<Secret, VaultError> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if !held.contains_key(fragment)
            && let Place::Folder(folder, protection) = &self.place
        {
            let locked = VaultError::Locked(fragment.to_owned(), "no passphrase or key file was given");
            let found = folder.read(fragment, protection.as_ref().ok_or(locked)?)?;
            held.insert(fragment.to_owned(), found);
        }
        let (label, key) = held.get(fragment).ok_or_else(|| VaultError::Missing(fragment.to_owned()))?;
        if label.purpose != purpose {
            let (made, asked) = (label.purpose, purpose);
            return Err(VaultError::OtherPurpose { fragment: fragment.to_owned(), made, asked });
        }
        if label.development && !self.development_allowed {
            return Err(VaultError::Development(fragment.to_owned()));
        }
        Ok(key.clone())
    }

    /// Keeps a new key; in a folder it is on disk, encrypted, when this returns.
    pub fn keep(&self, label: KeyLabel, key: impl Into<Secret>) -> Result<(), VaultError> {
        let key = key.into();
        if let Place::Folder(folder, protection) = &self.place {
            let locked = VaultError::Locked(label.fragment.clone(), "no passphrase or key file was given");
            folder.write(&label, &key, protection.as_ref().ok_or(locked)?)?;
        }
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(label.fragment.clone(), (label, key));
        Ok(())
    }

    /// Writes a key's new state beside it.
    pub fn mark(&self, fragment: &str, state: &str) -> Result<(), VaultError> {
        if let Place::Folder(folder, _) = &self.place {
            return folder.mark(fragment, state);
        }
        if let Some((label, _)) = self.held.lock().unwrap_or_else(PoisonError::into_inner).get_mut(fragment) {
            state.clone_into(&mut label.state);
        }
        Ok(())
    }

    /// What stands beside the keys, oldest first.
    pub fn labels(&self) -> Result<Vec<KeyLabel>, VaultError> {
        let mut labels = match &self.place {
            Place::Folder(folder, _) => folder.labels()?,
            Place::Memory => {
                let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
                held.values().map(|(label, _)| label.clone()).collect()
            }
        };
        labels.sort_by(|a, b| (a.created, &a.fragment).cmp(&(b.created, &b.fragment)));
        Ok(labels)
    }

    /// Encrypts a text that is to be read again by this deployment alone, for the database.
    pub fn seal(&self, text: &str) -> Result<String, VaultError> {
        vault_seal::seal(text, &self.sealing()?)
    }

    /// Reads what [`Vault::seal`] wrote.
    pub fn unseal(&self, sealed: &str) -> Result<Zeroizing<String>, VaultError> {
        vault_seal::unseal(sealed, &self.sealing()?)
    }

    /// Made when it is first needed, and kept like a key.
    fn sealing(&self) -> Result<age::x25519::Identity, VaultError> {
        let mut known = self.sealing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(identity) = &*known {
            return Ok(identity.clone());
        }
        let identity = match &self.place {
            Place::Memory => age::x25519::Identity::generate(),
            Place::Folder(folder, protection) => {
                let locked = VaultError::Locked("sealing".to_owned(), "no passphrase or key file was given");
                folder.sealing(protection.as_ref().ok_or(locked)?)?
            }
        };
        *known = Some(identity.clone());
        Ok(identity)
    }

    /// Refuses a folder or file that others can open.
    pub fn check_modes(&self) -> Result<(), VaultError> {
        match &self.place {
            Place::Folder(folder, _) => folder.check_modes(),
            Place::Memory => Ok(()),
        }
    }
}

impl Protection {
    /// Reads an age identity file; only its owner may be able to read it.
    pub fn key_file(path: &Path) -> Result<Self, VaultError> {
        super::vault_folder::read_key_file(path).map(|identity| Protection::KeyFile(Box::new(identity)))
    }

    /// Makes a new age identity file, never over another.
    pub fn new_key_file(path: &Path) -> Result<Self, VaultError> {
        super::vault_folder::make_key_file(path).map(|identity| Protection::KeyFile(Box::new(identity)))
    }

    pub fn passphrase(text: String) -> Self {
        Protection::Passphrase(SecretString::from(text))
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

impl std::fmt::Debug for Protection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Protection::Passphrase(_) => "Protection::Passphrase",
            Protection::KeyFile(_) => "Protection::KeyFile",
        })
    }
}
