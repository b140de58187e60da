import type { RequestAct, RequestState } from "@tessera/contracts";

export const words = {
  title: "Queue",
  loading: "Loading the queue",
  none: "Nobody waits",
  noneText: "A request appears here the moment a guest makes it. Labels to scan are on the page Places.",
  fresh: (count: number) => (count === 1 ? "Show 1 new request" : `Show ${count} new requests`),
  tidy: "Clear what is settled",
  kind: "Kind",
  place: "Place",
  anyKind: "All kinds",
  anyPlace: "All places",
  response: (time: string) => `Answered in ${time} on average`,
  rating: (stars: string, of: number) => `Guests give ${stars} of 5 (${of})`,
  times: (count: number) => `Asked ${count} times`,
  taken: (by: string) => `${by} has it.`,
  story: "Story",
  guest: "Guest",
  decline: "Decline",
  declineTitle: (what: string) => `Decline ${what}`,
  declineText: "The guest reads your reason.",
  note: "Note",
  noteTitle: (what: string) => `Note about ${what}`,
  noteText: "Staff read it; the guest does not.",
  settled: "Settled today",
  minutes: (count: number) => `${count} min`,
} as const;

export const stateWords: Record<RequestState, string> = {
  received: "New",
  accepted: "Accepted",
  in_progress: "On its way",
  done: "Done",
  confirmed: "Confirmed",
  declined: "Declined",
  cancelled: "Taken back",
  expired: "Too late",
};

/** What was done, as the story tells it; and what a button is called that does it. */
export const actWords: Record<RequestAct, { did: string; label: string }> = {
  make: { did: "asked", label: "" },
  again: { did: "asked again", label: "" },
  cancel: { did: "took it back", label: "" },
  confirm: { did: "has it", label: "" },
  rate: { did: "rated it", label: "" },
  reopen: { did: "was not content", label: "" },
  accept: { did: "accepted", label: "Accept" },
  start: { did: "started", label: "Start" },
  finish: { did: "finished", label: "Done" },
  decline: { did: "declined", label: "Decline" },
  note: { did: "noted", label: "Note" },
};
