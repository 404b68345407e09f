//! The command line: one flag for each setting, and the commands.

use std::{collections::BTreeMap, ffi::OsString, path::PathBuf};

use clap::{Arg, ArgMatches, Command as Clap, builder::PathBufValueParser};

use super::settings::{Setting, settings};

/// What the program is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Serve on the configured database.
    Serve,
    /// Serve a small shop to try things on.
    Demo,
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
    let command = match matches.subcommand_name() {
        Some("demo") => Command::Demo,
        Some("config-schema") => Command::ConfigSchema,
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
    Clap::new("orderly-server")
        .about("Order backend over HTTP")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand(Clap::new("serve").about("Serve on the configured database (the default command)"))
        .subcommand(Clap::new("demo").about("Serve a small shop, with credentials printed"))
        .subcommand(Clap::new("config-schema").about("Print the JSON Schema of the configuration file"))
        .arg(file.global(true))
        .args(settings.iter().map(flag))
}

fn flag(setting: &Setting) -> Arg {
    let value_name = match setting.key().as_str() {
        "listen" => "ADDR",
        "database_url" => "URL",
        "data_dir" => "DIR",
        "ready_file" => "FILE",
        _ if setting.is_number => "NUMBER",
        _ => "TEXT",
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
    fn an_unknown_flag_is_refused() {
        assert!(parse("orderly-server --loud").is_err());
    }
}
