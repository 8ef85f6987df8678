//! The company's directory as we keep it: who someone is there, and the teams they belong to. It follows the company's own
//! directory (a CSV, SCIM) and is private; what people were given stays when they leave.

use super::{
    field::{Faults, FieldError},
    recipient::{Person, email},
};
use jiff::Timestamp;

/// A person with what only the directory says.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub person: Person,
    /// What the company's directory calls them.
    pub external_id: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    pub id: String,
    pub name: String,
    pub external_id: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What is said of someone who is to be in the directory. `None` leaves out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewPerson {
    pub email: String,
    pub name: String,
    pub function: Option<String>,
    pub external_id: Option<String>,
}

impl NewPerson {
    /// Trimmed, the address lower-cased; or every fault.
    pub fn check(&self) -> Result<NewPerson, Vec<FieldError>> {
        let mut faults = Faults::default();
        let address = faults.take("email", email(&self.email)).unwrap_or_default();
        let name = name(&mut faults, "name", &self.name);
        let function = self.function.as_ref().map(|text| function(&mut faults, "function", text));
        let external_id = self.external_id.as_ref().map(|text| external_id(&mut faults, "external_id", text));
        faults.or(NewPerson { email: address, name, function, external_id })
    }
}

/// A person's name, as long as a badge can carry.
pub fn name(faults: &mut Faults, field: &str, text: &str) -> String {
    faults.text(field, text, 200, false)
}

pub fn function(faults: &mut Faults, field: &str, text: &str) -> String {
    faults.text(field, text, 100, false)
}

pub fn team_name(faults: &mut Faults, field: &str, text: &str) -> String {
    faults.text(field, text, 100, false)
}

pub fn external_id(faults: &mut Faults, field: &str, text: &str) -> String {
    faults.text(field, text, 200, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn someone_new_is_checked_field_by_field() {
        let ada = NewPerson { email: " Ada@Acme.Example ".into(), name: " Ada ".into(), ..NewPerson::default() };
        let checked = ada.check().unwrap();
        assert_eq!((checked.email.as_str(), checked.name.as_str()), ("ada@acme.example", "Ada"));
        let bad = NewPerson {
            email: "ada".into(),
            name: "x".repeat(201),
            function: Some("x".repeat(101)),
            external_id: Some(String::new()),
        };
        let faults = bad.check().unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["email", "name", "function", "external_id"]);
        assert!(faults[1].message.contains("at most 200"));
    }
}
