import { isStorable } from "@tessera/contracts";
import express, { type Request, type Response } from "express";

/** What a request's body says; `undefined` when there is none. */
export type JsonBody = { kind: "read"; value: unknown } | { kind: "refused"; status: number; message: string };

const refused = (status: number, message: string): JsonBody => ({ kind: "refused", status, message });

/**
 * Reads a body as JSON, whatever it calls itself: `curl -d` says of everything that it is a form.
 *
 * @param request Nothing has read it yet.
 * @param response To it.
 * @param mostBytes More is refused, with 413.
 * @returns The value, or what is wrong with the body in words for who sent it.
 */
export async function jsonBody(request: Request, response: Response, mostBytes: number): Promise<JsonBody> {
  const problem = await readInto(request, response, mostBytes);
  if (problem) {
    return problem.type === "entity.too.large"
      ? refused(413, `The body may have ${mostBytes} bytes at most.`)
      : refused(problem.status ?? 400, "The body did not arrive as a whole, or in an encoding that is not known here.");
  }
  const bytes: unknown = request.body;
  return Buffer.isBuffer(bytes) && bytes.length > 0 ? parsed(bytes) : { kind: "read", value: undefined };
}

interface BodyProblem {
  type?: string;
  status?: number;
}

function readInto(request: Request, response: Response, limit: number): Promise<BodyProblem | null> {
  const read = express.raw({ type: () => true, limit });
  return new Promise((resolve) => read(request, response, (problem?: unknown) => resolve((problem ?? null) as never)));
}

function parsed(bytes: Buffer): JsonBody {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { kind: "read", value: JSON.parse(text, storable) };
  } catch (cause) {
    return refused(400, `The body cannot be read as JSON: ${cause instanceof Error ? cause.message : "it is none"}`);
  }
}

function storable(name: string, value: unknown): unknown {
  if (typeof value === "string" && !isStorable(value)) {
    throw new Error(`the text at "${name}" holds letters that are none.`);
  }
  return value;
}
