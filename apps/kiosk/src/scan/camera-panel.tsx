import { Button } from "@tessera/ui";
import type { CameraProblem } from "@tessera/ui/scanner";
import { CameraOff, RotateCw } from "lucide-react";
import { cameraHelp } from "./camera-help.ts";

/** In place of the picture. The desk works on: with a hand scanner, with a picture, with ten fingers. */
export function CameraPanel({ problem, onRetry }: { problem: CameraProblem; onRetry: () => void }) {
  const { what, todo } = cameraHelp[problem];
  return (
    <div
      role="status"
      className="absolute inset-0 grid content-center justify-items-center gap-gap overflow-hidden bg-sunken p-[6cqmin] text-center"
    >
      <CameraOff strokeWidth={1.75} aria-hidden className="size-[clamp(2.5rem,12cqmin,6rem)] text-ink-soft" />
      <div className="grid max-w-[34ch] gap-[0.5em] text-near">
        <p className="text-desk font-bold">{what}</p>
        <p className="text-balance">{todo}</p>
        <p className="text-balance text-ink-soft">Meanwhile use a hand scanner, read a picture, or type the code.</p>
      </div>
      <Button look="primary" className="min-h-target px-[1.5em] text-near" onClick={onRetry}>
        <RotateCw strokeWidth={1.75} aria-hidden className="size-[1.2em]" />
        Retry camera
      </Button>
    </div>
  );
}
