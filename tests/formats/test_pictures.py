"""Is a picture cleaned of everything but its pixels, and is every hostile one refused in words?"""

from __future__ import annotations

import io
import time
import zlib

import pytest
from PIL import Image, ImageCms

from oyez.formats.contract import FormatError, Limits, TooHeavy, Unfit
from oyez.formats.pictures import MOST_BYTES, Box, clean, render, studio
from tests.formats import gallery
from tests.formats.gallery import CANARY, a_picture, noise, opened, png

RED = (200, 30, 30)


def near(one: object, other: tuple[int, ...], by: int = 6) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_pixels_stay_and_the_format_stays(kind: str) -> None:
    cleaned = clean(a_picture(kind))
    assert (cleaned.kind, cleaned.width, cleaned.height) == (f"image/{kind.lower()}", 60, 40)
    assert cleaned.removed == ()
    drawn = opened(cleaned.content)
    assert drawn.format == kind
    assert near(drawn.convert("RGB").getpixel((30, 20)), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_who_and_with_what_are_removed_and_said(kind: str) -> None:
    before = gallery.with_everything(kind)
    assert CANARY.encode() in before
    cleaned = clean(before)
    assert {"location", "author", "camera", "notes"} == set(cleaned.removed)
    assert CANARY.encode() not in cleaned.content
    after = opened(cleaned.content)
    assert not after.getexif()
    assert not {"exif", "xmp", "comment", "XML:com.adobe.xmp"} & set(after.info)


def test_cleaning_a_clean_picture_finds_nothing_more() -> None:
    once = clean(gallery.with_everything())
    assert clean(once.content).removed == ()


def test_a_picture_held_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    cleaned = clean(a_picture(exif=exif))
    assert (cleaned.width, cleaned.height) == (40, 60)
    assert opened(cleaned.content).size == (40, 60)


def test_broken_exif_does_not_keep_a_picture_out() -> None:
    cleaned = clean(a_picture(exif=b"Exif\0\0MM\0\x2a\xff\xff\xff\xff"))
    assert cleaned.width == 60


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_other_colour_modes_become_ones_the_web_knows(mode: str) -> None:
    drawn = opened(clean(a_picture(mode=mode)).content)
    assert drawn.mode in {"L", "RGB"}
    wanted = (255, 55, 55) if mode == "CMYK" else (128, 128, 128)
    assert near(drawn.convert("RGB").getpixel((30, 20)), wanted)


def test_sixteen_bit_grey_keeps_its_brightness() -> None:
    drawn = opened(clean(a_picture("PNG", mode="I;16", colour=0x8000)).content)
    assert drawn.mode == "L"
    assert drawn.getpixel((30, 20)) == 128


def test_a_palette_with_see_through_keeps_it() -> None:
    written = io.BytesIO()
    picture = Image.new("P", (60, 40), 1)
    picture.putpalette([0, 0, 0, *RED])
    picture.save(written, "PNG", transparency=1)
    drawn = opened(clean(written.getvalue()).content)
    assert drawn.getpixel((30, 20)) == (*RED, 0)


def test_a_profile_is_worked_into_the_pixels_and_left_out() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (lab, srgb, b"no profile at all"):  # LAB does not fit an RGB picture
        drawn = opened(clean(a_picture("PNG", icc_profile=profile)).content)
        assert "icc_profile" not in drawn.info
        assert near(drawn.convert("RGB").getpixel((30, 20)), RED)


def test_a_moving_gif_becomes_its_first_picture_and_says_so() -> None:
    written = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], duration=50)
    cleaned = clean(written.getvalue())
    assert (cleaned.kind, cleaned.removed) == ("image/png", ("animation",))
    assert opened(cleaned.content).convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_four_hundred_megapixels_are_refused_from_the_header_alone() -> None:
    clean(a_picture())  # the warm process is there
    began = time.monotonic()
    with pytest.raises(TooHeavy, match="more than 40 megapixels"):
        clean(png(20_000, 20_000, zlib.compress(b"\0" * 100)))
    assert time.monotonic() - began < 1


def test_forty_one_megapixels_are_refused_and_forty_pass() -> None:
    with pytest.raises(TooHeavy, match="40 megapixels"):
        clean(png(6_401, 6_406, zlib.compress(b"")))
    row = b"\0" + b"\x80" * (8_000 * 3)
    assert clean(png(8_000, 5_000, zlib.compress(row * 5_000, 1))).width == 8_000


def test_a_thread_of_pixels_is_refused() -> None:
    with pytest.raises(TooHeavy, match="20,000 pixels long"):
        clean(png(30_000, 2, zlib.compress(b"")))


def test_a_bomb_in_the_pixels_harms_nobody() -> None:
    minder = studio.pid
    row = b"\0" + b"\0" * 30
    bomb = zlib.compress(row * 10 + b"\0" * 200_000_000, 9)
    assert len(bomb) < 300_000
    cleaned = clean(png(10, 10, bomb))
    assert (cleaned.width, len(cleaned.content) < 1_000) == (10, True)
    assert studio.pid == minder or minder is None


def test_a_bomb_in_the_notes_is_not_inflated() -> None:
    text = gallery.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 500_000_000, 9))
    row = b"\0" + b"\0" * 30
    with pytest.raises(Unfit, match="broken"):
        clean(png(10, 10, zlib.compress(row * 10), between=text))


