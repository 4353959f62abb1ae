"""Pictures, a document, a film and a sound for the demo region, all drawn by this code: no child is in them."""

import io
import math
import random
import struct
import subprocess
import tempfile
import wave
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Scene = Callable[[ImageDraw.ImageDraw, random.Random], None]

WIDTH, HEIGHT = 1280, 960
INK: Colour = (18, 51, 42)
SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((247, 222, 166), (253, 240, 208)),
    ((196, 224, 230), (235, 245, 244)),
    ((222, 214, 236), (248, 240, 246)),
    ((202, 226, 204), (242, 246, 230)),
)


def _shade(colour: Colour, by: int) -> Colour:
    red, green, blue = (max(0, min(255, part + by)) for part in colour)
    return red, green, blue


def _sun(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    x, y, r = rng.randint(850, 1150), rng.randint(120, 240), rng.randint(60, 95)
    draw.ellipse((x - r, y - r, x + r, y + r), fill=(241, 160, 70))


def _windows(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], columns: int, rows: int, fill: Colour) -> None:
    left, top, right, bottom = box
    wide, high = (right - left) / columns, (bottom - top) / rows
    for column in range(columns):
        for row in range(rows):
            x, y = left + column * wide, top + row * high
            draw.rounded_rectangle((x + wide * 0.2, y + high * 0.2, x + wide * 0.8, y + high * 0.8), 6, fill=fill)


def _person(
    draw: ImageDraw.ImageDraw, x: int, y: int, coat: Colour, scale: float = 1.0, hat: Colour | None = None
) -> None:
    skin = ((112, 72, 48), (198, 142, 104), (236, 196, 164))[(x + y) % 3]
    r = int(46 * scale)
    draw.rounded_rectangle((x - r * 1.5, y + r, x + r * 1.5, y + r * 5), r, fill=coat)
    draw.ellipse((x - r, y - r, x + r, y + r), fill=skin)
    if hat:
        draw.pieslice((x - r * 1.15, y - r * 1.4, x + r * 1.15, y + r * 0.7), 180, 360, fill=hat)
        draw.rectangle((x - r * 1.4, y - r * 0.4, x + r * 1.4, y - r * 0.2), fill=hat)


