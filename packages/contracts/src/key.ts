import { z } from "zod";
import { Instant } from "./ids.ts";

/**
 * The life of a key that signs codes. `next`: known to the desks ahead of its time. `active`: signs. `retiring`: signs no
 * more, and its codes are still taken for a while. `retired`: its codes are too old. `revoked`: taken out at once.
 */
export type KeyState = "next" | "active" | "retiring" | "retired" | "revoked";
export const KeyState: z.ZodType<KeyState> = z.enum(["next", "active", "retiring", "retired", "revoked"]);

const KeyId: z.ZodType<number, number> = z.int().min(0).max(255);

/** A key that signs codes, as it is shown to people. */
export interface CodeKey {
  /** 0 to 255. */
  keyId: number;
  state: KeyState;
  since: Instant;
  /** When a retiring key ends; null for every other. */
  verifiesUntil: Instant | null;
}
export const CodeKey: z.ZodType<CodeKey> = z.object({
  keyId: z.int(),
  state: KeyState,
  since: Instant,
  verifiesUntil: Instant.nullable(),
});

/** The next key is to sign. */
export interface RotateKey {
  /** The key that signs now, as the caller has seen it: asking twice rotates once. */
  from: number;
  /** Do not wait until every desk had a day to learn the next key. */
  forced?: boolean | undefined;
}
export const RotateKey: z.ZodType<RotateKey> = z.strictObject({ from: KeyId, forced: z.boolean().optional() });

/** Rotated; or left alone, because another key signs by now, or because the desks cannot know the next one yet. */
export type RotateKeyOutcome =
  | { kind: "rotated"; keys: CodeKey[] }
  | { kind: "left_alone"; reason: "not_active"; keys: CodeKey[] }
  | { kind: "left_alone"; reason: "too_early"; readyAt: Instant };
export const RotateKeyOutcome: z.ZodType<RotateKeyOutcome> = z.union([
  z.object({ kind: z.literal("rotated"), keys: z.array(CodeKey) }),
  z.object({ kind: z.literal("left_alone"), reason: z.literal("not_active"), keys: z.array(CodeKey) }),
  z.object({ kind: z.literal("left_alone"), reason: z.literal("too_early"), readyAt: Instant }),
]);

/** No code signed with this key is to be taken any more. */
export interface RevokeKey {
  keyId: number;
}
export const RevokeKey: z.ZodType<RevokeKey> = z.strictObject({ keyId: KeyId });

export type RevokeKeyOutcome =
  | { kind: "revoked"; keys: CodeKey[] }
  | { kind: "left_alone"; reason: "not_found" | "retired" | "revoked" };
export const RevokeKeyOutcome: z.ZodType<RevokeKeyOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("revoked"), keys: z.array(CodeKey) }),
  z.object({ kind: z.literal("left_alone"), reason: z.enum(["not_found", "retired", "revoked"]) }),
]);

/** How old the deployment's secret is, by which everything else that is secret is made. */
export interface SecretAges {
  /** When a process first ran with it. */
  since: Instant;
  /** Until when each of those before it is accepted, the newest first. */
  acceptedUntil: Instant[];
}
export const SecretAges: z.ZodType<SecretAges> = z.object({ since: Instant, acceptedUntil: z.array(Instant) });
