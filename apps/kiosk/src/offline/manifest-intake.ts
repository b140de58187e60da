import type { Manifest } from "@tessera/contracts";
import type { DeskClock, Moment } from "./desk-clock.ts";
import type { ManifestRow, UseRow } from "./rows.ts";
import type { DeskStore } from "./store.ts";

/** Answers and verdicts are kept for so long, then thrown away: the server keeps its own for as long. */
const KEPT_FOR_MS = 30 * 86_400_000;

/** What the desk knew when it asked for a manifest. */
export interface Asked {
  moment: Moment;
  version: number;
}

/**
 * `received`; or not, and what comes first: `settle_first` (a scan was sent and nobody knows its answer), `hand_in_first`
 * (scans accepted here are not handed in), `ask_again` (something was scanned between asking and receiving).
 */
export type Intake = "received" | "settle_first" | "hand_in_first" | "ask_again";

/** Takes what the desk may hold ready. */
export interface ManifestIntake {
  /** To be called before the server is asked: the lease is counted from here. */
  ask(): Promise<Asked>;
  /**
   * A new manifest takes the place of the old one, with all that was noted beside it. It is taken only when the server
   * had heard of every use when it made it: else a used code would look fresh again, and nobody could tell, since the
   * tags of two manifests have nothing in common.
   */
  receive(asked: Asked, manifest: Manifest): Promise<Intake>;
  /**
   * Forgets the manifest, before its codes are given back: a code must not be free at the server and still be held here.
   *
   * @returns Whether it is gone; not while something is unsettled that stands in its terms.
   */
  drop(): Promise<boolean>;
}

export function manifestIntake(store: DeskStore, clock: DeskClock): ManifestIntake {
  return {
    async ask() {
      const moment = clock();
      const { version } = await store.device();
      return { moment, version };
    },

    async receive(asked, { entries, signed, policy, issuedAt, validForSeconds, salt }) {
      let intake: Intake = "ask_again";
      const row: ManifestRow = {
        id: 1,
        policy,
        issuedAt,
        validForSeconds,
        salt,
        seen: asked.moment,
        elapsedMs: 0,
        signed: signed && { tenantNumber: signed.tenantNumber, keys: signed.keys },
        bySignature: 0,
      };
      const spent = signed?.spent.map(spentUse) ?? [];
      const old = clock().wall - KEPT_FOR_MS;

      await store.write(async (tables, { version }) => {
        intake = "ask_again";
        if ((await tables.sent.count()) > 0) intake = "settle_first";
        else if ((await tables.outbox.count()) > 0) intake = "hand_in_first";
        else if (version === asked.version) intake = "received";
        if (intake !== "received") return null;

        await Promise.all([tables.entries.clear(), tables.uses.clear(), tables.things.clear()]);
        await Promise.all([
          tables.manifest.put(row),
          tables.entries.bulkPut(entries),
          tables.uses.bulkPut(spent),
          tables.scans.where("at").below(old).delete(),
          tables.history.where("at").below(old).delete(),
        ]);
        return {};
      });
      return intake;
    },

    drop: () =>
      store.write(async (tables) => {
        if ((await tables.sent.count()) + (await tables.outbox.count()) > 0) return null;
        await Promise.all([
          tables.manifest.clear(),
          tables.entries.clear(),
          tables.uses.clear(),
          tables.things.clear(),
        ]);
        return {};
      }),
  };
}

const spentUse = (tag: string): UseRow => ({ tag, taken: 0, isSpent: true, revokedAt: null, at: null });
