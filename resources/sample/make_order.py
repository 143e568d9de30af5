"""Draws the sample court order, `sample-order.pdf`, on 28-line pleading paper.

The case, the parties and the judge are made up, and every page says that it is a sample. The layout
is that of a California federal filing, since that is what readers of court PDFs stumble over: line
numbers, a caption with a rail, a stamp, a footnote, a page number in the footer.
"""

from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

HERE = Path(__file__).parent

POINTS_PER_LINE = 24.0
FIRST_BASELINE = 84.0
LINES = 28
LEFT, RIGHT = 108.0, 558.0
BODY = ("Times", "", 12)

COURT = ("UNITED STATES DISTRICT COURT", "NORTHERN DISTRICT OF CALIFORNIA")
CAPTION_LEFT = (
    "HARBOR MESSAGING, INC.,",
    "     Plaintiff,",
    "   v.",
    "LANTERN ANALYTICS LTD.,",
    "     Defendant.",
)
CAPTION_RIGHT = (
    "Case No. 3:24-cv-00000-JS",
    "",
    "ORDER GRANTING IN PART",
    "MOTION FOR PRELIMINARY",
    "INJUNCTION",
)
STAMP = "Case 3:24-cv-00000-JS   Document 57   Filed 03/14/25   Page {page} of 2   SAMPLE"
FOOTER = "SAMPLE ORDER, WRITTEN FOR ANNOTATOR; NOT A COURT DOCUMENT"

# Blank lines part the paragraphs; "# " begins a centred heading, "^1" is a footnote mark.
BODY_TEXT = """\
Harbor Messaging, Inc. moves for a preliminary injunction against Lantern Analytics Ltd. Having read
the papers and heard argument on March 6, 2025, the Court GRANTS the motion in part and DENIES it in
part, for the reasons below.

# I. BACKGROUND

Harbor operates a messaging service with end-to-end encryption. Lantern sells a tool that, according
to the complaint, copies messages from the phones of people who never dealt with it. Harbor alleges
that Lantern created more than 300 accounts on the service in order to test the tool, contrary to
the terms that every user accepts.^1

Lantern denies that it reached any server in this district. It contends that its customers, not
Lantern, decide whom to watch, and that a foreign government stands behind most of them.

# II. DISCUSSION

A plaintiff who seeks a preliminary injunction must show that it is likely to succeed on the merits,
that it is likely to suffer irreparable harm, that the balance of equities tips in its favor, and
that an injunction is in the public interest. Winter v. Nat. Res. Def. Council, Inc., 555 U.S. 7, 20
(2008).

The Court finds that Lantern sent at least 40 test messages through servers in Oakland. The
declaration of Harbor's chief engineer says so under oath, and Lantern offers nothing against it but
the argument of counsel.

Lantern's claim to foreign sovereign immunity fails. The Foreign Sovereign Immunities Act, 28 U.S.C.
§ 1602 et seq., protects foreign states and their agencies; a private company that sells to
governments is neither. Harbor is therefore likely to succeed on its claim under the Computer Fraud
and Abuse Act, 18 U.S.C. § 1030.

The harm is irreparable. People choose a private service because they trust it, and a court cannot
give trust back with money. The request to order Lantern to hand over its source code goes too far
at this stage: Harbor has not shown that narrower relief would not protect it.

# III. CONCLUSION

Lantern and those acting in concert with it are ENJOINED, until judgment, from creating accounts on
the service and from sending any message that is designed to run code on a user's phone. The request
for source code is DENIED without prejudice. Harbor shall post security in the amount of $50,000
within seven days.

IT IS SO ORDERED.

Dated: March 14, 2025

JORDAN SAMPLE

United States District Judge
"""
FOOTNOTE = (
    "1 The terms of service are attached to the complaint as Exhibit A (Dkt. No. 1-1). Lantern does not "
    "dispute that they forbid automated accounts."
)
FOOTNOTE_PAGE = 1
CENTRED = "# "
FLUSH = ("IT IS SO ORDERED.", "Dated:", "JORDAN SAMPLE", "United States District Judge")


