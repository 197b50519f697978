"""How a paper looks as a web page: on paper as the .docx, on a screen as a sheet, on a phone as running text."""

from __future__ import annotations

from data.documents.cells import fit

_SONG = '"方正小标宋简体","FZXiaoBiaoSong-B05S","华文中宋","STZhongsong","Songti SC","Noto Serif CJK SC",serif'
_FANG = '"仿宋_GB2312","仿宋","FangSong","STFangsong","FandolFang R","Songti SC","Noto Serif CJK SC",serif'
_KAI = '"楷体_GB2312","楷体","KaiTi","STKaiti","FandolKai","LXGW WenKai","Noto Serif CJK SC",serif'
_HEI = '"黑体","SimHei","STHeiti","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'

_LOOK = f"""
:root{{color-scheme:light}}*{{box-sizing:border-box}}
body{{margin:0;color:#000;background:#fff;font:16pt/28.95pt "Times New Roman",{_FANG};letter-spacing:-.25pt;
overflow-wrap:anywhere}}
p,h1,h2,h3,h4,pre,ul{{margin:0;padding:0;font-size:inherit;font-weight:normal}}
main p,h2,h3,h4{{text-indent:2em;text-align:justify}}
h1{{font:22pt/35pt "Times New Roman",{_SONG};letter-spacing:0;text-align:center;margin-bottom:28.95pt}}
h2{{font-family:"Times New Roman",{_HEI}}}h3{{font-family:"Times New Roman",{_KAI}}}
h2,h3,h4,caption{{break-after:avoid}}p{{orphans:2;widows:2}}
main p.number{{text-align:center;text-indent:0;margin-bottom:28.95pt}}main p.to{{text-indent:0}}
pre{{font:10.5pt/16pt Consolas,"Liberation Mono",monospace;margin-left:2em;white-space:pre-wrap;letter-spacing:0}}
.above{{text-align:center;font:10.5pt/15pt "Times New Roman",{_HEI};letter-spacing:0}}
.above+.above{{font:9pt/15pt "Times New Roman",{_FANG}}}
table{{border-collapse:collapse;table-layout:fixed;margin:6pt auto 11pt;line-height:1.4;letter-spacing:0}}
caption{{font:14pt/22pt "Times New Roman",{_HEI};padding-bottom:3pt}}
th,td{{border:.5pt solid #000;padding:2.5pt 1mm;text-align:center;vertical-align:middle}}
th{{font-family:"Times New Roman",{_HEI};font-weight:normal}}td.left{{text-align:left}}
thead{{display:table-header-group}}tr,.low{{break-inside:avoid}}
tbody tr:first-child{{break-before:avoid}}tbody tr:last-child{{break-before:avoid}}
.signed{{break-before:avoid;display:flex;justify-content:flex-end;margin:28.95pt 2em 0 0;break-inside:avoid}}
.signed p{{text-indent:0}}
.attached{{display:flex;margin:28.95pt 0 0 2em}}.attached span{{flex:none}}
.attached li{{list-style:none;padding-left:1.2em;text-indent:-1.2em}}
main p.copies{{border:solid #000;border-width:1pt 0;font-size:14pt;line-height:28pt;padding:0 1em 0 4em;text-indent:-3em;
margin-top:28.95pt;break-inside:avoid}}
.watermark{{position:fixed;inset:0;display:flex;align-items:center;justify-content:center;z-index:-1;
color:rgb(0 0 0/9%);font:44pt/1 {_HEI};white-space:nowrap;transform:rotate(-45deg);pointer-events:none}}
.anew{{break-before:page}}
"""
_SCREEN = """
@media screen{body{background:#e9ecef}header,main{max-width:210mm;margin:0 auto;background:#fff;padding:0 26mm 0 28mm}
header{padding-top:12mm}main{padding-top:8mm;padding-bottom:35mm}.wide{overflow-x:auto}.watermark{z-index:1}
.anew{border-top:1px dashed #999;margin-top:20pt;padding-top:20pt}}
@media screen and (max-width:700px){body{font-size:13pt;line-height:1.7}h1{font-size:17pt;line-height:1.4}
header,main{padding-left:5mm;padding-right:5mm}.watermark{font-size:26pt}}
"""
_PRINT = """
@media print{header{display:none}.across{page:across;break-before:page;break-after:page}.wide table{max-width:100%}
td,th,.watermark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def style(marking: str, stamp: str) -> str:
    """The style sheet. ``marking`` and ``stamp`` stand above the text of every printed page."""
    above = (
        f'@top-center{{content:{_string(marking)} "\\a " {_string(stamp)};white-space:pre;vertical-align:bottom;'
        f'padding-bottom:7mm;text-align:center;font:9pt/13pt "Times New Roman",{_HEI}}}'
    )
    number = f'content:"— " counter(page) " —";vertical-align:top;padding-top:5mm;font:14pt/1 "宋体","SimSun",{_SONG}'
    pages = (
        f"@page{{size:A4;margin:37mm 26mm 35mm 28mm;{above}}}"
        f"@page:right{{@bottom-right{{{number};padding-right:1em}}}}@page:left{{@bottom-left{{{number};padding-left:1em}}}}"
        "@page across{size:A4 landscape;margin:28mm 37mm 26mm 35mm}"
    )
    return _LOOK + _SCREEN + _PRINT + pages


def _string(text: str) -> str:
    """A string of CSS in which no character means anything: each is written as its code."""
    return '"' + "".join(f"\\{ord(letter):06x}" for letter in fit(text)) + '"'
