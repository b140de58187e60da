import type {
  GuestId,
  MakeRequest,
  MemberId,
  Request,
  RequestBoard,
  RequestId,
  RequestKind,
  RequestOutcome,
  VisitId,
} from "@tessera/contracts";

/** Which guest asks, as the gate knows them. */
export interface AskingGuest {
  guestId: GuestId;
  visitId: VisitId;
}

/** What is done to one request, and what goes with it. */
export type RequestMove =
  | { act: "cancel" | "confirm" | "reopen" | "accept" | "start" | "finish" }
  | { act: "decline"; because: string }
  | { act: "note"; note: string }
  | { act: "rate"; stars: number; comment: string };

/** What guests of one tenant ask for, and what comes of it. Moments are the caller's: a request is judged by them. */
export interface Requests {
  /** @returns The catalogue, with what is open and how long it takes. A tenant that has none gets the ready one of its kind. */
  kinds(at: Date): Promise<RequestKind[]>;
  /**
   * A guest asks. The same that is open in their visit is asked for once more; anything new counts for their session.
   *
   * @param limit How many requests one session may make; exact, however many are made at once.
   */
  make(guest: AskingGuest, wanted: MakeRequest, limit: number, at: Date): Promise<RequestOutcome>;
  /** @returns What a guest asked for, and what others of the visit did who share it while the guest shares too. */
  mine(guest: AskingGuest, at: Date): Promise<Request[]>;
  /** A guest lets the others of the visit see their requests, and sees theirs; or no more. */
  share(guest: AskingGuest, shares: boolean): Promise<void>;
  /** A guest does something to a request of their own. */
  moveByGuest(guest: AskingGuest, id: RequestId, move: RequestMove, at: Date): Promise<RequestOutcome>;
  /** Staff do something to a request. Of two who accept at once one has it, and the other hears who. */
  moveByStaff(id: RequestId, move: RequestMove, by: MemberId, at: Date): Promise<RequestOutcome>;
  /** @returns The queue. */
  board(at: Date): Promise<RequestBoard>;
}
