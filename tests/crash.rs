//! The power fails while awards are given: kill -9, again and again. What was acknowledged is there and verifies, nothing is half
//! made, no place in a status list is given twice.

use crate::{
    cli::{Deployment, command},
    serving::{Server, free_port, post_csv},
};
use laurel::store::{Db, awards};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{
    collections::{BTreeMap, HashSet},
    fs,
    process::Stdio,
    thread,
    time::Duration,
};

const KILLS: usize = 20;
const ROWS: usize = 2_000;
const CHUNK: usize = 50;

#[test]
fn twenty_kills_of_the_server_during_an_issue_of_2000_lose_and_double_nothing() {
    let port = free_port();
    let here = Deployment::new(&format!("http://localhost:{port}"));
    let token = here.done(&["token", "create", "--name", "crash", "--scope", "issue"]).trim().to_owned();
    let chunks: Vec<String> = (0..ROWS / CHUNK).map(chunk).collect();
    let mut acknowledged: BTreeMap<usize, String> = BTreeMap::new();
    let mut rng = StdRng::seed_from_u64(20);
    for _ in 0..KILLS {
        let server = Server::start(&here, port);
        let killer = server.kill_after(Duration::from_millis(rng.random_range(20..260)));
        // When all is acknowledged before the last kill, acknowledged chunks are asked for again.
        loop {
            let open = (0..chunks.len()).find(|n| !acknowledged.contains_key(n));
            let n = open.unwrap_or_else(|| rng.random_range(0..chunks.len()));
            match post_csv(port, &token, &format!("chunk-{n}"), &chunks[n]) {
                Some(answer) => note(&mut acknowledged, n, answer),
                None => break,
            }
        }
        killer.join().unwrap();
    }
    let server = Server::start(&here, port);
    for (n, body) in chunks.iter().enumerate() {
        let answer =
            post_csv(port, &token, &format!("chunk-{n}"), body).expect("the server answers when it is left alone");
        note(&mut acknowledged, n, answer);
    }
    server.kill_after(Duration::ZERO).join().unwrap();

    let ids: HashSet<String> = acknowledged.values().flat_map(|answer| issued(answer)).collect();
    assert_eq!(ids.len(), ROWS);
    assert_eq!(stored(&here, &ids), (ROWS, ROWS as i64));
    let audit = here.done(&["audit"]);
    assert!(audit.contains(" events in one unbroken chain"), "{audit}");
    assert!(audit.starts_with("2000 awards: 2000 verify") && audit.contains("; 0 faults\n"), "{audit}");
}

#[test]
fn kills_of_a_csv_issue_on_the_command_line_lose_and_double_nothing() {
    let here = Deployment::new("https://badges.example");
    let rows: String = (0..12).map(|n| chunk(n).split_once('\n').unwrap().1.to_owned()).collect();
    fs::write(here.path("r.csv"), format!("name,email,level\n{rows}")).unwrap();
    let mut rng = StdRng::seed_from_u64(5);
    let mut acknowledged = HashSet::new();
    let mut read_report = |name: &str| {
        let report = fs::read_to_string(here.path(name)).unwrap_or_default();
        // The last line may be cut off; what it was about to say was not said.
        for line in report.lines().filter(|line| line.matches(',').count() == 4) {
            let cells: Vec<&str> = line.split(',').collect();
            if cells[2] == "issued" {
                acknowledged.insert(cells[3].to_owned());
            }
        }
    };
    for n in 0..5 {
        let report = format!("report-{n}.csv");
        let mut child = command(&here.path(""), &["issue", "--csv", "r.csv", "--report", &report])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(rng.random_range(100..600)));
        child.kill().unwrap();
        child.wait().unwrap();
        read_report(&report);
    }
    here.done(&["issue", "--csv", "r.csv", "--report", "last.csv"]);
    read_report("last.csv");
    assert_eq!(stored(&here, &acknowledged), (acknowledged.len(), 600));
    let audit = here.done(&["audit"]);
    assert!(audit.contains(" events in one unbroken chain"), "{audit}");
    assert!(audit.starts_with("600 awards: 600 verify") && audit.contains("; 0 faults\n"), "{audit}");
}

fn chunk(n: usize) -> String {
    let rows = (n * CHUNK..(n + 1) * CHUNK).map(|row| format!("Person {row},person{row}@example.com,craft.pro\n"));
    format!("name,email,level\n{}", rows.collect::<String>())
}

/// An acknowledged chunk is given whole, and a second answer is the first one byte for byte.
fn note(acknowledged: &mut BTreeMap<usize, String>, n: usize, answer: String) {
    match acknowledged.get(&n) {
        Some(first) => assert_eq!(*first, answer),
        None => {
            assert_eq!(issued(&answer).len(), CHUNK, "{answer}");
            acknowledged.insert(n, answer);
        }
    }
}

fn issued(answer: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(answer).unwrap();
    let rows = report["rows"].as_array().unwrap().iter().filter(|row| row["outcome"] == "issued");
    rows.map(|row| row["award"].as_str().unwrap().to_owned()).collect()
}

/// How many of `ids` are in the record, and how many awards are in it at all.
fn stored(here: &Deployment, ids: &HashSet<String>) -> (usize, i64) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let db = Db::open(here.path("laurel.db").to_str().unwrap()).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let mut found = 0;
        for id in ids {
            found += usize::from(awards::get(&mut conn, id).await.unwrap().is_some());
        }
        (found, awards::count(&mut conn).await.unwrap())
    })
}
