export type { CameraState } from "./camera.ts";
export type { CameraInfo, Facing } from "./camera-choice.ts";
export type { CameraProblem } from "./camera-problem.ts";
export { type PhotoReading, readPhotoFile } from "./photo.ts";
export { problemWords, ScannerView, type ScannerViewProps } from "./scanner-view.tsx";
export type { Torch } from "./torch.ts";
export { type Scanner, type ScannerWish, useScanner } from "./use-scanner.ts";
export { listenForWedge, type WedgeWish } from "./wedge.ts";
