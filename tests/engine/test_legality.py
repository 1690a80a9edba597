"""A flow owes people a limit, an owner and an answer; what it owes is said of the element where it is missing."""

import pytest

from errors import Problem
from tests.engine.checking import found
from tests.engine.diagrams import (
    both,
    boundary,
    call,
    catch,
    diagram,
    each,
    end,
    event,
    first_event,
    message,
    messages,
    rule,
    script,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)

URGE = {"to": "lead_org"}
POSTS = {"office:head", "office:clerk", "water:liaison"}
LIMIT = {"deadline": "handle", "limit": "workdays(2)"}
UNIT = 'post(lead_org, "liaison")'
HEAD = 'post("office", "head")'


def problems(*files: bytes, tables: bytes = b"") -> list[str]:
    return [str(problem) for problem in warned(*files, tables=tables)]


def warned(*files: bytes, tables: bytes = b"") -> list[Problem]:
    handlers = {"urge": {"to": True}, "tell": {"to": True}, "sms": {}}
    return found(*files, tables=tables, handlers=handlers, posts=POSTS, escalating=["urge"])


def flow(*shapes, flows: str, first=None, key: str = "p") -> bytes:
    return diagram(key, first or start(), *shapes, end(), flows=flows)


class TestWaits:
    """Every wait has a deadline or says why not."""

    def unlimited(self, id: str, **more):
        return user(id, noDeadline="", **more)

    def test_a_task_without_a_limit_is_named(self):
        content = flow(script("s", "x = 1"), self.unlimited("A", name="办理"), flows="start s A end")
        assert problems(content) == ["「办理」（A）没有时限：请写时限或画定时事件，确实没有的写明原因。"]

    def test_a_limit_of_its_own_is_enough(self):
        assert problems(flow(script("s", "x = 1"), user("A", **LIMIT), flows="start s A end")) == []

    def test_a_timer_on_it_is_enough(self):
        shapes = [script("s", "x = 1"), self.unlimited("A"), boundary("t", "A", timer("workdays(2)")), end("late")]
        assert problems(flow(*shapes, flows="start s A end; t late")) == []

    def test_a_reason_is_enough(self):
        shape = user("A", noDeadline="文件未规定时限")
        assert problems(flow(script("s", "x = 1"), shape, flows="start s A end")) == []

    def test_the_form_that_registers_the_case_waits_for_nobody(self):
        assert problems(flow(self.unlimited("A"), flows="start A end")) == []

    @pytest.mark.parametrize("skips", [False, True])
    def test_a_limit_that_began_before_and_ends_here_is_enough_if_it_has_begun_on_every_way(self, skips):
        shapes = [script("s", "x = 1"), user("A", **LIMIT, until="B"), self.unlimited("B"), xor("G"), xor("J")]
        ways = "G -> A: x > 1; G -> J: else; A J; J B end" if skips else "G -> A: x > 1; G -> end: else; A J B end"
        assert (
            any("「B」没有时限" in problem for problem in problems(flow(*shapes, flows=f"start s G; {ways}"))) == skips
        )

    def test_a_limit_around_it_is_enough(self):
        inside = sub("S", start("in"), self.unlimited("B"), end("out"), flows="in B out", **LIMIT)
        assert problems(flow(inside, flows="start S end")) == []

    def test_each_wait_of_a_called_process_is_looked_at_unless_every_call_has_a_limit(self):
        called = diagram("q", start("qs"), self.unlimited("B"), end("qe"), flows="qs B qe")
        limited = call("C", "q", **LIMIT)
        assert problems(flow(limited, flows="start C end"), called) == []
        [problem] = problems(flow(limited, call("D", "q"), flows="start C D end"), called)
        assert problem.startswith("「B」没有时限")

    @pytest.mark.parametrize(("content", "waits"), [(timer("workdays(2)"), []), (message("n"), ["「E」"])])
    def test_events_that_wait_together_have_a_timer_among_them(self, content, waits):
        shapes = [first_event("E"), messages("m", "n"), catch("a", message("m")), catch("b", content)]
        text = flow(*shapes, xor("J"), flows="start E; E a J; E b J; J end")
        assert [problem.partition("没有")[0] for problem in problems(text)] == waits

    def test_a_message_that_is_waited_for_alone(self):
        assert (
            "「等」（M）没有时限"
            in problems(flow(catch("M", message("m"), name="等"), messages("m"), flows="start M end"))[0]
        )