def _harbour(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    _sun(draw, rng)
    draw.rectangle((0, 600, WIDTH, HEIGHT), fill=(52, 134, 160))
    x = rng.randint(160, 300)
    for side in (0, 190):
        draw.rectangle((x + side, 190, x + side + 34, 640), fill=(200, 68, 40))
    draw.rectangle((x - 60, 180, x + 700, 220), fill=(200, 68, 40))
    draw.line((x + 110, 60, x + 690, 190), fill=(200, 68, 40), width=16)
    drop = rng.randint(300, 420)
    draw.line((x + 560, 220, x + 560, drop), fill=INK, width=6)
    draw.rectangle((x + 480, drop, x + 640, drop + 84), fill=(233, 170, 50))
    draw.polygon([(420, 640), (1180, 640), (1090, 790), (520, 790)], fill=INK)
    for place in range(5):
        fill = ((214, 84, 54), (56, 132, 92), (58, 118, 184), (233, 170, 50))[rng.randrange(4)]
        draw.rectangle((480 + place * 110, 560, 582 + place * 110, 640), fill=fill)
    draw.rectangle((1040, 500, 1120, 640), fill=(250, 248, 240))
    _windows(draw, (1045, 505, 1115, 565), 2, 1, (52, 134, 160))
    for y in range(820, HEIGHT, 46):
        for start in range(rng.randint(0, 90), WIDTH, 200):
            draw.arc((start, y, start + 90, y + 26), 200, 340, fill=(140, 196, 208), width=6)


def _garden(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    _sun(draw, rng)
    draw.ellipse((-300, 520, 900, 1300), fill=(126, 184, 116))
    draw.ellipse((500, 560, 1700, 1400), fill=(96, 162, 98))
    for _ in range(16):
        x, y, r = rng.randint(60, 1220), rng.randint(640, 900), rng.randint(22, 40)
        draw.line((x, y, x, y + 110), fill=(40, 110, 60), width=10)
        petal = ((244, 198, 62), (226, 110, 140), (166, 120, 206), (250, 246, 236))[rng.randrange(4)]
        for angle in range(0, 360, 60):
            px, py = x + r * math.cos(math.radians(angle)), y + r * math.sin(math.radians(angle))
            draw.ellipse((px - r * 0.7, py - r * 0.7, px + r * 0.7, py + r * 0.7), fill=petal)
        draw.ellipse((x - r * 0.5, y - r * 0.5, x + r * 0.5, y + r * 0.5), fill=(120, 74, 34))
    for _ in range(5):
        x, y = rng.randint(120, 1100), rng.randint(200, 560)
        draw.ellipse((x, y, x + 74, y + 46), fill=(244, 198, 62))
        for stripe in (18, 40):
            draw.rectangle((x + stripe, y + 3, x + stripe + 10, y + 43), fill=INK)
        draw.ellipse((x + 14, y - 26, x + 50, y + 8), fill=(240, 248, 250))


def _classroom(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 700, WIDTH, HEIGHT), fill=(206, 164, 112))
    draw.rounded_rectangle((300, 140, 980, 520), 18, fill=(40, 92, 74), outline=(160, 110, 64), width=18)
    for row in range(3):
        draw.line((370, 230 + row * 80, 370 + rng.randint(200, 480), 230 + row * 80), fill=(236, 244, 236), width=10)
    _person(draw, rng.randint(1020, 1120), 420, (200, 68, 40), 1.3, (233, 190, 60))
    for place in range(4):
        _person(
            draw, 190 + place * 250, 690, ((58, 118, 184), (226, 110, 140), (96, 162, 98), (166, 120, 206))[place], 1.0
        )


def _bakery(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, 640), fill=(156, 82, 54))
    for row in range(8):
        for column in range(-1, 9):
            x = column * 160 + (row % 2) * 80
            draw.rounded_rectangle(
                (x + 4, row * 80 + 4, x + 152, row * 80 + 74), 8, fill=_shade((176, 98, 66), rng.randint(-12, 12))
            )
    draw.pieslice((330, 130, 950, 830), 180, 360, fill=INK)
    draw.pieslice((390, 210, 890, 800), 180, 360, fill=(244, 132, 46))
    draw.pieslice((470, 300, 810, 760), 180, 360, fill=(252, 206, 92))
    draw.rectangle((0, 600, WIDTH, HEIGHT), fill=(240, 216, 170))
    for _ in range(6):
        x, y = rng.randint(60, 1040), rng.randint(640, 840)
        draw.ellipse((x, y, x + 220, y + 110), fill=(206, 142, 72))
        for cut in range(3):
            draw.line((x + 60 + cut * 44, y + 20, x + 40 + cut * 44, y + 62), fill=(244, 216, 160), width=9)


