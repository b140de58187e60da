export { ConsoleFrame } from "./console-frame.tsx";
export { Flags } from "./flags/flags.tsx";
