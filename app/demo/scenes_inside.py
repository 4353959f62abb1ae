"""Scenes in workplaces below a roof."""

import math

from app.demo.paint import CLOTHES, CREAM, HEIGHT, INK, SUN, WIDTH, Board, leaf, person, room, tone, wheel, windows


def bakery(board: Board) -> None:
    """Bread comes out of a warm oven."""
    dice = board.dice
    brick = dice.choice(("#9c5138", "#a8623f", "#8a4a3c"))
    board.rect((0, 0, WIDTH, 860), tone(brick, -0.3))
    for row in range(12):
        for column in range(-1, 11):
            x, y = column * 164 + (row % 2) * 82, row * 72
            board.rect((x + 5, y + 5, x + 157, y + 67), tone(brick, board.jitter(0.1)), 7)
    board.half(800, 720, 520, 560, tone(brick, -0.45))
    for turn in range(188, 360, 13):
        angle = math.radians(turn)
        outer = (800 + 540 * math.cos(angle), 720 + 575 * math.sin(angle))
        board.line([(800 + 470 * math.cos(angle), 720 + 500 * math.sin(angle)), outer], "#c9b79c", 44)
    board.half(800, 730, 440, 480, "#2b1a14")
    for size, colour in ((1.0, "#7d2a14"), (0.86, "#c4481d"), (0.68, "#ec8a2e"), (0.46, "#f9c95a"), (0.24, "#fdecb0")):
        board.half(800, 735, 400 * size, 400 * size, colour)
    for place in range(4):
        _loaf(board, 560 + place * 160 + board.jitter(20), 690, 78, 44)
    board.rect((180, 725, 1420, 790), "#b3a58e", 8)
    board.rect((0, 850, WIDTH, HEIGHT), "#e9d2a6")
    board.rect((0, 850, WIDTH, 872), "#c99a62")
    for _ in range(120):
        board.oval(dice.uniform(0, WIDTH), dice.uniform(890, HEIGHT), dice.uniform(3, 14), 4, "#f8efdc")
    for place in range(7):
        _loaf(board, 130 + place * 225 + board.jitter(24), 980 + (place % 2) * 110, 118, 66)
    person(board, dice.choice((210, 1400)) + board.jitter(20), 900, 620, CREAM, CREAM, 0)


def _loaf(board: Board, x: float, y: float, rx: float, ry: float) -> None:
    crust = tone("#b9773a", board.jitter(0.14))
    board.oval(x, y + ry * 0.25, rx, ry, tone(crust, -0.3))
    board.oval(x, y, rx, ry, crust)
    board.oval(x - rx * 0.15, y - ry * 0.25, rx * 0.7, ry * 0.5, tone(crust, 0.2))
    for cut in (-0.4, 0, 0.4):
        board.line([(x + rx * (cut - 0.1), y + ry * 0.3), (x + rx * (cut + 0.14), y - ry * 0.5)], "#f3dcae", rx * 0.09)


