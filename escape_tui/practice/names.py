"""Names for people who do not exist, as they may stand on a list anywhere in the United Kingdom.

Not for: any real person. Given and family names are put together by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class _Pool:
    weight: float
    women: str
    men: str
    families: str
    languages: str = ""


_POOLS = (
    _Pool(
        9,
        "Margaret Susan Linda Christine Patricia Jean Carol Barbara Sheila Maureen Janet Pauline Wendy",
        "David John Peter Michael Brian Alan Keith Roger Derek Malcolm Trevor Graham Barry Colin",
        "Ashdown Birtwell Cropley Dunmore Eastlake Fernley Garside Hebdon Inglesby Jessop Kettlewell Larkin "
        "Marlow Nettleton Oakden Pemberley Quarmby Ridsdale Satterley Thornby Underhay Vickery Wetherden",
    ),
    _Pool(
        2,
        "Gwenllian Megan Eirlys Bronwen Siân Nerys",
        "Dafydd Gareth Emrys Huw Iwan Rhodri",
        "Bevan-Hughes Cadwaladr Gethin Llewellyn Penhallt Tudur",
    ),
    _Pool(
        2,
        "Morag Eilidh Fiona Ailsa Catriona",
        "Hamish Ewan Murdo Angus Fergus",
        "Abernethy Drummore Galbraith Kinnaird MacAskill",
    ),
    _Pool(
        1.5,
        "Bernadette Siobhán Róisín Deirdre",
        "Declan Seamus Fintan Padraig",
        "Costello Geraghty O'Dowd Mulcahy",
    ),
    _Pool(
        2.5,
        "Parveen Shabana Rukhsana Sunita Kamaljit Nasreen Meena Jaswinder",
        "Imran Tariq Harjit Anil Mohammed Rajesh Balvinder Zahid",
        "Akhtar Bhogal Chowdhary Desai Hussain Kaur-Gill Mistry Patel Qureshi Sandhu",
        "Punjabi Urdu Gujarati",
    ),
    _Pool(
        1.5,
        "Gloria Marcia Beverley Hyacinth Folake Ngozi Abena",
        "Winston Delroy Carlton Everton Kwame Babatunde Chidi",
        "Adeleke Brathwaite Campbell-Rowe Mensah Nwosu Pinnock Samuels",
    ),
    _Pool(
        0.7, "Krystyna Halina Danuta", "Zbigniew Marek Henryk", "Kowalczyk Wiśniewska-Lis Zawada", "Polish"
    ),
    _Pool(0.6, "Mei-Ling Sau-Wah Xiuying", "Wing-Keung Chi-Ming Guowei", "Cheung Lau Tsang", "Cantonese"),
    _Pool(0.5, "Ayşe Fatma Emine", "Mehmet Hasan Ali", "Öztürk Şahin Demirel", "Turkish"),
)


def name_for(rng: Random, sex: str) -> tuple[str, str]:
    """A given and a family name."""
    pool = rng.choices(_POOLS, [pool.weight for pool in _POOLS])[0]
    given = pool.women if sex == "female" else pool.men
    return rng.choice(given.split()), rng.choice(pool.families.split())


def given_for(rng: Random, sex: str, family: str) -> str:
    """A given name for somebody of that family."""
    pool = _pool_of(family)
    return rng.choice((pool.women if sex == "female" else pool.men).split())


def language_for(rng: Random, family: str) -> str | None:
    """A language besides English that may be spoken in that family; None where there is none."""
    pool = _pool_of(family)
    return rng.choice(pool.languages.split()) if pool.languages else None


def _pool_of(family: str) -> _Pool:
    return next(pool for pool in _POOLS if family in pool.families.split())
