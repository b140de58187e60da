import type { Scanner } from "./use-scanner.ts";

/** Takes a scanner; shows a switch where there are several cameras, and a light where there is one. */
export function ScannerTools({ scanner: { cameras, chooseCamera, torch } }: { readonly scanner: Scanner }) {
  if (cameras.length < 2 && !torch.available) return null;

  return (
    <div className="scanner-tools">
      {cameras.length > 1 && (
        <label className="scanner-camera">
          <span>Camera</span>
          <select defaultValue="" onChange={(event) => chooseCamera(event.target.value)}>
            <option value="" disabled>
              Switch…
            </option>
            {cameras.map(({ deviceId, label }, i) => (
              <option key={deviceId} value={deviceId}>
                {label || `Camera ${i + 1}`}
              </option>
            ))}
          </select>
        </label>
      )}
      {torch.available && (
        <button type="button" className="scanner-torch" aria-pressed={torch.on} onClick={torch.toggle}>
          Light
        </button>
      )}
    </div>
  );
}
