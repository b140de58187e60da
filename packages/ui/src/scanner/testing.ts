/** For tests: a camera track that can break in every way a real one does. */
export class FakeTrack extends EventTarget {
  readonly kind = "video";
  stopped = false;
  torch: boolean | null = null;
  stop() {
    this.stopped = true;
  }
  getCapabilities() {
    return this.torch === null ? {} : { torch: true };
  }
  async applyConstraints({ advanced }: { advanced: { torch: boolean }[] }) {
    this.torch = advanced[0]?.torch ?? false;
  }
}

/** For tests: gives a stream of one track. */
export function fakeStream(track = new FakeTrack()) {
  return { track, getTracks: () => [track], getVideoTracks: () => [track] };
}

/** For tests: takes what `getUserMedia` does at each call (the last goes on for ever); gives media devices that note who asked. */
export function fakeMedia(answers: (() => unknown)[], labels: string[] = []) {
  const asked: unknown[] = [];
  return {
    asked,
    async getUserMedia({ video }: MediaStreamConstraints) {
      asked.push(video);
      return (answers[Math.min(asked.length, answers.length) - 1] ?? fakeStream)();
    },
    async enumerateDevices() {
      return labels.map((label, i) => ({ kind: "videoinput", deviceId: `camera-${i}`, label }));
    },
  };
}

/** For tests: gives a thrower of the error a browser throws under that name. */
export function throwing(name: string) {
  return () => {
    throw new DOMException("no", name);
  };
}

/** For tests: gives a video element that plays, and a way to show its next picture. */
export function fakeVideo() {
  const video = document.createElement("video");
  let next: (() => void) | null = null;
  Object.assign(video, {
    play: async () => {},
    requestVideoFrameCallback: (callback: () => void) => {
      next = callback;
      return 1;
    },
    cancelVideoFrameCallback: () => {
      next = null;
    },
  });
  return { video, showPicture: () => next?.() };
}
