import { type Camera, type CameraState, createCamera } from "./camera.ts";
import { frameDecoder, frameGrabber } from "./frame-decoder.ts";
import { frameReader } from "./frame-reader.ts";
import { proveNativeEngine } from "./native-engine.ts";
import type { CameraWish } from "./open-stream.ts";

export interface SessionWish {
  readonly video: HTMLVideoElement;
  readonly camera: CameraWish;
  readonly onText: (text: string) => void;
  readonly onState: (state: CameraState) => void;
  readonly onStream: (stream: MediaStream | null) => void;
}

/** Takes a video and who wants to know; runs camera, engines and worker together until the function it gives is called. */
export function startScanSession({ video, camera: wish, onText, onState, onStream }: SessionWish): () => void {
  const decoder = frameDecoder();
  let over = false;
  const see = frameReader({
    decoder,
    native: proveNativeEngine(),
    grab: frameGrabber(),
    onText: (text) => over || onText(text), // a look that began before the stop may end after it
  });
  const camera: Camera = createCamera({ onState, onStream, onFrame: see });

  camera.start(video, wish);
  return () => {
    over = true;
    camera.stop();
    decoder.stop();
  };
}