def _robot(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 660, WIDTH, HEIGHT), fill=(222, 150, 84))
    draw.rounded_rectangle((260, 560, 860, 800), 26, fill=(236, 140, 70))
    draw.ellipse((720, 640, 800, 720), fill=(40, 120, 76))
    for x, y, r in ((330, 330, 130), (560, 260, 90)):
        for tooth in range(0, 360, 30):
            px, py = x + r * math.cos(math.radians(tooth)), y + r * math.sin(math.radians(tooth))
            draw.ellipse((px - 24, py - 24, px + 24, py + 24), fill=(18, 66, 96))
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(18, 66, 96))
        draw.ellipse((x - r // 2, y - r // 2, x + r // 2, y + r // 2), fill=(244, 236, 214))
    elbow = (rng.randint(860, 920), rng.randint(280, 360))
    hand = (rng.randint(1010, 1080), rng.randint(380, 460))
    draw.line([(780, 570), elbow, hand], fill=(200, 68, 40), width=54, joint="curve")
    for joint in ((780, 570), elbow):
        draw.ellipse((joint[0] - 44, joint[1] - 44, joint[0] + 44, joint[1] + 44), fill=INK)
    draw.arc((hand[0] - 20, hand[1] - 20, hand[0] + 130, hand[1] + 130), 60, 300, fill=INK, width=26)


def _care(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 700, WIDTH, HEIGHT), fill=(190, 214, 212))
    draw.rounded_rectangle((860, 130, 1160, 460), 20, fill=(250, 250, 246))
    draw.rectangle((985, 190, 1035, 400), fill=(206, 62, 60))
    draw.rectangle((905, 270, 1115, 320), fill=(206, 62, 60))
    draw.rounded_rectangle((120, 600, 900, 740), 40, fill=(98, 160, 190))
    draw.rounded_rectangle((130, 540, 360, 640), 40, fill=(252, 252, 250))
    _person(draw, 250, 520, (222, 196, 226), 1.1)
    _person(draw, rng.randint(600, 720), 300, (52, 124, 96), 1.5)


def _sport(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 480, WIDTH, HEIGHT), fill=(104, 170, 96))
    for stripe in range(0, WIDTH, 320):
        draw.rectangle((stripe, 480, stripe + 160, HEIGHT), fill=(94, 158, 88))
    draw.rectangle((420, 260, 900, 520), outline=(250, 250, 246), width=16)
    for x in range(440, 900, 46):
        draw.line((x, 270, x, 515), fill=(226, 232, 230), width=3)
    for place in range(5):
        x = 140 + place * 240 + rng.randint(-30, 30)
        draw.polygon([(x, 700), (x - 44, 830), (x + 44, 830)], fill=(240, 140, 50))
    x, y = rng.randint(500, 760), 760
    draw.ellipse((x - 64, y - 64, x + 64, y + 64), fill=(250, 250, 246), outline=INK, width=8)
    draw.regular_polygon((x, y, 28), 5, fill=INK)


