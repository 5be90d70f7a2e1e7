"""Forms drawn by our own templates (docs/look.md): label above, hint, errors at the field, optional said in words."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Named in `FORM_RENDERER`; the back office brings templates of its own and is not touched."""

    form_template_name = "includes/form.html"
    field_template_name = "includes/field.html"
