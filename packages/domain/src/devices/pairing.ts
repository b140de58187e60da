import type { DeviceId, TenantId } from "@tessera/contracts";

/** A kiosk as the gate knows it. */
export interface KnownDevice {
  deviceId: DeviceId;
  name: string;
  tenant: { id: TenantId; name: string };
}

/** Where invitations for new desks of one tenant are written down. */
export interface Invitations {
  /**
   * @param codeHash SHA-256 of the pairing code.
   * @param name The desk's name.
   * @param expiresAt Until when it can be used, once.
   */
  add(codeHash: Uint8Array, name: string, expiresAt: Date): Promise<void>;
}

/** Where a kiosk that belongs to nobody yet becomes a desk. */
export interface Pairing {
  /**
   * Uses up an invitation and makes the device, in one statement.
   *
   * @param codeHash SHA-256 of the pairing code.
   * @param tokenHash SHA-256 of the token the device will carry.
   * @returns The device, or null when the invitation is unknown, used or too old.
   */
  pair(codeHash: Uint8Array, tokenHash: Uint8Array): Promise<KnownDevice | null>;
}
