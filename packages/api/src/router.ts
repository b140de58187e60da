import { account } from "./routers/account.ts";
import { apiKey } from "./routers/api-key.ts";
import { audit } from "./routers/audit.ts";
import { checkout } from "./routers/checkout.ts";
import { conflict } from "./routers/conflict.ts";
import { device } from "./routers/device.ts";
import { flag } from "./routers/flag.ts";
import { guest } from "./routers/guest.ts";
import { key } from "./routers/key.ts";
import { label } from "./routers/label.ts";
import { live } from "./routers/live.ts";
import { loanRule } from "./routers/loan-rule.ts";
import { member } from "./routers/member.ts";
import { place } from "./routers/place.ts";
import { qr } from "./routers/qr.ts";
import { request } from "./routers/request.ts";
import { resource } from "./routers/resource.ts";
import { security } from "./routers/security.ts";
import { tenant } from "./routers/tenant.ts";
import { visit } from "./routers/visit.ts";
import { router } from "./trpc.ts";

/** Everything that can be asked of Tessera. Its type is what the SDK is made of. */
export const appRouter = router({
  account,
  apiKey,
  audit,
  checkout,
  conflict,
  device,
  flag,
  guest,
  key,
  label,
  live,
  loanRule,
  member,
  place,
  qr,
  request,
  resource,
  security,
  tenant,
  visit,
});
export type AppRouter = typeof appRouter;
