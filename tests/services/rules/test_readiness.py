"""Nobody is given a mentee before recruitment, confirmed experience and training (D29)."""

from datetime import date

from services.rules.readiness import Lack, Missing, lacking

TOPICS = ("encouraging disclosure", "trauma", "boundaries")
DAY = date(2024, 6, 12)
TRAINED = dict.fromkeys(TOPICS, date(2024, 6, 12))


def test_a_mentor_with_everything_by_the_day_lacks_nothing() -> None:
    assert lacking(DAY, DAY, TRAINED, TOPICS, DAY) == ()


def test_each_missing_thing_is_named() -> None:
    trained = {"trauma": date(2024, 6, 13), "boundaries": DAY}
    assert lacking(None, date(2024, 6, 13), trained, TOPICS, DAY) == (
        Lack(Missing.RECRUITMENT),
        Lack(Missing.EXPERIENCE),
        Lack(Missing.TRAINING, "encouraging disclosure"),
        Lack(Missing.TRAINING, "trauma"),
    )
