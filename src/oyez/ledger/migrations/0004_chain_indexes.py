"""What the record is asked for: by kind, and by who. Built while the house works."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("ledger", "0003_chain")]
    operations = [
        # what an interrupted run has left behind
        migrations.RunSQL("drop index concurrently if exists event_kind", migrations.RunSQL.noop),
        migrations.RunSQL("drop index concurrently if exists event_by", migrations.RunSQL.noop),
        AddIndexConcurrently("event", models.Index(fields=["kind", "at"], name="event_kind")),
        AddIndexConcurrently(
            "event", models.Index(fields=["by_kind", "by_id", "at"], name="event_by")
        ),
    ]
