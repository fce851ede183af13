"""Django's settings. What an installation may choose is read by `environment`; the rest is fixed."""

from __future__ import annotations

from pathlib import Path

from monosashi.web.config.environment import Environment

_environment = Environment.of_process()
_https = _environment.flag("MONOSASHI_HTTPS")
_here = Path(__file__).parent

DEBUG = False
SECRET_KEY = _environment.secret_key
ALLOWED_HOSTS = _environment.hosts
ROOT_URLCONF = "monosashi.web.config.urls"
WSGI_APPLICATION = "monosashi.web.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "monosashi.web.accounts",
    "monosashi.web.api",
    "monosashi.web.answer",
    "monosashi.web.gather",
    "monosashi.web.keep",
    "monosashi.web.measure",
    "monosashi.web.publish",
    "monosashi.web.register",
    "monosashi.web.survey",
    "monosashi.web.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "monosashi.web.config.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "monosashi.web.config.language.LanguageOfAddress",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_here / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "monosashi.web.config.frame.frame",
            ],
            "libraries": {"say": "monosashi.web.config.say"},
        },
    }
]

# ---- storage and work behind the scenes ----------------------------------------------------------------
DATABASES = {"default": _environment.database}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20

# ---- language and time ---------------------------------------------------------------------------------
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

# ---- identity ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "manage"
ACCOUNT_ADAPTER = "monosashi.web.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "monosashi.web.accounts.sign_in.SignInForm",
    "change_password": "monosashi.web.accounts.sign_in.NewPasswordForm",
    "reauthenticate": "monosashi.web.accounts.sign_in.AgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "monosashi.web.accounts.queries.shown_name"
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, never by signing up
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_ADAPTER = "monosashi.web.accounts.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Monosashi"

# ---- browser -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
SESSION_COOKIE_AGE = 8 * 3600  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "monosashi.web.config.failures.csrf_failed"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS, SSL redirect and secure cookies follow MONOSASHI_HTTPS;
    "security.W008",  # redirecting to HTTPS is the work of the server in front
    "security.W012",
    "security.W016",
    "security.W021",  # whether to be preloaded is decided by the owner of the domain
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_codes": {"()": "monosashi.web.config.logs.WithoutCodes"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_codes"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},  # what somebody mistyped is nobody else's business
        "waitress.queue": {"level": "ERROR"},  # a request that waits a moment is no warning
        "django_tasks_db": {"level": "ERROR"},  # nor is a worker that is told to stop
    },
}
