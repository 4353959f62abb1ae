"""A board to draw pictures on: shapes in pixels of 1600 × 1200, smooth edges, and light over the whole."""

import math
from collections.abc import Iterable, Sequence
from functools import cache

from PIL import Image, ImageChops, ImageColor, ImageDraw

from app.demo.rows import Dice

WIDTH, HEIGHT = 1600, 1200
_FINE = 2
"""Drawn so many times larger, then made smaller: that smooths the edges."""

INK = "#12332a"
CREAM = "#fbf9f4"
SAND = "#f4ecd9"
SEA = "#b9d9dc"
SUN = "#f6cf3c"
SKINS = ("#6d4630", "#8d5b3c", "#b97f57", "#d9a479", "#efc7a2")
HAIRS = ("#2b211d", "#4a3226", "#7b4a2a", "#c08a45", "#8b8680", "#1d1a1f")
CLOTHES = ("#2f7d5b", "#c8442a", "#2c6aa8", "#e0a32c", "#8a4fa3", "#d06a8c", "#33475b")

Point = tuple[float, float]
Box = tuple[float, float, float, float]

LIGHTS = {
    "morning": ((0.15, 0.1), "#ffe2b0", "#8fa6c8"),
    "noon": ((0.5, -0.1), "#fffaf0", "#a8b4b8"),
    "evening": ((0.9, 0.25), "#ffcf9a", "#8d84b0"),
    "overcast": ((0.4, -0.2), "#f1f4f2", "#9fb0b4"),
}
"""Where the light stands (as parts of width and height), its colour, and that of the shade."""


def tone(colour: str, by: float) -> str:
    """Lighter (by > 0, up to 1 is white) or darker (by < 0, down to -1 is black)."""
    goal = 255 if by > 0 else 0
    parts = [round(part + (goal - part) * abs(by)) for part in ImageColor.getrgb(colour)[:3]]
    return "#{:02x}{:02x}{:02x}".format(*parts)


class Board:
    """A picture in the making; `dice` makes each variation its own."""

    def __init__(self, dice: Dice, ground: str) -> None:
        self.dice = dice
        self._image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), ground)
        self._draw = ImageDraw.Draw(self._image)

    def jitter(self, by: float) -> float:
        """A little more or less."""
        return self.dice.uniform(-by, by)

    def rect(self, box: Box, fill: str, radius: float = 0) -> None:
        """A box (left, top, right, bottom)."""
        if radius:
            self._draw.rounded_rectangle(_fine(box), radius * _FINE, fill=fill)
        else:
            self._draw.rectangle(_fine(box), fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str) -> None:
        """An ellipse round its middle."""
        self._draw.ellipse(_fine((x - rx, y - ry, x + rx, y + ry)), fill=fill)

    def half(self, x: float, y: float, rx: float, ry: float, fill: str, start: float = 180, end: float = 360) -> None:
        """A slice of an ellipse round its middle; degrees clockwise from the right, the upper half by itself."""
        self._draw.pieslice(_fine((x - rx, y - ry, x + rx, y + ry)), start, end, fill=fill)

    def poly(self, points: Iterable[Point], fill: str) -> None:
        """A shape with straight sides."""
        self._draw.polygon([(x * _FINE, y * _FINE) for x, y in points], fill=fill)

    def line(self, points: Sequence[Point], fill: str, width: float) -> None:
        """A line with round ends and corners."""
        self._draw.line(
            [(x * _FINE, y * _FINE) for x, y in points], fill=fill, width=round(width * _FINE), joint="curve"
        )
        for x, y in points:
            self.oval(x, y, width / 2, width / 2, fill)

    def arc(self, x: float, y: float, r: float, start: float, end: float, fill: str, width: float) -> None:
        """Part of a circle; degrees clockwise from the right."""
        self._draw.arc(_fine((x - r, y - r, x + r, y + r)), start, end, fill=fill, width=round(width * _FINE))

    def fade(self, top: float, bottom: float, first: str, last: str) -> None:
        """A band over the whole width that goes from one colour to another."""
        upper, lower = (Image.new("RGB", (1, 1), colour) for colour in (first, last))
        band = Image.new("RGB", (1, 64))
        for y in range(64):
            band.paste(Image.blend(upper, lower, y / 63), (0, y))
        size = (WIDTH * _FINE, round((bottom - top) * _FINE))
        self._image.paste(band.resize(size, Image.Resampling.BILINEAR), (0, round(top * _FINE)))

    def lit(self, light: str) -> Image.Image:
        """The picture as it looks in that light, 1600 × 1200."""
        return ImageChops.soft_light(self._image.reduce(_FINE), _light_map(light))


def _fine(box: Box) -> Box:
    left, top, right, bottom = box
    return left * _FINE, top * _FINE, right * _FINE, bottom * _FINE


@cache
def _light_map(light: str) -> Image.Image:
    (x, y), bright, shade = LIGHTS[light]
    small = Image.new("L", (80, 60))
    for column in range(80):
        for row in range(60):
            away = math.hypot(column / 80 - x, (row / 60 - y) * 0.75)
            small.putpixel((column, row), round(255 * min(1.0, max(0.0, away - 0.1))))
    mask = small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    size = (WIDTH, HEIGHT)
    light_and_shade = Image.composite(Image.new("RGB", size, shade), Image.new("RGB", size, bright), mask)
    return Image.blend(_grain(), light_and_shade, 0.6)


