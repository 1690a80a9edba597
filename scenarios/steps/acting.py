"""办理：what people do."""

from uuid import uuid4

from sqlalchemy import select

from engine import Element
from models import SYSTEM, Case, Identity, Incident, User, session
from operations.acts.attachments import Upload, attach
from operations.acts.cases import register_case
from operations.acts.ordering import order_supervision
from operations.acts.sending_back import send_back
from operations.acts.steps_back import steps_back
from operations.acts.tasks import claim_task, complete_task, give_back_task, send_message
from operations.gate.moves import open_case
from operations.house.incidents import retry_incident
from operations.public.portal import public_start, submit_online
from operations.public.reporter_acts import BUTTON, act
from operations.public.reporters import REPORTER, pass_for
from operations.public.supplements import supplement
from operations.public.visitors import Visitor
from queries.case.order_pages import order_page
from queries.public.portal import portal_page
from queries.public.reporter_acts import offered_acts
from queries.receiving.intake import registration_page
from reference import definitions
from reference.people import identity_of
from scenarios.failures import NotUnderstood, Unexpected, listed
from scenarios.features import Table
from scenarios.names import find_called, plain
from scenarios.open_tasks import action_of, has_name, task_of, task_values
from scenarios.values import REGISTERING, form_values
from scenarios.vocabulary import step
from scenarios.world import World

VALUES = "后接填表单的表格。"
A_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@step("{岗位}登记“{流程}”", chapter="办理", example="县政务大厅窗口受理员登记“解决“办不成事”问题”", table=VALUES)
def register(world: World, by: Identity, flow: str, table: Table) -> None:
    """登记一件新事项，没有写的受理渠道按岗位。以后的步骤说的都是它。"""
    key = _flow_key(flow)
    page = registration_page(key, by)
    values = form_values(world, page.form, [REGISTERING, page.flow_name], table, known=page.values, by=by)
    world.turn_to(register_case(key, values, by=by))


@step("网上提交“{流程}”", chapter="办理", example="网上提交“解决“办不成事”问题”", table=VALUES)
def hand_in(world: World, flow: str, table: Table) -> None:
    """企业群众自己在网上提交一件，不登录。以后的步骤说的都是它；还要由受理岗位登记。"""
    key = _flow_key(flow)
    page, (start, receiver) = portal_page(key), public_start(key)
    values = form_values(world, page.form, [start.name, start.id], table, known={}, by=receiver)
    world.turn_to(submit_online(key, values, [], a_visitor()))


@step("反映人补充材料“{文字}”", chapter="办理", example="反映人补充材料“又跑了一次，这是回执”")
def supplement_it(world: World, words: str) -> None:
    """反映人在查询页凭编号和查询码补充情况，不登录；正在办理的岗位收到通知。"""
    supplement(pass_for(world.reported()), {"words": words}, [], a_visitor())


@step("{岗位}添加附件“{文字}”", chapter="办理", example="区党政主要负责人负责人添加附件“批示.pdf”")
def attach_file(world: World, by: Identity, name: str) -> None:
    """以这个岗位的身份在事项页添加一个 PDF 附件。"""
    attach(world.case().id, [Upload(name, A_PDF)], "", by=by)


@step("反映人在网上“{按钮}”", chapter="办理", example="反映人在网上“评价”", table=VALUES)
def act_online(world: World, name: str, table: Table) -> None:
    """反映人在查询页凭编号和查询码办流程让他办的事（图形属性 `reporter`），不登录。写按钮上的字或者图形的名称。"""
    case, elements = world.reported(), world.definition().elements.values()
    mine = [each for each in elements if BUTTON in each.properties and plain(name) in _called(each)]
    waiting = {element for element, _ in offered_acts(case)}
    chosen = next((each for each in mine if each.id in waiting), mine[0] if mine else None)
    if chosen is None:
        raise NotUnderstood(f"流程图上没有让反映人办的“{name}”。")
    form = world.definition().form_at(chosen.id)
    values = form_values(world, form, [chosen.name, chosen.id], table, known={}, by=REPORTER)
    act(pass_for(case), chosen.id, values, a_visitor())


@step("{岗位}完成“{任务}”", chapter="办理", example="县自然资源局联络员完成“签收”", table=VALUES)
def complete(world: World, by: Identity, name: str, table: Table) -> None:
    """以这个岗位的身份提交任务的表单。一个岗位有几项同名的（每个单位一项），先提交排在前面的单位的。"""
    task = task_of(world, by, name)
    complete_task(task.id, task_values(world, by, task, table), by=by)


