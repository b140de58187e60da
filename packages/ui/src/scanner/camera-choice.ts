/** Which way a camera looks: at the person before the screen, or away from whoever holds the device. */
export type Facing = "user" | "environment";

/** A camera a person can choose. */
export interface CameraInfo {
  readonly deviceId: string;
  readonly label: string;
}

const KEY = "tessera.camera";

/** Takes the camera somebody chose; remembers it on this device. */
export function rememberCamera({ deviceId, label }: CameraInfo): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ deviceId, label }));
  } catch {
    // Storage may be full or forbidden: the choice then lasts as long as the page.
  }
}

/** Gives the camera chosen last on this device, `null` if none was. */
export function recallCamera(): CameraInfo | null {
  try {
    const { deviceId, label } = JSON.parse(localStorage.getItem(KEY) ?? "null") as CameraInfo;
    return typeof deviceId === "string" && typeof label === "string" ? { deviceId, label } : null;
  } catch {
    return null;
  }
}

/** Gives the cameras of this device. Their labels are empty until a person has let us use one. */
export async function listCameras(media: MediaDevices): Promise<CameraInfo[]> {
  const devices = await media.enumerateDevices();
  return devices.filter((device) => device.kind === "videoinput").map(({ deviceId, label }) => ({ deviceId, label }));
}

/**
 * Takes the cameras there are, the one remembered and the way to look; gives the camera to ask for, `null` to leave it
 * to the browser. Some browsers give a device a new id each day, so its label counts as well. Looking away, a plain back
 * camera goes before the wide and the long one: those cannot focus on a code held near.
 */
export function pickCamera(
  cameras: readonly CameraInfo[],
  remembered: CameraInfo | null,
  facing: Facing,
): CameraInfo | null {
  const known =
    cameras.find(({ deviceId }) => deviceId !== "" && deviceId === remembered?.deviceId) ??
    cameras.find(({ label }) => label !== "" && label === remembered?.label);
  if (known || facing === "user") return known ?? null;

  const plain = cameras.filter(({ label }) => /back|rear|environment/i.test(label) && !/ultra|wide|tele/i.test(label));
  return plain.sort((a, b) => a.label.localeCompare(b.label, "en", { numeric: true }))[0] ?? null;
}
