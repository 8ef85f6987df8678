//! The API, to read: made from the OpenAPI document (`/api/openapi.json`), so the two can't differ.

use askama::Template;
use serde_json::Value;

use super::Site;

#[derive(Template)]
#[template(path = "api.html")]
pub struct ApiPage {
    pub site: Site,
    pub title: String,
    pub version: String,
    pub description: String,
    /// In the order of the document.
    pub operations: Vec<Operation>,
    pub schemas: Vec<Schema>,
}

#[derive(Clone, Debug)]
pub struct Operation {
    /// For links within the page.
    pub id: String,
    /// `GET`, `POST` …
    pub method: String,
    pub path: String,
    pub summary: String,
    pub description: String,
    pub parameters: Vec<Field>,
    /// The scopes that a token needs, any of them; none when no token is needed.
    pub scopes: Vec<String>,
    /// In each form it may have.
    pub body: Vec<Body>,
    pub body_description: String,
    pub answers: Vec<Answer>,
}

#[derive(Clone, Debug)]
pub struct Body {
    pub media_type: String,
    pub schema: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: String,
    pub description: String,
    pub schema: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Schema {
    pub name: String,
    pub description: String,
    pub fields: Vec<Field>,
    /// The words that it can be, when it is one of a few.
    pub choices: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    /// Such as `string`, `[Award]`, `integer`.
    pub kind: String,
    /// The schema it leads to, when it is one of this document.
    pub schema: Option<String>,
    /// `path`, `query`, `header` for parameters.
    pub place: Option<String>,
    pub required: bool,
    pub description: String,
}

impl ApiPage {
    /// Reads an OpenAPI 3.1 document; what it doesn't say is left out.
    pub fn from_document(site: Site, document: &Value) -> Self {
        let mut operations = Vec::new();
        for (path, methods) in entries(document.get("paths")) {
            for (method, operation) in entries(Some(methods)) {
                if ["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                    operations.push(Operation::read(path, method, operation));
                }
            }
        }
        let all = document.pointer("/components/schemas");
        let schemas = entries(all).map(|(name, schema)| Schema::read(name, schema, all));
        Self {
            site,
            title: text(document.pointer("/info/title")),
            version: text(document.pointer("/info/version")),
            description: text(document.pointer("/info/description")),
            operations,
            schemas: schemas.collect(),
        }
    }
}

impl Operation {
    fn read(path: &str, method: &str, operation: &Value) -> Self {
        let id = format!("{method}{}", path.replace(['/', '{', '}', '.'], "-"));
        let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
        let body = entries(operation.pointer("/requestBody/content"));
        Self {
            id: id.trim_end_matches('-').replace("--", "-"),
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: text(operation.get("summary")),
            description: text(operation.get("description")),
            parameters: parameters.map(Field::of_parameter).collect(),
            body: body
                .map(|(kind, media)| Body { media_type: kind.clone(), schema: named(media.get("schema")) })
                .collect(),
            scopes: scopes(operation),
            body_description: text(operation.pointer("/requestBody/description")),
            answers: entries(operation.get("responses")).map(|(status, answer)| Answer::read(status, answer)).collect(),
        }
    }
}

impl Answer {
    fn read(status: &str, answer: &Value) -> Self {
        let schema = entries(answer.get("content")).find_map(|(_, media)| named(media.get("schema")));
        Self { status: status.to_owned(), description: text(answer.get("description")), schema }
    }
}

impl Schema {
    /// A schema made of others (`allOf`) has the fields of each.
    fn read(name: &str, schema: &Value, all: Option<&Value>) -> Self {
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let parts = parts.filter_map(|part| match named(Some(part)) {
            Some(name) => all?.get(&name),
            None => Some(part),
        });
        let fields = std::iter::once(schema).chain(parts).flat_map(Field::of_schema);
        Self {
            name: name.to_owned(),
            description: text(schema.get("description")),
            fields: fields.collect(),
            choices: words(schema.get("enum")).into_iter().chain(variants(schema)).collect(),
        }
    }
}

impl Field {
    fn of_schema(schema: &Value) -> impl Iterator<Item = Self> {
        let required = words(schema.get("required"));
        entries(schema.get("properties")).map(move |(field, about)| Self {
            name: field.clone(),
            kind: kind(about),
            schema: named(Some(about)),
            place: None,
            required: required.contains(field),
            description: text(about.get("description")),
        })
    }

    fn of_parameter(parameter: &Value) -> Self {
        Self {
            name: text(parameter.get("name")),
            kind: parameter.get("schema").map(kind).unwrap_or_default(),
            schema: named(parameter.get("schema")),
            place: parameter.get("in").and_then(Value::as_str).map(str::to_owned),
            required: parameter.get("required").and_then(Value::as_bool).unwrap_or(false),
            description: text(parameter.get("description")),
        }
    }
}

fn entries(object: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    object.and_then(Value::as_object).into_iter().flatten()
}

/// The schemas of which it is one.
fn variants(schema: &Value) -> impl Iterator<Item = String> {
    let variants = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    variants.filter_map(|variant| named(Some(variant)))
}

/// The scopes of every security requirement (OpenAPI 3.1 §4.8.30).
fn scopes(operation: &Value) -> Vec<String> {
    let requirements = operation.get("security").and_then(Value::as_array).into_iter().flatten();
    requirements
        .flat_map(|requirement| entries(Some(requirement)).flat_map(|(_, scopes)| words(Some(scopes))))
        .collect()
}

fn words(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The name of a schema that is referred to, also inside a list.
fn named(schema: Option<&Value>) -> Option<String> {
    let schema = schema?;
    let reference = schema.get("$ref").or_else(|| schema.pointer("/items/$ref"))?;
    reference.as_str()?.rsplit('/').next().map(str::to_owned)
}

fn kind(schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|link| link.rsplit('/').next()) {
        return name.to_owned();
    }
    if let Some(choices) = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array) {
        let kinds: Vec<_> = choices.iter().map(kind).filter(|kind| kind != "null").collect();
        return kinds.join(" | ");
    }
    match schema.get("type") {
        Some(Value::String(name)) if name == "array" => {
            format!("[{}]", schema.get("items").map(kind).unwrap_or_default())
        }
        Some(Value::String(name)) => schema
            .get("format")
            .and_then(Value::as_str)
            .map_or_else(|| name.clone(), |format| format!("{name}, {format}")),
        Some(Value::Array(names)) => {
            let names: Vec<_> = names.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect();
            names.join(" | ")
        }
        _ => "any".to_owned(),
    }
}
