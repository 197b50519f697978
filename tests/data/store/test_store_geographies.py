"""自有底图 in the store: versions per place and kind, 停用 and 恢复, the log, the original; no assessment is touched."""

from __future__ import annotations

import pytest

from data.geographies import own
from data.store import Assessment, Moved, Store, StoreProblem

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[112.0, 22.0], [112.0, 23.0], [113.0, 23.0], [113.0, 22.0], [112.0, 22.0]]],
}
OTHER = {
    "type": "Polygon",
    "coordinates": [[[112.0, 22.0], [112.0, 22.5], [113.0, 22.5], [113.0, 22.0], [112.0, 22.0]]],
}


def put(store: Store, shapes=None, *, scope="440700", kind="areas", name="江门.geojson", content=b"{}", replaces=None):
    shapes = {"440781": SQUARE} if shapes is None else shapes
    return store.put_geography(scope, kind, (name, content), shapes, {"crs": "wgs84"}, "张三", "江门市", replaces)


def test_nothing_is_in_use_before_anything_was_brought(store: Store) -> None:
    found = own(store)
    assert (dict(found.areas), dict(found.points), found.source, found.version) == ({}, {}, "", "")


def test_what_was_brought_is_in_use_with_its_source(store: Store) -> None:
    put(store)
    put(store, {"440781115": [112.79, 22.25]}, scope="440781", kind="points", name="台山.csv", content=b"x")
    found = own(store)
    assert dict(found.areas) == {"440781": SQUARE}
    assert dict(found.points) == {"440781115": (112.79, 22.25)}
    first, second = found.source.split("；")
    assert first.startswith("自有底图：江门.geojson，")
    assert first.endswith("日由张三上传")
    assert second.startswith("自有底图：台山.csv，")


def test_the_version_changes_with_every_change_of_what_is_in_use(store: Store) -> None:
    first = put(store)
    seen = [own(store).version]
    second = put(store, {"440781": OTHER}, content=b"[]", replaces=first.id)
    seen.append(own(store).version)
    assert dict(own(store).areas) == {"440781": OTHER}
    store.withdraw_geography(second.id, "李四", "界线有误", "江门市")
    seen.append(own(store).version)
    assert (own(store).areas, seen[-1]) == ({}, "")
    store.restore_geography(first.id, "李四", "仍用第1版", "江门市")
    assert dict(own(store).areas) == {"440781": SQUARE}
    assert own(store).version == seen[0]
    assert len(set(seen)) == 3


def test_an_earlier_version_takes_the_place_of_the_one_in_use(store: Store) -> None:
    first = put(store)
    put(store, {"440781": OTHER}, replaces=first.id)
    store.restore_geography(first.id, "李四", "新版有误", "江门市")
    assert [(each.revision, each.state) for each in store.geographies()] == [(2, "replaced"), (1, "current")]


def test_the_narrower_places_own_points_hold(store: Store) -> None:
    put(store, {"440781115": [112.1, 22.1]}, scope="440781", kind="points")
    put(store, {"440781115": [112.2, 22.2]}, scope="440700", kind="points")
    assert own(store).points["440781115"] == (112.1, 22.1)


def test_each_change_is_one_line_of_the_log_and_moves_no_assessment(store: Store, assessment: Assessment) -> None:
    before = store.version(assessment.id)
    first = put(store)
    store.withdraw_geography(first.id, "李四", "界线有误", "江门市")
    store.restore_geography(first.id, "王五", "核对无误", "江门市")
    told = [(each.action, each.actor, each.subject, each.assessment) for each in store.log(limit=3)]
    subject = "江门市界线第1版（《江门.geojson》）"
    assert told == [
        ("恢复底图", "王五", subject, None), ("停用底图", "李四", subject, None), ("启用底图", "张三", subject, None),
    ]  # fmt: skip
    assert store.log(limit=3)[1].details["reason"] == "界线有误"
    assert store.version(assessment.id) == before
    assert store.verify_log() is None


def test_the_original_comes_back_byte_for_byte(store: Store) -> None:
    made = put(store, content=b'{"type": "FeatureCollection"}')
    assert store.original(made.file_sha256) == ("江门.geojson", b'{"type": "FeatureCollection"}')


def test_two_who_bring_one_at_the_same_time_do_not_undo_each_other(store: Store) -> None:
    put(store)
    with pytest.raises(Moved):
        put(store, {"440781": OTHER})
    assert dict(own(store).areas) == {"440781": SQUARE}


@pytest.mark.parametrize(
    ("act", "word"),
    [
        (lambda store, made: put(store, {}, replaces=made.id), "没有可以启用的图形"),
        (lambda store, made: store.withdraw_geography(made.id, "李四", " ", "江门市"), "停用理由不能为空"),
        (lambda store, made: store.restore_geography(made.id, "李四", "再用", "江门市"), "正在使用"),
        (lambda store, made: store.withdraw_geography(99, "李四", "不用", "江门市"), "没有找到"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(store: Store, act, word: str) -> None:
    made = put(store)
    lines = len(store.log())
    with pytest.raises(StoreProblem, match=word):
        act(store, made)
    assert own(store).version
    assert len(store.log()) == lines


def test_a_withdrawn_one_is_not_withdrawn_twice(store: Store) -> None:
    made = put(store)
    store.withdraw_geography(made.id, "李四", "不用", "江门市")
    with pytest.raises(StoreProblem, match="已不在使用"):
        store.withdraw_geography(made.id, "李四", "不用", "江门市")
