export function showFields() {}
