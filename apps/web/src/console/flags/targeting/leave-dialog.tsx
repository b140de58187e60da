import { Button } from "@tessera/ui";
import { useBlocker } from "react-router";
import { Dialog } from "../../../common/dialog.tsx";
import { words } from "./words.ts";

/** Asks before what was typed is lost by a link. */
export function LeaveDialog({ isTouched }: { isTouched: boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isTouched && currentLocation.pathname !== nextLocation.pathname,
  );
  if (blocker.state !== "blocked") return null;
  return (
    <Dialog title={words.leaveTitle} onClose={blocker.reset}>
      <p className="mb-5">{words.leaveSays}</p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={blocker.proceed}>{words.leave}</Button>
        <Button look="primary" onClick={blocker.reset}>
          {words.stay}
        </Button>
      </div>
    </Dialog>
  );
}
