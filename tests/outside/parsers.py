"""Everything here that reads bytes from outside: how it is asked, and how it may say no.

Any other end than an answer or one of those refusals is a fault. Inputs that once found one lie in
`corpus/<name>/` and are read again in every run.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from oyez.formats import cap, captions, films, opml, pictures, words
from oyez.formats.contract import Document, FormatError
from oyez.formats.decoding import decode
from oyez.formats.identity import fingerprint, identify
from oyez.formats.packing import pack, unpack
from oyez.formats.reading import read
from oyez.networks._mastodon import same, sizes
from oyez.networks._mastodon import wire as mastodon
from oyez.networks.bluesky import wire as bluesky
from oyez.networks.contract import NetworkError
from oyez.partners.rules import figures
from oyez.posts import importing
from tests.formats import cinema, gallery

CORPUS = Path(__file__).parent / "corpus"
FEEDS = Path(__file__).parent.parent / "formats" / "corpus"
ADDRESS = "https://served.example/feed"
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Parser:
    """One reader of outside bytes. `read` also judges what comes out; `made` are its seeds."""

    name: str
    read: Callable[[bytes], object]
    says_no: tuple[type[Exception], ...]
    made: Callable[[], Sequence[bytes]]
    dictionary: tuple[bytes, ...] = ()
    slow: bool = False  # a child for each input

    def seeds(self) -> list[bytes]:
        return [*self.made(), *(file.read_bytes() for file in self.files())]

    def files(self) -> list[Path]:
        return sorted(file for file in (CORPUS / self.name).glob("*") if file.is_file())

    def ends_well(self, content: bytes) -> bool:
        """True for an answer, False for a refusal in a sentence; anything else is raised."""
        try:
            self.read(content)
        except self.says_no as refusal:
            assert str(refusal).strip(), "A refusal without a word."
            return False
        return True


def _feed(content: bytes) -> None:
    _is_whole(read(content, content_type="", url=ADDRESS))


def _is_whole(found: Document) -> None:
    assert unpack(pack(found)) == found
    assert len(identify(found.entries, known_reused=False)) == len(found.entries)
    for entry in found.entries:
        assert fingerprint(entry)
        for url in filter(None, (entry.url, entry.alert_url)):
            assert url.startswith(("http://", "https://"))
        assert not {"\0", "\n"} & set(entry.title + entry.summary)


def _list(content: bytes) -> None:
    for one in opml.read(decode(content, "")):
        assert len(one.name) <= opml.LONGEST_NAME
        assert "\n" not in one.url


def _warning(content: bytes) -> None:
    _is_whole(cap.read(decode(content, ""), ADDRESS))


def _picture(content: bytes) -> None:
    cleaned = pictures.clean(content)
    assert gallery.CANARY.encode() not in cleaned.content
    assert pictures.clean(cleaned.content).removed == ()


def _film(content: bytes) -> None:
    file = io.BytesIO(content)
    film = films.look(file)
    out = b"".join(films.cleaned(file, film))
    assert len(out) == len(content)
    assert films.look(io.BytesIO(out)).removed == ()


def _captions(content: bytes) -> None:
    cues = captions.read(content)
    assert captions.read(captions.webvtt(cues)) == cues
    assert "<script" not in captions.webvtt(cues).decode().lower()


def _html(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    plain = words.plain_text(text, is_html=True)
    assert len(plain) <= words.LONGEST_SUMMARY
    same.nearly(text, plain)


def _table(content: bytes) -> None:
    importing.read(content, channels={"council news": 1}, zone="Europe/London", now=NOW)


def _figures(content: bytes) -> None:
    for line in figures.read(content.decode("utf-8", "replace")):
        assert (line.said is None) == bool(line.problem)


def _answer(content: bytes) -> None:
    """An answer of a network, through everything that reads one."""
    try:
        data: Any = json.loads(content)
    except (ValueError, RecursionError):
        return
    for look in (mastodon.account, mastodon.uploaded, mastodon.statuses, sizes.read_sizes):
        look(data)
    mastodon.receipt(data, "https://social.example")
    bluesky.session(data)
    bluesky.written(data)
    told: Mapping[str, Any] = data if isinstance(data, dict) else {}
    for complain in (mastodon.complaint("M", ADDRESS), bluesky.complaint("B", ADDRESS)):
        assert isinstance(complain(422, told), NetworkError)


def _feed_seeds() -> list[bytes]:
    return [file.read_bytes() for file in sorted(FEEDS.iterdir())]


ANSWERS = (
    {
        "id": "1", "username": "a", "url": "https://a.example/@a", "error": "no",
        "configuration": {"statuses": {"max_characters": 500}},
    },
    {
        "did": "did:plc:a", "handle": "a.b", "accessJwt": "x", "refreshJwt": "y", "active": True,
        "uri": "at://did:plc:a/app.bsky.feed.post/3",
    },
)  # fmt: skip

PARSERS: Mapping[str, Parser] = {
    parser.name: parser
    for parser in (
        Parser(
            "feed", _feed, (FormatError,), _feed_seeds, slow=True,
            dictionary=(b"<item>", b"</entry>", b"<![CDATA[", b"<!DOCTYPE x [", b"xml:base='//['",
                        b"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'>", b"&#xd83d;"),
        ),
        Parser(
            "opml", _list, (FormatError,), list,
            dictionary=(b"<outline ", b"</outline>", b" xmlUrl='", b"/>", b"<!--", b"&#0;"),
        ),
        Parser(
            "cap", _warning, (FormatError,), list,
            dictionary=(b"<info>", b"</info>", b"<expires>9999-12-31T23:59:59-14:00</expires>",
                        b"<references>,,, a</references>", b"<cap:alert>", b"<language/>"),
        ),
        Parser(
            "picture", _picture, (FormatError,), slow=True,
            made=lambda: [gallery.with_everything(kind) for kind in ("JPEG", "PNG", "WEBP")],
            dictionary=(b"Exif\0\0", b"tEXt", b"iCCP", b"<x:xmpmeta", b"RIFF", b"\xff\xe1"),
        ),
        Parser(
            "film", _film, (FormatError,), slow=True,
            made=lambda: [cinema.a_film(), cinema.a_webm()],
            dictionary=(b"udta", b"meta", b"moov", b"mdat", b"\0\0\0\x01", b"\xff\xff\xff\xff",
                        b"\x1a\x45\xdf\xa3", b"\x01\xff\xff\xff\xff\xff\xff\xff"),
        ),
        Parser(
            "captions", _captions, (FormatError,),
            made=lambda: [b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Hello <b>you</b>\n",
                          "1\n00:00:01,000 --> 00:00:02,000\nTref \u2019r\n".encode("utf-16")],
            dictionary=(b" --> ", b"\n\n", b"NOTE ", b"STYLE\n", b"<v ", b"&lt;", b"99:99:99.999"),
        ),
        Parser(
            "html", _html, (),
            made=lambda: [b"<p>Road <a href='https://a.example/1'>closed</a><br>&amp; more</p>"],
            dictionary=(b"<script>", b"<![CDATA[", b"<svg><style>", b"<!--", b"&#x", b"<a href=",
                        b"<math><mtext>", b"\0", "\u202e".encode()),
        ),
        Parser(
            "table", _table, (importing.Unreadable,),
            made=lambda: [b"text,channels,date,time\nFair,Council news,2027-05-06,09:30\n"],
            dictionary=(b"\"", b";", b"\t", b"=cmd|", b"2027-03-28", b"01:30 second", b"\xff\xfe"),
        ),
        Parser(
            "figures", _figures, (),
            made=lambda: [b"name,kind,area,handles,aliases,from,to\nAda,candidate,Looe,@a;@b,,,\n"],
            dictionary=(b"\"", b";", b"\n", b"councillor", b"9999-99-99", b"2027-W01", b"\0"),
        ),
        Parser(
            "answer", _answer, (),
            made=lambda: [json.dumps(answer).encode() for answer in ANSWERS],
            dictionary=(b"null", b"[]", b"{}", b"1e999", b'"\\ud800"', b"-1", b"true", b"[[[["),
        ),
    )
}  # fmt: skip
