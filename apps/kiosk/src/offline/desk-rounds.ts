import type { RoundEnd } from "./offline-desk.ts";

/** Without news the codes that are held ready are asked for anew this often. */
export const ROUND_MS = 2 * 60_000;
/** News come in bursts, and all desks hear of them at once. */
const SOON_MS = 2_000;
/** Nobody answered. */
const UNREACHED_MS = 5_000;

export interface DeskRoundsTools {
  round(): Promise<RoundEnd>;
  /** Told after each. */
  onEnd(end: RoundEnd): void;
  /** 0 to 1. */
  chance(): number;
  /** Does something later. What it returns takes that back. */
  after(ms: number, work: () => void): () => void;
}

/** Keeps a desk ready for times without a network: a round now and then, and soon after something happened. */
export interface DeskRounds {
  /** Something changed: a code was made, the line is back, nobody waits for a scan any more. */
  soon(): void;
  /** Somebody waits for what a round does. */
  now(): void;
  close(): void;
}

/** One round at a time. A round that failed is repeated by itself, since the line may be back without any news of it. */
export function deskRounds({ round, onEnd, chance, after }: DeskRoundsTools): DeskRounds {
  let planned = after(0, () => void go());
  let isBusy = false;
  let isWanted = false;
  let isClosed = false;

  function plan(ms: number): void {
    planned();
    if (!isClosed) planned = after(ms, () => void go());
  }

  async function go(): Promise<void> {
    isBusy = true;
    isWanted = false;
    const end = await round().catch((): RoundEnd => ({ kind: "unreached" })); // trouble of the store has its own words
    isBusy = false;
    if (isClosed) return;
    onEnd(end);
    plan(isWanted ? SOON_MS : pauseAfter(end) * (0.75 + chance() / 2));
  }

  function want(ms: number): void {
    isWanted = true;
    if (!isBusy) plan(ms);
  }

  return {
    soon: () => want(SOON_MS * chance()),
    now: () => want(0),
    close() {
      isClosed = true;
      planned();
    },
  };
}

const pauseAfter = (end: RoundEnd): number =>
  end.kind === "waiting" ? end.pauseMs : end.kind === "unreached" ? UNREACHED_MS : ROUND_MS;
