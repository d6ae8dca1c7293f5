from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('feeds', '0005_warnings'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='may_be_out',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.SeparateDatabaseAndState(  # the column keeps its name: older workers read it
            state_operations=[
                migrations.RenameField('feed', 'seeds_next', 'doubts_next'),
                migrations.AlterField(
                    model_name='feed',
                    name='doubts_next',
                    field=models.BooleanField(db_column='seeds_next', default=False),
                ),
            ],
        ),
    ]
