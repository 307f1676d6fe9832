//! Who works here and who did, as the office keeps them in memory for every request.

use std::collections::HashMap;
use std::sync::Arc;

use rules::confidential::names::{Known, People};
use rules::office::delegation::Delegation;
use rules::office::{Account, Standing};
use rules::people::{Person, Role, StaffId};
use storage::stream_keys::OFFICE;
use storage::{StorageError, Tx, events, staff};

use crate::people::delegates;

/// Everybody at one moment.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    /// The number of the office's latest event at that moment: a newer roster is never replaced by an older one.
    pub(crate) as_of: u32,
    /// Those who work here.
    pub(crate) here: Arc<HashMap<StaffId, Person>>,
    /// Those who left.
    pub(crate) former: HashMap<StaffId, Person>,
    /// Everybody whom a complaint can be about, ready to be looked for in words.
    pub(crate) known: Arc<People>,
    /// Who stands in for whom.
    pub(crate) delegations: Arc<Vec<Delegation>>,
}

impl Roster {
    /// Reads everybody.
    pub(crate) async fn read(tx: &mut Tx<'_>) -> Result<Roster, StorageError> {
        let as_of = events::sequence_of(tx, OFFICE).await?;
        let (mut here, mut former) = (HashMap::new(), HashMap::new());
        let accounts = accounts(tx).await?;
        let known = known(&accounts);
        for account in accounts {
            let side = if account.is_here() { &mut here } else { &mut former };
            side.insert(account.id(), account.person);
        }
        Ok(Roster {
            as_of,
            here: Arc::new(here),
            former,
            known: Arc::new(known),
            delegations: Arc::new(delegates::on_record(tx).await?),
        })
    }
}

/// Everybody whom a complaint can be about: those with an account, also those who left. People of a directory are joined here.
fn known(accounts: &[Account]) -> People {
    let known = accounts.iter().map(|account| Known {
        key: account.id().0.to_string(),
        name: account.person.name.clone(),
        username: Some(account.username.clone()),
        email: Some(account.email.clone()).filter(|email| !email.is_empty()),
    });
    People::of(known.collect())
}

/// Everybody with what they sign in with, by number.
pub(crate) async fn accounts(tx: &mut Tx<'_>) -> Result<Vec<Account>, StorageError> {
    let account = |row: staff::StaffRow| Account {
        person: Person {
            id: StaffId(row.id),
            name: row.name,
            job_title: row.job_title,
            roles: row.roles.iter().filter_map(|code| Role::from_code(code)).collect(),
        },
        username: row.username,
        email: row.email,
        standing: if row.active { Standing::Here } else { Standing::Left },
    };
    Ok(staff::list(tx).await?.into_iter().map(account).collect())
}
