//! One integration binary, a module a capability.

mod bake;
mod canon;
mod proof;
mod status;
mod vectors;
mod verify;
mod actions;
mod house;
