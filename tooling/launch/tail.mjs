/** The last lines of a log: where the tools used here say what went wrong. */
export function tail(text, lines = 25) {
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}