def _grain() -> Image.Image:
    """The same grain for all: light and dark specks of a few pixels, as of printed paper."""
    small = Image.frombytes("L", (WIDTH // 2, HEIGHT // 2), Dice("grain").randbytes(WIDTH * HEIGHT // 4))
    soft = small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return soft.point(lambda value: 112 + value * 32 // 255).convert("RGB")


# --- things that stand in many pictures ------------------------------------------------------------


def person(
    board: Board, x: float, y: float, height: float, coat: str, hat: str | None = None, reach: float = 0
) -> None:
    """A grown-up with the feet at (x, y), at work; `reach` is how far one hand goes sideways."""
    dice, unit = board.dice, height / 7.2
    skin, hair = dice.choice(SKINS), dice.choice(HAIRS)
    legs = tone("#33475b", board.jitter(0.15))
    for side in (-1, 1):
        board.line([(x + side * unit * 0.42, y - unit * 3), (x + side * unit * 0.5, y - unit * 0.2)], legs, unit * 0.72)
        board.rect(
            (x + side * unit * 0.5 - unit * 0.42, y - unit * 0.3, x + side * unit * 0.5 + unit * 0.5, y),
            INK,
            unit * 0.15,
        )
    board.rect((x - unit, y - unit * 5.9, x + unit, y - unit * 2.6), coat, unit * 0.6)
    side = -1 if reach < 0 else 1
    hand = (x + (reach or unit * 0.9), y - unit * (4.4 if reach else 3.1))
    shoulder = (x + side * unit * 0.75, y - unit * 5.4)
    elbow = ((shoulder[0] + hand[0]) / 2, max(shoulder[1], hand[1]) + unit * (0.4 if reach else -0.9))
    board.line([shoulder, elbow, hand], tone(coat, -0.14), unit * 0.6)
    board.oval(*hand, unit * 0.32, unit * 0.32, skin)
    board.rect((x - unit * 0.28, y - unit * 6.3, x + unit * 0.28, y - unit * 5.7), tone(skin, -0.12))
    board.oval(x, y - unit * 6.75, unit * 0.66, unit * 0.74, skin)
    board.half(x, y - unit * 6.85, unit * 0.72, unit * 0.72, hair, 175, 365)
    if dice.happens(0.4):
        board.oval(x - side * unit * 0.55, y - unit * 6.5, unit * 0.3, unit * 0.62, hair)
    if hat:
        board.half(x, y - unit * 6.95, unit * 0.82, unit * 0.82, hat)
        board.rect((x - unit * 0.95, y - unit * 7.02, x + unit * 0.95, y - unit * 6.84), tone(hat, -0.15), unit * 0.08)


def room(board: Board, wall: str, floor: str, line: float) -> None:
    """A wall and a floor that meet at a height."""
    board.rect((0, 0, WIDTH, line), wall)
    board.rect((0, line, WIDTH, HEIGHT), floor)
    board.rect((0, line - 22, WIDTH, line), tone(wall, 0.35))
    board.rect((0, line, WIDTH, line + 8), tone(floor, -0.2))


def windows(board: Board, box: Box, columns: int, rows: int, glass: str, frame: str = CREAM) -> None:
    """Rows of windows in a wall."""
    left, top, right, bottom = box
    wide, high = (right - left) / columns, (bottom - top) / rows
    for column in range(columns):
        for row in range(rows):
            x, y = left + column * wide, top + row * high
            inner = (x + wide * 0.2, y + high * 0.16, x + wide * 0.8, y + high * 0.84)
            board.rect((inner[0] - 5, inner[1] - 5, inner[2] + 5, inner[3] + 5), frame)
            board.rect(inner, tone(glass, board.jitter(0.12)))
            board.poly(
                [
                    (inner[0], inner[3]),
                    (inner[0], inner[1] + high * 0.3),
                    (inner[2], inner[1]),
                    (inner[2], inner[1] + high * 0.2),
                ],
                tone(glass, 0.22),
            )


def sky(board: Board, horizon: float) -> None:
    """Air with some clouds down to the horizon."""
    first, last = board.dice.choice(
        (("#9cc9dc", "#e7f1ee"), ("#f3cf9a", "#fbf1dc"), ("#b6d6cf", "#f4f3e4"), ("#aebfd6", "#f0ebe8"))
    )
    board.fade(0, horizon, first, last)
    for _ in range(board.dice.randint(2, 4)):
        x, y = board.dice.uniform(60, 1500), board.dice.uniform(70, horizon * 0.45)
        for part in range(4):
            board.oval(x + part * 62, y - (part in (1, 2)) * 26, 74, 34 + (part == 1) * 12, tone(last, 0.45))


def leaf(board: Board, x: float, y: float, size: float, angle: float, fill: str) -> None:
    """A leaf from its stalk outwards; degrees clockwise from the right."""
    turn = math.radians(angle)
    along, across = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
    outline = ((0, 0), (0.3, 0.2), (0.65, 0.2), (1, 0), (0.65, -0.2), (0.3, -0.2))
    board.poly(
        [(x + size * (a * along[0] + b * across[0]), y + size * (a * along[1] + b * across[1])) for a, b in outline],
        fill,
    )


def wheel(board: Board, x: float, y: float, r: float, rim: str = "#c9d2d3") -> None:
    """A wheel with its tyre."""
    board.oval(x, y, r, r, "#22282b")
    board.oval(x, y, r * 0.58, r * 0.58, rim)
    board.oval(x, y, r * 0.2, r * 0.2, "#5d686b")
