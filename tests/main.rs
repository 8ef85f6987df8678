//! One integration binary, a module a capability.

mod actions;
mod bake;
mod canon;
mod house;
mod proof;
mod setup;
mod status;
mod store;
mod vectors;
mod verify;
