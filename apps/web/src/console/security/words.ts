import type { AlertSeverity, AlertSubject, SecurityAlert, SuspicionKind } from "@tessera/contracts";

export const words = {
  title: "Security",
  loading: "Loading the alerts",
  whose: "Whose alerts",
  ours: "Of this house",
  everybody: "Of strangers",
  which: "Which alerts",
  open: "Open",
  settled: "Done",
  severity: "How bad",
  anySeverity: "Any",
  none: "Nothing looks suspicious",
  noneText: "Forged codes, copies, cloned desks and floods show up here by themselves, within a second or two.",
  noneSettled: "Nothing was settled yet",
  noneSettledText: "Alerts that somebody has marked as done are kept here for ninety days.",
  older: "Show older ones",
  times: (count: number) => (count === 1 ? "Once" : `${count} times`),
  when: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  doneAt: (when: string) => `Done ${when}`,
  seen: "Seen",
  from: "From",
  elsewhere: "Used at",
  blockDesk: "Block this desk",
  blockAddress: "Block this address",
  blockOf: (address: string) => `Block ${address}`,
  done: "Done",
  gone: "This desk is not here any more, or is blocked already.",
  addressWhat: [
    "Nobody of this house is served from there: no person, no desk, no program. Everybody behind the same router is at the same address.",
    "It holds within two seconds, until somebody lifts it below.",
  ],
  addressWhatEverybody: [
    "Nobody at all is served from there, whoever they are, at any door.",
    "It holds within two seconds, until an operator lifts it below.",
  ],
  blocked: "Blocked addresses",
  noneBlocked: "No address is blocked.",
  address: "Address",
  because: "Why",
  since: "Since",
  until: "Until",
  forGood: "lifted",
  lift: "Lift",
  liftOf: (address: string) => `Lift the block of ${address}`,
} as const;

export const severityWords: Record<AlertSeverity, string> = {
  info: "To know",
  warning: "Warning",
  critical: "Critical",
};

const strangers = (subject: AlertSubject) => `Somebody at ${subject.id}`;
const nameOf = ({ subject, evidence }: SecurityAlert): string =>
  subject.kind === "address" ? strangers(subject) : (evidence.name ?? "Somebody without a name");

/** What happened, in one sentence. */
const sentences: Record<SuspicionKind, (who: string) => string> = {
  failed_validations: (who) => `${who} was shown codes that are not ours, or that nobody knows.`,
  forged_codes: (who) => `${who} was shown codes with a false signature: somebody makes their own.`,
  code_reuse: (who) => `${who} was shown several codes that had been used elsewhere: somebody has copies.`,
  two_places: (who) => `${who} was shown a code within seconds of its use at another desk: there are two of it.`,
  desk_cloned: (who) => `${who} handed in a story that does not fit its own: there may be two of this desk.`,
  limit_storm: (who) => `${who} goes on asking though every call is refused: a loop, or a flood.`,
  made_up_tokens: (who) => `${who} tries one token after another that nobody has.`,
  failed_sign_ins: (who) => `${who} fails to sign in again and again.`,
};

/** @returns The alert as people read it. */
export const sentenceOf = (alert: SecurityAlert): string => sentences[alert.kind](nameOf(alert));

/** What was seen, in words; a word of a newer server as it is. */
const seenWords: Record<string, string> = {
  malformed: "not one of our codes",
  unsupported: "a newer kind of code",
  unknown_key: "signed with a key not in use",
  wrong_audience: "made for another desk",
  not_found: "a code nobody knows",
  bad_signature: "a false signature",
  already_redeemed: "a used code",
  rotating_code_replayed: "an old picture",
  quarantined: "a story that does not fit",
  token: "different tokens",
  sign_in: "sign-ins that failed",
};

/** @returns "3 × a used code, 1 × an old picture". */
export const seenOf = (seen: Readonly<Record<string, number>>): string =>
  Object.entries(seen)
    .map(([what, times]) => `${times} × ${seenWords[what] ?? what.replaceAll("_", " ")}`)
    .join(", ");
