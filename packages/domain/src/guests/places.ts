import type {
  CreatePlace,
  GuestId,
  GuestPlace,
  MemberId,
  NamePlace,
  OpeningHours,
  Place,
  PlaceId,
  PlaceOutcome,
  RefusedGuest,
  RenamePlace,
  ResumedGuest,
  RetireOutcome,
  SetHours,
  TenantId,
  Visit,
  VisitId,
  VisitOutcome,
} from "@tessera/contracts";

/** A label as it is drawn, before it is anybody's. */
export interface NewLabel {
  key: string;
  signs: [string, string];
}

/** The places of one tenant, as a tree. */
export interface Places {
  /** @returns All that are in use, by name. */
  list(): Promise<Place[]>;
  /** @param label For what it hangs at; a zone gets none. */
  create(place: CreatePlace, label: NewLabel, by: MemberId): Promise<PlaceOutcome>;
  rename(change: RenamePlace, by: MemberId): Promise<PlaceOutcome>;
  setHours(change: SetHours, by: MemberId): Promise<PlaceOutcome>;
  /** Takes a place out of use, with its label and its visit. What happened there stays on record. */
  retire(place: NamePlace, by: MemberId): Promise<RetireOutcome>;
  /** Gives a place another label. Who scans the old one is told so; who is there stays. */
  relabel(place: NamePlace, label: NewLabel, by: MemberId): Promise<PlaceOutcome>;
}

/** A guest's session that is to be written down. */
export interface NewGuest {
  /** SHA-256 of the token they will carry. */
  tokenHash: Uint8Array;
  language: string;
}

/** Who stays where. One visit at a time goes on at a place. */
export interface Visits {
  /** @returns Those that go on, then the newest of those that ended. */
  list(): Promise<Visit[]>;
  /** Staff open a visit, unless one goes on there. */
  open(placeId: PlaceId, by: MemberId): Promise<VisitOutcome>;
  /** Ends a visit and every session in it. */
  close(visitId: VisitId, by: MemberId): Promise<VisitOutcome>;
  /**
   * A phone has read the place's label: it gets a session in the visit that goes on there, or in one that it opens. However
   * many come first at once, they share one.
   */
  enter(placeId: PlaceId, guest: NewGuest): Promise<{ guestId: GuestId; visit: GuestPlace["visit"] } | RefusedGuest>;
  /** A guest goes. @returns False when they had gone. */
  leave(guestId: GuestId): Promise<boolean>;
}

/** What hangs where somebody read a label. */
export interface KnownLabel {
  tenant: { id: TenantId; name: string; timeZone: string };
  place: { id: PlaceId; name: string };
  /** The words of its pictures. */
  signs: string[];
  /** Its own, or those of the nearest zone that has some. */
  hours: OpeningHours | null;
  /** Replaced, or its place is not in use any more. */
  isRetired: boolean;
}

/** What is asked of labels and guests before there is a tenant. */
export interface GuestGate {
  /** @returns null for a key that nobody has printed. */
  label(key: string): Promise<KnownLabel | null>;
  /** A page that was loaded again: it is here as long as its visit goes on, however long it slept. */
  resumeGuest(tokenHash: Uint8Array): Promise<ResumedGuest>;
}