class TestAnswers:
    """No route closes without a reply to whoever asked."""

    def asked(self, *shapes, flows: str):
        return flow(*shapes, first=start(noReply=""), flows=flows)

    def silent(self, *files: bytes) -> list[str]:
        words = "不答复提出人就能走到：请在路上答复并标明，确实不用答复的写明原因。"
        assert all(problem.endswith(words) for problem in problems(*files))
        return [problem.removesuffix(words) for problem in problems(*files)]

    def test_a_case_that_closes_in_silence(self):
        assert self.silent(self.asked(user("A"), flows="start A end")) == ["「end」"]

    def test_a_task_or_a_service_that_answers(self):
        assert self.silent(self.asked(user("A", reply="yes"), flows="start A end")) == []
        assert self.silent(self.asked(service("A", "sms", reply="yes"), flows="start A end")) == []

    def test_every_way_has_to_answer(self):
        shapes = [user("A"), xor("G"), service("R", "sms", reply="yes"), end("refused", name="不受理")]
        text = self.asked(*shapes, flows="start A G; G -> R: x > 1; G -> refused: else; R end")
        assert self.silent(text) == ["「不受理」（refused）"]

    def test_an_end_may_say_why_nobody_is_answered(self):
        text = self.asked(user("A"), end("aside", noReply="答复在主线上"), both("G"), service("R", "sms", reply="yes"),
                          flows="start A G; G aside; G R end")  # fmt: skip
        assert self.silent(text) == []

    def test_a_flow_may_say_that_nobody_asked_and_the_clock_never_does(self):
        assert problems(flow(user("A"), first=start(noReply="办公室下达"), flows="start A end")) == []
        month = start(content=timer('period_start("monthly")', "timeDate"))
        assert problems(flow(user("A"), first=month, flows="start A end")) == []

    def test_what_runs_beside_the_way_closes_nothing(self):
        shapes = [user("A", reply="yes", **LIMIT), boundary("late", "A", timer('due("handle")'), False), end("told")]
        assert self.silent(self.asked(*shapes, flows="start A end; late told")) == []

    def test_what_ends_everything_from_beside_the_way_has_to_answer_first(self):
        late = boundary("late", "A", timer('due("handle")'), False)
        stop = end("stop", name="中止", content=event("terminate"))
        shapes = [user("A", **LIMIT), late, stop, service("R", "sms", reply="yes")]
        assert self.silent(self.asked(*shapes, flows="start A R end; late stop")) == ["「中止」（stop）"]
        answered = self.asked(*shapes, service("S", "sms", reply="yes"), flows="start A R end; late S stop")
        assert self.silent(answered) == []

    @pytest.mark.parametrize("interrupting", [True, False])
    def test_whoever_leaves_the_answering_before_it_is_done_has_not_answered(self, interrupting):
        late = boundary("late", "A", timer('due("handle")'), interrupting)
        stop = end("stop", content=event("terminate"))
        text = self.asked(user("A", reply="yes", **LIMIT), late, stop, flows="start A end; late stop")
        assert self.silent(text) == ["「stop」"]

    def test_an_answer_in_a_called_process_counts_if_every_way_through_it_answers(self):
        answers = diagram("q", start("qs"), service("R", "sms", reply="yes"), end("qe"), flows="qs R qe")
        some = diagram("q", start("qs"), xor("G"), service("R", "sms", reply="yes"), end("qe"), end("qn"),
                       flows="qs G; G -> R: x > 1; G -> qn: else; R qe")  # fmt: skip
        text = self.asked(call("C", "q"), flows="start C end")
        assert (self.silent(text, answers), self.silent(text, some)) == ([], ["「end」"])

    def test_an_answer_for_each_of_many_is_none_for_nobody(self):
        each_one = each(user("A", reply="yes"), "units", "unit")
        assert self.silent(self.asked(each_one, flows="start A end")) == ["「end」"]