@step("{岗位}对这个事项出督办单", chapter="办理", example="县政府督查室督查员对这个事项出督办单", table=VALUES)
def order(world: World, by: Identity, table: Table) -> None:
    """在督查台对正在说的事项直接督办一家单位。以后的步骤说的都是这张督办单，它自己是一件事项。"""
    page = order_page(world.case().id, by)
    values = form_values(world, page.form, [page.step], table, known=page.values, by=by)
    world.turn_to(order_supervision(world.case().id, values, by=by))


@step("{岗位}提出“{按钮}”", chapter="办理", example="县自然资源局经办人提出“申请延期”", table=VALUES)
def ask(world: World, by: Identity, name: str, table: Table) -> None:
    """按下任务上的按钮，即图上画在任务边上的消息事件。"""
    task, action = action_of(world, by, name)
    names = [action.name, *find_called(world.definition().elements.values(), action.name)]
    send_message(task.id, action.id, form_values(world, action.form, names, table, known={}, by=by), by=by)


@step("{岗位}认领“{任务}”", chapter="办理", example="县自然资源局经办人认领“办理”")
def claim(world: World, by: Identity, name: str) -> None:
    """把任务领到自己名下，同岗位的其他人不能再办。"""
    claim_task(task_of(world, by, name).id, by=by)


@step("{岗位}放回“{任务}”", chapter="办理", example="县自然资源局经办人放回“办理”")
def give_back(world: World, by: Identity, name: str) -> None:
    """把认领的任务放回岗位。"""
    give_back_task(task_of(world, by, name).id, by=by)


@step(
    "{岗位}把“{任务}”退回到“{任务}”，理由“{文字}”",
    chapter="办理",
    example="县自然资源局分管领导把“负责人签批反馈专班”退回到“办理”，理由“附件不全”",
)
def send_it_back(world: World, by: Identity, name: str, to: str, reason: str) -> None:
    """按下任务页上的“退回”，选这个环节。不在可以退回的环节里的，照没有选处理。"""
    task = task_of(world, by, name)
    steps = steps_back(task, open_case(task.instance_id, by=by).execution)
    chosen = next((each.task.id for each in steps if has_name(each.task, to)), "")
    send_back(task.id, {"to": chosen, "reason": reason}, by=by)


@step("运维重试", chapter="办理", example="运维重试")
def retry(world: World) -> None:
    """运维人员重试这个事项所有出错的步骤。"""
    administrator = session.scalar(select(User).where(User.administrator == "system"))
    mine = (Incident.instance_id == world.instance().id) & Incident.resolved_at.is_(None)
    incidents = session.scalars(select(Incident.id).where(mine)).all()
    if not incidents:
        raise Unexpected("有出错的步骤可以重试", "没有")
    for incident in incidents:
        retry_incident(incident, by=identity_of(administrator) if administrator else SYSTEM)


@step("这个事项称为“{称呼}”", chapter="办理", example="这个事项称为“甲”")
def call_it(world: World, name: str) -> None:
    """给正在说的事项起个名字，以便说完另一件再回来。"""
    world.names[name] = world.instance().id


@step("说回“{称呼}”", chapter="办理", example="说回“甲”")
def turn_back(world: World, name: str) -> None:
    """以后的步骤说的是起过名字的那件事项。"""
    if name not in world.names:
        raise NotUnderstood(f"没有称为“{name}”的事项，有：{listed(world.names)}")
    world.instance_id = world.names[name]


@step("来看“{流程}”最新的一件", chapter="办理", example="来看““办不成事”问题统计分析报告”最新的一件")
def turn_to_newest(world: World, flow: str) -> None:
    """以后的步骤说的是这个流程最新的一件，用于按日历自动开始的流程。"""
    key = _flow_key(flow)
    case = session.scalar(select(Case).where(Case.flow == key).order_by(Case.id.desc()).limit(1))
    if case is None:
        raise Unexpected(f"“{flow}”有一件事项", "一件也没有")
    world.turn_to(case)


def _called(element: Element) -> set[str]:
    return {plain(element.properties[BUTTON]), plain(element.name), element.id}


def a_visitor() -> Visitor:
    """Somebody without an account who has answered the question on the page."""
    return Visitor("203.0.113.7", uuid4().hex)


def _flow_key(name: str) -> str:
    flows = definitions.newest_of_each()
    for flow in flows:
        if name == flow.key or plain(name) == plain(flow.name):
            return flow.key
    raise NotUnderstood(f"没有流程“{name}”，有：{listed(flow.name for flow in flows)}")
