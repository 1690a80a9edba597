/** What the properties panel shows of an element. */
class Provider {
  constructor(propertiesPanel) {
    propertiesPanel.registerProvider(500, this);
  }

  getGroups() {
    return (groups) => groups;
  }
}
Provider.$inject = ['propertiesPanel'];

export default { __init__: ['propertiesProvider'], propertiesProvider: ['type', Provider] };
