//! One integration binary, a module a capability.

mod bake;
mod vectors;
mod house;
