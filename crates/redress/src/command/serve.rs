//! `redress serve`: the public site, the staff console, the post room and the clocks, in one process.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use tracing::info;

use super::{Answer, Installation, block_on};
use crate::config::{Config, Database};
use crate::wiring::{self, Ending, House, Purpose};

/// Runs the command.
pub(super) fn run(installation: &Installation) -> Answer {
    start_log();
    let config = Config::load(&installation.config)?;
    block_on(async {
        let listener = wiring::listen(config.server.listen).await?;
        let wording = wiring::wording(&config)?;
        let office = wiring::office_with(&config, Database::Kept, wording.clone()).await?;
        let house = House {
            office,
            wording,
            institution: config.institution.for_pages(),
            transport: config.server.transport(),
            proxy: config.server.proxy(),
            purpose: Purpose::Service,
            email: config.email,
            mail: config.mail,
        };
        let ending = Ending::listen()?;
        info!(listen = %config.server.listen, public = %config.server.public_url, "serving");
        println!(
            "Redress serves {} on {}",
            config.server.public_url, config.server.listen
        );
        wiring::serve(house, listener, ending).await?;
        Ok(ExitCode::SUCCESS)
    })?
}

/// The log goes to standard error; RUST_LOG chooses how much.
pub(super) fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| "info,tower_http=warn,object_store=warn".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
}
