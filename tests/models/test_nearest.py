"""Near texts share pieces that few others have, and the words in common are named."""

from models.nearest import Nearest

TEXTS = ["小区水表抄错，水费多收", "路口信号灯不亮，请维修", "居住证怎么办理，请答复"]


def test_the_nearest_comes_first_with_the_words_in_common():
    first, *others = Nearest(TEXTS).near("我家水表抄错了，请退水费", least=0.05, most=3)
    assert (first.at, first.words[0]) == (0, "水表抄错")
    assert "水费" in first.words
    assert all(each.likeness < first.likeness for each in others)


def test_the_same_text_is_as_near_as_can_be_and_a_strange_one_is_not_near():
    index = Nearest(TEXTS)
    [same] = index.near(TEXTS[1], least=0.9, most=3)
    assert (same.at, round(same.likeness, 6)) == (1, 1)
    assert index.near("ＡＢＣ", least=0, most=3) == index.near("", least=0, most=3) == []


def test_what_every_text_has_says_next_to_nothing():
    index = Nearest(["请尽快答复 路灯", "请尽快答复 水表", "请尽快答复 公交"])
    first, second, _ = index.near("水表，请尽快答复", least=0, most=3)
    assert (first.at, first.words) == (1, ("水表", "请尽快答复"))
    assert second.likeness < 0.2
