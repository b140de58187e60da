export { type Admitted, type Answered, type Call, type Calls, calls, callsOf } from "./calls.ts";
export type { Context, ErrorShape } from "./closed.ts";
export { contextOf, type Incoming, type Inside } from "./context.ts";
export { type Feed, openFeed } from "./hub/feed.ts";
export { type Listener, type State, type Told, type Topic, topics } from "./hub/topics.ts";
export { changesRights, rightsEvents } from "./live.ts";
export type { Caller, FlagBoard, Platform } from "./platform.ts";
export { type AppRouter, appRouter } from "./router.ts";
