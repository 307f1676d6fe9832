//! Whether letters can go out: the mail server is called and signed in at, and takes nothing yet.

use rules::mail::Check;

use super::{Sending, Server, tokens};
use crate::email::outbound::Look;
use crate::email::{SendError, SignIn, SmtpSettings, Step, Tls};

const ABOUT: &str = "Mail server for letters";

/// What is found, and whether it takes letters from us.
pub(super) async fn look(sending: &Sending) -> (Vec<Check>, bool) {
    match sending {
        Sending::Folder(folder) => {
            let says = format!("Letters are written into {} and sent to nobody.", folder.display());
            let todo = "That is for trying it out. To send letters, set mode = \"smtp\" under [email].";
            (vec![Check::hint(ABOUT, says, todo)], false)
        }
        Sending::Nowhere(why) => {
            let todo = "Correct it under [email]; the program must be started again afterwards.";
            (
                vec![Check::fault(
                    ABOUT,
                    format!("Its settings cannot be used: {why}."),
                    todo,
                )],
                false,
            )
        }
        Sending::Server(server) => of_server(server).await,
    }
}

async fn of_server(server: &Server) -> (Vec<Check>, bool) {
    let (settings, mut found) = (&server.settings, Vec::new());
    if let Some(SignIn::Token(source)) = &settings.sign_in {
        found.push(tokens("Tokens for sending", source).await);
    }
    let looked = server.transport.look().await;
    let takes = looked.is_ok();
    found.push(match looked {
        Ok(look) => Check::well(ABOUT, well(settings, look.as_ref())),
        Err(error) => Check::fault(ABOUT, error.words.clone(), todo(settings, &error)),
    });
    (found, takes)
}

fn well(settings: &SmtpSettings, look: Option<&Look>) -> String {
    let line = match settings.tls {
        Tls::None => "in the clear",
        Tls::StartTls => "encrypted (STARTTLS)",
        Tls::Implicit => "encrypted (TLS)",
    };
    let signed_in = match &settings.username {
        Some(user) => format!("{user} is signed in"),
        None => "nobody had to sign in".to_owned(),
    };
    let mut words = format!("{}:{} answers {line}, and {signed_in}.", settings.host, settings.port);
    if let Some(look) = look {
        if !look.signs_in_by.is_empty() {
            words.push_str(&format!(" One can sign in by {}.", look.signs_in_by.join(", ")));
        }
        if let Some(largest) = look.largest {
            words.push_str(&format!(" It takes messages of up to {} MB.", largest / 1_000_000));
        }
        words.push_str(match look.reports {
            true => " It reports letters that do not arrive as it is asked to (DSN).",
            false => " It does not offer reports (DSN); it sends its own when a letter does not arrive.",
        });
    }
    words
}

fn todo(settings: &SmtpSettings, error: &SendError) -> String {
    let words = &error.words;
    match error.step {
        Some(Step::Connecting) => {
            "Compare host and port under [email]; usual are 587 with STARTTLS and 465 with TLS. A firewall may stand between.".to_owned()
        }
        Some(Step::Securing) if words.contains("(STARTTLS)") && settings.port != 587 => {
            format!("The server does not offer STARTTLS on port {}: use 587, or security = \"tls\" and port 465.", settings.port)
        }
        Some(Step::Securing) => super::ways_in::encryption(words, "[email]"),
        Some(Step::SigningIn) if words.contains("5.7.30") || words.contains("5.7.139") => {
            "Microsoft takes no password from programs here: use [email.oauth], and let the mailbox send by SMTP (Set-CASMailbox -SmtpClientAuthenticationDisabled $false).".to_owned()
        }
        Some(Step::SigningIn) => match &settings.sign_in {
            Some(SignIn::Token(_)) => "Let the application send as this mailbox (at Microsoft: SMTP.SendAsApp and Add-MailboxPermission), and compare username and scope.".to_owned(),
            Some(SignIn::Password(_)) => "Compare username and password_file under [email].".to_owned(),
            None => "Give a username and a password_file, or [email.oauth], under [email].".to_owned(),
        },
        Some(Step::Token) => "See what is said of the tokens. Letters wait until there is one.".to_owned(),
        _ => "Look into the log of the mail server.".to_owned(),
    }
}
