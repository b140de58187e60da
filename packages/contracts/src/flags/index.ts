export * from "./breaker.ts";
export * from "./config.ts";
export * from "./ramp.ts";
export * from "./refusals.ts";
export * from "./setting.ts";
export * from "./signed-set.ts";
