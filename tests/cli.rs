//! The command line as a person meets it: answers on stdout, one sentence of complaint on stderr, exit codes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use tempfile::TempDir;

const PROGRAM: &str = crate::actions::PROGRAM;

/// A folder with an issuer and a program in it.
pub struct Deployment {
    folder: TempDir,
}

impl Deployment {
    pub fn new(base_url: &str) -> Self {
        let deployment = Deployment::bare(base_url);
        fs::write(deployment.path("program.toml"), PROGRAM).unwrap();
        deployment.done(&["program", "import", "program.toml"]);
        deployment
    }

    /// Without the program.
    fn bare(base_url: &str) -> Self {
        let deployment = Deployment { folder: tempfile::tempdir().unwrap() };
        deployment.done(&["init", "--base-url", base_url, "--name", "Acme Academy", "--time-zone", "UTC"]);
        deployment
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        laurel(self.folder.path(), arguments)
    }

    /// Runs a command that must succeed; its stdout.
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "laurel {arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    fn issue(&self, email: &str) -> String {
        let said = self.done(&["issue", "--level", "craft.pro", "--name", "Ada", "--email", email]);
        said.split("/badges/").nth(1).unwrap().lines().next().unwrap().to_owned()
    }
}

/// The command, with nothing of this process's environment that it would heed.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_laurel"));
    command.args(arguments).current_dir(folder).stdin(std::process::Stdio::null());
    for name in [
        "DATABASE_URL",
        "LAUREL_BASE_URL",
        "LAUREL_CONFIG",
        "LAUREL_KEYS",
        "LAUREL_KEY_FILE",
        "LAUREL_KEY_PASSPHRASE",
        "LAUREL_LISTEN",
        "LAUREL_LOG",
    ] {
        command.env_remove(name);
    }
    command
}

fn laurel(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

#[test]
fn a_newcomer_gets_from_nothing_to_a_badge_that_verifies() {
    let here = Deployment::new("https://badges.example");
    let id = here.issue("ada@example.com");
    let link = format!("https://badges.example/badges/{id}");
    let said = here.done(&["verify", &link]);
    assert!(said.starts_with("Valid: Professional, issued by Acme Academy"), "{said}");
    assert_eq!(code(&here.run(&["verify", &link, "--email", "ada@example.com"])), 0);
    assert_eq!(code(&here.run(&["verify", &link, "--email", "bob@example.com"])), 1);
    here.done(&["revoke", &id, "--reason", "Given by mistake."]);
    let revoked = here.run(&["verify", &link, "--json"]);
    assert_eq!(code(&revoked), 1);
    let report: serde_json::Value = serde_json::from_slice(&revoked.stdout).unwrap();
    assert_eq!(report["verdict"], "invalid");
    let audit = here.done(&["audit"]);
    assert!(audit.contains("1 awards: 1 verify, 1 of them revoked"));
    let log = here.done(&["log", "--kind", "award"]);
    assert!(log.lines().next().unwrap().ends_with("“Given by mistake.”"), "{log}");
    assert!(log.lines().last().unwrap().contains("award.issued") && log.contains("  version 1"), "{log}");
    // The end of the record, as it was noted: it holds on, and another does not.
    let end = audit.trim_end().rsplit(' ').next().unwrap();
    here.done(&["token", "create", "--name", "more", "--scope", "read"]);
    here.done(&["audit", "--head", end]);
    let other = format!("{}:{}", end.split(':').next().unwrap(), "0".repeat(64));
    let broken = here.run(&["audit", "--head", &other]);
    assert!(code(&broken) == 1 && text(&broken.stdout).contains("is not the one that the head that was noted names"));
    assert_eq!(code(&here.run(&["audit", "--head", "17"])), 2);
}

#[test]
fn trusted_issuers_are_added_listed_and_removed() {
    let here = Deployment::bare("https://badges.example");
    let partner = "did:web:badges.partner.example";
    let said = here.done(&["trust", "add", partner, "--name", "Partner", "--signs-status-for", "did:web:a.example"]);
    assert_eq!(said, "Trusted: did:web:badges.partner.example, called Partner here\n");
    assert!(here.done(&["trust", "add", partner, "--name", "Partner Ltd"]).starts_with("Changed: "));
    let toml = fs::read_to_string(here.path("laurel.toml")).unwrap();
    let entry = "[[trusted_issuers]]\nid = \"did:web:file.example\"\nname = \"Of the file\"\nsigns_status_for = [\"did:web:a.example\"]\n";
    fs::write(here.path("laurel.toml"), format!("{toml}\n{entry}")).unwrap();
    let list = here.done(&["trust", "list"]);
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 2, "{list}");
    assert_eq!(lines[0], "did:web:file.example  Of the file  in laurel.toml, signs status lists for did:web:a.example");
    assert!(lines[1].starts_with("did:web:badges.partner.example  Partner Ltd  added 20"), "{list}");
    assert!(lines[1].ends_with(" by operator"), "{list}");
    let refused = here.run(&["trust", "remove", "did:web:file.example"]);
    assert!(code(&refused) == 1 && text(&refused.stderr).contains("stands in laurel.toml"));
    assert_eq!(code(&here.run(&["trust", "add", "partner.example", "--name", "P"])), 2);
    assert_eq!(here.done(&["trust", "remove", partner]), "No longer trusted: did:web:badges.partner.example\n");
    assert_eq!(code(&here.run(&["trust", "remove", partner])), 1);
}

