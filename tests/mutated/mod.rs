//! Fifty thousand mutated badges through the whole service: none breaks it, makes it grow, leads it where it must not go, or passes
//! for a badge that someone signed.
//!
//! It runs in a process of its own, this same program with a variable set, so that the memory measured is the service's. Every
//! input goes through the router; nine in ten through the API, the others as files of the form.

mod mutate;
mod world;

use crate::verify::seeds;
use base64::{Engine, prelude::BASE64_STANDARD};
use mutate::Mutator;
use rand::{SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashSet},
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;
use world::World;

const INPUTS: u64 = 50_000;
/// After these the memory is measured for the first time.
const WARM: u64 = 5_000;
const GROWTH: u64 = 64 * 1024 * 1024;
const SEED: u64 = 20_261_125;
const CHILD: &str = "LAUREL_MUTATED";
const WORKERS: u64 = 4;

#[test]
fn fifty_thousand_mutated_badges_neither_break_the_service_nor_pass() {
    if let Ok(inputs) = std::env::var(CHILD) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        return runtime.block_on(run(inputs.parse().unwrap()));
    }
    let program = std::env::current_exe().unwrap();
    let own_name = "mutated::fifty_thousand_mutated_badges_neither_break_the_service_nor_pass";
    let inputs = INPUTS.to_string();
    let output = Command::new(program).args(["--exact", own_name, "--nocapture"]).env(CHILD, inputs).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("50000 mutated inputs"), "it did not run");
}

/// What came of some inputs.
#[derive(Default)]
struct Tally {
    statuses: BTreeMap<u16, u64>,
    verdicts: BTreeMap<String, u64>,
    /// Of checks that failed or could not be made.
    codes: BTreeMap<String, u64>,
    /// Reports of presentations, which show badges.
    presentations: u64,
    /// Why look-ups came to nothing.
    problems: BTreeMap<String, u64>,
    slowest: (Duration, u64),
}

async fn run(inputs: u64) {
    let world = Arc::new(World::new().await);
    let claims = Arc::new(genuine(&world).await);
    let began = Instant::now();
    let mut tally = Tally::default();
    some(&world, &claims, 0..WARM.min(inputs), &mut tally).await;
    let before = memory("VmRSS");
    forget_peak();
    some(&world, &claims, WARM.min(inputs)..inputs, &mut tally).await;
    let (after, peak) = (memory("VmRSS"), memory("VmHWM"));
    let (asked, dialled) = world.only_went_where_it_may();

    let mib = |bytes: u64| bytes as f64 / 1024.0 / 1024.0;
    println!(
        "{inputs} mutated inputs in {:?}, the slowest {:?} (number {})",
        began.elapsed(),
        tally.slowest.0,
        tally.slowest.1
    );
    println!("reports of presentations: {}", tally.presentations);
    println!("answers: {:?}", tally.statuses);
    println!("verdicts of the API: {:?}", tally.verdicts);
    println!("codes of checks that did not pass: {:?}", tally.codes);
    println!("problems of look-ups: {:?}", tally.problems);
    println!("look-ups: {asked} names asked, {dialled} connections, all to the one public address");
    println!(
        "resident memory after {WARM} inputs {:.1} MiB, at the end {:.1} MiB, in between {:.1} MiB at most",
        mib(before),
        mib(after),
        mib(peak)
    );
    assert!(peak.saturating_sub(before) < GROWTH, "the service grew by {:.1} MiB", mib(peak - before));
    assert!(tally.slowest.0 < Duration::from_secs(10), "input {} took {:?}", tally.slowest.1, tally.slowest.0);
    // They reach every part of the judge, and not its first line only.
    assert!(asked > 0 && dialled > 0 && tally.verdicts.len() >= 3 && tally.codes.len() >= 25, "{:?}", tally.codes);
}

/// What the genuine badges say, each of which must pass.
async fn genuine(world: &World) -> HashSet<String> {
    let mut claims = HashSet::new();
    for seed in &world.seeds[..world.genuine] {
        let (_, answer) = world.verify(seed.clone()).await;
        let report: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(report["verdict"], "valid", "{}: {report}", String::from_utf8_lossy(seed));
        claims.insert(said(&report));
    }
    let (_, answer) = world.verify(seeds::presentation()).await;
    let report: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(report["credentials"][0]["verdict"], "valid", "{report}");
    claims.insert(said(&report["credentials"][0]));
    claims
}

/// Everything a report repeats of a badge but the document itself, which may be written in other ways.
fn said(report: &Value) -> String {
    let mut claims = report["claims"].clone();
    if let Some(members) = claims.as_object_mut() {
        members.shift_remove("document");
    }
    claims.to_string()
}

