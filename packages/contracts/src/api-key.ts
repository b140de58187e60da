import { z } from "zod";
import { ApiKeyId, Instant } from "./ids.ts";
import { StorableText } from "./text.ts";

/** What a program may be allowed. Each is said by the procedures it opens (docs/access.md). */
export const apiScopes = ["resources:read", "checkouts:read", "codes:issue", "audit:read"] as const;
export type ApiScope = (typeof apiScopes)[number];

/** The key of a program, as it is shown to people. */
export interface ApiKey {
  id: ApiKeyId;
  name: string;
  /** The first letters of its token, to tell keys apart. */
  prefix: string;
  scopes: ApiScope[];
  createdAt: Instant;
  /** null: never. */
  expiresAt: Instant | null;
  /** To the minute; null: never used. */
  lastUsedAt: Instant | null;
  revokedAt: Instant | null;
  /** After a rotation: how long the token before is still taken. */
  oldUntil: Instant | null;
}
export const ApiKey: z.ZodType<ApiKey> = z.object({
  id: ApiKeyId,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(apiScopes)),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  oldUntil: Instant.nullable(),
});

export interface CreateApiKey {
  /** What it is for, as people say it. */
  name: string;
  scopes: ApiScope[];
  /** Left out: it does not expire. */
  expiresAt?: Instant | null | undefined;
}
export const CreateApiKey: z.ZodType<CreateApiKey> = z.strictObject({
  name: StorableText.trim().min(1).max(60),
  scopes: z.array(z.enum(apiScopes)).max(apiScopes.length),
  expiresAt: Instant.nullish(),
});

/** A key with its token, which is told this once. */
export interface NewApiKey {
  kind: "created" | "rotated";
  key: ApiKey;
  token: string;
}

/** Left alone: there is no such key, or it ended. */
export interface NoSuchKey {
  kind: "left_alone";
}
const NoSuchKey = z.object({ kind: z.literal("left_alone") });

export type NewKeyOutcome = NewApiKey | NoSuchKey;
export const NewKeyOutcome: z.ZodType<NewKeyOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["created", "rotated"]), key: ApiKey, token: z.string() }),
  NoSuchKey,
]);

export interface NameApiKey {
  keyId: ApiKeyId;
}
export const NameApiKey: z.ZodType<NameApiKey, { keyId: string }> = z.strictObject({ keyId: ApiKeyId });

/** A new token; the one before is taken for some hours more. */
export interface RotateApiKey extends NameApiKey {
  graceHours: number;
}
export const RotateApiKey: z.ZodType<RotateApiKey, { keyId: string; graceHours: number }> = z.strictObject({
  keyId: ApiKeyId,
  graceHours: z.number().min(0).max(24),
});

export type RevokedKey = { kind: "revoked"; key: ApiKey } | NoSuchKey;
export const RevokedKey: z.ZodType<RevokedKey> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("revoked"), key: ApiKey }),
  NoSuchKey,
]);
