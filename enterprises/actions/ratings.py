"""A company rates the service it was given; bad ratings are followed up by somebody who did not handle the case."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from enterprises.actions.moves import lock_for, tell_person
from enterprises.enums import ENDED, HANDLING
from enterprises.models import Message, Rating, ServiceRequest
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core import audit, workdays
from shenyang_fao.core.errors import NotNow, Refusal, TwoPersonRule
from shenyang_fao.core.ratings import BAD, COMMENT_AT_MOST, Level

FOLLOW_UP = "enterprises.follow_up_rating"


def has_ended(request: ServiceRequest) -> bool:
    """Tell whether there was a service to rate, and whether it is over; a discarded draft was none."""
    return request.number is not None and request.state in ENDED


@audit.action
def rate(request_id: int, *, level: int, comment: str = "", by: User) -> Rating:
    """Rate the service on an ended request of the person's company, once; the same said twice is said once.

    Division heads are told of a bad rating. Raises NotNow, Refusal.
    """
    comment = comment.strip()
    _check(level, comment)
    request = _lock_own(request_id, by=by)
    given = Rating.objects.filter(request=request).first()
    if given is not None:
        return _same(given, is_same=(given.level, given.comment) == (level, comment))
    if not has_ended(request):
        raise NotNow(_("A service can be rated when it has ended."))
    rating = Rating.objects.create(request=request, level=level, comment=comment, by=by, due_on=_due_on(level))
    if rating.is_bad:
        _tell_heads(rating, event="given")
    return rating


@audit.action
def add(request_id: int, *, addition: str, by: User) -> Rating:
    """Add words to a rating, once; the level stays. Raises NotNow, Refusal."""
    addition = addition.strip()
    if not addition:
        raise Refusal(_("Write something first."))
    _check(Level.SATISFIED, addition)
    request = _lock_own(request_id, by=by)
    rating = Rating.objects.filter(request=request).first()
    if rating is None:
        raise NotNow(_("This service has not been rated yet."))
    if rating.added_at is not None:
        return _same(rating, is_same=rating.addition == addition)
    rating.addition, rating.added_at = addition, timezone.now()
    rating.save(update_fields=["addition", "added_at"])
    if rating.is_bad:
        _tell_heads(rating, event="added")
    return rating


@audit.action
def follow_up(request_id: int, *, answer: str, by: User) -> Rating:
    """Tell the company what was done about its bad rating, once: in its messages and by mail.

    Raises PermissionDenied, NotNow, Refusal, TwoPersonRule for an officer who handled the case.
    """
    answer = answer.strip()
    if not answer:
        raise Refusal(_("Say what was done; the company will read it."))
    request = lock_for(request_id, rights=(FOLLOW_UP,), by=by)
    rating = Rating.objects.select_related("by").filter(request=request).first()
    if rating is None or not rating.is_bad:
        raise NotNow(_("There is no bad rating to follow up."))
    if rating.answered_at is not None:
        return _same(rating, is_same=(rating.answer, rating.answered_by_id) == (answer, by.pk))
    if handled(request, by):
        raise TwoPersonRule(_("You handled this request; another division head has to follow up the rating."))
    rating.answer, rating.answered_by, rating.answered_at = answer, by, timezone.now()
    rating.save(update_fields=["answer", "answered_by", "answered_at"])
    _tell_company(request, rating, by=by)
    return rating


def handled(request: ServiceRequest, user: User) -> bool:
    """Tell whether an officer had a part in what is rated."""
    return request.events.filter(by=user, verb__in=HANDLING).exists()


def _lock_own(request_id: int, *, by: User) -> ServiceRequest:
    return ServiceRequest.objects.owned_by(by).select_for_update(of=("self",)).get(pk=request_id)


def _check(level: int, words: str) -> None:
    if level not in Level.values:
        raise Refusal(_("Choose one of the five levels."))
    if len(words) > COMMENT_AT_MOST:
        raise Refusal(_("At most 1,000 characters."))


def _same(rating: Rating, *, is_same: bool) -> Rating:
    """What comes twice is no second one; anything else is."""
    if not is_same:
        raise NotNow(_("This has been said before and cannot be changed. What stands is shown on the page."))
    return rating


def _due_on(level: int) -> date | None:
    days = settings.RATING_FOLLOW_UP_WORKING_DAYS
    return workdays.add_working_days(timezone.localdate(), days) if level in BAD else None


def _tell_heads(rating: Rating, *, event: str) -> None:
    context: dict[str, object] = {"rating": rating, "request_row": rating.request}
    url = reverse("admin:enterprises_servicerequest_change", args=[rating.request_id]) + "#rating"
    for head in User.objects.filter(groups__name=Role.HEAD, is_active=True):
        key = f"rating-{event}:{rating.pk}:{head.pk}"
        notify(head, key=key, template="enterprises/mail/rating_bad.txt", context=context, url=url)


def _tell_company(request: ServiceRequest, rating: Rating, *, by: User) -> None:
    """Write to whoever rated, in the portal and by mail."""
    with override(rating.by.language):
        body = _("What was done about your rating of the service:") + "\n\n" + rating.answer
    Message.objects.create(request=request, by=by, is_from_office=True, body=body)
    url = f"{request.get_absolute_url()}#rating"
    tell_person(request, person=rating.by, event="rating_answered", url=url, rating=rating)
