import { ServerResponse } from "node:http";
import helmet from "helmet";

const TWO_YEARS_S = 63_072_000;

/**
 * What every answer says to browsers. Worked out once: it depends on nothing in a request.
 *
 * @param baseUrl Where people reach the deployment.
 * @returns Names and values.
 */
export function securityHeaders({ protocol, host }: URL): ReadonlyArray<readonly [name: string, value: string]> {
  const isHttps = protocol === "https:";
  const answer = new ServerResponse({ method: "GET", httpVersionMajor: 1, httpVersionMinor: 1 } as never);
  const put = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
        mediaSrc: ["'self'", "blob:"],
        workerSrc: ["'self'", "blob:"],
        // `'self'` means our sockets too, but not to every browser; those hear the address by name.
        connectSrc: ["'self'", `${isHttps ? "wss" : "ws"}://${host}`],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isHttps && { maxAge: TWO_YEARS_S, includeSubDomains: false },
    crossOriginEmbedderPolicy: false,
  });
  put(answer.req, answer, () => {});
  const permissions = "camera=(self), microphone=(), geolocation=(), screen-wake-lock=(self)";
  return [
    ...Object.entries(answer.getHeaders()).map(([name, value]) => [name, String(value)] as const),
    ["permissions-policy", permissions],
  ];
}
