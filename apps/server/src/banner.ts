import { networkInterfaces } from "node:os";
import { demoAccounts, demoLabels } from "@tessera/db";
import type { Role } from "./config.ts";
import { terminalQr } from "./terminal-qr.ts";

export interface BannerOptions {
  port: number;
  publicUrl: URL | null;
  isDemo: boolean;
  role: Role;
}

/** What a person who started Tessera sees: where it is, who can sign in, and the kiosk's address to scan. */
export function banner({ port, publicUrl, isDemo, role }: BannerOptions): string {
  if (role === "ws") return `\n  Tessera is ready for sockets at ws://localhost:${port}/trpc. Ctrl+C stops it.\n\n`;
  const here = publicUrl?.origin ?? `http://localhost:${port}`;
  const network = publicUrl?.origin ?? networkAddress(port) ?? here;
  const kiosk = `${network}/kiosk/`;
  const accounts = demoAccounts.map(
    ({ email, password, role, tenant }) => `  ${email.padEnd(26)} ${password}   ${role}, ${tenant}`,
  );

  const labels = demoLabels.map(({ name, path }) => `  ${name.padEnd(18)} ${network}${path}`);

  return [
    "",
    "  Tessera is ready.",
    "",
    `  Members   ${here}/`,
    `  Kiosk     ${here}/kiosk/`,
    ...(network === here ? [] : [`  Network   ${network}/   (a browser opens a camera only on https or localhost)`]),
    ...(isDemo ? ["", "  Demo accounts", ...accounts, "", "  Labels of the demo's hotel, for guests", ...labels] : []),
    "",
    terminalQr(kiosk),
    `  ${kiosk}`,
    "",
    "  Ctrl+C stops it.",
    "",
  ].join("\n");
}

function networkAddress(port: number): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const outside = addresses.find(({ family, internal }) => family === "IPv4" && !internal);
  return outside ? `http://${outside.address}:${port}` : null;
}
