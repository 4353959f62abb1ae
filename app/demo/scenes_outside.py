"""Scenes in the open air."""

import math

from app.demo.paint import CREAM, HEIGHT, INK, SUN, WIDTH, Board, leaf, person, sky, tone, wheel, windows

_BOXES = ("#c8442a", "#2f7d5b", "#2c6aa8", "#e0a32c", "#7d4f93", "#d9d4c6")


def harbour(board: Board) -> None:
    """A crane lifts a box from a ship."""
    x: float
    y: float
    dice = board.dice
    sky(board, 760)
    for x in range(-40, WIDTH, 120):
        board.rect((x, 660 - dice.uniform(0, 130), x + 100, 770), "#a9bfc6")
    board.fade(750, HEIGHT, "#4f97ab", "#235f78")
    for _ in range(70):
        x, y = dice.uniform(0, WIDTH), dice.uniform(790, 1180)
        board.line([(x, y), (x + dice.uniform(30, 110), y)], tone("#7fbac6", dice.uniform(-0.1, 0.3)), 5)
    left = 150 + board.jitter(60)
    red = dice.choice(("#c8442a", "#d9772b", "#2c6aa8"))
    ship = 560 + board.jitter(60)
    board.poly([(ship, 800), (ship + 940, 790), (ship + 830, 990), (ship + 110, 990)], "#1d3f4a")
    board.poly([(ship + 96, 962), (ship + 846, 962), (ship + 830, 990), (ship + 110, 990)], "#a8402a")
    for row in range(3):
        for column in range(6 - row):
            x = ship + 90 + column * 112 + row * 40
            colour = dice.choice(_BOXES)
            board.rect((x, 718 - row * 76, x + 106, 790 - row * 76), colour)
            for rib in range(1, 6):
                board.line([(x + rib * 18, 726 - row * 76), (x + rib * 18, 782 - row * 76)], tone(colour, -0.16), 4)
    board.rect((ship + 770, 560, ship + 880, 800), CREAM)
    windows(board, (ship + 776, 575, ship + 876, 640), 3, 1, "#4d8fa8")
    board.rect((ship + 800, 500, ship + 846, 562), red)
    for side in (0, 250):
        board.poly(
            [(left + side, 1060), (left + side + 50, 1060), (left + side + 38, 250), (left + side + 12, 250)], red
        )
        board.rect((left + side - 26, 1030, left + side + 76, 1080), tone(red, -0.25), 10)
    for y in (480, 760):
        board.rect((left + 20, y, left + 280, y + 26), tone(red, -0.12))
    board.rect((left - 90, 228, left + 990, 270), red)
    board.line([(left + 150, 90), (left + 960, 232)], tone(red, -0.1), 12)
    board.line([(left + 150, 90), (left - 70, 232)], tone(red, -0.1), 12)
    board.line([(left + 130, 230), (left + 150, 90), (left + 170, 230)], red, 16)
    hook, drop = left + 620 + board.jitter(90), 400 + board.jitter(70)
    board.rect((hook - 60, 266, hook + 60, 312), INK, 8)
    for side in (-50, 50):
        board.line([(hook + side * 0.8, 300), (hook + side, drop)], INK, 5)
    colour = dice.choice(_BOXES[:4])
    board.rect((hook - 90, drop, hook + 90, drop + 96), colour)
    for rib in range(1, 8):
        board.line([(hook - 90 + rib * 22, drop + 10), (hook - 90 + rib * 22, drop + 86)], tone(colour, -0.16), 5)
    board.rect((0, 1068, left + 360, HEIGHT), "#8d9490")
    board.rect((0, 1068, left + 360, 1086), SUN)


