import type { ApiKey, ApiKeyId, ApiScope, MemberId, TenantId } from "@tessera/contracts";

/** A program as the gate knows it by its key. */
export interface KnownKey {
  keyId: ApiKeyId;
  name: string;
  scopes: readonly ApiScope[];
  /** When this token ends by itself: the key's end, or that of the grace after a rotation; null: never. */
  endsAt: Date | null;
  tenant: { id: TenantId; name: string };
}

/** A token, as it is kept. */
export interface KeptToken {
  /** SHA-256. */
  hash: Uint8Array;
  prefix: string;
}

/** The keys of one tenant's programs. */
export interface ApiKeys {
  /** @returns All of them, the newest first; ended ones too. */
  list(): Promise<ApiKey[]>;
  create(
    key: { name: string; scopes: ApiScope[]; expiresAt: Date | null },
    token: KeptToken,
    by: MemberId,
  ): Promise<ApiKey>;
  /**
   * Gives a key another token.
   *
   * @param oldUntil How long the one before is still taken; null: no longer.
   * @returns null when there is no such key, or it ended.
   */
  rotate(id: ApiKeyId, token: KeptToken, oldUntil: Date | null, by: MemberId): Promise<ApiKey | null>;
  /** @returns null when there is no such key, or it was revoked before. */
  revoke(id: ApiKeyId, by: MemberId): Promise<ApiKey | null>;
}

const HOUR_MS = 3_600_000;

/** @returns How long the token before a rotation is still taken; null for no longer. */
export const graceUntil = (hours: number, at: Date): Date | null =>
  hours > 0 ? new Date(at.getTime() + hours * HOUR_MS) : null;
