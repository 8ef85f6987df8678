//! What attackers hand in, one file a case: nothing of it passes, panics, gives an error of the server, takes long, takes much memory, or
//! sends this service to where it should not go.
//!
//! A case (case.rs) says in TOML what is handed in and what the network answers, as literal text or as a recipe (recipe.rs): a document of
//! bases/, edits to it, and who signs it. So signatures are real, and their keys come from fixed seeds (keys.rs). It is sent to
//! `POST /api/v1/verify` of a served site, whose look-ups go to a network in memory (network.rs) with one real https server behind it.
//! Beside each family stands a control, which is found valid: so the others fail for their own reason.
//!
//! Memory is the most that was allocated at one moment above what was taken before, of the whole process: server, client and the asked
//! network together. The cases therefore run alone, in a process of their own.

mod case;
mod keys;
mod network;
mod proof;
mod recipe;
mod token;

use crate::{cast::Site, memory};
use case::Case;
use laurel::credential::verify::{CheckName, Report, Verdict};
use laurel::domain::trust::TrustedIssuer;
use network::Network;
use reqwest::{Method, StatusCode};
use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

/// Set in the process in which the cases run alone.
const ALONE: &str = "ATTACKS_ALONE";
/// When set, only the cases whose files have this in their name.
const ONLY: &str = "ATTACK";
const FEWEST: usize = 250;
/// What each group must have: a word of the file names that tell it.
const FAMILIES: [(&str, &[&str]); 5] = [
    (
        "ssrf",
        &[
            "decimal",
            "octal",
            "short",
            "full-width",
            "trailing-dot",
            "mapped",
            "userinfo",
            "redirect",
            "rebinding",
            "did-web",
            "profile",
            "status",
            "hosted",
        ],
    ),
    (
        "jwt",
        &[
            "none",
            "hs256-pem",
            "hs256-der",
            "hs256-white-space",
            "jwk",
            "jku",
            "x5u",
            "kid-path",
            "kid-sql",
            "kid-url",
            "crit",
            "b64",
            "nbf-text",
            "exp-text",
            "r-zero",
            "s-zero",
            "der-signature",
            "disagree",
        ],
    ),
    (
        "integrity",
        &[
            "purpose",
            "controller",
            "suite",
            "second-proof",
            "context-order",
            "inline-context",
            "vocab",
            "unmapped",
            "relative-id",
            "future",
            "duplicate-key",
            "negative-zero",
            "one-point-zero",
            "digits",
            "nfc",
            "nfd",
            "small-order",
            "s-beyond-order",
        ],
    ),
    (
        "status",
        &[
            "signer",
            "purpose",
            "index-negative",
            "index-exponent",
            "beyond",
            "short",
            "bomb",
            "second-member",
            "bit-order",
            "stale",
            "self-reference",
            "unreachable",
        ],
    ),
    (
        "documents",
        &[
            "context-bomb",
            "import",
            "poison",
            "svg-script",
            "svg-entity",
            "svg-local-reference",
            "svgz",
            "png-flood",
            "png-doubled",
            "png-crc",
            "polyglot",
        ],
    ),
];

#[test]
fn no_attack_passes_panics_errs_or_goes_beyond_its_limits() {
    if std::env::var_os(ALONE).is_some() {
        return one_after_the_other();
    }
    let own_name = "attacks::no_attack_passes_panics_errs_or_goes_beyond_its_limits";
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", own_name, "--nocapture", "--test-threads=1"])
        .env(ALONE, "yes")
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && out.contains("1 passed"), "{out}\n{err}");
}

#[test]
fn there_are_at_least_250_cases_and_every_family_has_some_and_its_control() {
    let cases = Case::all();
    assert!(cases.len() >= FEWEST, "{}", cases.len());
    let mut groups: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in &cases {
        groups.entry(case.group()).or_default().push(case);
    }
    assert!(groups.keys().eq(["documents", "integrity", "jwt", "ssrf", "status"].iter()), "{:?}", groups.keys());
    for (group, families) in FAMILIES {
        let cases = &groups[group];
        for family in families {
            assert!(cases.iter().any(|case| case.name().contains(family)), "{group} has no case of {family}");
        }
        assert!(cases.iter().any(|case| case.is_control()), "{group} has no control");
    }
}

