"""Control charts: is what a series does more than its ordinary variation? Numbers and words; nothing is drawn here.

`control_chart` chooses the chart by the data, fixes its baseline, starts anew only at recorded breaks, and applies the
rules of the NHS ("Making Data Count") and of Anhøj. `variation` and `assurance` put the result into words.
"""

from sro.stats.spc.chart import Chart, Phase, control_chart
from sro.stats.spc.icons import Icon, assurance, variation
from sro.stats.spc.rules import RULES, Runs, Signal, anhoej

__all__ = ["RULES", "Chart", "Icon", "Phase", "Runs", "Signal", "anhoej", "assurance", "control_chart", "variation"]
