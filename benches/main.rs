//! Ratios measured in one run: `cargo bench`.
fn main() {
    divan::main();
}
