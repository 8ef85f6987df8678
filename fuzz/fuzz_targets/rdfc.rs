//! The canonical form of any graph: it does not depend on the order of its statements, and hard graphs are refused.
#![no_main]

use laurel::credential::canon::{Dataset, HashAlgorithm, Node};
use libfuzzer_sys::fuzz_target;

/// Four bytes a statement, of eight blank nodes and four others.
fn graph<'a>(statements: impl Iterator<Item = &'a [u8]>) -> Option<String> {
    let mut graph = Dataset::new();
    let mut nodes: Vec<Node> = (0..8).map(|_| graph.blank()).collect();
    nodes.extend((0..3).map(|n| graph.iri(&format!("https://example.org/{n}"))));
    let literal = graph.literal("text", None, None);
    for statement in statements {
        let node = |at: usize| nodes[usize::from(statement[at]) % 11];
        let predicate = nodes[8 + usize::from(statement[1]) % 3];
        let object = if statement[2] == 255 { literal } else { node(2) };
        graph.push(node(0), predicate, object, if statement[3] < 128 { nodes[8] } else { node(3) });
    }
    graph.canonicalize(HashAlgorithm::Sha256).ok().map(|canonical| canonical.nquads)
}

fuzz_target!(|data: &[u8]| {
    let forward = graph(data.chunks_exact(4));
    let backward = graph(data.chunks_exact(4).rev());
    if let (Some(forward), Some(backward)) = (forward, backward) {
        assert_eq!(forward, backward);
    }
});
