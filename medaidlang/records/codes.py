"""Coded values of the national settlement interface, as the documents' words.

Source: 国家医保信息平台接口 2303/2304/5203 and the code tables of 医疗保障信息平台
(险种 insutype, 性别 gend, 医疗类别 med_type); only codes whose meaning is the same
everywhere are listed.  14 is 门诊慢特病, which the documents call 慢病门诊 or
特病门诊: where a document treats the two differently, write the word.
"""

from __future__ import annotations

CODES: dict[str, dict[str, str]] = {
    "insutype": {"310": "职工医保", "390": "居民医保"},
    "gend": {"1": "男", "2": "女"},
    "med_type": {
        "11": "普通门诊",
        "14": "慢病门诊",
        "21": "住院",
        "22": "住院",
        "23": "住院",
        "52": "住院",
    },
}


def decoded(fields: tuple[str, ...], value: str) -> str:
    """The word for a code of one of the fields, or `value` itself."""
    for field in fields:
        if value in CODES.get(field.casefold(), {}):
            return CODES[field.casefold()][value]
    return value
