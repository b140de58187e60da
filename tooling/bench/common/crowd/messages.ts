import type { Books, Heard, Publishing } from "./crowd.ts";
import type { DialectName } from "./dialects.ts";

/** What a driver is asked to do, one thing at a time. */
export type Asked =
  | { kind: "open"; ports: readonly number[]; dialect: DialectName; token: string; comesBack: boolean }
  | { kind: "enter"; count: number; atOnce: boolean }
  | { kind: "publish"; publishing: Publishing }
  | { kind: "listen"; ms: number }
  | { kind: "stop_publishing" }
  | { kind: "until_all_in"; patienceMs: number }
  | { kind: "settle"; patienceMs: number }
  | { kind: "leave" };

export interface Told {
  result: number | Heard | Books | null;
  error: string | null;
}
