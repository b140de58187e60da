import { type IssuedCode, IssueOutcome } from "@tessera/contracts";
import { codeTime } from "./held-code.ts";

const PLACE = "tessera.codes";

/** As much of the browser's storage as this needs. */
export type Place = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** A code that was made before, for a phone that is opened where there is no network. */
export interface KeptCode {
  code: IssuedCode;
  /** This device's clock when it asked; what was known then. */
  askedAt: number;
}

/** @returns The codes a desk would still take, newest first. What ended or makes no sense is passed over. */
export function keptCodes(place: Place, now: number): KeptCode[] {
  const isGood = ({ code, askedAt }: KeptCode) => askedAt <= now && codeTime(code, askedAt, now).phase !== "ended";
  return readAll(place)
    .filter(isGood)
    .sort((one, other) => other.askedAt - one.askedAt);
}

/** Keeps a code in place of an earlier one for the same thing. A browser that keeps nothing shows codes with a network only. */
export function keepCode(place: Place, kept: KeptCode): void {
  const isOther = ({ code }: KeptCode) =>
    code.resource.id !== kept.code.resource.id || code.purpose !== kept.code.purpose;
  write(place, [kept, ...keptCodes(place, kept.askedAt).filter(isOther)]);
}

/** A desk has taken one of these. */
export function dropCodes(place: Place, ids: readonly string[]): void {
  const all = readAll(place);
  const left = all.filter(({ code }) => !ids.includes(code.codeId));
  if (left.length < all.length) write(place, left);
}

/** Nobody is signed in here any more: the next person must not find them. */
export const forgetCodes = (place: Place): void => tolerating(() => place.removeItem(PLACE), undefined);

function readAll(place: Place): KeptCode[] {
  const kept = tolerating((): unknown => JSON.parse(place.getItem(PLACE) ?? "[]"), null);
  return Array.isArray(kept) ? kept.flatMap(read) : [];
}

function read(kept: { outcome?: unknown; askedAt?: unknown } | null): KeptCode[] {
  const code = IssueOutcome.safeParse(kept?.outcome);
  if (!code.success || code.data.kind !== "issued" || typeof kept?.askedAt !== "number") return [];
  return [{ code: code.data, askedAt: kept.askedAt }];
}

const write = (place: Place, all: readonly KeptCode[]) =>
  tolerating(
    () => place.setItem(PLACE, JSON.stringify(all.map(({ code, askedAt }) => ({ outcome: code, askedAt })))),
    undefined,
  );

function tolerating<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
