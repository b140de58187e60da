import { useEffect, useState } from "react";
import { hasTorch, lightTorch, type Torch } from "./torch.ts";

/** Takes the stream that plays; gives its light, which is off for every new stream. */
export function useTorch(stream: MediaStream | null): Torch {
  const [on, setOn] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stream starts in the dark
  useEffect(() => setOn(false), [stream]);

  return {
    available: hasTorch(stream),
    on,
    toggle() {
      if (stream) void lightTorch(stream, !on).then(setOn);
    },
  };
}
