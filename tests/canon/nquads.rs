//! N-Quads as the published tests are written, read into our dataset (RDF 1.1 N-Quads).

use std::collections::HashMap;
use std::iter::Peekable;
use std::str::Chars;

use laurel::credential::canon::{Dataset, Node};

/// A dataset, and the number of each blank node label.
pub struct Read {
    pub dataset: Dataset,
    pub labels: HashMap<String, u32>,
}

pub fn read(text: &str) -> Read {
    let mut read = Read { dataset: Dataset::new(), labels: HashMap::new() };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut chars = line.chars().peekable();
        let mut nodes = Vec::new();
        while let Some(node) = read.term(&mut chars) {
            nodes.push(node);
        }
        match nodes.as_slice() {
            [subject, predicate, object] => read.dataset.push(*subject, *predicate, *object, Node::Default),
            [subject, predicate, object, graph] => read.dataset.push(*subject, *predicate, *object, *graph),
            _ => panic!("not a quad: {line}"),
        }
    }
    read
}

impl Read {
    fn term(&mut self, chars: &mut Peekable<Chars>) -> Option<Node> {
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        match chars.next()? {
            '<' => {
                let iri = until(chars, '>');
                Some(self.dataset.iri(&iri))
            }
            '_' => {
                let label = word(chars);
                if let Some(number) = self.labels.get(&label) {
                    return Some(Node::Blank(*number));
                }
                let node = self.dataset.blank();
                if let Node::Blank(number) = node {
                    self.labels.insert(label, number);
                }
                Some(node)
            }
            '"' => {
                let value = until(chars, '"');
                let language = chars.next_if_eq(&'@').map(|_| word(chars).to_ascii_lowercase());
                let datatype = chars.next_if_eq(&'^').map(|_| {
                    assert_eq!((chars.next(), chars.next()), (Some('^'), Some('<')));
                    until(chars, '>')
                });
                Some(self.dataset.literal(&value, datatype.as_deref(), language.as_deref()))
            }
            '.' => None,
            other => panic!("unexpected {other:?}"),
        }
    }
}

fn word(chars: &mut Peekable<Chars>) -> String {
    let mut word = String::new();
    while let Some(c) = chars.next_if(|c| !c.is_whitespace()) {
        word.push(c);
    }
    word.trim_start_matches(':').to_owned()
}

fn until(chars: &mut Peekable<Chars>, end: char) -> String {
    let mut text = String::new();
    loop {
        match chars.next().expect("a term ends") {
            c if c == end => return text,
            '\\' => text.push(match chars.next().expect("an escape ends") {
                't' => '\t',
                'b' => '\u{8}',
                'n' => '\n',
                'r' => '\r',
                'f' => '\u{C}',
                'u' => code(chars, 4),
                'U' => code(chars, 8),
                other => other,
            }),
            c => text.push(c),
        }
    }
}

fn code(chars: &mut Peekable<Chars>, digits: usize) -> char {
    let hex: String = chars.take(digits).collect();
    u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).expect("a code point")
}
