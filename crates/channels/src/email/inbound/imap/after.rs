//! What is done on the server with messages that are kept here.

use super::fault::ImapFault;
use super::fetch::set;
use super::name::folder;
use super::settings::After;
use super::sign_in::Open;

/// Does it.
///
/// A server without UIDPLUS (RFC 4315) cannot be told to remove these messages and no others: there they are marked as deleted, and go when somebody
/// tidies the folder.
pub(super) async fn deal(open: &mut Open, after: &After, uids: &[u32]) -> Result<(), ImapFault> {
    let those = set(uids);
    match after {
        After::Leave => Ok(()),
        After::Seen => mark(open, &those, "\\Seen").await,
        After::Delete => remove(open, &those).await,
        After::Move(to) => match move_to(open, &those, to).await {
            Err(ImapFault::Refused(words)) if words.contains("TRYCREATE") => {
                open.line.tell(&format!("CREATE {}", folder(to))).await?;
                move_to(open, &those, to).await
            }
            other => other,
        },
    }
}

async fn move_to(open: &mut Open, those: &str, to: &str) -> Result<(), ImapFault> {
    let to = folder(to);
    if open.can("MOVE") {
        return open.line.tell(&format!("UID MOVE {those} {to}")).await;
    }
    open.line.tell(&format!("UID COPY {those} {to}")).await?;
    remove(open, those).await
}

async fn remove(open: &mut Open, those: &str) -> Result<(), ImapFault> {
    mark(open, those, "\\Deleted").await?;
    if open.can("UIDPLUS") {
        open.line.tell(&format!("UID EXPUNGE {those}")).await?;
    }
    Ok(())
}

async fn mark(open: &mut Open, those: &str, flag: &str) -> Result<(), ImapFault> {
    let store = format!("UID STORE {those} +FLAGS.SILENT ({flag})");
    open.line.tell(&store).await
}
