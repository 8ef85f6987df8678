-- What a page asks of very many rows is answered out of an index.

-- Public awards that stand, by their holder: counted on the wall by team.
CREATE INDEX awards_on_wall_of_person ON awards (person_id, valid_from, valid_until)
    WHERE visibility = 'public' AND revoked_at IS NULL AND superseded_by IS NULL;