def workshop(board: Board) -> None:
    """A robot arm and cogs on a workbench."""
    x: float
    y: float
    dice = board.dice
    room(board, dice.choice(("#f0dfc0", "#d7e4e4", "#e9dcd0")), "#9aa4a4", 830)
    board.rect((90, 110, 700, 500), "#d8b98a", 12)
    for row in range(5):
        for column in range(9):
            board.oval(130 + column * 66, 150 + row * 76, 5, 5, "#a98a5c")
    for place in range(6):
        x, colour = 150 + place * 92, dice.choice(CLOTHES)
        board.rect((x, 190, x + 22, 300), colour, 8)
        board.rect((x + 6, 300, x + 16, 430), "#8d979a", 4)
        board.oval(x + 11, 436, 18, 16, "#8d979a")
    for x, y, r, colour in ((980, 260, 150, "#1f4f6b"), (1225, 420, 108, "#c8442a")):
        for tooth in range(0, 360, 30):
            angle = math.radians(tooth + board.jitter(2))
            board.oval(x + r * math.cos(angle), y + r * math.sin(angle), r * 0.19, r * 0.19, colour)
        board.oval(x, y, r, r, colour)
        board.oval(x, y, r * 0.62, r * 0.62, tone(colour, 0.3))
        board.oval(x, y, r * 0.2, r * 0.2, CREAM)
    board.rect((60, 800, 1540, 870), "#b9854e", 10)
    for x in (130, 1430):
        board.rect((x, 860, x + 60, HEIGHT), "#8a5f35")
    orange = dice.choice(("#e57f2a", "#e0a32c", "#2f7d5b"))
    board.rect((380, 700, 660, 806), "#3a474c", 16)
    board.oval(520, 700, 92, 70, orange)
    elbow = (480 + board.jitter(60), 400 + board.jitter(40))
    wrist = (860 + board.jitter(50), 470 + board.jitter(50))
    board.line([(520, 690), elbow], orange, 84)
    board.line([elbow, wrist], tone(orange, 0.12), 64)
    for x, y in ((520, 690), elbow, wrist):
        board.oval(x, y, 50, 50, INK)
        board.oval(x, y, 22, 22, "#d5dadb")
    board.line([wrist, (wrist[0] + 30, wrist[1] + 110)], "#5d686b", 34)
    for side in (-1, 1):
        x = wrist[0] + 34
        board.line(
            [(x, wrist[1] + 110), (x + side * 52, wrist[1] + 150), (x + side * 40, wrist[1] + 220)], "#3a474c", 20
        )
    board.rect((wrist[0] - 6, wrist[1] + 190, wrist[0] + 72, wrist[1] + 262), SUN, 8)
    board.rect((1080, 640, 1400, 800), "#3a474c", 14)
    board.rect((1100, 658, 1380, 770), "#173b35", 6)
    board.line([(1110 + k * 24, 720 + 34 * math.sin(k * 0.9 + board.jitter(0.4))) for k in range(11)], "#7fe0a0", 6)
    for place in range(3):
        board.oval(1130 + place * 50, 785, 9, 9, ("#d8402c", SUN, "#4fae62")[place])


def hospital(board: Board) -> None:
    """A corridor of a hospital, with a nurse and a bed."""
    dice = board.dice
    wall = dice.choice(("#dcebea", "#e6eddc", "#e6e6f0"))
    board.rect((0, 0, WIDTH, HEIGHT), wall)
    board.poly([(0, 0), (WIDTH, 0), (1030, 330), (570, 330)], "#f6f8f5")
    for near in (0.15, 0.5, 0.85):
        y, half = 330 * (1 - near), 60 + near * 190
        board.poly(
            [(800 - half, y - 30 * near), (800 + half, y - 30 * near), (800 + half * 0.8, y), (800 - half * 0.8, y)],
            "#fffdf0",
        )
    board.poly([(570, 760), (1030, 760), (WIDTH, HEIGHT), (0, HEIGHT)], "#a9c4c4")
    for near in (0.2, 0.45, 0.75):
        y, half = 760 + 440 * near, 230 + 570 * near
        board.line([(800 - half, y), (800 + half, y)], "#98b6b7", 5)
    board.rect((570, 330, 1030, 760), tone(wall, 0.3))
    windows(board, (640, 360, 960, 600), 2, 1, "#9cc9dc")
    for side in (-1, 1):
        for near, wide in ((0.12, 0.14), (0.5, 0.24)):
            first, second = 800 + side * (230 + 570 * near), 800 + side * (230 + 570 * (near + wide))
            top = [470 - 330 * near, 470 - 330 * (near + wide)]
            bottom = [760 + 440 * near, 760 + 440 * (near + wide)]
            board.poly(
                [(first, top[0]), (second, top[1]), (second, bottom[1]), (first, bottom[0])],
                dice.choice(("#8fb6a4", "#c9a77c", "#7fa3b5")),
            )
        board.line([(800 + side * 230, 640), (800 + side * 800, 880)], "#d9a94e", 16)
    for rail in (0, 1):
        board.rect((1060, 520 + rail * 60, 1080, 560 + rail * 60), "#cf3a3a")
    board.rect((690, 620, 910, 690), CREAM, 8)
    board.rect((785, 632, 815, 680), "#cf3a3a")
    board.rect((766, 644, 834, 668), "#cf3a3a")
    left = 190 + board.jitter(60)
    board.rect((left, 880, left + 560, 950), "#7b8a90", 14)
    board.rect((left + 10, 800, left + 550, 890), "#f8fbfa", 36)
    board.rect((left + 200, 790, left + 556, 900), dice.choice(("#7fb0bd", "#8fb6a4", "#d9a4a0")), 30)
    board.oval(left + 100, 800, 90, 40, CREAM)
    board.line([(left, 700), (left, 1040)], "#7b8a90", 16)
    board.line([(left + 560, 760), (left + 560, 1040)], "#7b8a90", 16)
    for x in (left, left + 560):
        wheel(board, x, 1060, 30)
    board.line([(left - 60, 1060), (left - 60, 480), (left - 10, 480)], "#7b8a90", 9)
    board.rect((left - 36, 490, left + 10, 590), "#d7eef2", 12)
    person(board, 1090 + board.jitter(50), 1130, 640, dice.choice(("#2f8f86", "#3a6fb0", "#8a4fa3")), reach=-150)


