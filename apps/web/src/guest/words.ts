import type { RequestState } from "@tessera/contracts";

/** Everything a guest reads, but for what the tenant calls its own things. */
export const words = {
  opening: "One moment",
  signs: "The sticker shows the same two pictures.",
  requests: "Your requests",
  ask: "What can we do for you?",
  nothing: "Nothing can be asked for here yet",
  nothingText: "Please talk to the staff.",
  loading: "Loading what is offered",
  closed: "Closed now",
  closedUntil: (when: string) => `Closed until ${when}`,
  wait: (median: string, most: string) => `Usually done in ${median}; nine of ten in ${most}.`,
  waitShort: (median: string) => `About ${median}`,
  waitUnknown: "Too few like this so far to say how long it takes.",
  minutes: (count: number) => `${count} min`,
  hours: (count: number) => (count === 1 ? "1 hour" : `${count} hours`),
  quantity: "How many",
  fewer: "One fewer",
  more: "One more",
  note: "Anything we should know?",
  send: "Send",
  sent: (what: string) => `${what}: sent`,
  again: (what: string) => `${what}: we know, and have noted that you asked again`,
  times: (count: number) => `Asked ${count} times`,
  fromOther: "From another phone here",
  cancel: "Cancel",
  cancelRequest: "Do not bring it",
  confirm: "I have it",
  reopen: "It is not right",
  because: (why: string) => `“${why}”`,
  rate: "How was it?",
  stars: (count: number) => (count === 1 ? "1 star" : `${count} stars`),
  comment: "A word about it",
  sendRating: "Send",
  thanks: "Thank you.",
  share: "Show my requests to the other phones here, and theirs to me",
  leave: "Leave this place",
  retry: "Try again",
  begin: "I am here: begin",
  closedTitle: "Closed now",
  opens: (when: string) => `It opens ${when}.`,
} as const;

/** The line of a request's steps, as a guest follows it. */
export const stepWords = ["Sent", "Accepted", "On its way", "Done"] as const;

export const stateWords: Record<RequestState, string> = {
  received: "Sent. Nobody has taken it yet.",
  accepted: "Somebody has taken it.",
  in_progress: "It is on its way.",
  done: "Done.",
  confirmed: "Done.",
  declined: "We cannot do this.",
  cancelled: "You took it back.",
  expired: "Nobody took it in time. Ask again, or talk to the staff.",
};
