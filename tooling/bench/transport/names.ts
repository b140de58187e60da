/** What the table calls each server. */
export const names = {
  nodeHttp: "limit: bare node:http and JSON",
  ourHttp: "**our door**, a minimal procedure, over HTTP",
  express: "Express 5 and JSON",
  stockHttp: "tRPC's adapter behind Express 5",
  productHttp: "**the product**, a scan of an unknown code, over HTTP",
  rawWs: "limit: `ws` and JSON",
  ourWs: "**our front**, a minimal procedure, over a socket",
  stockWs: "tRPC's ws adapter",
  productWs: "**the product**, a scan of an unknown code, over a socket",
} as const;
