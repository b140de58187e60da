import type { Call, Calls } from "@tessera/api";

/** What a message asks for, when nothing about it is unusual. */
export type Plain =
  | { kind: "stop"; id: number }
  /** `input` is not checked yet. */
  | { kind: "request"; id: number; call: Call; input: unknown };

/**
 * @param message One of a client's, parsed.
 * @param calls What can be asked for.
 * @returns null for whatever tRPC's own handler should judge: no request at all, a procedure there is none of, or one asked
 *   for as something else than it is.
 */
export function plainIn(message: unknown, calls: Calls): Plain | null {
  if (!isObject(message)) return null;
  const { id, jsonrpc, method, params } = message;
  if (typeof id !== "number" || !Number.isSafeInteger(id) || jsonrpc !== undefined) return null;
  if (method === "subscription.stop") return { kind: "stop", id };

  if (!isObject(params)) return null;
  const { path, input, lastEventId } = params;
  const call = typeof path === "string" ? calls.get(path) : undefined;
  if (call?.type !== method || call === undefined) return null;
  if (lastEventId === undefined) return { kind: "request", id, call, input };
  if (typeof lastEventId !== "string" || call.type !== "subscription") return null;
  return { kind: "request", id, call, input: resumed(input, lastEventId) };
}

/** A client that comes back says the same as at first, and beside it where it left off. */
function resumed(input: unknown, lastEventId: string): unknown {
  if (isObject(input)) return { ...input, lastEventId };
  return input ?? { lastEventId };
}

/**
 * @param message A client's first one, when its address said that it would say who it is.
 * @returns null when it says nothing that can be understood.
 */
export function paramsIn(message: unknown): { token?: string; tenant?: string } | null {
  if (!isObject(message)) return null;
  const { data } = message;
  if (data === null) return {};
  if (!isObject(data) || Object.values(data).some((value) => typeof value !== "string")) return null;
  return data as { token?: string; tenant?: string };
}

/** @returns undefined for what is no JSON: no JSON is that. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
