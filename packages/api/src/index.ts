export { type Admitted, type Answered, type Call, calls } from "./calls.ts";
export type { Context, ErrorShape } from "./closed.ts";
export { contextOf, type Inside } from "./context.ts";
export type { Caller, FlagBoard, Platform } from "./platform.ts";
export { type AppRouter, appRouter } from "./router.ts";
