import { account } from "./routers/account.ts";
import { checkout } from "./routers/checkout.ts";
import { device } from "./routers/device.ts";
import { flag } from "./routers/flag.ts";
import { live } from "./routers/live.ts";
import { qr } from "./routers/qr.ts";
import { resource } from "./routers/resource.ts";
import { router } from "./trpc.ts";

export type { Caller, Context, FlagBoard, Platform } from "./platform.ts";

/** Everything that can be asked of Tessera. Its type is what the SDK is made of. */
export const appRouter = router({ account, checkout, device, flag, live, qr, resource });
export type AppRouter = typeof appRouter;
