"""What the demo region shows is what the product takes."""

import io
from pathlib import Path

from PIL import Image

from app.demo.media import SCENES, VARIATIONS, Made, phone_photo
from app.media.policy import ACCEPTED, family_of
from app.media.renditions import photos


def test_every_file_is_what_its_type_says(files: dict[str, list[Made]]) -> None:
    for of_kind in files.values():
        for made in of_kind:
            accepted = ACCEPTED[made.original.media_type]
            assert made.kind == accepted.kind
            assert family_of(made.original.content) is accepted.family


def test_no_two_pictures_are_alike(files: dict[str, list[Made]]) -> None:
    pictures = [made.original.content for scene in SCENES for made in files[scene]]
    assert len(set(pictures)) == len(pictures) == VARIATIONS * len(SCENES)


def test_the_phones_photo_is_large_lies_on_its_side_and_knows_the_place(tmp_path: Path) -> None:
    photo = phone_photo()
    assert 3_000_000 < len(photo) < 5_500_000
    with Image.open(io.BytesIO(photo)) as image:
        assert image.size == (4032, 3024)
        assert image.getexif()[0x0112] == 6
        assert image.getexif().get_ifd(0x8825)[1] == "N"
    (tmp_path / "source").write_bytes(photo)
    made = photos.make(tmp_path / "source", tmp_path, "image/jpeg")
    assert made.file
    assert (made.height or 0) > (made.width or 0) > 0
    with Image.open(made.file) as shown:
        assert not shown.getexif()
