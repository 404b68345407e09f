//! The command line: one flag for each setting, and the commands.

use std::{collections::BTreeMap, ffi::OsString, path::PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command as Clap, builder::PathBufValueParser};

use super::settings::{Kind, Setting, settings};

/// What the program is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Serve on the configured database.
    Serve,
    /// Serve a small shop to try things on.
    Demo,
    /// Bring the database's tables up to date.
    Migrate,
    /// Copy the database into this file.
    Backup(PathBuf),
    /// Replace the key that signs access tokens.
    RotateKeys {
        /// Whether the present keys are in wrong hands: they are removed at once.
        leaked: bool,
    },
    /// Tell every mistake in the settings.
    CheckConfig,
    /// Print the settings that apply.
    PrintConfig,
    /// Print the JSON Schema of the configuration file.
    ConfigSchema,
}

/// A parsed command line.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// What to do.
    pub command: Command,
    /// The file given with `--config`.
    pub file: Option<PathBuf>,
    /// Settings given as flags, by their key.
    pub(super) flags: BTreeMap<String, String>,
}

/// Reads a command line, the program's name first.
///
/// # Errors
/// Unknown flags and commands, and requests for help, as clap words them.
pub fn invocation(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
) -> Result<Invocation, clap::Error> {
    let settings = settings();
    let matches = command_line(&settings).try_get_matches_from(arguments)?;
    let command = match matches.subcommand() {
        _ if matches.get_flag("print-config") => Command::PrintConfig,
        Some(("demo", _)) => Command::Demo,
        Some(("migrate", _)) => Command::Migrate,
        Some(("backup", given)) => Command::Backup(given.get_one("FILE").cloned().expect("clap asks for it")),
        Some(("rotate-keys", given)) => Command::RotateKeys { leaked: given.get_flag("leaked") },
        Some(("check-config", _)) => Command::CheckConfig,
        Some(("print-config", _)) => Command::PrintConfig,
        Some(("config-schema", _)) => Command::ConfigSchema,
        _ => Command::Serve,
    };
    Ok(Invocation { command, file: matches.get_one("config").cloned(), flags: given(&settings, &matches) })
}

fn given(settings: &[Setting], matches: &ArgMatches) -> BTreeMap<String, String> {
    let value = |key: String| matches.get_one::<String>(&key).cloned().map(|text| (key, text));
    settings.iter().filter_map(|setting| value(setting.key())).collect()
}

fn command_line(settings: &[Setting]) -> Clap {
    let file = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .value_parser(PathBufValueParser::new())
        .help("Configuration file that overrides the defaults [env: ORDERLY_CONFIG]");
    let print = Arg::new("print-config")
        .long("print-config")
        .action(ArgAction::SetTrue)
        .help("The same as the command print-config");
    Clap::new("orderly-server")
        .about("Order backend over HTTP")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommands(commands())
        .arg(file.global(true))
        .arg(print)
        .args(settings.iter().map(flag))
}

fn commands() -> [Clap; 8] {
    let file = Arg::new("FILE").required(true).value_parser(PathBufValueParser::new());
    let leaked = Arg::new("leaked").long("leaked").action(ArgAction::SetTrue);
    [
        Clap::new("serve").about("Serve on the configured database (the default command)"),
        Clap::new("demo").about("Serve a small shop, with credentials printed"),
        Clap::new("migrate").about("Bring the database's tables up to date, and make them if they are missing"),
        Clap::new("backup")
            .about("Copy the SQLite database into a new file, while a server uses it or not")
            .arg(file.help("The copy; it must not be there yet")),
        Clap::new("rotate-keys").about("Replace the key that signs access tokens; nobody is logged out by it").arg(
            leaked.help("The present keys are in wrong hands: remove them at once, with every access token they signed"),
        ),
        Clap::new("check-config").about("Say `ok`, or every mistake in the settings"),
        Clap::new("print-config").about("Print the settings that apply, each with where it comes from"),
        Clap::new("config-schema").about("Print the JSON Schema of the configuration file"),
    ]
}

fn flag(setting: &Setting) -> Arg {
    let value_name = match (setting.key().as_str(), setting.kind) {
        ("listen" | "operations.listen", _) => "ADDR",
        ("database_url" | "database.read_url" | "traces.otlp_endpoint", _) => "URL",
        ("data_dir", _) => "DIR",
        ("ready_file" | "tls.certificate" | "tls.key", _) => "FILE",
        (_, Kind::Number) => "NUMBER",
        (_, Kind::Switch) => "true|false",
        (_, Kind::List) => "LIST",
        (_, Kind::Text) => "TEXT",
    };
    Arg::new(setting.key()).long(setting.flag()).value_name(value_name).global(true).help(format!(
        "{} [env: {}]",
        setting.help,
        setting.variable()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Invocation, clap::Error> {
        invocation(line.split_whitespace())
    }

    #[test]
    fn flags_stand_before_or_after_the_command() {
        for line in ["orderly-server --listen :1 demo", "orderly-server demo --listen :1"] {
            let found = parse(line).unwrap();
            assert_eq!(found.command, Command::Demo);
            assert_eq!(found.flags, [("listen".to_owned(), ":1".to_owned())].into());
        }
    }

    #[test]
    fn serving_is_the_default() {
        assert_eq!(parse("orderly-server").unwrap().command, Command::Serve);
    }

    #[test]
    fn commands_take_what_they_need() {
        assert_eq!(
            parse("orderly-server backup copy.db").unwrap().command,
            Command::Backup("copy.db".into())
        );
        assert!(parse("orderly-server backup").is_err());
        assert_eq!(
            parse("orderly-server rotate-keys").unwrap().command,
            Command::RotateKeys { leaked: false }
        );
        let leaked = parse("orderly-server rotate-keys --leaked").unwrap().command;
        assert_eq!(leaked, Command::RotateKeys { leaked: true });
        for line in ["orderly-server print-config", "orderly-server --print-config"] {
            assert_eq!(parse(line).unwrap().command, Command::PrintConfig);
        }
    }

    #[test]
    fn an_unknown_flag_is_refused() {
        assert!(parse("orderly-server --loud").is_err());
    }
}
