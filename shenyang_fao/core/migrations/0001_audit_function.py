"""The one function behind every audit trigger: it writes down what changed, and who made the change."""

from django.db import migrations

CREATE = """
CREATE FUNCTION fao_audit(source text, operation text, old_row jsonb, new_row jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := old_row;
    becomes jsonb := new_row;
BEGIN
    IF operation = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, value) INTO was
            FROM jsonb_each(old_row) WHERE value IS DISTINCT FROM new_row -> key;
        SELECT jsonb_object_agg(key, value) INTO becomes
            FROM jsonb_each(new_row) WHERE value IS DISTINCT FROM old_row -> key;
        IF becomes IS NULL THEN
            RETURN;
        END IF;
    END IF;
    INSERT INTO core_auditentry (at, actor_id, "table", "row", operation, before, after)
    VALUES (
        clock_timestamp(),
        nullif(current_setting('fao.actor', true), '')::bigint,
        source,
        coalesce(new_row ->> 'id', old_row ->> 'id', new_row ->> 'request_id', old_row ->> 'request_id', ''),
        operation,
        was,
        becomes
    );
END
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (migrations.RunSQL(CREATE, "DROP FUNCTION fao_audit(text, text, jsonb, jsonb)"),)
