"""A diagram as other modelers export it: with what their own engines read, and a little that ours does."""

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
 xmlns:signavio="http://www.signavio.com" xmlns:modeler="http://camunda.org/schema/modeler/1.0"
 xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0"
 id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.30.0"
 modeler:executionPlatform="Camunda Cloud">
  <bpmn:process id="p" isExecutable="true" camunda:historyTimeToLive="180">
    <bpmn:extensionElements>
      <signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffff" />
    </bpmn:extensionElements>
    <bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="visit" name="踏勘" camunda:assignee="${surveyor}">
      <bpmn:extensionElements>
        <camunda:formData><camunda:formField id="found" type="string" /></camunda:formData>
        <zeebe:taskHeaders><zeebe:header key="to" value="window">kept</zeebe:header></zeebe:taskHeaders>
        <spiffworkflow:instructionsForEndUser>Look at it.</spiffworkflow:instructionsForEndUser>
      </bpmn:extensionElements>
      <bpmn:incoming>a</bpmn:incoming>
      <bpmn:outgoing>b</bpmn:outgoing>
      <bpmn:multiInstanceLoopCharacteristics>
        <bpmn:loopDataInputRef>sites</bpmn:loopDataInputRef>
        <bpmn:inputDataItem id="site" />
      </bpmn:multiInstanceLoopCharacteristics>
    </bpmn:userTask>
    <bpmn:endEvent id="end"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="visit" />
    <bpmn:sequenceFlow id="b" sourceRef="visit" targetRef="end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="p">
      <bpmndi:BPMNShape id="start_di" bpmnElement="start">
        <dc:Bounds x="100" y="102" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="visit_di" bpmnElement="visit" bioc:stroke="#0d4372" bioc:fill="#bbdefb">
        <dc:Bounds x="200" y="80" width="100" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="end_di" bpmnElement="end">
        <dc:Bounds x="360" y="102" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="a_di" bpmnElement="a">
        <di:waypoint x="136" y="120" />
        <di:waypoint x="200" y="120" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="b_di" bpmnElement="b">
        <di:waypoint x="300" y="120" />
        <di:waypoint x="360" y="120" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
""".encode()
