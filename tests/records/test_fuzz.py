"""Whatever bytes a data file holds: records, or a refusal with a code."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaidlang.base.catalogue import lookup
from medaidlang.base.diagnostic import Refusal
from medaidlang.base.render import render_text
from medaidlang.driver import find_pack, settle_all, usable
from medaidlang.records.read import read_records

PACK = usable(find_pack("昆玉2025"))[1]
FIELDS = [*PACK.facts, *PACK.parameters, "身份", "参数", "psn_no", "hifp_pay", "", "别的"]
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["1e9", "2025-09-01", "2025-02-30", "低保对象", "住院", "-1", "是"])
    | st.just("9" * 5000)
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*FIELDS, "名称", "起", "止"]), inner, max_size=3)
    ),
    max_leaves=5,
)
ROWS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8)
DOCUMENTS = (
    VALUES
    | st.fixed_dictionaries(
        {"人员": st.lists(ROWS, max_size=3) | VALUES, "费用": st.lists(ROWS, max_size=4) | VALUES},
        optional={"参数": VALUES, "别的": VALUES},
    )
    | st.lists(st.fixed_dictionaries({"person": ROWS, "claims": st.lists(ROWS, max_size=3)}),
               max_size=3)
)  # fmt: skip
WORDS = [*FIELDS, "1", "c1", "2025-09-01", "住院", "10000.00", '"', "=1+1"]
CELLS = st.sampled_from(WORDS) | st.text(max_size=6)

quick = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def usable_or_refused(path):
    """Read and settle; every refusal must be one that can be shown."""
    found = refusal(path)
    if found is not None:
        assert found
        assert all(lookup(d.code) and d.place for d in found)
        render_text(found, colour=False)


def refusal(path):
    try:
        settle_all(PACK, read_records(PACK, path).subjects)
    except Refusal as refused:
        return refused.diagnostics
    return None


@pytest.mark.parametrize("suffix", [".json", ".csv", ".xlsx"])
@quick
@given(data=st.binary(max_size=200))
def test_bytes(data, suffix, tmp_path):
    path = tmp_path / f"数据{suffix}"
    path.write_bytes(data)
    usable_or_refused(path)


@pytest.mark.parametrize("suffix", [".json", ".csv"])
@quick
@given(text=st.text(max_size=200))
def test_text(text, suffix, tmp_path):
    path = tmp_path / f"数据{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    usable_or_refused(path)


@quick
@given(data=DOCUMENTS)
def test_documents(data, tmp_path):
    path = tmp_path / "数据.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
    usable_or_refused(path)


@quick
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=5))
def test_tables(rows, tmp_path):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    path = tmp_path / "数据.csv"
    path.write_text(out.getvalue(), encoding="utf-8", errors="surrogatepass", newline="")
    usable_or_refused(path)