def _building(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    _sun(draw, rng)
    draw.rectangle((0, 800, WIDTH, HEIGHT), fill=(206, 176, 128))
    draw.rectangle((280, 250, 820, 810), fill=(224, 200, 170))
    _windows(draw, (300, 270, 800, 800), 4, 4, (120, 170, 190))
    for x in range(240, 900, 150):
        draw.rectangle((x, 200, x + 14, 820), fill=(150, 92, 50))
    for y in range(240, 820, 140):
        draw.rectangle((220, y, 890, y + 16), fill=(180, 116, 66))
    draw.rectangle((1000, 120, 1036, 820), fill=(244, 190, 60))
    draw.rectangle((640, 120, 1220, 152), fill=(244, 190, 60))
    draw.line((720, 152, 720, rng.randint(300, 420)), fill=INK, width=6)
    _person(draw, rng.randint(880, 960), 640, (240, 130, 50), 1.0, (250, 206, 70))


def _kitchen(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    for row in range(7):
        for column in range(12):
            fill = _shade((214, 228, 226), rng.randint(-8, 8))
            draw.rectangle((column * 108, row * 92, column * 108 + 102, row * 92 + 86), fill=fill)
    draw.rectangle((0, 620, WIDTH, HEIGHT), fill=(92, 104, 108))
    for place, fill in enumerate(((200, 68, 40), (58, 118, 184), (233, 170, 50))):
        x = 130 + place * 380
        draw.rounded_rectangle((x, 430, x + 280, 640), 24, fill=fill)
        draw.rectangle((x - 40, 470, x + 320, 496), fill=_shade(fill, -40))
        for steam in range(3):
            draw.arc(
                (x + 50 + steam * 70, 260, x + 110 + steam * 70, 420),
                90 + rng.randint(-20, 20),
                270,
                fill=(250, 250, 248),
                width=12,
            )
    for knob in range(6):
        draw.ellipse((150 + knob * 180, 730, 210 + knob * 180, 790), fill=(226, 226, 220))


def _studio(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=(226, 210, 238))
    for ring in range(4):
        r = 260 + ring * 90
        draw.arc((640 - r, 420 - r, 640 + r, 420 + r), 150, 210, fill=(122, 62, 160), width=14)
        draw.arc((640 - r, 420 - r, 640 + r, 420 + r), -30, 30, fill=(122, 62, 160), width=14)
    draw.rounded_rectangle((520, 160, 760, 580), 120, fill=(58, 52, 74))
    for y in range(230, 520, 46):
        draw.line((540, y, 740, y), fill=(120, 110, 140), width=8)
    draw.arc((440, 300, 840, 720), 0, 180, fill=INK, width=22)
    draw.rectangle((628, 700, 652, 860), fill=INK)
    draw.rounded_rectangle((480, 850, 800, 900), 20, fill=INK)
    for x in range(60, 420, 30):
        high = rng.randint(20, 120)
        draw.rounded_rectangle((x, 800 - high, x + 16, 800 + high // 2), 8, fill=(170, 110, 200))


def _shop(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 780, WIDTH, HEIGHT), fill=(214, 190, 160))
    for shelf in range(4):
        y = 120 + shelf * 170
        x = 90
        while x < 1130:
            wide, high = rng.randint(50, 100), rng.randint(70, 130)
            fill = ((214, 84, 54), (56, 132, 92), (58, 118, 184), (233, 170, 50), (226, 110, 140), (166, 120, 206))[
                rng.randrange(6)
            ]
            draw.rounded_rectangle((x, y + 140 - high, x + wide, y + 140), 10, fill=fill)
            x += wide + 12
        draw.rectangle((70, y + 140, 1210, y + 160), fill=(140, 92, 56))


def _screen(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 720, WIDTH, HEIGHT), fill=(196, 160, 120))
    draw.rounded_rectangle((230, 130, 1050, 640), 26, fill=(34, 40, 72))
    for row in range(9):
        x = 290 + (row % 4) * 40
        for _ in range(rng.randint(1, 3)):
            wide = rng.randint(60, 200)
            fill = ((143, 154, 230), (120, 200, 150), (244, 198, 92), (236, 130, 150))[rng.randrange(4)]
            draw.rounded_rectangle((x, 180 + row * 48, x + wide, 202 + row * 48), 10, fill=fill)
            x += wide + 20
    draw.rectangle((600, 640, 680, 730), fill=(90, 96, 120))
    draw.rounded_rectangle((480, 724, 800, 752), 12, fill=(90, 96, 120))
    draw.rounded_rectangle((360, 790, 900, 880), 16, fill=(240, 238, 230))


def _home(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 640, WIDTH, HEIGHT), fill=(180, 126, 84))
    draw.rounded_rectangle((140, 110, 540, 470), 16, fill=(150, 200, 220), outline=(250, 248, 240), width=22)
    draw.rectangle((330, 110, 350, 470), fill=(250, 248, 240))
    draw.line((900, 0, 900, 190), fill=INK, width=8)
    draw.pieslice((760, 120, 1040, 400), 180, 360, fill=(240, 160, 60))
    draw.rounded_rectangle((360, 600, 1180, 660), 20, fill=(214, 160, 104))
    for place in range(3):
        x = 460 + place * 240
        draw.pieslice(
            (x, 480, x + 170, 650),
            0,
            180,
            fill=((226, 110, 90), (96, 162, 98), (88, 140, 200))[(place + rng.randrange(3)) % 3],
        )


def _street(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    x = 0
    while x < WIDTH:
        wide, top = rng.randint(150, 230), rng.randint(180, 330)
        fill = ((176, 92, 70), (210, 160, 110), (140, 120, 110), (190, 110, 84))[rng.randrange(4)]
        draw.polygon([(x, top), (x + wide / 2, top - 90), (x + wide, top)], fill=_shade(fill, -24))
        draw.rectangle((x, top, x + wide, 660), fill=fill)
        _windows(draw, (x + 10, top + 20, int(x + wide - 10), 640), 2, 3, (226, 238, 240))
        x += wide
    draw.rectangle((0, 660, WIDTH, HEIGHT), fill=(120, 124, 126))
    left = rng.randint(120, 360)
    draw.rounded_rectangle((left, 470, left + 700, 740), 40, fill=(204, 50, 44))
    draw.rectangle((left + 10, 640, left + 690, 668), fill=(250, 246, 236))
    _windows(draw, (left + 20, 480, left + 680, 640), 6, 1, (210, 232, 238))
    for wheel in (120, 560):
        draw.ellipse((left + wheel, 700, left + wheel + 80, 780), fill=INK)
    for rail in (790, 850):
        draw.rectangle((0, rail, WIDTH, rail + 10), fill=(90, 94, 98))


SCENES: dict[str, Scene] = {
    "harbour": _harbour, "garden": _garden, "classroom": _classroom, "bakery": _bakery, "robot": _robot,
    "care": _care, "sport": _sport, "building": _building, "kitchen": _kitchen, "studio": _studio, "shop": _shop,
    "screen": _screen, "home": _home, "street": _street,
}  # fmt: skip


def _sky(rng: random.Random) -> Image.Image:
    top, bottom = SKIES[rng.randrange(len(SKIES))]
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        part = y / HEIGHT
        red, green, blue = (round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True))
        column.putpixel((0, y), (red, green, blue))
    return column.resize((WIDTH, HEIGHT))


def paint(scene: str, variation: int) -> Image.Image:
    """A picture of a scene, 1280 × 960; another number gives other light and another arrangement."""
    rng = random.Random(f"{scene}-{variation}")
    canvas = _sky(rng)
    SCENES[scene](ImageDraw.Draw(canvas), rng)
    # Softened a little, with a grain like paper, so that edges are not those of a drawing program.
    grain = Image.effect_noise((WIDTH // 2, HEIGHT // 2), 22).resize((WIDTH, HEIGHT)).convert("RGB")
    return Image.blend(canvas.filter(ImageFilter.GaussianBlur(1.1)), grain, 0.06)


def photo(scene: str, variation: int) -> bytes:
    """The picture as a JPEG."""
    out = io.BytesIO()
    paint(scene, variation).save(out, "JPEG", quality=84)
    return out.getvalue()


def phone_photo() -> bytes:
    """A JPEG as a phone makes it: about 4 MB, 4032 × 3024, lying on its side (orientation 6), with the place where it was taken."""
    wide = paint("harbour", 7).resize((4032, 3024), Image.Resampling.LANCZOS)
    grain = Image.effect_noise((4032, 3024), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F], exif[0x0110] = "Telefoon", "Model 1"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 4.0, 12.5), 3: "E", 4: (4.0, 16.0, 48.2)})
    out = io.BytesIO()
    Image.blend(wide, grain, 0.10).save(out, "JPEG", quality=86, exif=exif)
    return out.getvalue()