def site(board: Board) -> None:
    """A house in scaffolding, with a builder."""
    dice = board.dice
    sky(board, 1000)
    board.rect((0, 960, WIDTH, HEIGHT), "#cbb083")
    for _ in range(40):
        x, y = dice.uniform(0, WIDTH), dice.uniform(985, 1190)
        board.oval(x, y, dice.uniform(8, 34), dice.uniform(4, 10), tone("#cbb083", -0.12))
    brick = dice.choice(("#b5694a", "#c8865f", "#a3594c"))
    board.rect((300, 330, 1080, 980), brick)
    for row in range(26):
        for column in range(14):
            if dice.happens(0.35):
                x, y = 304 + column * 56 + (row % 2) * 26, 334 + row * 25
                board.rect((x, y, min(x + 50, 1076), y + 20), tone(brick, board.jitter(0.12)))
    windows(board, (330, 380, 1050, 930), 4, 3, "#8db7c2")
    board.poly([(260, 332), (690, 130), (1120, 332)], "#7d5636")
    for x in range(330, 1080, 90):
        board.line([(x, 326), (690, 150)], "#a87c4f", 12)
    for x in range(240, 1180, 150):
        board.rect((x, 250, x + 16, 985), "#8f9a9c")
    for y in range(330, 960, 205):
        board.rect((215, y, 1165, y + 20), "#b9854e")
        board.line([(222, y - 80), (1160, y - 80)], "#8f9a9c", 8)
    for x in (256, 556, 856):
        board.line([(x, 960), (x + 134, 560)], "#8f9a9c", 9)
    board.rect((1330, 60, 1372, 985), SUN)
    for y in range(80, 960, 84):
        board.line([(1334, y), (1368, y + 70)], tone(SUN, -0.25), 6)
    board.rect((820, 92, 1560, 128), SUN)
    board.rect((1450, 128, 1540, 200), "#7b8488")
    drop = 260 + board.jitter(70)
    board.line([(930, 128), (930, drop)], INK, 6)
    board.rect((840, drop, 1020, drop + 30), "#b9854e")
    board.rect((850, drop - 22, 1010, drop), "#c99a62")
    for pile in range(4):
        board.rect((60 + pile * 8, 1060 - pile * 34, 250 - pile * 8, 1090 - pile * 34), tone(brick, pile * 0.07))
    person(board, 1210 + board.jitter(50), 1130, 430, dice.choice(("#e57f2a", "#c9d14a")), SUN, -110)


def bees(board: Board) -> None:
    """Sunflowers and bees in a school garden."""
    x: float
    y: float
    dice = board.dice
    sky(board, 700)
    board.oval(300, 980, 1000, 420, "#a8cf8e")
    board.oval(1350, 1020, 900, 430, "#86b974")
    board.rect((1180, 380, 1450, 690), "#d9b68a")
    board.poly([(1140, 392), (1315, 250), (1490, 392)], "#9b4f38")
    windows(board, (1200, 430, 1430, 560), 2, 1, "#8db7c2")
    for x in range(0, WIDTH, 74):
        board.rect((x, 640, x + 40, 800), "#f1e7d0", 14)
    board.rect((0, 690, WIDTH, 712), "#e3d5b3")
    board.rect((0, 860, WIDTH, HEIGHT), "#6f4b33")
    for y in range(880, HEIGHT, 46):
        board.line([(0, y + 10), (WIDTH, y - 10)], tone("#6f4b33", -0.16 + (y % 92 == 0) * 0.1), 10)
    for place in range(13):
        x = 60 + place * 122 + board.jitter(30)
        for angle in (-150, -110, -70, -30):
            leaf(board, x, 960 + board.jitter(40), 90, angle + board.jitter(12), tone("#4f9a52", board.jitter(0.15)))
    for place in range(4):
        x, y = 170 + place * 270 + board.jitter(60), 400 + board.jitter(120)
        board.line([(x + 12, 1000), (x - 10, 720), (x, y)], "#3f7f43", 20)
        leaf(board, x, 760, 130, -30, "#4f9a52")
        leaf(board, x, 820, 130, -150, "#4f9a52")
        petal = dice.choice(("#f6cf3c", "#f2b632", "#ef9f3a"))
        for angle in range(0, 360, 24):
            leaf(board, x, y, 132, angle + 6, tone(petal, 0.12 if angle % 48 else -0.05))
        board.oval(x, y, 66, 66, "#6b4226")
        for _ in range(26):
            turn, r = dice.uniform(0, 6.28), dice.uniform(0, 54)
            board.oval(x + r * math.cos(turn), y + r * math.sin(turn), 5, 5, "#a87440")
    for _ in range(dice.randint(4, 7)):
        _bee(board, dice.uniform(120, 1450), dice.uniform(180, 700), dice.uniform(0.9, 1.7))


def _bee(board: Board, x: float, y: float, size: float) -> None:
    for tilt in (-22, 16):
        board.oval(x + tilt * size, y - 30 * size, 20 * size, 32 * size, "#eef6f6")
    board.oval(x, y, 46 * size, 29 * size, SUN)
    for stripe in (-18, 4, 24):
        board.rect((x + stripe * size - 6, y - 26 * size, x + stripe * size + 6 * size, y + 26 * size), INK, 5)
    board.oval(x - 48 * size, y, 20 * size, 20 * size, INK)


