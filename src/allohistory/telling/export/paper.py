"""The paper of every page that is carried away: one style sheet, light and dark, as wide as a post, for print too."""

from __future__ import annotations

from html import escape

STYLE = """
:root { --paper: #f7f4ec; --ink: #26221c; --soft: #6b6459; --line: #d8d1c1; --mark: #8c2f1c; --bar: #7d9db5; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #1d1b18; --ink: #e8e2d5; --soft: #a89f90; --line: #3f3a33; --mark: #e08a6f; --bar: #4f7390; }
  .map { background: #f7f4ec; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 18px/1.55 Georgia, "Noto Serif", serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.2rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.25; font-weight: 600; margin: 0 0 .8rem; }
h2 { font-size: 1.25rem; margin: 2.4rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; color: var(--soft); letter-spacing: .06em; }
p { margin: .45rem 0; }
.about, .caption, .ours, footer { color: var(--soft); }
.ours { font-style: italic; font-size: .92em; }
.when { font-weight: 600; white-space: nowrap; }
.entry { display: grid; grid-template-columns: 8.6rem 1fr; column-gap: .8rem; }
.entry.dated { grid-template-columns: 10.6rem 1fr; }
.absent { color: var(--soft); font-style: italic; }
.fades { border-left: 3px solid var(--mark); padding-left: .8rem; }
figure { margin: 1.4rem 0; } figure img, figure svg { width: 100%; height: auto; display: block; }
.caption { font-size: .85rem; }
table { border-collapse: collapse; width: 100%; font: 14px/1.4 "Segoe UI", "DejaVu Sans", sans-serif; }
.wide { overflow-x: auto; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
code { font: 13px/1.4 "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
details { margin: .6rem 0; } summary { cursor: pointer; color: var(--soft); }
.chart svg { max-width: 100%; height: auto; }
ul { padding-left: 1.2rem; } li { margin: .3rem 0; }
@media (max-width: 34rem) {
  .entry, .entry.dated { grid-template-columns: 1fr; }
}
@media print {
  body { background: #fff; color: #000; font-size: 11pt; }
  h2 { break-after: avoid; }
  figure { break-inside: avoid; }
}
"""


def page(title: str, body: str) -> str:
    """A whole page of its own: nothing is fetched."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
