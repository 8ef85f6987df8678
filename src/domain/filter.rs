//! What is looked for in a list: tests of fields, joined by and, or and not. Which fields there are is each list's matter.

use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub enum Filter<F> {
    And(Box<Filter<F>>, Box<Filter<F>>),
    Or(Box<Filter<F>>, Box<Filter<F>>),
    Not(Box<Filter<F>>),
    Present(F),
    Test(F, Comparison, Operand),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    Text(String),
    Truth(bool),
    Time(Timestamp),
}

/// What a field holds, and so what it can be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Capitals don't count.
    Text,
    ExactText,
    Truth,
    Time,
}

/// What people can be looked for by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonField {
    Id,
    ExternalId,
    UserName,
    Email,
    /// Of the one address: always `work`.
    EmailKind,
    /// Always so, of the one address.
    EmailPrimary,
    Name,
    GivenName,
    FamilyName,
    Function,
    Manager,
    Active,
    Created,
    Updated,
}

/// What teams can be looked for by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamField {
    Id,
    ExternalId,
    Name,
    /// Someone who belongs to it, by id.
    Member,
    Created,
    Updated,
}

impl PersonField {
    pub fn holds(self) -> Holds {
        match self {
            PersonField::Id | PersonField::ExternalId | PersonField::Manager => Holds::ExactText,
            PersonField::UserName
            | PersonField::Email
            | PersonField::EmailKind
            | PersonField::Name
            | PersonField::GivenName
            | PersonField::FamilyName
            | PersonField::Function => Holds::Text,
            PersonField::Active | PersonField::EmailPrimary => Holds::Truth,
            PersonField::Created | PersonField::Updated => Holds::Time,
        }
    }
}

impl TeamField {
    pub fn holds(self) -> Holds {
        match self {
            TeamField::Id | TeamField::ExternalId | TeamField::Member => Holds::ExactText,
            TeamField::Name => Holds::Text,
            TeamField::Created | TeamField::Updated => Holds::Time,
        }
    }
}
