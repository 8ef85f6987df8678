-- What the company's directory says of people over SCIM, beyond what was kept before.

-- SCIM's userName, in lower case; the e-mail address counts where there is none.
ALTER TABLE people ADD COLUMN user_name TEXT CHECK (user_name = lower(user_name));
ALTER TABLE people ADD COLUMN given_name TEXT;
ALTER TABLE people ADD COLUMN family_name TEXT;
-- When the directory dropped them: it is answered as if there were none, and what they were given stays.
ALTER TABLE people ADD COLUMN removed_at BIGINT CHECK (removed_at IS NULL OR NOT active);
-- Not a unique rule: an award may be given to an address that is someone else's user name.
CREATE INDEX people_of_user_name ON people (COALESCE(user_name, email));
