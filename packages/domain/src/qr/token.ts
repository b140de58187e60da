import { bytesOfCode } from "./code-text.ts";
import { type CompactCode, parseCompact } from "./compact-code.ts";
import { parseRotating, type RotatingCode } from "./rotating-code.ts";
import { parseSigned, type SignedCode } from "./signed-code.ts";

/** A text that has the shape of one of our codes. Nothing in it is proven: `readCode` does that, then the database. */
export type ParsedCode = CompactCode | SignedCode | RotatingCode;
export type CodeProblem = "malformed" | "unsupported";

/**
 * Reads the text of a scan. Exact: one spelling per code, nothing folded, so a mutant of a code is never that code.
 *
 * @param text What the scanner read.
 * @returns The parsed code; `unsupported` for a code of ours of an unknown kind; `malformed` for anything else.
 */
export function parseCode(text: string): ParsedCode | CodeProblem {
  const read = bytesOfCode(text);
  if (typeof read === "string") return read;

  if (read.kind === "compact") return parseCompact(read.bytes);
  if (read.kind === "signed") return { kind: "signed", ...parseSigned(read.bytes) };
  return parseRotating(read.bytes);
}
