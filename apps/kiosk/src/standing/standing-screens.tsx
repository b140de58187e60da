import type { PairedDevice } from "@tessera/contracts";
import { CircleSlash, Lock, OctagonMinus } from "lucide-react";
import { useNews } from "../scan/use-news.ts";
import { useWakeLock } from "../scan/use-wake-lock.ts";
import { StandingFrame } from "./standing-frame.tsx";

interface LockedScreenProps {
  desk: PairedDevice;
  /** False: it is not locked, but may redeem nothing. */
  isLocked: boolean;
  because: string | null;
  onOwnNews: () => void;
}

/** It stays on the line, and goes on by itself when staff let it. */
export function LockedScreen({ desk, isLocked, because, onOwnNews }: LockedScreenProps) {
  useWakeLock();
  useNews({ deviceId: desk.deviceId, onOwn: onOwnNews, onTurnedAway: onOwnNews });
  if (!isLocked) {
    return (
      <StandingFrame desk={desk} standing="not_allowed" look="wait" Icon={CircleSlash} title="This desk takes no codes">
        <p>Please go to another desk. Staff can allow it in the console: Desks.</p>
      </StandingFrame>
    );
  }
  return (
    <StandingFrame desk={desk} standing="locked" look="wait" Icon={Lock} title="This desk is locked" because={because}>
      <p>Please go to another desk. Staff can unlock this one in the console: Desks.</p>
    </StandingFrame>
  );
}

interface BlockedScreenProps {
  desk: PairedDevice;
  onLeave: () => void;
}

/** It keeps what it holds, sealed, for when it is let in again; somebody here may give it up. */
export function BlockedScreen({ desk, onLeave }: BlockedScreenProps) {
  useWakeLock();
  return (
    <StandingFrame desk={desk} standing="blocked" look="no" Icon={OctagonMinus} title="This desk is blocked">
      <p>Please go to another desk. Staff can let this one in again in the console: Desks.</p>
      <button
        type="button"
        onClick={onLeave}
        className="min-h-target rounded-control border-2 border-no-ink px-[1.5em] text-near font-semibold focus-visible:outline-current"
      >
        Pair this kiosk anew
      </button>
    </StandingFrame>
  );
}
