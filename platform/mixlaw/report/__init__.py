"""The report room: from the results, laws and recommendation of an output folder to one self-contained page.

write_report(Path("out")) writes out/report.html and out/figures/; draw_hero draws the README's picture;
write_law_report writes the page of one law fitted to anybody's runs.
"""

from mixlaw.report.law_report import write_law_report
from mixlaw.report.write import draw_hero, write_report

__all__ = ["draw_hero", "write_law_report", "write_report"]
