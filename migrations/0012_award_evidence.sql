-- What an award says of the evidence it was given for.

-- JSON: entries as they stand in the credential; none where nothing was handed in here.
ALTER TABLE awards ADD COLUMN evidence TEXT;
