//! What a file can be: by its contents, whatever its name says.

use crate::coded::coded;

coded! {
    /// What a file is, as its first bytes tell.
    pub enum Kind {
        /// Portable network graphics.
        Png = "png", "PNG picture";
        /// A photograph.
        Jpeg = "jpeg", "JPEG picture";
        /// A small or moving picture.
        Gif = "gif", "GIF picture";
        /// A picture of the web.
        Webp = "webp", "WebP picture";
        /// A bitmap.
        Bmp = "bmp", "BMP picture";
        /// A scan.
        Tiff = "tiff", "TIFF picture";
        /// A photograph of a phone.
        Heic = "heic", "HEIC picture";
        /// A document to print.
        Pdf = "pdf", "PDF document";
        /// A document of today's Word.
        Word = "word", "Word document";
        /// A workbook of today's Excel.
        Excel = "excel", "Excel workbook";
        /// A presentation of today's PowerPoint.
        PowerPoint = "powerpoint", "PowerPoint presentation";
        /// Another package of today's Office, such as a drawing.
        Office = "office", "Office document";
        /// A document of Office before 2007, or a saved message of Outlook.
        OldOffice = "old_office", "Office document of the old format";
        /// A document that opens with a password; nobody else can look into it.
        LockedOffice = "locked_office", "Office document with a password";
        /// A document of LibreOffice and its like.
        OpenDocument = "open_document", "OpenDocument file";
        /// Rich text.
        Rtf = "rtf", "RTF document";
        /// Text of any use: a log, a table, a saved e-mail.
        Text = "text", "Text";
        /// An archive; it is kept as it is and never unpacked.
        Zip = "zip", "ZIP archive";
        /// An archive of another make; never unpacked.
        Archive = "archive", "Archive";
        /// Sound.
        Sound = "sound", "Sound";
        /// Moving pictures.
        Video = "video", "Video";
        /// A log of Windows.
        EventLog = "event_log", "Windows event log";
        /// What went over a network.
        Capture = "capture", "Network capture";
        /// None that we know.
        Unknown = "unknown", "File of a kind that we do not know";
    }
}

/// Which endings of names belong to a kind, and what browsers call it (RFC 6838).
const TABLE: &[(Kind, &str, &[&str])] = &[
    (Kind::Png, "image/png", &["png"]),
    (Kind::Jpeg, "image/jpeg", &["jpg", "jpeg", "jpe", "jfif"]),
    (Kind::Gif, "image/gif", &["gif"]),
    (Kind::Webp, "image/webp", &["webp"]),
    (Kind::Bmp, "image/bmp", &["bmp", "dib"]),
    (Kind::Tiff, "image/tiff", &["tif", "tiff"]),
    (Kind::Heic, "image/heic", &["heic", "heif", "avif"]),
    (Kind::Pdf, "application/pdf", &["pdf"]),
    (
        Kind::Word,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &["docx", "dotx"],
    ),
    (
        Kind::Excel,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &["xlsx", "xltx", "xlsb"],
    ),
    (
        Kind::PowerPoint,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &["pptx", "ppsx", "potx"],
    ),
    (Kind::Office, "application/octet-stream", &["vsdx", "thmx"]),
    (
        Kind::OldOffice,
        "application/x-ole-storage",
        &[
            "doc", "dot", "xls", "xlt", "ppt", "pps", "pot", "msg", "vsd", "pub", "mpp",
        ],
    ),
    (
        Kind::LockedOffice,
        "application/x-ole-storage",
        &["docx", "xlsx", "pptx", "doc", "xls", "ppt"],
    ),
    (
        Kind::OpenDocument,
        "application/octet-stream",
        &["odt", "ods", "odp", "odg", "ott", "ots", "otp"],
    ),
    (Kind::Rtf, "application/rtf", &["rtf"]),
    (
        Kind::Text,
        "text/plain; charset=utf-8",
        &[
            "txt", "text", "log", "csv", "tsv", "md", "json", "xml", "yaml", "yml", "ini", "conf", "cfg", "eml", "ics",
            "vcf", "har", "srt",
        ],
    ),
    (Kind::Zip, "application/zip", &["zip"]),
    (
        Kind::Archive,
        "application/octet-stream",
        &["7z", "rar", "gz", "tgz", "bz2", "xz", "zst", "tar", "cab"],
    ),
    (
        Kind::Sound,
        "application/octet-stream",
        &["mp3", "wav", "ogg", "oga", "opus", "flac", "m4a", "aac", "amr"],
    ),
    (
        Kind::Video,
        "application/octet-stream",
        &[
            "mp4", "m4v", "mov", "3gp", "webm", "mkv", "avi", "wmv", "mpg", "mpeg", "ogv",
        ],
    ),
    (Kind::EventLog, "application/octet-stream", &["evtx", "etl"]),
    (Kind::Capture, "application/octet-stream", &["pcap", "pcapng", "cap"]),
];

impl Kind {
    /// The type that a browser is told. What it could show or run is never called by a type that it would: files are saved, not shown.
    pub fn media_type(self) -> &'static str {
        let found = TABLE.iter().find(|(kind, ..)| *kind == self);
        found.map_or("application/octet-stream", |(_, media_type, _)| media_type)
    }

    /// Whether names of this kind may end so (small letters, without the dot).
    pub fn is_named(self, extension: &str) -> bool {
        TABLE
            .iter()
            .any(|(kind, _, endings)| *kind == self && endings.contains(&extension))
    }

    /// The kind that names with this ending usually have; nothing for an ending that tells nothing.
    pub fn of_extension(extension: &str) -> Option<Kind> {
        TABLE
            .iter()
            .find(|(_, _, endings)| endings.contains(&extension))
            .map(|(kind, ..)| *kind)
    }
}
