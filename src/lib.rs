//! Laurel: an Open Badges issuing and verification service.
//!
//! The house: each room may use itself and the rooms to its left; `store` and `outside` don't see each other.
//! `credential` ← `domain` ← { `store`, `outside` } ← `actions` ← `jobs` ← `web` ← `cli` ← main.
//! tests/house.rs holds this; docs/ARCHITECTURE.md is the map.

pub mod actions;
pub mod cli;
pub mod credential;
pub mod domain;
pub mod jobs;
pub mod outside;
pub mod store;
pub mod web;
