-- Why it happened and what was learnt belong to the ending at which it was said: a case that is taken up again and closes once more says it
-- anew, and what was counted of its first ending stays (A40).

ALTER TABLE case_spells ADD COLUMN root_cause TEXT;
ALTER TABLE case_spells ADD COLUMN learning TEXT;

UPDATE case_spells
SET root_cause = (SELECT root_cause FROM case_facts WHERE case_facts.number = case_spells.number),
    learning = (SELECT learning FROM case_facts WHERE case_facts.number = case_spells.number)
WHERE closed_on IS NOT NULL;

ALTER TABLE case_facts DROP COLUMN root_cause;
ALTER TABLE case_facts DROP COLUMN learning;
