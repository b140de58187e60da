import { useEffect, useState } from "react";
import { type CameraInfo, listCameras } from "./camera-choice.ts";

/** Takes the stream that plays; gives the cameras of this device, kept up to date. Asked after the permission, for the labels. */
export function useCameras(stream: MediaStream | null): readonly CameraInfo[] {
  const [cameras, setCameras] = useState<readonly CameraInfo[]>([]);

  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!media || !stream) return;
    let gone = false;
    const update = () =>
      listCameras(media).then(
        (found) => gone || setCameras(found),
        () => {}, // no list is no reason to stop scanning
      );
    void update();
    media.addEventListener?.("devicechange", update);
    return () => {
      gone = true;
      media.removeEventListener?.("devicechange", update);
    };
  }, [stream]);

  return cameras;
}
