//! Values of a property by its container (JSON-LD 1.1 API §5.1.2, steps 13.5 to 13.12): JSON literals, lists, graphs, and maps
//! by language, index, id and type. A map's plain index would be lost in RDF and is refused.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::CanonError;
use super::dataset::Node;
use super::expand::{Expander, Property, Sink};
use super::node::{Entry, Given};
use crate::credential::context::{Coercion, Container, Context, Expanded, Keyword, Term};

impl Expander<'_> {
    pub fn values(
        &mut self,
        current: &Arc<Context>,
        entry: &Entry,
        graph: Node,
        sink: &mut Sink,
    ) -> Result<(), CanonError> {
        let property = Property { name: entry.key, term: entry.term };
        let Some(term) = entry.term else {
            return self.value(current, Some(property), entry.value, graph, sink);
        };
        let keyed =
            [Container::INDEX, Container::TYPE, Container::ID].into_iter().find(|kind| term.container.has(*kind));
        match (entry.value, keyed) {
            (value, _) if term.coercion == Coercion::Json => {
                let node = self.json(value);
                self.deliver(node, false, graph, sink)
            }
            (Value::Object(map), _) if term.container.has(Container::LANGUAGE) => {
                self.language_map(current, term, map, graph, sink)
            }
            (Value::Object(map), Some(kind)) => self.keyed_map(current, property, term, kind, map, graph, sink),
            (value, _) if term.container.has(Container::LIST) && !self.is_a(Keyword::List, current, term, value)? => {
                let list = self.list(current, Some(property), value, graph)?;
                self.deliver(list, false, graph, sink)
            }
            (value, None) if term.container.has(Container::GRAPH) => {
                self.graphs(current, property, term, value, graph, sink)
            }
            (_, Some(_)) if term.container.has(Container::GRAPH) => {
                Err(CanonError::unsupported("a graph map without keys"))
            }
            (value, _) => self.value(current, Some(property), value, graph, sink),
        }
    }

    /// Each value in a graph of its own (step 13.12).
    fn graphs(
        &mut self,
        current: &Arc<Context>,
        property: Property,
        term: &Term,
        value: &Value,
        graph: Node,
        sink: &mut Sink,
    ) -> Result<(), CanonError> {
        if let Value::Array(items) = value {
            for (at, item) in items.iter().enumerate() {
                self.graphs(current, property, term, item, graph, sink).map_err(|error| error.item(at))?;
            }
            return Ok(());
        }
        if self.is_a(Keyword::Set, current, term, value)? {
            return Err(CanonError::unsupported("@set within a graph container"));
        }
        let name = self.data.blank();
        self.value(current, Some(property), value, name, &mut Sink::Graph)?;
        self.deliver(name, true, graph, sink)
    }

    fn language_map(
        &mut self,
        current: &Arc<Context>,
        term: &Term,
        map: &Map<String, Value>,
        graph: Node,
        sink: &mut Sink,
    ) -> Result<(), CanonError> {
        let direction = term.direction.unwrap_or(current.direction);
        for (key, value) in map {
            let none = current.expand_vocab(key, false) == Expanded::Keyword(Keyword::None);
            let language = (!none).then(|| key.to_ascii_lowercase());
            let items = match value {
                Value::Array(items) => items.as_slice(),
                single => std::slice::from_ref(single),
            };
            for item in items {
                let Value::String(text) = item else {
                    return Err(CanonError::invalid("invalid language map value", item).under(key));
                };
                let node = self.text(text, language.as_deref(), direction).map_err(|error| error.under(key))?;
                self.deliver(node, false, graph, sink)?;
            }
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "one step of the algorithm, with its state")]
    fn keyed_map(
        &mut self,
        current: &Arc<Context>,
        property: Property,
        term: &Term,
        kind: Container,
        map: &Map<String, Value>,
        graph: Node,
        sink: &mut Sink,
    ) -> Result<(), CanonError> {
        for (key, value) in map {
            let mut context = match &current.previous {
                Some(previous) if kind != Container::INDEX => previous.clone(),
                _ => current.clone(),
            };
            if kind == Container::TYPE
                && let Some(local) = context.term(key).and_then(|term| term.context.clone())
            {
                context = self.contexts.scoped(&context, &local, false, true)?;
            }
            let none = current.expand_vocab(key, false) == Expanded::Keyword(Keyword::None);
            let mut given = Given { from_map: true, ..Given::default() };
            match kind {
                _ if none => {}
                Container::ID => given.id = Some(self.resource(current.expand_id(key), key)?),
                Container::TYPE => given.kind = Some(self.resource(current.expand_vocab(key, true), key)?),
                _ => given.index = Some(self.index_property(current, term, key)?),
            }
            let property = Property { term: context.term(property.name).map(|term| &**term), ..property };
            self.keyed_value(&context, property, term, value, graph, sink, given).map_err(|error| error.under(key))?;
        }
        Ok(())
    }

    /// Predicate and object of a property-valued index (step 13.8.3.7.2).
    fn index_property(&mut self, current: &Arc<Context>, term: &Term, key: &str) -> Result<(Node, Node), CanonError> {
        let Some(index) = term.index.as_deref() else {
            return Err(CanonError::dropped(format!("the index {key:?}")));
        };
        let predicate = self.resource(current.expand_vocab(index, false), index)?;
        let definition = current.term(index).cloned();
        if definition.as_deref().is_some_and(|definition| definition.context.is_some()) {
            return Err(CanonError::unsupported("a scoped context on an index property"));
        }
        let (object, _) = self.scalar_node(current, definition.as_deref(), &Value::String(key.to_owned()))?;
        Ok((predicate, object))
    }

    #[allow(clippy::too_many_arguments, reason = "one step of the algorithm, with its state")]
    fn keyed_value(
        &mut self,
        context: &Arc<Context>,
        property: Property,
        term: &Term,
        value: &Value,
        graph: Node,
        sink: &mut Sink,
        given: Given,
    ) -> Result<(), CanonError> {
        let in_graph = term.container.has(Container::GRAPH);
        match value {
            Value::Null => Err(CanonError::dropped("a null")),
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.keyed_value(context, property, term, item, graph, sink, given)
                        .map_err(|error| error.item(at))?;
                }
                Ok(())
            }
            Value::Object(map) if in_graph && !self.is_a(Keyword::Graph, context, term, value)? => {
                let name = given.id.unwrap_or_else(|| self.data.blank());
                if let Some((predicate, object)) = given.index {
                    self.data.push(name, predicate, object, graph);
                }
                let inner = Given { from_map: true, ..Given::default() };
                self.object(context, Some(property), map, name, &mut Sink::Graph, inner)?;
                self.deliver(name, true, graph, sink)
            }
            Value::Object(map) => self.object(context, Some(property), map, graph, sink, given),
            scalar => self.keyed_scalar(context, property, scalar, graph, sink, given),
        }
    }

    fn keyed_scalar(
        &mut self,
        context: &Arc<Context>,
        property: Property,
        value: &Value,
        graph: Node,
        sink: &mut Sink,
        given: Given,
    ) -> Result<(), CanonError> {
        if given.id.is_some()
            || property.term.is_some_and(|term| term.context.is_some() || term.container.has(Container::GRAPH))
        {
            return Err(CanonError::unsupported("a plain value in this map"));
        }
        let (node, is_resource) = self.scalar_node(context, property.term, value)?;
        if !is_resource && (given.kind.is_some() || given.index.is_some()) {
            return Err(CanonError::invalid(
                "invalid value object",
                "a value can't have a type or index property of its own",
            ));
        }
        if let Some(kind) = given.kind {
            let predicate = self.rdf_type();
            self.data.push(node, predicate, kind, graph);
        }
        if let Some((predicate, object)) = given.index {
            self.data.push(node, predicate, object, graph);
        }
        self.deliver(node, is_resource, graph, sink)
    }

    /// Whether the value is an object with an entry for the keyword, in the context that will hold inside it.
    fn is_a(
        &mut self,
        keyword: Keyword,
        current: &Arc<Context>,
        term: &Term,
        value: &Value,
    ) -> Result<bool, CanonError> {
        let Value::Object(map) = value else { return Ok(false) };
        let context = match &term.context {
            Some(local) => self.contexts.scoped(current, local, true, true)?,
            None => current.clone(),
        };
        let context = match map.get("@context") {
            Some(inner) => self.contexts.embedded(&context, inner)?,
            None => context,
        };
        Ok(context.has_entry(map, keyword))
    }
}