class TestLadders:
    """Every ladder ends at an owner."""

    OWNERLESS = "以后没有负责的岗位，阶梯到不了责任人。"

    def test_a_reminder_that_nobody_else_hears_of(self):
        shapes = [user("A", candidates=UNIT), service("U", "urge", name="催办", parameters=URGE)]
        assert problems(flow(*shapes, flows="start A U end")) == [f"「催办」（U）{self.OWNERLESS}"]

    @pytest.mark.parametrize(
        "owner", [user("B", candidates=HEAD), service("B", "tell", parameters={"to": HEAD})], ids=["task", "notice"]
    )
    def test_a_post_that_hears_of_it(self, owner):
        shapes = [user("A", candidates=UNIT), service("U", "urge", parameters=URGE), owner]
        assert problems(flow(*shapes, flows="start A U B end")) == []

    def test_the_unit_that_is_urged_is_not_its_own_owner(self):
        shapes = [user("A"), service("U", "urge", parameters=URGE), user("B", candidates=UNIT)]
        assert problems(flow(*shapes, flows="start A U B end")) == [f"「U」{self.OWNERLESS}"]

    @pytest.mark.parametrize("own", ["'water'", '"water"'])
    @pytest.mark.parametrize(
        "silent",
        [user("B", candidates='post("water", "liaison")'),
         service("B", "tell", parameters={"to": 'post("water", "liaison")'})],
        ids=["task", "notice"],
    )  # fmt: skip
    def test_a_unit_that_is_written_down_is_not_its_own_owner_either(self, own, silent):
        shapes = [user("A"), service("U", "urge", parameters={"to": own}), silent]
        assert problems(flow(*shapes, flows="start A U B end")) == [f"「U」{self.OWNERLESS}"]

    def ladder(self, answered: str, silent: str) -> bytes:
        """催办 with a limit; where it leads when the unit answers, and when it does not: B is a post's task."""
        return flow(
            user("A", candidates=HEAD),
            service("U", "urge", parameters=URGE, deadline="urge", limit="workdays(1)", until="yes"),
            first_event("E"), messages("m"), catch("yes", message("m")), end("nothing"),
            catch("no", timer('due("urge")'), name="催办到期"), user("B", candidates=HEAD),
            flows=f"start A U E; E yes {answered}; E no {silent}; B end",
        )  # fmt: skip

    def test_a_rung_that_lapses_into_nothing(self):
        assert problems(self.ladder(answered="B", silent="nothing")) == [f"「催办到期」（no）{self.OWNERLESS}"]

    def test_a_rung_that_lapses_to_the_next_owner(self):
        assert problems(self.ladder(answered="nothing", silent="B")) == []

    def test_a_rung_whose_limit_nobody_watches(self):
        shapes = [
            user("A"),
            service("U", "urge", parameters=URGE, deadline="urge", limit="workdays(1)", until="B"),
            user("B", candidates=HEAD),
        ]
        assert problems(flow(*shapes, flows="start A U B end")) == [
            "「U」的时限“urge”到期没有人管，请画到期以后由谁接着督促。"
        ]

    def test_each_call_of_a_rung_is_looked_at_by_itself(self):
        called = diagram(
            "q", start("qs"),
            service("U", "urge", parameters=URGE, deadline="urge", limit="workdays(1)", until="yes"),
            first_event("E"), messages("m"), catch("yes", message("m")), catch("no", timer('due("urge")')),
            end("qa"), end("ql"), flows="qs U E; E yes qa; E no ql",
        )  # fmt: skip
        shapes = [user("A", candidates=HEAD), call("first", "q"), call("last", "q"), user("B", candidates=HEAD)]
        assert problems(flow(*shapes, flows="start A first last B end"), called) == []
        assert problems(flow(*shapes[:3], flows="start A first last end"), called) == [f"「no」{self.OWNERLESS}"]


class TestPosts:
    """Whoever hears is a post that exists; a county that has not loaded its people yet is only warned."""

    def test_a_post_that_does_not_exist_is_a_warning(self):
        text = flow(user("A", candidates='post("office", "boss")'), flows="start A end")
        [problem] = warned(text)
        assert (str(problem), problem.warning) == (
            "「A」 的办理岗位用到的岗位“office:boss”不存在，最接近的是“office:head”。",
            True,
        )

    def test_where_the_unit_is_not_known_yet_the_role_is_looked_at(self):
        text = flow(user("A", candidates='post(lead_org, "lieson")'), flows="start A end")
        assert problems(text) == ["「A」 的办理岗位用到的岗位“lieson”不存在，最接近的是“liaison”。"]

    def test_the_rows_of_a_table_that_name_the_next_owner(self):
        table = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="ladder" name="阶梯"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i"><inputExpression id="ie" typeRef="number"><text>rung</text></inputExpression></input>
<output id="o" name="unit" typeRef="string"/><output id="p" name="role" typeRef="string"/>
<rule id="r"><inputEntry id="c"><text>1</text></inputEntry>
<outputEntry id="x"><text>"office"</text></outputEntry><outputEntry id="y"><text>"head"</text></outputEntry></rule>
<rule id="s"><inputEntry id="e"><text>not(1)</text></inputEntry>
<outputEntry id="v"><text>"mayor"</text></outputEntry><outputEntry id="w"><text>"head"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
        shapes = [rule("D", "ladder"), user("A", candidates="post(unit, role)")]
        text = flow(*shapes, flows="start D A end")
        assert problems(text, tables=table.encode()) == ["决策表“阶梯”第2行的岗位“mayor:head”不存在。"]


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (user("A", noDeadline="无"), "「A」没有写明原因"),
        (user("A", reply="no"), "「A」的属性“reply”只能写 yes"),
        (user("A", noDeadline="文件未规定", **LIMIT), "「A」既有时限又写了没有时限的原因"),
        (xor("A", noReply="不用"), "「A」是网关，不能有属性“noReply”"),
    ],
)
def test_what_is_written_down_means_something(shape, words):
    assert words in "".join(problems(flow(shape, flows="start A end")))
