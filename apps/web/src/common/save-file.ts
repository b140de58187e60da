/**
 * A file of this page's own making, for the browser to keep.
 *
 * @param name What it is called.
 * @param data What is in it.
 */
export function saveFile(name: string, data: Blob): void {
  const url = URL.createObjectURL(data);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
