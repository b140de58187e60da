import { type RefObject, useEffect, useRef, useState } from "react";
import type { CameraState } from "./camera.ts";
import { type CameraInfo, type Facing, rememberCamera } from "./camera-choice.ts";
import { repeatFilter } from "./repeat-filter.ts";
import { startScanSession } from "./scan-session.ts";
import type { Torch } from "./torch.ts";
import { useCameras } from "./use-cameras.ts";
import { useTorch } from "./use-torch.ts";

/** What a screen wants of its scanner. */
export interface ScannerWish {
  readonly onRead: (text: string) => void;
  /** Tells whether a text is one of ours; anything else a camera sees is passed over in silence. Default: every text is. */
  readonly accepts?: (text: string) => boolean;
  readonly facing: Facing;
  readonly enabled: boolean;
}

/** A scanner for a screen: hand it to `<ScannerView>`, or draw your own around `videoRef`. */
export interface Scanner {
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  readonly state: CameraState;
  readonly cameras: readonly CameraInfo[];
  /** Switches to that camera and remembers it on this device. */
  chooseCamera(deviceId: string): void;
  readonly torch: Torch;
  /** Starts again after a problem. */
  retry(): void;
  /** The code held right now counts as new once more. */
  forget(): void;
}

/** Takes what a screen wants; runs the camera while `enabled` and reports each code once for as long as it is held. */
export function useScanner({ onRead, accepts, facing, enabled }: ScannerWish): Scanner {
  const videoRef = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>("stopped");
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [repeats] = useState(() => repeatFilter());
  const cameras = useCameras(stream);
  const torch = useTorch(stream);

  const latest = useRef({ onRead, accepts });
  useEffect(() => {
    latest.current = { onRead, accepts }; // a new callback must not restart the camera
  });

  useEffect(() => {
    const video = videoRef.current;
    if (!enabled || !video) return;
    const onText = (text: string) => {
      if (latest.current.accepts?.(text) === false) return;
      if (repeats.isNews(text, performance.now())) latest.current.onRead(text);
    };
    return startScanSession({ video, camera: { facing, deviceId }, onText, onState: setState, onStream: setStream });
  }, [enabled, facing, deviceId, attempt, repeats]); // `attempt` is the wish to start again

  return {
    videoRef,
    state,
    cameras,
    torch,
    chooseCamera(id) {
      const camera = cameras.find((known) => known.deviceId === id);
      if (camera) rememberCamera(camera);
      setDeviceId(id);
    },
    retry: () => setAttempt((count) => count + 1),
    forget: () => repeats.forget(),
  };
}
