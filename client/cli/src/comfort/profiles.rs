//! `orderly profile`: the addresses that somebody has logged in at.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use crate::error::Failure;
use crate::options::Options;
use crate::output::{Output, told};
use crate::profile::{Credentials, Profile, Profiles, Store};
use crate::session::unknown_profile;

pub(super) fn command() -> Command {
    let name = || Arg::new("name").value_name("NAME").help("The profile's name");
    Command::new("profile")
        .about("List, choose, show and remove profiles")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(Command::new("list").about("List the profiles"))
        .subcommand(Command::new("use").about("Make a profile the current one").arg(name().required(true)))
        .subcommand(
            Command::new("show").about("Show a profile, or the current one, without its secrets").arg(name()),
        )
        .subcommand(
            Command::new("remove").about("Forget a profile with its credentials").arg(name().required(true)),
        )
}

pub(super) fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some((verb, inner)) = matches.subcommand() else {
        return Err(Failure::Usage("no command".to_owned()));
    };
    let options = Options::of(inner)?;
    let store = Store::open()?;
    let profiles = store.read()?;
    // Only what has a name is asked for one.
    let given = if verb == "list" { None } else { inner.get_one::<String>("name").map(String::as_str) };
    let name = given.unwrap_or(profiles.current_name()).to_owned();
    let known = profiles.profiles.get(&name).ok_or_else(|| Failure::Usage(unknown_profile(&profiles, &name)));
    match verb {
        "list" => {
            let all = profiles.profiles.iter().map(|(name, profile)| row(&profiles, name, profile));
            Output::of(&options).shown(&all.collect())
        }
        "show" => {
            let mut shown = row(&profiles, &name, known?);
            shown["file"] = store.path().display().to_string().into();
            Output::of(&options).shown(&shown)
        }
        "use" => {
            let url = known?.url.clone();
            store.update(|all| all.current = Some(name.clone()))?;
            told(&format!("Profile `{name}` is the current one: {url}"));
            Ok(())
        }
        "remove" => {
            known?;
            store.update(|all| {
                all.profiles.remove(&name);
                if all.current.as_deref() == Some(name.as_str()) {
                    all.current = None;
                }
            })?;
            told(&format!("Profile `{name}` is forgotten."));
            Ok(())
        }
        other => Err(Failure::Usage(format!("there is no command `{other}`"))),
    }
}

fn row(profiles: &Profiles, name: &str, profile: &Profile) -> Value {
    let mut row = json!({
        "name": name,
        "current": profiles.current_name() == name,
        "url": profile.url,
        "account": profile.account,
        "credentials": profile.credentials.as_ref().map_or("none", Credentials::kind),
    });
    if let Some(Credentials::Login { expires_at, .. }) = &profile.credentials {
        row["token_expires_at"] = expires_at.to_rfc3339().into();
    }
    row
}
