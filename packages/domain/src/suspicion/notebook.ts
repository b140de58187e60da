import {
  type AlertEvidence,
  type AlertSeverity,
  type AlertSubject,
  alertSeverities,
  type SuspicionKind,
  type TenantId,
} from "@tessera/contracts";
import { suspicions } from "./suspicions.ts";

/** Something that may be harmless once. */
export interface Fact {
  kind: SuspicionKind;
  /** Null: of a stranger, who is nobody's yet. */
  tenantId: TenantId | null;
  subject: AlertSubject;
  at: Date;
  /** The reason of a refusal, or the class of a call: one of a short list, never what somebody sent. */
  what: string;
  /** What the subject is called; null when it has no name. */
  name: string | null;
  /** Where it came from. */
  address: string;
  /** Another place that it has to do with. */
  elsewhere?: string | undefined;
  /** Facts that say the same here are one: a hash of what was tried. Kept in memory alone. */
  same?: string | undefined;
}

/** What is written down of a subject: it is suspected, or it goes on. */
export interface Suspicion {
  kind: SuspicionKind;
  tenantId: TenantId | null;
  subject: AlertSubject;
  severity: AlertSeverity;
  evidence: AlertEvidence;
  firstAt: Date;
  lastAt: Date;
  /** Since it was last taken. */
  count: number;
}

/** Turns facts into suspicions, in memory: noting one costs two look-ups in a map. */
export interface Notebook {
  /** Never throws. */
  note(fact: Fact): void;
  /** @returns What is to be written down since the last time, one for each subject; forgets that it was. */
  take(): Suspicion[];
}

interface Page {
  fact: Fact;
  /** Milliseconds, the last ones: as many as the highest step needs. */
  moments: number[];
  seen: Map<string, number>;
  addresses: string[];
  elsewhere: string[];
  tried: Set<string>;
  firstAt: Date;
  lastAt: Date;
  severity: AlertSeverity | null;
  untold: number;
}

const MINUTE_MS = 60_000;
/** Who has many addresses can be many subjects; the one who was not seen for longest is forgotten. */
const MOST_PAGES = 5_000;
const MOST_ADDRESSES = 5;
const MOST_TRIED = 200;

/**
 * @param most How many subjects are remembered.
 * @returns One without notes.
 */
export function openNotebook(most = MOST_PAGES): Notebook {
  const pages = new Map<string, Page>();
  const untold = new Set<Page>();

  function pageFor(fact: Fact): Page {
    const key = `${fact.tenantId} ${fact.kind} ${fact.subject.kind} ${fact.subject.id}`;
    const known = pages.get(key);
    pages.delete(key); // and back in at the end: the first of the map is who was not seen for longest
    const isOver =
      known && fact.at.getTime() - known.lastAt.getTime() > suspicions[fact.kind].withinMinutes * MINUTE_MS;
    const page = known && !isOver ? known : blank(fact);
    pages.set(key, page);
    if (pages.size > most) pages.delete(pages.keys().next().value ?? key);
    return page;
  }

  return {
    note(fact) {
      const page = pageFor(fact);
      if (fact.same !== undefined && isKnown(page.tried, fact.same)) return;
      add(page, fact);
      const was = page.severity;
      page.severity = worse(was, severityOf(fact.kind, page.moments));
      if (!page.severity) return;
      page.untold += was ? 1 : page.moments.length;
      untold.add(page);
    },

    take() {
      const told = [...untold].map(suspicionOf);
      for (const page of untold) page.untold = 0;
      untold.clear();
      return told;
    },
  };
}

const blank = (fact: Fact): Page => ({
  fact,
  moments: [],
  seen: new Map(),
  addresses: [],
  elsewhere: [],
  tried: new Set(),
  firstAt: fact.at,
  lastAt: fact.at,
  severity: null,
  untold: 0,
});

function isKnown(tried: Set<string>, one: string): boolean {
  if (tried.has(one)) return true;
  if (tried.size < MOST_TRIED) tried.add(one);
  return false;
}

function add(page: Page, fact: Fact): void {
  page.fact = fact;
  page.lastAt = fact.at;
  page.moments.push(fact.at.getTime());
  if (page.moments.length > mostOf(fact.kind)) page.moments.shift();
  page.seen.set(fact.what, (page.seen.get(fact.what) ?? 0) + 1);
  remember(page.addresses, fact.address);
  if (fact.elsewhere !== undefined) remember(page.elsewhere, fact.elsewhere);
}

function remember(few: string[], one: string): void {
  if (few.includes(one)) return;
  few.push(one);
  if (few.length > MOST_ADDRESSES) few.shift();
}

const mostOf = (kind: SuspicionKind): number => Math.max(...Object.values(suspicions[kind].from));

/** @returns The worst step that so many of the last moments lie close enough together for. */
function severityOf(kind: SuspicionKind, moments: readonly number[]): AlertSeverity | null {
  const { withinMinutes, from } = suspicions[kind];
  const since = (moments.at(-1) ?? 0) - withinMinutes * MINUTE_MS;
  const isReached = (severity: AlertSeverity) => {
    const needed = from[severity];
    return needed !== undefined && (moments.at(-needed) ?? Number.NEGATIVE_INFINITY) >= since;
  };
  return alertSeverities.toReversed().find(isReached) ?? null;
}

const worse = (one: AlertSeverity | null, other: AlertSeverity | null): AlertSeverity | null =>
  alertSeverities.toReversed().find((severity) => severity === one || severity === other) ?? null;

const suspicionOf = ({ fact, severity, untold, seen, addresses, elsewhere, firstAt, lastAt }: Page): Suspicion => ({
  kind: fact.kind,
  tenantId: fact.tenantId,
  subject: fact.subject,
  severity: severity ?? "info",
  evidence: { name: fact.name, seen: Object.fromEntries(seen), addresses: [...addresses], elsewhere: [...elsewhere] },
  firstAt,
  lastAt,
  count: untold,
});
