//! The closed lists of a case: kinds, channels, urgency, outcomes; each with the words that people see.

use crate::coded::coded;

coded! {
    /// What a person gave us (R1).
    pub enum FeedbackKind {
        /// Any expression of dissatisfaction (A24).
        Complaint = "complaint", "complaint";
        /// Thanks or praise.
        Compliment = "compliment", "compliment";
        /// An idea for doing better.
        Suggestion = "suggestion", "suggestion";
        /// Anything else that someone wanted us to know.
        Comment = "comment", "comment";
    }
}

coded! {
    /// How feedback reached us (R19, R84).
    pub enum Channel {
        /// The form on the public site.
        Web = "web", "online form";
        /// A telephone call.
        Phone = "phone", "phone";
        /// A web chat.
        Chat = "chat", "chat";
        /// Somebody came to a desk.
        InPerson = "in_person", "in person";
        /// An e-mail.
        Email = "email", "email";
        /// A public post or a direct message.
        SocialMedia = "social_media", "social media";
        /// A letter.
        Post = "post", "letter";
    }
}

coded! {
    /// How a person wants to hear from us.
    pub enum ReplyBy {
        /// By e-mail.
        Email = "email", "email";
        /// By phone.
        Phone = "phone", "phone";
        /// Only on the tracking page, with the receipt code.
        TrackingPage = "tracking_page", "the tracking page";
    }
}

coded! {
    /// Who the complainant is to the institution (R86).
    pub enum ComplainantKind {
        /// A student of any level.
        Student = "student", "student";
        /// A member of staff.
        Staff = "staff", "member of staff";
        /// Someone who has applied to study.
        Applicant = "applicant", "applicant";
        /// A former student.
        Alumnus = "alumnus", "former student";
        /// A visitor or contractor.
        Visitor = "visitor", "visitor";
        /// A partner organisation.
        Partner = "partner", "partner organisation";
        /// Any member of the public.
        Public = "public", "member of the public";
        /// They did not say.
        NotSaid = "not_said", "not said";
    }
}

coded! {
    /// How pressing a case is: orders queues, never lengthens a clock (R22, A39).
    pub enum Urgency {
        /// Nobody is held up.
        Low = "low", "Low";
        /// The usual.
        Normal = "normal", "Normal";
        /// Someone is held up, or there is a deadline this week.
        High = "high", "High";
        /// Safety, security, an exam or a deadline today, or many people.
        Immediate = "immediate", "Immediate";
    }
}

coded! {
    /// What was decided (A23; model 3.6).
    pub enum Outcome {
        /// An agreed action settles it without a finding.
        Resolved = "resolved", "resolved";
        /// The evidence supports the complaint.
        Upheld = "upheld", "upheld";
        /// The evidence supports some of it.
        PartlyUpheld = "partly_upheld", "partly upheld";
        /// The evidence supports none of it.
        NotUpheld = "not_upheld", "not upheld";
    }
}

coded! {
    /// Whether it was resolved to the customer's satisfaction (R59).
    pub enum Satisfaction {
        /// They said so.
        Yes = "yes", "Yes";
        /// They said they are not.
        No = "no", "No";
        /// Nobody asked, or they did not answer.
        NotKnown = "not_known", "Not known";
    }
}

coded! {
    /// By what means words reached a person: the proof of an acknowledgement or a decision (R19, A7).
    pub enum Means {
        /// An e-mail that their server accepted.
        Email = "email", "email";
        /// Spoken on the phone.
        Phone = "phone", "phone";
        /// Spoken face to face.
        InPerson = "in_person", "in person";
        /// Written in the chat.
        Chat = "chat", "chat";
        /// Answered on the social network.
        SocialMedia = "social_media", "social media";
        /// Shown on the confirmation or tracking page.
        TrackingPage = "tracking_page", "the tracking page";
        /// A letter on paper.
        Post = "post", "letter";
    }
}

impl Means {
    /// How a letter travels: by e-mail where it has an address, else it is shown on the tracking page.
    pub fn of_letter(address: Option<&str>) -> Means {
        match address {
            Some(_) => Means::Email,
            None => Means::TrackingPage,
        }
    }

