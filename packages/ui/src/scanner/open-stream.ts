import { type Facing, listCameras, pickCamera, recallCamera } from "./camera-choice.ts";
import { type CameraProblem, cameraProblem } from "./camera-problem.ts";
import { pause } from "./pause.ts";

/** Which camera is wanted. A chosen one goes before a remembered one, and that before the way it looks. */
export interface CameraWish {
  readonly facing: Facing;
  readonly deviceId?: string | null;
}

const PATIENCE_MS = [400, 1_200, 3_000]; // a camera still being closed by somebody else is free soon, or never

/** Takes a wish; gives a stream, or the problem in its way. A stream that arrives after the abort is the caller's to stop. */
export async function openStream(
  wish: CameraWish,
  signal: AbortSignal,
  media: MediaDevices | undefined = navigator.mediaDevices,
): Promise<MediaStream | { problem: CameraProblem }> {
  if (!media?.getUserMedia) return { problem: globalThis.isSecureContext === false ? "insecure_context" : "no_camera" };

  let problem: CameraProblem = "unknown";
  for (const wait of [...PATIENCE_MS, 0]) {
    const opened = await tryWishes(media, wish);
    if (typeof opened === "object") return opened;
    problem = opened;
    if (problem !== "in_use" || !wait) break;
    await pause(wait, signal);
    if (signal.aborted) break;
  }
  return { problem };
}

/** From the exact camera to any at all, since a remembered one may have been unplugged. */
async function tryWishes(media: MediaDevices, wish: CameraWish): Promise<MediaStream | CameraProblem> {
  let problem: CameraProblem = "unknown";
  for (const video of await constraintsFor(media, wish)) {
    try {
      return await media.getUserMedia({ audio: false, video });
    } catch (error) {
      problem = cameraProblem(error);
      if (problem !== "no_camera") return problem;
    }
  }
  return problem;
}

async function constraintsFor(media: MediaDevices, { facing, deviceId }: CameraWish) {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } }; // 71 % read in one frame, where VGA gave 48 %
  const exact = deviceId ?? pickCamera(await listCameras(media).catch(() => []), recallCamera(), facing)?.deviceId;
  const any = [{ ...size, facingMode: { ideal: facing } }, true];
  return exact ? [{ ...size, deviceId: { exact } }, ...any] : any;
}