#[test]
fn init_writes_nothing_over_and_keeps_others_out() {
    use std::os::unix::fs::PermissionsExt;
    let here = Deployment::new("https://badges.example");
    let before = fs::read(here.path("laurel.toml")).unwrap();
    let again = here.run(&["init", "--base-url", "https://other.example", "--name", "Other"]);
    assert_eq!(code(&again), 1);
    assert!(text(&again.stderr).contains("is not written over"));
    assert_eq!(fs::read(here.path("laurel.toml")).unwrap(), before);
    for (name, mode) in [("laurel.toml", 0o600), ("laurel.key", 0o600), ("laurel.db", 0o600), ("keys", 0o700)] {
        assert_eq!(fs::metadata(here.path(name)).unwrap().permissions().mode() & 0o777, mode, "{name}");
    }
}

#[test]
fn a_passphrase_from_the_environment_opens_the_keys_and_a_wrong_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], passphrase: &str| {
        command(folder.path(), arguments).env("LAUREL_KEY_PASSPHRASE", passphrase).output().unwrap()
    };
    let made = run(&["init", "--base-url", "https://badges.example", "--name", "Acme"], "correct horse");
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert!(!folder.path().join("laurel.key").exists());
    fs::write(folder.path().join("p.toml"), PROGRAM).unwrap();
    assert!(run(&["program", "import", "p.toml"], "").status.success(), "what does not sign needs no passphrase");
    let issue = ["issue", "--level", "craft.pro", "--name", "Ada", "--email", "ada@example.com"];
    for (passphrase, wanted) in [("wrong", "the passphrase is wrong"), ("", "LAUREL_KEY_PASSPHRASE")] {
        let refused = run(&issue, passphrase);
        assert_eq!(code(&refused), 1);
        assert!(text(&refused.stderr).contains(wanted), "{}", text(&refused.stderr));
    }
    assert!(run(&issue, "correct horse").status.success());
}

