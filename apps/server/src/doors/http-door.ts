import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answered, Call, Calls, Context } from "@tessera/api";
import { isTighter, type Taken } from "@tessera/domain/limits/limiter";
import { TRPCError } from "@trpc/server";
import type { Logger } from "pino";
import { forgeryIn } from "../adapters/same-site.ts";
import { limitHeaders } from "../routes/limit-headers.ts";
import { isInTheOpen } from "../routes/only-https.ts";
import { logFaults, mostBytesOf } from "../routes/trpc.ts";

const PREFIX = "/trpc/";
/** A host that cannot be anything else; whatever else it may be is for Express to judge. */
const PLAIN_HOST = /^[a-z\d.-]+(:\d{1,5})?$/i;

/** @returns True when it has taken the request and answers it; false leaves it untouched for others. */
export type Door = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface DoorOptions {
  /** What can be asked for. */
  calls: Calls;
  /** @returns What a call comes with. */
  contextFor(request: IncomingMessage, tellLimit: (taken: Taken) => void): Context;
  log: Logger;
  /** Said with each answer. */
  headers: ReadonlyArray<readonly [string, string]>;
  /** Whether what came to our proxy in the open is left to Express, which refuses it. */
  onlyHttps: boolean;
}

/** A request that the door understands: which procedure, and how its input is read. */
interface Asked {
  call: Call;
  /** In a query's address, as it was sent; a mutation's is its body. */
  input: string | null;
}

/**
 * The short way for what nearly every request is: one query or one mutation, with JSON, in tRPC's wire format. It runs the
 * same procedures with the same middlewares and gives the same bytes as tRPC's own adapter behind Express, for a tenth of
 * the processor time; `test/doors.test.ts` compares the two. Whatever is unusual (a batch, another content type, a strange
 * host or page) is left to the adapter, before a byte of it is read (docs/decisions/0015-two-hot-doors.md).
 */
export function httpDoor({ calls, contextFor, log, headers, onlyHttps }: DoorOptions): Door {
  const tellFault = logFaults(log);
  const always = ["vary", "trpc-accept, accept", "content-type", "application/json", ...headers.flat()];

  function send(response: ServerResponse, path: string, answered: Answered, taken: Taken | null): void {
    const { ok } = answered;
    if (!ok) tellFault({ error: answered.error, path });
    const body = JSON.stringify(ok ? { result: { data: answered.data } } : { error: answered.shape });
    const length = String(Buffer.byteLength(body));
    const limit = taken ? limitHeaders(taken).flat() : [];
    response.writeHead(ok ? 200 : answered.httpStatus, [...always, ...limit, "content-length", length]).end(body);
  }

  function answer({ call, input }: Asked, request: IncomingMessage, response: ServerResponse, body: string | null) {
    let limit: Taken | null = null;
    const tellLimit = (taken: Taken) => {
      if (!limit || isTighter(taken, limit)) limit = taken;
    };
    call
      .answer(contextFor(request, tellLimit), () => parsed(input ?? body))
      .then((answered) => send(response, call.path, answered, limit))
      .catch((cause) => {
        log.error({ err: cause, path: call.path }, "an answer could not be written");
        response.destroy();
      });
  }

  return (request, response) => {
    const asked = askedBy(request, calls);
    if (!asked || (onlyHttps && isInTheOpen(request.headers))) return false;
    if (asked.call.type === "query") answer(asked, request, response, null);
    else wholeBody(request, (body) => answer(asked, request, response, body));
    return true;
  };
}

/** @returns What is asked, or null for whatever is not plain. */
function askedBy(request: IncomingMessage, calls: Calls): Asked | null {
  const { method, url = "", headers } = request;
  if (!url.startsWith(PREFIX)) return null;
  const mark = url.indexOf("?");
  const call = calls.get(url.slice(PREFIX.length, mark < 0 ? undefined : mark));
  if (!call || !isPlain(headers) || forgeryIn(request)) return null;

  if (method === "POST" && call.type === "mutation") {
    const length = Number(headers["content-length"] ?? 0);
    const isSmall = !headers["transfer-encoding"] && length <= mostBytesOf(call.path);
    return mark < 0 && isSmall && headers["content-type"] === "application/json" ? { call, input: null } : null;
  }
  const hasBody = "content-length" in headers || "transfer-encoding" in headers || "content-type" in headers;
  if (method === "GET" && call.type === "query" && !hasBody) {
    const input = mark < 0 ? "" : inputIn(url.slice(mark + 1));
    return input === null ? null : { call, input };
  }
  return null;
}

/** @returns Whether nothing about a request asks for special treatment. */
function isPlain(headers: IncomingMessage["headers"]): boolean {
  return (
    PLAIN_HOST.test(headers.host ?? "") &&
    headers["trpc-accept"] === undefined &&
    headers["content-encoding"] === undefined &&
    headers.expect === undefined &&
    !headers.accept?.includes("jsonl")
  );
}

/** @returns The input of `input=…`, "" for none, null when there is anything else in the address. */
function inputIn(search: string): string | null {
  if (!search.startsWith("input=") || search.includes("&")) return null;
  try {
    return decodeURIComponent(search.slice("input=".length).replaceAll("+", " "));
  } catch {
    return null;
  }
}

/** No text is no input; a text that is no JSON is told when the procedure asks for it, as tRPC does. */
function parsed(text: string | null): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TRPCError({
      code: "BAD_REQUEST",
      message: cause instanceof Error ? cause.message : "Invalid input",
      cause,
    });
  }
}

/** Reads a body whose length is known to be small. Whoever hangs up in the middle of it has asked nothing. */
function wholeBody(request: IncomingMessage, done: (body: string) => void): void {
  let read: Buffer = Buffer.alloc(0);
  request.on("data", (piece: Buffer) => {
    read = read.length === 0 ? piece : Buffer.concat([read, piece]);
  });
  request.on("end", () => done(withoutMark(read.toString("utf8"))));
}

/** A text may begin with a mark of its encoding, which is not part of it. */
const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
