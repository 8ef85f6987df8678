//! Panels from the draw to the badge and the appeal, by their actions, on a real database of each engine.

mod appeals;
mod calibrating;
pub mod cast;
mod deciding;
mod drawing;
mod erasing;
mod letters;
mod scoring;
