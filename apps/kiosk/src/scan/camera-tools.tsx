import type { Scanner } from "@tessera/ui/scanner";
import { Flashlight, FlashlightOff } from "lucide-react";

/** Which camera, where there are several; its light, where it has one. */
export function CameraTools({ scanner: { cameras, chooseCamera, torch } }: { scanner: Scanner }) {
  if (cameras.length < 2 && !torch.available) return null;
  const Light = torch.on ? Flashlight : FlashlightOff;

  return (
    <div className="absolute inset-x-0 bottom-0 flex items-center gap-2 bg-surface/90 p-2 text-near">
      {cameras.length > 1 && (
        <label className="flex min-w-0 flex-1 items-center gap-2">
          <span className="font-semibold">Camera</span>
          <select
            defaultValue=""
            onChange={(event) => chooseCamera(event.target.value)}
            className="min-h-target min-w-0 flex-1 rounded-control border border-edge bg-surface px-3"
          >
            <option value="" disabled>
              Choose…
            </option>
            {cameras.map(({ deviceId, label }, place) => (
              <option key={deviceId || place} value={deviceId}>
                {label || `Camera ${place + 1}`}
              </option>
            ))}
          </select>
        </label>
      )}
      {torch.available && (
        <button
          type="button"
          aria-pressed={torch.on}
          onClick={torch.toggle}
          className="inline-flex min-h-target min-w-target items-center justify-center gap-2 rounded-control border border-edge px-3"
        >
          <Light strokeWidth={1.75} aria-hidden className="size-[1.2em]" />
          Light
        </button>
      )}
    </div>
  );
}
