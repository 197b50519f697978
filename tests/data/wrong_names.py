"""Names that must never find a place by themselves, each made in a way that is told: written by hand, or a true name spoilt."""

from __future__ import annotations

from collections.abc import Iterator

from data.regions import children, place

ALL_OVER_CHINA = (
    "鹤山", "开平", "城区", "郊区", "新华区", "鼓楼区", "朝阳", "朝阳区", "西湖区", "铁西区", "桥西区",
    "长安区", "和平区", "河东区", "南山区", "宝山区", "江北区", "普陀区", "永定区", "市中区", "白云区", "城关区", "城中区",
    "海州区", "青山区", "向阳区", "新城区", "通州区", "吉林", "海南", "昌吉", "长沙", "南昌", "鼓楼",
)  # fmt: skip
"""Several places of the country are called so (鹤山市 and 鹤壁市鹤山区; 开平市 and 唐山市开平区)."""

NO_NAMES = (
    "市区", "县城", "全市", "全省", "全县", "全国", "合计", "小计", "总计", "平均", "平均值", "最高分", "满分", "排名", "其他",
    "市本级", "县本级", "本级", "区直机关", "县直单位", "各镇", "各县", "镇街", "镇（街）", "乡镇", "街道", "街道办", "街道办事处",
    "人民政府", "镇政府", "政府", "市", "县", "区", "镇", "旗", "盟", "自治县", "自治旗", "民族乡", "苏木", "东", "一", "1", "440781",
    "县农业局", "市扶贫办", "驻桂头镇工作队", "省", "广", "台", "-", "／", "（）", "城关", "老城", "市中",
)  # fmt: skip
"""What stands in a table beside names, and pieces of names."""

BY_HAND = (
    ("440700", "county", "江门市"), ("440700", "county", "江门"), ("440700", "county", "广东省"),
    ("440700", "county", "台山县"), ("440700", "county", "台山区"), ("440700", "county", "新会县"),
    ("440700", "county", "台山市开平市"), ("440700", "county", "台山市、开平市"), ("440700", "county", "原台山市"),
    ("440700", "county", "台山市（试点）"), ("440700", "county", "佛山市台山市"), ("440700", "county", "佛山台山"),
    ("440700", "county", "江门市佛山市台山市"), ("440700", "county", "台山江门"), ("440700", "county", "台山市江门市"),
    ("440700", "county", "江区"), ("440700", "county", "曲江区"),
    ("440700", "county", "山市"), ("440700", "county", "江门市山市"), ("440700", "county", "江／门台山"),
    ("440781", "town", "台城"), ("440781", "town", "台城镇"), ("440781", "town", "台城乡"), ("440781", "town", "台城街道川岛镇"),
    ("440781", "town", "开平市川岛镇"), ("440781", "town", "川岛乡"), ("440781", "town", "川岛街道"), ("440781", "town", "台山市"),
    ("440781", "town", "台山"), ("440781", "town", "上川镇"), ("440781", "town", "川岛镇党政办"), ("440781", "town", "圭峰区"),
    ("440232", "town", "乳"), ("440232", "town", "桂林镇"), ("440232", "town", "乳源"), ("440200", "county", "连山"),
    ("440000", "county", "潮阳市"), ("440000", "county", "斗门县"), ("440000", "county", "城"), ("440000", "county", "梅"),
    ("150000", "county", "左旗"), ("150000", "county", "前旗"), ("150000", "county", "乌旗"), ("150000", "county", "科右旗"),
    ("150000", "county", "察右旗"), ("150000", "county", "鄂后旗"), ("150000", "county", "蒙古"), ("150000", "county", "联合旗"),
    ("150000", "county", "自治"), ("150000", "county", "通辽市鄂托克旗"),
)  # fmt: skip
"""(home, level, name): another level, the superior of another, a kind that is not its own, a banner that may be several."""


def in_a_neighbours_hands(province: str) -> Iterator[tuple[str, str]]:
    """Each county under the next city of the province, which is not its own: (真名, 广州市武江区)."""
    cities = children(province)
    for at, city in enumerate(cities):
        neighbour = cities[(at + 1) % len(cities)]
        yield from ((each.code, neighbour.name + each.name) for each in children(city.code) if each.level == "county")


def one_character_wrong(codes: list[str]) -> Iterator[tuple[str, str]]:
    """Each name with its first character replaced by 某, which begins no place's name."""
    yield from ((code, "某" + place(code).name[1:]) for code in codes)