fn one_after_the_other() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let cases = Case::all();
    let only = std::env::var(ONLY).unwrap_or_default();
    let network = Network::start(&cases);
    let site = runtime.block_on(Site::open());
    let mut faults = Vec::new();
    for case in cases.iter().filter(|case| case.file.contains(&only)) {
        let judged = catch_unwind(AssertUnwindSafe(|| runtime.block_on(faults_of(case, &network, &site))));
        match judged {
            Ok(found) => faults.extend(found.into_iter().map(|fault| format!("{}: {fault}", case.file))),
            Err(_) => faults.push(format!("{}: it panics", case.file)),
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Sends one case to a site of its own, and what is not as the case says.
async fn faults_of(case: &Case, network: &Network, company: &Site) -> Vec<String> {
    let body = case.input.made();
    let (fetcher, memory) = network.answering(case);
    let site = company.beside(fetcher, trusted()).await;
    let media_type = case.media_type(&body);
    let (start, before) = (Instant::now(), memory::watch());
    let sent = site.request(Method::POST, "/api/v1/verify").header("content-type", media_type).body(body);
    let answer = tokio::time::timeout(Duration::from_secs(60), sent.send()).await;
    let Ok(Ok(answer)) = answer else { return vec![format!("it has no answer: {answer:?}")] };
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    let (took, grew) = (start.elapsed(), memory::peak().saturating_sub(before));
    println!("{}: {} ms, {} KiB", case.file, took.as_millis(), grew / 1024);

    let mut faults = Vec::new();
    let mut differ = |what: &str, wanted: String, found: String| {
        if wanted != found {
            faults.push(format!("{what} is {found}, not {wanted}"));
        }
    };
    differ("the status", case.expect.status.to_string(), status.as_u16().to_string());
    if status == StatusCode::OK {
        let report: Report = serde_json::from_str(&text).unwrap();
        differ("the verdict", format!("{:?}", case.expect.verdict), format!("{:?}", Some(report.verdict)));
        let named = case.expect.check.unwrap_or(CheckName::Format);
        let code = report.check(named).map(|check| check.code.clone());
        differ("the code", format!("{named:?} {:?}", case.expect.code), format!("{named:?} {code:?}"));
        if (report.verdict == Verdict::Valid) != case.is_control() {
            faults.push(format!("only a control is valid: {}", told(&report)));
        } else if !faults.is_empty() {
            faults.push(format!("the report is {}", told(&report)));
        }
        if report.verdict == Verdict::Invalid && report.claims.is_some() && code.as_deref() == Some("altered") {
            faults.push("it repeats what nobody signed".to_owned());
        }
    }
    let asked = network.asked(&memory);
    if asked.documents != case.expect.asked {
        faults.push(format!("asked were {:?}, not {:?}", asked.documents, case.expect.asked));
    }
    faults.extend(asked.strays.iter().map(|stray| format!("it went to {stray}")));
    if took > Duration::from_millis(case.limits.ms) {
        faults.push(format!("it took {} ms, and {} are allowed", took.as_millis(), case.limits.ms));
    }
    if grew > case.limits.mib * 1024 * 1024 {
        faults.push(format!("it took {} KiB, and {} MiB are allowed", grew / 1024, case.limits.mib));
    }
    faults
}

/// Whoever issues the controls: each of the issuer's names.
fn trusted() -> Vec<TrustedIssuer> {
    let own = format!("did:key:{}", keys::multibase("issuer"));
    let ids =
        ["did:web:issuer.example", own.as_str(), "https://issuer.example/issuer", "https://issuer.example/ob2/issuer"];
    ids.map(|id| TrustedIssuer { id: id.into(), name: "Acme".into(), ..TrustedIssuer::default() }).into()
}

fn told(report: &Report) -> String {
    let checks: Vec<String> =
        report.checks.iter().map(|check| format!("{:?} {} ({})", check.check, check.code, check.message)).collect();
    format!("{:?}: {}", report.verdict, checks.join(", "))
}

/// The folder of the cases.
fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/attacks"))
}
