from django.db import migrations, models


class Migration(migrations.Migration):
    """The green channel, the days of earlier periods, the report to the division head."""

    dependencies = [
        ("enterprises", "0002_requests_are_born_as_drafts"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="servicerequest",
            options={
                "ordering": ["-pk"],
                "permissions": [
                    ("accept_request", "Can accept requests"),
                    ("review_request", "Can pass first review"),
                    ("approve_request", "Can sign off"),
                    ("answer_company", "Can write to companies"),
                    ("lead_requests", "Is told which decisions are due"),
                ],
                "verbose_name": "request",
                "verbose_name_plural": "requests",
            },
        ),
        migrations.AddField(
            model_name="servicerequest",
            name="escalated_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reported to the division head at"),
        ),
        migrations.AddField(
            model_name="servicerequest",
            name="lane",
            field=models.CharField(
                choices=[("normal", "normal lane"), ("green", "green channel")],
                default="normal",
                max_length=10,
                verbose_name="lane",
            ),
        ),
        migrations.AddField(
            model_name="servicerequest",
            name="waited_before",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="working days waited in earlier periods"),
        ),
        migrations.AddConstraint(
            model_name="servicerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("lane__in", ["normal", "green"])), name="request_lane_known"
            ),
        ),
    ]
