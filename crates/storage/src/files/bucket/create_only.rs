//! Finishing an upload in parts only where nothing has its name yet.
//!
//! The crate asks so for files that go in one piece, and for copies; for uploads in parts it has no way to say it. S3 takes the same header
//! there, and as it begins with no `x-amz-` it is part of no signature.

use async_trait::async_trait;
use http::header::IF_NONE_MATCH;
use http::{HeaderValue, Method};
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpRequest, HttpResponse, HttpService, ReqwestConnector,
};

/// Makes clients that never let an upload in parts write over something.
#[derive(Debug)]
pub(super) struct CreateOnly;

impl HttpConnector for CreateOnly {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let client = ReqwestConnector::default().connect(options)?;
        Ok(HttpClient::new(Careful(client)))
    }
}

#[derive(Debug)]
struct Careful(HttpClient);

#[async_trait]
impl HttpService for Careful {
    async fn call(&self, mut request: HttpRequest) -> Result<HttpResponse, HttpError> {
        if finishes_an_upload(&request) {
            request
                .headers_mut()
                .insert(IF_NONE_MATCH, HeaderValue::from_static("*"));
        }
        self.0.execute(request).await
    }
}

/// Whether it is `CompleteMultipartUpload`: the one POST that names an upload.
fn finishes_an_upload(request: &HttpRequest) -> bool {
    let query = request.uri().query().unwrap_or_default();
    request.method() == Method::POST && query.split('&').any(|pair| pair.starts_with("uploadId="))
}
