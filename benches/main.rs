//! Ratios measured in one run: `cargo bench`.
mod proof;

fn main() {
    divan::main();
}
