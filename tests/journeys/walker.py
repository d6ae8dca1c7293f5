"""Somebody with a browser. What they do is said in words a visitor would use, and each page they
come to is looked over: one heading, no sideways scrolling, no breach of the content security
policy, light, and (with JavaScript) without fault in axe's eyes.
"""

from __future__ import annotations

import gzip
import mimetypes
import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response, expect

MOST_REQUESTS = 10
MOST_BYTES = 60_000  # gzipped
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


class Walker:
    """One person on one page at a time."""

    def __init__(self, page: Page, *, axe: bool) -> None:
        self.page = page
        self._axe = axe
        self._requests: list[Request] = []
        self._complaints: list[str] = []
        page.on("request", lambda request: self._requests.append(request))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))

    def carries(self, cookie: dict[str, Any]) -> None:
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    # What they do

    def opens(self, address: str) -> Walker:
        self._requests.clear()
        self.page.goto(address)
        return self.looks_around()

    def follows(self, words: str) -> Walker:
        """The link with these words; the first that can be seen."""
        self._requests.clear()
        self._seen(self.page.get_by_role("link", name=words)).click()
        return self.looks_around()

    def presses(self, words: str) -> Walker:
        self._requests.clear()
        self._seen(self.page.get_by_role("button", name=words, exact=True)).click()
        return self.looks_around()

    def shows_the_device(self, words: str) -> Walker:
        """A button whose script sends the form once the device has answered."""
        self._requests.clear()
        with self.page.expect_navigation():
            self._seen(self.page.get_by_role("button", name=words, exact=True)).click()
        self._requests[:] = [one for one in self._requests if one.is_navigation_request()][-1:]
        return self.looks_around()

    def writes(self, label: str, words: str) -> Walker:
        self.page.get_by_label(label).fill(words)
        return self

    def picks(self, label: str) -> Walker:
        """A radio button or a tick box."""
        self.page.get_by_label(label, exact=True).check()
        return self

    def chooses(self, label: str, option: str) -> Walker:
        self.page.get_by_label(label).select_option(label=option)
        return self

    def unfolds(self, words: str) -> Walker:
        """What is folded away under these words."""
        self._seen(self.page.locator("summary").filter(has_text=words)).click()
        return self

    def brings(self, label: str, name: str, content: bytes) -> Walker:
        """A file of theirs."""
        kind = mimetypes.guess_type(name)[0] or ""
        file = {"name": name, "mimeType": kind, "buffer": content}
        self.page.get_by_label(label).set_input_files(file)  # type: ignore[arg-type]
        return self

    # What they see

    def sees(self, *sentences: str) -> Walker:
        for sentence in sentences:
            expect(self.page.locator("body")).to_contain_text(sentence)
        return self

    def does_not_see(self, *sentences: str) -> Walker:
        for sentence in sentences:
            expect(self.page.locator("body")).not_to_contain_text(sentence)
        return self

    def is_at(self, path: str) -> Walker:
        """The page's address, whole or as a pattern."""
        expect(self.page).to_have_url(re.compile(rf"^https?://[^/]+{path}$"))
        return self

    def reads_the_heading(self, words: str) -> Walker:
        expect(self.page.locator("h1")).to_have_text(words)
        return self

    def target_of(self, words: str) -> str | None:
        """Where the link with these words leads."""
        return self._seen(self.page.get_by_role("link", name=words)).get_attribute("href")

    def photographs(self, name: str) -> Walker:
        """For people to look at, where OYEZ_TEST_PICTURES names a folder."""
        if folder := os.environ.get("OYEZ_TEST_PICTURES"):
            width = self.page.viewport_size["width"] if self.page.viewport_size else 0
            self.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        return self

    # What is true of every page

    def _seen(self, found: Any) -> Any:
        return found.locator("visible=true").first

    def looks_around(self) -> Walker:
        self.page.wait_for_load_state("load")
        expect(self.page.locator("h1"), f"{self.page.url} has not one heading.").to_have_count(1)
        assert not self._complaints, f"{self.page.url}: {self._complaints}"
        self._fits()
        self._is_light()
        if self._axe:
            self._is_accessible()
        return self

    def _fits(self) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px."

    def _is_light(self) -> None:
        answers = [a for request in self._requests if (a := request.response()) and a.status == 200]
        weight = sum(len(gzip.compress(_body(answer))) for answer in answers)
        assert len(self._requests) <= MOST_REQUESTS, [request.url for request in self._requests]
        assert weight <= MOST_BYTES, f"{self.page.url} weighs {weight} bytes."

    def _is_accessible(self) -> None:
        found = Axe().run(self.page, options=RULES)
        assert not found.violations_count, f"{self.page.url}\n{found.generate_report()}"

    def _hear(self, message: ConsoleMessage) -> None:
        """An error in the console; a page that answers 403 or 422 on purpose is none."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._complaints.append(message.text)


def _body(answer: Response) -> bytes:
    """Nothing, where the page before asked for it on the way out, such as its autosave."""
    try:
        return answer.body()
    except Error:
        return b""