    /// True where a member of staff says it themselves, so that no letter has to travel.
    pub fn is_spoken(self) -> bool {
        matches!(self, Means::Phone | Means::InPerson | Means::Chat | Means::SocialMedia)
    }
}

impl Channel {
    /// The means of answering on the platform that was chosen (R19); e-mail goes back by e-mail.
    pub fn answered_by(self) -> Means {
        match self {
            Channel::Web => Means::TrackingPage,
            Channel::Phone => Means::Phone,
            Channel::Chat => Means::Chat,
            Channel::InPerson => Means::InPerson,
            Channel::Email => Means::Email,
            Channel::SocialMedia => Means::SocialMedia,
            Channel::Post => Means::Post,
        }
    }
}

coded! {
    /// Where VIP status was learnt (R88, A11).
    pub enum VipSource {
        /// A group in the directory.
        Directory = "directory", "the directory";
        /// The list that the department keeps.
        List = "list", "the VIP list";
        /// A manager, by hand, with a reason.
        Manager = "manager", "a manager";
    }
}

coded! {
    /// Why a case entered a stage (P16, P24).
    pub enum StageReason {
        /// Every complaint begins here unless a jump rule says otherwise.
        Frontline = "frontline", "straightforward enough for the front line";
        /// The complainant is a VIP (R55, R70).
        Vip = "vip", "the rules for this complainant send it straight to an investigation";
        /// Particularly complex (R53, R69).
        Complex = "complex", "it is particularly complex";
        /// High risk (R54, R69).
        HighRisk = "high_risk", "the risk is high";
        /// It needs a detailed investigation (R69).
        NeedsInvestigation = "needs_investigation", "it needs a detailed investigation";
        /// The complainant asked after a stage 1 decision (R52, R67).
        Escalated = "escalated", "you asked us to look again";
        /// It was taken up again at the stage at which it ended (A40).
        Reopened = "reopened", "there is something new to look at";
    }
}

coded! {
    /// How a case ended (P32; model 3.6).
    pub enum Ending {
        /// A decision was given.
        Decided = "decided", "decided";
        /// The complainant stopped it.
        Withdrawn = "withdrawn", "withdrawn";
        /// It was a fault report or a request after all (A24).
        NotAComplaint = "not_a_complaint", "not a complaint";
        /// Another procedure deals with it (A37).
        Referred = "referred", "referred to another procedure";
        /// Logged by mistake.
        LoggedInError = "logged_in_error", "logged in error";
        /// Thanks, a suggestion or a comment that was read and passed on.
        Noted = "noted", "read and passed on";
        /// It is dealt with together with another complaint about the same matter (A27).
        Duplicate = "duplicate", "joined with another complaint";
        /// We asked what we had to know and heard nothing (A41).
        NoResponse = "no_response", "no answer to our questions";
        /// This procedure does not deal with it.
        Refused = "refused", "outside this procedure";
    }
}

impl Ending {
    /// True where a letter says that there will be no decision, why, and where else to turn (A37, A38). A mistake of ours concerns nobody, and
    /// thanks and ideas were answered when they came.
    pub fn is_told(self) -> bool {
        match self {
            Ending::NotAComplaint | Ending::Referred | Ending::Duplicate | Ending::NoResponse | Ending::Refused => true,
            Ending::Decided | Ending::Withdrawn | Ending::LoggedInError | Ending::Noted => false,
        }
    }
}

coded! {
    /// Who may see a case at all (R33, R36).
    pub enum Lane {
        /// Everybody who may see cases.
        Open = "open", "open";
        /// It is about a member of staff: few may see it, and nobody whom it is about.
        Restricted = "restricted", "restricted";
        /// It was taken out of what the office shares: its words are under a key of their own, and its holder deals with it by e-mail.
        Sealed = "sealed", "sealed";
    }
}

coded! {
    /// Whether a case taught us something (R6).
    pub enum LearningAnswer {
        /// Something to change.
        Yes = "yes", "Yes";
        /// Nothing new.
        No = "no", "No";
    }
}
