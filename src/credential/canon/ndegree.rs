//! Blank nodes whose own quads don't tell them apart: Hash N-Degree Quads (RDFC-1.0 §4.8). Its cost can grow with the
//! factorial of the number of alike neighbours, so work is counted and a poisoned graph is refused.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use super::dataset::{Dataset, Node, Quad};
use super::rdfc::HashAlgorithm;
use super::{CanonError, Cause};

/// Related nodes looked at and labels copied; the heaviest published graph that is not poison takes a twentieth of it.
const WORK: u64 = 500_000;

/// Canonical labels by blank node, given the quads and the first-degree hash of each (empty where no quad names it).
pub(super) fn labels(
    dataset: &Dataset,
    mentions: &[Vec<Quad>],
    hashes: &[String],
    algorithm: HashAlgorithm,
) -> Result<Vec<u32>, CanonError> {
    let mentions = mentions.iter().map(|quads| without_duplicates(dataset, quads)).collect();
    let mut search =
        Search { dataset, mentions, hashes, algorithm, canonical: vec![None; hashes.len()], issued: 0, work: WORK };
    let mut alike: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (blank, hash) in hashes.iter().enumerate().filter(|(_, hash)| !hash.is_empty()) {
        alike.entry(hash).or_default().push(blank as u32);
    }
    for blanks in alike.values() {
        if let [blank] = blanks.as_slice() {
            search.issue(*blank);
        }
    }
    for blanks in alike.values() {
        let mut results = Vec::new();
        for blank in blanks {
            if search.canonical[*blank as usize].is_none() {
                let mut issuer = Issuer::default();
                issuer.issue(*blank);
                results.push(search.hash(*blank, issuer)?);
            }
        }
        results.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (_, issuer) in results {
            issuer.order.iter().for_each(|blank| search.issue(*blank));
        }
    }
    Ok(search.canonical.into_iter().map(Option::unwrap_or_default).collect())
}

/// The quads, each once: a dataset is a set.
fn without_duplicates(dataset: &Dataset, quads: &[Quad]) -> Vec<Quad> {
    let mut seen = HashSet::new();
    let mut kept = quads.to_vec();
    kept.retain(|quad| {
        let mut line = String::new();
        dataset.write_line(quad, &mut line, |blank, out| *out += &format!("_:{blank}"));
        seen.insert(line)
    });
    kept
}

/// Temporary labels in the order they were given (RDFC-1.0 §4.5).
#[derive(Debug, Clone, Default)]
struct Issuer {
    order: Vec<u32>,
}

impl Issuer {
    fn get(&self, blank: u32) -> Option<u32> {
        self.order.iter().position(|issued| *issued == blank).map(|label| label as u32)
    }

    fn issue(&mut self, blank: u32) -> u32 {
        self.get(blank).unwrap_or_else(|| {
            self.order.push(blank);
            self.order.len() as u32 - 1
        })
    }
}

struct Search<'a> {
    dataset: &'a Dataset,
    mentions: Vec<Vec<Quad>>,
    hashes: &'a [String],
    algorithm: HashAlgorithm,
    /// Canonical labels given so far, and how many.
    canonical: Vec<Option<u32>>,
    issued: u32,
    work: u64,
}

