//! The published RDFC-1.0 tests, every one: canonical forms, maps of labels, SHA-384, and the poisoned graph.

use std::time::{Duration, Instant};

use laurel::credential::canon::{Cause, HashAlgorithm};
use serde_json::Value;

use super::nquads;
use crate::vectors::vector;

/// The entries of one kind, with the N-Quads they start from.
fn entries(kind: &str) -> Vec<(Value, String)> {
    let Some(manifest) = vector("rdf-canon/manifest.jsonld") else { return Vec::new() };
    let manifest: Value = serde_json::from_slice(&manifest).expect("the manifest is JSON");
    let entries = manifest["entries"].as_array().expect("entries").iter().filter(|entry| entry["type"] == kind);
    entries.map(|entry| (entry.clone(), file(&entry["action"]))).collect()
}

fn file(name: &Value) -> String {
    let name = format!("rdf-canon/{}", name.as_str().expect("a file name"));
    String::from_utf8(vector(&name).expect("the file is there")).expect("UTF-8")
}

fn algorithm(entry: &Value) -> HashAlgorithm {
    match entry["hashAlgorithm"].as_str() {
        Some("SHA384") => HashAlgorithm::Sha384,
        _ => HashAlgorithm::Sha256,
    }
}

#[test]
fn every_published_graph_gets_its_canonical_form() {
    let entries = entries("rdfc:RDFC10EvalTest");
    for (entry, input) in &entries {
        let read = nquads::read(input);
        let canonical = read.dataset.canonicalize(algorithm(entry)).expect("canonical");
        assert_eq!(canonical.nquads, file(&entry["result"]), "{} {}", entry["id"], entry["name"]);
    }
    println!("RDFC-1.0: {} canonical forms right", entries.len());
}

#[test]
fn every_published_map_of_labels_is_found() {
    let entries = entries("rdfc:RDFC10MapTest");
    for (entry, input) in &entries {
        let read = nquads::read(input);
        let canonical = read.dataset.canonicalize(algorithm(entry)).expect("canonical");
        let expected: Value = serde_json::from_str(&file(&entry["result"])).expect("JSON");
        let expected = expected.as_object().expect("a map");
        assert_eq!(expected.len(), read.labels.len(), "{}", entry["id"]);
        for (label, number) in &read.labels {
            let found = format!("c14n{}", canonical.labels[*number as usize]);
            assert_eq!(expected[label], found.as_str(), "{} {label}", entry["id"]);
        }
    }
    println!("RDFC-1.0: {} maps right", entries.len());
}

#[test]
fn a_poisoned_graph_is_refused_in_bounded_time() {
    for (entry, input) in entries("rdfc:RDFC10NegativeEvalTest") {
        let started = Instant::now();
        let refusal = nquads::read(&input).dataset.canonicalize(HashAlgorithm::Sha256).expect_err("poison");
        let took = started.elapsed();
        println!("RDFC-1.0: {} refused in {took:?}", entry["id"]);
        assert_eq!(refusal.cause, Cause::TooMuchWork);
        assert!(took < Duration::from_secs(20), "{took:?}");
    }
}

#[test]
fn a_quad_written_twice_is_one_quad() {
    let once = "_:a <http://e/p> _:b .\n_:b <http://e/p> \"1\" .\n";
    let twice = format!("{once}{once}");
    let canonical =
        |text: &str| nquads::read(text).dataset.canonicalize(HashAlgorithm::Sha256).expect("canonical").nquads;
    assert_eq!(canonical(once), canonical(&twice));
}

/// Where every node looks like every other, only trying the orders tells them apart.
#[test]
fn the_canonical_form_hangs_on_no_name_and_no_order() {
    let mut state = 7u64;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    for round in 0..60 {
        let nodes = 3 + round % 4;
        let mut shuffled = |count: usize| {
            let mut all: Vec<usize> = (0..count).collect();
            (1..count).rev().for_each(|at| all.swap(at, below(at + 1)));
            all
        };
        // Twice everyone points to someone, and someone points to everyone.
        let arrows: Vec<(usize, usize)> =
            [shuffled(nodes), shuffled(nodes)].iter().flat_map(|to| to.iter().copied().enumerate()).collect();
        let written = |names: &[usize], order: &[usize]| -> String {
            let line = |at: &usize| format!("_:b{} <http://e/p> _:b{} .\n", names[arrows[*at].0], names[arrows[*at].1]);
            order.iter().map(line).collect()
        };
        let canonical =
            |text: &str| nquads::read(text).dataset.canonicalize(HashAlgorithm::Sha256).expect("canonical").nquads;
        let plain = written(&(0..nodes).collect::<Vec<_>>(), &(0..arrows.len()).collect::<Vec<_>>());
        let renamed = written(&shuffled(nodes), &shuffled(arrows.len()));
        assert_eq!(canonical(&plain), canonical(&renamed), "{plain}");
    }
}
