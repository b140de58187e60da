export type { Context, ErrorShape } from "./closed.ts";
export { contextOf } from "./context.ts";
export type { Caller, FlagBoard, Platform } from "./platform.ts";
export { type AppRouter, appRouter } from "./router.ts";
