import { readPhotoFile } from "@tessera/ui/scanner";
import { useState } from "react";
import type { Unread } from "./desk-state.ts";

interface PictureWish {
  onRead: (text: string) => void;
  onUnread: (why: Unread) => void;
}

/** Reads the code in a picture somebody chose: a screenshot, a photo of a print. */
export function usePicture({ onRead, onUnread }: PictureWish) {
  const [isReading, setReading] = useState(false);

  return {
    isReading,
    async read(file: File) {
      setReading(true);
      const reading = await readPhotoFile(file).finally(() => setReading(false));
      if (reading.kind === "read") onRead(reading.text);
      else onUnread(reading.kind);
    },
  };
}
