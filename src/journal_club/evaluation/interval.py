"""Interval: how sure a share is.

Owns Wilson's score interval (E. B. Wilson, J Am Stat Assoc 1927;22:209-12), which holds for shares near 0 and 1 and for few cases.
"""

from math import sqrt

__all__ = ["wilson"]

_Z = 1.959964


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of `hits / of`, 0 to 1; (0, 1) when nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, weight = hits / of, _Z * _Z / of
    middle = share + weight / 2
    half = _Z * sqrt(share * (1 - share) / of + weight / (4 * of))
    return max(0.0, (middle - half) / (1 + weight)), min(1.0, (middle + half) / (1 + weight))
