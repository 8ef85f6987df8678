//! Objects (JSON-LD 1.1 API §5.1.2, steps 7 to 18): the contexts that hold inside them, and what their entries are — a value, a
//! list, a set, or a node with its types and properties. Every entry must end in RDF or be refused.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::dataset::Node;
use super::expand::{Expander, Property, Sink};
use super::{CanonError, Cause};
use crate::credential::context::{Context, Expanded, Keyword, Mapping, Term};

/// What a map container says of an object before the object speaks for itself.
#[derive(Clone, Copy, Default)]
pub(super) struct Given {
    pub from_map: bool,
    pub id: Option<Node>,
    pub kind: Option<Node>,
    /// Predicate and object of a property-valued index.
    pub index: Option<(Node, Node)>,
}

pub(super) struct Entry<'n> {
    pub key: &'n str,
    pub value: &'n Value,
    pub term: Option<&'n Term>,
}

/// The entries of an object by what their keys expand to, nested ones included.
#[derive(Default)]
struct Entries<'n> {
    keywords: Vec<(Keyword, &'n Value)>,
    properties: Vec<Entry<'n>>,
}

impl Expander<'_> {
    /// The document itself: an object with nothing but `@graph` stands for the default graph.
    pub fn top(&mut self, active: &Arc<Context>, document: &Value) -> Result<(), CanonError> {
        if let Value::Object(map) = document {
            let current = self.inner_context(active, None, map, false)?.1;
            let mut graph = None;
            let alone = map.iter().filter(|(key, _)| *key != "@context").all(|(key, value)| {
                graph = Some((key, value));
                current.expand_vocab(key, false) == Expanded::Keyword(Keyword::Graph)
            });
            if alone && let Some((key, value)) = graph {
                let term = current.term(key).cloned();
                let property = term.as_deref().filter(|term| term.context.is_some());
                if property.is_some() {
                    return Err(CanonError::unsupported("a scoped context on @graph"));
                }
                return self
                    .value(&current, None, value, Node::Default, &mut Sink::Graph)
                    .map_err(|error| error.under(key));
            }
        }
        self.value(active, None, document, Node::Default, &mut Sink::Graph)
    }

    pub fn object(
        &mut self,
        active: &Arc<Context>,
        property: Option<Property>,
        map: &Map<String, Value>,
        graph: Node,
        sink: &mut Sink,
        given: Given,
    ) -> Result<(), CanonError> {
        let (type_scoped, current) = self.inner_context(active, property, map, given.from_map)?;
        let mut entries = Entries::default();
        entries.collect(&current, map)?;
        let here =
            property.map(|property| Property { term: current.term(property.name).map(|term| &**term), ..property });
        match entries.kind() {
            Keyword::Value => {
                entries.only(
                    &[Keyword::Value, Keyword::Type, Keyword::Language, Keyword::Direction, Keyword::Index],
                    "invalid value object",
                )?;
                if given.index.is_some() {
                    return Err(CanonError::invalid("invalid value object", "a value can't have an index property"));
                }
                let node = self.value_object(&type_scoped, &entries.keywords)?;
                self.deliver(node, false, graph, sink)
            }
            kind @ (Keyword::List | Keyword::Set) => {
                entries.only(&[kind, Keyword::Index], "invalid set or list object")?;
                let [(_, value)] = entries.keywords.as_slice() else {
                    return Err(CanonError::dropped("@index"));
                };
                if given.index.is_some() || given.id.is_some() || given.kind.is_some() {
                    return Err(CanonError::unsupported("a list or set in a map"));
                }
                if kind == Keyword::List {
                    let list = self.list(&current, here, value, graph)?;
                    return self.deliver(list, false, graph, sink);
                }
                if matches!(sink, Sink::List(_)) {
                    return Err(CanonError::unsupported("@set within a list"));
                }
                self.value(&current, here, value, graph, sink)
            }
            _ => self.node(&type_scoped, &current, &entries, graph, sink, given),
        }
    }

    /// The context to read types in, and the one to read entries in (steps 7 to 11).
    fn inner_context(
        &mut self,
        active: &Arc<Context>,
        property: Option<Property>,
        map: &Map<String, Value>,
        from_map: bool,
    ) -> Result<(Arc<Context>, Arc<Context>), CanonError> {
        let reference = map.len() == 1 && active.has_entry(map, Keyword::Id);
        let stays = from_map || reference || active.has_entry(map, Keyword::Value);
        let mut current = match &active.previous {
            Some(previous) if !stays => previous.clone(),
            _ => active.clone(),
        };
        if let Some(local) = property.and_then(|property| property.term).and_then(|term| term.context.as_ref()) {
            current = self.contexts.scoped(&current, local, true, true)?;
        }
        if let Some(context) = map.get("@context") {
            current = self.contexts.embedded(&current, context).map_err(|error| error.under("@context"))?;
        }
        let type_scoped = current.clone();
        let mut keys: Vec<&str> =
            type_scoped.aliases(Keyword::Type).chain(["@type"]).filter(|key| map.contains_key(*key)).collect();
        keys.sort_unstable();
        for key in keys {
            let mut types: Vec<&str> = match map.get(key) {
                Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
                Some(Value::String(kind)) => vec![kind],
                _ => Vec::new(),
            };
            types.sort_unstable();
            types.dedup();
            for kind in types {
                if let Some(local) = type_scoped.term(kind).and_then(|term| term.context.as_ref()) {
                    current = self.contexts.scoped(&current, local, false, false)?;
                }
            }
        }
        Ok((type_scoped, current))
    }

    fn node(
        &mut self,
        type_scoped: &Arc<Context>,
        current: &Arc<Context>,
        entries: &Entries,
        graph: Node,
        sink: &mut Sink,
        given: Given,
    ) -> Result<(), CanonError> {
        let before = self.data.quads().len();
        let id = entries.keywords.iter().find(|(keyword, _)| *keyword == Keyword::Id);
        let subject = match (id, given.id) {
            (Some((_, Value::String(id))), _) => {
                self.resource(current.expand_id(id), id).map_err(|error| error.under("@id"))?
            }
            (Some((_, other)), _) => return Err(CanonError::invalid("invalid @id value", other)),
            (None, Some(node)) => node,
            (None, None) => self.data.blank(),
        };
        if let Some(kind) = given.kind {
            let predicate = self.rdf_type();
            self.data.push(subject, predicate, kind, graph);
        }
        if let Some((predicate, object)) = given.index {
            self.data.push(subject, predicate, object, graph);
        }
        let mut holds_graph = false;
        for (keyword, value) in &entries.keywords {
            let done = match keyword {
                Keyword::Id => Ok(()),
                Keyword::Type => self.types(type_scoped, value, subject, graph),
                Keyword::Graph => {
                    holds_graph = true;
                    self.value(current, None, value, subject, &mut Sink::Graph)
                }
                Keyword::Reverse => self.reversed(current, value, subject, graph),
                Keyword::Included => self.included(current, value, graph),
                Keyword::Index => Err(CanonError::dropped("@index")),
                other => Err(CanonError::invalid(
                    "invalid node object",
                    format!("{} stands without a value", other.as_str()),
                )),
            };
            done.map_err(|error| error.under(keyword.as_str()))?;
        }
        for entry in &entries.properties {
            self.property(current, entry, subject, graph, false).map_err(|error| error.under(entry.key))?;
        }
        if matches!(sink, Sink::Graph) && self.data.quads().len() == before && !holds_graph {
            return Err(CanonError::dropped("an object that says nothing"));
        }
        self.deliver(subject, true, graph, sink)
    }

    fn types(
        &mut self,
        type_scoped: &Arc<Context>,
        value: &Value,
        subject: Node,
        graph: Node,
    ) -> Result<(), CanonError> {
        let types = match value {
            Value::Array(types) => types.as_slice(),
            single => std::slice::from_ref(single),
        };
        for kind in types {
            let Value::String(kind) = kind else {
                return Err(CanonError::invalid("invalid type value", kind));
            };
            let object = match type_scoped.expand_vocab(kind, true) {
                Expanded::Relative | Expanded::Null => return Err(Cause::UndefinedTerm(kind.clone()).into()),
                expanded => self.resource(expanded, kind)?,
            };
            let predicate = self.rdf_type();
            self.data.push(subject, predicate, object, graph);
        }
        Ok(())
    }

    fn reversed(
        &mut self,
        current: &Arc<Context>,
        value: &Value,
        subject: Node,
        graph: Node,
    ) -> Result<(), CanonError> {
        let Value::Object(map) = value else {
            return Err(CanonError::invalid("invalid @reverse value", value));
        };
        let mut entries = Entries::default();
        entries.collect(current, map)?;
        if !entries.keywords.is_empty() {
            return Err(CanonError::invalid("invalid reverse property map", "a keyword stands in @reverse"));
        }
        for entry in &entries.properties {
            self.property(current, entry, subject, graph, true).map_err(|error| error.under(entry.key))?;
        }
        Ok(())
    }

    fn included(&mut self, current: &Arc<Context>, value: &Value, graph: Node) -> Result<(), CanonError> {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        match items.iter().find(|item| !item.is_object()) {
            Some(other) => Err(CanonError::invalid("invalid @included value", other)),
            None => self.value(current, None, value, graph, &mut Sink::Graph),
        }
    }

    fn property(
        &mut self,
        current: &Arc<Context>,
        entry: &Entry,
        subject: Node,
        graph: Node,
        in_reverse: bool,
    ) -> Result<(), CanonError> {
        let predicate = match entry.term.map(|term| &term.mapping) {
            Some(Mapping::Iri(iri)) => self.resource(Expanded::Iri(Cow::Borrowed(iri)), entry.key)?,
            _ => self.resource(current.expand_vocab(entry.key, false), entry.key)?,
        };
        let reverse = entry.term.is_some_and(|term| term.reverse) != in_reverse;
        self.values(current, entry, graph, &mut Sink::Property { subject, predicate, reverse })
    }
}

