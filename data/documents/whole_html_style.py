"""How the whole result looks in a browser: by day and by night, on a phone, at a desk and on paper. Fonts of the system only."""

from __future__ import annotations

from data.looks import DARK, LIGHT, Look, Palette

_VARIABLES = ("text", "quiet", "line", "paper", "ground", "missing")


def style() -> str:
    """The style sheet; nothing in it comes from outside."""
    night = f"@media screen and (prefers-color-scheme:dark){{:root{{{_colors(DARK)}}}}}"
    return f":root{{color-scheme:light dark;{_colors(LIGHT)}}}{night}{_SHEET}"


def _colors(palette: Palette) -> str:
    told = [f"--{name}:{getattr(palette, name)}" for name in _VARIABLES]
    told += [_grade(at, look) for at, look in enumerate(palette.grades)]
    return ";".join(told)


def _grade(at: int, look: Look) -> str:
    return f"--g{at}:{look.color};--i{at}:{look.ink}"


_SHEET = """
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:0 16px 48px;background:var(--paper);color:var(--text);
 font:16px/1.7 "Noto Sans SC","Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
.marking{position:sticky;top:0;z-index:2;margin:0 -16px;padding:6px 16px;background:var(--g0);color:var(--i0);text-align:center;
 font-size:14px}
h1{font-size:1.6rem;line-height:1.35;margin:24px 0 4px}
h2{font-size:1.25rem;margin:36px 0 8px;padding-top:8px;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:20px 0 6px}
p{margin:6px 0}
.q,caption{color:var(--quiet);font-size:14px}
caption{text-align:left;padding:4px 0}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin:12px 0}
a{color:inherit;text-underline-offset:3px}
.say{border-left:4px solid var(--g0);background:var(--ground);padding:8px 14px;margin:14px 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(104px,1fr));gap:10px;margin:12px 0}
.tile{border-radius:8px;padding:10px;text-align:center;line-height:1.3}
.tile b{display:block;font-size:1.7rem}
.g{display:inline-block;border-radius:6px;padding:0 8px;white-space:nowrap}
.g0{background:var(--g0);color:var(--i0)}.g1{background:var(--g1);color:var(--i1)}
.g2{background:var(--g2);color:var(--i2)}.g3{background:var(--g3);color:var(--i3)}
.gx{background:var(--ground);color:var(--text);border:1px solid var(--line)}
.wide{overflow-x:auto;margin:8px 0}
table{border-collapse:collapse;width:100%;font-size:15px}
th,td{border-bottom:1px solid var(--line);padding:6px 8px;text-align:left;vertical-align:top;min-width:4.2em}
th{background:var(--ground);font-weight:600}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
details{border:1px solid var(--line);border-radius:8px;margin:8px 0;padding:0 12px}
summary{cursor:pointer;padding:10px 0;font-weight:600}
summary .n{float:right}
details[open]{padding-bottom:12px}
ol.steps{padding-left:1.6em;margin:6px 0}
ol.steps li{margin:4px 0}
cite{font-style:normal;color:var(--quiet);font-size:14px}
.map{background:#FFFFFF;border:1px solid var(--line);border-radius:8px;padding:4px}
.map svg{display:block;width:100%;height:auto;max-width:760px;margin:0 auto}
.wm{position:fixed;inset:0;z-index:3;pointer-events:none;overflow:hidden;opacity:.09;display:grid;
 grid-template-columns:repeat(4,1fr);grid-auto-rows:160px;align-items:center;justify-items:center}
.wm span{transform:rotate(-24deg);font-size:24px;white-space:nowrap}
@media (max-width:640px){body{font-size:15px}table{font-size:14px}th,td{padding:5px 6px}.wm{grid-template-columns:repeat(2,1fr)}
 section>.wide td:last-child:not(:first-child):not(.n){min-width:13em}section>.wide td:nth-child(n+4){min-width:5.5em}}
@media print{body{max-width:none;font-size:12px}.marking{position:static}h2{break-after:avoid}tr{break-inside:avoid}
 .wide{overflow:visible}nav{display:none}@page{size:A4;margin:16mm}details::details-content{content-visibility:visible;height:auto}
 details>*{display:block}}
"""
