"""Scenes where people live, learn, and are looked after."""

import math

from app.demo.paint import CLOTHES, CREAM, HEIGHT, INK, SKINS, SUN, WIDTH, Board, leaf, person, room, tone


def care_home(board: Board) -> None:
    """A living room with armchairs, tea and a game."""
    dice = board.dice
    wall = dice.choice(("#f3e3c3", "#e3ece0", "#f1dcd2"))
    room(board, wall, "#b98a5c", 780)
    board.rect((120, 120, 620, 560), "#b7d7de")
    board.half(300, 560, 200, 130, "#8fbf86")
    board.half(500, 560, 190, 90, "#6fa86d")
    for box in (
        (100, 100, 640, 122),
        (100, 556, 640, 584),
        (100, 100, 124, 580),
        (616, 100, 640, 580),
        (358, 100, 380, 580),
    ):
        board.rect(box, CREAM)
    for side in (60, 640):
        board.poly(
            [(side, 80), (side + 70, 80), (side + 50, 640), (side - 10, 640)],
            dice.choice(("#c8644a", "#5d8fa3", "#d9a94e")),
        )
    for place in range(3):
        x = 820 + place * 210
        board.rect((x, 180, x + 160, 340), "#8a5f35", 6)
        board.rect((x + 14, 194, x + 146, 326), dice.choice(("#cfe3e0", "#f1d9b8", "#e3cfe0")))
        board.half(x + 80, 326, 54, 80, dice.choice(CLOTHES))
    board.oval(800, 1020, 620, 130, "#d9b48a")
    board.oval(800, 1020, 540, 100, "#c8644a")
    for x, flip in ((360, 1), (1240, -1)):
        chair = dice.choice(("#5d8f77", "#a86a8c", "#4f7fa3"))
        board.rect((x - 150, 560, x + 150, 960), chair, 60)
        board.rect((x - 190, 740, x - 110, 980), tone(chair, -0.15), 36)
        board.rect((x + 110, 740, x + 190, 980), tone(chair, -0.15), 36)
        board.rect((x - 90, 640, x + 90, 900), dice.choice(("#8a8fb0", "#c9a77c", "#b05d5d")), 50)
        skin = dice.choice(SKINS)
        board.oval(x, 590, 62, 70, skin)
        board.half(x, 578, 72, 72, "#e4e2dc", 170, 370)
        board.line([(x + flip * 70, 720), (x + flip * 150, 800)], skin, 30)
    board.rect((600, 850, 1000, 884), "#8a5f35", 14)
    for x in (640, 940):
        board.rect((x, 880, x + 24, 1050), "#6f4a2a")
    board.rect((690, 822, 860, 852), CREAM, 4)
    for _ in range(9):
        board.oval(710 + dice.uniform(0, 130), 826 + dice.uniform(0, 14), 8, 6, dice.choice(CLOTHES))
    for x in (630, 910):
        board.rect((x, 800, x + 54, 852), "#f8fbfa", 14)
        board.arc(x + 58, 824, 16, -90, 90, "#f8fbfa", 7)
    for turn in range(0, 360, 40):
        leaf(board, 1460, 650, 130, turn + board.jitter(15), "#4f9a52")
    board.rect((1410, 660, 1510, 790), "#c8644a", 12)


