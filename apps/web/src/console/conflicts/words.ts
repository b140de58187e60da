import type { Conflict, Resolution } from "@tessera/contracts";

export const words = {
  title: "Conflicts",
  loading: "Loading the conflicts",
  none: "No conflicts",
  noneText:
    "When a desk hands something out without a network, on a code that was used elsewhere meanwhile, both stories stand here, and you say how it ended.",
  open: (count: number) => `To settle (${count})`,
  past: "Settled",
  here: "At the desk",
  there: "Meanwhile",
  handedIn: (when: string) => `Handed in ${when}`,
  unknown: "It is not remembered any more.",
  nobody: "Somebody",
  something: "something",
  noDesk: "A desk that is gone",
  alone: "It had no network and could not know.",
  how: "How did it end?",
  settled: (how: string, when: string) => `${how}, ${when}`,
  faster: "Somebody was faster: it was settled before.",
  quarantined: "Desks that wait for you",
} as const;

/** What the desk did, as it told it. */
export const deedWords: Record<Conflict["purpose"], (thing: string, holder: string) => string> = {
  check_out: (thing, holder) => `${thing} went out to ${holder}.`,
  check_in: (thing, holder) => `${thing} came back from ${holder}.`,
};

/** Each way out, and what it is for. */
export const resolutionWords: Record<Resolution, { act: string; done: string; hint: string }> = {
  thing_returned: { act: "It is back", done: "It came back", hint: "The thing is in its place again." },
  hand_out_was_right: {
    act: "The desk was right",
    done: "The desk was right",
    hint: "Who has it may keep it; note the loan by hand.",
  },
  written_off: { act: "Write it off", done: "Written off", hint: "Nothing more can be done." },
};