impl Search<'_> {
    /// Hash N-Degree Quads (§4.8.3).
    fn hash(&mut self, blank: u32, mut issuer: Issuer) -> Result<(String, Issuer), CanonError> {
        let mut data = String::new();
        for (hash, mut related) in self.related(blank, &issuer)? {
            data += &hash;
            let mut chosen: Option<(String, Issuer)> = None;
            related.sort_unstable();
            loop {
                if let Some(candidate) = self.path(&related, &issuer, chosen.as_ref().map(|(path, _)| path.as_str()))? {
                    chosen = Some(candidate);
                }
                if !next_permutation(&mut related) {
                    break;
                }
            }
            if let Some((path, chosen)) = chosen {
                data += &path;
                issuer = chosen;
            }
        }
        Ok((self.algorithm.hex(&data), issuer))
    }

    /// The path of one order of the related nodes, or nothing when a better one is known (§4.8.3, step 5.4).
    fn path(
        &mut self,
        order: &[u32],
        issuer: &Issuer,
        best: Option<&str>,
    ) -> Result<Option<(String, Issuer)>, CanonError> {
        self.spend(order.len() + issuer.order.len())?;
        // What follows makes a path no better, so the rest of a worse one need not be known.
        let worse = |path: &str| best.is_some_and(|best| path > best);
        let mut issuer = issuer.clone();
        let mut path = String::new();
        let mut deeper = Vec::new();
        for related in order {
            if let Some(label) = self.canonical[*related as usize] {
                let _ = write!(path, "_:c14n{label}");
            } else {
                if issuer.get(*related).is_none() {
                    deeper.push(*related);
                }
                let _ = write!(path, "_:b{}", issuer.issue(*related));
            }
            if worse(&path) {
                return Ok(None);
            }
        }
        for related in deeper {
            let (hash, deeper_issuer) = self.hash(related, issuer.clone())?;
            let _ = write!(path, "_:b{}<{hash}>", issuer.issue(related));
            issuer = deeper_issuer;
            if worse(&path) {
                return Ok(None);
            }
        }
        let better = best.is_none_or(|best| path.as_str() < best);
        Ok(better.then_some((path, issuer)))
    }

    /// The nodes next to this one, by the hash of how they are related (§4.7 and §4.8.3, step 3).
    fn related(&mut self, blank: u32, issuer: &Issuer) -> Result<BTreeMap<String, Vec<u32>>, CanonError> {
        let mut related: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let quads = std::mem::take(&mut self.mentions[blank as usize]);
        for quad in &quads {
            for (position, node) in [('s', quad.subject), ('o', quad.object), ('g', quad.graph)] {
                if let Node::Blank(other) = node
                    && other != blank
                {
                    related.entry(self.related_hash(other, quad, issuer, position)).or_default().push(other);
                }
            }
        }
        let looked_at = quads.len();
        self.mentions[blank as usize] = quads;
        self.spend(looked_at * 2)?;
        Ok(related)
    }

    /// Hash Related Blank Node (§4.7.3).
    fn related_hash(&self, related: u32, quad: &Quad, issuer: &Issuer, position: char) -> String {
        let mut input = String::from(position);
        if position != 'g' {
            input += self.dataset.text(quad.predicate);
        }
        let _ = match (self.canonical[related as usize], issuer.get(related)) {
            (Some(label), _) => write!(input, "_:c14n{label}"),
            (None, Some(label)) => write!(input, "_:b{label}"),
            (None, None) => write!(input, "{}", self.hashes[related as usize]),
        };
        self.algorithm.hex(&input)
    }

    fn issue(&mut self, blank: u32) {
        let label = &mut self.canonical[blank as usize];
        if label.is_none() {
            *label = Some(self.issued);
            self.issued += 1;
        }
    }

    fn spend(&mut self, work: usize) -> Result<(), CanonError> {
        self.work = self.work.checked_sub(work as u64).ok_or(Cause::TooMuchWork)?;
        Ok(())
    }
}

/// The next order of the items; false after the last.
fn next_permutation(items: &mut [u32]) -> bool {
    let Some(pivot) = items.windows(2).rposition(|pair| pair[0] < pair[1]) else { return false };
    let Some(successor) = items.iter().rposition(|item| *item > items[pivot]) else { return false };
    items.swap(pivot, successor);
    items[pivot + 1..].reverse();
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_comes_once_and_the_smaller_one_first() {
        for (items, expected) in [
            (vec![], 1),
            (vec![7], 1),
            (vec![1, 2, 3, 4], 24),
            // A node is met twice where two graphs say the same of it.
            (vec![1, 2, 2], 3),
            (vec![1, 1, 2], 3),
            (vec![1, 1, 2, 2, 3], 30),
        ] {
            let mut orders = vec![items.clone()];
            let mut next = items;
            while next_permutation(&mut next) && orders.len() <= expected {
                orders.push(next.clone());
            }
            assert!(orders.is_sorted_by(|a, b| a < b), "{orders:?}");
            assert_eq!(orders.len(), expected, "{orders:?}");
        }
    }
}