def classroom(board: Board) -> None:
    """A classroom with a board and somebody who tells."""
    dice = board.dice
    room(board, dice.choice(("#f3e8cc", "#dfeae4", "#e9e2ee")), "#c99a68", 900)
    board.rect((330, 110, 1270, 600), "#9b6b3d", 14)
    green = dice.choice(("#245a49", "#2b4a5a"))
    board.rect((354, 134, 1246, 576), green, 6)
    board.poly([(430, 500), (560, 300), (690, 500)], tone(green, 0.25))
    board.oval(1060, 260, 70, 70, SUN)
    for row in range(4):
        board.line([(720, 330 + row * 54), (720 + dice.uniform(140, 420), 330 + row * 54)], "#eef4ec", 11)
    for place in range(9):
        board.poly(
            [(60 + place * 178, 40), (150 + place * 178, 40), (105 + place * 178, 110)], dice.choice((*CLOTHES, SUN))
        )
    board.line([(0, 40), (WIDTH, 40)], "#8a7a60", 5)
    board.rect((60, 300, 260, 560), CREAM, 8)
    for place in range(4):
        board.rect(
            (80 + place % 2 * 90, 320 + place // 2 * 116, 160 + place % 2 * 90, 420 + place // 2 * 116),
            tone(dice.choice(CLOTHES), 0.4),
            5,
        )
    person(board, 1370 + board.jitter(40), 1010, 660, dice.choice(CLOTHES), reach=-150)
    for place in range(3):
        x = 110 + place * 430
        board.rect((x, 960, x + 360, 1004), "#e3bd86", 12)
        for leg in (20, 320):
            board.rect((x + leg, 1000, x + leg + 18, HEIGHT), "#7b888b")
        for book in range(3):
            board.rect(
                (x + 60 + book * 8, 936 - book * 22, x + 190 + book * 8, 958 - book * 22), dice.choice(CLOTHES), 4
            )
        board.rect((x + 240, 890, x + 286, 960), dice.choice((SUN, "#2f8f86", "#c8644a")), 8)
        for pencil in range(3):
            board.line([(x + 250 + pencil * 14, 890), (x + 242 + pencil * 20, 840)], dice.choice(CLOTHES), 8)


def home(board: Board) -> None:
    """The table at home, with a window and a lamp."""
    dice = board.dice
    room(board, dice.choice(("#f3dfc0", "#dbe7dd", "#efd6cc", "#dfe4ee")), "#a87449", 840)
    board.rect((150, 120, 640, 560), "#a9cfdb")
    for roof in range(3):
        board.rect(
            (160 + roof * 160, 420 - roof % 2 * 50, 316 + roof * 160, 560),
            dice.choice(("#a3594c", "#c58b62", "#8f6a58")),
        )
    for box in (
        (130, 100, 660, 122),
        (130, 556, 660, 590),
        (130, 100, 154, 580),
        (636, 100, 660, 580),
        (384, 100, 406, 580),
    ):
        board.rect(box, CREAM)
    board.line([(960, 0), (960, 200)], INK, 8)
    shade = dice.choice(("#e57f2a", "#2f8f86", "#c8442a", "#e0a32c"))
    board.poly([(900, 200), (1020, 200), (1130, 350), (790, 350)], shade)
    board.half(960, 350, 60, 40, "#fdf3c4", 0, 180)
    for shelf in range(2):
        board.rect((1200, 260 + shelf * 170, 1520, 280 + shelf * 170), "#8a5f35")
        for pot in range(4):
            x, colour = 1230 + pot * 74, dice.choice(CLOTHES)
            board.rect((x, 196 + shelf * 170, x + 54, 260 + shelf * 170), colour, 12)
    board.rect((260, 760, 1340, 820), "#c99a62", 16)
    for x in (330, 1230):
        board.rect((x, 815, x + 44, HEIGHT), "#9b6b3d")
    for x in (180, 1330):
        board.rect((x, 700, x + 90, 1000), "#7d5636", 12)
        board.rect((x, 990, x + 90, 1010), "#6f4a2a")
    for place in range(3):
        x = 430 + place * 190
        board.half(x, 690, 80, 80, dice.choice(("#c8644a", "#4f9a8a", "#4f7fb0", "#e0a32c")), 0, 180)
        board.oval(x, 690, 80, 18, dice.choice(("#e9b85a", "#8fbf6a", "#d9704a")))
        for puff in range(3):
            board.arc(x - 24 + puff * 24, 620, 22, 90, 270, CREAM, 6)
    board.rect((980, 726, 1150, 760), CREAM, 4)
    board.line([(1000, 740), (1100, 740)], "#7b888b", 4)
    board.line([(1130, 752), (1190, 700)], "#2c6aa8", 10)
    board.rect((1220, 640, 1280, 760), "#8db7c2", 10)
    for turn in (230, 260, 290, 315):
        leaf(board, 1250, 650, 150, turn, "#4f9a52")
        board.oval(
            1250 + 120 * math.cos(math.radians(turn)),
            650 + 120 * math.sin(math.radians(turn)),
            24,
            24,
            dice.choice(CLOTHES),
        )


def salon(board: Board) -> None:
    """A hairdresser's chair before a mirror."""
    dice = board.dice
    wall = dice.choice(("#f0d6dc", "#dcebe4", "#efe3c6"))
    room(board, wall, "#d9cdb8", 900)
    for tile in range(0, WIDTH, 160):
        board.poly([(tile, 908), (tile + 80, 908), (tile + 40, HEIGHT), (tile - 60, HEIGHT)], "#c7b99f")
    for x in (260, 1060):
        board.oval(x + 140, 380, 210, 260, "#b07c47")
        board.oval(x + 140, 380, 186, 236, "#cfe6ea")
        board.poly([(x + 40, 500), (x + 190, 180), (x + 230, 190), (x + 80, 540)], "#e6f3f4")
        board.rect((x - 70, 660, x + 350, 690), "#8a5f35", 8)
        for bottle in range(5):
            colour = dice.choice(CLOTHES)
            at = x - 30 + bottle * 74
            board.rect((at, 590, at + 38, 660), colour, 8)
            board.rect((at + 12, 566, at + 26, 592), tone(colour, -0.25))
    seat = dice.choice(("#7a2f3f", "#2f4a5a", "#3f5d4a"))
    board.rect((640, 560, 900, 860), seat, 40)
    board.rect((610, 820, 940, 890), tone(seat, -0.2), 26)
    board.rect((590, 720, 640, 860), tone(seat, -0.1), 20)
    board.rect((905, 720, 955, 860), tone(seat, -0.1), 20)
    board.rect((752, 885, 794, 1040), "#9fabad")
    board.oval(773, 1050, 130, 28, "#7b888b")
    board.rect((668, 580, 878, 850), dice.choice(("#f6f2e8", "#c9d7e8")), 60)
    board.oval(773, 520, 72, 84, dice.choice(SKINS))
    board.half(773, 510, 84, 90, dice.choice(("#2b211d", "#7b4a2a", "#c08a45")), 165, 375)
    person(board, 1010 + board.jitter(30), 1080, 680, dice.choice(CLOTHES), reach=-150)