#[test]
fn a_csv_reports_each_refused_row_and_running_it_again_gives_nothing_twice() {
    let here = Deployment::new("https://badges.example");
    fs::write(
        here.path("r.csv"),
        "name,email,level\nA,a@example.com,craft.pro\nB,nobody,craft.pro\nC,c@example.com,craft.none\nD,d@example.com,craft.pro\n",
    )
    .unwrap();
    let dry = here.run(&["issue", "--csv", "r.csv", "--dry-run"]);
    assert_eq!((code(&dry), text(&dry.stdout).trim()), (1, "2 would be issued, 0 held already, 2 refused"));
    let first = here.run(&["issue", "--csv", "r.csv", "--report", "report.csv"]);
    assert_eq!((code(&first), text(&first.stdout).trim()), (1, "2 issued, 0 held already, 2 refused"));
    let complaints = text(&first.stderr);
    assert!(complaints.contains("line 3: email: “nobody” is not an e-mail address"), "{complaints}");
    assert!(complaints.contains("line 4: level: there is no level “craft.none”"), "{complaints}");
    let report = fs::read_to_string(here.path("report.csv")).unwrap();
    assert_eq!(report.lines().count(), 5);
    assert!(report.lines().nth(1).unwrap().starts_with("2,a@example.com,issued,"), "{report}");
    let again = here.run(&["issue", "--csv", "r.csv"]);
    assert_eq!(text(&again.stdout).trim(), "0 issued, 2 held already, 2 refused");
    fs::write(here.path("good.csv"), "name,email,level\nE,e@example.com,craft.pro\n").unwrap();
    assert_eq!(code(&here.run(&["issue", "--csv", "good.csv"])), 0);
}

#[test]
fn a_badge_is_verified_without_any_configuration() {
    let here = Deployment::new("https://badges.example");
    let elsewhere = tempfile::tempdir().unwrap();
    let id = here.issue("ada@example.com");
    let db = here.path("laurel.db");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let credential = runtime.block_on(async {
        let db = laurel::store::Db::open(db.to_str().unwrap()).await.unwrap();
        let found = laurel::store::awards::get(&mut db.read().await.unwrap(), &id).await.unwrap();
        found.unwrap().credential
    });
    fs::write(elsewhere.path().join("badge.json"), &credential).unwrap();
    let unknown = laurel(elsewhere.path(), &["verify", "badge.json"]);
    assert_eq!(code(&unknown), 3, "{}", text(&unknown.stdout));
    fs::write(elsewhere.path().join("badge.json"), "{").unwrap();
    assert_eq!(code(&laurel(elsewhere.path(), &["verify", "badge.json"])), 1);
    assert_eq!(code(&laurel(elsewhere.path(), &["verify", "none.json"])), 4);
    assert_eq!(code(&laurel(elsewhere.path(), &["verify"])), 4);
    let link = laurel(elsewhere.path(), &["verify", "https://badges.example/badges/x"]);
    assert_eq!(code(&link), 4);
}

