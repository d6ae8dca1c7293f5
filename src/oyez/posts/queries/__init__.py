"""What have we said, what is being written, and about what?"""

from oyez.posts.queries.feed_items import (
    Preview,
    preview,
)
from oyez.posts.queries.fitting import (
    Shown,
    misfits,
)
from oyez.posts.queries.history import (
    authors,
    authors_of,
    handed_in_before,
    last_handed_in,
    version,
    versions,
    words_of,
    written_by,
)
from oyez.posts.queries.messages import (
    as_handed_in,
    begun_as,
    draft_of,
    drafted,
    drafts,
    drafts_without_a_time,
    locked,
    locked_with_its_pair,
    made_of,
    names_of,
    one,
    posts,
)
from oyez.posts.queries.pairs import could_be_paired
from oyez.posts.queries.pictures import holding, repeats_holding
from oyez.posts.queries.reaching import open_to, reaches, repeats_open_to
from oyez.posts.queries.sharing import (
    comments,
    preview_links,
    shared,
    token_digest,
)
from oyez.posts.queries.slots import (
    next_free_slot,
    recurrence,
    recurrences,
    slot,
    slots,
)
from oyez.posts.queries.table import (
    read_table,
)
from oyez.posts.queries.templates import (
    template,
    templates,
)
from oyez.posts.queries.words import (
    current_wordings,
    going_to,
    is_current,
    left_out,
    said_lately,
    staying,
    wordings,
)

__all__ = [
    "Preview",
    "Shown",
    "as_handed_in",
    "authors",
    "authors_of",
    "begun_as",
    "comments",
    "could_be_paired",
    "current_wordings",
    "draft_of",
    "drafted",
    "drafts",
    "drafts_without_a_time",
    "going_to",
    "handed_in_before",
    "holding",
    "is_current",
    "last_handed_in",
    "left_out",
    "locked",
    "locked_with_its_pair",
    "made_of",
    "misfits",
    "names_of",
    "next_free_slot",
    "one",
    "open_to",
    "posts",
    "preview",
    "preview_links",
    "reaches",
    "read_table",
    "recurrence",
    "recurrences",
    "repeats_holding",
    "repeats_open_to",
    "said_lately",
    "shared",
    "slot",
    "slots",
    "staying",
    "template",
    "templates",
    "token_digest",
    "version",
    "versions",
    "wordings",
    "words_of",
    "written_by",
]