impl<'n> Entries<'n> {
    fn collect(&mut self, current: &'n Context, map: &'n Map<String, Value>) -> Result<(), CanonError> {
        for (key, value) in map {
            if key == "@context" {
                continue;
            }
            let term = current.term(key).map(|term| &**term);
            let expanded = match term.map(|term| &term.mapping) {
                Some(Mapping::Iri(iri)) if !iri.starts_with("_:") => Expanded::Iri(Cow::Borrowed(iri)),
                Some(Mapping::Keyword(keyword)) => Expanded::Keyword(*keyword),
                _ => current.expand_vocab(key, false),
            };
            match expanded {
                Expanded::Keyword(Keyword::Nest) => self.nest(current, key, term, value)?,
                Expanded::Keyword(keyword) => {
                    let again = self.keywords.iter().any(|(of, _)| *of == keyword);
                    if again && !matches!(keyword, Keyword::Type | Keyword::Included) {
                        return Err(CanonError::invalid("colliding keywords", keyword.as_str()));
                    }
                    self.keywords.push((keyword, value));
                }
                Expanded::Iri(_) => self.properties.push(Entry { key, value, term }),
                Expanded::Blank(_) => return Err(CanonError::dropped(format!("the property {key:?}, a blank node,"))),
                Expanded::Null => {
                    return Err(CanonError::dropped(format!("the term {key:?}, which stands for nothing,")));
                }
                Expanded::Relative => return Err(Cause::UndefinedTerm(key.clone()).into()),
            }
        }
        Ok(())
    }

