import type { AppRouter } from "@tessera/api/router";
import type { ToldSince, TopicSince } from "@tessera/contracts";
import { TRPCClientError } from "@trpc/client";
import type { Listener } from "./listener.ts";
import type { Page } from "./page.ts";
import type { Timing } from "./timing.ts";

const VISIBLE_MS = 2_000;
const HIDDEN_MS = 15_000;
const LONGEST_MS = 30_000;
/** How long one question may take. */
const PATIENCE_MS = 10_000;
/** The server takes no more in one question; the others' turn comes when these have come up to the same number. */
const MOST_ASKED = 10;

export interface PollerOptions {
  /** Who is to be told by polling, now. */
  whom(): readonly Listener[];
  /** `live.since`. */
  ask(asked: TopicSince[], signal: AbortSignal): Promise<ToldSince[]>;
  timing: Timing;
  page: Page;
  /** An answer has come, before it is told. */
  onAnswer(): void;
  onTrouble(): void;
}

/** Asks every two seconds what was told since, once for all listeners; every fifteen while nobody looks. */
export interface Poller {
  /** Asks now, or as soon as the answer that is awaited is here. */
  soon(): void;
  /** Asks no more, and takes no answer. */
  rest(): void;
  close(): void;
}

/** @returns A poller at rest. */
export function openPoller({ whom, ask, timing, page, onAnswer, onTrouble }: PollerOptions): Poller {
  let planned: (() => void) | null = null;
  let underWay: AbortController | null = null;
  let isWanted = false;
  let failed = 0;

  function plan(ms: number): void {
    planned?.();
    planned = timing.after(ms, () => void poll());
  }

  function soon(): void {
    if (underWay) isWanted = true;
    else plan(0);
  }

  function pause(): number {
    const usual = (page.isHidden() ? HIDDEN_MS : VISIBLE_MS) * (0.75 + timing.random() / 2);
    return failed === 0 ? usual : usual + timing.random() * Math.min(LONGEST_MS, VISIBLE_MS * 2 ** failed);
  }

  /** What a subscriber throws is theirs, and must not end the polling. */
  function safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      timing.after(0, () => {
        throw error;
      });
    }
  }

  async function poll(): Promise<void> {
    planned = null;
    const listeners = whom();
    const asked = questionsOf(listeners);
    if (asked.length === 0) return;

    const mine = new AbortController();
    underWay = mine;
    isWanted = false;
    const inTime = timing.after(PATIENCE_MS, () => mine.abort());
    const answers = await ask(asked, mine.signal).catch((cause: unknown) => refusalOf(cause));
    inTime();
    if (underWay !== mine) return; // put to rest meanwhile
    underWay = null;

    if (Array.isArray(answers)) {
      failed = 0;
      onAnswer();
      deliver(listeners, asked, answers, safely);
    } else if (answers) {
      for (const listener of listeners) safely(() => listener.fail(answers));
    } else {
      failed++;
      onTrouble();
    }
    if (!planned) plan(isWanted ? 0 : pause());
  }

  function rest(): void {
    planned?.();
    planned = null;
    underWay?.abort();
    underWay = null;
  }

  const forget = page.onShown(() => planned && soon());
  return {
    soon,
    rest,
    close() {
      forget();
      rest();
    },
  };
}

const keyOf = ({ topic, lastEventId }: TopicSince): string => `${topic} ${lastEventId}`;
const questionOf = ({ topic, heard }: Listener): TopicSince => ({ topic, lastEventId: heard });

/** One question for all who left off at the same number of the same topic. */
function questionsOf(listeners: readonly Listener[]): TopicSince[] {
  const questions = listeners.map(questionOf).map((question) => [keyOf(question), question] as const);
  return [...new Map(questions).values()].slice(0, MOST_ASKED);
}

/** Tells all of them in the order of the numbers, as a socket would. */
function deliver(
  listeners: readonly Listener[],
  asked: readonly TopicSince[],
  answers: readonly ToldSince[],
  safely: (work: () => void) => void,
): void {
  const byQuestion = new Map(asked.map((question, index) => [keyOf(question), answers[index]]));
  const told = listeners.flatMap((listener) => {
    const answer = byQuestion.get(keyOf(questionOf(listener)));
    return answer ? [{ listener, answer }] : [];
  });
  const messages = told.flatMap(({ listener, answer }) => answer.items.map((item) => ({ listener, item })));
  messages.sort((a, b) => Number(a.item.id) - Number(b.item.id));

  for (const { listener } of told) safely(() => listener.pollBegan());
  for (const { listener, item } of messages) safely(() => listener.pollTold(item));
  for (const { listener, answer } of told) listener.pollReached(answer.lastEventId);
}

/** @returns What a socket would have been refused with too, or null: then it is asked again. */
function refusalOf(cause: unknown): TRPCClientError<AppRouter> | null {
  if (!(cause instanceof TRPCClientError)) return null;
  const { code } = (cause.data ?? {}) as { code?: string };
  return code === "UNAUTHORIZED" || code === "FORBIDDEN" ? cause : null;
}
