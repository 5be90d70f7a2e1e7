"""Who acts, as far as the foundation needs to know; the user model itself lives in `accounts`."""

from django.contrib.auth.base_user import AbstractBaseUser

Actor = AbstractBaseUser
