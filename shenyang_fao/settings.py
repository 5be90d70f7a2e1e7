"""Settings: everything that differs between machines comes from the environment; see docs/configuration.md."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from shenyang_fao import beat
from shenyang_fao.core.countries import COUNTRY_NAMES
from shenyang_fao.embedded import addresses
from shenyang_fao.environment import Environment
from shenyang_fao.unfold import UNFOLD as UNFOLD  # noqa: PLC0414 - a setting by this name

# Lets classes such as ModelAdmin[City] be written at run time.
django_stubs_ext.monkeypatch()

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = addresses.data_dir()
FACTS_DIR = BASE_DIR / "facts"

# Embedded: the portal brings its own database, and only then demonstration people and certificates exist.
EMBEDDED = not env.str("DATABASE_URL", "")
# Keys that the environment does not bring are those `make run` made, so that every command sees the same ones.
if (DATA_DIR / "secrets.env").exists():
    Environment.read_env(DATA_DIR / "secrets.env")

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
# Fernet keys for personal data, newest first; older ones still open what they closed.
FIELD_KEYS = env.list("FIELD_KEYS", default=[])
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many proxies in front append to X-Forwarded-For; 0 believes the connection only.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "shenyang_fao.portal",
    "delegations",
    "enterprises",
    "sister_cities",
    "shenyang_fao.accounts",
    "shenyang_fao.core",
    "modeltranslation",
    "unfold.apps.BasicAppConfig",
    "shenyang_fao.core.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_countries",
    "csp",
    "pgtrigger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "shenyang_fao.core.middleware.close_devices",
    "shenyang_fao.core.middleware.refuse_odd",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shenyang_fao.core.kept.remember_writer",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shenyang_fao.core.middleware.keep_private",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "shenyang_fao.urls"
WSGI_APPLICATION = "shenyang_fao.wsgi.application"
FORM_RENDERER = "shenyang_fao.core.rendering.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "shenyang_fao.core.context_processors.site",
                "shenyang_fao.accounts.context_processors.unread",
                "enterprises.context_processors.unread",
                "shenyang_fao.portal.context_processors.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# Data. Only web processes hold a pool: a pool must not cross the fork of a Celery worker.
IS_WEB = env.str("FAO_PROCESS", "") == "web"
DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", "") or addresses.database_url())}
DATABASES["default"].update(
    ENGINE="django.db.backends.postgresql",
    CONN_MAX_AGE=0 if IS_WEB else 600,
    CONN_HEALTH_CHECKS=not IS_WEB,
    OPTIONS=DATABASES["default"].get("OPTIONS", {})
    | ({"pool": {"min_size": 1, "max_size": 8, "timeout": 5}} if IS_WEB else {}),
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

EMBEDDED_BROKER = not env.str("REDIS_URL", "")
REDIS_URL = env.str("REDIS_URL", "") or addresses.redis_url()
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        # Not the broker's number: clearing a cache empties its whole number.
        "LOCATION": env.str("CACHE_URL", "") or (addresses.redis_url(1) if EMBEDDED_BROKER else REDIS_URL),
        "KEY_PREFIX": "fao",
    }
}
SESSION_COOKIE_AGE = 60 * 60 * 8

# Work
CELERY_BROKER_URL = addresses.broker_url(REDIS_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Not the hour of the library: a message lost with its worker comes back in five minutes, and the sweep is faster still.
# A person waits while the doorbell rings: one more try, then the sweep's turn.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2}
CELERY_BEAT_SCHEDULE = beat.SCHEDULE
CELERY_TIMEZONE = "Asia/Shanghai"

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:after_sign_in"
ACCOUNT_ADAPTER = "shenyang_fao.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "shenyang_fao.accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    "login": "shenyang_fao.accounts.sign_in_forms.LoginForm",
    "signup": "shenyang_fao.accounts.sign_in_forms.SignupForm",
    "reset_password": "shenyang_fao.accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "shenyang_fao.accounts.sign_in_forms.ResetPasswordKeyForm",
    "change_password": "shenyang_fao.accounts.sign_in_forms.ChangePasswordForm",
    "add_email": "shenyang_fao.accounts.sign_in_forms.AddEmailForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split(":", 1)[0]

# Languages. Chinese first; a language more is a line more here and a catalogue in locale/.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "zh-hans"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("zh-hans", "en")
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "shenyang_fao.core.formats"
TIME_ZONE = "Asia/Shanghai"
COUNTRIES_OVERRIDE = COUNTRY_NAMES

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Only the hashed names are served, so only they are made: half the work of the first start.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "shenyang_fao.core.storage.PrivateStorage"},
    # Renditions of photographs: read often, and by everybody while a public record shows them (core.pictures).
    "pictures": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT / "pictures", "allow_overwrite": True},
    },
    # Films of the exchange programme: too large to be opened as a whole for each part that a browser asks for.
    "films": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT / "films"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
# A photograph of 12 megapixels as printers take it (CMYK) has some 30 MB.
PHOTO_MAX_BYTES = 40 * 1024 * 1024
FILM_MAX_BYTES = 200 * 1024 * 1024
# Rows of one file that is imported: what the check and the import can do within the time limit of a task.
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", 20_000)
# What a form may hold beside its files, whose sizes their own fields look at.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8000
# The largest page of a form: some twenty papers at once.
REQUEST_MAX_BYTES = 25 * UPLOAD_MAX_BYTES

# Mail. In the embedded mode letters to people are written into a folder instead of being sent.
_email = env.email_url("EMAIL_URL", default="filemail://" if EMBEDDED else "smtp://localhost:25")
vars().update(_email)
if EMBEDDED and not env.str("EMAIL_URL", ""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Short messages: the adapter of a carrier (core.sms), and where the one that comes along writes them in the embedded mode.
SMS_SENDER = env.str("SMS_SENDER", "") or "shenyang_fao.core.sms.Console"
SMS_FILE = DATA_DIR / "sms.txt" if EMBEDDED else None
# How many days a notice stays in the portal.
NOTICE_KEPT_DAYS = env.int("NOTICE_KEPT_DAYS", 365)
# How many days after an event the people who signed up for it are kept.
SIGN_UP_KEPT_DAYS = env.int("SIGN_UP_KEPT_DAYS", 180)

# Letters
SIGNING_P12 = env.str("SIGNING_P12", "")
SIGNING_P12_PASSWORD = env.str("SIGNING_P12_PASSWORD", "")
SIGNING_TSA_URL = env.str("SIGNING_TSA_URL", "")
SIGNING_LTV_ROOTS = env.str("SIGNING_LTV_ROOTS", "")
SIGNING_TRUST_ROOTS = env.str("SIGNING_TRUST_ROOTS", "")
DECISION_WORKING_DAYS = env.int("DECISION_WORKING_DAYS", 5)
GREEN_CHANNEL_WORKING_DAYS = env.int("GREEN_CHANNEL_WORKING_DAYS", 2)
# What a company has for its corrections, and between which limits an officer may choose.
CORRECTION_WORKING_DAYS = env.int("CORRECTION_WORKING_DAYS", 10)
CORRECTION_LEAST_WORKING_DAYS = env.int("CORRECTION_LEAST_WORKING_DAYS", 3)
CORRECTION_MOST_WORKING_DAYS = env.int("CORRECTION_MOST_WORKING_DAYS", 30)
# How many days after the departure a company reports on the visit.
CLOSE_OUT_DAYS = env.int("CLOSE_OUT_DAYS", 30)
# Within how many working days a bad rating of a service is put right and answered.
RATING_FOLLOW_UP_WORKING_DAYS = env.int("RATING_FOLLOW_UP_WORKING_DAYS", 15)
# The kinds of request that need the consent of a district or development zone, and how long a unit has to answer.
CONSENT_REQUIRED = env.list("CONSENT_REQUIRED", default=[])
CONSENT_WORKING_DAYS = env.int("CONSENT_WORKING_DAYS", 10)
# How many days the public notice of an official trip stands at most, and how many days the report after it.
TRIP_NOTICE_SHOWN_DAYS = env.int("TRIP_NOTICE_SHOWN_DAYS", 30)
TRIP_REPORT_SHOWN_DAYS = env.int("TRIP_REPORT_SHOWN_DAYS", 60)

# What the office has to publish itself; nothing is shown while it is empty.
SITE_CODE = env.str("SITE_CODE", "")
SITE_ICP = env.str("SITE_ICP", "")
SITE_POLICE = env.str("SITE_POLICE", "")
SITE_CONTACT = env.str("SITE_CONTACT", "")

# Security
IS_HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_FAILURE_VIEW = "shenyang_fao.core.kept.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"event": {"()": "shenyang_fao.core.logs.formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "event"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "pyhanko": {"level": "WARNING"},
        "pyhanko_certvalidator": {"level": "WARNING"},
    },
}
