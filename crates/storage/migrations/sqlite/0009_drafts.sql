-- What somebody began to write on a form and has not sent: theirs alone, sealed under the key of the case (of the office where there is no
-- case yet), gone when the form is sent, when its time is over, and with the case.

CREATE TABLE drafts (
    staff_id   BIGINT NOT NULL,
    stream     TEXT NOT NULL,       -- the case, or the office
    form       TEXT NOT NULL,       -- which form: words begun as a note stay words of a note
    key_hash   BLOB NOT NULL,       -- keyed: the act that sending the form is, by which the draft is found when it is done
    saved_at   BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    fields     BLOB NOT NULL,       -- sealed
    PRIMARY KEY (staff_id, stream, form)
) WITHOUT ROWID;

CREATE INDEX drafts_key ON drafts (key_hash);
CREATE INDEX drafts_stream ON drafts (stream);
CREATE INDEX drafts_expires ON drafts (expires_at);
