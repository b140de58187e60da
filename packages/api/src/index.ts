export {
  type Access,
  type AccessRow,
  accessTable,
  admits,
  type CallerKind,
  callerKinds,
  isFor,
  kindOf,
} from "./access.ts";
export { type Admitted, type Answered, type Call, type Calls, calls, callsOf } from "./calls.ts";
export type { Context, ErrorShape } from "./closed.ts";
export { contextOf, type Incoming, type Inside } from "./context.ts";
export { flagFor, subjectOf } from "./flag-for.ts";
export { type Feed, openFeed } from "./hub/feed.ts";
export { type Listener, type State, type Told, type Topic, topics } from "./hub/topics.ts";
export { holdersOf } from "./limit.ts";
export { changesRights, rightsEvents } from "./live.ts";
export {
  type Caller,
  type FlagBoard,
  idOf,
  type MeteredCall,
  type Platform,
  type SecurityPost,
  type SignedInPerson,
  type TrafficMeter,
} from "./platform.ts";
export { type AppRouter, appRouter } from "./router.ts";
export { rampToolsOf } from "./routers/flag-ramp.ts";
export { BLOCKED, suspectOf, whoBlocks } from "./suspects.ts";
export { traceOf } from "./trace.ts";