async fn some(world: &Arc<World>, claims: &Arc<HashSet<String>>, numbers: std::ops::Range<u64>, tally: &mut Tally) {
    let mut workers = JoinSet::new();
    for worker in 0..WORKERS {
        let (world, claims, numbers) = (world.clone(), claims.clone(), numbers.clone());
        workers.spawn(async move {
            let mut tally = Tally::default();
            for number in numbers.filter(|number| number % WORKERS == worker) {
                one(&world, &claims, number, &mut tally).await;
            }
            tally
        });
    }
    for done in workers.join_all().await {
        let (verdicts, codes) = ((&mut tally.verdicts, done.verdicts), (&mut tally.codes, done.codes));
        for (all, some) in [verdicts, codes, (&mut tally.problems, done.problems)] {
            for (name, times) in some {
                *all.entry(name).or_default() += times;
            }
        }
        for (status, times) in done.statuses {
            *tally.statuses.entry(status).or_default() += times;
        }
        tally.slowest = tally.slowest.max(done.slowest);
        tally.presentations += done.presentations;
    }
}

async fn one(world: &Arc<World>, claims: &HashSet<String>, number: u64, tally: &mut Tally) {
    world.time_goes_by();
    let (input, anew) = input(world, number);
    let by_form = number % 10 == 7;
    let began = Instant::now();
    let (service, badge) = (world.clone(), input.clone());
    let answered =
        tokio::spawn(async move { if by_form { service.submit(&badge).await } else { service.verify(badge).await } });
    let told = || format!("input {number}, in base64:\n{}", BASE64_STANDARD.encode(&input));
    let (status, answer) = answered.await.unwrap_or_else(|why| panic!("{why}: {}", told()));
    tally.slowest = tally.slowest.max((began.elapsed(), number));
    *tally.statuses.entry(status.as_u16()).or_default() += 1;
    assert!(status.as_u16() < 500, "{status} {}: {}", String::from_utf8_lossy(&answer), told());
    if by_form || status != 200 {
        return;
    }
    let report: Value = serde_json::from_slice(&answer).unwrap();
    let verdict = report["verdict"].as_str().unwrap();
    *tally.verdicts.entry(verdict.to_owned()).or_default() += 1;
    for look_up in report["fetched"].as_array().unwrap() {
        let problem = look_up["problem"].as_str().unwrap_or("none");
        *tally.problems.entry(problem.to_owned()).or_default() += 1;
    }
    for check in report["checks"].as_array().unwrap() {
        if check["outcome"] != "passed" && check["code"] != "not_looked_at" {
            *tally.codes.entry(check["code"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    let badges = match report["credentials"].as_array() {
        Some(shown) => shown.as_slice(),
        None => std::slice::from_ref(&report),
    };
    tally.presentations += u64::from(report.get("credentials").is_some());
    for badge in badges {
        let passes = badge["verdict"] == "valid" && !anew;
        assert!(!passes || claims.contains(&said(badge)), "a badge nobody signed is valid: {}", told());
    }
}

/// The input of this number, and whether it was signed after it was mutated.
fn input(world: &World, number: u64) -> (Vec<u8>, bool) {
    let rng = StdRng::seed_from_u64(SEED ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut mutator = Mutator { rng, seeds: &world.seeds, urls: &world.forbidden };
    let odd = |host: &str| json!(format!("https://{host}/odd/{}", number / 8));
    match number % 8 {
        1 | 2 => {
            let mut document = world.documents[mutator.below(world.documents.len())].clone();
            if mutator.below(2) == 0 {
                document["credentialStatus"]["statusListCredential"] = odd("badges.example.org");
            }
            // A change of the list is enough for some.
            let mutated = match mutator.below(4) {
                0 => document.to_string().into_bytes(),
                _ => mutator.mutate_json(document),
            };
            match serde_json::from_slice(&mutated).ok().and_then(|document| seeds::signed_anew(&document)) {
                Some(signed) => (signed, true),
                None => (mutated, false),
            }
        }
        3 if mutator.below(2) == 0 => {
            let mut hosted: Value = serde_json::from_slice(&seeds::hosted()).unwrap();
            hosted["id"] = odd("a.example");
            (hosted.to_string().into_bytes(), true)
        }
        _ => {
            let seed = &world.seeds[mutator.below(world.seeds.len())];
            (mutator.mutate(seed), false)
        }
    }
}

/// A line of /proc/self/status, in bytes.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u64>().unwrap() * 1024
}

/// From now on the peak is that of what follows.
fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
}
