import type { FlagSetting } from "@tessera/contracts/flags";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { KillDialog } from "./kill-dialog.tsx";
import { RestoreDialog } from "./restore-dialog.tsx";
import { words } from "./words.ts";

interface KillSwitchProps {
  setting: FlagSetting;
  /** Where several stand on a page, each says of which flag it is. */
  saysWhich?: boolean;
}

/** Off for everybody at once, or back again. */
export function KillSwitch({ setting: { key, killed }, saysWhich = false }: KillSwitchProps) {
  const [open, setOpen] = useState<"kill" | "restore" | null>(null);
  const close = () => setOpen(null);
  const which = saysWhich && <span className="sr-only"> {key}</span>;

  return (
    <>
      {killed ? (
        <Button onClick={() => setOpen("restore")}>
          <span>
            {words.restore}
            {which}
          </span>
        </Button>
      ) : (
        <Button look="danger" onClick={() => setOpen("kill")}>
          <span>
            {words.kill}
            {which}
          </span>
        </Button>
      )}
      {open === "kill" && <KillDialog flagKey={key} onClose={close} />}
      {open === "restore" && <RestoreDialog flagKey={key} onClose={close} />}
    </>
  );
}
