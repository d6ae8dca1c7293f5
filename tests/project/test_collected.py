"""Is garbage found during the tests, without going through all that they loaded?"""

import gc


def test_only_what_comes_while_they_run_is_gone_through() -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > 200_000
