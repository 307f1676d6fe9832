//! `[institution]`: what pages and letters say about whoever runs the service (R84).

use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Institution {
    /// "Calderbrook University".
    pub organisation: String,
    /// "IT Services".
    pub unit: String,
    /// "Feedback and complaints".
    pub service: String,
    /// The front line as people call it: "IT Helpline".
    pub front_line: String,
    /// The line to call.
    pub phone: String,
    /// When it is answered.
    pub phone_hours: String,
    /// The address for feedback by e-mail.
    pub email: String,
    /// Where a chat starts.
    pub chat_url: Option<String>,
    /// Where people can come.
    pub desk_place: Option<String>,
    /// When they can come.
    pub desk_hours: Option<String>,
    /// What to do in an emergency, said on the form.
    pub emergency: Option<String>,
    /// The letters of a reference.
    #[serde(default = "prefix")]
    pub reference_prefix: String,
}

fn prefix() -> String {
    "FC".to_owned()
}

impl Institution {
    /// What letters and the log say.
    pub(crate) fn for_office(&self, public_url: &str) -> casework::Institution {
        casework::Institution {
            organisation: self.organisation.clone(),
            unit: self.unit.clone(),
            service: self.service.clone(),
            phone: self.phone.clone(),
            phone_hours: self.phone_hours.clone(),
            email: self.email.clone(),
            chat_url: self.chat_url.clone(),
            desk: self.desk_place.clone(),
            public_url: public_url.trim_end_matches('/').to_owned(),
            reference_prefix: self.reference_prefix.clone(),
        }
    }

    /// What pages say.
    pub(crate) fn for_pages(&self) -> web::page::public_shell::Institution {
        let desk = self.desk_place.clone().map(|place| web::page::public_shell::Desk {
            place,
            hours: self.desk_hours.clone().unwrap_or_default(),
        });
        web::page::public_shell::Institution {
            organisation: self.organisation.clone(),
            unit: self.unit.clone(),
            service: self.service.clone(),
            front_line: self.front_line.clone(),
            phone: self.phone.clone(),
            phone_hours: self.phone_hours.clone(),
            email: self.email.clone(),
            email_open: rules::office::ways::Open::On,
            chat_hours: None,
            post: Vec::new(),
            sheet: None,
            logo: None,
            chat_url: self.chat_url.clone(),
            desk,
            social: None,
            emergency: self.emergency.clone(),
        }
    }
}