def test_a_zip_behind_a_picture_is_gone() -> None:
    cleaned = clean(a_picture() + gallery.a_zip())
    assert cleaned.removed == ("attached data",)
    assert b"PK\x03\x04" not in cleaned.content
    assert CANARY.encode() not in cleaned.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_page_behind_a_picture_is_gone(kind: str) -> None:
    cleaned = clean(a_picture(kind) + b"<html><script>alert(1)</script>")
    assert cleaned.removed == ("attached data",)
    assert b"<script>" not in cleaned.content


def test_a_page_in_the_comment_of_a_gif_is_gone() -> None:
    cleaned = clean(a_picture("GIF", comment=b"<script>alert(1)</script>"))
    assert "notes" in cleaned.removed
    assert b"<script>" not in cleaned.content


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (gallery.SVG, "SVG picture, which can hold programs"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (gallery.a_zip(), "ZIP archive"),
        (b"%PDF-1.7", "PDF"),
        (b"BM" + b"\0" * 60, "BMP"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 60, "HEIC"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 60, "film, not a picture"),
        (b"<html><body>photo.jpg", "no picture or film that we know"),
        (b"\xff\xd8\xff" + b"\0" * 60, "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (b"GIF89a", "broken"),
        (b"RIFF\xff\0\0\0WEBPVP8 ", "broken"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused_in_words(content: bytes, says: str) -> None:
    with pytest.raises(Unfit, match=says):
        clean(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_off_in_the_middle_is_refused(kind: str) -> None:
    whole = noise((200, 200), kind)
    with pytest.raises(Unfit, match="part of it is missing"):
        clean(whole[: len(whole) // 2])


def test_a_file_too_large_is_refused_before_anything_reads_it() -> None:
    with pytest.raises(TooHeavy, match="larger than 30 MB"):
        clean(a_picture() + b"\0" * MOST_BYTES)


def test_one_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(TooHeavy, match="too much time or memory"):
        clean(noise((3_000, 3_000), "PNG"), limits=Limits(1, 0.05, 1 << 30))


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_picture_is_cleaned_or_refused_never_more(seed: int) -> None:
    kind = ("JPEG", "PNG", "WEBP", "GIF")[seed % 4]
    whole = bytearray(gallery.with_everything(kind) if seed % 4 != 3 else a_picture(kind))
    for step in range(1 + seed % 5):
        whole[(seed * 7919 + step * 104_729) % len(whole)] ^= 1 << (seed % 8)
    try:
        assert CANARY.encode() not in clean(bytes(whole)).content
    except FormatError as refusal:
        assert str(refusal).endswith(".")


def test_one_that_fits_stays_byte_for_byte() -> None:
    cleaned = clean(a_picture())
    assert render(cleaned.content, Box(max_bytes=100_000, max_side=100)).content == cleaned.content


def test_a_large_one_fits_the_bytes_and_the_side() -> None:
    drawn = render(clean(noise((1_600, 1_200))).content, Box(max_bytes=100_000, max_side=1_000))
    assert len(drawn.content) <= 100_000
    assert max(drawn.width, drawn.height) <= 1_000
    assert abs(drawn.width / drawn.height - 4 / 3) < 0.02
    assert opened(drawn.content).size == (drawn.width, drawn.height)


def test_the_side_is_kept_exactly_where_bytes_allow() -> None:
    drawn = render(clean(a_picture(size=(3_000, 1_000))).content, Box(max_side=1_200))
    assert (drawn.width, drawn.height) == (1_200, 400)


def test_a_kind_the_network_does_not_take_is_changed() -> None:
    drawn = render(clean(a_picture("WEBP")).content, Box(kinds=("image/jpeg",)))
    assert drawn.kind == "image/jpeg"
    clear = a_picture("PNG", mode="RGBA", colour=(0, 0, 0, 0))
    white = render(clean(clear).content, Box(kinds=("image/jpeg",)))
    assert near(opened(white.content).getpixel((5, 5)), (255, 255, 255))


def test_a_drawing_stays_png_while_it_fits() -> None:
    drawing = clean(a_picture("PNG", size=(900, 900))).content
    assert render(drawing, Box(max_side=300, max_bytes=50_000)).kind == "image/png"
    photo = clean(noise((900, 900), "PNG")).content
    assert render(photo, Box(max_bytes=150_000)).kind == "image/jpeg"


@pytest.mark.parametrize(
    ("focus", "colour"), [((0.0, 0.5), (255, 0, 0)), ((1.0, 0.5), (0, 0, 255))]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_cutting_keeps_the_point_that_matters(
    kind: str, focus: tuple[float, float], colour: tuple[int, int, int]
) -> None:
    both = Image.new("RGB", (2_000, 500), "red")
    both.paste("blue", (1_000, 0, 2_000, 500))
    written = io.BytesIO()
    both.save(written, kind)
    drawn = render(written.getvalue(), Box(max_side=200, aspect=1.0, focus=focus))
    assert (drawn.width, drawn.height) == (200, 200)
    assert near(opened(drawn.content).convert("RGB").getpixel((100, 100)), colour)


def test_what_can_never_be_small_enough_is_refused() -> None:
    with pytest.raises(Unfit, match="small enough"):
        render(clean(noise((400, 400))).content, Box(max_bytes=500))
    with pytest.raises(Unfit, match="neither JPEG nor PNG"):
        render(clean(a_picture()).content, Box(kinds=("image/avif",)))
