"""A report says in which state it left its action: reported, dropped, taken up again; an action is called what it is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sister_cities", "0004_plans_links_exchanges")]

    operations = [
        migrations.AddField(
            model_name="actionreport",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "planned"),
                    ("under_way", "under way"),
                    ("done", "done"),
                    ("dropped", "dropped"),
                ],
                default="under_way",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AlterModelOptions(
            name="planaction",
            options={
                "ordering": ["due_on", "pk"],
                "verbose_name": "plan action",
                "verbose_name_plural": "plan actions",
            },
        ),
        migrations.AlterField(
            model_name="actionreport",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reports",
                to="sister_cities.planaction",
                verbose_name="plan action",
            ),
        ),
        migrations.AlterField(
            model_name="planaction",
            name="name",
            field=models.CharField(max_length=300, verbose_name="plan action"),
        ),
        migrations.AlterField(
            model_name="planaction",
            name="name_en",
            field=models.CharField(max_length=300, null=True, verbose_name="plan action"),
        ),
        migrations.AlterField(
            model_name="planaction",
            name="name_zh_hans",
            field=models.CharField(max_length=300, null=True, verbose_name="plan action"),
        ),
    ]
