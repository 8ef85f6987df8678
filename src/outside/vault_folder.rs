//! The vault's folder: `{fragment}.age` is the encrypted secret (the 32-byte seed, or PKCS#8 of a key for JWT), `{fragment}.json` says openly which key it is.
//!
//! `sealing.age` is what other secrets are sealed with, a web hook's for one: an age identity, encrypted like the keys, made when
//! it is first needed.
//!
//! Folder 0700, files 0600. A file is written beside its place, synced and renamed, so a crash leaves the old or the new one.

use super::{
    secret::Secret,
    vault::{KeyLabel, Protection, VaultError},
};
use age::secrecy::ExposeSecret;
use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// scrypt's work, as a power of two: about half a second on a small machine.
const WORK: u8 = 17;
const SEALING: &str = "sealing.age";

pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn at(path: &Path) -> Self {
        Folder(path.to_owned())
    }

    pub(super) fn read(&self, fragment: &str, protection: &Protection) -> Result<(KeyLabel, Secret), VaultError> {
        self.check_modes()?;
        let secret = self.0.join(format!("{fragment}.age"));
        if !plain_name(fragment) || !secret.exists() {
            return Err(VaultError::Missing(fragment.to_owned()));
        }
        let label = self.label(&self.0.join(format!("{fragment}.json")))?;
        let damaged = |why: &str| VaultError::Damaged(fragment.to_owned(), why.to_owned());
        let packed = fs::read(&secret).map_err(io("reading", &secret))?;
        let bytes = decrypt(fragment, &packed, protection)?;
        let key = Secret::read(label.purpose, &bytes).map_err(damaged)?;
        if label.fragment != fragment || key.public_multibase() != label.public_multibase {
            return Err(damaged("the secret and the label beside it are of different keys"));
        }
        Ok((label, key))
    }

    /// The secret first: a label without a secret would promise a key that is not there.
    pub(super) fn write(&self, label: &KeyLabel, key: &Secret, protection: &Protection) -> Result<(), VaultError> {
        if !plain_name(&label.fragment) {
            return Err(VaultError::Damaged(label.fragment.clone(), "its name can't be a file name".into()));
        }
        if !self.0.exists() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.0).map_err(io("making", &self.0))?;
        }
        self.check_modes()?;
        let packed =
            encrypt(&key.to_bytes(), protection).map_err(|why| VaultError::Damaged(label.fragment.clone(), why))?;
        self.put(&format!("{}.age", label.fragment), &packed)?;
        self.put_label(label)
    }

    /// What seals; made, and encrypted on disk, where there is none yet. Of two that make it at once both get the same.
    pub(super) fn sealing(&self, protection: &Protection) -> Result<age::x25519::Identity, VaultError> {
        self.check_modes()?;
        let path = self.0.join(SEALING);
        if !path.exists() {
            let text = Zeroizing::new(age::x25519::Identity::generate().to_string().expose_secret().to_owned());
            let damaged = |why| VaultError::Damaged("sealing".to_owned(), why);
            let packed = encrypt(text.as_bytes(), protection).map_err(damaged)?;
            let beside = self.0.join(format!(".{SEALING}.{}.new", std::process::id()));
            let write = || {
                let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
                file.write_all(&packed)?;
                file.sync_all()?;
                // Unlike a renaming, this takes no place that is taken.
                match fs::hard_link(&beside, &path) {
                    Err(why) if why.kind() != std::io::ErrorKind::AlreadyExists => Err(why),
                    _ => fs::remove_file(&beside),
                }?;
                File::open(&self.0)?.sync_all()
            };
            write().map_err(io("writing", &path))?;
        }
        let packed = fs::read(&path).map_err(io("reading", &path))?;
        let bytes = decrypt("sealing", &packed, protection)?;
        let text = std::str::from_utf8(&bytes).ok().and_then(|text| text.parse().ok());
        text.ok_or_else(|| VaultError::Damaged("sealing".to_owned(), "it holds no age identity".to_owned()))
    }

    pub(super) fn mark(&self, fragment: &str, state: &str) -> Result<(), VaultError> {
        let mut label = self.label(&self.0.join(format!("{fragment}.json")))?;
        state.clone_into(&mut label.state);
        self.put_label(&label)
    }

    pub(super) fn labels(&self) -> Result<Vec<KeyLabel>, VaultError> {
        self.check_modes()?;
        let mut labels = Vec::new();
        for path in self.files()? {
            if path.extension().is_some_and(|end| end == "json") {
                labels.push(self.label(&path)?);
            }
        }
        Ok(labels)
    }

    pub(super) fn check_modes(&self) -> Result<(), VaultError> {
        if !self.0.exists() {
            return Err(VaultError::NoFolder(self.0.clone()));
        }
        closed("the keys folder", &self.0, 0o700)?;
        self.files()?.iter().try_for_each(|path| closed("the key file", path, 0o600))
    }

    /// The key files; anything else in the folder is left alone.
    fn files(&self) -> Result<Vec<PathBuf>, VaultError> {
        let entries = fs::read_dir(&self.0).map_err(io("reading", &self.0))?;
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(io("reading", &self.0))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name == SEALING || name.starts_with("key-") && (name.ends_with(".age") || name.ends_with(".json")) {
                paths.push(path);
            }
        }
        Ok(paths)
    }

    fn label(&self, path: &Path) -> Result<KeyLabel, VaultError> {
        let text = fs::read(path).map_err(io("reading", path))?;
        serde_json::from_slice(&text).map_err(|why| VaultError::Damaged(path.display().to_string(), why.to_string()))
    }

    fn put_label(&self, label: &KeyLabel) -> Result<(), VaultError> {
        let text = serde_json::to_vec_pretty(label)
            .map_err(|why| VaultError::Damaged(label.fragment.clone(), why.to_string()))?;
        self.put(&format!("{}.json", label.fragment), &text)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
        let (path, beside) = (self.0.join(name), self.0.join(format!(".{name}.new")));
        let write = || {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &path)?;
            File::open(&self.0)?.sync_all()
        };
        write().map_err(io("writing", &path))
    }
}

