//! The Expansion Algorithm (JSON-LD 1.1 API §5.1.2) written straight to RDF (§8.1.2): no expanded document is built between.
//! This file walks values; node.rs reads objects, maps.rs the map containers, literal.rs values.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::dataset::{Dataset, Node};
use super::{CanonError, Cause};
use crate::credential::context::{Container, Context, Expanded, Library, Session, Term, iri};

pub(super) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Deepest nesting of a document; the JSON reader allows no more.
const DEPTH: usize = 128;

pub(super) struct Expander<'a> {
    pub contexts: Session<'a>,
    pub data: Dataset,
    /// Blank nodes the document names.
    named: HashMap<String, Node>,
    rdf_type: Option<Node>,
    depth: usize,
}

/// A property being given values: its name, and its definition in the active context.
#[derive(Clone, Copy)]
pub(super) struct Property<'p> {
    pub name: &'p str,
    pub term: Option<&'p Term>,
}

/// Where a value goes.
pub(super) enum Sink<'s> {
    /// Directly into a graph, where only what has properties says anything.
    Graph,
    Property {
        subject: Node,
        predicate: Node,
        reverse: bool,
    },
    List(&'s mut Vec<Node>),
}

impl<'a> Expander<'a> {
    pub fn new(library: &'a Library, base: Option<&str>) -> Self {
        Self {
            contexts: Session::new(library, base),
            data: Dataset::new(),
            named: HashMap::new(),
            rdf_type: None,
            depth: 0,
        }
    }

    pub fn document(mut self, document: &Value) -> Result<Dataset, CanonError> {
        let active = self.contexts.initial();
        let empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        if !empty(document) {
            self.top(&active, document)?;
        }
        Ok(self.data)
    }

    /// A value of a property, of `@graph` (no property) or of `@included`.
    pub fn value(
        &mut self,
        active: &Arc<Context>,
        property: Option<Property>,
        value: &Value,
        graph: Node,
        sink: &mut Sink,
    ) -> Result<(), CanonError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Cause::TooMuchWork.into());
        }
        self.data.guard()?;
        match value {
            Value::Null => return Err(CanonError::dropped("a null")),
            Value::Array(items) => {
                let nested =
                    property.and_then(|property| property.term).is_some_and(|term| term.container.has(Container::LIST));
                for (at, item) in items.iter().enumerate() {
                    let item = match item {
                        Value::Array(_) if nested => self
                            .list(active, property, item, graph)
                            .and_then(|list| self.deliver(list, true, graph, sink)),
                        item => self.value(active, property, item, graph, sink),
                    };
                    item.map_err(|error| error.item(at))?;
                }
            }
            Value::Object(map) => self.object(active, property, map, graph, sink, Default::default())?,
            scalar => self.scalar(active, property, scalar, graph, sink)?,
        }
        self.depth -= 1;
        Ok(())
    }

    fn scalar(
        &mut self,
        active: &Arc<Context>,
        property: Option<Property>,
        value: &Value,
        graph: Node,
        sink: &mut Sink,
    ) -> Result<(), CanonError> {
        let Some(property) = property else {
            return Err(CanonError::dropped(format!("the free-floating value {value}")));
        };
        let scoped = match property.term.and_then(|term| term.context.as_ref()) {
            None => None,
            // Unlike for objects, the specification does not let protected terms be overridden here (step 4.2).
            Some(local) => Some(self.contexts.scoped(active, local, false, true)?),
        };
        let (active, term) = match &scoped {
            Some(scoped) => (scoped, scoped.term(property.name).map(|term| &**term)),
            None => (active, property.term),
        };
        if matches!(sink, Sink::Graph) {
            return Err(CanonError::dropped(format!("the free-floating value {value}")));
        }
        let (node, is_resource) = self.scalar_node(active, term, value)?;
        self.deliver(node, is_resource, graph, sink)
    }

    /// Reads an array or single value as a list and returns its head (API §8.4).
    pub fn list(
        &mut self,
        active: &Arc<Context>,
        property: Option<Property>,
        value: &Value,
        graph: Node,
    ) -> Result<Node, CanonError> {
        let mut items = Vec::new();
        self.value(active, property, value, graph, &mut Sink::List(&mut items))?;
        let nil = self.data.iri(&format!("{RDF}nil"));
        let mut head = nil;
        for item in items.into_iter().rev() {
            let cell = self.data.blank();
            let first = self.data.iri(&format!("{RDF}first"));
            let rest = self.data.iri(&format!("{RDF}rest"));
            self.data.push(cell, first, item, graph);
            self.data.push(cell, rest, head, graph);
            head = cell;
        }
        Ok(head)
    }

    /// Hands a node over to where it belongs.
    pub fn deliver(&mut self, node: Node, is_resource: bool, graph: Node, sink: &mut Sink) -> Result<(), CanonError> {
        match sink {
            Sink::Graph if is_resource => {}
            Sink::Graph => return Err(CanonError::dropped("a free-floating value")),
            Sink::Property { reverse: true, .. } if !is_resource => {
                return Err(CanonError::invalid(
                    "invalid reverse property value",
                    "a value or list can't be a subject",
                ));
            }
            Sink::Property { subject, predicate, reverse: true } => self.data.push(node, *predicate, *subject, graph),
            Sink::Property { subject, predicate, reverse: false } => self.data.push(*subject, *predicate, node, graph),
            Sink::List(items) => items.push(node),
        }
        Ok(())
    }

    /// The node an expanded `@id`, `@type` or coerced string names.
    pub fn resource(&mut self, expanded: Expanded, text: &str) -> Result<Node, CanonError> {
        self.data.guard()?;
        match expanded {
            Expanded::Iri(iri) if iri::is_well_formed(&iri) => Ok(self.data.iri(&iri)),
            Expanded::Blank(label) => self.blank(&label),
            _ => Err(Cause::BadIri(text.to_owned()).into()),
        }
    }

    fn blank(&mut self, label: &str) -> Result<Node, CanonError> {
        let valid = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
        if label.len() < 3 || !label.chars().all(valid) {
            return Err(Cause::BadIri(label.to_owned()).into());
        }
        if let Some(node) = self.named.get(label) {
            return Ok(*node);
        }
        let node = self.data.blank();
        self.named.insert(label.to_owned(), node);
        Ok(node)
    }

    pub fn rdf_type(&mut self) -> Node {
        if let Some(node) = self.rdf_type {
            return node;
        }
        let node = self.data.iri(&format!("{RDF}type"));
        self.rdf_type = Some(node);
        node
    }
}
