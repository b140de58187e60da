import {
  type GuestAct,
  guestActs,
  openStates,
  type RequestAct,
  type RequestState,
  type StaffAct,
  staffActs,
} from "@tessera/contracts";

/** What is written down of how a request stands. */
export interface RequestFacts {
  state: RequestState;
  expiresAt: Date;
  doneAt: Date | null;
  /** From then on a done request counts as confirmed. */
  confirmBy: Date | null;
}

/** Why something cannot be done to a request. */
export type MoveRefusal = { because: "wrong_state"; state: RequestState } | { because: "too_late" };

/** From which states an act leads where; null: the state stays. */
interface Move {
  from: readonly RequestState[];
  to: RequestState | null;
}

/** The one table of what may be done to a request, by whom. Making one and asking for it again are not done to one. */
const MOVES: Record<Exclude<RequestAct, "make" | "again">, Move> = {
  accept: { from: ["received"], to: "accepted" },
  start: { from: ["received", "accepted"], to: "in_progress" },
  finish: { from: ["accepted", "in_progress"], to: "done" },
  decline: { from: openStates, to: "declined" },
  note: { from: [...openStates, "done"], to: null },
  cancel: { from: ["received", "accepted"], to: "cancelled" },
  confirm: { from: ["done"], to: "confirmed" },
  rate: { from: ["done", "confirmed"], to: null },
  reopen: { from: ["done", "confirmed"], to: "received" },
};
type MoveAct = keyof typeof MOVES;

const REOPEN_MS = 15 * 60_000;

/**
 * How a request stands now: nobody has to be there for time to pass over it.
 *
 * @param request As it was left.
 * @param at Now.
 * @returns `expired` when nobody accepted it in time, `confirmed` when it was done and the guest did not object in time.
 */
export function stateAt({ state, expiresAt, confirmBy }: RequestFacts, at: Date): RequestState {
  if (state === "received" && at >= expiresAt) return "expired";
  if (state === "done" && confirmBy && at >= confirmBy) return "confirmed";
  return state;
}

/** @returns Until when a request that was done can be opened again; null: it was not done. */
export const reopenUntil = ({ doneAt }: Pick<RequestFacts, "doneAt">): Date | null =>
  doneAt && new Date(doneAt.getTime() + REOPEN_MS);

/**
 * Judges what somebody wants to do to a request.
 *
 * @param request As it was left.
 * @param act What.
 * @param at Now.
 * @returns The state it leads to; or why it cannot be done.
 */
export function judgeMove(
  request: RequestFacts,
  act: MoveAct,
  at: Date,
): { to: RequestState } | { refusal: MoveRefusal } {
  const state = stateAt(request, at);
  const { from, to } = MOVES[act];
  if (!from.includes(state)) return { refusal: { because: "wrong_state", state } };
  const until = reopenUntil(request);
  if (act === "reopen" && until && at >= until) return { refusal: { because: "too_late" } };
  return { to: to ?? state };
}

/**
 * @param request As it was left.
 * @param who Who looks at it.
 * @param at Now.
 * @returns All that they can do to it now.
 */
export function actsAt(request: RequestFacts, who: "guest" | "staff", at: Date): RequestAct[] {
  const own: readonly (GuestAct | StaffAct)[] = who === "guest" ? guestActs : staffActs;
  return own.filter((act) => act in MOVES && "to" in judgeMove(request, act as MoveAct, at));
}
