//! One integration binary, a module a capability.

mod actions;
mod api;
mod attacks;
mod bake;
mod bundle;
mod canon;
mod cast;
mod cli;
mod crash;
mod fetch;
mod house;
mod jwts;
mod keys;
mod memory;
mod mutated;
mod proof;
mod races;
mod rubrics;
mod serving;
mod setup;
mod status;
mod store;
mod vc_api;
mod vectors;
mod verify;
mod web;
