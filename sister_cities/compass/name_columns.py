"""Names in a column beside a dial: how wide they are, how they break, at which height each stands. Pure."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, combinations, pairwise
from math import hypot
from statistics import fmean
from textwrap import wrap
from unicodedata import east_asian_width

# Of the size of the type: a Chinese character fills its square; Latin letters are narrower than this in every common face.
_WIDE, _NARROW = 1.0, 0.6
_ROUNDS = 4
_HAIR = 1e-6

# East and south of the dial's middle, in drawing units.
Spot = tuple[float, float]


def width(text: str) -> float:
    """How much room a text needs at most, in sizes of its type."""
    return sum(_WIDE if _is_wide(letter) else _NARROW for letter in text)


@lru_cache(maxsize=1024)
def lines(name: str, room: float) -> tuple[str, ...]:
    """Break a name that needs more than `room` (sizes of type): Latin between words, Chinese anywhere.

    A single word may remain wider than the room.
    """
    has_wide = any(map(_is_wide, name))
    return tuple(wrap(name, int(room / (_WIDE if has_wide else _NARROW)), break_long_words=has_wide)) or (name,)


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WF"


def arrange(spots: Sequence[Spot], sizes: Sequence[float], *, x: float, half_height: float) -> list[tuple[int, float]]:
    """Stand a name of each size (height) in the column at `x`, near its spot's height, and join both by a straight leader.

    Returns the spots' indexes from the top down, each with the height of its name's middle. No two names overlap,
    all stand within `half_height` of the middle (where the sizes allow it), and leaders do not cross.
    """
    order = sorted(range(len(spots)), key=lambda index: spots[index][1])
    heights = _spread([spots[index][1] for index in order], [sizes[index] for index in order], half_height)
    for _round in range(_ROUNDS):
        if not _uncross(order, _leaders(spots, heights, x)):
            break
        # Names of several lines changed places with names of one: each needs its own room again.
        heights = _spread(heights, [sizes[index] for index in order], half_height)
    return list(zip(order, heights, strict=True))


def _spread(wanted: Sequence[float], sizes: Sequence[float], half_height: float) -> list[float]:
    """Middles of names that do not overlap, as near as can be to the sorted heights wanted, kept beside the dial."""
    if not wanted:
        return []
    offsets = list(accumulate(((above + below) / 2 for above, below in pairwise(sizes)), initial=0.0))
    # Less the room above it, a height only has to be no lower than the one before: neighbours out of order share a mean.
    pools: list[list[float]] = []
    for height, offset in zip(wanted, offsets, strict=True):
        pools.append([height - offset])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    highest, lowest = sizes[0] / 2 - half_height, half_height - sizes[-1] / 2 - offsets[-1]
    bases = [max(highest, min(fmean(pool), lowest)) for pool in pools for _member in pool]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]


def _leaders(spots: Sequence[Spot], heights: Sequence[float], x: float) -> list[list[float]]:
    """The length of the leader from each spot to each height."""
    return [[hypot(x - spot_x, height - spot_y) for height in heights] for spot_x, spot_y in spots]


def _uncross(order: list[int], length: list[list[float]]) -> bool:
    """Swap names whose leaders cross; whether any did. Each swap shortens the sum of all, so this comes to an end."""
    found = False
    while _swap_once_over(order, length):
        found = True
    return found


def _swap_once_over(order: list[int], length: list[list[float]]) -> bool:
    swapped = False
    for above, below in combinations(range(len(order)), 2):
        one, two = length[order[above]], length[order[below]]
        if one[above] + two[below] - one[below] - two[above] > _HAIR:
            order[above], order[below] = order[below], order[above]
            swapped = True
    return swapped