#[test]
fn a_check_is_saved_and_judged_anywhere_without_a_network() {
    let here = Deployment::new("https://badges.example");
    let id = here.issue("ada@example.com");
    let link = format!("https://badges.example/badges/{id}");
    let said = here.done(&["verify", &link, "--bundle", "out.zip", "--email", "ada@example.com"]);
    assert!(said.starts_with("Valid: ") && said.contains("saved      out.zip"), "{said}");
    let again = here.run(&["verify", &link, "--bundle", "out.zip"]);
    assert_eq!(code(&again), 4, "nothing is written over");
    here.done(&["verify", &link, "--bundle", "mail.zip", "--email", "ada@example.com", "--with-email"]);

    let elsewhere = tempfile::tempdir().unwrap();
    for name in ["out.zip", "mail.zip"] {
        fs::copy(here.path(name), elsewhere.path().join(name)).unwrap();
    }
    let run = |arguments: &[&str]| laurel(elsewhere.path(), &[&["verify", "--offline"], arguments].concat());
    let unknown = run(&["out.zip"]);
    assert_eq!(code(&unknown), 2, "{}", text(&unknown.stderr));
    let trust = ["--trust", "did:web:badges.example"];
    let known = run(&["out.zip", trust[0], trust[1]]);
    assert_eq!(code(&known), 0, "{}", text(&known.stdout));
    let said = text(&known.stdout);
    assert!(said.starts_with("Valid (status as of ") && said.contains("dates are judged for today"), "{said}");
    assert!(!said.contains("recipient") && !said.contains("looked up"), "{said}");
    let then = run(&["out.zip", "--as-of", trust[0], trust[1]]);
    assert!(text(&then.stdout).contains("dates are judged for that time"));
    assert_eq!(code(&run(&["out.zip", trust[0], trust[1], "--email", "bob@example.com"])), 1);
    assert!(text(&run(&["mail.zip", trust[0], trust[1]]).stdout).contains("recipient  passed"));
    let json = run(&["out.zip", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&report["verdict"], report["other_contexts"].as_array().map(Vec::len)), (&"attention".into(), Some(0)));
    assert!(report["saved_at"].is_string());

    let mut bytes = fs::read(elsewhere.path().join("out.zip")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(elsewhere.path().join("bad.zip"), bytes).unwrap();
    fs::write(elsewhere.path().join("text.zip"), "no archive").unwrap();
    for arguments in [
        &["bad.zip"][..],
        &["text.zip"],
        &["none.zip"],
        &["out.zip", "--trust", "badges.example"],
        &["out.zip", "--bundle", "more.zip"],
    ] {
        let output = run(arguments);
        let complaint = text(&output.stderr);
        assert_eq!(code(&output), 4, "{arguments:?}: {complaint}");
        assert_eq!((complaint.trim_end().lines().count(), text(&output.stdout)), (1, String::new()), "{complaint}");
    }
    for arguments in [&["verify", "out.zip", "--as-of"][..], &["verify", "out.zip", "--with-email"]] {
        assert_eq!(code(&laurel(elsewhere.path(), arguments)), 4);
    }
}

#[test]
fn every_wrong_command_is_answered_with_one_sentence_that_names_what_is_wrong() {
    let here = Deployment::new("https://badges.example");
    let held = here.issue("held@example.com");
    fs::write(here.path("bad.toml"), PROGRAM.replace("P2Y", "two years")).unwrap();
    fs::write(here.path("typo.toml"), PROGRAM.replace("criteria =", "criterion =")).unwrap();
    fs::write(
        here.path("image.toml"),
        PROGRAM.replace("criteria = \"* ships\"", "criteria = \"c\"\nimage = \"../x.svg\""),
    )
    .unwrap();
    fs::write(here.path("header.csv"), "name,email\n").unwrap();
    fs::write(here.path("column.csv"), "name,email,level,colour\n").unwrap();
    let issue = |flag: &'static str, value: &'static str| {
        let mut arguments = vec!["issue", "--level", "craft.pro", "--name", "Ada", "--email", "ada@example.com"];
        match arguments.iter().position(|word| *word == flag) {
            Some(place) => arguments[place + 1] = value,
            None => arguments.extend([flag, value]),
        }
        arguments
    };
    let cases: Vec<(Vec<&str>, i32, &str)> = vec![
        (vec![], 2, "a command is missing"),
        (vec!["dance"], 2, "dance"),
        (vec!["keys"], 2, "a command is missing"),
        (vec!["issue"], 2, "--level"),
        (vec!["issue", "--level", "craft.pro", "--name", "Ada"], 2, "--email"),
        (issue("--email", "nobody"), 2, "recipient.email"),
        (issue("--email", "a@b.c\r\nBcc: x@y.z"), 2, "recipient.email"),
        (issue("--name", " "), 2, "recipient.name"),
        (issue("--level", "craft.none"), 2, "craft.none"),
        (issue("--valid-from", "soon"), 2, "--valid-from"),
        (issue("--valid-until", "2001-01-01"), 2, "valid_until"),
        (issue("--evidence-url", "javascript:alert(1)"), 2, "evidence_url"),
        (issue("--visibility", "everyone"), 2, "visibility"),
        (issue("--colour", "red"), 2, "--colour"),
        (issue("--email", "held@example.com"), 1, &held),
        (vec!["issue", "--csv", "none.csv"], 2, "none.csv"),
        (vec!["issue", "--csv", "header.csv"], 2, "level"),
        (vec!["issue", "--csv", "column.csv"], 2, "colour"),
        (vec!["issue", "--csv", "header.csv", "--level", "craft.pro"], 2, "--level"),
        (vec!["issue", "--csv", "header.csv", "--report", "none/r.csv"], 2, "--report"),
        (vec!["revoke", &held], 2, "--reason"),
        (vec!["revoke", &held, "--reason", ""], 2, "reason"),
        (vec!["revoke", "none", "--reason", "x"], 1, "endorsement “none”"),
        (vec!["renew", "none"], 1, "award “none”"),
        (vec!["renew", &held], 1, "too early"),
        (vec!["keys", "generate"], 1, "laurel keys rotate"),
        (vec!["keys", "generate", "--purpose", "fun"], 2, "--purpose"),
        (vec!["keys", "retire", "key-none"], 1, "key-none"),
        (vec!["token", "create", "--name", "x"], 2, "--scope"),
        (vec!["token", "create", "--name", "x", "--scope", "all"], 2, "--scope"),
        (vec!["token", "create", "--name", "", "--scope", "read"], 2, "name"),
        (vec!["token", "revoke", "none"], 1, "none"),
        (vec!["program", "import", "none.toml"], 2, "none.toml"),
        (vec!["program", "import", "bad.toml"], 2, "levels[0].validity"),
        (vec!["program", "import", "typo.toml"], 2, "criterion"),
        (vec!["program", "import", "image.toml"], 2, "../x.svg"),
        (vec!["serve", "--listen", "everywhere"], 2, "--listen"),
        (vec!["demo", "--listen", "8080"], 2, "--listen"),
        (vec!["audit", "--config", "none.toml"], 2, "none.toml"),
        (vec!["verify", "https://elsewhere.example/badges/x"], 4, "https://badges.example/badges/"),
        (vec!["verify", "https://badges.example/badges/none"], 4, "none"),
        (vec!["verify", "none.json"], 4, "none.json"),
    ];
    assert!(cases.len() >= 40);
    let audit = here.done(&["audit"]);
    for (arguments, wanted, named) in &cases {
        let output = here.run(arguments);
        let complaint = text(&output.stderr);
        assert_eq!(code(&output), *wanted, "laurel {arguments:?}: {complaint}");
        assert_eq!(complaint.trim_end().lines().count(), 1, "laurel {arguments:?}: {complaint}");
        assert!(complaint.starts_with("laurel: ") && complaint.contains(named), "laurel {arguments:?}: {complaint}");
        assert_eq!(text(&output.stdout), "", "laurel {arguments:?}");
    }
    assert_eq!(here.done(&["audit"]), audit, "nothing was written");
}

#[test]
fn init_refuses_each_wrong_field_and_leaves_nothing() {
    let cases = [
        (vec!["--name", "A"], "--base-url"),
        (vec!["--base-url", "http://badges.example", "--name", "A"], "--base-url"),
        (vec!["--base-url", "https://1.2.3.4", "--name", "A"], "--base-url"),
        (vec!["--base-url", "https://a.example/path", "--name", "A"], "--base-url"),
        (vec!["--base-url", "https://a.example"], "--name"),
        (vec!["--base-url", "https://a.example", "--name", "A", "--id", "Not A Slug"], "id"),
        (vec!["--base-url", "https://a.example", "--name", "A", "--time-zone", "Mars/Base"], "time_zone"),
        (vec!["--base-url", "https://a.example", "--name", "A", "--email", "nobody"], "email"),
        (vec!["--base-url", "https://a.example", "--name", "A", "--linkedin-id", "acme"], "linkedin_id"),
        (vec!["--base-url", "https://a.example", "--name", "A", "--listen", "x"], "--listen"),
        (vec!["--base-url", "https://a.example", "--name", "A", "--database", "mysql://x/y"], "mysql"),
    ];
    for (arguments, named) in cases {
        let folder = tempfile::tempdir().unwrap();
        let output = laurel(folder.path(), &[vec!["init"], arguments.clone()].concat());
        let complaint = text(&output.stderr);
        assert!(!output.status.success() && complaint.contains(named), "{arguments:?}: {complaint}");
        assert_eq!(complaint.trim_end().lines().count(), 1, "{complaint}");
        assert!(!folder.path().join("laurel.toml").exists() && !folder.path().join("laurel.db").exists());
    }
}

#[test]
fn serve_refuses_what_is_missing_or_unsafe_with_what_to_do() {
    use std::os::unix::fs::PermissionsExt;
    let chmod = |path: PathBuf, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let refused = |here: &Deployment, named: &str| {
        let output = here.run(&["serve"]);
        let complaint = text(&output.stderr);
        assert_eq!(code(&output), 1, "{named}: {complaint}");
        assert!(complaint.contains(named), "{named}: {complaint}");
        assert_eq!(complaint.trim_end().lines().count(), 1, "{complaint}");
    };
    let empty = Deployment { folder: tempfile::tempdir().unwrap() };
    refused(&empty, "run `laurel init`");

    let here = Deployment::new("https://badges.example");
    chmod(here.path("keys"), 0o755);
    refused(&here, "chmod 700");
    chmod(here.path("keys"), 0o700);
    chmod(here.path("laurel.key"), 0o640);
    refused(&here, "chmod 600");
    chmod(here.path("laurel.key"), 0o600);

    let toml = fs::read_to_string(here.path("laurel.toml")).unwrap();
    fs::write(here.path("laurel.toml"), toml.replace("https://badges.example", "https://other.example")).unwrap();
    refused(&here, "set base_url back");
    fs::write(here.path("laurel.toml"), &toml).unwrap();

    let key = here.done(&["keys", "list"]).split_whitespace().next().unwrap().to_owned();
    let label = fs::read_to_string(here.path(&format!("keys/{key}.json"))).unwrap();
    fs::write(here.path(&format!("keys/{key}.json")), label.replace("\"development\": false", "\"development\": true"))
        .unwrap();
    refused(&here, "development key");
    fs::write(here.path(&format!("keys/{key}.json")), label).unwrap();

    fs::rename(here.path(&format!("keys/{key}.age")), here.path("keys/away")).unwrap();
    refused(&here, "is not in the keys folder");
    fs::rename(here.path("keys/away"), here.path(&format!("keys/{key}.age"))).unwrap();

    here.done(&["keys", "retire", &key]);
    refused(&here, "there is no active key");

    fs::rename(here.path("laurel.db"), here.path("away.db")).unwrap();
    refused(&here, "there is no database");
}

#[test]
fn a_database_of_a_newer_laurel_is_refused() {
    let here = Deployment::new("https://badges.example");
    let db = here.path("laurel.db");
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let raw = sqlx::SqlitePool::connect(db.to_str().unwrap()).await.unwrap();
        sqlx::query("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, x'00', 0)")
            .execute(&raw)
            .await
            .unwrap();
    });
    let output = here.run(&["serve"]);
    assert_eq!(code(&output), 1);
    assert!(text(&output.stderr).contains("newer Laurel"), "{}", text(&output.stderr));
}

