-- The hub of one project: its Changes, contents and members, and who may see and add what. Version 1.
--
-- Who is asked about is always session_user, which no SQL of an ordinary user changes. Rows are only ever
-- added, never altered: nobody but the owner of the tables has a right to UPDATE or DELETE, save for members.
-- What a row of `entry` is (who may see it, who may write it) is worked out here from the record itself,
-- never believed; the policies then go by it. A change here needs another VERSION in storage/hub/client.py.

CREATE SCHEMA annotator_hub;

CREATE TABLE annotator_hub.about (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version integer NOT NULL,
    project text NOT NULL,
    name text NOT NULL,
    created text NOT NULL
);

-- One row, whose lock makes pushes commit in the order of their numbers: whoever has seen number 7 has seen all
-- up to 7. A push is one transaction and has one number.
CREATE TABLE annotator_hub.counter (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    last bigint NOT NULL,
    taken_by bigint NOT NULL
);

CREATE TABLE annotator_hub.member (
    login text PRIMARY KEY,
    annotator text NOT NULL,
    role text NOT NULL CHECK (role IN ('annotator', 'reviewer', 'lead'))
);

CREATE TABLE annotator_hub.change (
    change_id text PRIMARY KEY,
    seq bigint NOT NULL,
    annotator text NOT NULL,
    workstation text NOT NULL,
    n bigint NOT NULL CHECK (n BETWEEN 1 AND 9007199254740991),
    time text NOT NULL,
    title text NOT NULL,
    document text,
    undoes text,
    pushed_by text NOT NULL
);

-- Whose a record is, fixed by the first who brings it.
CREATE TABLE annotator_hub.record (
    record_id text PRIMARY KEY,
    kind text NOT NULL,
    owner text NOT NULL,
    UNIQUE (record_id, kind, owner)
);

CREATE TABLE annotator_hub.set_owner (
    set_id text PRIMARY KEY,
    owner text NOT NULL
);

-- What a Change did to a record. `owner` is who sees it: 'everybody', 'reviewers', or an annotator's id (and the
-- reviewers). `writer` is who may have made it beside leads: an annotator's id, 'reviewers', or 'leads'; `made_by`
-- is who made the Change.
CREATE TABLE annotator_hub.entry (
    change_id text NOT NULL REFERENCES annotator_hub.change,
    record_id text NOT NULL,
    kind text NOT NULL,
    owner text NOT NULL,
    writer text NOT NULL,
    made_by text NOT NULL,
    seq bigint NOT NULL,
    place integer NOT NULL,
    before text,
    after text,
    parents text[] NOT NULL,
    PRIMARY KEY (change_id, record_id),
    FOREIGN KEY (record_id, kind, owner) REFERENCES annotator_hub.record (record_id, kind, owner)
);
CREATE INDEX entry_seq ON annotator_hub.entry (seq, place);
CREATE INDEX entry_record ON annotator_hub.entry (record_id);

CREATE TABLE annotator_hub.source_content (
    sha256 text PRIMARY KEY CHECK (sha256 = encode(sha256(bytes), 'hex')),
    bytes bytea NOT NULL
);

CREATE TABLE annotator_hub.text_content (
    sha256 text PRIMARY KEY CHECK (sha256 = encode(sha256(bytes), 'hex')),
    bytes bytea NOT NULL
);

CREATE TABLE annotator_hub.page (
    text_version text NOT NULL,
    number integer NOT NULL,
    geometry bytea NOT NULL,
    PRIMARY KEY (text_version, number)
);

-- Who asks

CREATE FUNCTION annotator_hub.me() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT annotator FROM annotator_hub.member WHERE login = session_user
$$;

CREATE FUNCTION annotator_hub.my_role() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT role FROM annotator_hub.member WHERE login = session_user
$$;

-- The number of this transaction's push; told to who listens when it commits.
CREATE FUNCTION annotator_hub.number_of_push() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine bigint := txid_current();
    number bigint;
BEGIN
    SELECT last INTO number FROM annotator_hub.counter WHERE taken_by = mine;
    IF NOT FOUND THEN
        UPDATE annotator_hub.counter SET last = last + 1, taken_by = mine RETURNING last INTO number;
        PERFORM pg_notify('annotator_hub', number::text);
    END IF;
    RETURN number;
END
$$;

-- What records are, as Annotator derives it

