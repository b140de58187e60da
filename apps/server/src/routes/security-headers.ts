import { ServerResponse } from "node:http";
import helmet from "helmet";

/**
 * What every answer says to browsers. Worked out once: it depends on nothing in a request.
 *
 * @param isHttps Whether the deployment is reached over HTTPS.
 * @returns Names and values.
 */
export function securityHeaders(isHttps: boolean): ReadonlyArray<readonly [name: string, value: string]> {
  const answer = new ServerResponse({ method: "GET", httpVersionMajor: 1, httpVersionMinor: 1 } as never);
  const put = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
        mediaSrc: ["'self'", "blob:"],
        workerSrc: ["'self'", "blob:"],
        connectSrc: ["'self'", "ws:", "wss:"],
        styleSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isHttps,
    crossOriginEmbedderPolicy: false,
  });
  put(answer.req, answer, () => {});
  const permissions = "camera=(self), microphone=(), geolocation=(), screen-wake-lock=(self)";
  return [
    ...Object.entries(answer.getHeaders()).map(([name, value]) => [name, String(value)] as const),
    ["permissions-policy", permissions],
  ];
}
