from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0002_delivery_late")]

    operations = [
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["began_at"], name="attempt_lately"),
        ),
    ]
