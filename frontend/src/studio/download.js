const KEPT = 60000; // ms; some browsers read it only after the person has chosen a place

/** Hands a Blob to the person as a file. */
export function download(blob, filename) {
  const address = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: address, download: filename }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
}
