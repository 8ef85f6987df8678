//! The one binary. Everything it does is in the library; see src/cli.

fn main() -> std::process::ExitCode {
    laurel::cli::main()
}