pub(super) fn read_key_file(path: &Path) -> Result<age::x25519::Identity, VaultError> {
    let bad = |why: &str| VaultError::BadKeyFile(path.to_owned(), why.to_owned());
    if !path.exists() {
        return Err(bad("it does not exist"));
    }
    closed("the key file", path, 0o600)?;
    let text = Zeroizing::new(fs::read_to_string(path).map_err(io("reading", path))?);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return Err(bad("it must hold exactly one line that starts with AGE-SECRET-KEY-1"));
    };
    line.parse().map_err(|why| bad(&format!("{why}; it must hold a line that starts with AGE-SECRET-KEY-1")))
}

pub(super) fn make_key_file(path: &Path) -> Result<age::x25519::Identity, VaultError> {
    let identity = age::x25519::Identity::generate();
    let text = format!("{}\n", identity.to_string().expose_secret());
    let text = Zeroizing::new(text);
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        // Its name too: what it will encrypt is lost without it.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    };
    write().map_err(io("writing", path))?;
    Ok(identity)
}

fn encrypt(seed: &[u8], protection: &Protection) -> Result<Vec<u8>, String> {
    match protection {
        Protection::Passphrase(passphrase) => {
            let mut recipient = age::scrypt::Recipient::new(passphrase.clone());
            recipient.set_work_factor(WORK);
            age::encrypt(&recipient, seed)
        }
        Protection::KeyFile(identity) => age::encrypt(&identity.to_public(), seed),
    }
    .map_err(|why| format!("it can't be encrypted: {why}"))
}

fn decrypt(fragment: &str, packed: &[u8], protection: &Protection) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let seed = match protection {
        Protection::Passphrase(passphrase) => age::decrypt(&age::scrypt::Identity::new(passphrase.clone()), packed),
        Protection::KeyFile(identity) => age::decrypt(identity.as_ref(), packed),
    };
    seed.map(Zeroizing::new).map_err(|why| {
        let why = match (why, protection) {
            (age::DecryptError::NoMatchingKeys, Protection::Passphrase(_)) => {
                "it is not encrypted with a passphrase but with a key file; give that with LAUREL_KEY_FILE"
            }
            (age::DecryptError::NoMatchingKeys, Protection::KeyFile(_)) => "it is not encrypted with this key file",
            (_, Protection::Passphrase(_)) => "the passphrase is wrong, or the file is damaged",
            (_, Protection::KeyFile(_)) => "the file is damaged",
        };
        VaultError::Locked(fragment.to_owned(), why)
    })
}

/// Refuses what others than the owner can open.
fn closed(what: &'static str, path: &Path, wanted: u32) -> Result<(), VaultError> {
    let mode = fs::metadata(path).map_err(io("reading", path))?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(VaultError::TooOpen { what, path: path.to_owned(), mode, wanted });
    }
    Ok(())
}

fn plain_name(fragment: &str) -> bool {
    fragment.starts_with("key-") && fragment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn io<'a>(doing: &'static str, path: &'a Path) -> impl Fn(std::io::Error) -> VaultError + 'a {
    move |source| VaultError::Io { doing, path: path.to_owned(), source }
}
