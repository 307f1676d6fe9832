//! The points of a complaint: added, put into other words, answered with another or not pursued (A25, A26).

use super::event::Event;
use super::facts::{Aside, Point};
use super::fold::Case;
use super::investigation::next;

impl Case {
    /// The points that get an answer of their own: all but those that are set aside (A25).
    pub fn points_to_answer(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.aside.is_none())
    }

    pub(super) fn note_point(&mut self, event: &Event) {
        match event {
            Event::PointAdded(point) => {
                self.points.push(Point::new(next(self.points.len()), &point.text));
            }
            Event::PointReworded(reworded) => {
                if let Some(point) = self.point_mut(reworded.number) {
                    point.text.clone_from(&reworded.text);
                }
            }
            Event::PointSetAside(aside) => {
                if let Some(point) = self.point_mut(aside.number) {
                    point.aside = Some(Aside {
                        with: aside.with,
                        because: aside.because.clone(),
                    });
                }
            }
            _ => {}
        }
    }

    fn point_mut(&mut self, number: u32) -> Option<&mut Point> {
        self.points.iter_mut().find(|point| point.number == number)
    }
}
