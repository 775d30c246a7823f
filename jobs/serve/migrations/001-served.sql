-- What every gold table serves now, read from the note that serve leaves in the table's comment.
CREATE OR REPLACE VIEW lake.served AS
SELECT
    name,
    if(engine = 'MergeTree', 'imported', 'zero-copy') AS path,
    extract(comment, '; snapshot (\\S+), ') AS snapshot,
    toUInt64OrNull(extract(comment, ', refine run (\\d+), ')) AS refine_run,
    extract(comment, ', committed (\\S+)$') AS committed_at
FROM system.tables
WHERE database = 'lake' AND startsWith(name, 'gold_');
