"""Makes the written plan of a case: a PDF of three to five pages with headings, a table, a chart and steps."""

from pathlib import Path

import pymupdf

from workbench.demo.cases import Bars, Case, offering_title
from workbench.demo.typesetting import ACCENT, GREY, INK, LEFT, WIDE, Sheet

_DATE = "D:20261102090000Z"
_BLUES = ((0.17, 0.37, 0.70), (0.90, 0.56, 0.25))


def make_plan(case: Case, path: Path) -> None:
    """Write the plan as PDF, the same bytes on every run."""
    document = pymupdf.open()
    sheet = Sheet(document, footer=f"{case.educator} · {offering_title(case.offering)}")
    _cover(sheet, case)
    _results(sheet, case)
    _steps(sheet, case)
    _supports(sheet, case)
    sheet.finish()
    document.set_metadata({"title": case.plan.title, "creationDate": _DATE, "modDate": _DATE})
    document.set_toc([[1, title, page] for title, page in sheet.headings])
    document.subset_fonts()
    document.save(str(path), garbage=3, deflate=True, no_new_id=True)
    document.close()


def _cover(sheet: Sheet, case: Case) -> None:
    sheet.band(case.plan.title, f"{offering_title(case.offering)} · {case.educator} · attempt {case.attempt}")
    sheet.heading("What this plan is for")
    for paragraph in case.plan.overview:
        sheet.paragraph(paragraph)
    sheet.heading("At a glance")
    basis = case.students_basis.replace("_", " ")
    sheet.table(
        (
            ("Students", f"{case.students_reached} ({basis})"),
            ("Length", f"{len(case.plan.steps)} parts, {case.plan.steps[-1].minutes.split(' to ')[-1]} minutes in all"),
            ("On the board", case.board.title),
            ("Evidence", "lesson video with captions, photographs of student work, reflection"),
        ),
        head=False,
    )


def _results(sheet: Sheet, case: Case) -> None:
    sheet.new_page()
    sheet.heading("Where students stand")
    sheet.paragraph(case.plan.table_title, bold=True)
    sheet.table(case.plan.table, head=True)
    sheet.paragraph(case.plan.chart.title, bold=True)
    _chart(sheet, case.plan.chart)


def _chart(sheet: Sheet, chart: Bars) -> None:
    """A bar chart with a scale from 0 to 100 and a value above each bar."""
    high, bottom = 250.0, 34.0
    top = sheet.room(high + bottom)
    page, base = sheet.page, top + high
    for value in range(0, 101, 25):
        y = base - value / 100 * (high - 20)
        page.draw_line((LEFT + 28, y), (LEFT + WIDE, y), color=(0.85, 0.87, 0.9), width=0.6)
        sheet.text(LEFT, y + 3, str(value), 8, color=GREY)
    slot = (WIDE - 40) / len(chart.labels)
    for index, label in enumerate(chart.labels):
        left = LEFT + 40 + index * slot
        pair = (chart.values[index], *chart.later[index : index + 1])
        width = slot * 0.6 / len(pair)
        for place, value in enumerate(pair):
            x, tall = left + slot * 0.15 + place * width, value / 100 * (high - 20)
            page.draw_rect((x, base - tall, x + width - 4, base), color=None, fill=_BLUES[place])
            sheet.text(x + width / 2 - 8, base - tall - 4, str(value), 9, bold=True)
        sheet.text(left + slot * 0.15, base + 14, label, 9)
    if chart.later:
        for place, word in enumerate(("before", "after")):
            x = LEFT + WIDE - 120 + place * 62
            page.draw_rect((x, top - 2, x + 9, top + 7), color=None, fill=_BLUES[place])
            sheet.text(x + 13, top + 6, word, 9, color=GREY)


def _steps(sheet: Sheet, case: Case) -> None:
    sheet.new_page()
    sheet.heading("The lesson, step by step" if case.scene == "lesson" else "The conversation, step by step")
    for number, step in enumerate(case.plan.steps, start=1):
        top = sheet.room(78)
        sheet.page.draw_circle((LEFT + 12, top + 10), 12, color=None, fill=ACCENT)
        sheet.text(LEFT + 8.6, top + 14, str(number), 11, bold=True, color=(1, 1, 1))
        sheet.text(LEFT + 34, top + 14, step.title, 12, bold=True)
        sheet.text(LEFT + WIDE - 74, top + 14, f"min {step.minutes}", 9, color=GREY)
        sheet.back_to(top + 24)
        sheet.paragraph(step.text, indent=34)
    _floor_plan(sheet, case)


def _floor_plan(sheet: Sheet, case: Case) -> None:
    """A figure: who sits where."""
    sheet.paragraph("Figure 1. Where everyone sits", bold=True)
    top = sheet.room(150)
    page = sheet.page
    page.draw_rect((LEFT, top, LEFT + WIDE, top + 140), color=(0.6, 0.64, 0.7), fill=(0.98, 0.98, 0.97), radius=0.03)
    page.draw_rect((LEFT + 130, top + 8, LEFT + WIDE - 130, top + 16), color=None, fill=(0.45, 0.5, 0.58))
    sheet.text(LEFT + WIDE / 2 - 14, top + 30, "board", 9, color=GREY)
    tables = 3 if case.scene != "lesson" else 6
    for index in range(tables):
        x = LEFT + 60 + index % 3 * (WIDE - 160) / 2
        y = top + 56 + index // 3 * 48
        page.draw_rect((x, y, x + 54, y + 24), color=INK, fill=(0.93, 0.87, 0.77), width=0.7, radius=0.15)
        for seat in range(4):
            center = (x + 14 + seat % 2 * 26, y - 6 if seat < 2 else y + 30)
            page.draw_circle(center, 4.2, color=None, fill=_BLUES[(index + seat) % 2])


def _supports(sheet: Sheet, case: Case) -> None:
    sheet.heading("Supports")
    for line in case.plan.supports:
        sheet.bullet(line)
    sheet.heading("What I will look for")
    for line in case.plan.checks:
        sheet.bullet(line)
    sheet.heading("Notes after teaching")
    sheet.paragraph("Filled in by hand on the day; the reflection says what came of it.", color=GREY)
    for _ in range(5):
        y = sheet.room(26)
        sheet.page.draw_line((LEFT, y + 20), (LEFT + WIDE, y + 20), color=(0.8, 0.82, 0.86), width=0.6)
