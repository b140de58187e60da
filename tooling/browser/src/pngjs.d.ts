/** The little of pngjs that is used here; it brings no types of its own. */
declare module "pngjs" {
  export const PNG: { sync: { read(file: Uint8Array): { width: number; height: number; data: Uint8Array } } };
}
