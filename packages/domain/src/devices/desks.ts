import type {
  ApprovePairing,
  ChangeDesk,
  Desk,
  DeskAct,
  DeskOutcome,
  DeskState,
  DeviceId,
  MemberId,
  PairingRequest,
} from "@tessera/contracts";

/** What is written down of how a desk stands. */
export interface DeskFacts {
  blockedAt: Date | null;
  lockedAt: Date | null;
  wipeAskedAt: Date | null;
  wipedAt: Date | null;
}

/** @returns How a desk stands. That it is to forget everything goes before that it is blocked: it is still to be heard. */
export function stateOf({ wipedAt, wipeAskedAt, blockedAt, lockedAt }: DeskFacts): DeskState {
  if (wipedAt) return "wiped";
  if (wipeAskedAt) return "wiping";
  if (blockedAt) return "blocked";
  return lockedAt ? "locked" : "working";
}

/** @returns Whether something can be done to a desk that stands so. A wiped one has no token any more: nothing brings it back. */
export function mayAct({ state, isBlocked }: Pick<Desk, "state" | "isBlocked">, act: DeskAct): boolean {
  if (state === "wiped") return false;
  switch (act) {
    case "lock":
      return state === "working";
    case "unlock":
      return state === "locked";
    case "block":
      return !isBlocked;
    case "unblock":
      return isBlocked;
    case "wipe":
      return state !== "wiping";
    case "keep":
      return state === "wiping";
  }
}

/** The desks of one tenant. */
export interface Desks {
  /** @returns All of them, those that came last first. */
  list(): Promise<Desk[]>;
  /**
   * Locks, blocks, wipes, or takes that back, by `mayAct`. The news and the reason are written with it.
   *
   * @param by Who does it.
   */
  act(desk: { deviceId: DeviceId; act: DeskAct; because: string }, by: MemberId): Promise<DeskOutcome>;
  /** Another name, other scopes. */
  change(desk: ChangeDesk, by: MemberId): Promise<DeskOutcome>;
}

/** Kiosks that ask to become desks, as staff of one tenant see them. */
export interface PairingRequests {
  /** @returns What waits under a code, or that nothing does. */
  find(userCodeHash: Uint8Array, at: Date): Promise<PairingRequest>;
  /** @returns False when nothing waits under this code any more. */
  approve(
    userCodeHash: Uint8Array,
    desk: Pick<ApprovePairing, "name" | "scopes">,
    by: MemberId,
    at: Date,
  ): Promise<boolean>;
  /** As `approve`. */
  deny(userCodeHash: Uint8Array, by: MemberId, at: Date): Promise<boolean>;
}
