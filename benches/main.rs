//! Ratios measured in one run: `cargo bench`.
mod canon;
mod proof;

fn main() {
    divan::main();
}
