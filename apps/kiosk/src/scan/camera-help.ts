import type { CameraProblem } from "@tessera/ui/scanner";

/** What happened to the camera and what to do, for whoever stands before the desk. */
export interface CameraHelp {
  what: string;
  todo: string;
}

export const cameraHelp: Record<CameraProblem, CameraHelp> = {
  no_camera: {
    what: "No camera found",
    todo: "Plug one in, or check that it is switched on. Then retry.",
  },
  permission_denied: {
    what: "The camera is not allowed here",
    todo: "Press the camera or lock sign beside the address, allow the camera for this page, then retry.",
  },
  insecure_context: {
    what: "This address is not secure",
    todo: "Browsers lend the camera only to addresses that begin with https, or to this very machine. Open the desk there.",
  },
  in_use: {
    what: "The camera is busy",
    todo: "Another program or page is using it. Close that one, then retry.",
  },
  unknown: {
    what: "The camera did not start",
    todo: "Unplug it and plug it in again, or reload this page. Then retry.",
  },
};
