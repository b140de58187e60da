export { LabelPage } from "./label-page.tsx";
export { ScanScreen } from "./scan-screen.tsx";
