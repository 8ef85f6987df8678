//! Ratios measured in one run: `cargo bench`.
mod canon;
mod proof;
mod web;

fn main() {
    divan::main();
}
