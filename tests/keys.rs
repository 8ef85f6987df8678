//! The vault: who can open it, with what, and for which purpose.

use jiff::Timestamp;
use laurel::{
    credential::{
        jose::{Algorithm, SigningKey},
        key::SecretKey,
    },
    outside::vault::{KeyLabel, Protection, Purpose, Vault, VaultError},
};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        Bench { folder: tempfile::tempdir().unwrap() }
    }

    fn keys(&self) -> PathBuf {
        self.folder.path().join("keys")
    }

    fn key_file(&self, name: &str) -> Protection {
        let path = self.folder.path().join(name);
        if path.exists() { Protection::key_file(&path).unwrap() } else { Protection::new_key_file(&path).unwrap() }
    }

    fn open(&self, protection: Protection) -> Vault {
        Vault::folder(&self.keys(), Some(protection), false)
    }

    /// A vault with one key in it.
    fn with_key(protection: Protection, bench: Bench) -> Self {
        bench.open(protection).keep(label("key-a", false), key()).unwrap();
        bench
    }
}

fn key() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn label(fragment: &str, development: bool) -> KeyLabel {
    KeyLabel {
        fragment: fragment.into(),
        public_multibase: key().public().to_multibase(),
        purpose: Purpose::Credential,
        created: Timestamp::UNIX_EPOCH,
        state: "active".into(),
        development,
    }
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_key_is_on_disk_for_its_owner_alone_and_never_in_the_open() {
    let bench = Bench::new();
    let protection = bench.key_file("k");
    let bench = Bench::with_key(protection, bench);
    assert_eq!(mode(&bench.keys()), 0o700);
    for name in ["key-a.age", "key-a.json"] {
        assert_eq!(mode(&bench.keys().join(name)), 0o600, "{name}");
    }
    let secret = fs::read(bench.keys().join("key-a.age")).unwrap();
    assert!(secret.starts_with(b"age-encryption.org/v1"));
    assert!(!secret.windows(32).any(|window| window == [7; 32]));
    assert_eq!(fs::read_dir(bench.keys()).unwrap().count(), 2, "nothing is left beside");
}

#[test]
fn a_key_file_opens_the_key_and_another_one_does_not() {
    let bench = Bench::new();
    let bench = Bench::with_key(bench.key_file("k"), bench);
    let again = bench.open(bench.key_file("k")).signer("key-a", Purpose::Credential).unwrap();
    assert_eq!(again.public(), key().public());
    let other = bench.open(bench.key_file("other")).signer("key-a", Purpose::Credential).unwrap_err();
    assert!(matches!(other, VaultError::Locked(_, why) if why.contains("key file")), "{other}");
    let closed = Vault::folder(&bench.keys(), None, false).signer("key-a", Purpose::Credential).unwrap_err();
    assert!(matches!(closed, VaultError::Locked(..)), "{closed}");
}

#[test]
fn the_passphrase_opens_the_key_and_a_wrong_one_does_not() {
    let bench = Bench::new();
    let bench = Bench::with_key(Protection::passphrase("correct horse".into()), bench);
    assert!(bench.open(Protection::passphrase("correct horse".into())).signer("key-a", Purpose::Credential).is_ok());
    let wrong = bench.open(Protection::passphrase("battery staple".into())).signer("key-a", Purpose::Credential);
    let wrong = wrong.unwrap_err().to_string();
    assert!(wrong.contains("passphrase is wrong") && !wrong.contains("battery"), "{wrong}");
    let file = bench.open(bench.key_file("k")).signer("key-a", Purpose::Credential).unwrap_err();
    assert!(matches!(file, VaultError::Locked(..)), "{file}");
}

#[test]
fn looser_modes_are_refused_with_the_command_that_mends_them() {
    let bench = Bench::new();
    let bench = Bench::with_key(bench.key_file("k"), bench);
    for (path, loose, right) in [
        (bench.keys(), 0o755, 0o700),
        (bench.keys(), 0o710, 0o700),
        (bench.keys().join("key-a.age"), 0o640, 0o600),
        (bench.keys().join("key-a.age"), 0o604, 0o600),
        (bench.keys().join("key-a.json"), 0o644, 0o600),
    ] {
        chmod(&path, loose);
        let vault = bench.open(bench.key_file("k"));
        let refused = vault.check_modes().unwrap_err().to_string();
        assert!(refused.ends_with(&format!("chmod {right:03o} {}", path.display())), "{refused}");
        assert!(vault.signer("key-a", Purpose::Credential).is_err() && vault.labels().is_err());
        chmod(&path, right);
        vault.check_modes().unwrap();
    }
    chmod(&bench.folder.path().join("k"), 0o644);
    let refused = Protection::key_file(&bench.folder.path().join("k")).unwrap_err();
    assert!(matches!(refused, VaultError::TooOpen { wanted: 0o600, .. }), "{refused}");
}

#[test]
fn a_key_of_one_purpose_is_refused_for_another() {
    let vault = Vault::memory();
    vault.keep(label("key-a", false), key()).unwrap();
    assert!(vault.signer("key-a", Purpose::Credential).is_ok());
    let refused = vault.signer("key-a", Purpose::Panel).unwrap_err();
    assert!(matches!(refused, VaultError::OtherPurpose { .. }), "{refused}");
}

#[test]
fn a_development_key_is_refused_outside_the_demo() {
    let bench = Bench::new();
    bench.open(bench.key_file("k")).keep(label("key-a", true), key()).unwrap();
    let refused = bench.open(bench.key_file("k")).signer("key-a", Purpose::Credential).unwrap_err();
    assert!(matches!(refused, VaultError::Development(_)), "{refused}");
    let demo = Vault::folder(&bench.keys(), Some(bench.key_file("k")), true);
    assert!(demo.signer("key-a", Purpose::Credential).is_ok());
}

#[test]
fn what_is_missing_mixed_up_or_no_name_of_a_key_is_refused() {
    let bench = Bench::new();
    let bench = Bench::with_key(bench.key_file("k"), bench);
    let vault = bench.open(bench.key_file("k"));
    for name in ["key-b", "../k", "key-../k", "", "key-a.age"] {
        assert!(matches!(vault.signer(name, Purpose::Credential), Err(VaultError::Missing(_))), "{name}");
    }
    // The label of one key beside the secret of another.
    let other =
        KeyLabel { public_multibase: SecretKey::from_seed(&[8; 32]).public().to_multibase(), ..label("key-c", false) };
    vault.keep(other, key()).unwrap();
    let refused = bench.open(bench.key_file("k")).signer("key-c", Purpose::Credential).unwrap_err();
    assert!(matches!(refused, VaultError::Damaged(..)), "{refused}");
    fs::write(bench.keys().join("key-a.age"), b"age-encryption.org/v1\n").unwrap();
    let refused = bench.open(bench.key_file("k")).signer("key-a", Purpose::Credential).unwrap_err();
    assert!(matches!(refused, VaultError::Locked(..)), "{refused}");
}

#[test]
fn a_key_file_is_never_written_over_and_must_hold_one_identity() {
    let bench = Bench::new();
    let path = bench.folder.path().join("k");
    Protection::new_key_file(&path).unwrap();
    assert_eq!(mode(&path), 0o600);
    assert!(Protection::new_key_file(&path).is_err());
    for text in ["", "# only a comment\n", "AGE-SECRET-KEY-1NOTONE\n", "a\nb\n"] {
        fs::write(&path, text).unwrap();
        assert!(matches!(Protection::key_file(&path), Err(VaultError::BadKeyFile(..))), "{text}");
    }
    assert!(Protection::key_file(&bench.folder.path().join("none")).is_err());
}

#[test]
fn the_state_beside_a_key_can_be_marked_and_labels_are_listed_without_opening() {
    let bench = Bench::new();
    let bench = Bench::with_key(bench.key_file("k"), bench);
    bench.open(bench.key_file("k")).mark("key-a", "retired").unwrap();
    let labels = Vault::folder(&bench.keys(), None, false).labels().unwrap();
    assert_eq!((labels.len(), labels[0].state.as_str()), (1, "retired"));
}

#[test]
fn a_key_made_by_another_process_is_found_when_it_is_needed() {
    let bench = Bench::new();
    let bench = Bench::with_key(bench.key_file("k"), bench);
    let running = bench.open(bench.key_file("k"));
    running.signer("key-a", Purpose::Credential).unwrap();
    bench.open(bench.key_file("k")).keep(label("key-b", false), key()).unwrap();
    assert!(running.signer("key-b", Purpose::Credential).is_ok());
}

#[test]
fn a_key_for_jwt_is_kept_encrypted_and_never_signs_anything_else() {
    for algorithm in [Algorithm::Es256, Algorithm::Rs256] {
        let bench = Bench::new();
        let key = SigningKey::generate(algorithm).unwrap();
        let made =
            KeyLabel { public_multibase: key.public().to_multibase(), purpose: Purpose::Jwt, ..label("key-j", false) };
        bench.open(bench.key_file("k")).keep(made, key.clone()).unwrap();
        let secret = fs::read(bench.keys().join("key-j.age")).unwrap();
        assert!(secret.starts_with(b"age-encryption.org/v1"));
        let again = bench.open(bench.key_file("k"));
        let opened = again.jwt_signer("key-j").unwrap();
        assert_eq!((opened.public(), opened.to_pkcs8()), (key.public(), key.to_pkcs8()));
        assert!(matches!(again.signer("key-j", Purpose::Credential), Err(VaultError::OtherPurpose { .. })));
        assert!(again.signer("key-j", Purpose::Jwt).is_err());
        let bench = Bench::with_key(bench.key_file("k"), bench);
        let refused = bench.open(bench.key_file("k")).jwt_signer("key-a").unwrap_err();
        assert!(matches!(refused, VaultError::OtherPurpose { .. }), "{refused}");
        assert_eq!(format!("{opened:?}"), format!("SigningKey({})", algorithm.as_str()));
    }
}
