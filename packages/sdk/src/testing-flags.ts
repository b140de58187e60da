import type { FlagDecision } from "@tessera/contracts";
import { TRPCClientError } from "@trpc/client";
import { type FlagsClient, openFlags } from "./flags.ts";

export const KEY = "qr-checkout-enabled";
export const OTHER = "ff/qr_unified_portal";

/** An answer; on unless told otherwise. */
export const decision = (revision: number, value = true, key: FlagDecision["key"] = KEY): FlagDecision => {
  const plain = { rule: "default", bucket: null, scheme: "mm3-shift-1", stale: false, values: null } as const;
  return { key, value, reason: value ? "STATIC" : "DISABLED", revision, ...plain };
};

const failed = (data: object | undefined) =>
  new TRPCClientError("no", data ? { result: { error: { code: -1, message: "no", data } } as never } : undefined);
export const unreachable = failed(undefined);
export const unavailable = failed({ code: "SERVICE_UNAVAILABLE", httpStatus: 503, failure: "unavailable" });
export const broken = failed({ code: "INTERNAL_SERVER_ERROR", httpStatus: 500, failure: null });
export const forbidden = failed({ code: "FORBIDDEN", httpStatus: 403, failure: null });

interface Subscriber {
  onData(told: { id: string; data: { flags: FlagDecision[] } }): void;
  onError(error: unknown): void;
}

/** A server that is asked and answers when the test says so, and its client. */
export function asked() {
  const questions: { about: string; answer(value: unknown): void; fail(error: unknown): void }[] = [];
  const subscribers: Subscriber[] = [];
  const listening = new Set<Subscriber>();
  const question = (about: string) =>
    new Promise((answer, fail) => {
      questions.push({ about, answer, fail });
    });
  const client = {
    flag: {
      evaluate: { query: ({ key }: { key: string }) => question(key) },
      all: { query: () => question("all") },
    },
    live: {
      flags: {
        subscribe(_: undefined, subscriber: Subscriber) {
          subscribers.push(subscriber);
          listening.add(subscriber);
          return { unsubscribe: () => listening.delete(subscriber) };
        },
      },
    },
  } as unknown as FlagsClient;
  return {
    client,
    flags: openFlags(client),
    questions,
    listening,
    subscribers,
    news(...flags: FlagDecision[]) {
      for (const { onData } of listening) onData({ id: "1", data: { flags } });
    },
  };
}
