//! Uploads in parts that nobody finished: found by the one request that the crate does not know, and thrown away.

use std::time::Duration;

use http::{Method, Request};
use jiff::Timestamp;
use object_store::client::HttpRequestBody;
use object_store::multipart::MultipartStore;
use object_store::path::Path as Key;
use object_store::signer::{SignedUrlOptions, Signer};
use serde::Deserialize;

use super::Bucket;
use crate::StorageError;
use crate::files::is_id;

/// How long the signature of the request holds.
const SIGNED_FOR: Duration = Duration::from_secs(60);

/// `ListMultipartUploadsResult`, as far as it is used.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    #[serde(rename = "Upload", default)]
    uploads: Vec<Upload>,
    #[serde(default)]
    is_truncated: bool,
    next_key_marker: Option<String>,
    next_upload_id_marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Upload {
    key: String,
    upload_id: String,
    initiated: Timestamp,
}

impl Bucket {
    /// Throws away the uploads of our files that were begun before an instant, and tells how many they were. Others' uploads stay.
    pub(in crate::files) async fn clear_unfinished(&self, before: Timestamp) -> Result<usize, StorageError> {
        let mut cleared = 0;
        for upload in self.uploads().await? {
            if upload.initiated < before && is_id(self.name_of(&upload.key)) {
                let key = Key::from(upload.key.as_str());
                let aborted = self.s3().abort_multipart(&key, &upload.upload_id).await;
                self.heard(aborted)?;
                cleared += 1;
            }
        }
        Ok(cleared)
    }

    /// Every upload under our prefix that is under way or was left, page by page.
    async fn uploads(&self) -> Result<Vec<Upload>, StorageError> {
        let mut uploads = Vec::new();
        let mut after: Option<(String, String)> = None;
        loop {
            let page = self.page(after.as_ref()).await?;
            uploads.extend(page.uploads);
            after = page.next_key_marker.zip(page.next_upload_id_marker);
            if !page.is_truncated || after.is_none() {
                return Ok(uploads);
            }
        }
    }

    async fn page(&self, after: Option<&(String, String)>) -> Result<Listed, StorageError> {
        let mut query = vec![("uploads", String::new())];
        if !self.inner.prefix.is_empty() {
            query.push(("prefix", format!("{}/", self.inner.prefix)));
        }
        if let Some((key, upload)) = after {
            query.push(("key-marker", key.clone()));
            query.push(("upload-id-marker", upload.clone()));
        }
        let options = SignedUrlOptions::new().with_query(query);
        let signed = self
            .inner
            .patient
            .signed_url_opts(Method::GET, &Key::default(), SIGNED_FOR, &options)
            .await;
        let url = self.heard(signed)?;
        let request = Request::get(url.as_str())
            .body(HttpRequestBody::empty())
            .map_err(|error| self.unlisted(&error.to_string()))?;
        let answer = self.inner.http.execute(request).await;
        let answer = answer.map_err(|error| self.unlisted(&error.to_string()))?;
        let status = answer.status();
        let body = answer.into_body().bytes().await;
        let body = body.map_err(|error| self.unlisted(&error.to_string()))?;
        if !status.is_success() {
            return Err(self.unlisted(&format!("it answers {status}")));
        }
        quick_xml::de::from_reader(body.as_ref()).map_err(|error| self.unlisted(&error.to_string()))
    }

    fn unlisted(&self, why: &str) -> StorageError {
        StorageError::Bucket {
            bucket: self.inner.called.clone(),
            why: format!("its unfinished uploads cannot be listed: {why}"),
        }
    }
}
