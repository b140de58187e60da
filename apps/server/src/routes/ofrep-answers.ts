import type { FlagDecision, FlagKey, FlagReason } from "@tessera/contracts";

/** What is wrong with an evaluation, in OpenFeature's words. */
export type ErrorCode = "PARSE_ERROR" | "INVALID_CONTEXT" | "TARGETING_KEY_MISSING" | "FLAG_NOT_FOUND" | "GENERAL";
export interface Failure {
  errorCode: ErrorCode;
  errorDetails: string;
}
export interface Evaluation {
  key: FlagKey;
  value: boolean;
  variant: "on" | "off";
  /** OpenFeature's; the metadata has ours. */
  reason: string;
  metadata: Record<string, boolean | number | string>;
}

/** @returns The status that the protocol wants with a failure. */
export const statusOf = ({ errorCode }: Failure): number =>
  errorCode === "FLAG_NOT_FOUND" ? 404 : errorCode === "GENERAL" ? 500 : 400;

/** Ours that OpenFeature has no word for. All of them are off, but for `OVERRIDE`, which is the same for everybody. */
const THEIR_WORD: Partial<Record<FlagReason, string>> = {
  KILLED: "DISABLED",
  BREAKER_OPEN: "DISABLED",
  PREREQUISITE: "DISABLED",
  OVERRIDE: "STATIC",
};

/** @returns A decision in the words of the protocol. Nobody ever made a flag of revision 0. */
export function evaluationOf(decision: FlagDecision): Evaluation | Failure {
  const { key, value, reason, rule, bucket, scheme, revision, stale, values } = decision;
  if (reason === "UNKNOWN") return notFound(key);
  if (reason === "TARGETING_KEY_MISSING") {
    const errorDetails = "This flag is on for a share, and the context does not say whose share that is.";
    return { errorCode: "TARGETING_KEY_MISSING", errorDetails };
  }
  const metadata = { reason, rule, scheme, revision, stale, ...(bucket !== null && { bucket }), ...values };
  return { key, value, variant: value ? "on" : "off", reason: THEIR_WORD[reason] ?? reason, metadata };
}

export const notFound = (key: string): Failure => ({
  errorCode: "FLAG_NOT_FOUND",
  errorDetails: `There is no flag ${key}.`,
});
