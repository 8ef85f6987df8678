//! An RDF dataset kept as text: each term is written once, as canonical N-Quads wants it, and quads point at it
//! (RDF 1.1 N-Quads, RDFC-1.0 §5).

use super::{CanonError, Cause};

const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// Most bytes all terms may take, and all lines: a document of 1 MiB can't be made to grow into gigabytes by repeating a long
/// IRI with a short term.
const TERMS: usize = 16 << 20;
const LINES: usize = 64 << 20;

/// A term of a quad. Cheap to copy; it means something only to the dataset that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// The default graph, as a graph name.
    Default,
    /// An IRI or literal: where it stands in the text.
    Text {
        start: u32,
        end: u32,
    },
    Blank(u32),
}

/// Subject, predicate, object and graph name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quad {
    pub subject: Node,
    pub predicate: Node,
    pub object: Node,
    pub graph: Node,
}

impl Quad {
    /// The blank nodes of subject, object and graph name; `u32::MAX` where there is none.
    pub(super) fn blanks(&self) -> [u32; 3] {
        [self.subject, self.object, self.graph].map(|node| match node {
            Node::Blank(blank) => blank,
            Node::Default | Node::Text { .. } => u32::MAX,
        })
    }
}

#[derive(Debug, Default)]
pub struct Dataset {
    text: String,
    quads: Vec<Quad>,
    blanks: u32,
    /// Bytes the lines of all quads will take, labels not counted.
    size: usize,
}

impl Dataset {
    pub fn new() -> Self {
        Self { text: String::with_capacity(8192), quads: Vec::with_capacity(96), blanks: 0, size: 0 }
    }

    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }

    /// How many blank nodes there are; they are numbered from 0.
    pub fn blanks(&self) -> u32 {
        self.blanks
    }

    pub fn blank(&mut self) -> Node {
        self.blanks += 1;
        Node::Blank(self.blanks - 1)
    }

    pub fn iri(&mut self, iri: &str) -> Node {
        let start = self.text.len();
        self.text.push('<');
        self.text += iri;
        self.text.push('>');
        self.node(start)
    }

    /// A literal; the datatype is left out where it is xsd:string.
    pub fn literal(&mut self, value: &str, datatype: Option<&str>, language: Option<&str>) -> Node {
        let start = self.text.len();
        self.text.push('"');
        escape(value, &mut self.text);
        self.text.push('"');
        if let Some(language) = language {
            self.text.push('@');
            self.text += language;
        } else if let Some(datatype) = datatype.filter(|datatype| *datatype != XSD_STRING) {
            self.text += "^^<";
            self.text += datatype;
            self.text.push('>');
        }
        self.node(start)
    }

    pub fn push(&mut self, subject: Node, predicate: Node, object: Node, graph: Node) {
        self.size += [subject, predicate, object, graph].map(|node| self.text(node).len()).iter().sum::<usize>();
        self.quads.push(Quad { subject, predicate, object, graph });
    }

    /// Refuses a dataset that has grown out of all proportion.
    pub(super) fn guard(&self) -> Result<(), CanonError> {
        match self.text.len() > TERMS || self.size > LINES {
            true => Err(Cause::TooMuchWork.into()),
            false => Ok(()),
        }
    }

    pub(super) fn text(&self, node: Node) -> &str {
        match node {
            Node::Text { start, end } => self.text.get(start as usize..end as usize).unwrap_or_default(),
            Node::Default | Node::Blank(_) => "",
        }
    }

    /// The node just written. Documents are limited to 1 MiB by their reader, so the text stays far below 4 GiB.
    fn node(&self, start: usize) -> Node {
        Node::Text {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(self.text.len()).unwrap_or(u32::MAX),
        }
    }

    /// Writes a quad as one line of canonical N-Quads, blank nodes as `label` writes them.
    pub(super) fn write_line(&self, quad: &Quad, out: &mut String, mut label: impl FnMut(u32, &mut String)) {
        for node in [quad.subject, quad.predicate, quad.object, quad.graph] {
            match node {
                Node::Default => continue,
                Node::Text { .. } => *out += self.text(node),
                Node::Blank(number) => label(number, out),
            }
            out.push(' ');
        }
        *out += ".\n";
    }
}

/// Escapes a literal as canonical N-Quads does (RDFC-1.0 §5).
fn escape(value: &str, out: &mut String) {
    let mut clean = 0;
    for (at, byte) in value.bytes().enumerate() {
        let escaped = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0C => "\\f",
            0x00..=0x1F | 0x7F => "",
            _ => continue,
        };
        *out += value.get(clean..at).unwrap_or_default();
        clean = at + 1;
        match escaped {
            "" => *out += &format!("\\u{byte:04X}"),
            escaped => *out += escaped,
        }
    }
    *out += value.get(clean..).unwrap_or_default();
}
