//! Where it is kept: the event log, the derived tables, the keys, the outbox and the search index.
