import { useEffect, useState } from "react";
import { hasTorch, lightTorch, type Torch } from "./torch.ts";

/** Takes the stream that plays; gives its light, which is off for every new stream. */
export function useTorch(stream: MediaStream | null): Torch {
  const [on, setOn] = useState(false);

  useEffect(() => setOn(false), [stream]); // a new stream starts in the dark

  return {
    available: hasTorch(stream),
    on,
    toggle() {
      if (stream) void lightTorch(stream, !on).then(setOn);
    },
  };
}
