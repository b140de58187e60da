import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { CodeText } from "@tessera/contracts";
import { compactCode } from "@tessera/domain/qr/compact-code";
import { codeKeys } from "@tessera/domain/qr/keys";
import type { QueryResultRow } from "pg";
import type { Ask } from "../failpoints/patched-function.ts";
import type { CodeFacts, HistoryEntry } from "../history/history.ts";
import { now } from "../time.ts";

/** Whoever runs a statement: a pool, or one connection. */
export interface Runs {
  query<Row extends QueryResultRow>(sql: string, values: unknown[]): Promise<{ rows: Row[] }>;
}

export interface TrialCode extends CodeFacts {
  id: string;
  lookup: Buffer;
  text: CodeText;
}

/** Of the servers that are tried: what codes are keyed with. */
export const TRIAL_SECRET = "the secret of a trial, thirty-two or more";

/** A tenant of a trial's own, with a member and a desk. */
export interface TrialTenant {
  id: string;
  desk: string;
  /** With which a server recognises the desk. */
  token: string;
  thing(): Promise<string>;
  /** @returns A code that is valid for half an hour. */
  code(resource: string, purpose?: CodeFacts["purpose"]): Promise<TrialCode>;
  /** A second desk. @returns Its id. */
  anotherDesk(): Promise<string>;
  /** One scan in the language of the SQL function; its line in the history is kept. */
  redeem(over: Runs, code: Pick<TrialCode, "id" | "lookup">, scan?: string): Promise<HistoryEntry>;
  /** What was asked and heard so far. */
  entries: HistoryEntry[];
  codes: Map<string, CodeFacts>;
}

const REDEEM = "SELECT * FROM redeem_codes($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/** @param ask As superuser: a trial writes down what it needs without asking the product. */
export async function trialTenant(ask: Ask): Promise<TrialTenant> {
  const [id, holder] = [randomUUID(), randomUUID()];
  const name = `trial-${id.slice(0, 8)}`;
  await ask("INSERT INTO tenants (id, slug, name, template) VALUES ($1, $2, $2, 'tool_library')", [id, name]);
  await ask("INSERT INTO members (tenant_id, id, name) VALUES ($1, $2, 'Member')", [id, holder]);

  async function deskWith(token: string): Promise<string> {
    const desk = randomUUID();
    const values = [id, desk, `Desk ${desk.slice(0, 4)}`, createHash("sha256").update(token).digest()];
    await ask("INSERT INTO devices (tenant_id, id, name, token_hash) VALUES ($1, $2, $3, $4)", values);
    return desk;
  }
  const newToken = () => `tsd_${randomBytes(24).toString("hex")}`;
  const token = newToken();
  const desk = await deskWith(token);
  const keys = await codeKeys(TRIAL_SECRET);
  const entries: HistoryEntry[] = [];
  const codes = new Map<string, CodeFacts>();

  return {
    id,
    desk,
    token,
    entries,
    codes,
    anotherDesk: () => deskWith(newToken()),

    async thing() {
      const resource = randomUUID();
      const values = [id, resource, `Thing ${resource.slice(0, 4)}`];
      await ask(
        "INSERT INTO resources (tenant_id, id, name, kind, loan_minutes) VALUES ($1, $2, $3, 'tool', 60)",
        values,
      );
      return resource;
    },

    async code(resource, purpose = "check_out") {
      const secretPart = new Uint8Array(randomBytes(16));
      const lookup = Buffer.from(await keys.lookupOf(secretPart));
      const code = { id: randomUUID() as string, lookup, text: compactCode(secretPart) };
      const facts = { tenant: id, maxUses: 1, purpose, resource, holder };
      await ask(
        `INSERT INTO qr_codes (tenant_id, id, lookup, offline_id, purpose, holder_id, resource_id, mask, expires_at)
         VALUES ($1, $2, $3, $3, $4, $5, $6, 0, now() + interval '30 minutes')`,
        [id, code.id, code.lookup, purpose, holder, resource],
      );
      codes.set(code.id, facts);
      return { ...code, ...facts };
    },

    async redeem(over, { id: key, lookup }, scan = randomUUID()) {
      const none = [null];
      const values = [id, [scan], [lookup], [lookup], ["api"], none, [desk], none, none];
      const attempt = entries.filter((entry) => entry.scan === scan).length + 1;
      const asked = { op: "redeem" as const, key, scan, attempt, node: "sql", tenant: id, invoke: now() };
      const heard = await over.query<AnswerRow>(REDEEM, values).then(({ rows }) => heardIn(rows), unheard);
      const entry = { ...asked, ...heard, return: now() };
      entries.push(entry);
      return entry;
    },
  };
}

interface AnswerRow {
  outcome: "redeemed" | "refused" | "contended";
  reason: string | null;
  redemption_id: string | null;
  code_id: string | null;
  resource_id: string | null;
  holder_id: string | null;
  use_no: number | null;
}

type Heard = Pick<HistoryEntry, "type" | "reason" | "redemption" | "useNo" | "mentions">;

export function heardIn([row]: readonly AnswerRow[]): Heard {
  if (!row) return { type: "refused", reason: "idempotency_mismatch", redemption: null, useNo: null };
  const mentions = [row.code_id, row.resource_id, row.holder_id].filter((id) => id !== null);
  if (row.outcome === "redeemed") {
    return { type: "ok", reason: null, redemption: row.redemption_id, useNo: row.use_no, mentions };
  }
  return { type: "refused", reason: row.reason, redemption: null, useNo: null, mentions };
}

/** What the ledger makes of an SQLSTATE; anything it does not know is a surprise. */
const FORESEEN: Record<string, string> = { "55P03": "busy", "57014": "busy", "57P01": "unknown_outcome" };

function unheard(error: unknown): Heard {
  const state = error instanceof Error && "code" in error ? String(error.code) : String(error);
  const message = error instanceof Error ? error.message : "";
  return { type: "info", reason: FORESEEN[state] ?? `surprise: ${state} ${message}`, redemption: null, useNo: null };
}
