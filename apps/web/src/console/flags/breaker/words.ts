import type { BreakerLimits, BreakerRule } from "@tessera/contracts/flags";

export const words = {
  loading: "Loading the breaker",
  none: "An archived flag has no breaker",
  noneText: "It is off for everybody. Take it out of the archive to watch it again.",
  innocent:
    "Its calls fail more than the limit allows, but the others fail as much. So it is not this flag, and the breaker leaves it on.",
  unarmed: "It looks and does nothing: it is not armed. Arm it in the limits below.",

  traffic: (since: string) => `Calls, ${since}`,
  who: "Calls",
  exposed: "With the feature",
  unexposed: "Without it",
  calls: "Made",
  failures: "Failed",
  share: "Share failed",

  retry: "Try again with 1 %",
  retryTitle: "Try again?",
  retrySays:
    "On again for 1 % of those it was on for. When that holds for 10 %, then for all; by itself. When it fails again, it is off again.",
  retryNow: "Try now",
  retryFrom: (when: string) => `A new try may begin at ${when}: it has to cool down first.`,
  close: "Close the breaker",
  closeTitle: "Close the breaker?",
  closeSays:
    "On again for all it was on for, at once and on your word. Only when you know that the cause is gone; otherwise try with 1 %.",
  closeUndo: "It trips again when calls fail again.",
  closeNow: "Close it now",

  limits: "Limits",
  limitsAside: ({ errorShare, windowMinutes, minCalls }: BreakerLimits) =>
    `Trips above ${errorShare} % failed calls in ${windowMinutes} minutes, from ${minCalls} calls on`,
  armed: "Armed",
  armedHint: "Where it is not, it looks and does nothing.",
  errorShare: "Failed calls, more than (percent)",
  windowMinutes: "In so many minutes",
  minCalls: "Looks from so many calls on",
  securityAlerts: "Critical security alerts",
  poolExhausted: "Exhausted database connections",
  socketCrashes: "Crashes of a socket process",
  signals: "Trips at so many, however few calls fail. 0: never.",
  coolDownMinutes: "Minutes to cool down",
  retryCalls: "Good calls before the next share",
  limitsBecause: "Why these limits? It goes into the history.",
  saveLimits: "Save the limits",
  saved: "Saved.",
  outOf: (from: number, to: number) => `A number from ${from} to ${to.toLocaleString("en")}.`,
  wholeOutOf: (from: number, to: number) => `A whole number from ${from} to ${to.toLocaleString("en")}.`,

  incidents: "Incidents",
  loadingIncidents: "Loading the incidents",
  noIncidents: "Nothing went wrong so far",
  noIncidentsText: "When the breaker trips, what it saw stands here: who met the feature, and what failed first.",
  isOpen: "Open",
  closed: (when: string, because: string | null) => `Closed ${when}${because ? `: ${because}` : ""}`,
  rule: "Rule",
  window: "Looked at",
  exposedLine: "With the feature",
  unexposedLine: "Without it",
  ofCalls: (failures: string, calls: string, share: string) => `${failures} of ${calls} failed (${share})`,
  affected: "Who met it",
  tenant: "Tenant",
  first: "First failures",
  noFailures: "No failed call was written down.",
  at: "At",
  call: "Call",
  failure: "Failure",
  trace: "Trace, as in the log",
  signalsSeen: "Critical signals",
  signal: "Signal",
  detail: "Detail",
  lastChanges: "Last changes before it",
  flag: "Flag",
  by: "By",
  because: "Why",
  noReason: "No reason given",
};

export const ruleWords: Record<BreakerRule, string> = {
  error_rate: "Too many calls failed",
  security_alerts: "Critical security alerts",
  pool_exhausted: "The database's connections were exhausted",
  socket_crash: "A process that serves sockets crashed",
};

/** A signal's name as a person reads it; one that is not known here as the server calls it. */
export const signalWord = (kind: string): string => (ruleWords as Record<string, string | undefined>)[kind] ?? kind;
