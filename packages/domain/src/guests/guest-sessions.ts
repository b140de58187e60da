import type { GuestId, PlaceId, TenantId, VisitId } from "@tessera/contracts";

/** A guest as the gate knows them: nobody by name, at one place of one tenant. Four hours after they were last seen, nobody. */
export interface KnownGuest {
  guestId: GuestId;
  /** Nobody asks a guest for theirs. */
  name: "Guest";
  placeId: PlaceId;
  visitId: VisitId;
  tenant: { id: TenantId; name: string };
}
