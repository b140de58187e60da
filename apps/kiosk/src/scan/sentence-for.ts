import { refusals } from "@tessera/contracts";
import type { CameraState } from "@tessera/ui/scanner";
import type { Showing } from "./desk-state.ts";

interface Facts {
  showing: Showing;
  camera: CameraState;
  /** Somebody keeps holding up a code that is not ours. */
  isForeign: boolean;
  /** A picture is being read. */
  isReading: boolean;
  /** No code would be taken now. */
  isSwitchedOff: boolean;
}

/** What the desk says to whoever stands before it. */
export function sentenceFor({ showing, camera, isForeign, isReading, isSwitchedOff }: Facts): string {
  if (showing.kind === "checking") return "Checking…";
  if (isReading) return "Reading the picture…";
  if (isSwitchedOff) return refusals.disabled.say;
  if (typeof camera === "object") return "Scan, read a picture or type the code";
  if (camera !== "running") return "Starting the camera…";
  return isForeign ? "That is not one of our codes" : "Hold your code to the camera";
}
