import type { WedgeFinding } from "./read-test-code.ts";

export const words = {
  title: "Set up a hand scanner",
  lead: "Scan this code with the hand scanner. What it sends is looked at here, and goes nowhere.",
  picture: "Test code for a hand scanner",
  waits: "Waiting for the scanner…",
  slow: "If nothing happens: set the scanner to “keyboard” (HID) and to send Enter after each code.",
} as const;

/** What was found, and what to set. */
export function findingWords(finding: WedgeFinding): { say: string; next: string } {
  switch (finding.kind) {
    case "right":
      return { say: "This scanner is set right.", next: "Close this, and scan away." };
    case "turned_round":
      return {
        say: "Capital letters come as small ones.",
        next: "Switch Caps Lock off. Codes are read all the same.",
      };
    case "layout":
      return {
        say: `The computer takes the scanner for a ${finding.name} keyboard, so letters are mixed up.`,
        next: "In the scanner's manual, scan the code for the computer's keyboard; or set the computer's to English (US).",
      };
    case "surrounded":
      return {
        say: `The scanner sends “${finding.before || finding.after}” ${finding.before ? "before" : "after"} each code.`,
        next: "In the scanner's manual, scan the code that switches prefix and suffix off.",
      };
    case "other":
      return {
        say: `Something else came: “${finding.text.slice(0, 60)}”.`,
        next: "Scan the code on this screen. If it was that one, try the scanner's reset code from its manual.",
      };
  }
}
