/**
 * Takes a video; calls `onFrame` for each new picture it shows, until the function it gives is called.
 * Browsers without frame callbacks are asked at every repaint whether the picture has moved on.
 */
export function followFrames(video: HTMLVideoElement, onFrame: () => void): () => void {
  return "requestVideoFrameCallback" in video ? byFrame(video, onFrame) : byRepaint(video, onFrame);
}

function byFrame(video: HTMLVideoElement, onFrame: () => void) {
  const next = () => {
    handle = video.requestVideoFrameCallback(next);
    onFrame();
  };
  let handle = video.requestVideoFrameCallback(next);
  return () => video.cancelVideoFrameCallback(handle);
}

function byRepaint(video: HTMLVideoElement, onFrame: () => void) {
  let shown = -1;
  const next = () => {
    handle = requestAnimationFrame(next);
    if (video.currentTime === shown) return;
    shown = video.currentTime;
    onFrame();
  };
  let handle = requestAnimationFrame(next);
  return () => cancelAnimationFrame(handle);
}
