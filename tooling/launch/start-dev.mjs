import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { install } from "./install.mjs";
import { root } from "./paths.mjs";
import { Refused } from "./refused.mjs";
import { startHelp } from "./start-help.mjs";
import { supervise } from "./supervise.mjs";
import { generate } from "./turbo.mjs";

const DEFAULT_PORT = 4000;

/** Takes `--port N` or `--port=N` out of the arguments: in development the port belongs to the web app's server. */
export function takePort(args, env) {
  const rest = [];
  let given = env.PORT ?? DEFAULT_PORT;
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === "--port") given = args[++i];
    else if (args[i].startsWith("--port=")) given = args[i].slice("--port=".length);
    else rest.push(args[i]);
  }
  const port = Number(given);
  if (Number.isInteger(port) && port > 0 && port < 65_534) return { port, rest };
  throw new Refused(
    `--port takes a number from 1 to 65533, not "${given ?? ""}": development also uses the two ports after it.`,
  );
}

/** The file of a command, found from the package that depends on it: pnpm keeps no flat node_modules. */
function commandOf(name, folder) {
  const require = createRequire(join(root, folder, "package.json"));
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = require(manifest);
  return join(dirname(manifest), typeof bin === "string" ? bin : bin[name]);
}

/** The browser sees one port, as in production: the web app's server passes everything else on. */
export function devCommands({ port, rest }, commandFile = commandOf) {
  const api = port + 1;
  const kiosk = port + 2;
  const vite = (folder, ...args) => ({
    args: [commandFile("vite", folder), ...args, "--strictPort"],
    cwd: join(root, folder),
  });
  const servers = { TESSERA_DEV_API: `http://localhost:${api}`, TESSERA_DEV_KIOSK: `http://localhost:${kiosk}` };

  return [
    {
      args: [
        commandFile("tsx", "."),
        "watch",
        "--clear-screen=false",
        "apps/server/src/main.ts",
        "--port",
        String(api),
        ...rest,
      ],
      cwd: root,
      env: { PORT: String(api), PUBLIC_URL: `http://localhost:${port}`, TESSERA_DEV: "1" },
    },
    { ...vite("apps/kiosk", "--port", String(kiosk), "--base", "/kiosk/"), env: servers },
    { ...vite("apps/web", "--port", String(port)), env: servers },
  ];
}

export async function main(args, env) {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(startHelp.replace("npm start", "npm run dev"));
    return 0;
  }
  const chosen = takePort(args, env);
  await install();
  await generate();
  return supervise(devCommands(chosen));
}
