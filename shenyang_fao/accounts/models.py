"""Who signs in: by e-mail address, in a language of their own; and what the portal has told them."""

from typing import ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.querysets import NoticeQuerySet
from shenyang_fao.core import audit
from shenyang_fao.core.fields import EncryptedText


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a person who may sign in once the address is verified."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a person with every right; the rules held by the database bind this person too.

        Whoever may type commands here vouches for the address: the first officer signs in before any mail server works.
        """
        person = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        addresses = apps.get_model("account", "EmailAddress").objects
        addresses.create(user=person, email=person.email, verified=True, primary=True)
        return person

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    # E.164, as `phones.normal` makes it.
    phone = EncryptedText(_("mobile number"), null=True, blank=True)  # type: ignore[misc]  # the field's own type is str
    wants_sms = models.BooleanField(_("wants short messages"), default=False)
    is_staff = models.BooleanField(_("officer"), default=False, help_text=_("May enter the back office."))
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
            models.CheckConstraint(condition=Q(wants_sms=False) | Q(phone__isnull=False), name="user_sms_needs_phone"),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def add_role(self, role: Role) -> None:
        """Give an officer a role; the role's rights come from `accounts.roles`."""
        self.groups.add(Group.objects.get(name=role.value))


class Notice(models.Model):
    """Something the portal has told a person, as the mail said it, to be read here as well (`notices.notify`).

    It is a copy for its reader and no record of the office: no trail follows it, and it goes after a while.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="notices", verbose_name=_("person"))
    key = models.CharField(_("key"), max_length=80, unique=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=300)
    made_at = models.DateTimeField(_("written at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(url__regex="^/([^/]|$)"), name="notice_stays_on_the_site")]
        indexes = [models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread")]

    def __str__(self) -> str:
        return self.subject


class Reminder(models.Model):
    """That an officer was told something once (`reminders`); ``key`` says what, such as ``anniversary:7:2027:90``."""

    officer = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("officer"))
    key = models.CharField(_("occasion"), max_length=80)
    at = models.DateTimeField(_("reminded at"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="reminder_told_once")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.key