def tram(board: Board) -> None:
    """A tram in a street of The Hague."""
    dice = board.dice
    sky(board, 800)
    x = -40.0
    while x < WIDTH:
        wide, top = dice.uniform(190, 270), dice.uniform(160, 320)
        wall = dice.choice(("#a3594c", "#c58b62", "#8f6a58", "#d9c2a0", "#7f5048"))
        step = wide / 5
        for part, rise in enumerate((0, 60, 110, 60, 0)):
            board.rect((x + part * step, top - rise, x + (part + 1) * step + 1, top + 30), tone(wall, -0.05))
        board.rect((x, top, x + wide, 840), wall)
        windows(board, (x + 12, top + 30, x + wide - 12, 780), 3, 3, "#5f8b99")
        board.rect((x + wide - 3, top, x + wide, 840), tone(wall, -0.3))
        x += wide
    board.rect((0, 820, WIDTH, HEIGHT), "#8d9297")
    board.poly([(0, 1010), (WIDTH, 985), (WIDTH, HEIGHT), (0, HEIGHT)], "#a3a79f")
    for y in (1030, 1100):
        board.line([(0, y), (WIDTH, y - 14)], "#5b6268", 12)
        board.line([(0, y - 5), (WIDTH, y - 19)], "#cfd4d2", 4)
    body = dice.choice(("#c8302a", "#d9522b", "#1f6f8b"))
    left = 150 + board.jitter(90)
    board.line([(0, 250), (WIDTH, 230)], "#48545a", 5)
    board.line([(left + 520, 480), (left + 620, 330), (left + 470, 244)], "#48545a", 10)
    board.rect((left, 470, left + 1250, 1000), body, 70)
    board.rect((left, 560, left + 1250, 760), "#f3efe4")
    for place in range(6):
        inside = (left + 60 + place * 196, 540, left + 220 + place * 196, 740)
        board.rect(inside, "#3e6b78", 18)
        board.poly(
            [(inside[0] + 16, 735), (inside[0] + 90, 545), (inside[0] + 130, 545), (inside[0] + 56, 735)], "#6795a0"
        )
        if dice.happens(0.6):
            board.oval(inside[0] + 80, 690, 30, 34, dice.choice(("#6d4630", "#d9a479", "#b97f57")))
            board.rect((inside[0] + 36, 718, inside[0] + 124, 742), dice.choice(_BOXES), 10)
    board.rect((left + 480, 530, left + 640, 985), tone(body, -0.18), 14)
    board.rect((left + 496, 548, left + 556, 900), "#6795a0", 8)
    board.rect((left + 564, 548, left + 624, 900), "#6795a0", 8)
    board.rect((left + 30, 985, left + 1220, 1024), "#2c3438", 12)
    for place in (180, 360, 900, 1080):
        wheel(board, left + place, 1022, 44)
    board.oval(left + 1225, 880, 24, 24, SUN)


