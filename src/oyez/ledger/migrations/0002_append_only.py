"""What happened stays: the database itself refuses to change or delete an event."""

from django.db import migrations

APPEND_ONLY = """
create function ledger_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'The record of events cannot be changed.';
end $$;
create trigger ledger_append_only before update or delete on ledger_event
    for each row execute function ledger_append_only();
"""
UNDO = "drop trigger ledger_append_only on ledger_event; drop function ledger_append_only();"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_ONLY, UNDO)]
