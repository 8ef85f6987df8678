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
    /// What they sign in with elsewhere, in lower case; the address where there is none.
    pub user_name: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    /// The directory has dropped them. What they were given stays.
    pub removed_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Entry {
    /// Someone who is new, as no directory has said anything of them yet.
    pub fn new(person: Person, now: Timestamp) -> Self {
        Entry {
            person,
            external_id: None,
            user_name: None,
            given_name: None,
            family_name: None,
            removed_at: None,
            created_at: now,
            updated_at: now,
        }
    }

    pub fn user_name(&self) -> &str {
        self.user_name.as_deref().unwrap_or(&self.person.email)
    }

    /// What the directory said of them last.
    pub fn said(&self) -> Said {
        Said {
            email: self.person.email.clone(),
            user_name: self.user_name.clone(),
            name: self.person.name.clone(),
            given_name: self.given_name.clone(),
            family_name: self.family_name.clone(),
            function: self.person.function.clone(),
            manager_id: self.person.manager_id.clone(),
            external_id: self.external_id.clone(),
            active: self.person.active,
        }
    }

    /// As it is once the directory has said this; the address and what is its own stay apart from it.
    pub fn after(&self, said: Said) -> Entry {
        let person = Person {
            email: said.email,
            name: said.name,
            function: said.function,
            manager_id: said.manager_id,
            active: said.active,
            ..self.person.clone()
        };
        Entry {
            person,
            external_id: said.external_id,
            user_name: said.user_name,
            given_name: said.given_name,
            family_name: said.family_name,
            ..self.clone()
        }
    }
}

/// All that the company's directory says of one person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    pub email: String,
    /// None where it is the address.
    pub user_name: Option<String>,
    pub name: String,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub function: Option<String>,
    pub manager_id: Option<String>,
    pub external_id: Option<String>,
    pub active: bool,
}

impl Said {
    /// Trimmed, addresses in lower case; or every fault, by the names of these fields.
    pub fn check(&self) -> Result<Said, Vec<FieldError>> {
        let mut faults = Faults::default();
        let email = faults.take("email", email(&self.email)).unwrap_or_default();
        let some = |faults: &mut Faults, field: &str, text: &Option<String>, most| {
            text.as_deref().map(|text| faults.text(field, text, most, false))
        };
        let user_name = some(&mut faults, "user_name", &self.user_name, 254).map(|name| name.to_lowercase());
        let said = Said {
            user_name: user_name.filter(|name| *name != email),
            name: name(&mut faults, "name", &self.name),
            given_name: some(&mut faults, "given_name", &self.given_name, 200),
            family_name: some(&mut faults, "family_name", &self.family_name, 200),
            function: self.function.as_deref().map(|text| function(&mut faults, "function", text)),
            manager_id: self.manager_id.clone(),
            external_id: self.external_id.as_deref().map(|text| external_id(&mut faults, "external_id", text)),
            active: self.active,
            email,
        };
        faults.or(said)
    }

    /// The names of what is different; the record tells that, and never what it was or is.
    pub fn changed(&self, before: &Said) -> Vec<&'static str> {
        [
            ("email", self.email != before.email),
            ("user_name", self.user_name != before.user_name),
            ("name", self.name != before.name),
            ("given_name", self.given_name != before.given_name),
            ("family_name", self.family_name != before.family_name),
            ("function", self.function != before.function),
            ("manager", self.manager_id != before.manager_id),
            ("external_id", self.external_id != before.external_id),
        ]
        .into_iter()
        .filter_map(|(name, changed)| changed.then_some(name))
        .collect()
    }
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
