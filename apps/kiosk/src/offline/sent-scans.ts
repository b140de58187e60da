import type { Redeemed, RedemptionOutcome, ScanId, UndoOutcome } from "@tessera/contracts";
import { fromBase64url } from "@tessera/domain/qr/base64url";
import { tagOf } from "@tessera/domain/redemption/manifest";
import type { DeskClock } from "./desk-clock.ts";
import type { SentRow, ThingRow, UseRow } from "./rows.ts";
import { holderMark, thingMark } from "./sealing.ts";
import type { DeskStore, DeskTables } from "./store.ts";

/**
 * Scans that the server decides. Each is written down before it is sent, and struck out when its answer was heard; what
 * is left after a crash are those that may have been decided without anybody seeing it. Their codes are `in_doubt` at
 * this desk until that is known. Kept of a code is its tag alone: nobody can read or send it again from here.
 */
export interface SentScans {
  /**
   * Before the first byte leaves.
   *
   * @param offlineId null for a text that is no code of ours.
   * @returns False, and nothing is written, when this code was accepted here and is not handed in: the server does not
   *   know of that use, and would give it a second time.
   */
  add(scanId: ScanId, offlineId: Uint8Array | null): Promise<boolean>;
  /** The server has answered, and a held code is held in its new state. Hearing an answer twice changes nothing. */
  heard(outcome: RedemptionOutcome): Promise<void>;
  /** What became of a scan whose answer nobody saw. */
  takenBack(outcome: UndoOutcome): Promise<void>;
  /** Oldest first. */
  unheard(): Promise<readonly SentRow[]>;
}

export function sentScans(store: DeskStore, clock: DeskClock): SentScans {
  /** Strikes the scan out and notes what it did to its code, in one write. */
  async function settle(scanId: ScanId, note: (tables: DeskTables, tag: string) => Promise<unknown>) {
    await store.write(async (tables) => {
      const row = await tables.sent.get(scanId);
      if (!row) return null;
      await tables.sent.delete(scanId);
      if (row.tag) await note(tables, row.tag);
      return {};
    });
  }

  return {
    async add(scanId, offlineId) {
      const manifest = await store.read((tables) => tables.manifest.get(1));
      const tag = manifest && offlineId ? await tagOf(fromBase64url(manifest.salt), offlineId) : null;
      const row: SentRow = { scanId, tag, at: clock().wall };
      return store.write(async (tables) => {
        if (tag && (await tables.outbox.where("tag").equals(tag).count()) > 0) return null;
        await tables.sent.put(row);
        return {};
      });
    },

    async heard(outcome) {
      const moved = outcome.kind === "redeemed" ? await movedBy(outcome) : null;
      await settle(outcome.scanId, async (tables, tag) => {
        const use = useAfter((await tables.uses.get(tag)) ?? freshUse(tag), outcome);
        if (use) await tables.uses.put(use);
        if (moved) await tables.things.put(moved);
      });
    },

    async takenBack(outcome) {
      await settle(outcome.scanId, async (tables, tag) => {
        const use = (await tables.uses.get(tag)) ?? freshUse(tag);
        // The use stays taken when a redemption is undone. A yes that can no longer be undone is a use as well.
        const isUsed = outcome.kind === "undone" || (outcome.kind === "refused" && outcome.because !== "not_redeemed");
        if (isUsed) await tables.uses.put({ ...use, taken: use.taken + 1 });
      });
    },

    unheard: () =>
      store.read(({ sent }) => sent.toArray()).then((rows) => rows.sort((one, other) => one.at - other.at)),
  };
}

const freshUse = (tag: string): UseRow => ({ tag, taken: 0, isSpent: false, revokedAt: null, at: null });

/** @returns What is known of the code after this answer; null when the answer says nothing that lasts. */
function useAfter(use: UseRow, outcome: RedemptionOutcome): UseRow | null {
  if (outcome.kind === "redeemed") return { ...use, taken: use.taken + 1, at: outcome.at };
  const { refusal } = outcome;
  if (refusal.reason === "already_redeemed") return { ...use, isSpent: true };
  if (refusal.reason === "revoked") return { ...use, revokedAt: refusal.evidence.at };
  return null;
}

async function movedBy({ purpose, resource, holder, checkoutId, dueAt, undoneAt }: Redeemed): Promise<ThingRow> {
  const [thing, person] = await Promise.all([thingMark(resource.id), holderMark(resource.id, holder.id)]);
  const isOut = (purpose === "check_out") !== (undoneAt !== null);
  return { thing, holder: isOut ? person : null, checkoutId, dueAt };
}
