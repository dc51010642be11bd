//! clap's own words in Chinese: help, usage and errors.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// The command and everything below it with Chinese headings, and with defaults and
/// environment variables told in the help text itself.
pub(super) fn localized(command: Command) -> Command {
    let name = command.get_name().to_owned();
    localize(command, &name, 0)
}

fn localize(mut command: Command, path: &str, depth: u8) -> Command {
    let has_commands = command.has_subcommands();
    command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .help_template("{about}\n\n用法：{usage}\n\n{all-args}\n")
        .override_usage(format!("{path}{}", if has_commands { " <命令> [选项]" } else { " [选项]" }))
        .mut_args(describe)
        .arg(
            Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示这份说明").help_heading("选项"),
        );
    if depth == 0 {
        let version = Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help("显示版本")
            .help_heading("选项");
        command = command.arg(version);
    }
    command.mut_subcommands(|sub| {
        let path = format!("{path} {}", sub.get_name());
        localize(sub, &path, depth + 1)
    })
}

fn describe(arg: Arg) -> Arg {
    let mut text = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let defaults: Vec<_> = arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
    if arg.get_action().takes_values() && !defaults.is_empty() {
        text.push_str(&format!("（默认 {}）", defaults.join(" ")));
    }
    if let Some(env) = arg.get_env() {
        text.push_str(&format!("（环境变量 {}）", env.to_string_lossy()));
    }
    let positional = arg.is_positional();
    // A switch has no values to hide, and clap refuses to hide them.
    let values = arg.get_action().takes_values();
    let arg =
        arg.help(text).hide_default_value(values).hide_env(true).hide_env_values(values).hide_possible_values(values);
    arg.help_heading(if positional { "参数" } else { "选项" })
}

/// Prints help or what was not understood, in Chinese; the exit code of the program.
pub(super) fn explain(error: &Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            print!("{}", error.render());
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayVersion => {
            print!("{}", error.render());
            return ExitCode::SUCCESS;
        }
        _ => {}
    }
    eprintln!("{}", message(error));
    eprintln!("加上 --help 可以看到说明。");
    ExitCode::from(2)
}

fn message(error: &Error) -> String {
    let said = |kind| error.get(kind).map(words).unwrap_or_default();
    let (arg, value, sub) =
        (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue), said(ContextKind::InvalidSubcommand));
    match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的选项或参数：{arg}。"),
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{sub}。"),
        ErrorKind::MissingSubcommand => "请写上要执行的命令。".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少必须的选项：{arg}。"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => format!("{arg} 后面要写一个值。"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{arg} 不能是“{value}”。"),
        ErrorKind::ArgumentConflict => format!("{arg} 不能这样使用：重复，或者与其他选项冲突。"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{arg} 的值的个数不对。")
        }
        ErrorKind::InvalidUtf8 => "命令行里有无法识别的文字编码，请用 UTF-8。".to_owned(),
        _ => format!("命令行看不懂：{}", error.kind()),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(list) => list.join("、"),
        other => other.to_string(),
    }
}
