//! The API for programs, under /api/v1. Every error is problem+json and names the field.

pub mod awards;
pub mod endorsements;
pub mod input;
pub mod openapi;
pub mod query;
pub mod trust;
pub mod verify;
pub mod webhooks;