#[test]
fn the_configuration_with_a_slip_of_the_pen_is_refused_in_one_line() {
    let here = Deployment::new("https://badges.example");
    let good = fs::read_to_string(here.path("laurel.toml")).unwrap();
    for (bad, named) in [
        (good.replace("base_url", "base_ulr"), "base_ulr"),
        (good.replace("https://badges.example", "badges.example"), "base_url"),
        (good.replace("127.0.0.1:8080", "everywhere"), "listen"),
        (format!("{good}trusted_proxies = [\"proxy\"]\n"), "trusted_proxies"),
        ("= nothing".to_owned(), "laurel.toml"),
    ] {
        fs::write(here.path("laurel.toml"), bad).unwrap();
        let output = here.run(&["keys", "list"]);
        let complaint = text(&output.stderr);
        assert_eq!(code(&output), 2, "{complaint}");
        assert!(complaint.contains(named) && complaint.trim_end().lines().count() == 1, "{complaint}");
    }
}

#[test]
fn a_backup_is_a_whole_database_and_is_never_written_over_another_file() {
    let here = Deployment::new("https://badges.example");
    here.issue("ada@example.com");
    here.done(&["backup", "copy.db"]);
    let toml = fs::read_to_string(here.path("laurel.toml")).unwrap();
    fs::write(here.path("restored.toml"), toml.replace("laurel.db", "copy.db")).unwrap();
    assert!(here.done(&["audit", "--config", "restored.toml"]).starts_with("1 awards: 1 verify"));
    let again = here.run(&["backup", "copy.db"]);
    assert_eq!((code(&again), text(&again.stderr).trim_end().lines().count()), (1, 1), "{}", text(&again.stderr));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn database_url_puts_the_record_into_postgresql_and_stays_out_of_the_file() {
    let Some(sandbox) = crate::setup::postgres("the command line").await else { return };
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("p.toml"), PROGRAM).unwrap();
    let done = |arguments: &[&str]| {
        let output = command(folder.path(), arguments).env("DATABASE_URL", &sandbox.url).output().unwrap();
        assert!(output.status.success(), "laurel {arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    done(&["init", "--base-url", "https://badges.example", "--name", "Acme"]);
    assert!(!fs::read_to_string(folder.path().join("laurel.toml")).unwrap().contains("postgres"));
    done(&["program", "import", "p.toml"]);
    done(&["issue", "--level", "craft.pro", "--name", "Ada", "--email", "ada@example.com"]);
    assert!(done(&["audit"]).starts_with("1 awards: 1 verify"));
    assert!(!folder.path().join("laurel.db").exists());
    sandbox.db.close().await;
}

#[test]
fn people_are_added_and_given_roles_that_can_be_taken_away() {
    let here = Deployment::new("https://badges.example");
    let said = here.done(&["person", "add", "Ada@Acme.example", "--name", "Ada Obi", "--function", "Engineering"]);
    assert!(said.starts_with("Added ada@acme.example as "), "{said}");
    let again = here.run(&["person", "add", "ada@acme.example", "--name", "Ada"]);
    assert!(code(&again) == 1 && text(&again.stderr).contains("already"));
    let wrong = here.run(&["person", "add", "ada", "--name", ""]);
    assert!(code(&wrong) == 2 && text(&wrong.stderr).contains("name: is missing"), "{}", text(&wrong.stderr));
    let said = here.done(&["role", "grant", "ada@acme.example", "owner", "--program", "craft", "--reason", "Runs it."]);
    assert_eq!(said, "ada@acme.example is now owner in craft\n");
    here.done(&["role", "grant", "ada@acme.example", "assessor"]);
    for (arguments, exit, why) in [
        (["role", "grant", "ada@acme.example", "owner", "--program", "craft"], 1, "holds that role already"),
        (["role", "grant", "ada@acme.example", "owner", "--program", "other"], 1, "no program"),
        (["role", "grant", "bob@acme.example", "owner", "--program", "craft"], 1, "no person"),
        (["role", "grant", "ada@acme.example", "king", "--program", "craft"], 2, "is not a role"),
        (["role", "grant", "ada@acme.example", "auditor", "--program", "craft"], 2, "for the whole service"),
        (["role", "revoke", "ada@acme.example", "assessor", "--program", "craft"], 1, "does not hold"),
    ] {
        let refused = here.run(&arguments);
        assert_eq!(code(&refused), exit, "{arguments:?}");
        assert!(text(&refused.stderr).contains(why), "{arguments:?}: {}", text(&refused.stderr));
    }
    let shown = here.done(&["person", "show", "ada@acme.example"]);
    assert!(shown.contains("Engineering") && shown.contains("assessor in all programs, owner in craft"), "{shown}");
    assert_eq!(here.done(&["role", "list"]).lines().count(), 2);
    here.done(&["role", "revoke", "ada@acme.example", "owner", "--program", "craft"]);
    let left = here.done(&["role", "list", "ada@acme.example"]);
    assert!(left.starts_with("ada@acme.example  assessor in all programs  since 20"), "{left}");
    assert_eq!(here.done(&["person", "list"]).lines().count(), 1);
}

#[test]
fn the_companys_people_are_taken_from_a_file_whole_or_not_at_all() {
    let here = Deployment::bare("https://badges.example");
    fs::write(
        here.path("people.csv"),
        "email,name,team,manager\nada@acme.example,Ada,Tools,bo@acme.example\nbo@acme.example,Bo,,\n",
    )
    .unwrap();
    let tried = here.done(&["directory", "import", "people.csv", "--dry-run"]);
    assert!(
        tried.ends_with("2 joined, 0 changed, 0 as they were, 0 left, 1 new teams; nothing was written\n"),
        "{tried}"
    );
    let done = here.done(&["directory", "import", "people.csv"]);
    assert!(done.starts_with("joined  ada@acme.example\n") && done.contains("new team  Tools\n"), "{done}");
    assert!(here.done(&["person", "show", "ada@acme.example"]).contains("manager      bo@acme.example"));
    fs::write(here.path("bad.csv"), "email,name\nada@acme.example,Other\nno address,X\n").unwrap();
    let bad = here.run(&["directory", "import", "bad.csv"]);
    assert!(code(&bad) == 2 && text(&bad.stderr).contains("line 3: email"), "{}", text(&bad.stderr));
    fs::write(here.path("less.csv"), "email,name\nbo@acme.example,Bo\n").unwrap();
    assert!(here.done(&["directory", "import", "less.csv", "--leavers"]).starts_with("left  ada@acme.example\n"));
    assert!(here.done(&["person", "show", "ada@acme.example"]).contains("has left"));
    let told = here.done(&["log", "--person", "ada@acme.example", "--json"]);
    let first: serde_json::Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    assert_eq!((&first["verb"], first["hash"].as_str().unwrap().len()), (&serde_json::json!("person.removed"), 64));
}

#[test]
fn everything_about_someone_is_handed_over_as_one_file_and_erased_afterwards() {
    let here = Deployment::new("https://badges.example");
    let id = here.issue("ada@example.com");
    here.issue("bao@example.com");
    let said = here.done(&["export", "--person", "ada@example.com", "--out", "ada.zip"]);
    assert!(said.contains("Everything held on ada@example.com, 1 badges among it, is in ada.zip"), "{said}");
    let file = here.path("ada.zip");
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let archive = zip::ZipArchive::new(fs::File::open(&file).unwrap()).unwrap();
    for name in [format!("badges/craft.pro-{id}/badge.json"), "career.json".into(), "data/profile.json".into()] {
        assert!(archive.file_names().any(|member| member.is_ok_and(|member| member == name)), "{name}");
    }
    let again = here.run(&["export", "--person", "ada@example.com", "--out", "ada.zip"]);
    assert!(code(&again) != 0 && text(&again.stderr).contains("is there already"), "{}", text(&again.stderr));
    let nobody = here.run(&["export", "--person", "nobody@example.com", "--out", "nobody.zip"]);
    assert!(code(&nobody) != 0 && !here.path("nobody.zip").exists() && !here.path("nobody.zip.partial").exists());
    // Where nobody can be asked, nobody is erased.
    let erase = ["person", "erase", "ada@example.com", "--badges", "revoke", "--because", "wish"];
    let unasked = here.run(&erase);
    assert!(code(&unasked) != 0 && text(&unasked.stderr).contains("nobody was erased"), "{}", text(&unasked.stderr));
    let said = here.done(&[&erase[..], &["--yes"]].concat());
    assert!(said.contains("of 1 badges 1 were revoked"), "{said}");
    assert!(!here.done(&["person", "list"]).contains("ada@"));
    let said = here.done(&["audit"]);
    assert!(said.contains("1 awards are of people who were erased") && said.contains("one unbroken chain"), "{said}");
    let bytes = fs::read(here.path("laurel.db")).unwrap();
    assert!(!bytes.windows(15).any(|some| some == b"ada@example.com"));
}
