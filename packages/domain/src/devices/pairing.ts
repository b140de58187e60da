import type { DeskScope, DeskStanding, DeskState, DeviceId, TenantId } from "@tessera/contracts";

/** A kiosk as the gate knows it. Whoever is blocked or wiped is not known. */
export interface KnownDevice {
  deviceId: DeviceId;
  name: string;
  scopes: readonly DeskScope[];
  standing: Exclude<DeskState, "blocked" | "wiped">;
  tenant: { id: TenantId; name: string };
}

/** A desk that was made this moment. */
export type NewDevice = Pick<KnownDevice, "deviceId" | "name" | "tenant">;

/** Where invitations for new desks of one tenant are written down. */
export interface Invitations {
  /**
   * @param codeHash SHA-256 of the pairing code.
   * @param name The desk's name.
   * @param expiresAt Until when it can be used, once.
   */
  add(codeHash: Uint8Array, name: string, expiresAt: Date): Promise<void>;
}

/** A kiosk asks to become a desk, and shows a code to staff. */
export interface NewPairingRequest {
  /** SHA-256 of the secret the kiosk asks with. */
  deviceCodeHash: Uint8Array;
  /** SHA-256 of the code it shows. */
  userCodeHash: Uint8Array;
  /** In plain words. */
  browser: string;
  askedAt: Date;
  expiresAt: Date;
  intervalSeconds: number;
}

/** What a kiosk that asks hears. */
export type PairingAnswer =
  | { kind: "paired"; device: NewDevice }
  | { kind: "pending" | "slow_down"; intervalSeconds: number }
  | { kind: "denied" | "expired" };

/** Where a kiosk that belongs to nobody yet becomes a desk, and where one that is a stranger hears why. */
export interface Pairing {
  /**
   * Uses up an invitation and makes the device, in one statement.
   *
   * @param codeHash SHA-256 of the pairing code.
   * @param tokenHash SHA-256 of the token the device will carry.
   * @returns The device, or null when the invitation is unknown, used or too old.
   */
  pair(codeHash: Uint8Array, tokenHash: Uint8Array): Promise<NewDevice | null>;
  /** Writes a request down. Those that ended an hour ago go. */
  ask(request: NewPairingRequest): Promise<void>;
  /**
   * Tells a kiosk how its request stands; makes the device when it was approved, once: of two polls at once, one hears of it.
   *
   * @param deviceCodeHash SHA-256 of the kiosk's secret.
   * @param tokenHash SHA-256 of the token the device will carry, should it be approved.
   * @param at Now.
   */
  poll(deviceCodeHash: Uint8Array, tokenHash: Uint8Array, at: Date): Promise<PairingAnswer>;
  /** @returns How the desk with this token stands, blocked or not. */
  standingOf(tokenHash: Uint8Array): Promise<DeskStanding>;
  /**
   * A kiosk says that it has forgotten everything, as it was asked to. Its token is dead from now on.
   *
   * @returns False when nobody asked it to.
   */
  wiped(tokenHash: Uint8Array): Promise<boolean>;
}
