//! RDF Dataset Canonicalization, RDFC-1.0. When every blank node is told apart by its own quads, the labels follow from their
//! hashes alone; else the hashes of neighbourhoods decide (ndegree.rs), within a limit of work.

use std::fmt::Write;

use sha2::{Digest, Sha256, Sha384};

use super::CanonError;
use super::dataset::{Dataset, Node, Quad};
use super::ndegree;

/// The hash the labels come from. Data Integrity's RDFC suites for Ed25519 and P-256 use SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashAlgorithm {
    Sha256,
    Sha384,
}

/// A canonical form, and the canonical label (`c14n` and this number) of each blank node.
#[derive(Debug)]
pub struct Canonical {
    pub nquads: String,
    pub labels: Vec<u32>,
}

impl Dataset {
    /// The canonical form of the dataset (RDFC-1.0 §4.4).
    pub fn canonicalize(&self, algorithm: HashAlgorithm) -> Result<Canonical, CanonError> {
        self.guard()?;
        let labels = self.labels(algorithm)?;
        let mut lines = Lines::with_capacity(self.quads().len());
        for quad in self.quads() {
            lines.write([0; 3], |out| self.write_line(quad, out, |blank, out| write_label(&labels, blank, out)));
        }
        Ok(Canonical { nquads: lines.sorted(), labels })
    }

    fn labels(&self, algorithm: HashAlgorithm) -> Result<Vec<u32>, CanonError> {
        if self.blanks() == 0 {
            return Ok(Vec::new());
        }
        let mentions = self.mentions();
        let mut hashes = Vec::with_capacity(mentions.len());
        for (blank, quads) in mentions.iter().enumerate() {
            let hash = if quads.is_empty() { String::new() } else { self.first_degree(blank as u32, quads, algorithm) };
            hashes.push(hash);
        }
        let mut order: Vec<u32> = (0..self.blanks()).filter(|blank| !mentions[*blank as usize].is_empty()).collect();
        order.sort_unstable_by(|a, b| hashes[*a as usize].cmp(&hashes[*b as usize]));
        let distinct = order.windows(2).all(|pair| hashes[pair[0] as usize] != hashes[pair[1] as usize]);
        if !distinct {
            return ndegree::labels(self, &mentions, &hashes, algorithm);
        }
        let mut labels = vec![0; mentions.len()];
        for (label, blank) in order.iter().enumerate() {
            labels[*blank as usize] = label as u32;
        }
        Ok(labels)
    }

    /// The quads each blank node occurs in.
    fn mentions(&self) -> Vec<Vec<Quad>> {
        let mut mentions: Vec<Vec<Quad>> = vec![Vec::new(); self.blanks() as usize];
        for quad in self.quads() {
            let nodes = [quad.subject, quad.object, quad.graph];
            for (at, node) in nodes.iter().enumerate() {
                if let Node::Blank(blank) = node
                    && !nodes[..at].contains(node)
                {
                    mentions[*blank as usize].push(*quad);
                }
            }
        }
        mentions
    }

    /// Hash First Degree Quads (RDFC-1.0 §4.6), in hexadecimal.
    fn first_degree(&self, blank: u32, quads: &[Quad], algorithm: HashAlgorithm) -> String {
        let mut lines = Lines::with_capacity(quads.len());
        for quad in quads {
            lines.write(quad.blanks(), |out| {
                self.write_line(quad, out, |other, out| *out += if other == blank { "_:a" } else { "_:z" })
            });
        }
        algorithm.hex(&lines.sorted())
    }
}

impl HashAlgorithm {
    pub(super) fn hex(self, text: &str) -> String {
        let mut hex = String::with_capacity(96);
        let mut write = |bytes: &[u8]| {
            for byte in bytes {
                hex.extend(
                    [byte >> 4, byte & 15]
                        .map(|half| char::from(if half < 10 { b'0' + half } else { b'a' - 10 + half })),
                );
            }
        };
        match self {
            Self::Sha256 => write(&Sha256::digest(text)),
            Self::Sha384 => write(&Sha384::digest(text)),
        }
        hex
    }
}

fn write_label(labels: &[u32], blank: u32, out: &mut String) {
    let _ = write!(out, "_:c14n{}", labels[blank as usize]);
}

/// Lines in one buffer, to be sorted by code point, which for UTF-8 is by byte. A dataset is a set: of equal lines with equal
/// tags one is kept.
struct Lines {
    text: String,
    lines: Vec<Line>,
}

struct Line {
    start: u32,
    end: u32,
    tag: [u32; 3],
}

impl Lines {
    fn with_capacity(lines: usize) -> Self {
        Self { text: String::with_capacity(lines * 160), lines: Vec::with_capacity(lines) }
    }

    fn write(&mut self, tag: [u32; 3], write: impl FnOnce(&mut String)) {
        let start = self.text.len() as u32;
        write(&mut self.text);
        self.lines.push(Line { start, end: self.text.len() as u32, tag });
    }

    fn sorted(mut self) -> String {
        let text = |line: &Line| self.text.get(line.start as usize..line.end as usize).unwrap_or_default();
        self.lines.sort_unstable_by(|a, b| text(a).cmp(text(b)).then_with(|| a.tag.cmp(&b.tag)));
        self.lines.dedup_by(|a, b| a.tag == b.tag && text(a) == text(b));
        let mut sorted = String::with_capacity(self.text.len());
        self.lines.iter().for_each(|line| sorted += text(line));
        sorted
    }
}