def fire(board: Board) -> None:
    """A fire engine before its station."""
    x: float
    dice = board.dice
    sky(board, 900)
    wall = dice.choice(("#b5694a", "#9aa9a4", "#d9c2a0"))
    board.rect((0, 190, WIDTH, 900), wall)
    board.rect((0, 190, WIDTH, 236), tone(wall, -0.3))
    for door in range(3):
        x = 80 + door * 510
        board.rect((x, 320, x + 430, 905), "#2a3235", 10)
        if door != 1:
            board.rect((x + 8, 328, x + 422, 905), "#c23a2a")
            for y in range(400, 900, 84):
                board.line([(x + 12, y), (x + 418, y)], "#9c2b20", 6)
            windows(board, (x + 20, 410, x + 410, 500), 4, 1, "#7fb0bd")
    board.rect((0, 895, WIDTH, HEIGHT), "#a3a79f")
    for x in range(-200, WIDTH, 260):
        board.poly([(x, HEIGHT), (x + 120, HEIGHT), (x + 260, 1110), (x + 180, 1110)], "#e8e4d6")
    left = 250 + board.jitter(90)
    red = "#cf2f24"
    board.rect((left, 520, left + 780, 960), red, 26)
    board.poly([(left + 760, 960), (left + 760, 540), (left + 1010, 540), (left + 1090, 730), (left + 1090, 960)], red)
    board.poly([(left + 850, 580), (left + 985, 580), (left + 1050, 735), (left + 850, 735)], "#7fb0bd")
    board.rect((left, 770, left + 1090, 812), "#f3efe4")
    for x in range(0, 1080, 90):
        board.poly([(left + x, 812), (left + x + 30, 770), (left + x + 62, 770), (left + x + 32, 812)], "#2c6aa8")
    for shutter in range(3):
        x = left + 50 + shutter * 230
        board.rect((x, 570, x + 190, 745), "#d5dadb", 8)
        for y in range(588, 745, 22):
            board.line([(x + 6, y), (x + 184, y)], "#b3babc", 4)
    board.line([(left + 20, 486), (left + 900, 470)], "#d5dadb", 16)
    board.line([(left + 20, 450), (left + 900, 434)], "#d5dadb", 16)
    for rung in range(0, 880, 60):
        board.line([(left + 24 + rung, 486), (left + 24 + rung, 448)], "#b3babc", 9)
    board.rect((left + 860, 500, left + 960, 542), "#2c6aa8", 16)
    for x in (190, 560, 930):
        wheel(board, left + x, 965, 84)
    person(board, left + 1190 - 1240 * dice.happens(0.3), 1120, 480, "#2b3a4a", SUN, 90)


def townhall(board: Board) -> None:
    """A white town hall with a flag and a bicycle."""
    x: float
    dice = board.dice
    sky(board, 960)
    board.rect((0, 930, WIDTH, HEIGHT), "#c9bfa8")
    for row in range(6):
        for column in range(18):
            x, y = column * 96 + (row % 2) * 48 - 48, 940 + row * 46
            board.rect((x, y, x + 90, y + 40), tone("#c9bfa8", board.jitter(0.07)), 4)
    front = dice.choice(("#f6f2e8", "#efe6d2", "#e9eef0"))
    board.rect((220, 360, 1380, 950), front)
    board.poly([(580, 360), (800, 210), (1020, 360)], tone(front, -0.07))
    board.oval(800, 305, 42, 42, SUN)
    board.rect((200, 350, 1400, 384), tone(front, -0.16))
    windows(board, (240, 410, 560, 900), 3, 3, "#5f8b99", "#d9d2c0")
    windows(board, (1040, 410, 1360, 900), 3, 3, "#5f8b99", "#d9d2c0")
    for x in (600, 700, 860, 960):
        board.rect((x, 400, x + 44, 900), tone(front, 0.4))
        board.rect((x + 32, 400, x + 44, 900), tone(front, -0.14))
    board.rect((740, 600, 860, 940), "#2f5d4d", 50)
    board.oval(845, 790, 8, 8, SUN)
    for step in range(3):
        board.rect(
            (560 - step * 30, 900 + step * 20, 1040 + step * 30, 922 + step * 20), tone(front, -0.1 - step * 0.06)
        )
    board.line([(800, 215), (800, 40)], "#7b8488", 10)
    for stripe, colour in enumerate((SUN, "#2f7d5b", SUN)):
        wave = [(804, 50 + stripe * 34), (900, 40 + stripe * 34), (1000, 62 + stripe * 34)]
        board.poly([*wave, *[(x, y + 34) for x, y in reversed(wave)]], colour)
    for x in (120, 1480):
        board.rect((x - 14, 760, x + 14, 960), "#7b5a3c")
        for _ in range(26):
            board.oval(x + board.jitter(110), 660 + board.jitter(130), 52, 46, tone("#4f9a52", board.jitter(0.2)))
    x = 330 + board.jitter(120)
    for side in (0, 210):
        board.arc(x + side, 1060, 82, 0, 360, INK, 12)
    frame = dice.choice(_BOXES)
    board.line([(x, 1060), (x + 70, 960), (x + 190, 950), (x + 100, 1060), (x, 1060)], frame, 12)
    board.line([(x + 100, 1060), (x + 62, 930)], frame, 12)
    board.line([(x + 210, 1060), (x + 182, 900), (x + 222, 890)], frame, 12)
    board.rect((x + 30, 916, x + 96, 936), INK, 10)
    person(board, 1180 + board.jitter(80), 1130, 400, dice.choice(_BOXES))


