//! What the office says about the institution: its brand and the ways to complain. The configuration gives the first values; what the office
//! sets takes their place (decision 12).

use rules::files::Kind;
use rules::office::OfficeEvent;
use rules::office::brand::{self, Brand};
use rules::office::ways::{self, Open, Ways};
use rules::people::Person;
use storage::Store;

use crate::desk::office_log::LogLine;
use crate::kept::kept;
use crate::office_record::Beside;
use crate::people::OfficeHand;
use crate::{ActError, Institution};

/// What the office set, and how often: by that number a form says what it was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct House {
    /// The brand; none before the office set one.
    pub brand: Option<Brand>,
    /// How often the brand was set.
    pub brand_times: usize,
    /// The ways to complain; none before the office set them.
    pub ways: Option<Ways>,
    /// How often they were set.
    pub ways_times: usize,
    /// The picture of the brand: what it is, and its bytes.
    pub logo: Option<(Kind, Vec<u8>)>,
}

impl House {
    fn of(log: &[LogLine]) -> House {
        let mut house = House::default();
        for line in log {
            match &line.event {
                OfficeEvent::BrandSet(brand) => {
                    house.brand = Some(brand.clone());
                    house.brand_times += 1;
                }
                OfficeEvent::WaysSet(set) => {
                    house.ways = Some((*set.ways).clone());
                    house.ways_times += 1;
                }
                _ => {}
            }
        }
        house
    }

    /// What letters say of the institution, with what the office set in the place of the first values.
    pub fn institution(&self, first: &Institution) -> Institution {
        let mut institution = first.clone();
        if let Some(brand) = &self.brand {
            institution.organisation.clone_from(&brand.organisation);
            institution.unit.clone_from(&brand.unit);
        }
        if let Some(ways) = &self.ways {
            institution.phone.clone_from(&ways.phone);
            institution.phone_hours.clone_from(&ways.phone_hours);
            institution.email.clone_from(&ways.email.address);
            let open = |way: &ways::Way| (way.open == Open::On).then(|| way.address.clone());
            institution.chat_url = open(&ways.chat);
            institution.desk = open(&ways.in_person);
        }
        institution
    }
}

/// Sets the brand. `first` is the brand before the office ever set one; `picture` are the bytes of a picture that is new.
///
/// # Errors
/// When the person may not, or somebody set it after the person looked (`seen`).
pub async fn set_brand(
    hand: OfficeHand<'_>,
    (first, after): (Brand, Brand),
    picture: Option<&[u8]>,
    seen: usize,
) -> Result<bool, ActError> {
    let beside = match picture {
        Some(bytes) => Beside::Picture(bytes.to_vec()),
        None => Beside::Nothing,
    };
    let by = hand.by.clone();
    let act = hand.act(None, beside).told();
    let events = act
        .record(move |book, _| {
            let house = House::of(&book.told);
            let now = house.brand.as_ref().unwrap_or(&first);
            Ok(brand::set((now, house.brand_times), after, seen, book.actor(&by)?)?)
        })
        .await?;
    hand.office.read_house().await?;
    Ok(!events.is_empty())
}

/// Sets the ways to complain. `first` are those before the office ever set them.
///
/// # Errors
/// When the person may not, something is to be put right, or somebody set them after the person looked (`seen`).
pub async fn set_ways(hand: OfficeHand<'_>, (first, after): (Ways, Ways), seen: usize) -> Result<bool, ActError> {
    rules::case::change::permit(hand.by, rules::people::Act::EditWays)?;
    let after = after.checked()?;
    let by: Person = hand.by.clone();
    let act = hand.act(None, Beside::Nothing).told();
    let events = act
        .record(move |book, _| {
            let house = House::of(&book.told);
            let now = house.ways.as_ref().unwrap_or(&first);
            Ok(ways::set((now, house.ways_times), after, seen, book.actor(&by)?)?)
        })
        .await?;
    hand.office.read_house().await?;
    Ok(!events.is_empty())
}

/// Where the picture of a brand lies among the settings.
pub(crate) fn picture_key(sha256: &str) -> String {
    format!("brand_logo:{sha256}")
}

/// What the log tells, with the picture.
pub(crate) async fn read(store: &Store, log: &[LogLine]) -> Result<House, ActError> {
    let mut house = House::of(log);
    if let Some(logo) = house.brand.as_ref().and_then(|brand| brand.logo.clone()) {
        let key = picture_key(&logo.sha256);
        let bytes = store
            .read(move |tx| Box::pin(async move { kept::<Option<Vec<u8>>>(tx, &key).await }))
            .await?;
        house.logo = bytes.map(|bytes| (logo.kind, bytes));
    }
    Ok(house)
}
