import { Image, Keyboard, ListChecks, Volume2, VolumeX } from "lucide-react";
import type { ReactNode } from "react";
import { PictureButton } from "./picture-button.tsx";

interface BarProps {
  onPicture: (file: File) => void;
  onType: () => void;
  isBatch: boolean;
  onBatch: () => void;
  sound: { isOn: boolean; toggle: () => void };
}

/** The ways in beside the camera. */
export function Bar({ onPicture, onType, isBatch, onBatch, sound }: BarProps) {
  const Loudspeaker = sound.isOn ? Volume2 : VolumeX;
  return (
    <nav aria-label="Other ways to scan" className="desk-bar flex gap-[0.5em] text-[min(var(--text-near),5.2vw)]">
      <PictureButton onPicture={onPicture} className={wide}>
        <BarIcon>
          <Image strokeWidth={1.75} className="size-full" />
        </BarIcon>
        Read a picture
      </PictureButton>
      <button type="button" className={wide} onClick={onType}>
        <BarIcon>
          <Keyboard strokeWidth={1.75} className="size-full" />
        </BarIcon>
        Type the code
      </button>
      <button
        type="button"
        aria-pressed={isBatch}
        title="Many codes in a row"
        className={`${look} shrink-0 px-3 aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-accent-ink`}
        onClick={onBatch}
      >
        <ListChecks strokeWidth={1.75} aria-hidden className="size-[1.4em]" />
        <span className="max-[48rem]:sr-only">{isBatch ? "Finish" : "Many codes"}</span>
      </button>
      <button
        type="button"
        aria-label={sound.isOn ? "Sound on" : "Sound off"}
        title={sound.isOn ? "Sound on" : "Sound off"}
        className={`${look} w-target shrink-0`}
        onClick={sound.toggle}
      >
        <Loudspeaker strokeWidth={1.75} aria-hidden className="size-[1.4em]" />
      </button>
    </nav>
  );
}

const BarIcon = ({ children }: { children: ReactNode }) => (
  <span aria-hidden className="size-[1.4em] shrink-0 max-[26rem]:hidden">
    {children}
  </span>
);

const look =
  "inline-flex min-h-target items-center justify-center gap-[0.5em] rounded-control border border-edge bg-surface font-semibold hover:border-ink";
const wide = `${look} min-w-0 flex-1 px-2`;
