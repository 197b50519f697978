"""Files made to harm whoever reads them: refused with their own reason, or read like the good one; the worker lives on."""

from __future__ import annotations

import pytest

from data.sheets import Reader
from data.sheets.pool import Pool
from tests.data.hostile_files import HAZARDS, hostile
from tests.data.sheet_forms import COUNTY, grades


@pytest.fixture(scope="module")
def reader():
    pool = Pool(workers=1)
    yield Reader(pool)
    pool.close()


@pytest.mark.parametrize("name", HAZARDS)
def test_a_hostile_file_is_refused_with_its_reason_or_read_like_the_good_one(reader, name):
    file, content, code = hostile(name)
    reading = reader.read(file, content, COUNTY)
    errors = [each.code for each in reading.problems if each.level == "error"]
    if code:
        assert {*errors} == {code}
        assert reading.sheets == ()
        assert all(each.message and each.mend for each in reading.problems)
    else:
        assert errors == []
        assert grades(reading) == dict.fromkeys(range(1, 20), "好")