-- The id that every workstation derives from the same parts: a UUID of version 5 (RFC 4122, SHA-1 of FIPS 180-4)
-- of a name. PostgreSQL has SHA-1 only in an extension, which not every cluster offers.
CREATE FUNCTION annotator_hub.derived_id(parts text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    low constant bigint := 4294967295;
    message bytea := '\x6ba7b8119dad11d180b400c04fd430c8'::bytea || convert_to('annotator:' || parts, 'UTF8');
    size bigint := length(message);
    h bigint[] := ARRAY[1732584193, 4023233417, 2562383102, 271733878, 3285377520];
    w bigint[];
    a bigint; b bigint; c bigint; d bigint; e bigint; f bigint; k bigint; x bigint;
BEGIN
    message := message || '\x80'::bytea
        || decode(repeat('00', ((119 - size % 64) % 64)::integer), 'hex') || int8send(size * 8);
    FOR block IN 0 .. length(message) / 64 - 1 LOOP
        w := ARRAY[]::bigint[];
        FOR t IN 0 .. 15 LOOP
            w[t] := (get_byte(message, block * 64 + t * 4)::bigint << 24)
                | (get_byte(message, block * 64 + t * 4 + 1) << 16)
                | (get_byte(message, block * 64 + t * 4 + 2) << 8)
                | get_byte(message, block * 64 + t * 4 + 3);
        END LOOP;
        FOR t IN 16 .. 79 LOOP
            x := w[t - 3] # w[t - 8] # w[t - 14] # w[t - 16];
            w[t] := ((x << 1) | (x >> 31)) & low;
        END LOOP;
        a := h[1]; b := h[2]; c := h[3]; d := h[4]; e := h[5];
        FOR t IN 0 .. 79 LOOP
            IF t < 20 THEN
                f := (b & c) | (~b & low & d); k := 1518500249;
            ELSIF t < 40 THEN
                f := b # c # d; k := 1859775393;
            ELSIF t < 60 THEN
                f := (b & c) | (b & d) | (c & d); k := 2400959708;
            ELSE
                f := b # c # d; k := 3395469782;
            END IF;
            x := ((((a << 5) | (a >> 27)) & low) + f + e + k + w[t]) & low;
            e := d; d := c; c := ((b << 30) | (b >> 2)) & low; b := a; a := x;
        END LOOP;
        h := ARRAY[(h[1] + a) & low, (h[2] + b) & low, (h[3] + c) & low, (h[4] + d) & low, (h[5] + e) & low];
    END LOOP;
    h[2] := (h[2] & 4294905855) | 20480;                     -- version 5
    h[3] := (h[3] & 1073741823) | 2147483648;                -- variant of RFC 4122
    RETURN lpad(to_hex(h[1]), 8, '0') || lpad(to_hex(h[2]), 8, '0')
        || lpad(to_hex(h[3]), 8, '0') || lpad(to_hex(h[4]), 8, '0');
END
$$;

-- Who sees a record; null where that cannot be said, since its set is not here.
CREATE FUNCTION annotator_hub.owner_of(kind text, record json) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CASE
        WHEN kind IN ('annotator', 'annotation_set', 'schema_version', 'guideline_version', 'document',
                      'text_version', 'court_case', 'case_document') THEN
            RETURN 'everybody';
        WHEN kind IN ('annotation', 'relation', 'document_label', 'rejection') THEN
            RETURN (SELECT owner FROM annotator_hub.set_owner WHERE set_id = record->>'set');
        WHEN kind IN ('assignment', 'work_interval') THEN
            RETURN record->>'annotator';
        -- What an annotator is told of decisions on their own work.
        WHEN kind = 'decision' AND record->>'outcome' = 'told' THEN
            RETURN record->'proposers'->>0;
        ELSE
            RETURN 'reviewers';
    END CASE;
END
$$;

-- Who may write an entry beside leads. `was` and `now_` are the record before and after.
CREATE FUNCTION annotator_hub.writer_of(kind text, record_id text, owner text, was json, now_ json) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    it json := coalesce(now_, was);
    given jsonb;
BEGIN
    CASE kind
        WHEN 'annotation_set' THEN
            IF record_id = (SELECT annotator_hub.derived_id(project || '/set/gold') FROM annotator_hub.about) THEN
                RETURN 'reviewers';
            END IF;
            IF it->>'kind' = 'annotator' AND record_id = annotator_hub.derived_id((it->>'owner') || '/set') THEN
                RETURN it->>'owner';
            END IF;
            RETURN 'leads';
        WHEN 'annotator' THEN
            -- Their own name and colour, as long as the role stays what it is here.
            IF was IS NOT NULL AND now_->>'role' = annotator_hub.my_role() THEN
                RETURN record_id;
            END IF;
            RETURN 'leads';
        WHEN 'document', 'text_version', 'court_case', 'case_document' THEN
            RETURN 'reviewers';
        WHEN 'schema_version', 'guideline_version' THEN
            RETURN 'leads';
        WHEN 'assignment' THEN
            -- How far the work is. For which layers it was given, only a lead says.
            SELECT known.after::jsonb->'layers' INTO given FROM annotator_hub.entry AS known
                WHERE known.record_id = writer_of.record_id AND known.change_id = was->>'revision';
            IF record_id = annotator_hub.derived_id(owner || '/' || (it->>'document') || '/assignment')
                AND coalesce(now_::jsonb->'layers', '[]') = coalesce(given, '[]') THEN
                RETURN owner;
            END IF;
            RETURN 'leads';
        WHEN 'document_label' THEN
            IF record_id = annotator_hub.derived_id(
                (it->>'set') || '/' || (it->>'document') || '/label/' || (it->>'name')) THEN
                RETURN owner;
            END IF;
            RETURN 'leads';
        WHEN 'rejection' THEN
            IF record_id = annotator_hub.derived_id((it->>'set') || '/' || (it->>'document') || '/rejection/'
                || (it->>'label') || '/' || (it->>'words')) THEN
                RETURN owner;
            END IF;
            RETURN 'leads';
        WHEN 'decision' THEN
            RETURN 'reviewers';
        ELSE
            RETURN owner;
    END CASE;
END
$$;

CREATE FUNCTION annotator_hub.stamp_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Only leads take back what another made.
    IF annotator_hub.my_role() IS DISTINCT FROM 'lead' AND EXISTS (
        SELECT FROM annotator_hub.change WHERE change_id = NEW.undoes AND annotator <> NEW.annotator
    ) THEN
        RAISE EXCEPTION 'Another made what this takes back.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.seq := annotator_hub.number_of_push();
    NEW.pushed_by := session_user;
    RETURN NEW;
END
$$;

CREATE FUNCTION annotator_hub.stamp_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    was json := NEW.before::json;
    now_ json := NEW.after::json;
BEGIN
    IF coalesce(was, now_) IS NULL OR coalesce(was->>'id', NEW.record_id) <> NEW.record_id
        OR coalesce(now_->>'id', NEW.record_id) <> NEW.record_id
        OR coalesce(was->>'id', now_->>'id') IS NULL
        OR now_ IS NOT NULL AND now_->>'revision' IS DISTINCT FROM NEW.change_id THEN
        RAISE EXCEPTION 'This is no entry of a record.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'annotation_set' THEN
        INSERT INTO annotator_hub.set_owner VALUES (
            NEW.record_id,
            CASE coalesce(now_, was)->>'kind' WHEN 'annotator' THEN coalesce(now_, was)->>'owner' ELSE 'reviewers' END
        ) ON CONFLICT DO NOTHING;
    END IF;
    NEW.owner := annotator_hub.owner_of(NEW.kind, coalesce(now_, was));
    IF NEW.owner IS NULL OR was IS NOT NULL AND NEW.owner <> annotator_hub.owner_of(NEW.kind, was) THEN
        RAISE EXCEPTION 'Whose record this is cannot be said.' USING ERRCODE = 'check_violation';
    END IF;
    NEW.made_by := (SELECT annotator FROM annotator_hub.change WHERE change_id = NEW.change_id);
    NEW.writer := annotator_hub.writer_of(NEW.kind, NEW.record_id, NEW.owner, was, now_);
    INSERT INTO annotator_hub.record VALUES (NEW.record_id, NEW.kind, NEW.owner) ON CONFLICT DO NOTHING;
    NEW.seq := annotator_hub.number_of_push();
    RETURN NEW;
END
$$;

CREATE TRIGGER stamp BEFORE INSERT ON annotator_hub.change
    FOR EACH ROW EXECUTE FUNCTION annotator_hub.stamp_change();
CREATE TRIGGER stamp BEFORE INSERT ON annotator_hub.entry
    FOR EACH ROW EXECUTE FUNCTION annotator_hub.stamp_entry();

-- Rights. A table without a policy shows nothing to anybody but its owner.

ALTER TABLE annotator_hub.about ENABLE ROW LEVEL SECURITY;
ALTER TABLE annotator_hub.counter ENABLE ROW LEVEL SECURITY;
ALTER TABLE annotator_hub.member ENABLE ROW LEVEL SECURITY;
ALTER TABLE annotator_hub.change ENABLE ROW LEVEL SECURITY;
ALTER TABLE annotator_hub.record ENABLE ROW LEVEL SECURITY;
ALTER TABLE annotator_hub.set_owner ENABLE ROW LEVEL SECURITY;
ALTER TABLE annotator_hub.entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE annotator_hub.source_content ENABLE ROW LEVEL SECURITY;
ALTER TABLE annotator_hub.text_content ENABLE ROW LEVEL SECURITY;
ALTER TABLE annotator_hub.page ENABLE ROW LEVEL SECURITY;

CREATE POLICY members_see ON annotator_hub.about FOR SELECT
    USING ((SELECT annotator_hub.me()) IS NOT NULL);
CREATE POLICY members_see ON annotator_hub.counter FOR SELECT
    USING ((SELECT annotator_hub.me()) IS NOT NULL);

CREATE POLICY own_or_reviewers_see ON annotator_hub.member FOR SELECT
    USING (login = session_user OR (SELECT annotator_hub.my_role()) IN ('reviewer', 'lead'));
CREATE POLICY leads_add ON annotator_hub.member FOR INSERT
    WITH CHECK ((SELECT annotator_hub.my_role()) = 'lead');
CREATE POLICY leads_change ON annotator_hub.member FOR UPDATE
    USING ((SELECT annotator_hub.my_role()) = 'lead') WITH CHECK ((SELECT annotator_hub.my_role()) = 'lead');
CREATE POLICY leads_remove ON annotator_hub.member FOR DELETE
    USING ((SELECT annotator_hub.my_role()) = 'lead');

CREATE POLICY own_or_reviewers_see ON annotator_hub.entry FOR SELECT
    USING (
        (SELECT annotator_hub.my_role()) IN ('reviewer', 'lead')
        OR owner = (SELECT annotator_hub.me())
        OR owner = 'everybody' AND (SELECT annotator_hub.me()) IS NOT NULL
    );
CREATE POLICY writers_add ON annotator_hub.entry FOR INSERT
    WITH CHECK (
        (SELECT annotator_hub.my_role()) = 'lead'
        OR made_by = (SELECT annotator_hub.me()) AND (
            writer = (SELECT annotator_hub.me())
            OR (SELECT annotator_hub.my_role()) = 'reviewer'
                AND (writer = 'reviewers' OR kind = 'assignment' AND writer <> 'leads')
        )
    );

-- A line of the history is seen by who made it, and by who sees any record of it.
CREATE POLICY own_or_of_seen_entries ON annotator_hub.change FOR SELECT
    USING (
        (SELECT annotator_hub.my_role()) IN ('reviewer', 'lead')
        OR annotator = (SELECT annotator_hub.me())
        OR EXISTS (SELECT FROM annotator_hub.entry AS its WHERE its.change_id = change.change_id)
    );
-- Only leads bring what others made.
CREATE POLICY own_add ON annotator_hub.change FOR INSERT
    WITH CHECK (
        (SELECT annotator_hub.my_role()) = 'lead'
        OR annotator = (SELECT annotator_hub.me())
    );

CREATE POLICY members_see ON annotator_hub.source_content FOR SELECT
    USING ((SELECT annotator_hub.me()) IS NOT NULL);
CREATE POLICY members_see ON annotator_hub.text_content FOR SELECT
    USING ((SELECT annotator_hub.me()) IS NOT NULL);
CREATE POLICY members_see ON annotator_hub.page FOR SELECT
    USING ((SELECT annotator_hub.me()) IS NOT NULL);
CREATE POLICY reviewers_add ON annotator_hub.source_content FOR INSERT
    WITH CHECK ((SELECT annotator_hub.my_role()) IN ('reviewer', 'lead'));
CREATE POLICY reviewers_add ON annotator_hub.text_content FOR INSERT
    WITH CHECK ((SELECT annotator_hub.my_role()) IN ('reviewer', 'lead'));
CREATE POLICY reviewers_add ON annotator_hub.page FOR INSERT
    WITH CHECK ((SELECT annotator_hub.my_role()) IN ('reviewer', 'lead'));

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA annotator_hub FROM PUBLIC;
GRANT EXECUTE ON FUNCTION annotator_hub.me(), annotator_hub.my_role() TO PUBLIC;
GRANT USAGE ON SCHEMA annotator_hub TO PUBLIC;
GRANT SELECT ON annotator_hub.about, annotator_hub.counter TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON annotator_hub.member TO PUBLIC;
GRANT SELECT, INSERT ON annotator_hub.change, annotator_hub.entry, annotator_hub.source_content,
    annotator_hub.text_content, annotator_hub.page TO PUBLIC;
