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
      className="absolute inset-0 grid content-center justify-items-center gap-gap overflow-y-auto bg-sunken p-[4cqmin] text-center"
    >
      <CameraOff
        strokeWidth={1.75}
        aria-hidden
        className="camera-panel-else size-[clamp(2.5rem,12cqmin,6rem)] text-ink-soft"
      />
      <div className="grid max-w-[92%] gap-[0.5em] text-[clamp(0.9375rem,3.9cqmin,2.25rem)] leading-snug">
        <p className="text-[clamp(1.25rem,6.4cqmin,3.5rem)] leading-tight font-bold text-balance">{what}</p>
        <p className="text-balance">{todo}</p>
        <p className="camera-panel-else text-balance text-ink-soft">
          Meanwhile use a hand scanner, read a picture, or type the code.
        </p>
      </div>
      <Button look="primary" className="min-h-target px-[1.5em] text-near" onClick={onRetry}>
        <RotateCw strokeWidth={1.75} aria-hidden className="size-[1.2em]" />
        Retry camera
      </Button>
    </div>
  );
}
