/** The form of an address, no more: whether somebody has it shows when they sign up. */
const EMAIL = /^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/;

/** @returns The addresses in a text, each once: as a list, or as a mail program copies them ("Ann <ann@x.example>"). */
export function emailsIn(text: string): { emails: string[]; wrong: string[] } {
  const named = text.replace(/[^\n,;<]*<([^>\n]*)>/g, "$1\n");
  const parts = named.split(/[\s,;]+/).filter(Boolean);
  const all = [...new Set(parts.map((part) => part.toLowerCase()))];
  return { emails: all.filter((one) => EMAIL.test(one)), wrong: all.filter((one) => !EMAIL.test(one)) };
}
