"""The trail says that a password was changed, and never what its hash is: an old hash would stay there for ever."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("shenyang_fao.core.migrations.0001_audit_function").CREATE
HIDE = """
    IF was ? 'password' THEN
        was := was || '{"password": "***"}';
    END IF;
    IF becomes ? 'password' THEN
        becomes := becomes || '{"password": "***"}';
    END IF;
    INSERT INTO core_auditentry"""
REPLACE = BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = (("core", "0002_foundation"),)
    operations = (migrations.RunSQL(REPLACE.replace("    INSERT INTO core_auditentry", HIDE.lstrip("\n")), REPLACE),)
