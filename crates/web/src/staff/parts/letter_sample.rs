//! Made-up letters for the samples of several pages.

use super::letter::{Block, Letter, Run};
use super::tag::{Tag, Tone};

impl Letter {
    /// A stage 1 decision.
    pub fn sample_stage_1() -> Self {
        Self::from_text(
            "Decision for Priya Nair",
            vec!["Subject: Our decision on your complaint (FC-10482)".to_owned()],
            "Hello Priya.\n\nWe agree with your complaint. Two Wi-Fi points on the second floor restarted four times on Friday \
             afternoon, and your test was interrupted. You reported it and we closed your job by mistake. I am sorry for \
             both.\n\n## What we have done\n\n- Replaced both points on Wednesday.\n- Attached a letter for your department.\n\
             - Asked the Helpline to check with people before closing a job.\n\n## If you are not happy\n\nReply by Thursday \
             12 November 2026 and a manager who was not involved will investigate. You do not need to give new \
             evidence.\n\nAmara Osei\nIT Helpline",
        )
    }

    /// A stage 2 decision with one sentence changed since the last version.
    pub fn sample_stage_2() -> Self {
        let upheld = Tag::new("Upheld", Tone::Brand);
        Self {
            name: "Decision letter to Dr Rhys Bevan".to_owned(),
            head: ["Dr Rhys Bevan, School of Law", "Our reference FC-10391", "Thursday 15 October 2026"].map(str::to_owned).to_vec(),
            blocks: vec![
                Block::text("Dear Dr Bevan"),
                Block::Title("Our decision on your complaint: upheld".to_owned()),
                Block::text(
                    "You told us the Law Clinic’s shared mailbox disappeared when we moved staff email, that nobody warned you, \
                     and that the Helpline closed your job twice without fixing it. I am sorry. You were right to complain, and \
                     clients of the clinic waited longer than they should have because of our mistake.",
                ),
                Block::Finding("1. The mailbox was missing for 9 working days".to_owned(), upheld.clone()),
                Block::text(
                    "The mailbox was not on the list of mailboxes to move. The list came from a report that left out mailboxes \
                     with no named owner. The mailbox came back on 4 September with nothing lost.",
                ),
                Block::Finding("2. We did not tell you about the move".to_owned(), Tag::new("Partly upheld", Tone::Brand)),
                Block::Paragraph(vec![
                    Run::Same("We emailed every member of staff on 10 August. ".to_owned()),
                    Run::New("We did not write to the people who run shared mailboxes, and we should have.".to_owned()),
                ]),
                Block::Finding("3. The Helpline closed your job twice".to_owned(), upheld),
                Block::text("Both times the job closed by itself after two days without a reply. We should have asked you first."),
                Block::Heading("What we are changing".to_owned()),
                Block::List(vec![
                    "Before each move we will list shared mailboxes separately and confirm them with their owners. Messaging \
                     team, by Friday 30 October 2026."
                        .to_owned(),
                    "We will not close a job until you tell us it is fixed. Helpline, by Friday 6 November 2026.".to_owned(),
                ]),
                Block::Heading("If you are still unhappy".to_owned()),
                Block::text(
                    "This is our final decision. If you think we handled your complaint unfairly, you can ask the University \
                     Secretary to review it within 20 working days. The form is at calderbrook.example/review, or call 01632 \
                     960 400.",
                ),
                Block::text("Yours sincerely\nDana Kowalczyk\nService Delivery Manager, IT Services"),
            ],
        }
    }

    /// A notice that a date moves.
    pub fn sample_extension() -> Self {
        Self::from_text(
            "Notice to Dr Rhys Bevan",
            vec!["Subject: We need more time (FC-10391)".to_owned()],
            "Dear Dr Bevan.\n\nWe said you would have our decision by Thursday 15 October 2026. We will not meet that date, and I \
             am sorry. The supplier is sending us the migration records on Monday and I cannot answer your second point \
             without them.\n\nYou will have our decision by Thursday 22 October 2026. I will write on Monday to tell you \
             whether they came. If this causes you a problem, call me on 01632 960 455.\n\nDana Kowalczyk",
        )
    }
}
