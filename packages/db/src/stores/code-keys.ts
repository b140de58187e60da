import { randomBytes, randomUUID } from "node:crypto";
import type { MemberId } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import type { CodeSigning } from "@tessera/domain/qr/code-signing";
import {
  type KeyBook,
  type KeyChange,
  missingFrom,
  type RevocationPlan,
  type RotationPlan,
  revocationPlan,
  rotationPlan,
} from "@tessera/domain/qr/key-ring";
import { type SigningKey, shownKey } from "@tessera/domain/qr/signing-key";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import type { InTenant } from "../tenant.ts";

/** Somebody else changed the ring between our look and our write: nothing of ours is kept, and we look again. */
class Overtaken extends Error {}

/** The database noticed first: a second active key, or two of us waiting for each other. */
const OVERTAKEN_STATES = ["P2002", "P2034"];

const isOvertaken = (error: unknown): boolean =>
  error instanceof Overtaken ||
  (error instanceof Error && "code" in error && OVERTAKEN_STATES.includes(String(error.code)));

const TRIES = 4;

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param signing Makes the public half of a new key.
 * @param onChange Called after each change, so that its news can leave.
 */
export function codeKeysOf(
  scope: TenantScope,
  tenant: InTenant,
  signing: Pick<CodeSigning, "publicKeyOf">,
  onChange: () => void,
): KeyBook {
  /** Looks, plans, and writes exactly what was planned; when someone was faster, plans anew from what they wrote. */
  async function change<P extends RotationPlan | RevocationPlan>(
    by: MemberId | null,
    planFor: (ring: SigningKey[], at: Date) => P,
  ): Promise<{ plan: P; ring: SigningKey[] }> {
    for (let turn = 1; turn <= TRIES; turn++) {
      try {
        const done = await tenant(async (tx) => {
          const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
          const ring = await ringIn(tx, scope);
          const plan = planFor(ring, now);
          if (plan.kind === "left_alone" || plan.changes.length === 0) return { plan, ring, changed: false };

          for (const step of plan.changes) await write(tx, step, by);
          return { plan, ring: await ringIn(tx, scope), changed: true };
        });
        if (done.changed) onChange();
        return done;
      } catch (error) {
        if (!isOvertaken(error)) throw error;
      }
    }
    throw new Failed("busy");
  }

  async function write(tx: Tx, { keyId, from, to }: KeyChange, changedBy: MemberId | null): Promise<void> {
    const written = from
      ? await tx.codeKey.updateMany({ where: { tenantId: scope, keyId, state: from }, data: { state: to, changedBy } })
      : await make(tx, keyId, to, changedBy);
    if (written.count === 0) throw new Overtaken();
  }

  /** A new key, under a number that is free or whose key has retired. */
  async function make(tx: Tx, keyId: number, state: string, changedBy: MemberId | null) {
    const salt = new Uint8Array(randomBytes(32));
    const publicKey = await signing.publicKeyOf(scope, { keyId, salt });
    const key = { state, salt, publicKey, changedBy };
    const created = await tx.codeKey.createMany({ data: [{ tenantId: scope, keyId, ...key }], skipDuplicates: true });
    if (created.count > 0) return created;

    const retired = { tenantId: scope, keyId, state: "retired" };
    return tx.codeKey.updateMany({ where: retired, data: { ...key, id: randomUUID() } });
  }

  return {
    ring: () => tenant((tx) => ringIn(tx, scope)),

    async ensureActive() {
      const { ring } = await change(null, (keys, at) => ({ kind: "change", changes: missingFrom(keys, at) }));
      const active = ring.find(({ state }) => state === "active");
      if (!active) throw new Error("a whole ring has a key that signs");
      return active;
    },

    async rotate(request, by) {
      const { plan, ring } = await change(by, (keys, at) => rotationPlan(keys, request, at));
      if (plan.kind === "change") return { kind: "rotated", keys: ring.map(shownKey) };
      const { reason } = plan;
      if (reason === "too_early") return { kind: "left_alone", reason, readyAt: plan.readyAt.toISOString() };
      return { kind: "left_alone", reason, keys: ring.map(shownKey) };
    },

    async revoke(keyId, by) {
      const { plan, ring } = await change(by, (keys, at) => revocationPlan(keys, keyId, at));
      return plan.kind === "change" ? { kind: "revoked", keys: ring.map(shownKey) } : plan;
    },
  };
}

async function ringIn(tx: Tx, scope: TenantScope): Promise<SigningKey[]> {
  const rows = await tx.codeKey.findMany({ where: { tenantId: scope }, orderBy: { keyId: "asc" } });
  return rows.map(({ keyId, state, since, salt, publicKey }) => ({
    keyId,
    state: state as SigningKey["state"],
    since,
    salt: new Uint8Array(salt),
    publicKey: new Uint8Array(publicKey),
  }));
}
