export { ConsoleFrame } from "./console-frame.tsx";
export { BreakerPart } from "./flags/breaker/breaker-part.tsx";
export { Explain } from "./flags/explain/explain.tsx";
export { FlagPage } from "./flags/flag-page.tsx";
export { Flags } from "./flags/flags.tsx";
export { History } from "./flags/history/history.tsx";
export { RampPart } from "./flags/ramp/ramp-part.tsx";
export { Targeting } from "./flags/targeting/targeting.tsx";