def document(title: str, lines: list[str]) -> bytes:
    """A report of two pages as PDF."""
    pdf = FPDF()
    pdf.set_title(title)
    for page in range(2):
        pdf.add_page()
        pdf.set_font("Helvetica", "B", 24)
        pdf.cell(0, 16, title if page == 0 else "Wat ik ervan leerde", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Helvetica", size=13)
        for line in lines:
            pdf.multi_cell(0, 8, line.encode("latin-1", "replace").decode("latin-1"), new_x="LMARGIN", new_y="NEXT")
            pdf.ln(3)
        if page == 0:
            pdf.image(io.BytesIO(photo("robot", 3)), w=150)
    return bytes(pdf.output())


def film() -> bytes:
    """Six seconds of film (H.264 in MP4, ready to play from the first byte): a slow look over a picture."""
    picture = paint("bakery", 2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        writer = imageio_ffmpeg.write_frames(
            str(path), (640, 360), fps=15, codec="libx264", output_params=["-movflags", "+faststart"],
            ffmpeg_log_level="error",
        )  # fmt: skip
        writer.send(None)
        for frame in range(90):
            left, top = 2 * frame, frame
            view = picture.crop((left, top, left + 1024, top + 576)).resize((640, 360))
            writer.send(view.tobytes())
        writer.close()
        return path.read_bytes()


def sound() -> bytes:
    """Eight seconds of sound (AAC in M4A): a few soft notes, where in real life somebody speaks."""
    rate, notes = 22_050, (262, 330, 392, 440, 392, 330, 294, 262)
    frames = bytearray()
    for note in notes:
        for step in range(rate):
            fade = math.exp(-3 * step / rate)
            frames += struct.pack("<h", int(9000 * fade * math.sin(2 * math.pi * note * step / rate)))
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder) / "sound.wav", Path(folder) / "sound.m4a"
        with wave.open(str(raw), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(bytes(frames))
        command = [
            imageio_ffmpeg.get_ffmpeg_exe(),
            "-v",
            "error",
            "-i",
            str(raw),
            "-c:a",
            "aac",
            "-b:a",
            "64k",
            str(out),
        ]
        subprocess.run(command, check=True)
        return out.read_bytes()
