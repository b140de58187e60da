/**
 * Reads a file as text: UTF-8, or what Western spreadsheets write where they do not.
 *
 * @param bytes The whole file.
 */
export function textIn(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
