import type { GuestId, TenantId } from "@tessera/contracts";

/** A guest as the gate knows them: nobody by name, at one place of one tenant. Four hours after they were last seen, nobody. */
export interface KnownGuest {
  guestId: GuestId;
  /** Nobody asks a guest for theirs. */
  name: "Guest";
  placeId: string;
  tenant: { id: TenantId; name: string };
}

/** The sessions of one tenant's guests. */
export interface GuestSessions {
  /**
   * A guest has opened a place's code. Sessions that ended a day ago go.
   *
   * @param tokenHash SHA-256 of the token they will carry.
   * @param placeId Which place, as whoever runs places calls it.
   */
  open(tokenHash: Uint8Array, placeId: string): Promise<GuestId>;
  /** @returns False when there is no such session, or it had ended. */
  end(id: GuestId): Promise<boolean>;
}
