import type { ReactNode } from "react";
import type { Facing } from "./camera-choice.ts";
import type { CameraProblem } from "./camera-problem.ts";
import { ScannerTools } from "./scanner-tools.tsx";
import type { Scanner } from "./use-scanner.ts";
import "./scanner.css";

/** What each problem says to the person before it, and what they can do. */
export const problemWords: Readonly<Record<CameraProblem, string>> = {
  no_camera: "No camera was found. Plug one in, or type the code.",
  permission_denied: "The camera is not allowed here. Allow it beside the address, then try again.",
  insecure_context: "The camera needs a secure address. Open this page with https.",
  in_use: "Another program is using the camera. Close it, then try again.",
  unknown: "The camera did not start. Try again, or type the code.",
};

export interface ScannerViewProps {
  readonly scanner: Scanner;
  readonly facing: Facing;
  /** What a screen reader calls the picture. Default "Camera". */
  readonly label?: string;
  /** Whether to show the camera switch and the torch. Default true. */
  readonly tools?: boolean;
  /** Laid over the picture, such as the outcome of a scan. */
  readonly children?: ReactNode;
}

/** Takes a scanner; shows its picture in a tile. `data-state` is starting, running, stopped or the name of the problem. */
export function ScannerView({ scanner, facing, label = "Camera", tools = true, children }: ScannerViewProps) {
  const { state } = scanner;
  const problem = typeof state === "object" ? state.problem : null;

  return (
    <section className="scanner" data-state={problem ?? (state as string)} data-facing={facing}>
      <div className="scanner-frame">
        {/* Muted, inline and by itself before it has a source, or iPhones show a black picture. */}
        <video ref={scanner.videoRef} className="scanner-video" aria-label={label} playsInline muted autoPlay />
        <div className="scanner-finder" aria-hidden="true" />
        {state === "starting" && <p className="scanner-hint">Starting the camera…</p>}
        {problem && (
          <div className="scanner-problem" role="alert">
            <p>{problemWords[problem]}</p>
            <button type="button" className="scanner-retry" onClick={scanner.retry}>
              Try again
            </button>
          </div>
        )}
        {children}
      </div>
      {tools && <ScannerTools scanner={scanner} />}
    </section>
  );
}