class PleadingPaper(FPDF):
    """Letter paper with line numbers 1 to 28, rules at both sides, a stamp and a footer."""

    def __init__(self) -> None:
        super().__init__(unit="pt", format="letter")
        self.set_auto_page_break(False)
        self.set_margins(LEFT, FIRST_BASELINE, 54)
        self.set_creation_date(datetime(2025, 3, 14, 12, 0, tzinfo=UTC))
        self.set_title("Sample order granting in part a motion for preliminary injunction")
        self.line_number = LINES + 1

    def header(self) -> None:
        self.set_font("Helvetica", "", 8)
        self.text(150, 20, STAMP.format(page=self.page_no()))
        self.set_font("Times", "", 12)
        for number in range(1, LINES + 1):
            self.text(84 - self.get_string_width(str(number)), self.baseline(number), str(number))
        self.set_line_width(0.7)
        for x in (92.0, 95.0, 567.0):
            self.line(x, 40, x, 760)

    def footer(self) -> None:
        self.set_font("Times", "", 10)
        page = str(self.page_no())
        self.text((LEFT + RIGHT - self.get_string_width(page)) / 2, 766, page)
        self.set_font("Helvetica", "", 7)
        self.text((LEFT + RIGHT - self.get_string_width(FOOTER)) / 2, 780, FOOTER)
        if self.page_no() == FOOTNOTE_PAGE:
            self.draw_footnote()

    def draw_footnote(self) -> None:
        """The footnote under a short rule, beside the line numbers that the text leaves free for it."""
        top = self.baseline(last_line(FOOTNOTE_PAGE)) + 16
        self.line(LEFT, top, LEFT + 144, top)
        self.set_font("Times", "", 10)
        for row, line in enumerate(wrapped(self, FOOTNOTE, RIGHT - LEFT, 0)):
            self.text(LEFT, top + 15 + 12 * row, line)

    @staticmethod
    def baseline(number: int) -> float:
        return FIRST_BASELINE - 14 + (number - 1) * POINTS_PER_LINE

    def next_line(self) -> float:
        """The baseline of the next numbered line; begins a page when this one is full."""
        self.line_number += 1
        if self.line_number > last_line(self.page_no()):
            self.add_page()
            self.line_number = 1
        self.set_font(*BODY)
        return self.baseline(self.line_number)


def last_line(page: int) -> int:
    """The last numbered line that the text of a page may use."""
    return LINES - 3 if page == FOOTNOTE_PAGE else LINES


def wrapped(pdf: FPDF, text: str, width: float, indent: float) -> list[str]:
    """The text broken into lines of that width, the first one indented."""
    lines, line, room = [], "", width - indent
    for word in text.split():
        longer = f"{line} {word}".strip()
        if pdf.get_string_width(longer.replace("^", "")) > room and line:
            lines.append(line)
            line, room = word, width
        else:
            line = longer
    return [*lines, line]


def draw_line(pdf: PleadingPaper, x: float, baseline: float, line: str) -> None:
    """A line of text; `^1` sets the 1 as a footnote mark."""
    before, _, mark = line.partition("^")
    pdf.text(x, baseline, before)
    if mark:
        mark_x = x + pdf.get_string_width(before)
        pdf.set_font("Times", "", 7.5)
        pdf.text(mark_x, baseline - 4.5, mark)
        pdf.set_font(*BODY)


def draw_caption(pdf: PleadingPaper) -> None:
    pdf.next_line()
    for line in COURT:
        baseline = pdf.next_line()
        pdf.text((LEFT + RIGHT - pdf.get_string_width(line)) / 2, baseline, line)
    pdf.next_line()
    for left, right in zip(CAPTION_LEFT, CAPTION_RIGHT, strict=True):
        baseline = pdf.next_line()
        pdf.text(LEFT + 10 * (len(left) - len(left.lstrip())), baseline, left.lstrip())
        pdf.text(325, baseline, ")")
        pdf.text(345, baseline, right)
    pdf.next_line()


def draw_paragraph(pdf: PleadingPaper, paragraph: str) -> None:
    if paragraph.startswith(CENTRED):
        heading = paragraph.removeprefix(CENTRED)
        baseline = pdf.next_line()
        pdf.set_font("Times", "B", 12)
        pdf.text((LEFT + RIGHT - pdf.get_string_width(heading)) / 2, baseline, heading)
        pdf.set_font(*BODY)
        return
    indent = 0.0 if paragraph.startswith(FLUSH) else 36.0
    pdf.set_font(*BODY)
    for row, line in enumerate(wrapped(pdf, paragraph, RIGHT - LEFT, indent)):
        draw_line(pdf, LEFT + (indent if row == 0 else 0), pdf.next_line(), line)


def make_order(target: Path) -> None:
    """Write the order, the same bytes each time."""
    pdf = PleadingPaper()
    draw_caption(pdf)
    for paragraph in BODY_TEXT.split("\n\n"):
        draw_paragraph(pdf, paragraph)
    pdf.output(str(target))


if __name__ == "__main__":
    make_order(HERE / "sample-order.pdf")
