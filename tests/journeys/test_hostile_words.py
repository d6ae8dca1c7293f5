"""Row 17: every column that holds words from outside holds an attack, and every page is opened in a
real browser. Nothing runs, nothing is asked, nothing leads away, and nothing had to be blocked.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field

import pytest
from django.urls import get_resolver, resolve
from django.urls.exceptions import Resolver404
from playwright.sync_api import Browser, Page, Response

from oyez.library import actions as library
from oyez.partners import actions as partners
from oyez.partners.rules.partners import Said as Partner
from oyez.people import actions as people
from oyez.people import rules
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.strategy import actions as strategy
from oyez.strategy.rules import Said as Campaign
from tests.factories import BY, a_channel, a_pre_election, a_request
from tests.fakes.networks import Findable, Log
from tests.formats.gallery import a_picture
from tests.journeys.conftest import WIDE, a_window
from tests.journeys.filled import fill
from tests.journeys.house import House, aside
from tests.outside.poison import poison
from tests.outside.vectors import ADDRESSES, MARK, WORDS
from tests.web.test_every_answer import addresses

ALIVE = """() => {
  if (document.contentType !== 'text/html') return [];  // drawn by the browser itself
  const odd = 'script:not([src]), iframe, object, embed, base, [http-equiv], math, mglyph, [style],'
    + 'animate, details[ontoggle], [autofocus]:not(input):not(textarea), link[href*=evil],'
    + 'form[action*=evil], img[src="x"], [hx-on\\\\:load], [name=attributes]';
  const found = [...document.querySelectorAll(odd)].map(one => one.outerHTML.slice(0, 200));
  for (const one of document.querySelectorAll('*')) {
    for (const name of one.getAttributeNames())
      if (/^on/i.test(name)) found.push(one.outerHTML.slice(0, 200));
    for (const kind of ['mouseover', 'focus', 'toggle'])
      one.dispatchEvent(new Event(kind));
  }
  for (const one of document.querySelectorAll('a[href], area[href], form[action]')) {
    const url = new URL(one.href || one.action, document.baseURI);
    if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) found.push(one.outerHTML);
  }
  return found;
}"""


FILE = "content-disposition"


@dataclass
class Watch:
    """What happened in the browser that must not."""

    page: Page
    faults: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.expose_function(MARK, lambda *_: self.faults.append("It ran."))
        self.page.on("dialog", lambda dialog: (self.faults.append("A dialog."), dialog.dismiss()))
        self.page.on("console", lambda said: self._hear(said.text))
        self.page.on("request", lambda request: self._see(request.url))
        self.page.on("popup", lambda _: self.faults.append("A window opened."))

    def _hear(self, said: str) -> None:
        if "Content Security Policy" in said:
            self.faults.append(said)

    def _see(self, url: str) -> None:
        if "evil" in url.partition("?")[0] or MARK in url:
            self.faults.append(f"It asked for {url}")

    def opens(self, path: str) -> list[str]:
        """Ask for the page and, if it holds an attack, open and try it; where it leads to here."""
        before = self.page.request.get(path)
        assert before.status != 500, path
        if before.status in {204, 405} or "attachment" in before.headers.get(FILE, ""):
            return []
        self.asked.add(path)
        text = before.text()
        if MARK in text:
            self._tries(path)
        return re.findall(r'<a [^>]*href="(/[^"?#]*)', text)

    def _tries(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer
        self.faults += [f"{path} holds {one}" for one in self.page.evaluate(ALIVE)]
        assert not self.faults, f"{path}: {self.faults}"
        assert _same_page(self.page.url, answer), f"{path} led to {self.page.url}."
        self.opened.add(path)


def _same_page(now: str, answer: Response) -> bool:
    return now.partition("#")[0] == answer.url.partition("#")[0]


@pytest.fixture
def attacked(house: House, networks: Log) -> list[str]:
    """A full house, poisoned; the addresses that no page leads to."""
    filled = fill(house, networks)
    town = a_channel(Findable, name="Town")
    asked = a_request()
    partners.add_partner(Partner("Friends of the park"), by=BY)
    strategy.add_campaign(Campaign("Bins"), by=BY)
    aside(lambda: a_pre_election())
    library.upload(a_picture(), "bridge.jpg", by=BY)
    draft = posts.start(Draft("The fair opens", (town.pk,)), by=BY)
    posts.comment(draft, "Is this right?", by=BY)
    posts.keep_template("Closed", "The {place} is closed.", by=BY)
    token = posts.share(filled.waiting, by=BY)
    house.works()
    counts = poison()
    assert sum(map(bool, counts.values())) > 60, counts
    return [f"/preview/{token}", f"/ask/{asked.code}"]


def view_of(path: str) -> str:
    """Two messages are one page; what is no page of ours is none."""
    try:
        return resolve(path).view_name if not re.search(r"\.(picture|svg|css)$", path) else ""
    except Resolver404:
        return ""


def test_no_attack_in_any_words_comes_alive_on_any_page(
    chromium: Browser, house: House, attacked: list[str]
) -> None:
    boss = people.invite("ada@council.example", name="Ada", role=rules.ADMINISTRATOR, by=BY)
    context = a_window(chromium, house.address, WIDE)
    context.add_cookies([house.pass_for(boss)])  # type: ignore[list-item]
    watch = Watch(context.new_page())
    waiting = [
        *attacked,
        "/feeds",
        "/messages",
        "/approve",
        *(path for path, _ in addresses(get_resolver())),
    ]
    seen: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        view = view_of(path)
        if not view or seen.get(view, 0) >= 1 or path in watch.asked:
            continue
        seen[view] = seen.get(view, 0) + 1
        waiting += watch.opens(path)
    context.close()
    told = {"pages": len(watch.asked), "pages_with_attacks": len(watch.opened), "executions": 0}
    sys.stdout.write(json.dumps({**told, "attacks": len(WORDS) + len(ADDRESSES)}) + "\n")
    assert len(watch.asked) > 60, sorted(seen)
    assert len(watch.opened) > 35, sorted(watch.opened)


def test_a_page_that_forgets_to_escape_is_caught(chromium: Browser, house: House) -> None:
    """Else the walk above would prove nothing."""
    context = a_window(chromium, house.address, WIDE)
    watch = Watch(context.new_page())
    watch.page.goto("/news")
    watch.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=a()>')")
    watch.page.wait_for_timeout(200)
    assert watch.page.evaluate(ALIVE)
    assert any("Content Security Policy" in fault for fault in watch.faults)
    context.close()
