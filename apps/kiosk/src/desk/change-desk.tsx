import type { PairedDevice } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { appVersion } from "@tessera/ui/app-shell";
import { ScanBarcode } from "lucide-react";
import { Sheet } from "../common/sheet.tsx";
import { DemoDesks } from "./demo-desks.tsx";
import { ForgetDesk } from "./forget-desk.tsx";

interface ChangeDeskProps {
  desk: PairedDevice;
  /** To another desk; null to none. */
  onMove: (desk: PairedDevice | null) => void;
  onSetUpScanner: () => void;
  onClose: () => void;
}

/** In the demo: be another desk. Anywhere else: stop being this one. */
export function ChangeDesk({ desk, onMove, onSetUpScanner, onClose }: ChangeDeskProps) {
  const { data: demoDesks, isPending, error } = trpc.device.demoDesks.useQuery();

  return (
    <Sheet title="Change desk" onClose={onClose}>
      {isPending && <p className="min-h-target text-near">Asking which desks there are…</p>}
      {error && <p className="min-h-target text-near">The server cannot be reached. Close this and try again later.</p>}
      {demoDesks && demoDesks.length > 0 && <DemoDesks desk={desk} demoDesks={demoDesks} onMove={onMove} />}
      {demoDesks?.length === 0 && <ForgetDesk desk={desk} onForget={() => onMove(null)} onClose={onClose} />}
      <Button className="min-h-target text-near" onClick={onSetUpScanner}>
        <ScanBarcode strokeWidth={1.75} aria-hidden className="size-[1.4em]" />
        Set up a hand scanner
      </Button>
      <p className="text-near text-ink-soft">Version {appVersion()}</p>
    </Sheet>
  );
}
