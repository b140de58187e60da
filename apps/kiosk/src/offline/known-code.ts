import { fromBase64url } from "@tessera/domain/qr/base64url";
import { openEntry, tagOf } from "@tessera/domain/redemption/manifest";
import { CannotDecide } from "./cannot-decide.ts";
import type { DeskClock } from "./desk-clock.ts";
import { type DeskTime, deskTime } from "./desk-time.ts";
import type { KnownLease } from "./judge.ts";
import type { DeviceRow, ManifestRow, UseRow } from "./rows.ts";
import { holderMark, thingMark } from "./sealing.ts";
import type { DeskStore } from "./store.ts";

/** What a desk knows before it looks at the entry of a code. */
export interface Known {
  manifest: ManifestRow;
  time: DeskTime;
  tag: string;
  use: UseRow | null;
}

/** A code that is held ready, opened. */
export type Held = Omit<KnownLease, "use">;

/**
 * @param device Of the store, just read.
 * @param offlineId Of the code that is shown.
 * @throws CannotDecide When this desk may decide nothing about it now.
 */
export async function factsFor(
  store: DeskStore,
  clock: DeskClock,
  device: DeviceRow,
  offlineId: Uint8Array,
): Promise<Known> {
  const manifest = await store.read((tables) => tables.manifest.get(1));
  if (!manifest) throw new CannotDecide("no_manifest");
  if (manifest.policy === "deny") throw new CannotDecide("denied");
  if (device.quarantinedAt) throw new CannotDecide("quarantined");
  const time = deskTime(manifest, clock);
  if (!time) throw new CannotDecide("restarted");

  const tag = await tagOf(fromBase64url(manifest.salt), offlineId);
  const [use, sent] = await store.read((tables) =>
    Promise.all([tables.uses.get(tag), tables.sent.where("tag").equals(tag).count()]),
  );
  if (sent > 0) throw new CannotDecide("in_doubt");
  return { manifest, time, tag, use: use ?? null };
}

/** @returns The code's entry with all that has happened to its thing; null when this desk does not hold it. */
export async function entryFor(store: DeskStore, { tag }: Known, offlineId: Uint8Array): Promise<Held | null> {
  const entry = await store.read(({ entries }) => entries.get(tag));
  if (!entry) return null;
  const code = await openEntry(entry.sealed, new Uint8Array(offlineId));
  const [mark, holder] = await Promise.all([thingMark(code.resource.id), holderMark(code.resource.id, code.holder.id)]);
  const thing = await store.read(({ things }) => things.get(mark));
  return { code, mark, holder, thing: thing ?? null };
}
