import { randomBytes } from "node:crypto";
import type { CodeText } from "@tessera/contracts";
import { compactCode } from "@tessera/domain/qr/compact-code";
import { codeKeys } from "@tessera/domain/qr/keys";
import type { CodeFacts } from "../history/history.ts";
import type { World } from "../world/world.ts";

/** A code that was written straight into the database, as fast as the race needs them. */
export interface RaceCode extends CodeFacts {
  id: string;
  text: CodeText;
}

const INSERT = `
  INSERT INTO qr_codes (tenant_id, id, lookup, purpose, holder_id, resource_id, mask, max_uses, expires_at)
  SELECT c.tenant, c.id, decode(c.lookup, 'hex'), c.purpose, c.holder, c.resource, 0, c."maxUses", now() + interval '1 day'
    FROM jsonb_to_recordset($1) AS c(tenant uuid, id uuid, lookup text, purpose text, holder uuid, resource uuid,
                                     "maxUses" int)`;

/** Makes codes past the issuing door, which draws and test-reads each one: that takes too long for a race. */
export type CodeMaker = (wanted: readonly CodeFacts[]) => Promise<RaceCode[]>;

/** @returns Makes codes that the world's servers know as their own. */
export async function codeMaker({ ask, secret }: Pick<World, "ask" | "secret">): Promise<CodeMaker> {
  const keys = await codeKeys(secret);
  return async (wanted) => {
    const made = await Promise.all(
      wanted.map(async (facts) => {
        const secretPart = new Uint8Array(randomBytes(16));
        const lookup = Buffer.from(await keys.lookupOf(secretPart)).toString("hex");
        return { ...facts, id: crypto.randomUUID() as string, text: compactCode(secretPart), lookup };
      }),
    );
    await ask(INSERT, [JSON.stringify(made.map(({ text, ...row }) => row))]);
    return made.map(({ lookup, ...code }) => code);
  };
}

/** Makes things to lend that nobody has lent before. @returns Their ids. */
export async function makeResources({ ask }: Pick<World, "ask">, tenant: string, count: number): Promise<string[]> {
  const rows = await ask<{ id: string }>(
    `INSERT INTO resources (tenant_id, name, kind, loan_minutes)
     SELECT $1, 'Race thing ' || n, 'tool', 60 FROM generate_series(1, $2::int) n RETURNING id`,
    [tenant, count],
  );
  return rows.map(({ id }) => id);
}
