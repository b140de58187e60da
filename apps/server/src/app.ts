import type { RequestListener } from "node:http";
import { BLOCKED, calls } from "@tessera/api";
import express from "express";
import type { Logger } from "pino";
import { FROM_ELSEWHERE, forgeryIn, sameSite } from "./adapters/same-site.ts";
import type { Role } from "./config.ts";
import { httpDoor } from "./doors/http-door.ts";
import { labelPictures } from "./labels/label-pictures.ts";
import type { Deployment } from "./platform.ts";
import { mountAdminFlags } from "./routes/admin-flags.ts";
import { mountDemo } from "./routes/demo.ts";
import { mountHealth } from "./routes/health.ts";
import { mountLabelImages } from "./routes/label-images.ts";
import { mountLabelSheets } from "./routes/label-sheets.ts";
import { mountMetrics } from "./routes/metrics.ts";
import { mountOfrep } from "./routes/ofrep.ts";
import { onlyHttps } from "./routes/only-https.ts";
import { mountPages } from "./routes/pages.ts";
import { securityHeaders } from "./routes/security-headers.ts";
import { mountSignIn } from "./routes/sign-in.ts";
import { contextFor, mountTrpc } from "./routes/trpc.ts";

export interface AppOptions {
  /** Where people reach it. */
  baseUrl: URL;
  proxyHops: number;
  /** False where the pages come from their own servers. */
  servesPages: boolean;
  /** Who sends it may read the metrics; null: only programs on this machine. */
  metricsToken: string | null;
  /** Who sends it may change flags, and ask for anybody's; null: nobody may over HTTP. */
  adminToken: string | null;
  /** A process for sockets answers nothing else but how it is. */
  role: Role;
}

/** Everything that is answered over HTTP: calls as they usually are by the short way, all else by Express. */
export function createApp(
  deployment: Deployment,
  { baseUrl, proxyHops, servesPages, metricsToken, adminToken, role }: AppOptions,
): RequestListener {
  const always = securityHeaders(baseUrl);
  const app = express();
  app.set("trust proxy", proxyHops);
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    for (const [name, value] of always) response.setHeader(name, value);
    next();
  });
  app.use((request, response, next) => {
    if (URL.canParse(`http://${request.headers.host}`)) return next();
    response.status(400).json({ message: "The host this was sent to is none." });
  });

  mountHealth(app, deployment.isReady);
  mountMetrics(app, deployment.metrics, metricsToken);
  if (role === "ws") {
    app.use((_request, response) => void response.status(421).json({ message: ELSEWHERE }));
    return app;
  }
  if (deployment.onlyHttps) app.use(onlyHttps(baseUrl.origin, isCall));
  app.use(CALLS, (request, response, next) => {
    if (sameSite(request.headers)) return next();
    response.status(403).json({ message: FROM_ELSEWHERE });
  });
  app.use(CALLS, (request, response, next) => {
    const blocker = deployment.platform.security.blockedBy(deployment.addressOf(request), null);
    if (!blocker) return next();
    response.status(403).json({ message: BLOCKED[blocker] });
  });
  app.use(SIGNED_BY_COOKIE, (request, response, next) => {
    const forgery = forgeryIn(request);
    if (forgery) return void response.status(403).json({ message: forgery });
    const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
    if (request.method === "GET" || type === undefined || type === "application/json") return next();
    response.status(415).json({ message: "Send JSON, and say so: Content-Type: application/json." });
  });
  mountSignIn(app, deployment);
  mountDemo(app, deployment.isDemo);
  mountTrpc(app, deployment);
  mountAdminFlags(app, deployment, adminToken);
  mountOfrep(app, deployment, adminToken);
  const pictures = labelPictures(deployment.platform.address, deployment.platform.legibility);
  mountLabelSheets(app, deployment, pictures);
  mountLabelImages(app, deployment, pictures);
  app.use(CALLS, (_request, response) => void response.status(404).json({ message: "There is nothing here." }));
  if (servesPages) mountPages(app, deployment.platform.guests);
  app.use(lastResort(deployment.log));

  const takesByDoor = httpDoor({
    calls,
    contextFor: contextFor(deployment),
    log: deployment.log,
    headers: always,
    onlyHttps: deployment.onlyHttps,
  });
  return (request, response) => {
    if (!takesByDoor(request, response)) app(request, response);
  };
}

/** What is below these is no page. */
const CALLS = ["/api", "/trpc", "/admin/feature-flags", "/ofrep"];
/** Where a cookie is enough to change something. */
const SIGNED_BY_COOKIE = ["/trpc", "/api/auth"];
const isCall = (path: string): boolean => CALLS.some((call) => path === call || path.startsWith(`${call}/`));

const ELSEWHERE =
  "This process serves sockets only (ROLE=ws). Send calls and pages to a process with ROLE=api or ROLE=all.";

/** What nobody foresaw is written down here, and told without its inside. Express knows it by its four arguments. */
function lastResort(log: Logger): express.ErrorRequestHandler {
  return (error, request, response, next) => {
    log.error({ err: error, path: request.path }, "a request failed");
    if (response.headersSent) return next(error);
    const status = Number(error?.status ?? error?.statusCode);
    const isTheirs = status >= 400 && status < 500;
    response
      .status(isTheirs ? status : 500)
      .json({ message: isTheirs ? "This cannot be read." : "Something went wrong on our side." });
  };
}
