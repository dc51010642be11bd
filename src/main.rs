//! The program: see `nongquan --help`, and src/cli for its commands.

fn main() -> std::process::ExitCode {
    nongquan::cli::main(std::env::args_os())
}