    /// `@nest`: its entries belong to the object around it (step 14).
    fn nest(
        &mut self,
        current: &'n Context,
        key: &str,
        term: Option<&Term>,
        value: &'n Value,
    ) -> Result<(), CanonError> {
        if term.is_some_and(|term| term.context.is_some()) {
            return Err(CanonError::unsupported(format!("the scoped context of the nesting term {key:?}")));
        }
        let items = match value {
            Value::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        for item in items {
            match item {
                Value::Object(map) if !current.has_entry(map, Keyword::Value) => {
                    self.collect(current, map).map_err(|error| error.under(key))?
                }
                other => return Err(CanonError::invalid("invalid @nest value", other)),
            }
        }
        Ok(())
    }

    fn kind(&self) -> Keyword {
        let found = |keyword| self.keywords.iter().any(|(of, _)| *of == keyword);
        [Keyword::Value, Keyword::List, Keyword::Set].into_iter().find(|keyword| found(*keyword)).unwrap_or(Keyword::Id)
    }

    fn only(&self, allowed: &[Keyword], code: &'static str) -> Result<(), CanonError> {
        if let Some(entry) = self.properties.first() {
            return Err(CanonError::invalid(code, format!("{:?} stands beside it", entry.key)));
        }
        match self.keywords.iter().find(|(keyword, _)| !allowed.contains(keyword)) {
            Some((keyword, _)) => Err(CanonError::invalid(code, format!("{} stands beside it", keyword.as_str()))),
            None => Ok(()),
        }
    }
}
