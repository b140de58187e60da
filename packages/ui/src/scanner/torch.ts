/** The light beside a camera. */
export interface Torch {
  readonly available: boolean;
  readonly on: boolean;
  toggle(): void;
}

/** TypeScript knows neither the light nor that some browsers cannot be asked. */
interface TorchTrack {
  getCapabilities?(): { torch?: boolean };
}

/** Takes a stream; tells whether its camera has a light. Only asked once it plays: before, phones say no. */
export function hasTorch(stream: MediaStream | null): boolean {
  const track = stream?.getVideoTracks()[0] as TorchTrack | undefined;
  return track?.getCapabilities?.().torch === true;
}

/** Takes a stream and whether there shall be light; tells whether there is. */
export async function lightTorch(stream: MediaStream, on: boolean): Promise<boolean> {
  const wish = { advanced: [{ torch: on } as MediaTrackConstraintSet] };
  return (
    stream
      .getVideoTracks()[0]
      ?.applyConstraints(wish)
      .then(
        () => on,
        () => !on,
      ) ?? false
  );
}
