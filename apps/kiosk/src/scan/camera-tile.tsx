import type { Scanner } from "@tessera/ui/scanner";
import { CameraPanel } from "./camera-panel.tsx";
import { CameraTools } from "./camera-tools.tsx";
import { TileCorners } from "./tile-corners.tsx";

interface CameraTileProps {
  scanner: Scanner;
  isChecking: boolean;
}

/** The live picture in a tile. Mirrored, as people expect of a camera that looks at them; frames are read as they are. */
export function CameraTile({ scanner, isChecking }: CameraTileProps) {
  const { state, videoRef, retry } = scanner;
  const problem = typeof state === "object" ? state.problem : null;
  const name = typeof state === "object" ? state.problem : state;

  return (
    <section aria-label="Camera" data-state={name} className="desk-camera">
      <div className={`bg-sunken ${problem ? "tile-filled" : "tile"}`}>
        <video
          ref={videoRef}
          aria-label="What the camera sees"
          playsInline
          muted
          autoPlay
          className={`absolute inset-0 size-full -scale-x-100 object-cover ${state === "running" ? "" : "invisible"}`}
        />
        {problem ? <CameraPanel problem={problem} onRetry={retry} /> : <TileCorners isBusy={isChecking} />}
        {!problem && <CameraTools scanner={scanner} />}
      </div>
    </section>
  );
}
