//! Somebody of staff in a browser without script: reads pages, and fills in their forms.

use std::net::SocketAddr;

use rules::people::Role;
use storage::{StorageError, staff};

use super::place::Place;
use crate::at_work::session;
use crate::http::{self, Answer};

/// Somebody who is signed in.
pub(crate) struct Clerk {
    address: SocketAddr,
    cookie: String,
}

/// People who work there, with the password of whoever runs the installation. Made before it is started.
pub(crate) fn hire(place: &Place, people: &'static [(&str, &[Role])]) {
    let hired: Result<(), StorageError> = place.run(place.store().write(move |tx| {
        Box::pin(async move {
            let rosa = staff::by_login(tx, "rosa").await?.expect("whoever runs it");
            for (name, roles) in people {
                let row = staff::StaffRow {
                    id: staff::next_number(tx).await?,
                    name: (*name).to_owned(),
                    job_title: "IT Services".to_owned(),
                    roles: roles.iter().map(|role| role.code().to_owned()).collect(),
                    username: name.to_lowercase(),
                    email: format!("{}@office.example", name.to_lowercase()),
                    ..rosa.clone()
                };
                staff::add(tx, &row).await?;
            }
            Ok(())
        })
    }));
    hired.unwrap();
}

impl Clerk {
    pub(crate) fn sign_in(address: SocketAddr, name: &str) -> Clerk {
        Clerk {
            address,
            cookie: session(address, &name.to_lowercase()),
        }
    }

    /// A page, as it is shown.
    pub(crate) fn sees(&self, path: &str) -> Answer {
        let answer = http::get_with(self.address, path, &self.cookie).unwrap();
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer
    }

    /// Fills in the form of a page and sends it.
    pub(crate) fn fills(&self, path: &str, answers: &[(&str, &str)]) {
        let page = self.sees(path).body;
        let hidden = page.match_indices("<input type=\"hidden\" name=\"").map(|(at, start)| {
            let mut parts = page[at + start.len()..].split('"');
            (parts.next().unwrap_or_default(), parts.nth(1).unwrap_or_default())
        });
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(hidden.chain(answers.iter().copied()));
        let answer = http::post_with(self.address, path, &form.finish(), &self.cookie).unwrap();
        assert_eq!(answer.status, 303, "{path}: {answer:?}");
    }
}
