//! `orderly login`: asks who is there, and keeps the tokens in a profile.

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use orderly_client::{Client, Error, Operation, types};

use crate::error::{FailedCall, Failure};
use crate::options::Options;
use crate::output::told;
use crate::profile::{Credentials, Profile, Store, tokens};
use crate::session::{self, LOCAL};
use crate::{prompt, whoami_operation};

pub(super) fn command() -> Command {
    Command::new("login")
        .about("Log in, and keep the tokens in a profile")
        .before_help(
            "Asks for the address, the e-mail address and the password, which is not shown and not kept: only tokens are, \
             in a file that nobody else may read. They are renewed by themselves. With --token or --api-key, that is kept.",
        )
        .help_template("{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}")
        .after_help("Example:\n  orderly login http://127.0.0.1:8080 --email ada@example.com")
        .arg(Arg::new("address").value_name("URL").value_hint(ValueHint::Url).help("The API's address, as --url"))
        .arg(Arg::new("email").long("email").value_name("EMAIL").help("Who logs in, in place of being asked"))
        .arg(
            Arg::new("password-stdin")
                .long("password-stdin")
                .action(ArgAction::SetTrue)
                .help("Read the password from stdin, in place of asking for it"),
        )
}

pub(super) async fn run(matches: &ArgMatches, options: &Options) -> Result<(), Failure> {
    let store = Store::open()?;
    let profiles = store.read()?;
    let name = options.profile.any().unwrap_or(profiles.current_name()).to_owned();
    let known = profiles.profiles.get(&name).map(|profile| profile.url.as_str());
    let given = matches.get_one::<String>("address").map(String::as_str).or(options.url.any());
    let url = match given {
        Some(url) => url.to_owned(),
        None if prompt::is_possible() => prompt::text("Address", Some(known.unwrap_or(LOCAL))).await?,
        None => known.unwrap_or(LOCAL).to_owned(),
    };
    let url = url.trim_end_matches('/').to_owned();
    let (credentials, account) = match (&options.token.on_line, &options.api_key.on_line) {
        (Some(token), _) => {
            let client = built(session::builder(&url, options).token(token), &url)?;
            (Credentials::Token { token: token.clone() }, account(&client, &url).await?)
        }
        (None, Some(key)) => {
            let client = built(session::builder(&url, options).api_key(key), &url)?;
            (Credentials::ApiKey { api_key: key.clone() }, account(&client, &url).await?)
        }
        (None, None) => {
            let client = built(session::builder(&url, options), &url)?;
            let email = match matches.get_one::<String>("email") {
                Some(email) => email.clone(),
                None if prompt::is_possible() => prompt::text("E-mail", None).await?,
                None => return Err(unasked("--email")),
            };
            let password = match matches.get_flag("password-stdin") {
                true => prompt::line_of_stdin()?,
                false if prompt::is_possible() => prompt::secret("Password").await?,
                false => return Err(unasked("--password-stdin")),
            };
            (exchanged(&client, &url, &email, &password).await?, Some(email))
        }
    };
    let who = account.as_deref().map(|account| format!(" as {account}")).unwrap_or_default();
    let message = format!("Logged in to {url}{who}; profile `{name}` is the current one.");
    store.update(|all| {
        all.profiles.insert(name.clone(), Profile { url, account, credentials: Some(credentials) });
        all.current = Some(name);
    })?;
    told(&message);
    Ok(())
}

fn unasked(option: &str) -> Failure {
    Failure::Usage(format!("nobody can be asked here: give {option}, or --token or --api-key"))
}

fn built(builder: orderly_client::ClientBuilder, url: &str) -> Result<Client, Failure> {
    builder.build().map_err(|error| session::failed(error, url))
}

async fn exchanged(client: &Client, url: &str, email: &str, password: &str) -> Result<Credentials, Failure> {
    let grant = types::PasswordGrant::builder()
        .grant_type(types::PasswordGrantGrantType::Password)
        .email(email)
        .password(password);
    let grant = types::PasswordGrant::try_from(grant).map_err(|error| Failure::Usage(error.to_string()))?;
    tokens(client, grant.into())
        .await
        .map_err(|error| refused(error, url, "check the e-mail address and the password"))
}

/// Who somebody is with a secret that was given; it is not kept unless the server takes it.
async fn account(client: &Client, url: &str) -> Result<Option<String>, Failure> {
    let Some(operation) = whoami_operation().and_then(|command| Operation::find(command.operation)) else {
        return Ok(None);
    };
    let answer =
        client.raw(operation).send().await.map_err(|error| refused(error, url, "check the secret"))?;
    let account = answer.json::<serde_json::Value>().unwrap_or_default();
    Ok(account["email"].as_str().map(str::to_owned))
}

fn refused(error: Error, url: &str, hint: &str) -> Failure {
    let hint = (error.status().map(|status| status.as_u16()) == Some(401)).then(|| hint.to_owned());
    Failure::Call(Box::new(FailedCall { error, command: None, url: url.to_owned(), hint }))
}
