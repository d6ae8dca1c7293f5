import django.db.models.deletion
from django.db import migrations, models

# Drafts have named their request before. Compared as text: anything may stand in JSON.
REMEMBER = """
update posts_post set asked_for_id = requests_request.id
from requests_request where content ->> 'request' = requests_request.id::text
"""


class Migration(migrations.Migration):

    dependencies = [
        ('posts', '0013_also_by_and_once'),
        ('requests', '0002_partner'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='asked_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='requests.request'),
        ),
        migrations.RunSQL(REMEMBER, migrations.RunSQL.noop),
    ]
