from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_certificates'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='epoch',
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]
