//! Which cases are about the same matter (A27), as far as somebody reaches (invariant 12).

use std::collections::BTreeMap;

use rules::confidential::Reach;

use super::reach::within;
use crate::database::{Arguments, statements};
use crate::{StorageError, Tx};

statements! {
    LEAVE = "DELETE FROM case_groups WHERE reference = $1";
    JOIN = "INSERT INTO case_groups (reference, \"leading\") VALUES ($1, $2)";
}

/// The place of a case in its group, counted over the cases within a reach only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupPlace {
    /// Counted from 1, by reference.
    pub position: i64,
    /// How many there are.
    pub of: i64,
}

/// Puts a case into the group that another leads, or into its own; without one it stands alone.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_group(tx: &mut Tx<'_>, reference: &str, leading: Option<&str>) -> Result<(), StorageError> {
    tx.put(LEAVE, &[&reference]).await?;
    if let Some(leading) = leading {
        tx.put(JOIN, &[&reference, &leading]).await?;
    }
    Ok(())
}

/// The places of these cases in their groups. What lies beyond the reach is not counted, so that a group with one case within it is none.
///
/// # Errors
/// When the database cannot be read.
pub async fn group_places(
    tx: &mut Tx<'_>,
    references: &[String],
    reach: &Reach,
) -> Result<BTreeMap<String, GroupPlace>, StorageError> {
    if references.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut arguments = Arguments::default();
    let wanted: Vec<String> = references.iter().map(|one| arguments.add(one.clone())).collect();
    let within = within("c", reach, tx.keys, &mut arguments);
    let sql = format!(
        "SELECT own.reference, COUNT(*), SUM(CASE WHEN c.number <= self.number THEN 1 ELSE 0 END)
           FROM case_groups own
           JOIN cases self ON self.reference = own.reference
           JOIN case_groups beside ON beside.leading = own.leading
           JOIN cases c ON c.reference = beside.reference
          WHERE own.reference IN ({}) AND {within}
          GROUP BY own.reference",
        wanted.join(", ")
    );
    let rows = tx
        .all(&sql, &arguments.values(), |row| {
            let (of, position): (i64, i64) = (row.get(1)?, row.get(2)?);
            Ok((row.get::<String>(0)?, GroupPlace { position, of }))
        })
        .await?;
    Ok(rows.into_iter().filter(|(_, place)| place.of > 1).collect())
}
