//! Running the site on a listener until it is told to stop; requests under way are answered first.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::http::Site;
use crate::routes::router;

/// Serves until `stop` is done.
///
/// # Errors
/// What the network says when it can no longer accept connections.
pub async fn serve(
    site: Site,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(site).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}
