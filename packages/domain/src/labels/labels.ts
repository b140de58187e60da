import type {
  DeadReason,
  LabelBatch,
  LabelBatchId,
  LabelId,
  LabelOutcome,
  LabelPage,
  LabelQuery,
  LabelStep,
  MemberId,
  RelinkLabel,
  Resolved,
  ResourceId,
  ThingLabel,
} from "@tessera/contracts";
import type { LabelKey } from "../qr/label-key.ts";

/** The labels of one tenant's things. What is written is in the journal with it. */
export interface Labels {
  /** Writes down fresh keys as the next batch. None of them leads anywhere yet. */
  makeBatch(keys: readonly LabelKey[], by: MemberId): Promise<LabelBatch>;
  /** @returns The newest first, 200 at most. */
  batches(): Promise<LabelBatch[]>;
  /** @returns A page, the newest first. */
  page(query: LabelQuery): Promise<LabelPage>;
  /** @returns What is printed of a batch, in order; none when there is no such batch. */
  printed(id: LabelBatchId): Promise<Pick<ThingLabel, "key" | "name">[]>;
  /**
   * Binds a label to a thing. Two who try it at once: one wins.
   *
   * @returns The label; or refused: `not_found`, `ended`, `already_bound`, `no_thing`.
   */
  claim(wanted: { key: LabelKey; resourceId: ResourceId; replaces: boolean }, by: MemberId): Promise<LabelOutcome>;
  /** A label that is bound leads to another thing. Refuses `not_found`, `ended`, `not_bound`, `no_thing`. */
  relink(wanted: RelinkLabel, by: MemberId): Promise<LabelOutcome>;
  /** A label leads nowhere from now on. Refuses `not_found`, `ended`. */
  retire(id: LabelId, by: MemberId): Promise<LabelOutcome>;
  /** @returns The last hundred steps of its story, the newest first. */
  story(id: LabelId): Promise<LabelStep[]>;
  /** @param who Staff hear of a label that can be bound; for anybody else it leads nowhere, which is counted. */
  resolve(key: LabelKey, who: { isStaff: boolean; id: string }): Promise<Resolved>;
}

/** What is written down of a label, as far as it says where the label leads. */
export interface LabelFacts {
  resourceId: string | null;
  endedBecause: ThingLabel["endedBecause"];
  /** Whether the thing is in use. */
  isInUse: boolean;
}

/** @returns Why a label leads nowhere; null when it leads to a thing. That it ended goes before everything else. */
export function deadBecause({ resourceId, endedBecause, isInUse }: LabelFacts): DeadReason | null {
  if (endedBecause) return endedBecause;
  if (resourceId === null) return "unbound";
  return isInUse ? null : "thing_retired";
}

/** For so long after one alarm of a label none is told of it again: somebody who scans ten times is one story. */
export const ALARM_REST_MS = 60_000;

const PLACES = 1_000;

/** @returns The number a label is kept under: its batch, and its place in it from 1. */
export const serialOf = (batch: number, place: number): number => batch * PLACES + place;

/** @returns A label's name as it is printed: "B7-012". */
export const labelName = (serial: number): string =>
  `B${Math.floor(serial / PLACES)}-${String(serial % PLACES).padStart(3, "0")}`;
