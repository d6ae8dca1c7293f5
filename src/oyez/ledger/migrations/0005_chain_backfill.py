"""What happened before there was a chain waits for its link too; in steps, while the house works."""

from django.db import migrations

STEP = 20_000
AWAIT = """
insert into ledger_unlinked (event) select id from ledger_event where id > %s and id <= %s
    and not exists (select from ledger_link where ledger_link.event = ledger_event.id)
on conflict do nothing
"""


def await_links(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select coalesce(max(id), 0) from ledger_event")
        newest = cursor.fetchone()[0]
        for start in range(0, newest, STEP):
            cursor.execute(AWAIT, [start, start + STEP])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("ledger", "0004_chain_indexes")]
    operations = [migrations.RunPython(await_links, migrations.RunPython.noop)]
