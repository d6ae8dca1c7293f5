"""What does this text weigh, the way X counts?

Source: the published rules of X (twitter-text, configuration 3), which are those of the package
used here. It reads every emoji there is as it loads: only who weighs imports this.
"""

from __future__ import annotations

from functools import lru_cache

import regex
from twitter_text import parse_tweet

from oyez.kit.text import LONE, newlines

_SPACES = regex.compile(r"(\s+)")
_MOST_DOTS = 20


def weighted_length(text: str) -> int:
    """What the text weighs by the rules of twitter-text 3: 280 is the most of an ordinary post.

    Every address weighs 23, also without http; an emoji 2 however many code points it has; Latin
    and its neighbours 1 a sign; Chinese, Japanese, Korean and the rest 2. Counting never raises.
    """
    words = _SPACES.split(newlines(LONE.sub("\ufffd", text)))
    return sum(_weight(word) for word in words)


@lru_cache(maxsize=20_000)
def _weight(word: str) -> int:
    """Of one word, or of the space between two: no address and no emoji reaches beyond it.

    The package looks for an address from each dot anew: of a word with more dots than an address
    has, each sign is weighed, which is never less.
    """
    signs = word.replace(".", "\u00b7") if word.count(".") > _MOST_DOTS else word
    return int(parse_tweet(signs).weightedLength)