def field(board: Board) -> None:
    """A football pitch with cones and a goal."""
    x: float
    y: float
    dice = board.dice
    sky(board, 520)
    for x in range(0, WIDTH, 88):
        board.oval(x + board.jitter(20), 470, 74, 96 + board.jitter(30), tone("#5d9a5a", board.jitter(0.15)))
    board.fade(510, HEIGHT, "#86bf6f", "#4c9350")
    for stripe in range(-2, 12, 2):
        board.poly(
            [
                (stripe * 160 + 340, 510),
                (stripe * 160 + 430, 510),
                (stripe * 230 + 60, HEIGHT),
                (stripe * 230 - 170, HEIGHT),
            ],
            "#6fae61",
        )
    board.line([(0, 640), (WIDTH, 640)], CREAM, 8)
    for x in range(510, 1110, 34):
        board.line([(x, 330), (x, 630)], "#dfe6e0", 3)
    for y in range(340, 640, 34):
        board.line([(500, y), (1100, y)], "#dfe6e0", 3)
    board.line([(500, 636), (500, 320), (1100, 320), (1100, 636)], CREAM, 18)
    for place in range(6):
        x, y = 150 + place * 250 + board.jitter(40), 850 + (place % 2) * 130
        board.oval(x, y + 4, 62, 14, "#3f7f43")
        board.poly([(x - 46, y), (x + 46, y), (x + 9, y - 118), (x - 9, y - 118)], "#e57f2a")
        board.poly([(x - 34, y - 32), (x + 34, y - 32), (x + 24, y - 60), (x - 24, y - 60)], CREAM)
    x, y = 760 + board.jitter(180), 1010
    board.oval(x, y + 66, 80, 16, "#3f7f43")
    board.oval(x, y, 74, 74, CREAM)
    for turn in range(0, 360, 72):
        angle = math.radians(turn + 18)
        board.line([(x, y), (x + 64 * math.cos(angle), y + 64 * math.sin(angle))], INK, 5)
        board.oval(x + 60 * math.cos(angle), y + 60 * math.sin(angle), 14, 14, INK)
    board.poly(
        [(x + 28 * math.cos(math.radians(t - 90)), y + 28 * math.sin(math.radians(t - 90))) for t in range(0, 360, 72)],
        INK,
    )
    person(board, 1290 + board.jitter(60), 900, 480, dice.choice(_BOXES[:4]), reach=-100)


def greenhouse(board: Board) -> None:
    """Rows of tomato plants below glass."""
    x: float
    y: float
    dice = board.dice
    board.fade(0, 760, "#cfe6e4", "#eef5ea")
    for x in range(-800, 2500, 120):
        board.line([(x, 0), (800 + (x - 800) * 0.18, 520)], "#b4cfce", 7)
    for y, wide in ((40, 9), (170, 8), (290, 6), (390, 5), (460, 4)):
        board.line([(0, y), (WIDTH, y)], "#b4cfce", wide)
    board.poly([(690, 520), (910, 520), (1180, HEIGHT), (420, HEIGHT)], "#d9cfba")
    for row in range(3):
        board.line([(800 - 20 - row * 6, 530), (800 - 150 - row * 30, HEIGHT)], "#b3babc", 8)
    fruit = dice.choice((("#d8402c", "#ef8a3c"), ("#c8302a", "#7fbf4b"), ("#e0a32c", "#d8402c")))
    for depth in range(6):
        near = depth / 5
        y = 560 + near * 560
        for side in (-1, 1):
            for plant in range(3):
                x = 800 + side * (150 + near * 330 + plant * (90 + near * 210))
                _vine(board, x, y, 240 + near * 480, fruit)
    person(board, 800 + board.jitter(60), 1120, 520, "#2f7d5b", "#efe6d2", dice.choice((-120, 120)))


def _vine(board: Board, x: float, y: float, height: float, fruit: tuple[str, str]) -> None:
    board.line([(x, y), (x, y - height)], "#8fa58a", 4)
    for step in range(9):
        at = y - height * step / 9
        for angle in (-160, -20, -130, -50):
            leaf(board, x, at, height * 0.2, angle + board.jitter(20), tone("#3f8a49", board.jitter(0.2)))
        if step % 2:
            for drop in range(3):
                board.oval(
                    x + board.jitter(height * 0.09), at + drop * height * 0.035, height * 0.033, height * 0.033,
                    fruit[drop == 2],
                )  # fmt: skip
