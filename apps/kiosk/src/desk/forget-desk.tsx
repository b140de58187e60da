import type { PairedDevice } from "@tessera/contracts";
import { Button } from "@tessera/ui";

interface ForgetDeskProps {
  desk: PairedDevice;
  onForget: () => void;
  onClose: () => void;
}

/** Says what will happen, and what it takes to undo it. */
export function ForgetDesk({ desk, onForget, onClose }: ForgetDeskProps) {
  return (
    <div className="grid gap-gap text-near">
      <p>
        This kiosk will stop being <strong>{desk.name}</strong> of {desk.tenant} and reads no codes until it is paired
        again. For that, staff get a pairing code in the web app: Me, then “Pair a kiosk”.
      </p>
      <div className="grid gap-2 sm:grid-cols-2">
        <Button className="min-h-target text-near" onClick={onClose}>
          Stay this desk
        </Button>
        <Button look="danger" className="min-h-target text-near" onClick={onForget}>
          Forget this desk
        </Button>
      </div>
    </div>
  );
}
