import { z } from "zod";
import { DeviceId, Instant, MemberId, ScanId } from "./ids.ts";
import { StorableText } from "./text.ts";

/** One journal entry for people who look something up. */
export interface AuditEntry {
  seq: number;
  type: string;
  /** The thing it happened to. */
  entityId: string;
  /** By which person or program, at which desk, with which scan; null where there was none. */
  actorId: MemberId | null;
  deviceId: DeviceId | null;
  scanId: ScanId | null;
  at: Instant;
  payload: Record<string, unknown>;
}
export const AuditEntry: z.ZodType<AuditEntry> = z.object({
  seq: z.int().positive(),
  type: z.string(),
  entityId: z.string(),
  actorId: MemberId.nullable(),
  deviceId: DeviceId.nullable(),
  scanId: ScanId.nullable(),
  at: Instant,
  payload: z.record(z.string(), z.unknown()),
});

/** What may be left out has a default. */
type Asked<Query> = { [Field in keyof Query]?: Query[Field] | undefined };
const seqAfter = z.int().nonnegative().default(0);

/** A page of the journal, oldest first, after entry `after`. */
export interface AuditQuery {
  after: number;
  /** 1 to 200. */
  limit: number;
  type?: string | undefined;
  entityId?: string | undefined;
}
export const AuditQuery: z.ZodType<AuditQuery, Asked<AuditQuery>> = z.strictObject({
  after: seqAfter,
  limit: z.int().min(1).max(200).default(50),
  type: StorableText.max(60).optional(),
  entityId: z.uuid().toLowerCase().optional(),
});

export interface AuditPage {
  entries: AuditEntry[];
  /** Ask with this as `after` for the next page; null when this was the last. */
  next: number | null;
}
export const AuditPage: z.ZodType<AuditPage> = z.object({
  entries: z.array(AuditEntry),
  next: z.int().positive().nullable(),
});

/** One journal entry exactly as it was hashed: each field is the text that went into the hash, null where that was "-". */
export interface JournalRow {
  tenantId: string;
  seq: number;
  /** Hexadecimal. */
  prevHash: string;
  hash: string;
  type: string;
  entityId: string;
  entityVersion: string;
  actorId: string | null;
  deviceId: string | null;
  scanId: string | null;
  /** UTC with microseconds. */
  at: string;
  /** The payload's JSON, letter for letter. */
  payload: string;
}
export const JournalRow: z.ZodType<JournalRow> = z.object({
  tenantId: z.string(),
  seq: z.number(),
  prevHash: z.string(),
  hash: z.string(),
  type: z.string(),
  entityId: z.string(),
  entityVersion: z.string(),
  actorId: z.string().nullable(),
  deviceId: z.string().nullable(),
  scanId: z.string().nullable(),
  at: z.string(),
  payload: z.string(),
});

/** The head of a chain on one day, signed with the deployment's key (Ed25519). All bytes hexadecimal. */
export interface JournalSeal {
  tenantId: string;
  seq: number;
  hash: string;
  /** `2026-11-22`, UTC. */
  day: string;
  publicKey: string;
  signature: string;
}
export const JournalSeal: z.ZodType<JournalSeal> = z.object({
  tenantId: z.string(),
  seq: z.number(),
  hash: z.string(),
  day: z.string(),
  publicKey: z.string(),
  signature: z.string(),
});

/** Up to where a chain reaches. */
export interface JournalHead {
  seq: number;
  hash: string;
}
export const JournalHead: z.ZodType<JournalHead> = z.object({ seq: z.number(), hash: z.string() });

/** A part of the journal for an auditor's file: `tooling/audit/verify-journal.mjs` checks it. */
export interface ExportQuery {
  after: number;
}
export const ExportQuery: z.ZodType<ExportQuery, Asked<ExportQuery>> = z.strictObject({ after: seqAfter });

export interface ExportPage {
  rows: JournalRow[];
  /** Those of the entries of this page. */
  seals: JournalSeal[];
  /** As it was when this page was read. */
  head: JournalHead;
  next: number | null;
}
export const ExportPage: z.ZodType<ExportPage> = z.object({
  rows: z.array(JournalRow),
  seals: z.array(JournalSeal),
  head: JournalHead,
  next: z.int().positive().nullable(),
});

/**
 * What is wrong with the entry that is named. `gap`: it is missing. `prev_hash`: it does not continue the entry before.
 * `hash`: it is not what was hashed. `head`: the chain does not end where it should. `seal`: it is not what was sealed.
 * `signature`: its seal was not made with the deployment's key.
 */
export type Flaw = "gap" | "prev_hash" | "hash" | "head" | "seal" | "signature";
export const flaws = ["gap", "prev_hash", "hash", "head", "seal", "signature"] as const satisfies readonly Flaw[];

/** Whether the journal is as it was written, or the first entry that is not. */
export type AuditVerdict =
  | { kind: "intact"; upTo: number; seals: number }
  | { kind: "broken"; seq: number; because: Flaw };
export const AuditVerdict: z.ZodType<AuditVerdict> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("intact"), upTo: z.int().nonnegative(), seals: z.int().nonnegative() }),
  z.object({ kind: z.literal("broken"), seq: z.int(), because: z.enum(flaws) }),
]);
