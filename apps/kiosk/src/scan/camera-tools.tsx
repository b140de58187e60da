import type { Scanner } from "@tessera/ui/scanner";
import { Flashlight, FlashlightOff, SwitchCamera } from "lucide-react";

/** Which camera, where there are several; its light, where it has one. Between the two lower tiles. */
export function CameraTools({ scanner: { cameras, chooseCamera, torch } }: { scanner: Scanner }) {
  const Light = torch.on ? Flashlight : FlashlightOff;

  return (
    <div className="absolute inset-x-[20%] bottom-[4cqmin] flex flex-wrap justify-center gap-2 text-near">
      {cameras.length > 1 && (
        <label className={`${look} relative has-focus-visible:outline-3 has-focus-visible:outline-info`}>
          <SwitchCamera strokeWidth={1.75} aria-hidden className="size-[1.3em]" />
          Camera
          {/* The machine's own list, under a button of ours: it needs no room for the long names of cameras. */}
          <select
            value=""
            onChange={(event) => chooseCamera(event.target.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
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
        <button type="button" aria-pressed={torch.on} onClick={torch.toggle} className={look}>
          <Light strokeWidth={1.75} aria-hidden className="size-[1.3em]" />
          Light
        </button>
      )}
    </div>
  );
}

const look =
  "inline-flex min-h-target min-w-target items-center justify-center gap-[0.5em] rounded-control border border-edge bg-surface px-[1em] font-semibold hover:border-ink";
