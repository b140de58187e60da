import { account } from "./routers/account.ts";
import { checkout } from "./routers/checkout.ts";
import { device } from "./routers/device.ts";
import { flag } from "./routers/flag.ts";
import { live } from "./routers/live.ts";
import { qr } from "./routers/qr.ts";
import { resource } from "./routers/resource.ts";
import { router } from "./trpc.ts";

export { type Context, contextOf } from "./context.ts";
export type { Caller, FlagBoard, Platform } from "./platform.ts";
export type { ErrorShape } from "./trpc.ts";

/** Everything that can be asked of Tessera. Its type is what the SDK is made of. */
export const appRouter = router({ account, checkout, device, flag, live, qr, resource });
export type AppRouter = typeof appRouter;