def studio(board: Board) -> None:
    """A microphone in a radio studio."""
    dice = board.dice
    wall = dice.choice(("#e3d3ee", "#d3dcee", "#efd9dd"))
    board.rect((0, 0, WIDTH, HEIGHT), wall)
    for row in range(8):
        for column in range(11):
            x, y = column * 150, row * 130
            board.poly([(x, y), (x + 146, y), (x + 73, y + 64)], tone(wall, -0.07))
            board.poly([(x, y), (x, y + 126), (x + 73, y + 64)], tone(wall, -0.13))
    accent = dice.choice(("#7a3f9c", "#2c6aa8", "#b0386a"))
    for ring in range(4):
        for start in (145, -35):
            board.arc(800, 430, 300 + ring * 80, start, start + 70, tone(accent, ring * 0.16), 16)
    board.rect((0, 960, WIDTH, HEIGHT), "#5b4a44")
    board.rect((0, 960, WIDTH, 984), "#7d675e")
    board.line([(1260, 970), (1180, 250), (860, 300)], "#3a3436", 28)
    board.oval(1180, 250, 34, 34, "#241f22")
    board.rect((650, 170, 950, 700), "#2f2a33", 150)
    board.rect((672, 192, 928, 470), "#8e8798", 128)
    for y in range(230, 470, 34):
        board.line([(690, y), (910, y)], "#5f586a", 9)
    for x in range(720, 900, 40):
        board.line([(x, 205), (x, 466)], "#6f687a", 5)
    board.rect((650, 470, 950, 520), accent)
    board.oval(800, 600, 28, 28, "#d8402c")
    board.rect((90, 760, 560, 968), "#33393f", 18)
    for fader in range(7):
        x = 140 + fader * 62
        board.rect((x, 800, x + 8, 940), "#1a1e21")
        at = dice.uniform(810, 910)
        board.rect((x - 18, at, x + 26, at + 26), dice.choice((SUN, CREAM, "#d8402c", "#4fae62")), 5)
    board.arc(1330, 830, 150, 180, 360, INK, 34)
    for side in (-1, 1):
        board.rect((1330 + side * 150 - 44, 800, 1330 + side * 150 + 44, 950), accent, 34)
    board.rect((1010, 120, 1230, 200), "#d8402c", 16)
    for place in range(3):
        board.rect((1040 + place * 64, 144, 1080 + place * 64, 176), "#fbe3dc", 6)


def kitchen(board: Board) -> None:
    """Pans on the stove of a restaurant."""
    x: float
    dice = board.dice
    tile = dice.choice(("#dfe8e4", "#e8e2d2", "#d6e3ea"))
    board.rect((0, 0, WIDTH, 760), tone(tile, -0.15))
    for row in range(9):
        for column in range(16):
            x, y = column * 102, row * 86
            board.rect((x + 3, y + 3, x + 97, y + 81), tone(tile, board.jitter(0.06)), 6)
    board.poly([(340, 0), (1260, 0), (1130, 210), (470, 210)], "#9fabad")
    board.rect((470, 205, 1130, 236), "#7b888b")
    board.line([(60, 330), (1540, 330)], "#7b888b", 14)
    for place in range(7):
        x = 120 + place * 230 + board.jitter(20)
        if 400 < x < 1200:
            board.line([(x, 330), (x, 400)], "#5d686b", 8)
            board.half(x, 400, 62, 70, dice.choice(("#b5652c", "#7b888b", "#3a474c")), 0, 180)
    board.rect((0, 740, WIDTH, HEIGHT), "#59666b")
    board.rect((0, 740, WIDTH, 776), "#c5cdce")
    for place in range(3):
        x, colour = (
            330 + place * 470 + board.jitter(30),
            ("#c8442a", "#2c6aa8", "#d9a02c")[(place + dice.randrange(3)) % 3],
        )
        for flame in range(-3, 4):
            board.poly([(x + flame * 40 - 18, 742), (x + flame * 40 + 18, 742), (x + flame * 40, 704)], "#f2913a")
        board.rect((x - 190, 556, x + 190, 584), tone(colour, -0.25), 10)
        board.rect((x - 160, 540, x + 160, 716), colour, 26)
        board.rect((x - 130, 556, x - 96, 700), tone(colour, 0.28), 16)
        board.oval(x, 542, 158, 26, "#f1e3b8" if place % 2 else "#d98b4a")
        for puff in range(5):
            board.oval(x + board.jitter(70), 470 - puff * 58, 40 + puff * 7, 28 + puff * 5, tone(tile, 0.55))
    for knob in range(8):
        x = 130 + knob * 190
        board.oval(x, 850, 34, 34, "#2c3438")
        board.line([(x, 850), (x + board.jitter(18), 826)], CREAM, 7)
    for door in range(3):
        board.rect((60 + door * 510, 920, 530 + door * 510, HEIGHT), "#4a565b", 14)
        board.rect((110 + door * 510, 950, 480 + door * 510, 974), "#c5cdce", 12)
    person(board, dice.choice((95, 1510)), 1180, 760, CREAM, CREAM)


