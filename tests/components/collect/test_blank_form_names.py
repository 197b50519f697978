"""What a zip of blank forms is called."""

from __future__ import annotations

import pytest

from components.collect.blank_forms import zip_name


@pytest.mark.parametrize(
    ("assessment", "part", "name"),
    [
        ("江门2020县级", "全部", "空白评分表_江门2020县级_全部.zip"),
        ("甲/乙 2020", "交叉考核", "空白评分表_甲_乙_2020_交叉考核.zip"),
    ],
)
def test_a_zip_of_blank_forms_names_its_assessment_and_no_folder(assessment: str, part: str, name: str) -> None:
    assert zip_name(assessment, part) == name
