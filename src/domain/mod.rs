//! Our nouns and rules, pure: no IO, no clock, no randomness of its own.
//!
//! Words are those of docs/ARCHITECTURE.md: an *award* is our record of one level given to one person, a *credential*
//! is its signed document, a *lineage* is all awards of one person on one level, over its renewals.

pub mod actor;
pub mod art;
pub mod assessment;
pub mod award;
pub mod backpack;
pub mod calendar;
pub mod calibration;
pub mod certificate_look;
pub mod changes;
pub mod chat;
pub mod committee;
pub mod decision;
pub mod digesting;
pub mod directory;
pub mod directory_csv;
pub mod due_scores;
pub mod endorsement;
pub mod enrolment;
pub mod erasing;
pub mod evidence;
pub mod field;
pub mod filter;
pub mod framework;
pub mod id;
pub mod issuer;
pub mod letter;
pub mod letter_html;
pub mod level;
pub mod media;
pub mod oauth;
pub mod panel;
pub mod panel_statement;
pub mod passkey;
pub mod period;
pub mod personal_endorsement;
pub mod program_file;
pub mod program_lines;
pub mod progress;
pub mod recipient;
pub mod recipients_csv;
pub mod release;
pub mod renewal;
pub mod requirement;
pub mod rubric;
pub mod scoring;
pub mod session;
pub mod share;
mod spelled;
pub mod submission;
pub mod trust;
pub mod wallet;
pub mod webhook;
pub mod webhook_signature;
pub mod words;