def shop(board: Board) -> None:
    """Shelves and a till."""
    dice = board.dice
    room(board, dice.choice(("#f6e9cf", "#e5eee6", "#f3dfe0")), "#cfc0a4", 930)
    for shelf in range(4):
        y = 250 + shelf * 185
        board.rect((60, y - 165, 1180, y), "#e7d7b5")
        x = 80.0
        while x < 1110:
            wide, high = dice.uniform(44, 92), dice.uniform(76, 138)
            colour = tone(dice.choice(CLOTHES), board.jitter(0.2))
            match dice.randrange(3):
                case 0:
                    board.rect((x, y - high, x + wide, y), colour, 8)
                    board.rect((x + 6, y - high * 0.65, x + wide - 6, y - high * 0.3), CREAM, 4)
                case 1:
                    board.rect((x, y - high * 0.72, x + wide, y), colour, 16)
                    board.rect((x + wide * 0.32, y - high, x + wide * 0.68, y - high * 0.66), tone(colour, -0.2), 5)
                case _:
                    for apple in range(2):
                        board.oval(x + wide / 2, y - 30 - apple * 48, wide * 0.46, 34, tone(colour, apple * 0.12))
            x += wide + 14
        board.rect((50, y, 1190, y + 20), "#9b6b3d")
    board.rect((1220, 120, 1540, 420), "#cfe3e4", 10)
    board.poly([(1200, 130), (1560, 130), (1590, 220), (1170, 220)], "#c8442a")
    for stripe in range(4):
        board.poly(
            [
                (1240 + stripe * 90, 130),
                (1280 + stripe * 90, 130),
                (1280 + stripe * 96, 220),
                (1232 + stripe * 96, 220),
            ],
            CREAM,
        )
    person(board, 1330 + board.jitter(40), 1060, 620, dice.choice(("#2f7d5b", "#2c6aa8")), reach=-110)
    board.rect((860, 870, 1600, 950), "#8a5f35", 10)
    board.rect((880, 940, 1600, HEIGHT), "#b07c47")
    board.rect((960, 740, 1160, 875), "#3a474c", 14)
    board.rect((980, 756, 1140, 820), "#9fe0c0", 6)
    for place in range(4):
        board.rect((985 + place * 40, 834, 1012 + place * 40, 858), CREAM, 4)
    for place in range(3):
        board.oval(700 - place * 150, 1120, 84, 60, dice.choice(("#d8402c", "#e0a32c", "#7fae4b")))


