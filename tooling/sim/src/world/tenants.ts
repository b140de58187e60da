import type { DeviceId, MemberId, Named, OfflinePolicy, ResourceId, TenantId } from "@tessera/contracts";
import type { ModelWorld } from "@tessera/domain/redemption/model";
import type { ModelResource } from "@tessera/domain/redemption/model/state";

/** First letter of every id of a tenant: one foreign id anywhere in an answer is seen at once. */
export type Mark = "a" | "b";
export const marks: readonly Mark[] = ["a", "b"];

/** A code as it is shown on a member's screen. */
export interface ShownCode {
  tenant: Mark;
  text: string;
  secretPart: Uint8Array<ArrayBuffer>;
  offlineId: Uint8Array<ArrayBuffer>;
  /** Signed codes can be judged by a desk that has not heard of them. */
  isSigned: boolean;
}

/** One house: what its database holds, and who is there. */
export interface Tenant {
  mark: Mark;
  id: TenantId;
  policy: OfflinePolicy;
  model: ModelWorld;
  members: ReadonlyArray<Named<MemberId>>;
  staff: MemberId;
  things: readonly ModelResource[];
  /** Every code that was ever shown, oldest first. */
  shown: ShownCode[];
}

/** @returns Whether a text tells anything of the other tenant. */
export const tellsOfOther = (mark: Mark, text: string): boolean => text.includes(mark === "a" ? IN_B : IN_A);
const IN_A = "a0000000-0000-7";
const IN_B = "b0000000-0000-7";

/** @param ids Counts up. @returns A UUID that begins with the tenant's mark. */
export const idIn = (mark: Mark, ids: number): string =>
  `${mark}0000000-0000-7000-8000-${String(ids).padStart(12, "0")}`;

export const thing = (id: string, name: string): ModelResource => ({
  id: id as ResourceId,
  name,
  loanMinutes: 60,
  version: 0,
});

export const newDevice = (id: DeviceId, name: string) => ({
  id,
  name,
  epoch: 1,
  chainSeq: 0,
  chainHash: null,
  quarantinedAt: null,
  told: new Map(),
});