def screens(board: Board) -> None:
    """Lines of code on a screen."""
    dice = board.dice
    room(board, dice.choice(("#dbe0f2", "#e4eae6", "#f0e4d4")), "#b98a5c", 880)
    board.rect((1180, 130, 1500, 470), "#c9dbe6", 10)
    board.half(1340, 470, 160, 130, "#8fb6a4")
    board.rect((1170, 120, 1510, 144), CREAM)
    for shelf in range(2):
        board.rect((70, 260 + shelf * 200, 330, 278 + shelf * 200), "#9b6b3d")
        for book in range(5):
            high = dice.uniform(70, 120)
            board.rect(
                (84 + book * 44, 260 + shelf * 200 - high, 122 + book * 44, 260 + shelf * 200), dice.choice(CLOTHES), 4
            )
    for x, y, wide, high in ((390, 180, 820, 540), (1160, 420, 330, 300)):
        board.rect((x, y, x + wide, y + high), "#20242f", 22)
        board.rect((x + 20, y + 20, x + wide - 20, y + high - 34), "#2a3150", 8)
        for row in range(int((high - 90) / 44)):
            start: float = x + 50 + dice.choice((0, 40, 80))
            for _ in range(dice.randint(1, 3)):
                length = dice.uniform(50, 170)
                if start + length > x + wide - 44:
                    break
                colour = dice.choice(("#9aa6f0", "#7fd6a0", "#f2c75c", "#ef8aa0", "#d5dcf0"))
                board.rect((start, y + 50 + row * 44, start + length, y + 68 + row * 44), colour, 9)
                start += length + 22
        board.rect((x + wide / 2 - 36, y + high, x + wide / 2 + 36, 850), "#3a4050")
        board.rect((x + wide / 2 - 140, 836, x + wide / 2 + 140, 862), "#3a4050", 12)
    board.rect((0, 860, WIDTH, 930), "#d2a572")
    board.rect((470, 930, 1090, 1060), "#e8e4da", 20)
    for row in range(3):
        for key in range(13):
            board.rect((490 + key * 45, 944 + row * 37, 528 + key * 45, 974 + row * 37), "#c9c4b6", 6)
    board.oval(1190, 1000, 52, 70, "#e8e4da")
    board.rect((200, 850, 310, 960), dice.choice(CLOTHES), 16)
    board.arc(316, 902, 34, -90, 90, dice.choice(CLOTHES), 14)
    for turn in range(200, 345, 24):
        leaf(board, 1440, 860, 170, turn, "#4f9a52")
    board.poly([(1380, 850), (1500, 850), (1480, 960), (1400, 960)], "#c8644a")


def garage(board: Board) -> None:
    """A car on a lift, with a mechanic."""
    y: float
    dice = board.dice
    room(board, dice.choice(("#d5dde2", "#e6dfd0", "#d9e2da")), "#8a9294", 900)
    for door in range(2):
        board.rect((80 + door * 1060, 120, 460 + door * 1060, 560), "#bcd3da", 8)
        for y in range(180, 560, 76):
            board.line([(84 + door * 1060, y), (456 + door * 1060, y)], "#96adb5", 8)
    board.rect((540, 90, 1060, 300), "#b9854e", 10)
    for place in range(9):
        x = 570 + place * 54
        board.line([(x, 130), (x, 210 + board.jitter(30))], "#5d686b", 14)
        board.oval(x, 226 + board.jitter(20), 18, 18, "#5d686b")
    colour = dice.choice(("#c8442a", "#2c6aa8", "#2f7d5b", "#e0a32c", "#7b5a9c"))
    y = 660 + board.jitter(20)
    for x in (400, 1160):
        board.rect((x, 330, x + 50, 1000), "#e0a32c", 8)
        board.rect((x - 50, 980, x + 100, 1020), "#b07c22", 8)
    board.rect((390, y + 40, 1220, y + 70), "#5d686b", 8)
    board.rect((330, y - 120, 1280, y + 10), colour, 56)
    board.poly([(500, y - 110), (620, y - 250), (960, y - 250), (1110, y - 110)], colour)
    board.poly([(545, y - 118), (640, y - 226), (780, y - 226), (780, y - 118)], "#9cc4cf")
    board.poly([(810, y - 118), (810, y - 226), (940, y - 226), (1048, y - 118)], "#9cc4cf")
    board.rect((330, y - 52, 1280, y - 36), tone(colour, -0.2))
    board.oval(1258, y - 76, 22, 18, "#fdf3c4")
    for x in (520, 1100):
        wheel(board, x, y + 10, 92)
    person(board, 800 + board.jitter(110), 1120, 400, "#33597a", dice.choice(("#33597a", None)), 80)
    for tyre in range(3):
        board.oval(180, 1080 - tyre * 56, 110, 42, "#22282b")
        board.oval(180, 1074 - tyre * 56, 52, 18, "#5d686b")
    board.rect((1340, 900, 1540, 1090), "#c8302a", 12)
    for drawer in range(3):
        board.rect((1360, 920 + drawer * 56, 1520, 962 + drawer * 56), "#a32620", 6)
